# Made by tfgen from websocket.yaml. Change that and render again, not this file.
#
# `terraform init` and `terraform test` in the module's folder run these tests. All of AWS is mocked, so they need
# no account, and nothing is made.

mock_provider "aws" {
  mock_data "aws_caller_identity" {
    defaults = {
      account_id = "123456789012"
    }
  }

  mock_data "aws_partition" {
    defaults = {
      partition = "aws"
    }
  }

  mock_data "aws_region" {
    defaults = {
      id = "eu-central-1"
    }
  }

  mock_data "aws_iam_policy_document" {
    defaults = {
      json = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
    }
  }
}

# What a caller gives.
variables {
  authorizer_arn           = "arn:aws:lambda:eu-central-1:123456789012:function:authorizer-arn"
  deployment_bucket        = "deployment-bucket"
  feed_authorizer_role_arn = "arn:aws:iam::123456789012:role/feed-authorizer-role-arn"
  feed_authorizer_uri      = "arn:aws:apigateway:eu-central-1:lambda:path/2015-03-31/functions/feed-authorizer-uri/invocations"
  log_key_arn              = "arn:aws:kms:eu-central-1:123456789012:key/log-key-arn"
}

run "is_what_the_spec_says" {
  command = plan

  # The function
  assert {
    condition     = aws_lambda_function.this.function_name == "chat"
    error_message = "aws_lambda_function.this.function_name is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.runtime == "python3.13"
    error_message = "aws_lambda_function.this.runtime is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.handler == "app.handler"
    error_message = "aws_lambda_function.this.handler is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.s3_bucket == var.deployment_bucket
    error_message = "aws_lambda_function.this.s3_bucket is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.s3_key == "chat.zip"
    error_message = "aws_lambda_function.this.s3_key is not what the spec says."
  }

  assert {
    condition     = toset(aws_lambda_function.this.architectures) == toset(["arm64"])
    error_message = "aws_lambda_function.this.architectures is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.memory_size == 128
    error_message = "aws_lambda_function.this.memory_size is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.timeout == 3
    error_message = "aws_lambda_function.this.timeout is not what the spec says."
  }

  # The execution role
  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.actions if statement.actions != null])) == toset(["execute-api:ManageConnections", "logs:CreateLogStream", "logs:PutLogEvents"])
    error_message = "The set of actions in the role's policy is not what the spec says."
  }

  # triggers, chat
  assert {
    condition     = aws_apigatewayv2_api.chat.description == "Rooms of the chat"
    error_message = "aws_apigatewayv2_api.chat.description is not what the spec says."
  }

  assert {
    condition     = aws_apigatewayv2_api.chat.route_selection_expression == "$request.body.kind"
    error_message = "aws_apigatewayv2_api.chat.route_selection_expression is not what the spec says."
  }

  assert {
    condition     = aws_apigatewayv2_api.chat.disable_execute_api_endpoint == false
    error_message = "aws_apigatewayv2_api.chat.disable_execute_api_endpoint is not what the spec says."
  }

  assert {
    condition     = aws_apigatewayv2_integration.chat.timeout_milliseconds == 10000
    error_message = "aws_apigatewayv2_integration.chat.timeout_milliseconds is not what the spec says."
  }

  assert {
    condition     = toset(aws_apigatewayv2_authorizer.chat_lambda_authorizer.identity_sources) == toset(["route.request.querystring.token"])
    error_message = "aws_apigatewayv2_authorizer.chat_lambda_authorizer.identity_sources is not what the spec says."
  }

  assert {
    condition     = aws_apigatewayv2_authorizer.chat_lambda_authorizer.authorizer_uri == "arn:${data.aws_partition.current.partition}:apigateway:${data.aws_region.current.id}:lambda:path/2015-03-31/functions/${var.authorizer_arn}/invocations"
    error_message = "aws_apigatewayv2_authorizer.chat_lambda_authorizer.authorizer_uri is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.chat_lambda_authorizer.function_name == var.authorizer_arn
    error_message = "aws_lambda_permission.chat_lambda_authorizer.function_name is not what the spec says."
  }

  assert {
    condition = { for route, own in aws_apigatewayv2_route.chat : route => own.route_key if own.route_key != null } == {
      "$connect"    = "$connect"
      "$disconnect" = "$disconnect"
      "$default"    = "$default"
      sendMessage   = "sendMessage"
      joinRoom      = "joinRoom"
    }
    error_message = "The route_key of aws_apigatewayv2_route.chat is not what the spec says."
  }

  assert {
    condition = { for route, own in aws_apigatewayv2_route.chat : route => own.authorization_type if own.authorization_type != null } == {
      "$connect"    = "CUSTOM"
      "$disconnect" = "NONE"
      "$default"    = "NONE"
      sendMessage   = "NONE"
      joinRoom      = "NONE"
    }
    error_message = "The authorization_type of aws_apigatewayv2_route.chat is not what the spec says."
  }

  assert {
    condition = { for route, own in aws_apigatewayv2_route.chat : route => own.route_response_selection_expression if own.route_response_selection_expression != null } == {
      "$default" = "$default"
      joinRoom   = "$default"
    }
    error_message = "The route_response_selection_expression of aws_apigatewayv2_route.chat is not what the spec says."
  }

  assert {
    condition     = one(aws_apigatewayv2_stage.chat.default_route_settings).throttling_burst_limit == 200
    error_message = "one(aws_apigatewayv2_stage.chat.default_route_settings).throttling_burst_limit is not what the spec says."
  }

  assert {
    condition     = one(aws_apigatewayv2_stage.chat.default_route_settings).throttling_rate_limit == 100
    error_message = "one(aws_apigatewayv2_stage.chat.default_route_settings).throttling_rate_limit is not what the spec says."
  }

  assert {
    condition     = one(aws_apigatewayv2_stage.chat.default_route_settings).detailed_metrics_enabled == true
    error_message = "one(aws_apigatewayv2_stage.chat.default_route_settings).detailed_metrics_enabled is not what the spec says."
  }

  assert {
    condition     = one(aws_apigatewayv2_stage.chat.default_route_settings).logging_level == "ERROR"
    error_message = "one(aws_apigatewayv2_stage.chat.default_route_settings).logging_level is not what the spec says."
  }

  assert {
    condition     = one(aws_apigatewayv2_stage.chat.default_route_settings).data_trace_enabled == false
    error_message = "one(aws_apigatewayv2_stage.chat.default_route_settings).data_trace_enabled is not what the spec says."
  }

  assert {
    condition     = aws_apigatewayv2_stage.chat.name == "prod"
    error_message = "aws_apigatewayv2_stage.chat.name is not what the spec says."
  }

  assert {
    condition     = aws_apigatewayv2_stage.chat.stage_variables["release"] == "blue"
    error_message = "aws_apigatewayv2_stage.chat.stage_variables[\"release\"] is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_log_group.chat.retention_in_days == 30
    error_message = "aws_cloudwatch_log_group.chat.retention_in_days is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_log_group.chat.kms_key_id == var.log_key_arn
    error_message = "aws_cloudwatch_log_group.chat.kms_key_id is not what the spec says."
  }

  assert {
    condition     = toset(keys(aws_apigatewayv2_route_response.chat)) == toset(["$default", "joinRoom"])
    error_message = "keys(aws_apigatewayv2_route_response.chat) is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.actions if statement.sid == "ManageConnectionsForChat"])) == toset(["execute-api:ManageConnections"])
    error_message = "The list of actions of ManageConnectionsForChat in execution_role is not what the spec says."
  }

  assert {
    condition     = toset(keys(aws_lambda_permission.chat)) == toset(["connect", "disconnect", "default", "sendMessage", "joinRoom"])
    error_message = "keys(aws_lambda_permission.chat) is not what the spec says."
  }

  assert {
    condition     = toset(values(aws_lambda_permission.chat)[*].action) == toset(["lambda:InvokeFunction"])
    error_message = "values(aws_lambda_permission.chat)[*].action is not what the spec says."
  }

  assert {
    condition     = toset(values(aws_lambda_permission.chat)[*].principal) == toset(["apigateway.amazonaws.com"])
    error_message = "values(aws_lambda_permission.chat)[*].principal is not what the spec says."
  }

  # triggers, feed
  assert {
    condition     = aws_apigatewayv2_authorizer.feed_lambda_authorizer.authorizer_credentials_arn == var.feed_authorizer_role_arn
    error_message = "aws_apigatewayv2_authorizer.feed_lambda_authorizer.authorizer_credentials_arn is not what the spec says."
  }

  assert {
    condition     = toset(aws_apigatewayv2_authorizer.feed_lambda_authorizer.identity_sources) == toset(["route.request.header.Authorization"])
    error_message = "aws_apigatewayv2_authorizer.feed_lambda_authorizer.identity_sources is not what the spec says."
  }

  assert {
    condition     = aws_apigatewayv2_authorizer.feed_lambda_authorizer.authorizer_uri == var.feed_authorizer_uri
    error_message = "aws_apigatewayv2_authorizer.feed_lambda_authorizer.authorizer_uri is not what the spec says."
  }

  assert {
    condition = { for route, own in aws_apigatewayv2_route.feed : route => own.route_key if own.route_key != null } == {
      "$connect"    = "$connect"
      "$disconnect" = "$disconnect"
      "$default"    = "$default"
    }
    error_message = "The route_key of aws_apigatewayv2_route.feed is not what the spec says."
  }

  assert {
    condition = { for route, own in aws_apigatewayv2_route.feed : route => own.authorization_type if own.authorization_type != null } == {
      "$connect"    = "CUSTOM"
      "$disconnect" = "NONE"
      "$default"    = "NONE"
    }
    error_message = "The authorization_type of aws_apigatewayv2_route.feed is not what the spec says."
  }

  assert {
    condition = one(aws_apigatewayv2_stage.feed.access_log_settings).format == jsonencode({
      request    = "$context.requestId"
      connection = "$context.connectionId"
      status     = "$context.status"
    })
    error_message = "one(aws_apigatewayv2_stage.feed.access_log_settings).format is not what the spec says."
  }

  assert {
    condition     = toset(keys(aws_lambda_permission.feed)) == toset(["connect", "disconnect", "default"])
    error_message = "keys(aws_lambda_permission.feed) is not what the spec says."
  }

  assert {
    condition     = toset(values(aws_lambda_permission.feed)[*].action) == toset(["lambda:InvokeFunction"])
    error_message = "values(aws_lambda_permission.feed)[*].action is not what the spec says."
  }

  assert {
    condition     = toset(values(aws_lambda_permission.feed)[*].principal) == toset(["apigateway.amazonaws.com"])
    error_message = "values(aws_lambda_permission.feed)[*].principal is not what the spec says."
  }
}

