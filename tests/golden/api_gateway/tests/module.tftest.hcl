# Made by tfgen from api_gateway.yaml. Change that and render again, not this file.
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
  deployment_bucket         = "deployment-bucket"
  log_key_arn               = "arn:aws:kms:eu-central-1:123456789012:key/log-key-arn"
  partner_authorizer_arn    = "arn:aws:lambda:eu-central-1:123456789012:function:partner-authorizer-arn"
  platform_api_id           = "example"
  platform_execution_arn    = "arn:aws:execute-api:eu-central-1:123456789012:example"
  platform_root_resource_id = "example"
  platform_staff_id         = "example"
  platform_users_id         = "example"
  staff_authorizer_role_arn = "arn:aws:iam::123456789012:role/staff-authorizer-role-arn"
  staff_authorizer_uri      = "arn:aws:apigateway:eu-central-1:lambda:path/2015-03-31/functions/staff-authorizer-uri/invocations"
  user_pool_arn             = "arn:aws:cognito-idp:eu-central-1:123456789012:userpool/user-pool-arn"
  vpc_endpoint_id           = "vpce-example"
}

run "is_what_the_spec_says" {
  command = plan

  # The function
  assert {
    condition     = aws_lambda_function.this.function_name == "orders-rest"
    error_message = "aws_lambda_function.this.function_name is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.runtime == "nodejs22.x"
    error_message = "aws_lambda_function.this.runtime is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.handler == "index.handler"
    error_message = "aws_lambda_function.this.handler is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.s3_bucket == var.deployment_bucket
    error_message = "aws_lambda_function.this.s3_bucket is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.s3_key == "orders-rest.zip"
    error_message = "aws_lambda_function.this.s3_key is not what the spec says."
  }

  assert {
    condition     = toset(aws_lambda_function.this.architectures) == toset(["arm64"])
    error_message = "aws_lambda_function.this.architectures is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.timeout == 20
    error_message = "aws_lambda_function.this.timeout is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.memory_size == 128
    error_message = "aws_lambda_function.this.memory_size is not what the spec says."
  }

  # The execution role
  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.actions if statement.actions != null])) == toset(["logs:CreateLogStream", "logs:PutLogEvents"])
    error_message = "The set of actions in the role's policy is not what the spec says."
  }

  # triggers, shop
  assert {
    condition     = aws_api_gateway_rest_api.shop.description == "Orders of the shop"
    error_message = "aws_api_gateway_rest_api.shop.description is not what the spec says."
  }

  assert {
    condition     = toset(aws_api_gateway_rest_api.shop.binary_media_types) == toset(["application/pdf"])
    error_message = "aws_api_gateway_rest_api.shop.binary_media_types is not what the spec says."
  }

  assert {
    condition     = aws_api_gateway_rest_api.shop.disable_execute_api_endpoint == false
    error_message = "aws_api_gateway_rest_api.shop.disable_execute_api_endpoint is not what the spec says."
  }

  assert {
    condition     = tonumber(aws_api_gateway_rest_api.shop.minimum_compression_size) == 1024
    error_message = "tonumber(aws_api_gateway_rest_api.shop.minimum_compression_size) is not what the spec says."
  }

  assert {
    condition     = aws_api_gateway_resource.shop__orders.path_part == "orders"
    error_message = "aws_api_gateway_resource.shop__orders.path_part is not what the spec says."
  }

  assert {
    condition     = aws_api_gateway_resource.shop__orders__variable.path_part == "{id}"
    error_message = "aws_api_gateway_resource.shop__orders__variable.path_part is not what the spec says."
  }

  assert {
    condition     = aws_api_gateway_resource.shop__partners.path_part == "partners"
    error_message = "aws_api_gateway_resource.shop__partners.path_part is not what the spec says."
  }

  assert {
    condition     = aws_api_gateway_resource.shop__partners__variable.path_part == "{proxy+}"
    error_message = "aws_api_gateway_resource.shop__partners__variable.path_part is not what the spec says."
  }

  assert {
    condition     = aws_api_gateway_resource.shop__status.path_part == "status"
    error_message = "aws_api_gateway_resource.shop__status.path_part is not what the spec says."
  }

  assert {
    condition     = toset(aws_api_gateway_authorizer.shop_cognito_authorizer.provider_arns) == toset([var.user_pool_arn])
    error_message = "aws_api_gateway_authorizer.shop_cognito_authorizer.provider_arns is not what the spec says."
  }

  assert {
    condition     = aws_api_gateway_authorizer.shop_cognito_authorizer.identity_source == "method.request.header.Authorization"
    error_message = "aws_api_gateway_authorizer.shop_cognito_authorizer.identity_source is not what the spec says."
  }

  assert {
    condition     = aws_api_gateway_authorizer.shop_cognito_authorizer.authorizer_result_ttl_in_seconds == 300
    error_message = "aws_api_gateway_authorizer.shop_cognito_authorizer.authorizer_result_ttl_in_seconds is not what the spec says."
  }

  assert {
    condition     = aws_api_gateway_authorizer.shop_lambda_authorizer.type == "TOKEN"
    error_message = "aws_api_gateway_authorizer.shop_lambda_authorizer.type is not what the spec says."
  }

  assert {
    condition     = aws_api_gateway_authorizer.shop_lambda_authorizer.identity_source == "method.request.header.X-Partner-Token"
    error_message = "aws_api_gateway_authorizer.shop_lambda_authorizer.identity_source is not what the spec says."
  }

  assert {
    condition     = aws_api_gateway_authorizer.shop_lambda_authorizer.identity_validation_expression == "^[a-z]{3}-[0-9a-f]{32}$"
    error_message = "aws_api_gateway_authorizer.shop_lambda_authorizer.identity_validation_expression is not what the spec says."
  }

  assert {
    condition     = aws_api_gateway_authorizer.shop_lambda_authorizer.authorizer_result_ttl_in_seconds == 60
    error_message = "aws_api_gateway_authorizer.shop_lambda_authorizer.authorizer_result_ttl_in_seconds is not what the spec says."
  }

  assert {
    condition     = aws_api_gateway_authorizer.shop_lambda_authorizer.authorizer_uri == "arn:${data.aws_partition.current.partition}:apigateway:${data.aws_region.current.id}:lambda:path/2015-03-31/functions/${var.partner_authorizer_arn}/invocations"
    error_message = "aws_api_gateway_authorizer.shop_lambda_authorizer.authorizer_uri is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.shop_lambda_authorizer.function_name == var.partner_authorizer_arn
    error_message = "aws_lambda_permission.shop_lambda_authorizer.function_name is not what the spec says."
  }

  assert {
    condition = { for route, own in aws_api_gateway_method.shop : route => own.http_method if own.http_method != null } == {
      "GET /orders"       = "GET"
      "POST /orders"      = "POST"
      "GET /orders/{}"    = "GET"
      "DELETE /orders/{}" = "DELETE"
      "GET /status"       = "GET"
      "ANY /partners/{}"  = "ANY"
    }
    error_message = "The http_method of aws_api_gateway_method.shop is not what the spec says."
  }

  assert {
    condition = { for route, own in aws_api_gateway_method.shop : route => own.authorization if own.authorization != null } == {
      "GET /orders"       = "COGNITO_USER_POOLS"
      "POST /orders"      = "COGNITO_USER_POOLS"
      "GET /orders/{}"    = "COGNITO_USER_POOLS"
      "DELETE /orders/{}" = "AWS_IAM"
      "GET /status"       = "NONE"
      "ANY /partners/{}"  = "CUSTOM"
    }
    error_message = "The authorization of aws_api_gateway_method.shop is not what the spec says."
  }

  assert {
    condition = { for route, own in aws_api_gateway_method.shop : route => own.authorization_scopes if own.authorization_scopes != null } == {
      "GET /orders"    = toset(["orders/read"])
      "POST /orders"   = toset(["orders/write"])
      "GET /orders/{}" = toset(["orders/read"])
    }
    error_message = "The authorization_scopes of aws_api_gateway_method.shop is not what the spec says."
  }

  assert {
    condition = { for route, own in aws_api_gateway_method.shop : route => own.api_key_required if own.api_key_required != null } == {
      "ANY /partners/{}" = true
    }
    error_message = "The api_key_required of aws_api_gateway_method.shop is not what the spec says."
  }

  assert {
    condition     = toset(values(aws_api_gateway_integration.shop)[*].timeout_milliseconds) == toset([20000])
    error_message = "values(aws_api_gateway_integration.shop)[*].timeout_milliseconds is not what the spec says."
  }

  assert {
    condition     = toset(values(aws_api_gateway_integration_response.shop__cors)[*].response_parameters["method.response.header.Access-Control-Allow-Credentials"]) == toset(["'true'"])
    error_message = "Access-Control-Allow-Credentials is not what the spec says."
  }

  assert {
    condition     = toset(values(aws_api_gateway_integration_response.shop__cors)[*].response_parameters["method.response.header.Access-Control-Allow-Headers"]) == toset(["'Authorization,Content-Type'"])
    error_message = "Access-Control-Allow-Headers is not what the spec says."
  }

  assert {
    condition = { for path, answer in aws_api_gateway_integration_response.shop__cors : path => answer.response_parameters["method.response.header.Access-Control-Allow-Methods"] } == {
      "/orders"      = "'GET,OPTIONS,POST'"
      "/orders/{}"   = "'DELETE,GET,OPTIONS'"
      "/status"      = "'GET,OPTIONS'"
      "/partners/{}" = "'DELETE,GET,HEAD,OPTIONS,PATCH,POST,PUT'"
    }
    error_message = "Access-Control-Allow-Methods is not what the spec says."
  }

  assert {
    condition     = toset(values(aws_api_gateway_integration_response.shop__cors)[*].response_parameters["method.response.header.Access-Control-Allow-Origin"]) == toset(["'https://shop.example.com'"])
    error_message = "Access-Control-Allow-Origin is not what the spec says."
  }

  assert {
    condition     = toset(values(aws_api_gateway_integration_response.shop__cors)[*].response_parameters["method.response.header.Access-Control-Max-Age"]) == toset(["'600'"])
    error_message = "Access-Control-Max-Age is not what the spec says."
  }

  assert {
    condition     = toset(values(aws_api_gateway_gateway_response.shop)[*].response_parameters["gatewayresponse.header.Access-Control-Allow-Origin"]) == toset(["'https://shop.example.com'"])
    error_message = "Access-Control-Allow-Origin of the API itself is not what the spec says."
  }

  assert {
    condition     = aws_api_gateway_stage.shop.xray_tracing_enabled == true
    error_message = "aws_api_gateway_stage.shop.xray_tracing_enabled is not what the spec says."
  }

  assert {
    condition     = aws_api_gateway_stage.shop.stage_name == "prod"
    error_message = "aws_api_gateway_stage.shop.stage_name is not what the spec says."
  }

  assert {
    condition     = aws_api_gateway_stage.shop.variables["release"] == "blue"
    error_message = "aws_api_gateway_stage.shop.variables[\"release\"] is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_log_group.shop.retention_in_days == 30
    error_message = "aws_cloudwatch_log_group.shop.retention_in_days is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_log_group.shop.kms_key_id == var.log_key_arn
    error_message = "aws_cloudwatch_log_group.shop.kms_key_id is not what the spec says."
  }

  assert {
    condition     = one(aws_api_gateway_method_settings.shop.settings).throttling_burst_limit == 200
    error_message = "one(aws_api_gateway_method_settings.shop.settings).throttling_burst_limit is not what the spec says."
  }

  assert {
    condition     = one(aws_api_gateway_method_settings.shop.settings).throttling_rate_limit == 100
    error_message = "one(aws_api_gateway_method_settings.shop.settings).throttling_rate_limit is not what the spec says."
  }

  assert {
    condition     = one(aws_api_gateway_method_settings.shop.settings).metrics_enabled == true
    error_message = "one(aws_api_gateway_method_settings.shop.settings).metrics_enabled is not what the spec says."
  }

  assert {
    condition     = one(aws_api_gateway_method_settings.shop.settings).logging_level == "ERROR"
    error_message = "one(aws_api_gateway_method_settings.shop.settings).logging_level is not what the spec says."
  }

  assert {
    condition     = one(aws_api_gateway_method_settings.shop.settings).data_trace_enabled == false
    error_message = "one(aws_api_gateway_method_settings.shop.settings).data_trace_enabled is not what the spec says."
  }

  assert {
    condition     = one(aws_api_gateway_usage_plan.shop.quota_settings).limit == 100000
    error_message = "one(aws_api_gateway_usage_plan.shop.quota_settings).limit is not what the spec says."
  }

  assert {
    condition     = one(aws_api_gateway_usage_plan.shop.quota_settings).period == "MONTH"
    error_message = "one(aws_api_gateway_usage_plan.shop.quota_settings).period is not what the spec says."
  }

  assert {
    condition     = one(aws_api_gateway_usage_plan.shop.quota_settings).offset == 2
    error_message = "one(aws_api_gateway_usage_plan.shop.quota_settings).offset is not what the spec says."
  }

  assert {
    condition     = one(aws_api_gateway_usage_plan.shop.throttle_settings).burst_limit == 20
    error_message = "one(aws_api_gateway_usage_plan.shop.throttle_settings).burst_limit is not what the spec says."
  }

  assert {
    condition     = one(aws_api_gateway_usage_plan.shop.throttle_settings).rate_limit == 10
    error_message = "one(aws_api_gateway_usage_plan.shop.throttle_settings).rate_limit is not what the spec says."
  }

  assert {
    condition     = toset(keys(aws_api_gateway_api_key.shop)) == toset(["north", "south"])
    error_message = "keys(aws_api_gateway_api_key.shop) is not what the spec says."
  }

  assert {
    condition = toset(keys(aws_lambda_permission.shop)) == toset([
      "GET-orders",
      "POST-orders",
      "GET-orders-id",
      "DELETE-orders-id",
      "GET-status",
      "ANY-partners-proxy",
    ])
    error_message = "keys(aws_lambda_permission.shop) is not what the spec says."
  }

  assert {
    condition     = toset(values(aws_lambda_permission.shop)[*].action) == toset(["lambda:InvokeFunction"])
    error_message = "values(aws_lambda_permission.shop)[*].action is not what the spec says."
  }

  assert {
    condition     = toset(values(aws_lambda_permission.shop)[*].principal) == toset(["apigateway.amazonaws.com"])
    error_message = "values(aws_lambda_permission.shop)[*].principal is not what the spec says."
  }

  # triggers, internal
  assert {
    condition     = toset(one(aws_api_gateway_rest_api.internal.endpoint_configuration).types) == toset(["PRIVATE"])
    error_message = "one(aws_api_gateway_rest_api.internal.endpoint_configuration).types is not what the spec says."
  }

  assert {
    condition     = toset(one(aws_api_gateway_rest_api.internal.endpoint_configuration).vpc_endpoint_ids) == toset([var.vpc_endpoint_id])
    error_message = "one(aws_api_gateway_rest_api.internal.endpoint_configuration).vpc_endpoint_ids is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.internal.statement : statement.actions if statement.sid == "InvokeFromVpcEndpoints"])) == toset(["execute-api:Invoke"])
    error_message = "The list of actions of InvokeFromVpcEndpoints in internal is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.internal.statement : [for condition in statement.condition : formatlist("%s %s %s", condition.test, condition.variable, condition.values)] if statement.sid == "InvokeFromVpcEndpoints"])) == toset(flatten([formatlist("%s %s %s", "StringEquals", "aws:SourceVpce", [var.vpc_endpoint_id])]))
    error_message = "The condition of InvokeFromVpcEndpoints in internal is not what the spec says."
  }

  assert {
    condition     = aws_api_gateway_resource.internal__variable.path_part == "{proxy+}"
    error_message = "aws_api_gateway_resource.internal__variable.path_part is not what the spec says."
  }

  assert {
    condition     = aws_api_gateway_authorizer.internal_lambda_authorizer.authorizer_credentials == var.staff_authorizer_role_arn
    error_message = "aws_api_gateway_authorizer.internal_lambda_authorizer.authorizer_credentials is not what the spec says."
  }

  assert {
    condition     = aws_api_gateway_authorizer.internal_lambda_authorizer.authorizer_uri == var.staff_authorizer_uri
    error_message = "aws_api_gateway_authorizer.internal_lambda_authorizer.authorizer_uri is not what the spec says."
  }

  assert {
    condition = { for route, own in aws_api_gateway_method.internal : route => own.http_method if own.http_method != null } == {
      "ANY /"   = "ANY"
      "ANY /{}" = "ANY"
    }
    error_message = "The http_method of aws_api_gateway_method.internal is not what the spec says."
  }

  assert {
    condition = { for route, own in aws_api_gateway_method.internal : route => own.authorization if own.authorization != null } == {
      "ANY /"   = "CUSTOM"
      "ANY /{}" = "CUSTOM"
    }
    error_message = "The authorization of aws_api_gateway_method.internal is not what the spec says."
  }

  assert {
    condition = { for route, own in aws_api_gateway_method.internal : route => own.api_key_required if own.api_key_required != null } == {
      "ANY /"   = true
      "ANY /{}" = true
    }
    error_message = "The api_key_required of aws_api_gateway_method.internal is not what the spec says."
  }

  assert {
    condition = one(aws_api_gateway_stage.internal.access_log_settings).format == jsonencode({
      request = "$context.requestId"
      caller  = "$context.identity.vpceId"
      status  = "$context.status"
    })
    error_message = "one(aws_api_gateway_stage.internal.access_log_settings).format is not what the spec says."
  }

  assert {
    condition     = toset(keys(aws_lambda_permission.internal)) == toset(["ANY", "ANY-proxy"])
    error_message = "keys(aws_lambda_permission.internal) is not what the spec says."
  }

  assert {
    condition     = toset(values(aws_lambda_permission.internal)[*].action) == toset(["lambda:InvokeFunction"])
    error_message = "values(aws_lambda_permission.internal)[*].action is not what the spec says."
  }

  assert {
    condition     = toset(values(aws_lambda_permission.internal)[*].principal) == toset(["apigateway.amazonaws.com"])
    error_message = "values(aws_lambda_permission.internal)[*].principal is not what the spec says."
  }

  # triggers, platform
  assert {
    condition     = aws_api_gateway_resource.platform__prices.path_part == "prices"
    error_message = "aws_api_gateway_resource.platform__prices.path_part is not what the spec says."
  }

  assert {
    condition     = aws_api_gateway_resource.platform__prices.parent_id == var.platform_root_resource_id
    error_message = "aws_api_gateway_resource.platform__prices.parent_id is not what the spec says."
  }

  assert {
    condition     = aws_api_gateway_resource.platform__prices__variable.path_part == "{product}"
    error_message = "aws_api_gateway_resource.platform__prices__variable.path_part is not what the spec says."
  }

  assert {
    condition = { for route, own in aws_api_gateway_method.platform : route => own.rest_api_id if own.rest_api_id != null } == {
      "GET /prices"    = var.platform_api_id
      "GET /prices/{}" = var.platform_api_id
      "POST /prices"   = var.platform_api_id
    }
    error_message = "The rest_api_id of aws_api_gateway_method.platform is not what the spec says."
  }

  assert {
    condition = { for route, own in aws_api_gateway_method.platform : route => own.http_method if own.http_method != null } == {
      "GET /prices"    = "GET"
      "GET /prices/{}" = "GET"
      "POST /prices"   = "POST"
    }
    error_message = "The http_method of aws_api_gateway_method.platform is not what the spec says."
  }

  assert {
    condition = { for route, own in aws_api_gateway_method.platform : route => own.authorization if own.authorization != null } == {
      "GET /prices"    = "COGNITO_USER_POOLS"
      "GET /prices/{}" = "COGNITO_USER_POOLS"
      "POST /prices"   = "CUSTOM"
    }
    error_message = "The authorization of aws_api_gateway_method.platform is not what the spec says."
  }

  assert {
    condition = { for route, own in aws_api_gateway_method.platform : route => own.authorizer_id if own.authorizer_id != null } == {
      "GET /prices"    = var.platform_users_id
      "GET /prices/{}" = var.platform_users_id
      "POST /prices"   = var.platform_staff_id
    }
    error_message = "The authorizer_id of aws_api_gateway_method.platform is not what the spec says."
  }

  assert {
    condition     = toset(keys(aws_lambda_permission.platform)) == toset(["GET-prices", "GET-prices-product", "POST-prices"])
    error_message = "keys(aws_lambda_permission.platform) is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.platform["GET-prices"].source_arn == "${var.platform_execution_arn}/*/GET/prices"
    error_message = "aws_lambda_permission.platform[\"GET-prices\"].source_arn is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.platform["GET-prices-product"].source_arn == "${var.platform_execution_arn}/*/GET/prices/*"
    error_message = "aws_lambda_permission.platform[\"GET-prices-product\"].source_arn is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.platform["POST-prices"].source_arn == "${var.platform_execution_arn}/*/POST/prices"
    error_message = "aws_lambda_permission.platform[\"POST-prices\"].source_arn is not what the spec says."
  }

  assert {
    condition     = toset(values(aws_lambda_permission.platform)[*].action) == toset(["lambda:InvokeFunction"])
    error_message = "values(aws_lambda_permission.platform)[*].action is not what the spec says."
  }

  assert {
    condition     = toset(values(aws_lambda_permission.platform)[*].principal) == toset(["apigateway.amazonaws.com"])
    error_message = "values(aws_lambda_permission.platform)[*].principal is not what the spec says."
  }
}

run "takes_what_the_caller_says" {
  command = plan

  variables {
    function_name = "from-the-caller"
    memory_size   = 256
    timeout       = 19
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
    condition     = aws_lambda_function.this.timeout == 19
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
    log_key_arn               = "wrong"
    partner_authorizer_arn    = "wrong"
    platform_api_id           = "not right"
    platform_execution_arn    = "wrong"
    platform_root_resource_id = "not right"
    platform_staff_id         = "not right"
    platform_users_id         = "not right"
    staff_authorizer_role_arn = "wrong"
    staff_authorizer_uri      = "wrong"
    user_pool_arn             = "wrong"
    vpc_endpoint_id           = "wrong"
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
    var.log_key_arn,
    var.partner_authorizer_arn,
    var.platform_api_id,
    var.platform_execution_arn,
    var.platform_root_resource_id,
    var.platform_staff_id,
    var.platform_users_id,
    var.staff_authorizer_role_arn,
    var.staff_authorizer_uri,
    var.user_pool_arn,
    var.vpc_endpoint_id,
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
