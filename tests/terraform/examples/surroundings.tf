# What the usage examples refer to and the document does not show. All of it is made in the same apply, so
# that every id, ARN and endpoint that the examples pass to a module is unknown at plan.

module "iam" {
  source = "./stubs/iam"
}

module "vpc" {
  source = "./stubs/vpc"
}

module "security_groups" {
  source = "./stubs/security_groups"

  vpc_id = module.vpc.vpc_id
}

module "rds" {
  source = "./stubs/rds"

  subnet_ids = module.vpc.private_subnets
}

# A bucket with a prefix has a name that is unknown at plan; with `bucket` it would be known.
resource "aws_s3_bucket" "lambda_deployments" {
  bucket_prefix = "lambda-deployments-"
}

resource "aws_s3_bucket" "source_images" {
  bucket_prefix = "source-images-"
}

resource "aws_s3_bucket" "processed_images" {
  bucket_prefix = "processed-images-"
}

resource "aws_s3_bucket" "reports" {
  bucket_prefix = "reports-"
}

resource "aws_s3_bucket" "ml_models" {
  bucket_prefix = "ml-models-"
}

resource "aws_sqs_queue" "dlq" {
  name = "api-handler-dlq"
}

resource "aws_sqs_queue" "stream_dlq" {
  name = "stream-processor-dlq"
}

resource "aws_sns_topic" "user_notifications" {
  name = "user-notifications"
}

resource "aws_sns_topic" "report_notifications" {
  name = "report-notifications"
}

resource "aws_dynamodb_table" "users" {
  name             = "users"
  billing_mode     = "PAY_PER_REQUEST"
  hash_key         = "id"
  stream_enabled   = true
  stream_view_type = "NEW_AND_OLD_IMAGES"

  attribute {
    name = "id"
    type = "S"
  }
}

resource "aws_dynamodb_table" "audit_log" {
  name         = "audit-log"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  attribute {
    name = "id"
    type = "S"
  }
}

resource "aws_api_gateway_rest_api" "api" {
  name = "api"
}

resource "aws_api_gateway_resource" "proxy" {
  rest_api_id = aws_api_gateway_rest_api.api.id
  parent_id   = aws_api_gateway_rest_api.api.root_resource_id
  path_part   = "{proxy+}"
}

resource "aws_api_gateway_method" "proxy" {
  rest_api_id   = aws_api_gateway_rest_api.api.id
  resource_id   = aws_api_gateway_resource.proxy.id
  http_method   = "ANY"
  authorization = "NONE"
}

resource "aws_lambda_layer_version" "pillow_layer" {
  layer_name          = "pillow"
  filename            = "pillow-layer.zip"
  compatible_runtimes = ["python3.11"]
}

resource "aws_lambda_layer_version" "opencv_layer" {
  layer_name          = "opencv"
  filename            = "opencv-layer.zip"
  compatible_runtimes = ["python3.11"]
}
