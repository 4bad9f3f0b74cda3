# Made by tfgen from s3_processor.yaml. Change that and render again, not this file.

# The bucket's only notification configuration: another one, anywhere, would replace it.
resource "aws_s3_bucket_notification" "image_upload" {
  bucket = var.source_bucket

  lambda_function {
    lambda_function_arn = aws_lambda_function.this.arn
    events              = ["s3:ObjectCreated:*"]
    filter_prefix       = "uploads/"
    filter_suffix       = ".jpg"
  }

  lambda_function {
    lambda_function_arn = aws_lambda_function.this.arn
    events              = ["s3:ObjectCreated:*"]
    filter_prefix       = "uploads/"
    filter_suffix       = ".png"
  }

  # S3 checks the permission when the notification is made.
  depends_on = [aws_lambda_permission.image_upload]
}

# S3 may invoke the function for this bucket alone, and only while it is this account's: a bucket's
# ARN does not say whose it is.
resource "aws_lambda_permission" "image_upload" {
  statement_id   = "trigger-image-upload"
  action         = "lambda:InvokeFunction"
  function_name  = aws_lambda_function.this.arn
  principal      = "s3.amazonaws.com"
  source_arn     = "arn:${data.aws_partition.current.partition}:s3:::${var.source_bucket}"
  source_account = data.aws_caller_identity.current.account_id
}
