# Usage example "Lambda Layer for Shared Dependencies" of the reference document.
# data.archive_file is a terraform_data here: the archive provider cannot be had offline, and its
# output is likewise unknown until apply.

# Create a Lambda layer for shared dependencies
resource "aws_lambda_layer_version" "common_libs" {
  filename         = "common-libs-layer.zip"
  layer_name       = "common-python-libs"
  source_code_hash = terraform_data.layer_zip.output

  compatible_runtimes      = ["python3.9", "python3.10", "python3.11"]
  compatible_architectures = ["x86_64", "arm64"]

  description = "Common Python libraries for Lambda functions"

  license_info = "MIT"
}

# Package layer dependencies
resource "terraform_data" "layer_zip" {
  input = base64sha256("common-libs-layer.zip")
}

# Lambda function using the layer
module "lambda_with_layer" {
  source = "./modules/lambda_with_layer"

  function_name = "function-with-layer"
  runtime       = "python3.11"
  handler       = "app.handler"

  filename         = "function-code.zip"
  source_code_hash = terraform_data.function_zip.output

  # Include the layer
  layers = [
    aws_lambda_layer_version.common_libs.arn,
    "arn:aws:lambda:us-east-1:017000801446:layer:AWSLambdaPowertoolsPythonV2:42"
  ]

  timeout     = 30
  memory_size = 256

  execution_role_arn = module.iam.lambda_execution_role_arn

  tags = {
    Environment = "production"
    HasLayers   = "true"
  }
}

# Package Lambda function code (not shown by the document)
resource "terraform_data" "function_zip" {
  input = base64sha256("function-code.zip")
}
