# The document's `module.iam`: one execution role for each function of the examples.

data "aws_iam_policy_document" "assume_role" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "this" {
  for_each = toset([
    "lambda-execution",
    "api-lambda",
    "s3-processor",
    "stream-processor",
    "report-generator",
    "ml-inference",
  ])

  name               = each.key
  assume_role_policy = data.aws_iam_policy_document.assume_role.json
}

output "lambda_execution_role_arn" {
  description = "ARN of the execution role of functions with no special needs"
  value       = aws_iam_role.this["lambda-execution"].arn
}

output "api_lambda_role_arn" {
  description = "ARN of the execution role of the API handler"
  value       = aws_iam_role.this["api-lambda"].arn
}

output "s3_processor_role_arn" {
  description = "ARN of the execution role of the S3 image processor"
  value       = aws_iam_role.this["s3-processor"].arn
}

output "stream_processor_role_arn" {
  description = "ARN of the execution role of the DynamoDB stream processor"
  value       = aws_iam_role.this["stream-processor"].arn
}

output "report_generator_role_arn" {
  description = "ARN of the execution role of the report generator"
  value       = aws_iam_role.this["report-generator"].arn
}

output "ml_inference_role_arn" {
  description = "ARN of the execution role of the ML inference function"
  value       = aws_iam_role.this["ml-inference"].arn
}
