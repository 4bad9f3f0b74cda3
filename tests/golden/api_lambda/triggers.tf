# Made by tfgen from api_lambda.yaml. Change that and render again, not this file.

resource "aws_api_gateway_rest_api" "rest" {
  # checkov:skip=CKV_AWS_237:the REST API is changed in place, never replaced
  name        = "${var.function_name}-rest"
  description = "REST API backed by Lambda"
  tags        = local.tags

  endpoint_configuration {
    types = ["REGIONAL"]
  }
}

resource "aws_api_gateway_resource" "rest__variable" {
  rest_api_id = aws_api_gateway_rest_api.rest.id
  parent_id   = aws_api_gateway_rest_api.rest.root_resource_id
  path_part   = "{proxy+}"
}

locals {
  # Keys and labels leave out the names of path variables. API Gateway has one variable at each place, and
  # Terraform removes the old one last, so that a new name has to change what is there.
  rest_routes = {
    "ANY /{}" = { resource_id = aws_api_gateway_resource.rest__variable.id, http_method = "ANY" }
  }

  # A stage serves a copy of the API, the deployment. When one of these changes, a new one must be made.
  rest_redeployment = sha1(jsonencode({
    types          = ["REGIONAL"]
    routes         = local.rest_routes
    path_variables = ["{proxy+}"]
    authorization  = "NONE"
    uri            = "arn:${data.aws_partition.current.partition}:apigateway:${data.aws_region.current.id}:lambda:path/2015-03-31/functions/${local.function_arn}/invocations"
  }))
}

resource "aws_api_gateway_method" "rest" {
  # checkov:skip=CKV_AWS_59:the function knows its users by their own tokens
  # checkov:skip=CKV2_AWS_53:the function looks at each request itself
  for_each = local.rest_routes

  rest_api_id   = aws_api_gateway_rest_api.rest.id
  resource_id   = each.value.resource_id
  http_method   = each.value.http_method
  authorization = "NONE"
}

resource "aws_api_gateway_integration" "rest" {
  for_each = aws_api_gateway_method.rest

  rest_api_id = each.value.rest_api_id
  resource_id = each.value.resource_id
  http_method = each.value.http_method
  type        = "AWS_PROXY"
  # Functions are invoked by POST, whatever the request's own method is.
  integration_http_method = "POST"
  uri                     = "arn:${data.aws_partition.current.partition}:apigateway:${data.aws_region.current.id}:lambda:path/2015-03-31/functions/${local.function_arn}/invocations"
}

resource "aws_api_gateway_deployment" "rest" {
  rest_api_id = aws_api_gateway_rest_api.rest.id

  triggers = {
    redeployment = local.rest_redeployment
  }

  # The stage must have the new one before the old one can go.
  lifecycle {
    create_before_destroy = true
  }

  # A copy of what is there when it is made. Terraform removes a route only after that, so that the stage
  # serves it until the next deployment; the function's permission for it goes at once.
  depends_on = [
    aws_api_gateway_integration.rest,
  ]
}

resource "aws_api_gateway_stage" "rest" {
  # checkov:skip=CKV_AWS_73:traces begin at the function
  # checkov:skip=CKV_AWS_76:the function logs each request itself
  # checkov:skip=CKV_AWS_120:answers differ from one caller to the next
  # checkov:skip=CKV2_AWS_4:the function logs each request itself
  # checkov:skip=CKV2_AWS_29:the caller attaches WAF where it is wanted
  # checkov:skip=CKV2_AWS_51:the backend is a Lambda function, which asks for no client certificate
  rest_api_id   = aws_api_gateway_rest_api.rest.id
  deployment_id = aws_api_gateway_deployment.rest.id
  stage_name    = "prod"
  tags          = local.tags
}

# API Gateway may invoke the function for these routes of this API alone.
resource "aws_lambda_permission" "rest" {
  for_each = {
    "ANY-proxy" = "${aws_api_gateway_rest_api.rest.execution_arn}/prod/*/*"
  }

  statement_id  = "trigger-rest--${each.key}"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.this.arn
  principal     = "apigateway.amazonaws.com"
  source_arn    = each.value
}
