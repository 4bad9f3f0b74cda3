# Made by tfgen from api_gateway.yaml. Change that and render again, not this file.

resource "aws_api_gateway_rest_api" "shop" {
  # checkov:skip=CKV_AWS_237:the REST API is changed in place, never replaced
  name                         = "${var.function_name}-shop"
  description                  = "Orders of the shop"
  binary_media_types           = ["application/pdf"]
  minimum_compression_size     = 1024
  disable_execute_api_endpoint = false
  tags                         = var.tags

  endpoint_configuration {
    types = ["REGIONAL"]
  }
}

resource "aws_api_gateway_resource" "shop__orders" {
  rest_api_id = aws_api_gateway_rest_api.shop.id
  parent_id   = aws_api_gateway_rest_api.shop.root_resource_id
  path_part   = "orders"
}

resource "aws_api_gateway_resource" "shop__orders__variable" {
  rest_api_id = aws_api_gateway_rest_api.shop.id
  parent_id   = aws_api_gateway_resource.shop__orders.id
  path_part   = "{id}"
}

resource "aws_api_gateway_resource" "shop__partners" {
  rest_api_id = aws_api_gateway_rest_api.shop.id
  parent_id   = aws_api_gateway_rest_api.shop.root_resource_id
  path_part   = "partners"
}

resource "aws_api_gateway_resource" "shop__partners__variable" {
  rest_api_id = aws_api_gateway_rest_api.shop.id
  parent_id   = aws_api_gateway_resource.shop__partners.id
  path_part   = "{proxy+}"
}

resource "aws_api_gateway_resource" "shop__status" {
  rest_api_id = aws_api_gateway_rest_api.shop.id
  parent_id   = aws_api_gateway_rest_api.shop.root_resource_id
  path_part   = "status"
}

resource "aws_api_gateway_authorizer" "shop_cognito_authorizer" {
  name                             = "${var.function_name}-shop-cognito-authorizer"
  rest_api_id                      = aws_api_gateway_rest_api.shop.id
  type                             = "COGNITO_USER_POOLS"
  provider_arns                    = [var.user_pool_arn]
  identity_source                  = "method.request.header.Authorization"
  authorizer_result_ttl_in_seconds = 300
}

resource "aws_api_gateway_authorizer" "shop_lambda_authorizer" {
  name                             = "${var.function_name}-shop-lambda-authorizer"
  rest_api_id                      = aws_api_gateway_rest_api.shop.id
  type                             = "TOKEN"
  authorizer_uri                   = "arn:${data.aws_partition.current.partition}:apigateway:${data.aws_region.current.id}:lambda:path/2015-03-31/functions/${var.partner_authorizer_arn}/invocations"
  identity_source                  = "method.request.header.X-Partner-Token"
  identity_validation_expression   = "^[a-z]{3}-[0-9a-f]{32}$"
  authorizer_result_ttl_in_seconds = 60
}

