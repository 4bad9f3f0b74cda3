# Usage example "Basic Python Lambda Function" of the reference document.
# data.archive_file is a terraform_data here: the archive provider cannot be had offline, and its
# output is likewise unknown until apply.

module "python_lambda" {
  source = "./modules/python_lambda"

  # Basic configuration
  function_name = "my-python-function"
  runtime       = "python3.11"
  handler       = "lambda_function.lambda_handler"

  # Deployment package
  filename         = "function.zip"
  source_code_hash = terraform_data.lambda_zip.output

  # Function configuration
  timeout     = 30
  memory_size = 256

  # Environment variables
  environment = {
    variables = {
      ENVIRONMENT = "development"
      LOG_LEVEL   = "INFO"
    }
  }

  # IAM permissions
  execution_role_arn = module.iam.lambda_execution_role_arn

  tags = {
    Environment = "development"
    Project     = "my-app"
  }
}

# Package Lambda function code
resource "terraform_data" "lambda_zip" {
  input = base64sha256("function.zip")
}
