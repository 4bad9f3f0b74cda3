# Usage example "S3 Event Processing" of the reference document.
# data.archive_file is a terraform_data here: the archive provider cannot be had offline, and its
# output is likewise unknown until apply.

module "s3_processor" {
  source = "./modules/s3_processor"

  function_name = "s3-image-processor"
  runtime       = "python3.11"
  handler       = "processor.handle_s3_event"

  # Increased resources for image processing
  timeout     = 300  # 5 minutes
  memory_size = 2048 # 2GB for image processing

  # Deployment configuration
  filename         = "image-processor.zip"
  source_code_hash = terraform_data.processor_zip.output

  # Environment variables
  environment = {
    variables = {
      OUTPUT_BUCKET     = aws_s3_bucket.processed_images.bucket
      THUMBNAIL_SIZE    = "200x200"
      IMAGE_QUALITY     = "85"
      SUPPORTED_FORMATS = "jpg,png,webp"
    }
  }

  # VPC configuration for enhanced security
  vpc_config = {
    subnet_ids         = module.vpc.private_subnets
    security_group_ids = [module.security_groups.lambda_sg_id]
  }

  # Layers for image processing libraries
  layers = [
    aws_lambda_layer_version.pillow_layer.arn,
    aws_lambda_layer_version.opencv_layer.arn
  ]

  # Reserved concurrency to control costs
  reserved_concurrent_executions = 10

  execution_role_arn = module.iam.s3_processor_role_arn

  tags = {
    Environment = "production"
    Service     = "image-processing"
  }
}

# S3 bucket notification
resource "aws_s3_bucket_notification" "image_upload" {
  bucket = aws_s3_bucket.source_images.bucket

  lambda_function {
    lambda_function_arn = module.s3_processor.arn
    events              = ["s3:ObjectCreated:*"]
    filter_prefix       = "uploads/"
    filter_suffix       = ".jpg"
  }

  lambda_function {
    lambda_function_arn = module.s3_processor.arn
    events              = ["s3:ObjectCreated:*"]
    filter_prefix       = "uploads/"
    filter_suffix       = ".png"
  }

  depends_on = [aws_lambda_permission.s3_invoke]
}

# Lambda permission for S3
resource "aws_lambda_permission" "s3_invoke" {
  statement_id  = "AllowExecutionFromS3Bucket"
  action        = "lambda:InvokeFunction"
  function_name = module.s3_processor.function_name
  principal     = "s3.amazonaws.com"
  source_arn    = aws_s3_bucket.source_images.arn
}

# Package Lambda function code (not shown by the document)
resource "terraform_data" "processor_zip" {
  input = base64sha256("image-processor.zip")
}