locals {
  # Keys and labels leave out the names of path variables. API Gateway has one variable at each place, and
  # Terraform removes the old one last, so that a new name has to change what is there.
  shop_routes = {
    "GET /orders" = {
      resource_id          = aws_api_gateway_resource.shop__orders.id
      http_method          = "GET"
      authorization        = "COGNITO_USER_POOLS"
      authorizer_id        = aws_api_gateway_authorizer.shop_cognito_authorizer.id
      authorization_scopes = ["orders/read"]
    }
    "POST /orders" = {
      resource_id          = aws_api_gateway_resource.shop__orders.id
      http_method          = "POST"
      authorization        = "COGNITO_USER_POOLS"
      authorizer_id        = aws_api_gateway_authorizer.shop_cognito_authorizer.id
      authorization_scopes = ["orders/write"]
    }
    "GET /orders/{}" = {
      resource_id          = aws_api_gateway_resource.shop__orders__variable.id
      http_method          = "GET"
      authorization        = "COGNITO_USER_POOLS"
      authorizer_id        = aws_api_gateway_authorizer.shop_cognito_authorizer.id
      authorization_scopes = ["orders/read"]
    }
    "DELETE /orders/{}" = {
      resource_id   = aws_api_gateway_resource.shop__orders__variable.id
      http_method   = "DELETE"
      authorization = "AWS_IAM"
    }
    "GET /status" = {
      resource_id   = aws_api_gateway_resource.shop__status.id
      http_method   = "GET"
      authorization = "NONE"
    }
    "ANY /partners/{}" = {
      resource_id      = aws_api_gateway_resource.shop__partners__variable.id
      http_method      = "ANY"
      authorization    = "CUSTOM"
      authorizer_id    = aws_api_gateway_authorizer.shop_lambda_authorizer.id
      api_key_required = true
    }
  }

  shop_cors = {
    "/orders"      = { resource_id = aws_api_gateway_resource.shop__orders.id, methods = "'GET,OPTIONS,POST'" }
    "/orders/{}"   = { resource_id = aws_api_gateway_resource.shop__orders__variable.id, methods = "'DELETE,GET,OPTIONS'" }
    "/status"      = { resource_id = aws_api_gateway_resource.shop__status.id, methods = "'GET,OPTIONS'" }
    "/partners/{}" = { resource_id = aws_api_gateway_resource.shop__partners__variable.id, methods = "'DELETE,GET,HEAD,OPTIONS,PATCH,POST,PUT'" }
  }

  # A stage serves a copy of the API, the deployment. When one of these changes, a new one must be made.
  shop_redeployment = sha1(jsonencode({
    minimum_compression_size     = 1024
    binary_media_types           = ["application/pdf"]
    disable_execute_api_endpoint = false
    types                        = ["REGIONAL"]
    routes                       = local.shop_routes
    path_variables               = ["{id}", "{proxy+}"]
    uri                          = "arn:${data.aws_partition.current.partition}:apigateway:${data.aws_region.current.id}:lambda:path/2015-03-31/functions/${local.function_arn}/invocations"
    timeout_milliseconds         = 20000
    cognito_authorizer = {
      type                             = "COGNITO_USER_POOLS"
      authorizer_result_ttl_in_seconds = 300
      identity_source                  = "method.request.header.Authorization"
      provider_arns                    = [var.user_pool_arn]
    }
    lambda_authorizer = {
      type                             = "TOKEN"
      authorizer_result_ttl_in_seconds = 60
      authorizer_uri                   = "arn:${data.aws_partition.current.partition}:apigateway:${data.aws_region.current.id}:lambda:path/2015-03-31/functions/${var.partner_authorizer_arn}/invocations"
      identity_source                  = "method.request.header.X-Partner-Token"
      identity_validation_expression   = "^[a-z]{3}-[0-9a-f]{32}$"
    }
    cors         = local.shop_cors
    cors_headers = ["'true'", "'Authorization,Content-Type'", "'https://shop.example.com'", "'600'"]
  }))
}

resource "aws_api_gateway_method" "shop" {
  # checkov:skip=CKV2_AWS_53:the function looks at each request itself
  for_each = local.shop_routes

  rest_api_id          = aws_api_gateway_rest_api.shop.id
  resource_id          = each.value.resource_id
  http_method          = each.value.http_method
  authorization        = each.value.authorization
  authorizer_id        = lookup(each.value, "authorizer_id", null)
  authorization_scopes = lookup(each.value, "authorization_scopes", null)
  api_key_required     = lookup(each.value, "api_key_required", null)
}

resource "aws_api_gateway_integration" "shop" {
  for_each = aws_api_gateway_method.shop

  rest_api_id = each.value.rest_api_id
  resource_id = each.value.resource_id
  http_method = each.value.http_method
  type        = "AWS_PROXY"
  # Functions are invoked by POST, whatever the request's own method is.
  integration_http_method = "POST"
  uri                     = "arn:${data.aws_partition.current.partition}:apigateway:${data.aws_region.current.id}:lambda:path/2015-03-31/functions/${local.function_arn}/invocations"
  timeout_milliseconds    = 20000
}

# Browsers ask each path by OPTIONS what they may send there, without credentials. API Gateway answers.
resource "aws_api_gateway_method" "shop__cors" {
  # checkov:skip=CKV2_AWS_53:the function looks at each request itself
  for_each = local.shop_cors

  rest_api_id   = aws_api_gateway_rest_api.shop.id
  resource_id   = each.value.resource_id
  http_method   = "OPTIONS"
  authorization = "NONE"
}