run "takes_what_the_caller_says" {
  command = plan

  variables {
    function_name = "from-the-caller"
    memory_size   = 256
    timeout       = 2
    tags = {
      Caller = "from-the-caller"
    }
    environment = {
      variables = {
        CALLER = "from-the-caller"
      }
    }
  }

  assert {
    condition     = aws_lambda_function.this.function_name == "from-the-caller"
    error_message = "aws_lambda_function.this.function_name is not what the caller says."
  }

  assert {
    condition     = aws_lambda_function.this.memory_size == 256
    error_message = "aws_lambda_function.this.memory_size is not what the caller says."
  }

  assert {
    condition     = aws_lambda_function.this.timeout == 2
    error_message = "aws_lambda_function.this.timeout is not what the caller says."
  }

  assert {
    condition     = aws_lambda_function.this.tags["Caller"] == "from-the-caller"
    error_message = "aws_lambda_function.this.tags[\"Caller\"] is not what the caller says."
  }

  assert {
    condition     = one(aws_lambda_function.this.environment).variables["CALLER"] == "from-the-caller"
    error_message = "one(aws_lambda_function.this.environment).variables[\"CALLER\"] is not what the caller says."
  }
}

run "takes_the_role_of_the_caller" {
  command = plan

  variables {
    create_execution_role = false
    execution_role_arn    = "arn:aws:iam::123456789012:role/example"
  }

  assert {
    condition     = aws_lambda_function.this.role == "arn:aws:iam::123456789012:role/example"
    error_message = "aws_lambda_function.this.role is not what the caller says."
  }

  assert {
    condition     = length(aws_iam_role.this) == 0
    error_message = "The number of roles is not what the caller says."
  }
}

