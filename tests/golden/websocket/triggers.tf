# Made by tfgen from websocket.yaml. Change that and render again, not this file.

resource "aws_apigatewayv2_api" "chat" {
  name                         = "${var.function_name}-chat"
  description                  = "Rooms of the chat"
  protocol_type                = "WEBSOCKET"
  route_selection_expression   = "$request.body.kind"
  disable_execute_api_endpoint = false
  tags                         = var.tags
}

resource "aws_apigatewayv2_integration" "chat" {
  api_id           = aws_apigatewayv2_api.chat.id
  integration_type = "AWS_PROXY"
  # Functions are invoked by POST.
  integration_method   = "POST"
  integration_uri      = aws_lambda_function.this.invoke_arn
  timeout_milliseconds = 10000
}

resource "aws_apigatewayv2_authorizer" "chat_lambda_authorizer" {
  api_id           = aws_apigatewayv2_api.chat.id
  name             = "${var.function_name}-chat-lambda-authorizer"
  authorizer_type  = "REQUEST"
  authorizer_uri   = "arn:${data.aws_partition.current.partition}:apigateway:${data.aws_region.current.id}:lambda:path/2015-03-31/functions/${var.authorizer_arn}/invocations"
  identity_sources = ["route.request.querystring.token"]
}

resource "aws_apigatewayv2_route" "chat" {
  # checkov:skip=CKV_AWS_309:$connect alone can have an authorizer, which lets in whoever uses the other routes
  for_each = {
    "$connect" = {
      authorization_type = "CUSTOM"
      authorizer_id      = aws_apigatewayv2_authorizer.chat_lambda_authorizer.id
    }
    "$disconnect" = {
      authorization_type = "NONE"
    }
    "$default" = {
      authorization_type                  = "NONE"
      route_response_selection_expression = "$default"
    }
    "sendMessage" = {
      authorization_type = "NONE"
    }
    "joinRoom" = {
      authorization_type                  = "NONE"
      route_response_selection_expression = "$default"
    }
  }

  api_id                              = aws_apigatewayv2_api.chat.id
  route_key                           = each.key
  target                              = "integrations/${aws_apigatewayv2_integration.chat.id}"
  authorization_type                  = each.value.authorization_type
  authorizer_id                       = lookup(each.value, "authorizer_id", null)
  route_response_selection_expression = lookup(each.value, "route_response_selection_expression", null)
}

# What the function returns for these routes is sent to the caller.
resource "aws_apigatewayv2_route_response" "chat" {
  for_each = toset(["$default", "joinRoom"])

  api_id             = aws_apigatewayv2_api.chat.id
  route_id           = aws_apigatewayv2_route.chat[each.key].id
  route_response_key = "$default"
}

resource "aws_cloudwatch_log_group" "chat" {
  # checkov:skip=CKV_AWS_158:what people write to one another is not logged
  # checkov:skip=CKV_AWS_338:two weeks of logs are enough to look into what went wrong
  name              = "/aws/apigateway/${var.function_name}-chat"
  retention_in_days = 30
  kms_key_id        = var.log_key_arn
  tags              = var.tags
}

