# Made by tfgen from logs.yaml. Change that and render again, not this file.
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
  lambda_insights_extension_arn = "arn:aws:lambda:eu-central-1:123456789012:layer:lambda-insights-extension-arn:1"
  alert_function_arn            = "arn:aws:lambda:eu-central-1:123456789012:function:example"
  archive_stream_arn            = "arn:aws:kinesis:eu-central-1:123456789012:stream/example"
  deployment_bucket             = "deployment-bucket"
  log_key_arn                   = "arn:aws:kms:eu-central-1:123456789012:key/log-key-arn"
  shop                          = "shop"
}

run "is_what_the_spec_says" {
  command = plan

  # The function
  assert {
    condition     = aws_lambda_function.this.function_name == "payments"
    error_message = "aws_lambda_function.this.function_name is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.description == "Takes payments"
    error_message = "aws_lambda_function.this.description is not what the spec says."
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
    condition     = aws_lambda_function.this.s3_key == "payments.zip"
    error_message = "aws_lambda_function.this.s3_key is not what the spec says."
  }

  assert {
    condition     = toset(aws_lambda_function.this.architectures) == toset(["arm64"])
    error_message = "aws_lambda_function.this.architectures is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.memory_size == 512
    error_message = "aws_lambda_function.this.memory_size is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.timeout == 30
    error_message = "aws_lambda_function.this.timeout is not what the spec says."
  }

  assert {
    condition     = one(aws_lambda_function.this.logging_config).log_format == "JSON"
    error_message = "one(aws_lambda_function.this.logging_config).log_format is not what the spec says."
  }

  assert {
    condition     = one(aws_lambda_function.this.logging_config).application_log_level == "INFO"
    error_message = "one(aws_lambda_function.this.logging_config).application_log_level is not what the spec says."
  }

  assert {
    condition     = one(aws_lambda_function.this.logging_config).system_log_level == "INFO"
    error_message = "one(aws_lambda_function.this.logging_config).system_log_level is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.layers == tolist(concat([], [var.lambda_insights_extension_arn]))
    error_message = "aws_lambda_function.this.layers is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_log_group.this.retention_in_days == 90
    error_message = "aws_cloudwatch_log_group.this.retention_in_days is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_log_group.this.kms_key_id == var.log_key_arn
    error_message = "aws_cloudwatch_log_group.this.kms_key_id is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_log_group.this.log_group_class == "STANDARD"
    error_message = "aws_cloudwatch_log_group.this.log_group_class is not what the spec says."
  }

  # The execution role
  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.actions if statement.actions != null])) == toset(["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"])
    error_message = "The set of actions in the role's policy is not what the spec says."
  }

  assert {
    condition = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.resources if statement.sid == "WriteMetricsForLambdaInsights"])) == toset([
      "arn:${data.aws_partition.current.partition}:logs:${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}:log-group:/aws/lambda-insights:*",
    ])
    error_message = "The list of resources of \"WriteMetricsForLambdaInsights\" in execution_role is not what the spec says."
  }

  # subscription_filters
  assert {
    condition     = aws_cloudwatch_log_subscription_filter.subscription_filters_archive.destination_arn == var.archive_stream_arn
    error_message = "aws_cloudwatch_log_subscription_filter.subscription_filters_archive.destination_arn is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_log_subscription_filter.subscription_filters_archive.distribution == "Random"
    error_message = "aws_cloudwatch_log_subscription_filter.subscription_filters_archive.distribution is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_log_subscription_filter.subscription_filters_alerts.filter_pattern == "{ $.level = \"ERROR\" }"
    error_message = "aws_cloudwatch_log_subscription_filter.subscription_filters_alerts.filter_pattern is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_log_subscription_filter.subscription_filters_alerts.destination_arn == var.alert_function_arn
    error_message = "aws_cloudwatch_log_subscription_filter.subscription_filters_alerts.destination_arn is not what the spec says."
  }

  assert {
    condition = toset(flatten([for statement in data.aws_iam_policy_document.subscription_filters_archive_trust.statement : [for condition in statement.condition : formatlist("%s %s %s", condition.test, condition.variable, condition.values)] if statement.sid == "AssumedByCloudWatchLogs"])) == toset(flatten([
      formatlist("%s %s %s", "ArnLike", "aws:SourceArn", [
        "arn:${data.aws_partition.current.partition}:logs:${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}:*",
      ]),
    ]))
    error_message = "The condition of AssumedByCloudWatchLogs in subscription_filters_archive_trust is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.subscription_filters_archive.statement : statement.actions if statement.sid == "WriteToStream"])) == toset(["kinesis:PutRecord"])
    error_message = "The list of actions of WriteToStream in subscription_filters_archive is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.subscription_filters_archive.statement : statement.resources if statement.sid == "WriteToStream"])) == toset([var.archive_stream_arn])
    error_message = "The list of resources of WriteToStream in subscription_filters_archive is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.subscription_filters_alerts.function_name == var.alert_function_arn
    error_message = "aws_lambda_permission.subscription_filters_alerts.function_name is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.subscription_filters_alerts.source_account == data.aws_caller_identity.current.account_id
    error_message = "aws_lambda_permission.subscription_filters_alerts.source_account is not what the spec says."
  }

  # metric_filters
  assert {
    condition     = aws_cloudwatch_log_metric_filter.refused.pattern == "{ $.event = \"payment\" && $.outcome = \"refused\" }"
    error_message = "aws_cloudwatch_log_metric_filter.refused.pattern is not what the spec says."
  }

  assert {
    condition     = one(aws_cloudwatch_log_metric_filter.refused.metric_transformation).name == "RefusedPayments"
    error_message = "one(aws_cloudwatch_log_metric_filter.refused.metric_transformation).name is not what the spec says."
  }

  assert {
    condition     = one(aws_cloudwatch_log_metric_filter.refused.metric_transformation).namespace == "Shop/Payments"
    error_message = "one(aws_cloudwatch_log_metric_filter.refused.metric_transformation).namespace is not what the spec says."
  }

  assert {
    condition     = one(aws_cloudwatch_log_metric_filter.refused.metric_transformation).unit == "Count"
    error_message = "one(aws_cloudwatch_log_metric_filter.refused.metric_transformation).unit is not what the spec says."
  }

  assert {
    condition     = one(aws_cloudwatch_log_metric_filter.refused.metric_transformation).dimensions["Provider"] == "$.provider"
    error_message = "one(aws_cloudwatch_log_metric_filter.refused.metric_transformation).dimensions[\"Provider\"] is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_log_metric_filter.paid.pattern == "{ $.event = \"payment\" && $.outcome = \"paid\" }"
    error_message = "aws_cloudwatch_log_metric_filter.paid.pattern is not what the spec says."
  }

  assert {
    condition     = one(aws_cloudwatch_log_metric_filter.paid.metric_transformation).name == "PaidCents"
    error_message = "one(aws_cloudwatch_log_metric_filter.paid.metric_transformation).name is not what the spec says."
  }

  assert {
    condition     = one(aws_cloudwatch_log_metric_filter.paid.metric_transformation).value == "$.cents"
    error_message = "one(aws_cloudwatch_log_metric_filter.paid.metric_transformation).value is not what the spec says."
  }

  assert {
    condition     = tonumber(one(aws_cloudwatch_log_metric_filter.paid.metric_transformation).default_value) == 0
    error_message = "tonumber(one(aws_cloudwatch_log_metric_filter.paid.metric_transformation).default_value) is not what the spec says."
  }

  # insights_queries
  assert {
    condition = aws_cloudwatch_query_definition.errors.query_string == join("\n", [
      "fields @timestamp, coalesce(requestId, AWSRequestId, record.requestId) as request_id, @message",
      "| filter level like /(?i)^(error|critical|fatal)$/",
      "  or (type = \"platform.report\" and record.status != \"success\")",
      "| sort @timestamp desc",
      "| limit 50",
    ])
    error_message = "aws_cloudwatch_query_definition.errors.query_string is not what the spec says."
  }

  assert {
    condition     = toset(aws_cloudwatch_query_definition.errors.log_group_names) == toset([aws_cloudwatch_log_group.this.name])
    error_message = "aws_cloudwatch_query_definition.errors.log_group_names is not what the spec says."
  }

  assert {
    condition = aws_cloudwatch_query_definition.slowest.query_string == join("\n", [
      "filter type = \"platform.report\"",
      "| fields @timestamp, record.requestId, record.metrics.durationMs,",
      "  record.metrics.billedDurationMs, record.metrics.initDurationMs",
      "| sort record.metrics.durationMs desc",
      "| limit 25",
    ])
    error_message = "aws_cloudwatch_query_definition.slowest.query_string is not what the spec says."
  }

  assert {
    condition     = toset(aws_cloudwatch_query_definition.slowest.log_group_names) == toset([aws_cloudwatch_log_group.this.name])
    error_message = "aws_cloudwatch_query_definition.slowest.log_group_names is not what the spec says."
  }

  assert {
    condition = aws_cloudwatch_query_definition.cold_starts.query_string == join("\n", [
      "filter type = \"platform.report\"",
      "| stats count(*) as calls, count(record.metrics.initDurationMs) as cold_starts,",
      "  avg(record.metrics.initDurationMs) as average_ms, max(record.metrics.initDurationMs) as longest_ms",
      "  by bin(1h)",
    ])
    error_message = "aws_cloudwatch_query_definition.cold_starts.query_string is not what the spec says."
  }

  assert {
    condition     = toset(aws_cloudwatch_query_definition.cold_starts.log_group_names) == toset([aws_cloudwatch_log_group.this.name])
    error_message = "aws_cloudwatch_query_definition.cold_starts.log_group_names is not what the spec says."
  }

  assert {
    condition = aws_cloudwatch_query_definition.memory.query_string == join("\n", [
      "filter type = \"platform.report\"",
      "| stats max(record.metrics.memorySizeMB) as given_mb,",
      "  avg(record.metrics.maxMemoryUsedMB) as average_mb,",
      "  max(record.metrics.maxMemoryUsedMB) as most_mb,",
      "  given_mb - most_mb as spare_mb",
      "  by bin(1h)",
    ])
    error_message = "aws_cloudwatch_query_definition.memory.query_string is not what the spec says."
  }

  assert {
    condition     = toset(aws_cloudwatch_query_definition.memory.log_group_names) == toset([aws_cloudwatch_log_group.this.name])
    error_message = "aws_cloudwatch_query_definition.memory.log_group_names is not what the spec says."
  }

  assert {
    condition = aws_cloudwatch_query_definition.refusals.query_string == join("\n", [
      "filter event = \"payment\" and outcome = \"refused\"",
      "| stats count(*) as refusals by provider, bin(1h)",
    ])
    error_message = "aws_cloudwatch_query_definition.refusals.query_string is not what the spec says."
  }

  assert {
    condition     = toset(aws_cloudwatch_query_definition.refusals.log_group_names) == toset([aws_cloudwatch_log_group.this.name])
    error_message = "aws_cloudwatch_query_definition.refusals.log_group_names is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_query_definition.of_a_shop.query_string == "filter shop like /^${var.shop}$/"
    error_message = "aws_cloudwatch_query_definition.of_a_shop.query_string is not what the spec says."
  }

  assert {
    condition     = toset(aws_cloudwatch_query_definition.of_a_shop.log_group_names) == toset([aws_cloudwatch_log_group.this.name])
    error_message = "aws_cloudwatch_query_definition.of_a_shop.log_group_names is not what the spec says."
  }
}

run "takes_what_the_caller_says" {
  command = plan

  variables {
    function_name = "from-the-caller"
    memory_size   = 256
    timeout       = 29
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
    condition     = aws_lambda_function.this.timeout == 29
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
    lambda_insights_extension_arn = "wrong"
    alert_function_arn            = "wrong"
    archive_stream_arn            = "wrong"
    log_key_arn                   = "wrong"
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
    var.lambda_insights_extension_arn,
    var.alert_function_arn,
    var.archive_stream_arn,
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
