# Made by tfgen from http_api.yaml. Change that and render again, not this file.

resource "aws_apigatewayv2_api" "shop" {
  name                         = "${var.function_name}-shop"
  description                  = "Orders of the shop"
  protocol_type                = "HTTP"
  disable_execute_api_endpoint = false
  tags                         = var.tags

  cors_configuration {
    allow_origins     = ["https://shop.example.com"]
    allow_methods     = ["GET", "POST", "DELETE"]
    allow_headers     = ["Authorization", "Content-Type"]
    expose_headers    = ["X-Request-Id"]
    allow_credentials = true
    max_age           = 600
  }
}

resource "aws_apigatewayv2_integration" "shop" {
  api_id           = aws_apigatewayv2_api.shop.id
  integration_type = "AWS_PROXY"
  # Functions are invoked by POST, whatever the request's own method is.
  integration_method     = "POST"
  integration_uri        = aws_lambda_function.this.invoke_arn
  payload_format_version = "2.0"
  timeout_milliseconds   = 20000
}

resource "aws_apigatewayv2_authorizer" "shop_jwt_authorizer" {
  api_id           = aws_apigatewayv2_api.shop.id
  name             = "${var.function_name}-shop-jwt-authorizer"
  authorizer_type  = "JWT"
  identity_sources = ["$request.header.Authorization"]

  jwt_configuration {
    issuer   = var.issuer
    audience = [var.client_id]
  }
}

resource "aws_apigatewayv2_route" "shop" {
  # checkov:skip=CKV_AWS_309:what no route takes is answered with 404, whoever asks
  for_each = {
    "GET /orders" = {
      authorization_type   = "JWT"
      authorizer_id        = aws_apigatewayv2_authorizer.shop_jwt_authorizer.id
      authorization_scopes = ["orders/read"]
    }
    "POST /orders" = {
      authorization_type   = "JWT"
      authorizer_id        = aws_apigatewayv2_authorizer.shop_jwt_authorizer.id
      authorization_scopes = ["orders/write"]
    }
    "GET /orders/{id}" = {
      authorization_type   = "JWT"
      authorizer_id        = aws_apigatewayv2_authorizer.shop_jwt_authorizer.id
      authorization_scopes = ["orders/read"]
    }
    "DELETE /orders/{id}" = {
      authorization_type = "AWS_IAM"
    }
    "$default" = {
      authorization_type = "NONE"
    }
  }

  api_id               = aws_apigatewayv2_api.shop.id
  route_key            = each.key
  target               = "integrations/${aws_apigatewayv2_integration.shop.id}"
  authorization_type   = each.value.authorization_type
  authorizer_id        = lookup(each.value, "authorizer_id", null)
  authorization_scopes = lookup(each.value, "authorization_scopes", null)
}

resource "aws_cloudwatch_log_group" "shop" {
  # checkov:skip=CKV_AWS_158:orders are logged by their number, without personal data
  # checkov:skip=CKV_AWS_338:two weeks of logs are enough to look into what went wrong
  name              = "/aws/vendedlogs/apigateway/${var.function_name}-shop"
  retention_in_days = 30
  kms_key_id        = var.log_key_arn
  tags              = var.tags
}

resource "aws_apigatewayv2_stage" "shop" {
  # checkov:skip=CKV_AWS_76:what partners and staff ask for is in the function's logs
  api_id      = aws_apigatewayv2_api.shop.id
  name        = "$default"
  auto_deploy = true
  stage_variables = {
    release = "blue"
  }
  tags = var.tags

  access_log_settings {
    destination_arn = aws_cloudwatch_log_group.shop.arn
    format = jsonencode({
      requestId          = "$context.requestId"
      ip                 = "$context.identity.sourceIp"
      requestTime        = "$context.requestTime"
      httpMethod         = "$context.httpMethod"
      routeKey           = "$context.routeKey"
      path               = "$context.path"
      status             = "$context.status"
      responseLength     = "$context.responseLength"
      responseLatency    = "$context.responseLatency"
      integrationLatency = "$context.integrationLatency"
      integrationError   = "$context.integrationErrorMessage"
      authorizerError    = "$context.authorizer.error"
      error              = "$context.error.message"
    })
  }

  default_route_settings {
    throttling_burst_limit   = 200
    throttling_rate_limit    = 100
    detailed_metrics_enabled = true
  }
}

