# Made by tfgen from kinesis.yaml. Change that and render again, not this file.
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
  clicks_key_arn      = "arn:aws:kms:eu-central-1:123456789012:key/clicks-key-arn"
  clicks_stream_arn   = "arn:aws:kinesis:eu-central-1:123456789012:stream/clicks-stream-arn"
  deployment_bucket   = "deployment-bucket"
  failures_bucket     = "failures-bucket"
  failures_key_arn    = "arn:aws:kms:eu-central-1:123456789012:key/failures-key-arn"
  filters_key_arn     = "arn:aws:kms:eu-central-1:123456789012:key/filters-key-arn"
  loads_stream_arn    = "arn:aws:kinesis:eu-central-1:123456789012:stream/loads-stream-arn"
  payments_consumer   = "payments-consumer"
  payments_stream_arn = "arn:aws:kinesis:eu-central-1:123456789012:stream/payments-stream-arn"
  reads_payments      = true
}

run "is_what_the_spec_says" {
  command = plan

  # The function
  assert {
    condition     = aws_lambda_function.this.function_name == "kinesis-reader"
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
    condition     = aws_lambda_function.this.s3_key == "kinesis-reader.zip"
    error_message = "aws_lambda_function.this.s3_key is not what the spec says."
  }

  assert {
    condition     = toset(aws_lambda_function.this.architectures) == toset(["arm64"])
    error_message = "aws_lambda_function.this.architectures is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.timeout == 60
    error_message = "aws_lambda_function.this.timeout is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.memory_size == 128
    error_message = "aws_lambda_function.this.memory_size is not what the spec says."
  }

  # The execution role
  assert {
    condition = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.actions if statement.actions != null])) == toset([
      "kinesis:DescribeStream", "kinesis:DescribeStreamConsumer", "kinesis:DescribeStreamSummary",
      "kinesis:GetRecords", "kinesis:GetShardIterator", "kinesis:ListShards", "kinesis:ListStreams",
      "kinesis:SubscribeToShard", "kms:Decrypt", "kms:GenerateDataKey", "logs:CreateLogStream",
      "logs:PutLogEvents", "s3:ListBucket", "s3:PutObject",
    ])
    error_message = "The set of actions in the role's policy is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.resources if statement.sid == "ReadForClicks"])) == toset([var.clicks_stream_arn])
    error_message = "The list of resources of \"ReadForClicks\" in execution_role is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.resources if statement.sid == "ListStreamsForClicks"])) == toset(["*"])
    error_message = "The list of resources of \"ListStreamsForClicks\" in execution_role is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.resources if statement.sid == "DecryptForClicks"])) == toset([var.clicks_key_arn])
    error_message = "The list of resources of \"DecryptForClicks\" in execution_role is not what the spec says."
  }

  assert {
    condition = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.resources if statement.sid == "SendFailuresForClicks"])) == toset([
      "arn:${data.aws_partition.current.partition}:s3:::${var.failures_bucket}",
      "arn:${data.aws_partition.current.partition}:s3:::${var.failures_bucket}/*",
    ])
    error_message = "The list of resources of \"SendFailuresForClicks\" in execution_role is not what the spec says."
  }

  assert {
    condition = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : [for condition in statement.condition : formatlist("%s %s %s", condition.test, condition.variable, condition.values)] if statement.sid == "SendFailuresForClicks"])) == toset(flatten([
      formatlist("%s %s %s", "StringEquals", "s3:ResourceAccount", [data.aws_caller_identity.current.account_id]),
    ]))
    error_message = "The condition of \"SendFailuresForClicks\" in execution_role is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.resources if statement.sid == "EncryptFailuresForClicks"])) == toset([var.failures_key_arn])
    error_message = "The list of resources of \"EncryptFailuresForClicks\" in execution_role is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.resources if statement.sid == "ReadForPayments"])) == toset([var.payments_stream_arn])
    error_message = "The list of resources of \"ReadForPayments\" in execution_role is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.resources if statement.sid == "ListStreamsForPayments"])) == toset(["*"])
    error_message = "The list of resources of \"ListStreamsForPayments\" in execution_role is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.resources if statement.sid == "ConsumeForPayments"])) == toset(["${var.payments_stream_arn}/consumer/${var.payments_consumer}"])
    error_message = "The list of resources of \"ConsumeForPayments\" in execution_role is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.resources if statement.sid == "ReadForLoads"])) == toset([var.loads_stream_arn])
    error_message = "The list of resources of \"ReadForLoads\" in execution_role is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.resources if statement.sid == "ListStreamsForLoads"])) == toset(["*"])
    error_message = "The list of resources of \"ListStreamsForLoads\" in execution_role is not what the spec says."
  }

  # triggers, clicks
  assert {
    condition     = aws_lambda_event_source_mapping.clicks.batch_size == 500
    error_message = "aws_lambda_event_source_mapping.clicks.batch_size is not what the spec says."
  }

  assert {
    condition     = aws_lambda_event_source_mapping.clicks.bisect_batch_on_function_error == true
    error_message = "aws_lambda_event_source_mapping.clicks.bisect_batch_on_function_error is not what the spec says."
  }

  assert {
    condition     = toset(aws_lambda_event_source_mapping.clicks.function_response_types) == toset(["ReportBatchItemFailures"])
    error_message = "aws_lambda_event_source_mapping.clicks.function_response_types is not what the spec says."
  }

  assert {
    condition     = aws_lambda_event_source_mapping.clicks.kms_key_arn == var.filters_key_arn
    error_message = "aws_lambda_event_source_mapping.clicks.kms_key_arn is not what the spec says."
  }

  assert {
    condition     = aws_lambda_event_source_mapping.clicks.maximum_batching_window_in_seconds == 2
    error_message = "aws_lambda_event_source_mapping.clicks.maximum_batching_window_in_seconds is not what the spec says."
  }

  assert {
    condition     = aws_lambda_event_source_mapping.clicks.maximum_record_age_in_seconds == 86400
    error_message = "aws_lambda_event_source_mapping.clicks.maximum_record_age_in_seconds is not what the spec says."
  }

  assert {
    condition     = aws_lambda_event_source_mapping.clicks.maximum_retry_attempts == 5
    error_message = "aws_lambda_event_source_mapping.clicks.maximum_retry_attempts is not what the spec says."
  }

  assert {
    condition     = aws_lambda_event_source_mapping.clicks.parallelization_factor == 4
    error_message = "aws_lambda_event_source_mapping.clicks.parallelization_factor is not what the spec says."
  }

  assert {
    condition     = aws_lambda_event_source_mapping.clicks.starting_position == "LATEST"
    error_message = "aws_lambda_event_source_mapping.clicks.starting_position is not what the spec says."
  }

  assert {
    condition     = toset(one(aws_lambda_event_source_mapping.clicks.metrics_config).metrics) == toset(["EventCount"])
    error_message = "one(aws_lambda_event_source_mapping.clicks.metrics_config).metrics is not what the spec says."
  }

  assert {
    condition = toset(one(aws_lambda_event_source_mapping.clicks.filter_criteria).filter[*].pattern) == toset([
      jsonencode({
        data = {
          kind = ["click"]
          page = [{ prefix = "/shop/" }]
        }
      }),
    ])
    error_message = "one(aws_lambda_event_source_mapping.clicks.filter_criteria).filter[*].pattern is not what the spec says."
  }

  assert {
    condition     = one(one(aws_lambda_event_source_mapping.clicks.destination_config).on_failure).destination_arn == "arn:${data.aws_partition.current.partition}:s3:::${var.failures_bucket}"
    error_message = "one(one(aws_lambda_event_source_mapping.clicks.destination_config).on_failure).destination_arn is not what the spec says."
  }

  assert {
    condition     = aws_kinesis_stream_consumer.clicks_consumer.stream_arn == var.clicks_stream_arn
    error_message = "aws_kinesis_stream_consumer.clicks_consumer.stream_arn is not what the spec says."
  }

  # triggers, payments
  assert {
    condition     = aws_lambda_event_source_mapping.payments.enabled == var.reads_payments
    error_message = "aws_lambda_event_source_mapping.payments.enabled is not what the spec says."
  }

  assert {
    condition     = aws_lambda_event_source_mapping.payments.starting_position == "AT_TIMESTAMP"
    error_message = "aws_lambda_event_source_mapping.payments.starting_position is not what the spec says."
  }

  assert {
    condition     = aws_lambda_event_source_mapping.payments.starting_position_timestamp == "2026-01-31T08:00:00Z"
    error_message = "aws_lambda_event_source_mapping.payments.starting_position_timestamp is not what the spec says."
  }

  assert {
    condition     = aws_lambda_event_source_mapping.payments.event_source_arn == "${var.payments_stream_arn}/consumer/${var.payments_consumer}"
    error_message = "aws_lambda_event_source_mapping.payments.event_source_arn is not what the spec says."
  }

  # triggers, loads
  assert {
    condition     = aws_lambda_event_source_mapping.loads.starting_position == "TRIM_HORIZON"
    error_message = "aws_lambda_event_source_mapping.loads.starting_position is not what the spec says."
  }

  assert {
    condition     = aws_lambda_event_source_mapping.loads.tumbling_window_in_seconds == 60
    error_message = "aws_lambda_event_source_mapping.loads.tumbling_window_in_seconds is not what the spec says."
  }

  assert {
    condition     = aws_lambda_event_source_mapping.loads.event_source_arn == var.loads_stream_arn
    error_message = "aws_lambda_event_source_mapping.loads.event_source_arn is not what the spec says."
  }
}

run "takes_what_the_caller_says" {
  command = plan

  variables {
    function_name = "from-the-caller"
    memory_size   = 256
    timeout       = 59
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
    condition     = aws_lambda_function.this.timeout == 59
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
    clicks_key_arn      = "wrong"
    clicks_stream_arn   = "wrong"
    failures_key_arn    = "wrong"
    filters_key_arn     = "wrong"
    loads_stream_arn    = "wrong"
    payments_stream_arn = "wrong"
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
    var.clicks_key_arn,
    var.clicks_stream_arn,
    var.failures_key_arn,
    var.filters_key_arn,
    var.loads_stream_arn,
    var.payments_stream_arn,
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
