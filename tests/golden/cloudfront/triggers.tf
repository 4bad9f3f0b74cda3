# Made by tfgen from cloudfront.yaml. Change that and render again, not this file.

# CloudFront may call the function's URL for this distribution alone.
resource "aws_lambda_permission" "shop_function_url" {
  statement_id           = "trigger-shop-function-url"
  action                 = "lambda:InvokeFunctionUrl"
  function_name          = aws_lambda_function.this.arn
  principal              = "cloudfront.amazonaws.com"
  source_arn             = var.distribution_arn
  function_url_auth_type = "AWS_IAM"
}

# A URL made since October 2025 asks for the right to invoke the function as well. That it is for
# calls by the URL alone, this provider cannot say.
resource "aws_lambda_permission" "shop" {
  statement_id  = "trigger-shop"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.this.arn
  principal     = "cloudfront.amazonaws.com"
  source_arn    = var.distribution_arn
}