# API Gateway may invoke the function for these routes of this API alone.
resource "aws_lambda_permission" "shop" {
  for_each = {
    "GET-orders"       = "${aws_apigatewayv2_api.shop.execution_arn}/$default/GET/orders"
    "POST-orders"      = "${aws_apigatewayv2_api.shop.execution_arn}/$default/POST/orders"
    "GET-orders-id"    = "${aws_apigatewayv2_api.shop.execution_arn}/$default/GET/orders/*"
    "DELETE-orders-id" = "${aws_apigatewayv2_api.shop.execution_arn}/$default/DELETE/orders/*"
    "default"          = "${aws_apigatewayv2_api.shop.execution_arn}/$default/$default"
  }

  statement_id  = "trigger-shop--${each.key}"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.this.arn
  principal     = "apigateway.amazonaws.com"
  source_arn    = each.value
}

resource "aws_apigatewayv2_api" "partners" {
  name          = "${var.function_name}-partners"
  protocol_type = "HTTP"
  tags          = var.tags
}

resource "aws_apigatewayv2_integration" "partners" {
  api_id           = aws_apigatewayv2_api.partners.id
  integration_type = "AWS_PROXY"
  # Functions are invoked by POST, whatever the request's own method is.
  integration_method     = "POST"
  integration_uri        = aws_lambda_function.this.invoke_arn
  payload_format_version = "1.0"
}

resource "aws_apigatewayv2_authorizer" "partners_lambda_authorizer" {
  api_id                            = aws_apigatewayv2_api.partners.id
  name                              = "${var.function_name}-partners-lambda-authorizer"
  authorizer_type                   = "REQUEST"
  authorizer_uri                    = "arn:${data.aws_partition.current.partition}:apigateway:${data.aws_region.current.id}:lambda:path/2015-03-31/functions/${var.partner_authorizer_arn}/invocations"
  authorizer_payload_format_version = "2.0"
  enable_simple_responses           = true
  identity_sources                  = ["$request.header.X-Partner-Token"]
  authorizer_result_ttl_in_seconds  = 60
}

resource "aws_apigatewayv2_route" "partners" {
  # checkov:skip=CKV_AWS_309:what no route takes is answered with 404, whoever asks
  for_each = toset(["ANY /{proxy+}"])

  api_id             = aws_apigatewayv2_api.partners.id
  route_key          = each.key
  target             = "integrations/${aws_apigatewayv2_integration.partners.id}"
  authorization_type = "CUSTOM"
  authorizer_id      = aws_apigatewayv2_authorizer.partners_lambda_authorizer.id
}

resource "aws_cloudwatch_log_group" "partners" {
  # checkov:skip=CKV_AWS_158:orders are logged by their number, without personal data
  # checkov:skip=CKV_AWS_338:two weeks of logs are enough to look into what went wrong
  name              = "/aws/vendedlogs/apigateway/${var.function_name}-partners"
  retention_in_days = var.log_retention_in_days
  tags              = var.tags
}

resource "aws_apigatewayv2_stage" "partners" {
  # checkov:skip=CKV_AWS_76:what partners and staff ask for is in the function's logs
  api_id      = aws_apigatewayv2_api.partners.id
  name        = "v1"
  auto_deploy = true
  tags        = var.tags

  access_log_settings {
    destination_arn = aws_cloudwatch_log_group.partners.arn
    format = jsonencode({
      request = "$context.requestId"
      partner = "$context.authorizer.partner"
      status  = "$context.status"
    })
  }
}

# API Gateway may invoke the function for these routes of this API alone.
resource "aws_lambda_permission" "partners" {
  for_each = {
    "ANY-proxy" = "${aws_apigatewayv2_api.partners.execution_arn}/v1/*/*"
  }

  statement_id  = "trigger-partners--${each.key}"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.this.arn
  principal     = "apigateway.amazonaws.com"
  source_arn    = each.value
}

