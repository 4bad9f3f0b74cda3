# Usage example "API Gateway Integration" of the reference document.

module "api_lambda" {
  source = "./modules/api_lambda"

  function_name = "api-handler"
  runtime       = "nodejs18.x"
  handler       = "index.handler"

  # Optimized for API responses
  timeout     = 10
  memory_size = 512

  # Source code from S3
  s3_bucket = aws_s3_bucket.lambda_deployments.bucket
  s3_key    = "api-handler-v1.0.0.zip"

  # Environment configuration
  environment = {
    variables = {
      NODE_ENV    = "production"
      API_VERSION = "v1"
      CORS_ORIGIN = "https://myapp.com"
    }
  }

  # VPC configuration for database access
  vpc_config = {
    subnet_ids         = module.vpc.private_subnets
    security_group_ids = [module.security_groups.lambda_sg_id]
  }

  # Enable X-Ray tracing
  tracing_config = {
    mode = "Active"
  }

  # Dead letter queue for error handling
  dead_letter_config = {
    target_arn = aws_sqs_queue.dlq.arn
  }

  execution_role_arn = module.iam.api_lambda_role_arn

  tags = {
    Environment = "production"
    Service     = "api"
  }
}

# API Gateway integration
resource "aws_api_gateway_integration" "lambda_proxy" {
  rest_api_id = aws_api_gateway_rest_api.api.id
  resource_id = aws_api_gateway_resource.proxy.id
  http_method = aws_api_gateway_method.proxy.http_method

  integration_http_method = "POST"
  type                    = "AWS_PROXY"
  uri                     = module.api_lambda.invoke_arn
}

# Lambda permission for API Gateway
resource "aws_lambda_permission" "api_gateway" {
  statement_id  = "AllowExecutionFromAPIGateway"
  action        = "lambda:InvokeFunction"
  function_name = module.api_lambda.function_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_api_gateway_rest_api.api.execution_arn}/*/*"
}
