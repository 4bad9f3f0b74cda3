# Made by tfgen from cognito.yaml. Change that and render again, not this file.

# Cognito may invoke the function for this user pool alone.
resource "aws_lambda_permission" "customers" {
  statement_id  = "trigger-customers"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.this.arn
  principal     = "cognito-idp.amazonaws.com"
  source_arn    = var.user_pool_arn
}

# Cognito may invoke the function for this user pool alone.
resource "aws_lambda_permission" "partners" {
  statement_id  = "trigger-partners"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.this.arn
  principal     = "cognito-idp.amazonaws.com"
  source_arn    = var.partner_pool_arn
}