run "refuses_what_is_wrong" {
  command = plan

  variables {
    function_name      = "not right"
    runtime            = "wrong"
    handler            = "not right"
    filename           = ""
    s3_bucket          = "not right"
    s3_key             = ""
    s3_object_version  = ""
    image_uri          = "not right"
    source_code_hash   = ""
    timeout            = 0
    memory_size        = 127
    architectures      = []
    layers             = ["wrong"]
    kms_key_arn        = "wrong"
    execution_role_arn = "wrong"
    vpc_config = {
      subnet_ids         = [""]
      security_group_ids = ["example"]
    }
    reserved_concurrent_executions = -2
    provisioned_concurrency_config = {
      provisioned_concurrent_executions = 0
    }
    dead_letter_config = {
      target_arn = "wrong"
    }
    tracing_config = {
      mode = "wrong"
    }
    log_retention_in_days = 3654
    event_source_mapping = {
      event_source_arn = "wrong"
    }
    authorizer_arn           = "wrong"
    feed_authorizer_role_arn = "wrong"
    feed_authorizer_uri      = "wrong"
    log_key_arn              = "wrong"
  }

  expect_failures = [
    var.function_name,
    var.runtime,
    var.handler,
    var.filename,
    var.s3_bucket,
    var.s3_key,
    var.s3_object_version,
    var.image_uri,
    var.source_code_hash,
    var.timeout,
    var.memory_size,
    var.architectures,
    var.layers,
    var.kms_key_arn,
    var.execution_role_arn,
    var.vpc_config,
    var.reserved_concurrent_executions,
    var.provisioned_concurrency_config,
    var.dead_letter_config,
    var.tracing_config,
    var.log_retention_in_days,
    var.event_source_mapping,
    var.authorizer_arn,
    var.feed_authorizer_role_arn,
    var.feed_authorizer_uri,
    var.log_key_arn,
  ]
}

run "refuses_what_is_wrong_2" {
  command = plan

  variables {
    package_type      = "wrong"
    deployment_bucket = "not right"
  }

  expect_failures = [
    var.package_type,
    var.deployment_bucket,
  ]
}
