# Made by tfgen from alias.yaml. Change that and render again, not this file.
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
  changes_topic_arn = "arn:aws:sns:eu-central-1:123456789012:changes-topic-arn"
  deployment_bucket = "deployment-bucket"
  second_version    = "1"
}

run "is_what_the_spec_says" {
  command = plan

  # The function
  assert {
    condition     = aws_lambda_function.this.function_name == "prices"
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
    condition     = aws_lambda_function.this.s3_key == "prices.zip"
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

  assert {
    condition     = aws_lambda_alias.this.name == "live"
    error_message = "aws_lambda_alias.this.name is not what the spec says."
  }

  assert {
    condition     = aws_lambda_alias.this.description == "What callers of ${local.function_arn} use"
    error_message = "aws_lambda_alias.this.description is not what the spec says."
  }

  # The execution role
  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.actions if statement.actions != null])) == toset(["logs:CreateLogStream", "logs:PutLogEvents"])
    error_message = "The set of actions in the role's policy is not what the spec says."
  }

  # triggers, changes
  assert {
    condition     = aws_sns_topic_subscription.changes.topic_arn == var.changes_topic_arn
    error_message = "aws_sns_topic_subscription.changes.topic_arn is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.changes.action == "lambda:InvokeFunction"
    error_message = "aws_lambda_permission.changes.action is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.changes.principal == "sns.amazonaws.com"
    error_message = "aws_lambda_permission.changes.principal is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.changes.qualifier == aws_lambda_alias.this.name
    error_message = "aws_lambda_permission.changes.qualifier is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.changes.source_arn == var.changes_topic_arn
    error_message = "aws_lambda_permission.changes.source_arn is not what the spec says."
  }

  # triggers, api
  assert {
    condition = { for route, own in aws_apigatewayv2_route.api : route => own.route_key if own.route_key != null } == {
      "GET /prices/{id}" = "GET /prices/{id}"
    }
    error_message = "The route_key of aws_apigatewayv2_route.api is not what the spec says."
  }

  assert {
    condition = { for route, own in aws_apigatewayv2_route.api : route => own.authorization_type if own.authorization_type != null } == {
      "GET /prices/{id}" = "NONE"
    }
    error_message = "The authorization_type of aws_apigatewayv2_route.api is not what the spec says."
  }

  assert {
    condition     = toset(keys(aws_lambda_permission.api)) == toset(["GET-prices-id"])
    error_message = "keys(aws_lambda_permission.api) is not what the spec says."
  }

  assert {
    condition     = toset(values(aws_lambda_permission.api)[*].action) == toset(["lambda:InvokeFunction"])
    error_message = "values(aws_lambda_permission.api)[*].action is not what the spec says."
  }

  assert {
    condition     = toset(values(aws_lambda_permission.api)[*].principal) == toset(["apigateway.amazonaws.com"])
    error_message = "values(aws_lambda_permission.api)[*].principal is not what the spec says."
  }

  assert {
    condition     = toset(values(aws_lambda_permission.api)[*].qualifier) == toset([aws_lambda_alias.this.name])
    error_message = "values(aws_lambda_permission.api)[*].qualifier is not what the spec says."
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
    changes_topic_arn = "wrong"
    second_version    = "wrong"
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
    var.changes_topic_arn,
    var.second_version,
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