resource "aws_api_gateway_integration" "shop__cors" {
  for_each = aws_api_gateway_method.shop__cors

  rest_api_id = each.value.rest_api_id
  resource_id = each.value.resource_id
  http_method = each.value.http_method
  type        = "MOCK"
  # Where all media types are binary, the template below would not be applied to a request.
  content_handling = "CONVERT_TO_TEXT"

  request_templates = {
    "application/json" = jsonencode({ statusCode = 204 })
  }
}

resource "aws_api_gateway_method_response" "shop__cors" {
  for_each = aws_api_gateway_method.shop__cors

  rest_api_id = each.value.rest_api_id
  resource_id = each.value.resource_id
  http_method = each.value.http_method
  status_code = "204"

  response_parameters = {
    "method.response.header.Access-Control-Allow-Credentials" = true
    "method.response.header.Access-Control-Allow-Headers"     = true
    "method.response.header.Access-Control-Allow-Methods"     = true
    "method.response.header.Access-Control-Allow-Origin"      = true
    "method.response.header.Access-Control-Max-Age"           = true
  }
}

resource "aws_api_gateway_integration_response" "shop__cors" {
  for_each = local.shop_cors

  rest_api_id = aws_api_gateway_rest_api.shop.id
  resource_id = each.value.resource_id
  http_method = aws_api_gateway_integration.shop__cors[each.key].http_method
  status_code = aws_api_gateway_method_response.shop__cors[each.key].status_code

  response_parameters = {
    "method.response.header.Access-Control-Allow-Credentials" = "'true'"
    "method.response.header.Access-Control-Allow-Headers"     = "'Authorization,Content-Type'"
    "method.response.header.Access-Control-Allow-Methods"     = each.value.methods
    "method.response.header.Access-Control-Allow-Origin"      = "'https://shop.example.com'"
    "method.response.header.Access-Control-Max-Age"           = "'600'"
  }
}

# What API Gateway answers itself, such as 401, would reach no page without this header.
resource "aws_api_gateway_gateway_response" "shop" {
  for_each = toset(["DEFAULT_4XX", "DEFAULT_5XX"])

  rest_api_id   = aws_api_gateway_rest_api.shop.id
  response_type = each.key

  response_parameters = {
    "gatewayresponse.header.Access-Control-Allow-Origin" = "'https://shop.example.com'"
  }
}

resource "aws_api_gateway_deployment" "shop" {
  rest_api_id = aws_api_gateway_rest_api.shop.id

  triggers = {
    redeployment = local.shop_redeployment
  }

  # The stage must have the new one before the old one can go.
  lifecycle {
    create_before_destroy = true
  }

  # A copy of what is there when it is made. Terraform removes a route only after that, so that the stage
  # serves it until the next deployment; the function's permission for it goes at once.
  depends_on = [
    aws_api_gateway_integration.shop,
    aws_api_gateway_integration_response.shop__cors,
    aws_api_gateway_gateway_response.shop,
  ]
}

resource "aws_cloudwatch_log_group" "shop" {
  # checkov:skip=CKV_AWS_158:orders are logged by their number, without personal data
  # checkov:skip=CKV_AWS_338:two weeks of logs are enough to look into what went wrong
  name              = "/aws/apigateway/${var.function_name}-shop"
  retention_in_days = 30
  kms_key_id        = var.log_key_arn
  tags              = var.tags
}

resource "aws_api_gateway_stage" "shop" {
  # checkov:skip=CKV_AWS_73:the internal API has few callers, who look at the function's logs
  # checkov:skip=CKV_AWS_120:orders must not come from a cache
  # checkov:skip=CKV2_AWS_4:the internal API's requests are in the function's logs
  # checkov:skip=CKV2_AWS_29:the shop's firewall is attached where all of its stages are
  # checkov:skip=CKV2_AWS_51:the backend is a Lambda function, which asks for no client certificate
  rest_api_id   = aws_api_gateway_rest_api.shop.id
  deployment_id = aws_api_gateway_deployment.shop.id
  stage_name    = "prod"
  variables = {
    release = "blue"
  }
  xray_tracing_enabled = true
  tags                 = var.tags

  access_log_settings {
    destination_arn = aws_cloudwatch_log_group.shop.arn
    format = jsonencode({
      requestId          = "$context.requestId"
      ip                 = "$context.identity.sourceIp"
      requestTime        = "$context.requestTime"
      httpMethod         = "$context.httpMethod"
      resourcePath       = "$context.resourcePath"
      path               = "$context.path"
      status             = "$context.status"
      responseLength     = "$context.responseLength"
      responseLatency    = "$context.responseLatency"
      integrationLatency = "$context.integration.latency"
      integrationError   = "$context.integration.error"
      authorizerError    = "$context.authorizer.error"
      error              = "$context.error.message"
    })
  }
}

