# Made by tfgen from http_api.yaml. Change that and render again, not this file.
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
  client_id                 = "client-id"
  deployment_bucket         = "deployment-bucket"
  issuer                    = "https://issuer"
  log_key_arn               = "arn:aws:kms:eu-central-1:123456789012:key/log-key-arn"
  partner_authorizer_arn    = "arn:aws:lambda:eu-central-1:123456789012:function:partner-authorizer-arn"
  platform_api_id           = "example"
  platform_execution_arn    = "arn:aws:execute-api:eu-central-1:123456789012:example"
  platform_staff_id         = "example"
  platform_users_id         = "example"
  staff_authorizer_role_arn = "arn:aws:iam::123456789012:role/staff-authorizer-role-arn"
  staff_authorizer_uri      = "arn:aws:apigateway:eu-central-1:lambda:path/2015-03-31/functions/staff-authorizer-uri/invocations"
}

run "is_what_the_spec_says" {
  command = plan

  # The function
  assert {
    condition     = aws_lambda_function.this.function_name == "orders-http"
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
    condition     = aws_lambda_function.this.s3_key == "orders-http.zip"
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
    condition     = aws_apigatewayv2_api.shop.description == "Orders of the shop"
    error_message = "aws_apigatewayv2_api.shop.description is not what the spec says."
  }

  assert {
    condition     = aws_apigatewayv2_api.shop.disable_execute_api_endpoint == false
    error_message = "aws_apigatewayv2_api.shop.disable_execute_api_endpoint is not what the spec says."
  }

  assert {
    condition     = toset(one(aws_apigatewayv2_api.shop.cors_configuration).allow_headers) == toset(["Authorization", "Content-Type"])
    error_message = "one(aws_apigatewayv2_api.shop.cors_configuration).allow_headers is not what the spec says."
  }

  assert {
    condition     = one(aws_apigatewayv2_api.shop.cors_configuration).allow_credentials == true
    error_message = "one(aws_apigatewayv2_api.shop.cors_configuration).allow_credentials is not what the spec says."
  }

  assert {
    condition     = one(aws_apigatewayv2_api.shop.cors_configuration).max_age == 600
    error_message = "one(aws_apigatewayv2_api.shop.cors_configuration).max_age is not what the spec says."
  }

  assert {
    condition     = toset(one(aws_apigatewayv2_api.shop.cors_configuration).allow_origins) == toset(["https://shop.example.com"])
    error_message = "one(aws_apigatewayv2_api.shop.cors_configuration).allow_origins is not what the spec says."
  }

  assert {
    condition     = toset(one(aws_apigatewayv2_api.shop.cors_configuration).allow_methods) == toset(["GET", "POST", "DELETE"])
    error_message = "one(aws_apigatewayv2_api.shop.cors_configuration).allow_methods is not what the spec says."
  }

  assert {
    condition     = toset(one(aws_apigatewayv2_api.shop.cors_configuration).expose_headers) == toset(["X-Request-Id"])
    error_message = "one(aws_apigatewayv2_api.shop.cors_configuration).expose_headers is not what the spec says."
  }

  assert {
    condition     = aws_apigatewayv2_integration.shop.timeout_milliseconds == 20000
    error_message = "aws_apigatewayv2_integration.shop.timeout_milliseconds is not what the spec says."
  }

  assert {
    condition     = toset(aws_apigatewayv2_authorizer.shop_jwt_authorizer.identity_sources) == toset(["$request.header.Authorization"])
    error_message = "aws_apigatewayv2_authorizer.shop_jwt_authorizer.identity_sources is not what the spec says."
  }

  assert {
    condition     = one(aws_apigatewayv2_authorizer.shop_jwt_authorizer.jwt_configuration).issuer == var.issuer
    error_message = "one(aws_apigatewayv2_authorizer.shop_jwt_authorizer.jwt_configuration).issuer is not what the spec says."
  }

  assert {
    condition     = toset(one(aws_apigatewayv2_authorizer.shop_jwt_authorizer.jwt_configuration).audience) == toset([var.client_id])
    error_message = "one(aws_apigatewayv2_authorizer.shop_jwt_authorizer.jwt_configuration).audience is not what the spec says."
  }

  assert {
    condition = { for route, own in aws_apigatewayv2_route.shop : route => own.route_key if own.route_key != null } == {
      "GET /orders"         = "GET /orders"
      "POST /orders"        = "POST /orders"
      "GET /orders/{id}"    = "GET /orders/{id}"
      "DELETE /orders/{id}" = "DELETE /orders/{id}"
      "$default"            = "$default"
    }
    error_message = "The route_key of aws_apigatewayv2_route.shop is not what the spec says."
  }

  assert {
    condition = { for route, own in aws_apigatewayv2_route.shop : route => own.authorization_type if own.authorization_type != null } == {
      "GET /orders"         = "JWT"
      "POST /orders"        = "JWT"
      "GET /orders/{id}"    = "JWT"
      "DELETE /orders/{id}" = "AWS_IAM"
      "$default"            = "NONE"
    }
    error_message = "The authorization_type of aws_apigatewayv2_route.shop is not what the spec says."
  }

  assert {
    condition = { for route, own in aws_apigatewayv2_route.shop : route => own.authorization_scopes if own.authorization_scopes != null } == {
      "GET /orders"      = toset(["orders/read"])
      "POST /orders"     = toset(["orders/write"])
      "GET /orders/{id}" = toset(["orders/read"])
    }
    error_message = "The authorization_scopes of aws_apigatewayv2_route.shop is not what the spec says."
  }

  assert {
    condition     = one(aws_apigatewayv2_stage.shop.default_route_settings).throttling_burst_limit == 200
    error_message = "one(aws_apigatewayv2_stage.shop.default_route_settings).throttling_burst_limit is not what the spec says."
  }

  assert {
    condition     = one(aws_apigatewayv2_stage.shop.default_route_settings).throttling_rate_limit == 100
    error_message = "one(aws_apigatewayv2_stage.shop.default_route_settings).throttling_rate_limit is not what the spec says."
  }

  assert {
    condition     = one(aws_apigatewayv2_stage.shop.default_route_settings).detailed_metrics_enabled == true
    error_message = "one(aws_apigatewayv2_stage.shop.default_route_settings).detailed_metrics_enabled is not what the spec says."
  }

  assert {
    condition     = aws_apigatewayv2_stage.shop.stage_variables["release"] == "blue"
    error_message = "aws_apigatewayv2_stage.shop.stage_variables[\"release\"] is not what the spec says."
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
    condition     = toset(keys(aws_lambda_permission.shop)) == toset(["GET-orders", "POST-orders", "GET-orders-id", "DELETE-orders-id", "default"])
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

  # triggers, partners
  assert {
    condition     = aws_apigatewayv2_integration.partners.payload_format_version == "1.0"
    error_message = "aws_apigatewayv2_integration.partners.payload_format_version is not what the spec says."
  }

  assert {
    condition     = toset(aws_apigatewayv2_authorizer.partners_lambda_authorizer.identity_sources) == toset(["$request.header.X-Partner-Token"])
    error_message = "aws_apigatewayv2_authorizer.partners_lambda_authorizer.identity_sources is not what the spec says."
  }

  assert {
    condition     = aws_apigatewayv2_authorizer.partners_lambda_authorizer.authorizer_result_ttl_in_seconds == 60
    error_message = "aws_apigatewayv2_authorizer.partners_lambda_authorizer.authorizer_result_ttl_in_seconds is not what the spec says."
  }

  assert {
    condition     = aws_apigatewayv2_authorizer.partners_lambda_authorizer.authorizer_payload_format_version == "2.0"
    error_message = "aws_apigatewayv2_authorizer.partners_lambda_authorizer.authorizer_payload_format_version is not what the spec says."
  }

  assert {
    condition     = aws_apigatewayv2_authorizer.partners_lambda_authorizer.enable_simple_responses == true
    error_message = "aws_apigatewayv2_authorizer.partners_lambda_authorizer.enable_simple_responses is not what the spec says."
  }

  assert {
    condition     = aws_apigatewayv2_authorizer.partners_lambda_authorizer.authorizer_uri == "arn:${data.aws_partition.current.partition}:apigateway:${data.aws_region.current.id}:lambda:path/2015-03-31/functions/${var.partner_authorizer_arn}/invocations"
    error_message = "aws_apigatewayv2_authorizer.partners_lambda_authorizer.authorizer_uri is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.partners_lambda_authorizer.function_name == var.partner_authorizer_arn
    error_message = "aws_lambda_permission.partners_lambda_authorizer.function_name is not what the spec says."
  }

  assert {
    condition = { for route, own in aws_apigatewayv2_route.partners : route => own.route_key if own.route_key != null } == {
      "ANY /{proxy+}" = "ANY /{proxy+}"
    }
    error_message = "The route_key of aws_apigatewayv2_route.partners is not what the spec says."
  }

  assert {
    condition = { for route, own in aws_apigatewayv2_route.partners : route => own.authorization_type if own.authorization_type != null } == {
      "ANY /{proxy+}" = "CUSTOM"
    }
    error_message = "The authorization_type of aws_apigatewayv2_route.partners is not what the spec says."
  }

  assert {
    condition     = aws_apigatewayv2_stage.partners.name == "v1"
    error_message = "aws_apigatewayv2_stage.partners.name is not what the spec says."
  }

  assert {
    condition = one(aws_apigatewayv2_stage.partners.access_log_settings).format == jsonencode({
      request = "$context.requestId"
      partner = "$context.authorizer.partner"
      status  = "$context.status"
    })
    error_message = "one(aws_apigatewayv2_stage.partners.access_log_settings).format is not what the spec says."
  }

  assert {
    condition     = toset(keys(aws_lambda_permission.partners)) == toset(["ANY-proxy"])
    error_message = "keys(aws_lambda_permission.partners) is not what the spec says."
  }

  assert {
    condition     = toset(values(aws_lambda_permission.partners)[*].action) == toset(["lambda:InvokeFunction"])
    error_message = "values(aws_lambda_permission.partners)[*].action is not what the spec says."
  }

  assert {
    condition     = toset(values(aws_lambda_permission.partners)[*].principal) == toset(["apigateway.amazonaws.com"])
    error_message = "values(aws_lambda_permission.partners)[*].principal is not what the spec says."
  }

  # triggers, platform
  assert {
    condition     = aws_apigatewayv2_integration.platform.api_id == var.platform_api_id
    error_message = "aws_apigatewayv2_integration.platform.api_id is not what the spec says."
  }

  assert {
    condition = { for route, own in aws_apigatewayv2_route.platform : route => own.route_key if own.route_key != null } == {
      "GET /prices"           = "GET /prices"
      "GET /prices/{product}" = "GET /prices/{product}"
      "POST /prices"          = "POST /prices"
    }
    error_message = "The route_key of aws_apigatewayv2_route.platform is not what the spec says."
  }

  assert {
    condition = { for route, own in aws_apigatewayv2_route.platform : route => own.authorization_type if own.authorization_type != null } == {
      "GET /prices"           = "JWT"
      "GET /prices/{product}" = "JWT"
      "POST /prices"          = "CUSTOM"
    }
    error_message = "The authorization_type of aws_apigatewayv2_route.platform is not what the spec says."
  }

  assert {
    condition = { for route, own in aws_apigatewayv2_route.platform : route => own.authorizer_id if own.authorizer_id != null } == {
      "GET /prices"           = var.platform_users_id
      "GET /prices/{product}" = var.platform_users_id
      "POST /prices"          = var.platform_staff_id
    }
    error_message = "The authorizer_id of aws_apigatewayv2_route.platform is not what the spec says."
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

  # triggers, staff
  assert {
    condition     = aws_apigatewayv2_authorizer.staff_lambda_authorizer.authorizer_credentials_arn == var.staff_authorizer_role_arn
    error_message = "aws_apigatewayv2_authorizer.staff_lambda_authorizer.authorizer_credentials_arn is not what the spec says."
  }

  assert {
    condition     = toset(aws_apigatewayv2_authorizer.staff_lambda_authorizer.identity_sources) == toset(["$request.header.Authorization"])
    error_message = "aws_apigatewayv2_authorizer.staff_lambda_authorizer.identity_sources is not what the spec says."
  }

  assert {
    condition     = aws_apigatewayv2_authorizer.staff_lambda_authorizer.authorizer_uri == var.staff_authorizer_uri
    error_message = "aws_apigatewayv2_authorizer.staff_lambda_authorizer.authorizer_uri is not what the spec says."
  }

  assert {
    condition = { for route, own in aws_apigatewayv2_route.staff : route => own.route_key if own.route_key != null } == {
      "ANY /"         = "ANY /"
      "ANY /{proxy+}" = "ANY /{proxy+}"
    }
    error_message = "The route_key of aws_apigatewayv2_route.staff is not what the spec says."
  }

  assert {
    condition = { for route, own in aws_apigatewayv2_route.staff : route => own.authorization_type if own.authorization_type != null } == {
      "ANY /"         = "CUSTOM"
      "ANY /{proxy+}" = "CUSTOM"
    }
    error_message = "The authorization_type of aws_apigatewayv2_route.staff is not what the spec says."
  }

  assert {
    condition     = toset(keys(aws_lambda_permission.staff)) == toset(["ANY", "ANY-proxy"])
    error_message = "keys(aws_lambda_permission.staff) is not what the spec says."
  }

  assert {
    condition     = toset(values(aws_lambda_permission.staff)[*].action) == toset(["lambda:InvokeFunction"])
    error_message = "values(aws_lambda_permission.staff)[*].action is not what the spec says."
  }

  assert {
    condition     = toset(values(aws_lambda_permission.staff)[*].principal) == toset(["apigateway.amazonaws.com"])
    error_message = "values(aws_lambda_permission.staff)[*].principal is not what the spec says."
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
    client_id                 = ""
    issuer                    = "wrong"
    log_key_arn               = "wrong"
    partner_authorizer_arn    = "wrong"
    platform_api_id           = "not right"
    platform_execution_arn    = "wrong"
    platform_staff_id         = "not right"
    platform_users_id         = "not right"
    staff_authorizer_role_arn = "wrong"
    staff_authorizer_uri      = "wrong"
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
    var.client_id,
    var.issuer,
    var.log_key_arn,
    var.partner_authorizer_arn,
    var.platform_api_id,
    var.platform_execution_arn,
    var.platform_staff_id,
    var.platform_users_id,
    var.staff_authorizer_role_arn,
    var.staff_authorizer_uri,
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
