# Made by tfgen from operations.yaml. Change that and render again, not this file.
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
  parameters_and_secrets_extension_arn = "arn:aws:lambda:eu-central-1:123456789012:layer:parameters-and-secrets-extension-arn:1"
  lambda_insights_extension_arn        = "arn:aws:lambda:eu-central-1:123456789012:layer:lambda-insights-extension-arn:1"
  archive_stream_arn                   = "arn:aws:kinesis:eu-central-1:123456789012:stream/example"
  database_secret_arn                  = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:database-secret-arn-exampl"
  deployment_bucket                    = "deployment-bucket"
  key_arn                              = "arn:aws:kms:eu-central-1:123456789012:key/key-arn"
  orders_table_arn                     = "arn:aws:orders-table-arn:orders-table-arn"
  partner_account                      = "123456789012"
  release_profile_version_arn          = "arn:aws:signer:eu-central-1:123456789012:/signing-profiles/example/exampleexa"
  alarm_actions                        = ["arn:aws:alarm-actions:::alarm-actions"]
  ok_actions                           = ["arn:aws:ok-actions:::ok-actions"]
}

run "is_what_the_spec_says" {
  command = plan

  # The function
  assert {
    condition     = aws_lambda_function.this.function_name == "operations"
    error_message = "aws_lambda_function.this.function_name is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.description == "Has all that a function in production may want"
    error_message = "aws_lambda_function.this.description is not what the spec says."
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
    condition     = aws_lambda_function.this.s3_key == "operations.zip"
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
    condition     = aws_lambda_function.this.reserved_concurrent_executions == 100
    error_message = "aws_lambda_function.this.reserved_concurrent_executions is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.kms_key_arn == var.key_arn
    error_message = "aws_lambda_function.this.kms_key_arn is not what the spec says."
  }

  assert {
    condition     = one(aws_lambda_function.this.tracing_config).mode == "Active"
    error_message = "one(aws_lambda_function.this.tracing_config).mode is not what the spec says."
  }

  assert {
    condition     = one(aws_lambda_function.this.logging_config).log_format == "JSON"
    error_message = "one(aws_lambda_function.this.logging_config).log_format is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_log_group.this.retention_in_days == 365
    error_message = "aws_cloudwatch_log_group.this.retention_in_days is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_log_group.this.kms_key_id == var.key_arn
    error_message = "aws_cloudwatch_log_group.this.kms_key_id is not what the spec says."
  }

  assert {
    condition     = aws_lambda_alias.this.name == "live"
    error_message = "aws_lambda_alias.this.name is not what the spec says."
  }

  assert {
    condition     = aws_lambda_provisioned_concurrency_config.this[0].provisioned_concurrent_executions == 2
    error_message = "aws_lambda_provisioned_concurrency_config.this[0].provisioned_concurrent_executions is not what the spec says."
  }

  # The execution role
  assert {
    condition = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.actions if statement.actions != null])) == toset([
      "dynamodb:BatchWriteItem", "dynamodb:PutItem", "dynamodb:UpdateItem", "kms:Decrypt",
      "logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents",
      "secretsmanager:GetSecretValue", "sqs:DeleteMessage", "sqs:GetQueueAttributes",
      "sqs:ReceiveMessage", "sqs:SendMessage", "ssm:GetParameter", "xray:PutTelemetryRecords",
      "xray:PutTraceSegments",
    ])
    error_message = "The set of actions in the role's policy is not what the spec says."
  }

  assert {
    condition = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.resources if statement.sid == "SendFailuresForAsync"])) == toset([
      "arn:${data.aws_partition.current.partition}:sqs:${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}:failures",
    ])
    error_message = "The list of resources of \"SendFailuresForAsync\" in execution_role is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.resources if statement.sid == "ReadForSecrets"])) == toset([var.database_secret_arn])
    error_message = "The list of resources of \"ReadForSecrets\" in execution_role is not what the spec says."
  }

  assert {
    condition = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.resources if statement.sid == "ReadForParameters"])) == toset([
      "arn:${data.aws_partition.current.partition}:ssm:${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}:parameter/shop/address",
    ])
    error_message = "The list of resources of \"ReadForParameters\" in execution_role is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.resources if statement.sid == "WriteDynamodbForPermissions"])) == toset([var.orders_table_arn])
    error_message = "The list of resources of \"WriteDynamodbForPermissions\" in execution_role is not what the spec says."
  }

  assert {
    condition = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.resources if statement.sid == "WriteMetricsForLambdaInsights"])) == toset([
      "arn:${data.aws_partition.current.partition}:logs:${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}:log-group:/aws/lambda-insights:*",
    ])
    error_message = "The list of resources of \"WriteMetricsForLambdaInsights\" in execution_role is not what the spec says."
  }

  # layers
  assert {
    condition     = aws_lambda_layer_version.common.s3_bucket == var.deployment_bucket
    error_message = "aws_lambda_layer_version.common.s3_bucket is not what the spec says."
  }

  assert {
    condition     = aws_lambda_layer_version.common.s3_key == "package.zip"
    error_message = "aws_lambda_layer_version.common.s3_key is not what the spec says."
  }

  # code_signing
  assert {
    condition     = toset(one(aws_lambda_code_signing_config.this.allowed_publishers).signing_profile_version_arns) == toset([var.release_profile_version_arn])
    error_message = "one(aws_lambda_code_signing_config.this.allowed_publishers).signing_profile_version_arns is not what the spec says."
  }

  # function_url
  assert {
    condition     = aws_lambda_permission.function_url["partner_account"].principal == ((length(var.partner_account) == 12 ? "arn:${data.aws_partition.current.partition}:iam::${var.partner_account}:root" : var.partner_account))
    error_message = "aws_lambda_permission.function_url[\"partner_account\"].principal is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.function_url_invoker["partner_account"].principal == ((length(var.partner_account) == 12 ? "arn:${data.aws_partition.current.partition}:iam::${var.partner_account}:root" : var.partner_account))
    error_message = "aws_lambda_permission.function_url_invoker[\"partner_account\"].principal is not what the spec says."
  }

  # async
  assert {
    condition     = aws_lambda_function_event_invoke_config.this.maximum_retry_attempts == 1
    error_message = "aws_lambda_function_event_invoke_config.this.maximum_retry_attempts is not what the spec says."
  }

  assert {
    condition     = one(one(aws_lambda_function_event_invoke_config.this.destination_config).on_failure).destination == "arn:${data.aws_partition.current.partition}:sqs:${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}:failures"
    error_message = "one(one(aws_lambda_function_event_invoke_config.this.destination_config).on_failure).destination is not what the spec says."
  }

  # recursion_config
  assert {
    condition     = aws_lambda_function_recursion_config.this.recursive_loop == "Terminate"
    error_message = "aws_lambda_function_recursion_config.this.recursive_loop is not what the spec says."
  }

  # runtime_management_config
  assert {
    condition     = aws_lambda_runtime_management_config.this.update_runtime_on == "FunctionUpdate"
    error_message = "aws_lambda_runtime_management_config.this.update_runtime_on is not what the spec says."
  }

  # provisioned_concurrency_config
  assert {
    condition     = aws_appautoscaling_target.this[0].min_capacity == 2
    error_message = "aws_appautoscaling_target.this[0].min_capacity is not what the spec says."
  }

  assert {
    condition     = aws_appautoscaling_target.this[0].max_capacity == 20
    error_message = "aws_appautoscaling_target.this[0].max_capacity is not what the spec says."
  }

  assert {
    condition     = one(aws_appautoscaling_policy.this[0].target_tracking_scaling_policy_configuration).target_value == 0.7
    error_message = "one(aws_appautoscaling_policy.this[0].target_tracking_scaling_policy_configuration).target_value is not what the spec says."
  }

  # secrets
  assert {
    condition     = one(aws_lambda_function.this.environment).variables["DB_PASSWORD_SECRET_ARN"] == var.database_secret_arn
    error_message = "one(aws_lambda_function.this.environment).variables[\"DB_PASSWORD_SECRET_ARN\"] is not what the spec says."
  }

  # parameters
  assert {
    condition     = one(aws_lambda_function.this.environment).variables["SHOP_ADDRESS_PARAMETER_ARN"] == "arn:${data.aws_partition.current.partition}:ssm:${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}:parameter/shop/address"
    error_message = "one(aws_lambda_function.this.environment).variables[\"SHOP_ADDRESS_PARAMETER_ARN\"] is not what the spec says."
  }

  # deployment
  assert {
    condition     = aws_codedeploy_deployment_group.this.deployment_config_name == "CodeDeployDefault.LambdaLinear10PercentEvery1Minute"
    error_message = "aws_codedeploy_deployment_group.this.deployment_config_name is not what the spec says."
  }

  assert {
    condition = toset(one(aws_codedeploy_deployment_group.this.alarm_configuration).alarms) == toset([
      aws_cloudwatch_metric_alarm.errors.alarm_name,
      aws_cloudwatch_metric_alarm.error_rate.alarm_name,
    ])
    error_message = "one(aws_codedeploy_deployment_group.this.alarm_configuration).alarms is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.deployment.statement : statement.actions if statement.sid == "MoveAlias"])) == toset(["lambda:GetAlias", "lambda:UpdateAlias"])
    error_message = "The list of actions of MoveAlias in deployment is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.deployment.statement : statement.resources if statement.sid == "MoveAlias"])) == toset([local.function_arn])
    error_message = "The list of resources of MoveAlias in deployment is not what the spec says."
  }

  assert {
    condition = toset(flatten([for statement in data.aws_iam_policy_document.deployment_trust.statement : [for condition in statement.condition : formatlist("%s %s %s", condition.test, condition.variable, condition.values)] if statement.sid == "AssumedByCodeDeploy"])) == toset(flatten([
      formatlist("%s %s %s", "StringEquals", "aws:SourceAccount", [data.aws_caller_identity.current.account_id]),
      formatlist("%s %s %s", "ArnEquals", "aws:SourceArn", [
        "arn:${data.aws_partition.current.partition}:codedeploy:${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}:deploymentgroup:${aws_codedeploy_app.this.name}/${aws_codedeploy_app.this.name}",
      ]),
    ]))
    error_message = "The condition of AssumedByCodeDeploy in deployment_trust is not what the spec says."
  }

  # versions
  assert {
    condition     = jsondecode(aws_sfn_state_machine.this.definition).States.Begin.Assign.keep == 5
    error_message = "jsondecode(aws_sfn_state_machine.this.definition).States.Begin.Assign.keep is not what the spec says."
  }

  assert {
    condition     = toset(jsondecode(aws_sfn_state_machine.this.definition).States.Begin.Assign.used) == toset([])
    error_message = "jsondecode(aws_sfn_state_machine.this.definition).States.Begin.Assign.used is not what the spec says."
  }

  assert {
    condition = toset(flatten([for statement in data.aws_iam_policy_document.versions_cleanup_trust.statement : [for condition in statement.condition : formatlist("%s %s %s", condition.test, condition.variable, condition.values)] if statement.sid == "AssumedByStepFunctions"])) == toset(flatten([
      formatlist("%s %s %s", "StringEquals", "aws:SourceAccount", [data.aws_caller_identity.current.account_id]),
      formatlist("%s %s %s", "ArnEquals", "aws:SourceArn", [
        "arn:${data.aws_partition.current.partition}:states:${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}:stateMachine:${var.function_name}-versions",
      ]),
    ]))
    error_message = "The condition of AssumedByStepFunctions in versions_cleanup_trust is not what the spec says."
  }

  assert {
    condition = toset(flatten([for statement in data.aws_iam_policy_document.versions_invoker_trust.statement : [for condition in statement.condition : formatlist("%s %s %s", condition.test, condition.variable, condition.values)] if statement.sid == "AssumedByScheduler"])) == toset(flatten([
      formatlist("%s %s %s", "StringEquals", "aws:SourceAccount", [data.aws_caller_identity.current.account_id]),
      formatlist("%s %s %s", "ArnEquals", "aws:SourceArn", [
        "arn:${data.aws_partition.current.partition}:scheduler:${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}:schedule-group/default",
      ]),
    ]))
    error_message = "The condition of AssumedByScheduler in versions_invoker_trust is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.versions_cleanup.statement : statement.actions if statement.sid == "DeleteVersions"])) == toset(["lambda:DeleteFunction"])
    error_message = "The list of actions of DeleteVersions in versions_cleanup is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.versions_cleanup.statement : statement.resources if statement.sid == "DeleteVersions"])) == toset(["${local.function_arn}:*"])
    error_message = "The list of resources of DeleteVersions in versions_cleanup is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.versions_cleanup.statement : statement.resources if statement.sid == "ListVersions"])) == toset([local.function_arn])
    error_message = "The list of resources of ListVersions in versions_cleanup is not what the spec says."
  }

  # subscription_filters
  assert {
    condition     = aws_cloudwatch_log_subscription_filter.subscription_filters_archive.destination_arn == var.archive_stream_arn
    error_message = "aws_cloudwatch_log_subscription_filter.subscription_filters_archive.destination_arn is not what the spec says."
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

  # metric_filters
  assert {
    condition     = aws_cloudwatch_log_metric_filter.refused.pattern == "{ $.outcome = \"refused\" }"
    error_message = "aws_cloudwatch_log_metric_filter.refused.pattern is not what the spec says."
  }

  assert {
    condition     = one(aws_cloudwatch_log_metric_filter.refused.metric_transformation).name == "Refused"
    error_message = "one(aws_cloudwatch_log_metric_filter.refused.metric_transformation).name is not what the spec says."
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

  # alarms
  assert {
    condition     = toset(aws_cloudwatch_metric_alarm.errors.alarm_actions) == toset(var.alarm_actions)
    error_message = "aws_cloudwatch_metric_alarm.errors.alarm_actions is not what the spec says."
  }

  assert {
    condition     = toset(aws_cloudwatch_metric_alarm.errors.ok_actions) == toset(var.ok_actions)
    error_message = "aws_cloudwatch_metric_alarm.errors.ok_actions is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.errors.comparison_operator == "GreaterThanOrEqualToThreshold"
    error_message = "aws_cloudwatch_metric_alarm.errors.comparison_operator is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.errors.threshold == 1
    error_message = "aws_cloudwatch_metric_alarm.errors.threshold is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.errors.evaluation_periods == 1
    error_message = "aws_cloudwatch_metric_alarm.errors.evaluation_periods is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.errors.treat_missing_data == "notBreaching"
    error_message = "aws_cloudwatch_metric_alarm.errors.treat_missing_data is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.errors.namespace == "AWS/Lambda"
    error_message = "aws_cloudwatch_metric_alarm.errors.namespace is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.errors.metric_name == "Errors"
    error_message = "aws_cloudwatch_metric_alarm.errors.metric_name is not what the spec says."
  }

  assert {
    condition = { for key, one in aws_cloudwatch_metric_alarm.errors.dimensions : key => one } == {
      FunctionName = aws_lambda_function.this.function_name
    }
    error_message = "aws_cloudwatch_metric_alarm.errors.dimensions is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.errors.statistic == "Sum"
    error_message = "aws_cloudwatch_metric_alarm.errors.statistic is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.errors.period == 300
    error_message = "aws_cloudwatch_metric_alarm.errors.period is not what the spec says."
  }

  assert {
    condition     = toset(aws_cloudwatch_metric_alarm.error_rate.alarm_actions) == toset(var.alarm_actions)
    error_message = "aws_cloudwatch_metric_alarm.error_rate.alarm_actions is not what the spec says."
  }

  assert {
    condition     = toset(aws_cloudwatch_metric_alarm.error_rate.ok_actions) == toset(var.ok_actions)
    error_message = "aws_cloudwatch_metric_alarm.error_rate.ok_actions is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.error_rate.comparison_operator == "GreaterThanOrEqualToThreshold"
    error_message = "aws_cloudwatch_metric_alarm.error_rate.comparison_operator is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.error_rate.threshold == 5
    error_message = "aws_cloudwatch_metric_alarm.error_rate.threshold is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.error_rate.evaluation_periods == 2
    error_message = "aws_cloudwatch_metric_alarm.error_rate.evaluation_periods is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.error_rate.treat_missing_data == "notBreaching"
    error_message = "aws_cloudwatch_metric_alarm.error_rate.treat_missing_data is not what the spec says."
  }

  assert {
    condition     = one([for query in aws_cloudwatch_metric_alarm.error_rate.metric_query : query.expression if query.return_data == true]) == "IF(invocations >= 10, 100 * errors / invocations, 0)"
    error_message = "The expression of aws_cloudwatch_metric_alarm.error_rate is not what the spec says."
  }

  assert {
    condition     = toset([for query in aws_cloudwatch_metric_alarm.error_rate.metric_query : jsonencode(one(query.metric).namespace) if length(query.metric) > 0]) == toset([jsonencode("AWS/Lambda"), jsonencode("AWS/Lambda")])
    error_message = "The list of namespace of aws_cloudwatch_metric_alarm.error_rate is not what the spec says."
  }

  assert {
    condition     = toset([for query in aws_cloudwatch_metric_alarm.error_rate.metric_query : jsonencode(one(query.metric).metric_name) if length(query.metric) > 0]) == toset([jsonencode("Errors"), jsonencode("Invocations")])
    error_message = "The list of metric_name of aws_cloudwatch_metric_alarm.error_rate is not what the spec says."
  }

  assert {
    condition = toset([for query in aws_cloudwatch_metric_alarm.error_rate.metric_query : jsonencode(one(query.metric).dimensions) if length(query.metric) > 0]) == toset([
      jsonencode({
        FunctionName = aws_lambda_function.this.function_name
      }),
      jsonencode({
        FunctionName = aws_lambda_function.this.function_name
      }),
    ])
    error_message = "The list of dimensions of aws_cloudwatch_metric_alarm.error_rate is not what the spec says."
  }

  assert {
    condition     = toset([for query in aws_cloudwatch_metric_alarm.error_rate.metric_query : jsonencode(one(query.metric).stat) if length(query.metric) > 0]) == toset([jsonencode("Sum"), jsonencode("Sum")])
    error_message = "The list of stat of aws_cloudwatch_metric_alarm.error_rate is not what the spec says."
  }

  assert {
    condition     = toset([for query in aws_cloudwatch_metric_alarm.error_rate.metric_query : jsonencode(one(query.metric).period) if length(query.metric) > 0]) == toset([jsonencode(300), jsonencode(300)])
    error_message = "The list of period of aws_cloudwatch_metric_alarm.error_rate is not what the spec says."
  }

  assert {
    condition     = toset(aws_cloudwatch_metric_alarm.throttles.alarm_actions) == toset(var.alarm_actions)
    error_message = "aws_cloudwatch_metric_alarm.throttles.alarm_actions is not what the spec says."
  }

  assert {
    condition     = toset(aws_cloudwatch_metric_alarm.throttles.ok_actions) == toset(var.ok_actions)
    error_message = "aws_cloudwatch_metric_alarm.throttles.ok_actions is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.throttles.comparison_operator == "GreaterThanOrEqualToThreshold"
    error_message = "aws_cloudwatch_metric_alarm.throttles.comparison_operator is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.throttles.threshold == 1
    error_message = "aws_cloudwatch_metric_alarm.throttles.threshold is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.throttles.evaluation_periods == 1
    error_message = "aws_cloudwatch_metric_alarm.throttles.evaluation_periods is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.throttles.treat_missing_data == "notBreaching"
    error_message = "aws_cloudwatch_metric_alarm.throttles.treat_missing_data is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.throttles.namespace == "AWS/Lambda"
    error_message = "aws_cloudwatch_metric_alarm.throttles.namespace is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.throttles.metric_name == "Throttles"
    error_message = "aws_cloudwatch_metric_alarm.throttles.metric_name is not what the spec says."
  }

  assert {
    condition = { for key, one in aws_cloudwatch_metric_alarm.throttles.dimensions : key => one } == {
      FunctionName = aws_lambda_function.this.function_name
    }
    error_message = "aws_cloudwatch_metric_alarm.throttles.dimensions is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.throttles.statistic == "Sum"
    error_message = "aws_cloudwatch_metric_alarm.throttles.statistic is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.throttles.period == 300
    error_message = "aws_cloudwatch_metric_alarm.throttles.period is not what the spec says."
  }

  assert {
    condition     = toset(aws_cloudwatch_metric_alarm.duration.alarm_actions) == toset(var.alarm_actions)
    error_message = "aws_cloudwatch_metric_alarm.duration.alarm_actions is not what the spec says."
  }

  assert {
    condition     = toset(aws_cloudwatch_metric_alarm.duration.ok_actions) == toset(var.ok_actions)
    error_message = "aws_cloudwatch_metric_alarm.duration.ok_actions is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.duration.comparison_operator == "GreaterThanOrEqualToThreshold"
    error_message = "aws_cloudwatch_metric_alarm.duration.comparison_operator is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.duration.threshold == var.timeout * 1000 * 80 / 100
    error_message = "aws_cloudwatch_metric_alarm.duration.threshold is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.duration.evaluation_periods == 1
    error_message = "aws_cloudwatch_metric_alarm.duration.evaluation_periods is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.duration.treat_missing_data == "notBreaching"
    error_message = "aws_cloudwatch_metric_alarm.duration.treat_missing_data is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.duration.namespace == "AWS/Lambda"
    error_message = "aws_cloudwatch_metric_alarm.duration.namespace is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.duration.metric_name == "Duration"
    error_message = "aws_cloudwatch_metric_alarm.duration.metric_name is not what the spec says."
  }

  assert {
    condition = { for key, one in aws_cloudwatch_metric_alarm.duration.dimensions : key => one } == {
      FunctionName = aws_lambda_function.this.function_name
    }
    error_message = "aws_cloudwatch_metric_alarm.duration.dimensions is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.duration.statistic == "Maximum"
    error_message = "aws_cloudwatch_metric_alarm.duration.statistic is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.duration.period == 300
    error_message = "aws_cloudwatch_metric_alarm.duration.period is not what the spec says."
  }

  assert {
    condition     = toset(aws_cloudwatch_metric_alarm.concurrent_executions.alarm_actions) == toset(var.alarm_actions)
    error_message = "aws_cloudwatch_metric_alarm.concurrent_executions.alarm_actions is not what the spec says."
  }

  assert {
    condition     = toset(aws_cloudwatch_metric_alarm.concurrent_executions.ok_actions) == toset(var.ok_actions)
    error_message = "aws_cloudwatch_metric_alarm.concurrent_executions.ok_actions is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.concurrent_executions.comparison_operator == "GreaterThanOrEqualToThreshold"
    error_message = "aws_cloudwatch_metric_alarm.concurrent_executions.comparison_operator is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.concurrent_executions.threshold == (ceil((coalesce(var.reserved_concurrent_executions, -1) > 0 ? var.reserved_concurrent_executions : 1000) * 80 / 100))
    error_message = "aws_cloudwatch_metric_alarm.concurrent_executions.threshold is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.concurrent_executions.evaluation_periods == 1
    error_message = "aws_cloudwatch_metric_alarm.concurrent_executions.evaluation_periods is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.concurrent_executions.treat_missing_data == "notBreaching"
    error_message = "aws_cloudwatch_metric_alarm.concurrent_executions.treat_missing_data is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.concurrent_executions.namespace == "AWS/Lambda"
    error_message = "aws_cloudwatch_metric_alarm.concurrent_executions.namespace is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.concurrent_executions.metric_name == "ConcurrentExecutions"
    error_message = "aws_cloudwatch_metric_alarm.concurrent_executions.metric_name is not what the spec says."
  }

  assert {
    condition = { for key, one in aws_cloudwatch_metric_alarm.concurrent_executions.dimensions : key => one } == {
      FunctionName = aws_lambda_function.this.function_name
    }
    error_message = "aws_cloudwatch_metric_alarm.concurrent_executions.dimensions is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.concurrent_executions.statistic == "Maximum"
    error_message = "aws_cloudwatch_metric_alarm.concurrent_executions.statistic is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.concurrent_executions.period == 300
    error_message = "aws_cloudwatch_metric_alarm.concurrent_executions.period is not what the spec says."
  }

  assert {
    condition     = toset(aws_cloudwatch_metric_alarm.provisioned_concurrency_spillover.alarm_actions) == toset(var.alarm_actions)
    error_message = "aws_cloudwatch_metric_alarm.provisioned_concurrency_spillover.alarm_actions is not what the spec says."
  }

  assert {
    condition     = toset(aws_cloudwatch_metric_alarm.provisioned_concurrency_spillover.ok_actions) == toset(var.ok_actions)
    error_message = "aws_cloudwatch_metric_alarm.provisioned_concurrency_spillover.ok_actions is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.provisioned_concurrency_spillover.comparison_operator == "GreaterThanOrEqualToThreshold"
    error_message = "aws_cloudwatch_metric_alarm.provisioned_concurrency_spillover.comparison_operator is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.provisioned_concurrency_spillover.threshold == 1
    error_message = "aws_cloudwatch_metric_alarm.provisioned_concurrency_spillover.threshold is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.provisioned_concurrency_spillover.evaluation_periods == 1
    error_message = "aws_cloudwatch_metric_alarm.provisioned_concurrency_spillover.evaluation_periods is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.provisioned_concurrency_spillover.treat_missing_data == "notBreaching"
    error_message = "aws_cloudwatch_metric_alarm.provisioned_concurrency_spillover.treat_missing_data is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.provisioned_concurrency_spillover.namespace == "AWS/Lambda"
    error_message = "aws_cloudwatch_metric_alarm.provisioned_concurrency_spillover.namespace is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.provisioned_concurrency_spillover.metric_name == "ProvisionedConcurrencySpilloverInvocations"
    error_message = "aws_cloudwatch_metric_alarm.provisioned_concurrency_spillover.metric_name is not what the spec says."
  }

  assert {
    condition = { for key, one in aws_cloudwatch_metric_alarm.provisioned_concurrency_spillover.dimensions : key => one } == {
      FunctionName = aws_lambda_function.this.function_name
    }
    error_message = "aws_cloudwatch_metric_alarm.provisioned_concurrency_spillover.dimensions is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.provisioned_concurrency_spillover.statistic == "Sum"
    error_message = "aws_cloudwatch_metric_alarm.provisioned_concurrency_spillover.statistic is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.provisioned_concurrency_spillover.period == 300
    error_message = "aws_cloudwatch_metric_alarm.provisioned_concurrency_spillover.period is not what the spec says."
  }

  assert {
    condition     = toset(aws_cloudwatch_metric_alarm.queue_age.alarm_actions) == toset(var.alarm_actions)
    error_message = "aws_cloudwatch_metric_alarm.queue_age.alarm_actions is not what the spec says."
  }

  assert {
    condition     = toset(aws_cloudwatch_metric_alarm.queue_age.ok_actions) == toset(var.ok_actions)
    error_message = "aws_cloudwatch_metric_alarm.queue_age.ok_actions is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.queue_age.comparison_operator == "GreaterThanOrEqualToThreshold"
    error_message = "aws_cloudwatch_metric_alarm.queue_age.comparison_operator is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.queue_age.threshold == 900
    error_message = "aws_cloudwatch_metric_alarm.queue_age.threshold is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.queue_age.evaluation_periods == 1
    error_message = "aws_cloudwatch_metric_alarm.queue_age.evaluation_periods is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.queue_age.treat_missing_data == "notBreaching"
    error_message = "aws_cloudwatch_metric_alarm.queue_age.treat_missing_data is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.queue_age.namespace == "AWS/SQS"
    error_message = "aws_cloudwatch_metric_alarm.queue_age.namespace is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.queue_age.metric_name == "ApproximateAgeOfOldestMessage"
    error_message = "aws_cloudwatch_metric_alarm.queue_age.metric_name is not what the spec says."
  }

  assert {
    condition = { for key, one in aws_cloudwatch_metric_alarm.queue_age.dimensions : key => one } == {
      QueueName = aws_sqs_queue.orders.name
    }
    error_message = "aws_cloudwatch_metric_alarm.queue_age.dimensions is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.queue_age.statistic == "Maximum"
    error_message = "aws_cloudwatch_metric_alarm.queue_age.statistic is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.queue_age.period == 300
    error_message = "aws_cloudwatch_metric_alarm.queue_age.period is not what the spec says."
  }

  assert {
    condition     = toset(aws_cloudwatch_metric_alarm.dead_letters.alarm_actions) == toset(var.alarm_actions)
    error_message = "aws_cloudwatch_metric_alarm.dead_letters.alarm_actions is not what the spec says."
  }

  assert {
    condition     = toset(aws_cloudwatch_metric_alarm.dead_letters.ok_actions) == toset(var.ok_actions)
    error_message = "aws_cloudwatch_metric_alarm.dead_letters.ok_actions is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.dead_letters.comparison_operator == "GreaterThanOrEqualToThreshold"
    error_message = "aws_cloudwatch_metric_alarm.dead_letters.comparison_operator is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.dead_letters.threshold == 1
    error_message = "aws_cloudwatch_metric_alarm.dead_letters.threshold is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.dead_letters.evaluation_periods == 1
    error_message = "aws_cloudwatch_metric_alarm.dead_letters.evaluation_periods is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.dead_letters.treat_missing_data == "notBreaching"
    error_message = "aws_cloudwatch_metric_alarm.dead_letters.treat_missing_data is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.dead_letters.namespace == "AWS/SQS"
    error_message = "aws_cloudwatch_metric_alarm.dead_letters.namespace is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.dead_letters.metric_name == "ApproximateNumberOfMessagesVisible"
    error_message = "aws_cloudwatch_metric_alarm.dead_letters.metric_name is not what the spec says."
  }

  assert {
    condition = { for key, one in aws_cloudwatch_metric_alarm.dead_letters.dimensions : key => one } == {
      QueueName = aws_sqs_queue.orders_dead_letters.name
    }
    error_message = "aws_cloudwatch_metric_alarm.dead_letters.dimensions is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.dead_letters.statistic == "Maximum"
    error_message = "aws_cloudwatch_metric_alarm.dead_letters.statistic is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.dead_letters.period == 300
    error_message = "aws_cloudwatch_metric_alarm.dead_letters.period is not what the spec says."
  }

  assert {
    condition     = toset(aws_cloudwatch_metric_alarm.async_events_dropped.alarm_actions) == toset(var.alarm_actions)
    error_message = "aws_cloudwatch_metric_alarm.async_events_dropped.alarm_actions is not what the spec says."
  }

  assert {
    condition     = toset(aws_cloudwatch_metric_alarm.async_events_dropped.ok_actions) == toset(var.ok_actions)
    error_message = "aws_cloudwatch_metric_alarm.async_events_dropped.ok_actions is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.async_events_dropped.comparison_operator == "GreaterThanOrEqualToThreshold"
    error_message = "aws_cloudwatch_metric_alarm.async_events_dropped.comparison_operator is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.async_events_dropped.threshold == 1
    error_message = "aws_cloudwatch_metric_alarm.async_events_dropped.threshold is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.async_events_dropped.evaluation_periods == 1
    error_message = "aws_cloudwatch_metric_alarm.async_events_dropped.evaluation_periods is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.async_events_dropped.treat_missing_data == "notBreaching"
    error_message = "aws_cloudwatch_metric_alarm.async_events_dropped.treat_missing_data is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.async_events_dropped.namespace == "AWS/Lambda"
    error_message = "aws_cloudwatch_metric_alarm.async_events_dropped.namespace is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.async_events_dropped.metric_name == "AsyncEventsDropped"
    error_message = "aws_cloudwatch_metric_alarm.async_events_dropped.metric_name is not what the spec says."
  }

  assert {
    condition = { for key, one in aws_cloudwatch_metric_alarm.async_events_dropped.dimensions : key => one } == {
      FunctionName = aws_lambda_function.this.function_name
    }
    error_message = "aws_cloudwatch_metric_alarm.async_events_dropped.dimensions is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.async_events_dropped.statistic == "Sum"
    error_message = "aws_cloudwatch_metric_alarm.async_events_dropped.statistic is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.async_events_dropped.period == 300
    error_message = "aws_cloudwatch_metric_alarm.async_events_dropped.period is not what the spec says."
  }

  assert {
    condition     = toset(aws_cloudwatch_metric_alarm.async_event_age.alarm_actions) == toset(var.alarm_actions)
    error_message = "aws_cloudwatch_metric_alarm.async_event_age.alarm_actions is not what the spec says."
  }

  assert {
    condition     = toset(aws_cloudwatch_metric_alarm.async_event_age.ok_actions) == toset(var.ok_actions)
    error_message = "aws_cloudwatch_metric_alarm.async_event_age.ok_actions is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.async_event_age.comparison_operator == "GreaterThanOrEqualToThreshold"
    error_message = "aws_cloudwatch_metric_alarm.async_event_age.comparison_operator is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.async_event_age.threshold == 21600 * 1000 * 25 / 100
    error_message = "aws_cloudwatch_metric_alarm.async_event_age.threshold is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.async_event_age.evaluation_periods == 1
    error_message = "aws_cloudwatch_metric_alarm.async_event_age.evaluation_periods is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.async_event_age.treat_missing_data == "notBreaching"
    error_message = "aws_cloudwatch_metric_alarm.async_event_age.treat_missing_data is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.async_event_age.namespace == "AWS/Lambda"
    error_message = "aws_cloudwatch_metric_alarm.async_event_age.namespace is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.async_event_age.metric_name == "AsyncEventAge"
    error_message = "aws_cloudwatch_metric_alarm.async_event_age.metric_name is not what the spec says."
  }

  assert {
    condition = { for key, one in aws_cloudwatch_metric_alarm.async_event_age.dimensions : key => one } == {
      FunctionName = aws_lambda_function.this.function_name
    }
    error_message = "aws_cloudwatch_metric_alarm.async_event_age.dimensions is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.async_event_age.statistic == "Maximum"
    error_message = "aws_cloudwatch_metric_alarm.async_event_age.statistic is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.async_event_age.period == 300
    error_message = "aws_cloudwatch_metric_alarm.async_event_age.period is not what the spec says."
  }

  assert {
    condition     = toset(aws_cloudwatch_metric_alarm.destination_failures.alarm_actions) == toset(var.alarm_actions)
    error_message = "aws_cloudwatch_metric_alarm.destination_failures.alarm_actions is not what the spec says."
  }

  assert {
    condition     = toset(aws_cloudwatch_metric_alarm.destination_failures.ok_actions) == toset(var.ok_actions)
    error_message = "aws_cloudwatch_metric_alarm.destination_failures.ok_actions is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.destination_failures.comparison_operator == "GreaterThanOrEqualToThreshold"
    error_message = "aws_cloudwatch_metric_alarm.destination_failures.comparison_operator is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.destination_failures.threshold == 1
    error_message = "aws_cloudwatch_metric_alarm.destination_failures.threshold is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.destination_failures.evaluation_periods == 1
    error_message = "aws_cloudwatch_metric_alarm.destination_failures.evaluation_periods is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.destination_failures.treat_missing_data == "notBreaching"
    error_message = "aws_cloudwatch_metric_alarm.destination_failures.treat_missing_data is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.destination_failures.namespace == "AWS/Lambda"
    error_message = "aws_cloudwatch_metric_alarm.destination_failures.namespace is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.destination_failures.metric_name == "DestinationDeliveryFailures"
    error_message = "aws_cloudwatch_metric_alarm.destination_failures.metric_name is not what the spec says."
  }

  assert {
    condition = { for key, one in aws_cloudwatch_metric_alarm.destination_failures.dimensions : key => one } == {
      FunctionName = aws_lambda_function.this.function_name
    }
    error_message = "aws_cloudwatch_metric_alarm.destination_failures.dimensions is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.destination_failures.statistic == "Sum"
    error_message = "aws_cloudwatch_metric_alarm.destination_failures.statistic is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.destination_failures.period == 300
    error_message = "aws_cloudwatch_metric_alarm.destination_failures.period is not what the spec says."
  }

  assert {
    condition     = toset(aws_cloudwatch_metric_alarm.url_5xx.alarm_actions) == toset(var.alarm_actions)
    error_message = "aws_cloudwatch_metric_alarm.url_5xx.alarm_actions is not what the spec says."
  }

  assert {
    condition     = toset(aws_cloudwatch_metric_alarm.url_5xx.ok_actions) == toset(var.ok_actions)
    error_message = "aws_cloudwatch_metric_alarm.url_5xx.ok_actions is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.url_5xx.comparison_operator == "GreaterThanOrEqualToThreshold"
    error_message = "aws_cloudwatch_metric_alarm.url_5xx.comparison_operator is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.url_5xx.threshold == 1
    error_message = "aws_cloudwatch_metric_alarm.url_5xx.threshold is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.url_5xx.evaluation_periods == 1
    error_message = "aws_cloudwatch_metric_alarm.url_5xx.evaluation_periods is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.url_5xx.treat_missing_data == "notBreaching"
    error_message = "aws_cloudwatch_metric_alarm.url_5xx.treat_missing_data is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.url_5xx.namespace == "AWS/Lambda"
    error_message = "aws_cloudwatch_metric_alarm.url_5xx.namespace is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.url_5xx.metric_name == "Url5xxCount"
    error_message = "aws_cloudwatch_metric_alarm.url_5xx.metric_name is not what the spec says."
  }

  assert {
    condition = { for key, one in aws_cloudwatch_metric_alarm.url_5xx.dimensions : key => one } == {
      FunctionName = aws_lambda_function.this.function_name
    }
    error_message = "aws_cloudwatch_metric_alarm.url_5xx.dimensions is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.url_5xx.statistic == "Sum"
    error_message = "aws_cloudwatch_metric_alarm.url_5xx.statistic is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.url_5xx.period == 300
    error_message = "aws_cloudwatch_metric_alarm.url_5xx.period is not what the spec says."
  }

  # dashboard
  assert {
    condition     = aws_cloudwatch_dashboard.this.dashboard_name == "${var.function_name}-dashboard-${data.aws_region.current.id}"
    error_message = "aws_cloudwatch_dashboard.this.dashboard_name is not what the spec says."
  }

  # triggers, refunds
  assert {
    condition = aws_cloudwatch_event_rule.refunds.event_pattern == jsonencode({
      source = ["shop.refunds"]
    })
    error_message = "aws_cloudwatch_event_rule.refunds.event_pattern is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.refunds.action == "lambda:InvokeFunction"
    error_message = "aws_lambda_permission.refunds.action is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.refunds.principal == "events.amazonaws.com"
    error_message = "aws_lambda_permission.refunds.principal is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.refunds.qualifier == aws_lambda_alias.this.name
    error_message = "aws_lambda_permission.refunds.qualifier is not what the spec says."
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
    parameters_and_secrets_extension_arn = "wrong"
    lambda_insights_extension_arn        = "wrong"
    alarm_actions                        = ["wrong"]
    ok_actions                           = ["wrong"]
    archive_stream_arn                   = "wrong"
    database_secret_arn                  = "wrong"
    deployment_bucket                    = "not right"
    key_arn                              = "wrong"
    orders_table_arn                     = "wrong"
    partner_account                      = "wrong"
    release_profile_version_arn          = "wrong"
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
    var.parameters_and_secrets_extension_arn,
    var.lambda_insights_extension_arn,
    var.alarm_actions,
    var.ok_actions,
    var.archive_stream_arn,
    var.database_secret_arn,
    var.deployment_bucket,
    var.key_arn,
    var.orders_table_arn,
    var.partner_account,
    var.release_profile_version_arn,
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