resource "aws_api_gateway_method_settings" "shop" {
  # checkov:skip=CKV_AWS_225:orders must not come from a cache
  rest_api_id = aws_api_gateway_rest_api.shop.id
  stage_name  = aws_api_gateway_stage.shop.stage_name
  method_path = "*/*"

  settings {
    throttling_burst_limit = 200
    throttling_rate_limit  = 100
    metrics_enabled        = true
    logging_level          = "ERROR"
    data_trace_enabled     = false
  }
}

resource "aws_api_gateway_usage_plan" "shop" {
  name = "${var.function_name}-shop"
  tags = var.tags

  api_stages {
    api_id = aws_api_gateway_rest_api.shop.id
    stage  = aws_api_gateway_stage.shop.stage_name
  }

  quota_settings {
    limit  = 100000
    period = "MONTH"
    offset = 2
  }

  throttle_settings {
    burst_limit = 20
    rate_limit  = 10
  }
}

resource "aws_api_gateway_api_key" "shop" {
  for_each = toset(["north", "south"])

  name = "${var.function_name}-shop-${each.key}"
  tags = var.tags
}

resource "aws_api_gateway_usage_plan_key" "shop" {
  for_each = aws_api_gateway_api_key.shop

  key_id        = each.value.id
  key_type      = "API_KEY"
  usage_plan_id = aws_api_gateway_usage_plan.shop.id
}

# API Gateway may invoke the function for these routes of this API alone.
resource "aws_lambda_permission" "shop" {
  for_each = {
    "GET-orders"         = "${aws_api_gateway_rest_api.shop.execution_arn}/prod/GET/orders"
    "POST-orders"        = "${aws_api_gateway_rest_api.shop.execution_arn}/prod/POST/orders"
    "GET-orders-id"      = "${aws_api_gateway_rest_api.shop.execution_arn}/prod/GET/orders/*"
    "DELETE-orders-id"   = "${aws_api_gateway_rest_api.shop.execution_arn}/prod/DELETE/orders/*"
    "GET-status"         = "${aws_api_gateway_rest_api.shop.execution_arn}/prod/GET/status"
    "ANY-partners-proxy" = "${aws_api_gateway_rest_api.shop.execution_arn}/prod/*/partners/*"
  }

  statement_id  = "trigger-shop--${each.key}"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.this.arn
  principal     = "apigateway.amazonaws.com"
  source_arn    = each.value
}

# API Gateway may ask the authorizer's function for this authorizer alone. The function is another module's,
# but only this one knows the authorizer's id.
resource "aws_lambda_permission" "shop_lambda_authorizer" {
  statement_id  = "${var.function_name}-shop"
  action        = "lambda:InvokeFunction"
  function_name = var.partner_authorizer_arn
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_api_gateway_rest_api.shop.execution_arn}/authorizers/${aws_api_gateway_authorizer.shop_lambda_authorizer.id}"
}

resource "aws_api_gateway_rest_api" "internal" {
  # checkov:skip=CKV_AWS_237:the REST API is changed in place, never replaced
  name = "${var.function_name}-internal"
  tags = var.tags

  endpoint_configuration {
    types            = ["PRIVATE"]
    vpc_endpoint_ids = [var.vpc_endpoint_id]
  }
}