resource "aws_apigatewayv2_stage" "chat" {
  # checkov:skip=CKV2_AWS_51:the backend is a Lambda function, which asks for no client certificate
  api_id      = aws_apigatewayv2_api.chat.id
  name        = "prod"
  auto_deploy = true
  stage_variables = {
    release = "blue"
  }
  tags = var.tags

  access_log_settings {
    destination_arn = aws_cloudwatch_log_group.chat.arn
    format = jsonencode({
      requestId          = "$context.requestId"
      ip                 = "$context.identity.sourceIp"
      requestTime        = "$context.requestTime"
      connectionId       = "$context.connectionId"
      eventType          = "$context.eventType"
      routeKey           = "$context.routeKey"
      status             = "$context.status"
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
    logging_level            = "ERROR"
    data_trace_enabled       = false
  }
}

# API Gateway may invoke the function for these routes of this API alone.
resource "aws_lambda_permission" "chat" {
  for_each = {
    "connect"     = "${aws_apigatewayv2_api.chat.execution_arn}/prod/$connect"
    "disconnect"  = "${aws_apigatewayv2_api.chat.execution_arn}/prod/$disconnect"
    "default"     = "${aws_apigatewayv2_api.chat.execution_arn}/prod/$default"
    "sendMessage" = "${aws_apigatewayv2_api.chat.execution_arn}/prod/sendMessage"
    "joinRoom"    = "${aws_apigatewayv2_api.chat.execution_arn}/prod/joinRoom"
  }

  statement_id  = "trigger-chat--${each.key}"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.this.arn
  principal     = "apigateway.amazonaws.com"
  source_arn    = each.value
}

# API Gateway may ask the authorizer's function for this authorizer alone. The function is another module's,
# but only this one knows the authorizer's id.
resource "aws_lambda_permission" "chat_lambda_authorizer" {
  statement_id  = "${var.function_name}-chat"
  action        = "lambda:InvokeFunction"
  function_name = var.authorizer_arn
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_apigatewayv2_api.chat.execution_arn}/authorizers/${aws_apigatewayv2_authorizer.chat_lambda_authorizer.id}"
}

resource "aws_apigatewayv2_api" "feed" {
  name                       = "${var.function_name}-feed"
  protocol_type              = "WEBSOCKET"
  route_selection_expression = "$request.body.action"
  tags                       = var.tags
}

resource "aws_apigatewayv2_integration" "feed" {
  api_id           = aws_apigatewayv2_api.feed.id
  integration_type = "AWS_PROXY"
  # Functions are invoked by POST.
  integration_method = "POST"
  integration_uri    = aws_lambda_function.this.invoke_arn
}

resource "aws_apigatewayv2_authorizer" "feed_lambda_authorizer" {
  api_id                     = aws_apigatewayv2_api.feed.id
  name                       = "${var.function_name}-feed-lambda-authorizer"
  authorizer_type            = "REQUEST"
  authorizer_uri             = var.feed_authorizer_uri
  authorizer_credentials_arn = var.feed_authorizer_role_arn
  identity_sources           = ["route.request.header.Authorization"]
}

resource "aws_apigatewayv2_route" "feed" {
  # checkov:skip=CKV_AWS_309:$connect alone can have an authorizer, which lets in whoever uses the other routes
  for_each = {
    "$connect" = {
      authorization_type = "CUSTOM"
      authorizer_id      = aws_apigatewayv2_authorizer.feed_lambda_authorizer.id
    }
    "$disconnect" = {
      authorization_type = "NONE"
    }
    "$default" = {
      authorization_type = "NONE"
    }
  }

  api_id             = aws_apigatewayv2_api.feed.id
  route_key          = each.key
  target             = "integrations/${aws_apigatewayv2_integration.feed.id}"
  authorization_type = each.value.authorization_type
  authorizer_id      = lookup(each.value, "authorizer_id", null)
}

resource "aws_cloudwatch_log_group" "feed" {
  # checkov:skip=CKV_AWS_158:what people write to one another is not logged
  # checkov:skip=CKV_AWS_338:two weeks of logs are enough to look into what went wrong
  name              = "/aws/apigateway/${var.function_name}-feed"
  retention_in_days = var.log_retention_in_days
  tags              = var.tags
}

resource "aws_apigatewayv2_stage" "feed" {
  # checkov:skip=CKV2_AWS_51:the backend is a Lambda function, which asks for no client certificate
  api_id      = aws_apigatewayv2_api.feed.id
  name        = "live"
  auto_deploy = true
  tags        = var.tags

  access_log_settings {
    destination_arn = aws_cloudwatch_log_group.feed.arn
    format = jsonencode({
      request    = "$context.requestId"
      connection = "$context.connectionId"
      status     = "$context.status"
    })
  }
}

# API Gateway may invoke the function for these routes of this API alone.
resource "aws_lambda_permission" "feed" {
  for_each = {
    "connect"    = "${aws_apigatewayv2_api.feed.execution_arn}/live/$connect"
    "disconnect" = "${aws_apigatewayv2_api.feed.execution_arn}/live/$disconnect"
    "default"    = "${aws_apigatewayv2_api.feed.execution_arn}/live/$default"
  }

  statement_id  = "trigger-feed--${each.key}"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.this.arn
  principal     = "apigateway.amazonaws.com"
  source_arn    = each.value
}
