# Made by tfgen from api_lambda.yaml. Change that and render again, not this file.
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
  execution_role_arn    = "arn:aws:iam::123456789012:role/execution-role-arn"
  dead_letter_queue_arn = "arn:aws:sqs:eu-central-1:123456789012:dead-letter-queue-arn"
  deployment_bucket     = "deployment-bucket"
  security_group_ids    = ["security-group-ids"]
  subnet_ids            = ["subnet-ids"]
  alarm_actions         = ["arn:aws:alarm-actions:::alarm-actions"]
  ok_actions            = ["arn:aws:ok-actions:::ok-actions"]
}

run "is_what_the_spec_says" {
  command = plan

  # The function
  assert {
    condition     = aws_lambda_function.this.function_name == "api-handler"
    error_message = "aws_lambda_function.this.function_name is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.runtime == "nodejs18.x"
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
    condition     = aws_lambda_function.this.s3_key == "api-handler-v1.0.0.zip"
    error_message = "aws_lambda_function.this.s3_key is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.memory_size == 512
    error_message = "aws_lambda_function.this.memory_size is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.timeout == 10
    error_message = "aws_lambda_function.this.timeout is not what the spec says."
  }

  assert {
    condition     = one(aws_lambda_function.this.environment).variables["NODE_ENV"] == "production"
    error_message = "one(aws_lambda_function.this.environment).variables[\"NODE_ENV\"] is not what the spec says."
  }

  assert {
    condition     = one(aws_lambda_function.this.environment).variables["API_VERSION"] == "v1"
    error_message = "one(aws_lambda_function.this.environment).variables[\"API_VERSION\"] is not what the spec says."
  }

  assert {
    condition     = one(aws_lambda_function.this.environment).variables["CORS_ORIGIN"] == "https://myapp.com"
    error_message = "one(aws_lambda_function.this.environment).variables[\"CORS_ORIGIN\"] is not what the spec says."
  }

  assert {
    condition     = toset(one(aws_lambda_function.this.vpc_config).subnet_ids) == toset(var.subnet_ids)
    error_message = "one(aws_lambda_function.this.vpc_config).subnet_ids is not what the spec says."
  }

  assert {
    condition     = toset(one(aws_lambda_function.this.vpc_config).security_group_ids) == toset(var.security_group_ids)
    error_message = "one(aws_lambda_function.this.vpc_config).security_group_ids is not what the spec says."
  }

  assert {
    condition     = one(aws_lambda_function.this.dead_letter_config).target_arn == var.dead_letter_queue_arn
    error_message = "one(aws_lambda_function.this.dead_letter_config).target_arn is not what the spec says."
  }

  assert {
    condition     = one(aws_lambda_function.this.tracing_config).mode == "Active"
    error_message = "one(aws_lambda_function.this.tracing_config).mode is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.tags["Environment"] == "production"
    error_message = "aws_lambda_function.this.tags[\"Environment\"] is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.tags["Service"] == "api"
    error_message = "aws_lambda_function.this.tags[\"Service\"] is not what the spec says."
  }

  # The execution role
  assert {
    condition     = aws_lambda_function.this.role == var.execution_role_arn
    error_message = "aws_lambda_function.this.role is not what the spec says."
  }

  # insights_queries
  assert {
    condition = aws_cloudwatch_query_definition.errors.query_string == join("\n", [
      "fields @timestamp, @requestId, @message",
      "| filter @message like /ERROR|CRITICAL|FATAL|Exception|Task timed out|Status: (error|timeout)/",
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
      "filter @type = \"REPORT\"",
      "| fields @timestamp, @requestId, @duration, @billedDuration, @initDuration",
      "| sort @duration desc",
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
      "filter @type = \"REPORT\"",
      "| stats count(*) as calls, count(@initDuration) as cold_starts,",
      "  avg(@initDuration) as average_ms, max(@initDuration) as longest_ms",
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
      "filter @type = \"REPORT\"",
      "| stats max(@memorySize / 1000 / 1000) as given_mb,",
      "  avg(@maxMemoryUsed / 1000 / 1000) as average_mb,",
      "  max(@maxMemoryUsed / 1000 / 1000) as most_mb,",
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
      QueueName = try(element(split(":", local.dead_letter_config.target_arn), 5), "none")
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
    condition     = toset(aws_cloudwatch_metric_alarm.dead_letter_errors.alarm_actions) == toset(var.alarm_actions)
    error_message = "aws_cloudwatch_metric_alarm.dead_letter_errors.alarm_actions is not what the spec says."
  }

  assert {
    condition     = toset(aws_cloudwatch_metric_alarm.dead_letter_errors.ok_actions) == toset(var.ok_actions)
    error_message = "aws_cloudwatch_metric_alarm.dead_letter_errors.ok_actions is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.dead_letter_errors.comparison_operator == "GreaterThanOrEqualToThreshold"
    error_message = "aws_cloudwatch_metric_alarm.dead_letter_errors.comparison_operator is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.dead_letter_errors.threshold == 1
    error_message = "aws_cloudwatch_metric_alarm.dead_letter_errors.threshold is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.dead_letter_errors.evaluation_periods == 1
    error_message = "aws_cloudwatch_metric_alarm.dead_letter_errors.evaluation_periods is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.dead_letter_errors.treat_missing_data == "notBreaching"
    error_message = "aws_cloudwatch_metric_alarm.dead_letter_errors.treat_missing_data is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.dead_letter_errors.namespace == "AWS/Lambda"
    error_message = "aws_cloudwatch_metric_alarm.dead_letter_errors.namespace is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.dead_letter_errors.metric_name == "DeadLetterErrors"
    error_message = "aws_cloudwatch_metric_alarm.dead_letter_errors.metric_name is not what the spec says."
  }

  assert {
    condition = { for key, one in aws_cloudwatch_metric_alarm.dead_letter_errors.dimensions : key => one } == {
      FunctionName = aws_lambda_function.this.function_name
    }
    error_message = "aws_cloudwatch_metric_alarm.dead_letter_errors.dimensions is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.dead_letter_errors.statistic == "Sum"
    error_message = "aws_cloudwatch_metric_alarm.dead_letter_errors.statistic is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.dead_letter_errors.period == 300
    error_message = "aws_cloudwatch_metric_alarm.dead_letter_errors.period is not what the spec says."
  }

  assert {
    condition     = toset(aws_cloudwatch_metric_alarm.http_5xx.alarm_actions) == toset(var.alarm_actions)
    error_message = "aws_cloudwatch_metric_alarm.http_5xx.alarm_actions is not what the spec says."
  }

  assert {
    condition     = toset(aws_cloudwatch_metric_alarm.http_5xx.ok_actions) == toset(var.ok_actions)
    error_message = "aws_cloudwatch_metric_alarm.http_5xx.ok_actions is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.http_5xx.comparison_operator == "GreaterThanOrEqualToThreshold"
    error_message = "aws_cloudwatch_metric_alarm.http_5xx.comparison_operator is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.http_5xx.threshold == 1
    error_message = "aws_cloudwatch_metric_alarm.http_5xx.threshold is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.http_5xx.evaluation_periods == 1
    error_message = "aws_cloudwatch_metric_alarm.http_5xx.evaluation_periods is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.http_5xx.treat_missing_data == "notBreaching"
    error_message = "aws_cloudwatch_metric_alarm.http_5xx.treat_missing_data is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.http_5xx.namespace == "AWS/ApiGateway"
    error_message = "aws_cloudwatch_metric_alarm.http_5xx.namespace is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.http_5xx.metric_name == "5XXError"
    error_message = "aws_cloudwatch_metric_alarm.http_5xx.metric_name is not what the spec says."
  }

  assert {
    condition = { for key, one in aws_cloudwatch_metric_alarm.http_5xx.dimensions : key => one } == {
      ApiName = aws_api_gateway_rest_api.rest.name
    }
    error_message = "aws_cloudwatch_metric_alarm.http_5xx.dimensions is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.http_5xx.statistic == "Sum"
    error_message = "aws_cloudwatch_metric_alarm.http_5xx.statistic is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.http_5xx.period == 300
    error_message = "aws_cloudwatch_metric_alarm.http_5xx.period is not what the spec says."
  }

  # triggers, rest
  assert {
    condition     = aws_api_gateway_rest_api.rest.description == "REST API backed by Lambda"
    error_message = "aws_api_gateway_rest_api.rest.description is not what the spec says."
  }

  assert {
    condition     = aws_api_gateway_resource.rest__variable.path_part == "{proxy+}"
    error_message = "aws_api_gateway_resource.rest__variable.path_part is not what the spec says."
  }

  assert {
    condition = { for route, own in aws_api_gateway_method.rest : route => own.http_method if own.http_method != null } == {
      "ANY /{}" = "ANY"
    }
    error_message = "The http_method of aws_api_gateway_method.rest is not what the spec says."
  }

  assert {
    condition = { for route, own in aws_api_gateway_method.rest : route => own.authorization if own.authorization != null } == {
      "ANY /{}" = "NONE"
    }
    error_message = "The authorization of aws_api_gateway_method.rest is not what the spec says."
  }

  assert {
    condition     = aws_api_gateway_stage.rest.stage_name == "prod"
    error_message = "aws_api_gateway_stage.rest.stage_name is not what the spec says."
  }

  assert {
    condition     = toset(keys(aws_lambda_permission.rest)) == toset(["ANY-proxy"])
    error_message = "keys(aws_lambda_permission.rest) is not what the spec says."
  }

  assert {
    condition     = toset(values(aws_lambda_permission.rest)[*].action) == toset(["lambda:InvokeFunction"])
    error_message = "values(aws_lambda_permission.rest)[*].action is not what the spec says."
  }

  assert {
    condition     = toset(values(aws_lambda_permission.rest)[*].principal) == toset(["apigateway.amazonaws.com"])
    error_message = "values(aws_lambda_permission.rest)[*].principal is not what the spec says."
  }
}

run "takes_what_the_caller_says" {
  command = plan

  variables {
    function_name = "from-the-caller"
    memory_size   = 256
    timeout       = 9
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
    condition     = aws_lambda_function.this.timeout == 9
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
    alarm_actions = ["wrong"]
    ok_actions    = ["wrong"]
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
    var.alarm_actions,
    var.ok_actions,
  ]
}

run "refuses_what_is_wrong_2" {
  command = plan

  variables {
    package_type          = "wrong"
    dead_letter_queue_arn = "wrong"
    deployment_bucket     = "not right"
    security_group_ids    = [""]
    subnet_ids            = [""]
  }

  expect_failures = [
    var.package_type,
    var.dead_letter_queue_arn,
    var.deployment_bucket,
    var.security_group_ids,
    var.subnet_ids,
  ]
}
