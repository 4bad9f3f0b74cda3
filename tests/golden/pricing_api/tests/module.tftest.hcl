# Made by tfgen from pricing_api.yaml. Change that and render again, not this file.
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
  discounts_policy_arn = "arn:aws:iam::aws:policy/discounts-policy-arn"
}

run "is_what_the_spec_says" {
  command = plan

  # The function
  assert {
    condition     = aws_lambda_function.this.function_name == "pricing-api"
    error_message = "aws_lambda_function.this.function_name is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.description == "Quotes prices"
    error_message = "aws_lambda_function.this.description is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.runtime == "java21"
    error_message = "aws_lambda_function.this.runtime is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.handler == "com.example.Pricing::handleRequest"
    error_message = "aws_lambda_function.this.handler is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.s3_bucket == "deployments-eu"
    error_message = "aws_lambda_function.this.s3_bucket is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.s3_key == "pricing-api.jar"
    error_message = "aws_lambda_function.this.s3_key is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.s3_object_version == "3sL4kqtJlcpXroDTDmJ.rmSpXd3dIbrHY"
    error_message = "aws_lambda_function.this.s3_object_version is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.memory_size == 2048
    error_message = "aws_lambda_function.this.memory_size is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.timeout == 20
    error_message = "aws_lambda_function.this.timeout is not what the spec says."
  }

  assert {
    condition     = one(aws_lambda_function.this.tracing_config).mode == "PassThrough"
    error_message = "one(aws_lambda_function.this.tracing_config).mode is not what the spec says."
  }

  assert {
    condition     = one(aws_lambda_function.this.logging_config).log_format == "JSON"
    error_message = "one(aws_lambda_function.this.logging_config).log_format is not what the spec says."
  }

  assert {
    condition     = one(aws_lambda_function.this.logging_config).application_log_level == "WARN"
    error_message = "one(aws_lambda_function.this.logging_config).application_log_level is not what the spec says."
  }

  assert {
    condition     = one(aws_lambda_function.this.snap_start).apply_on == "PublishedVersions"
    error_message = "one(aws_lambda_function.this.snap_start).apply_on is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.code_signing_config_arn == "arn:aws:lambda:eu-central-1:123456789012:code-signing-config:csc-0123456789abcdef0"
    error_message = "aws_lambda_function.this.code_signing_config_arn is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.tags["Team"] == "pricing"
    error_message = "aws_lambda_function.this.tags[\"Team\"] is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_log_group.this.retention_in_days == 365
    error_message = "aws_cloudwatch_log_group.this.retention_in_days is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_log_group.this.kms_key_id == "arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
    error_message = "aws_cloudwatch_log_group.this.kms_key_id is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_log_group.this.log_group_class == "STANDARD"
    error_message = "aws_cloudwatch_log_group.this.log_group_class is not what the spec says."
  }

  assert {
    condition     = aws_lambda_event_source_mapping.this[0].event_source_arn == "arn:aws:sqs:eu-central-1:123456789012:price-requests"
    error_message = "aws_lambda_event_source_mapping.this[0].event_source_arn is not what the spec says."
  }

  assert {
    condition     = aws_lambda_event_source_mapping.this[0].enabled == true
    error_message = "aws_lambda_event_source_mapping.this[0].enabled is not what the spec says."
  }

  assert {
    condition     = aws_lambda_event_source_mapping.this[0].batch_size == 10
    error_message = "aws_lambda_event_source_mapping.this[0].batch_size is not what the spec says."
  }

  assert {
    condition     = toset(aws_lambda_event_source_mapping.this[0].function_response_types) == toset(["ReportBatchItemFailures"])
    error_message = "aws_lambda_event_source_mapping.this[0].function_response_types is not what the spec says."
  }

  assert {
    condition     = one(aws_lambda_event_source_mapping.this[0].scaling_config).maximum_concurrency == 20
    error_message = "one(aws_lambda_event_source_mapping.this[0].scaling_config).maximum_concurrency is not what the spec says."
  }

  assert {
    condition     = toset(one(aws_lambda_event_source_mapping.this[0].filter_criteria).filter[*].pattern) == toset(["{\"body\": {\"kind\": [\"quote\"]}}"])
    error_message = "one(aws_lambda_event_source_mapping.this[0].filter_criteria).filter[*].pattern is not what the spec says."
  }

  # The execution role
  assert {
    condition     = aws_iam_role.this[0].permissions_boundary == "arn:aws:iam::123456789012:policy/boundary"
    error_message = "aws_iam_role.this[0].permissions_boundary is not what the spec says."
  }

  assert {
    condition     = aws_iam_role.this[0].name == "${var.function_name}-execution"
    error_message = "aws_iam_role.this[0].name is not what the spec says."
  }

  assert {
    condition     = aws_iam_role.this[0].path == "/lambda/"
    error_message = "aws_iam_role.this[0].path is not what the spec says."
  }

  assert {
    condition = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.actions if statement.actions != null])) == toset([
      "dynamodb:GetItem",
      "logs:CreateLogStream",
      "logs:PutLogEvents",
      "sqs:DeleteMessage",
      "sqs:GetQueueAttributes",
      "sqs:ReceiveMessage",
      "xray:PutTelemetryRecords",
      "xray:PutTraceSegments",
    ])
    error_message = "The set of actions in the role's policy is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.resources if statement.sid == "ReadPrices"])) == toset(["arn:aws:dynamodb:eu-central-1:123456789012:table/prices"])
    error_message = "The list of resources of \"ReadPrices\" in execution_role is not what the spec says."
  }

  assert {
    condition = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : [for condition in statement.condition : formatlist("%s %s %s", condition.test, condition.variable, condition.values)] if statement.sid == "ReadPrices"])) == toset(flatten([
      formatlist("%s %s %s", "ForAllValues:StringEquals", "dynamodb:LeadingKeys", ["$${aws:PrincipalTag/team}"]),
    ]))
    error_message = "The condition of \"ReadPrices\" in execution_role is not what the spec says."
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
    discounts_policy_arn = "wrong"
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
    var.discounts_policy_arn,
  ]
}

run "refuses_what_is_wrong_2" {
  command = plan

  variables {
    package_type = "wrong"
  }

  expect_failures = [
    var.package_type,
  ]
}