# A private API refuses everybody whom its policy does not let in.
data "aws_iam_policy_document" "internal" {
  statement {
    sid       = "InvokeFromVpcEndpoints"
    actions   = ["execute-api:Invoke"]
    resources = ["${aws_api_gateway_rest_api.internal.execution_arn}/*"]

    principals {
      type        = "*"
      identifiers = ["*"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceVpce"
      values   = [var.vpc_endpoint_id]
    }
  }
}

resource "aws_api_gateway_rest_api_policy" "internal" {
  rest_api_id = aws_api_gateway_rest_api.internal.id
  policy      = data.aws_iam_policy_document.internal.json
}

resource "aws_api_gateway_resource" "internal__variable" {
  rest_api_id = aws_api_gateway_rest_api.internal.id
  parent_id   = aws_api_gateway_rest_api.internal.root_resource_id
  path_part   = "{proxy+}"
}

resource "aws_api_gateway_authorizer" "internal_lambda_authorizer" {
  name                   = "${var.function_name}-internal-lambda-authorizer"
  rest_api_id            = aws_api_gateway_rest_api.internal.id
  type                   = "REQUEST"
  authorizer_uri         = var.staff_authorizer_uri
  authorizer_credentials = var.staff_authorizer_role_arn
}

locals {
  # Keys and labels leave out the names of path variables. API Gateway has one variable at each place, and
  # Terraform removes the old one last, so that a new name has to change what is there.
  internal_routes = {
    "ANY /"   = { resource_id = aws_api_gateway_rest_api.internal.root_resource_id, http_method = "ANY" }
    "ANY /{}" = { resource_id = aws_api_gateway_resource.internal__variable.id, http_method = "ANY" }
  }

  # A stage serves a copy of the API, the deployment. When one of these changes, a new one must be made.
  internal_redeployment = sha1(jsonencode({
    types            = ["PRIVATE"]
    vpc_endpoint_ids = [var.vpc_endpoint_id]
    routes           = local.internal_routes
    path_variables   = ["{proxy+}"]
    authorization    = "CUSTOM"
    authorizer_id    = aws_api_gateway_authorizer.internal_lambda_authorizer.id
    api_key_required = true
    uri              = "arn:${data.aws_partition.current.partition}:apigateway:${data.aws_region.current.id}:lambda:path/2015-03-31/functions/${local.function_arn}/invocations"
    lambda_authorizer = {
      type                   = "REQUEST"
      authorizer_credentials = var.staff_authorizer_role_arn
      authorizer_uri         = var.staff_authorizer_uri
    }
  }))
}

resource "aws_api_gateway_method" "internal" {
  # checkov:skip=CKV2_AWS_53:the function looks at each request itself
  for_each = local.internal_routes

  rest_api_id      = aws_api_gateway_rest_api.internal.id
  resource_id      = each.value.resource_id
  http_method      = each.value.http_method
  authorization    = "CUSTOM"
  authorizer_id    = aws_api_gateway_authorizer.internal_lambda_authorizer.id
  api_key_required = true
}

resource "aws_api_gateway_integration" "internal" {
  for_each = aws_api_gateway_method.internal

  rest_api_id = each.value.rest_api_id
  resource_id = each.value.resource_id
  http_method = each.value.http_method
  type        = "AWS_PROXY"
  # Functions are invoked by POST, whatever the request's own method is.
  integration_http_method = "POST"
  uri                     = "arn:${data.aws_partition.current.partition}:apigateway:${data.aws_region.current.id}:lambda:path/2015-03-31/functions/${local.function_arn}/invocations"
}

resource "aws_api_gateway_deployment" "internal" {
  rest_api_id = aws_api_gateway_rest_api.internal.id

  triggers = {
    redeployment = local.internal_redeployment
  }

  # The stage must have the new one before the old one can go.
  lifecycle {
    create_before_destroy = true
  }

  # A copy of what is there when it is made. Terraform removes a route only after that, so that the stage
  # serves it until the next deployment; the function's permission for it goes at once.
  depends_on = [
    aws_api_gateway_integration.internal,
    aws_api_gateway_rest_api_policy.internal,
  ]
}

resource "aws_cloudwatch_log_group" "internal" {
  # checkov:skip=CKV_AWS_158:orders are logged by their number, without personal data
  # checkov:skip=CKV_AWS_338:two weeks of logs are enough to look into what went wrong
  name              = "/aws/apigateway/${var.function_name}-internal"
  retention_in_days = var.log_retention_in_days
  tags              = var.tags
}

resource "aws_api_gateway_stage" "internal" {
  # checkov:skip=CKV_AWS_73:the internal API has few callers, who look at the function's logs
  # checkov:skip=CKV_AWS_120:orders must not come from a cache
  # checkov:skip=CKV2_AWS_4:the internal API's requests are in the function's logs
  # checkov:skip=CKV2_AWS_29:the shop's firewall is attached where all of its stages are
  # checkov:skip=CKV2_AWS_51:the backend is a Lambda function, which asks for no client certificate
  rest_api_id   = aws_api_gateway_rest_api.internal.id
  deployment_id = aws_api_gateway_deployment.internal.id
  stage_name    = "live"
  tags          = var.tags

  access_log_settings {
    destination_arn = aws_cloudwatch_log_group.internal.arn
    format = jsonencode({
      request = "$context.requestId"
      caller  = "$context.identity.vpceId"
      status  = "$context.status"
    })
  }
}

# API Gateway may invoke the function for these routes of this API alone.
resource "aws_lambda_permission" "internal" {
  for_each = {
    "ANY"       = "${aws_api_gateway_rest_api.internal.execution_arn}/live/*/"
    "ANY-proxy" = "${aws_api_gateway_rest_api.internal.execution_arn}/live/*/*"
  }

  statement_id  = "trigger-internal--${each.key}"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.this.arn
  principal     = "apigateway.amazonaws.com"
  source_arn    = each.value
}

resource "aws_api_gateway_resource" "platform__prices" {
  rest_api_id = var.platform_api_id
  parent_id   = var.platform_root_resource_id
  path_part   = "prices"
}

resource "aws_api_gateway_resource" "platform__prices__variable" {
  rest_api_id = var.platform_api_id
  parent_id   = aws_api_gateway_resource.platform__prices.id
  path_part   = "{product}"
}

locals {
  # Keys and labels leave out the names of path variables. API Gateway has one variable at each place, and
  # Terraform removes the old one last, so that a new name has to change what is there.
  platform_routes = {
    "GET /prices" = {
      resource_id   = aws_api_gateway_resource.platform__prices.id
      http_method   = "GET"
      authorization = "COGNITO_USER_POOLS"
      authorizer_id = var.platform_users_id
    }
    "GET /prices/{}" = {
      resource_id   = aws_api_gateway_resource.platform__prices__variable.id
      http_method   = "GET"
      authorization = "COGNITO_USER_POOLS"
      authorizer_id = var.platform_users_id
    }
    "POST /prices" = {
      resource_id   = aws_api_gateway_resource.platform__prices.id
      http_method   = "POST"
      authorization = "CUSTOM"
      authorizer_id = var.platform_staff_id
    }
  }

  # A stage serves a copy of the API, the deployment. When one of these changes, a new one must be made.
  platform_redeployment = sha1(jsonencode({
    routes         = local.platform_routes
    path_variables = ["{product}"]
    uri            = "arn:${data.aws_partition.current.partition}:apigateway:${data.aws_region.current.id}:lambda:path/2015-03-31/functions/${local.function_arn}/invocations"
  }))
}

resource "aws_api_gateway_method" "platform" {
  # checkov:skip=CKV2_AWS_53:the function looks at each request itself
  for_each = local.platform_routes

  rest_api_id   = var.platform_api_id
  resource_id   = each.value.resource_id
  http_method   = each.value.http_method
  authorization = each.value.authorization
  authorizer_id = each.value.authorizer_id
}

resource "aws_api_gateway_integration" "platform" {
  for_each = aws_api_gateway_method.platform

  rest_api_id = each.value.rest_api_id
  resource_id = each.value.resource_id
  http_method = each.value.http_method
  type        = "AWS_PROXY"
  # Functions are invoked by POST, whatever the request's own method is.
  integration_http_method = "POST"
  uri                     = "arn:${data.aws_partition.current.partition}:apigateway:${data.aws_region.current.id}:lambda:path/2015-03-31/functions/${local.function_arn}/invocations"
}

# API Gateway may invoke the function for these routes of this API alone.
resource "aws_lambda_permission" "platform" {
  for_each = {
    "GET-prices"         = "${var.platform_execution_arn}/*/GET/prices"
    "GET-prices-product" = "${var.platform_execution_arn}/*/GET/prices/*"
    "POST-prices"        = "${var.platform_execution_arn}/*/POST/prices"
  }

  statement_id  = "trigger-platform--${each.key}"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.this.arn
  principal     = "apigateway.amazonaws.com"
  source_arn    = each.value
}