# API Gateway may ask the authorizer's function for this authorizer alone. The function is another module's,
# but only this one knows the authorizer's id.
resource "aws_lambda_permission" "partners_lambda_authorizer" {
  statement_id  = "${var.function_name}-partners"
  action        = "lambda:InvokeFunction"
  function_name = var.partner_authorizer_arn
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_apigatewayv2_api.partners.execution_arn}/authorizers/${aws_apigatewayv2_authorizer.partners_lambda_authorizer.id}"
}

resource "aws_apigatewayv2_integration" "platform" {
  api_id           = var.platform_api_id
  integration_type = "AWS_PROXY"
  # Functions are invoked by POST, whatever the request's own method is.
  integration_method     = "POST"
  integration_uri        = aws_lambda_function.this.invoke_arn
  payload_format_version = "2.0"
}

resource "aws_apigatewayv2_route" "platform" {
  # checkov:skip=CKV_AWS_309:what no route takes is answered with 404, whoever asks
  for_each = {
    "GET /prices" = {
      authorization_type = "JWT"
      authorizer_id      = var.platform_users_id
    }
    "GET /prices/{product}" = {
      authorization_type = "JWT"
      authorizer_id      = var.platform_users_id
    }
    "POST /prices" = {
      authorization_type = "CUSTOM"
      authorizer_id      = var.platform_staff_id
    }
  }

  api_id             = var.platform_api_id
  route_key          = each.key
  target             = "integrations/${aws_apigatewayv2_integration.platform.id}"
  authorization_type = each.value.authorization_type
  authorizer_id      = each.value.authorizer_id
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

resource "aws_apigatewayv2_api" "staff" {
  name          = "${var.function_name}-staff"
  protocol_type = "HTTP"
  tags          = var.tags
}

resource "aws_apigatewayv2_integration" "staff" {
  api_id           = aws_apigatewayv2_api.staff.id
  integration_type = "AWS_PROXY"
  # Functions are invoked by POST, whatever the request's own method is.
  integration_method     = "POST"
  integration_uri        = aws_lambda_function.this.invoke_arn
  payload_format_version = "2.0"
}

resource "aws_apigatewayv2_authorizer" "staff_lambda_authorizer" {
  api_id                            = aws_apigatewayv2_api.staff.id
  name                              = "${var.function_name}-staff-lambda-authorizer"
  authorizer_type                   = "REQUEST"
  authorizer_uri                    = var.staff_authorizer_uri
  authorizer_credentials_arn        = var.staff_authorizer_role_arn
  authorizer_payload_format_version = "2.0"
  identity_sources                  = ["$request.header.Authorization"]
}

resource "aws_apigatewayv2_route" "staff" {
  # checkov:skip=CKV_AWS_309:what no route takes is answered with 404, whoever asks
  for_each = toset(["ANY /", "ANY /{proxy+}"])

  api_id             = aws_apigatewayv2_api.staff.id
  route_key          = each.key
  target             = "integrations/${aws_apigatewayv2_integration.staff.id}"
  authorization_type = "CUSTOM"
  authorizer_id      = aws_apigatewayv2_authorizer.staff_lambda_authorizer.id
}

resource "aws_apigatewayv2_stage" "staff" {
  # checkov:skip=CKV_AWS_76:what partners and staff ask for is in the function's logs
  api_id      = aws_apigatewayv2_api.staff.id
  name        = "$default"
  auto_deploy = true
  tags        = var.tags
}

# API Gateway may invoke the function for these routes of this API alone.
resource "aws_lambda_permission" "staff" {
  for_each = {
    "ANY"       = "${aws_apigatewayv2_api.staff.execution_arn}/$default/*/"
    "ANY-proxy" = "${aws_apigatewayv2_api.staff.execution_arn}/$default/*/*"
  }

  statement_id  = "trigger-staff--${each.key}"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.this.arn
  principal     = "apigateway.amazonaws.com"
  source_arn    = each.value
}
