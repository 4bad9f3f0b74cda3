# Made by tfgen from alias.yaml. Change that and render again, not this file.

resource "aws_sns_topic_subscription" "changes" {
  topic_arn = var.changes_topic_arn
  protocol  = "lambda"
  endpoint  = aws_lambda_alias.this.arn

  # SNS does not try a message again for which it has no permission.
  depends_on = [aws_lambda_permission.changes]
}

# SNS may invoke the function for this topic alone.
resource "aws_lambda_permission" "changes" {
  statement_id  = "trigger-changes"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.this.arn
  qualifier     = aws_lambda_alias.this.name
  principal     = "sns.amazonaws.com"
  source_arn    = var.changes_topic_arn
}

resource "aws_apigatewayv2_api" "api" {
  name          = "${var.function_name}-api"
  protocol_type = "HTTP"
  tags          = var.tags
}

resource "aws_apigatewayv2_integration" "api" {
  api_id           = aws_apigatewayv2_api.api.id
  integration_type = "AWS_PROXY"
  # Functions are invoked by POST, whatever the request's own method is.
  integration_method     = "POST"
  integration_uri        = aws_lambda_alias.this.invoke_arn
  payload_format_version = "2.0"
}

resource "aws_apigatewayv2_route" "api" {
  # checkov:skip=CKV_AWS_309:prices are public
  for_each = toset(["GET /prices/{id}"])

  api_id             = aws_apigatewayv2_api.api.id
  route_key          = each.key
  target             = "integrations/${aws_apigatewayv2_integration.api.id}"
  authorization_type = "NONE"
}

resource "aws_apigatewayv2_stage" "api" {
  # checkov:skip=CKV_AWS_76:the function logs each request itself
  api_id      = aws_apigatewayv2_api.api.id
  name        = "$default"
  auto_deploy = true
  tags        = var.tags
}

# API Gateway may invoke the function for these routes of this API alone.
resource "aws_lambda_permission" "api" {
  for_each = {
    "GET-prices-id" = "${aws_apigatewayv2_api.api.execution_arn}/$default/GET/prices/*"
  }

  statement_id  = "trigger-api--${each.key}"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.this.arn
  qualifier     = aws_lambda_alias.this.name
  principal     = "apigateway.amazonaws.com"
  source_arn    = each.value
}
