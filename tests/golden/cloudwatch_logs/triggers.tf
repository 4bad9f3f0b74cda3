# Made by tfgen from cloudwatch_logs.yaml. Change that and render again, not this file.

resource "aws_cloudwatch_log_subscription_filter" "errors" {
  name            = "${var.function_name}-errors"
  log_group_name  = "/shop/checkout"
  filter_pattern  = "{ $.level = \"ERROR\" || $.status >= 500 }"
  destination_arn = aws_lambda_function.this.arn

  # CloudWatch Logs checks the permission when the subscription is made.
  depends_on = [aws_lambda_permission.errors]
}

# CloudWatch Logs may invoke the function for this log group alone.
resource "aws_lambda_permission" "errors" {
  statement_id   = "trigger-errors"
  action         = "lambda:InvokeFunction"
  function_name  = aws_lambda_function.this.arn
  principal      = "logs.amazonaws.com"
  source_arn     = "arn:${data.aws_partition.current.partition}:logs:${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}:log-group:/shop/checkout:*"
  source_account = data.aws_caller_identity.current.account_id
}

resource "aws_cloudwatch_log_subscription_filter" "audit" {
  name            = "${var.function_name}-audit"
  log_group_name  = var.audit_log_group
  filter_pattern  = ""
  destination_arn = aws_lambda_function.this.arn

  lifecycle {
    precondition {
      condition     = var.audit_log_group != "/aws/lambda/${var.function_name}"
      error_message = "The function would be invoked by its own logs: each call would write to the log group and so bring on the next."
    }
  }

  # CloudWatch Logs checks the permission when the subscription is made.
  depends_on = [aws_lambda_permission.audit]
}

# CloudWatch Logs may invoke the function for this log group alone.
resource "aws_lambda_permission" "audit" {
  statement_id   = "trigger-audit"
  action         = "lambda:InvokeFunction"
  function_name  = aws_lambda_function.this.arn
  principal      = "logs.amazonaws.com"
  source_arn     = "arn:${data.aws_partition.current.partition}:logs:${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}:log-group:${var.audit_log_group}:*"
  source_account = data.aws_caller_identity.current.account_id
}
