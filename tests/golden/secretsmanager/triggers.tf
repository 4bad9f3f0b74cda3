# Made by tfgen from secretsmanager.yaml. Change that and render again, not this file.

resource "aws_secretsmanager_secret_rotation" "database" {
  secret_id           = var.database_secret_arn
  rotation_lambda_arn = aws_lambda_function.this.arn
  rotate_immediately  = false

  rotation_rules {
    duration            = "3h"
    schedule_expression = "cron(0 2 1 * ? *)"
  }

  # Secrets Manager invokes the function once the rotation is made: both must be there by then.
  depends_on = [aws_iam_role_policy.this, aws_lambda_permission.database]
}

# Secrets Manager may invoke the function for this secret alone.
resource "aws_lambda_permission" "database" {
  statement_id  = "trigger-database"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.this.arn
  principal     = "secretsmanager.amazonaws.com"
  source_arn    = var.database_secret_arn
}

resource "aws_secretsmanager_secret_rotation" "payments" {
  secret_id           = var.payments_secret_arn
  rotation_lambda_arn = aws_lambda_function.this.arn

  rotation_rules {
    automatically_after_days = 30
  }

  # Secrets Manager invokes the function once the rotation is made: both must be there by then.
  depends_on = [aws_iam_role_policy.this, aws_lambda_permission.payments]
}

# Secrets Manager may invoke the function for this secret alone.
resource "aws_lambda_permission" "payments" {
  statement_id  = "trigger-payments"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.this.arn
  principal     = "secretsmanager.amazonaws.com"
  source_arn    = var.payments_secret_arn
}
