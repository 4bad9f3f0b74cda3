# Made by tfgen from logs_elsewhere.yaml. Change that and render again, not this file.
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
  archive_role_arn  = "arn:aws:iam::123456789012:role/archive-role-arn"
  deployment_bucket = "deployment-bucket"
  log_firehose_arn  = "arn:aws:firehose:eu-central-1:123456789012:deliverystream/log-firehose-arn"
  log_group_name    = "log-group-name"
}

run "is_what_the_spec_says" {
  command = plan

  # The function
  assert {
    condition     = aws_lambda_function.this.function_name == "refunds"
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
    condition     = aws_lambda_function.this.s3_key == "refunds.zip"
    error_message = "aws_lambda_function.this.s3_key is not what the spec says."
  }

  assert {
    condition     = toset(aws_lambda_function.this.architectures) == toset(["arm64"])
    error_message = "aws_lambda_function.this.architectures is not what the spec says."
  }

  assert {
    condition     = one(aws_lambda_function.this.logging_config).log_format == var.log_format
    error_message = "one(aws_lambda_function.this.logging_config).log_format is not what the spec says."
  }

  assert {
    condition     = one(aws_lambda_function.this.logging_config).log_group == var.log_group_name
    error_message = "one(aws_lambda_function.this.logging_config).log_group is not what the spec says."
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
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.actions if statement.actions != null])) == toset(["logs:CreateLogStream", "logs:PutLogEvents"])
    error_message = "The set of actions in the role's policy is not what the spec says."
  }

  # subscription_filters
  assert {
    condition     = aws_cloudwatch_log_subscription_filter.subscription_filters_archive.filter_pattern == "?ERROR ?Exception"
    error_message = "aws_cloudwatch_log_subscription_filter.subscription_filters_archive.filter_pattern is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_log_subscription_filter.subscription_filters_archive.destination_arn == var.log_firehose_arn
    error_message = "aws_cloudwatch_log_subscription_filter.subscription_filters_archive.destination_arn is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_log_subscription_filter.subscription_filters_archive.role_arn == var.archive_role_arn
    error_message = "aws_cloudwatch_log_subscription_filter.subscription_filters_archive.role_arn is not what the spec says."
  }

  # metric_filters
  assert {
    condition     = aws_cloudwatch_log_metric_filter.failed.pattern == "\"refund failed\""
    error_message = "aws_cloudwatch_log_metric_filter.failed.pattern is not what the spec says."
  }

  assert {
    condition     = one(aws_cloudwatch_log_metric_filter.failed.metric_transformation).name == "FailedRefunds"
    error_message = "one(aws_cloudwatch_log_metric_filter.failed.metric_transformation).name is not what the spec says."
  }

  # insights_queries
  assert {
    condition = aws_cloudwatch_query_definition.errors.query_string == join("\n", {
      JSON = [
        "fields @timestamp, coalesce(requestId, AWSRequestId, record.requestId) as request_id, @message",
        "| filter level like /(?i)^(error|critical|fatal)$/",
        "  or (type = \"platform.report\" and record.status != \"success\")",
        "| sort @timestamp desc",
        "| limit 50",
      ]
      Text = [
        "fields @timestamp, @requestId, @message",
        "| filter @message like /ERROR|CRITICAL|FATAL|Exception|Task timed out|Status: (error|timeout)/",
        "| sort @timestamp desc",
        "| limit 50",
      ]
    }[var.log_format])
    error_message = "aws_cloudwatch_query_definition.errors.query_string is not what the spec says."
  }

  assert {
    condition     = toset(aws_cloudwatch_query_definition.errors.log_group_names) == toset([var.log_group_name])
    error_message = "aws_cloudwatch_query_definition.errors.log_group_names is not what the spec says."
  }

  assert {
    condition = aws_cloudwatch_query_definition.slowest.query_string == join("\n", {
      JSON = [
        "filter type = \"platform.report\"",
        "| fields @timestamp, record.requestId, record.metrics.durationMs,",
        "  record.metrics.billedDurationMs, record.metrics.initDurationMs",
        "| sort record.metrics.durationMs desc",
        "| limit 25",
      ]
      Text = [
        "filter @type = \"REPORT\"",
        "| fields @timestamp, @requestId, @duration, @billedDuration, @initDuration",
        "| sort @duration desc",
        "| limit 25",
      ]
    }[var.log_format])
    error_message = "aws_cloudwatch_query_definition.slowest.query_string is not what the spec says."
  }

  assert {
    condition     = toset(aws_cloudwatch_query_definition.slowest.log_group_names) == toset([var.log_group_name])
    error_message = "aws_cloudwatch_query_definition.slowest.log_group_names is not what the spec says."
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
    archive_role_arn = "wrong"
    log_firehose_arn = "wrong"
    log_format       = "wrong"
    log_group_name   = "not right"
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
    var.archive_role_arn,
    var.log_firehose_arn,
    var.log_format,
    var.log_group_name,
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
