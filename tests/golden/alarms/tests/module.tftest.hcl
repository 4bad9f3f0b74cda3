# Made by tfgen from alarms.yaml. Change that and render again, not this file.
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
  deployment_bucket = "deployment-bucket"
  orders_topic_arn  = "arn:aws:orders-topic-arn:::orders-topic-arn"
  alarm_actions     = ["arn:aws:alarm-actions:::alarm-actions"]
  ok_actions        = ["arn:aws:ok-actions:::ok-actions"]
}

run "is_what_the_spec_says" {
  command = plan

  # The function
  assert {
    condition     = aws_lambda_function.this.function_name == "invoices"
    error_message = "aws_lambda_function.this.function_name is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.description == "Writes an invoice for each order that is paid"
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
    condition     = aws_lambda_function.this.s3_key == "invoices.zip"
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
    condition     = aws_lambda_function.this.reserved_concurrent_executions == 20
    error_message = "aws_lambda_function.this.reserved_concurrent_executions is not what the spec says."
  }

  assert {
    condition     = one(aws_lambda_function.this.dead_letter_config).target_arn == "arn:${data.aws_partition.current.partition}:sqs:${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}:failed-invoices"
    error_message = "one(aws_lambda_function.this.dead_letter_config).target_arn is not what the spec says."
  }

  # The execution role
  assert {
    condition = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.actions if statement.actions != null])) == toset([
      "logs:CreateLogStream",
      "logs:PutLogEvents",
      "sqs:DeleteMessage",
      "sqs:GetQueueAttributes",
      "sqs:ReceiveMessage",
      "sqs:SendMessage",
    ])
    error_message = "The set of actions in the role's policy is not what the spec says."
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
    condition     = aws_cloudwatch_metric_alarm.errors.threshold == 3
    error_message = "aws_cloudwatch_metric_alarm.errors.threshold is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.errors.evaluation_periods == 5
    error_message = "aws_cloudwatch_metric_alarm.errors.evaluation_periods is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.errors.datapoints_to_alarm == 2
    error_message = "aws_cloudwatch_metric_alarm.errors.datapoints_to_alarm is not what the spec says."
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
    condition     = aws_cloudwatch_metric_alarm.errors.period == 60
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
    condition     = aws_cloudwatch_metric_alarm.error_rate.threshold == 2.5
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
    condition     = one([for query in aws_cloudwatch_metric_alarm.error_rate.metric_query : query.expression if query.return_data == true]) == "IF(invocations >= 20, 100 * errors / invocations, 0)"
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
    condition     = aws_cloudwatch_metric_alarm.duration.threshold == var.timeout * 1000 * 75 / 100
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
    condition     = aws_cloudwatch_metric_alarm.duration.extended_statistic == "p99"
    error_message = "aws_cloudwatch_metric_alarm.duration.extended_statistic is not what the spec says."
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
    condition     = aws_cloudwatch_metric_alarm.queue_age.alarm_description == "Customers wait for their invoices. Call whoever is on call for orders as well."
    error_message = "aws_cloudwatch_metric_alarm.queue_age.alarm_description is not what the spec says."
  }

  assert {
    condition     = toset(aws_cloudwatch_metric_alarm.queue_age.alarm_actions) == toset([var.orders_topic_arn])
    error_message = "aws_cloudwatch_metric_alarm.queue_age.alarm_actions is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.queue_age.comparison_operator == "GreaterThanOrEqualToThreshold"
    error_message = "aws_cloudwatch_metric_alarm.queue_age.comparison_operator is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.queue_age.threshold == var.longest_wait
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
    condition     = toset(aws_cloudwatch_metric_alarm.dead_letters_orders.alarm_actions) == toset(var.alarm_actions)
    error_message = "aws_cloudwatch_metric_alarm.dead_letters_orders.alarm_actions is not what the spec says."
  }

  assert {
    condition     = toset(aws_cloudwatch_metric_alarm.dead_letters_orders.ok_actions) == toset(var.ok_actions)
    error_message = "aws_cloudwatch_metric_alarm.dead_letters_orders.ok_actions is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.dead_letters_orders.comparison_operator == "GreaterThanOrEqualToThreshold"
    error_message = "aws_cloudwatch_metric_alarm.dead_letters_orders.comparison_operator is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.dead_letters_orders.threshold == 1
    error_message = "aws_cloudwatch_metric_alarm.dead_letters_orders.threshold is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.dead_letters_orders.evaluation_periods == 1
    error_message = "aws_cloudwatch_metric_alarm.dead_letters_orders.evaluation_periods is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.dead_letters_orders.treat_missing_data == "notBreaching"
    error_message = "aws_cloudwatch_metric_alarm.dead_letters_orders.treat_missing_data is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.dead_letters_orders.namespace == "AWS/SQS"
    error_message = "aws_cloudwatch_metric_alarm.dead_letters_orders.namespace is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.dead_letters_orders.metric_name == "ApproximateNumberOfMessagesVisible"
    error_message = "aws_cloudwatch_metric_alarm.dead_letters_orders.metric_name is not what the spec says."
  }

  assert {
    condition = { for key, one in aws_cloudwatch_metric_alarm.dead_letters_orders.dimensions : key => one } == {
      QueueName = aws_sqs_queue.orders_dead_letters.name
    }
    error_message = "aws_cloudwatch_metric_alarm.dead_letters_orders.dimensions is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.dead_letters_orders.statistic == "Maximum"
    error_message = "aws_cloudwatch_metric_alarm.dead_letters_orders.statistic is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.dead_letters_orders.period == 300
    error_message = "aws_cloudwatch_metric_alarm.dead_letters_orders.period is not what the spec says."
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
    condition     = aws_cloudwatch_metric_alarm.http_5xx.metric_name == "5xx"
    error_message = "aws_cloudwatch_metric_alarm.http_5xx.metric_name is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.http_5xx.statistic == "Sum"
    error_message = "aws_cloudwatch_metric_alarm.http_5xx.statistic is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.http_5xx.period == 300
    error_message = "aws_cloudwatch_metric_alarm.http_5xx.period is not what the spec says."
  }

  assert {
    condition     = toset(aws_cloudwatch_metric_alarm.invocations.alarm_actions) == toset(var.alarm_actions)
    error_message = "aws_cloudwatch_metric_alarm.invocations.alarm_actions is not what the spec says."
  }

  assert {
    condition     = toset(aws_cloudwatch_metric_alarm.invocations.ok_actions) == toset(var.ok_actions)
    error_message = "aws_cloudwatch_metric_alarm.invocations.ok_actions is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.invocations.comparison_operator == "GreaterThanThreshold"
    error_message = "aws_cloudwatch_metric_alarm.invocations.comparison_operator is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.invocations.threshold == 10000
    error_message = "aws_cloudwatch_metric_alarm.invocations.threshold is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.invocations.evaluation_periods == 2
    error_message = "aws_cloudwatch_metric_alarm.invocations.evaluation_periods is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.invocations.treat_missing_data == "notBreaching"
    error_message = "aws_cloudwatch_metric_alarm.invocations.treat_missing_data is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.invocations.namespace == "AWS/Lambda"
    error_message = "aws_cloudwatch_metric_alarm.invocations.namespace is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.invocations.metric_name == "Invocations"
    error_message = "aws_cloudwatch_metric_alarm.invocations.metric_name is not what the spec says."
  }

  assert {
    condition = { for key, one in aws_cloudwatch_metric_alarm.invocations.dimensions : key => one } == {
      FunctionName = aws_lambda_function.this.function_name
    }
    error_message = "aws_cloudwatch_metric_alarm.invocations.dimensions is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.invocations.statistic == "Sum"
    error_message = "aws_cloudwatch_metric_alarm.invocations.statistic is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.invocations.period == 300
    error_message = "aws_cloudwatch_metric_alarm.invocations.period is not what the spec says."
  }

  assert {
    condition     = toset(aws_cloudwatch_metric_alarm.no_invoices.alarm_actions) == toset(var.alarm_actions)
    error_message = "aws_cloudwatch_metric_alarm.no_invoices.alarm_actions is not what the spec says."
  }

  assert {
    condition     = toset(aws_cloudwatch_metric_alarm.no_invoices.ok_actions) == toset(var.ok_actions)
    error_message = "aws_cloudwatch_metric_alarm.no_invoices.ok_actions is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.no_invoices.comparison_operator == "LessThanThreshold"
    error_message = "aws_cloudwatch_metric_alarm.no_invoices.comparison_operator is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.no_invoices.threshold == 1
    error_message = "aws_cloudwatch_metric_alarm.no_invoices.threshold is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.no_invoices.evaluation_periods == 24
    error_message = "aws_cloudwatch_metric_alarm.no_invoices.evaluation_periods is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.no_invoices.treat_missing_data == "breaching"
    error_message = "aws_cloudwatch_metric_alarm.no_invoices.treat_missing_data is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.no_invoices.actions_enabled == var.in_production
    error_message = "aws_cloudwatch_metric_alarm.no_invoices.actions_enabled is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.no_invoices.namespace == "Invoices"
    error_message = "aws_cloudwatch_metric_alarm.no_invoices.namespace is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.no_invoices.metric_name == "Written"
    error_message = "aws_cloudwatch_metric_alarm.no_invoices.metric_name is not what the spec says."
  }

  assert {
    condition = { for key, one in aws_cloudwatch_metric_alarm.no_invoices.dimensions : key => one } == {
      Service = "invoices"
    }
    error_message = "aws_cloudwatch_metric_alarm.no_invoices.dimensions is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.no_invoices.statistic == "Sum"
    error_message = "aws_cloudwatch_metric_alarm.no_invoices.statistic is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.no_invoices.period == 3600
    error_message = "aws_cloudwatch_metric_alarm.no_invoices.period is not what the spec says."
  }

  # triggers, orders
  assert {
    condition     = one(aws_lambda_event_source_mapping.orders.scaling_config).maximum_concurrency == 10
    error_message = "one(aws_lambda_event_source_mapping.orders.scaling_config).maximum_concurrency is not what the spec says."
  }

  # triggers, nightly
  assert {
    condition     = aws_scheduler_schedule.nightly.schedule_expression == "cron(0 3 * * ? *)"
    error_message = "aws_scheduler_schedule.nightly.schedule_expression is not what the spec says."
  }

  assert {
    condition     = aws_scheduler_schedule.nightly.schedule_expression_timezone == "Europe/Berlin"
    error_message = "aws_scheduler_schedule.nightly.schedule_expression_timezone is not what the spec says."
  }

  assert {
    condition = toset(flatten([for statement in data.aws_iam_policy_document.nightly_trust.statement : [for condition in statement.condition : formatlist("%s %s %s", condition.test, condition.variable, condition.values)] if statement.sid == "AssumedByScheduler"])) == toset(flatten([
      formatlist("%s %s %s", "StringEquals", "aws:SourceAccount", [data.aws_caller_identity.current.account_id]),
      formatlist("%s %s %s", "ArnEquals", "aws:SourceArn", [
        "arn:${data.aws_partition.current.partition}:scheduler:${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}:schedule-group/default",
      ]),
    ]))
    error_message = "The condition of AssumedByScheduler in nightly_trust is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.nightly_invoker.statement : statement.actions if statement.sid == "InvokeFunction"])) == toset(["lambda:InvokeFunction"])
    error_message = "The list of actions of InvokeFunction in nightly_invoker is not what the spec says."
  }

  # triggers, api
  assert {
    condition = { for route, own in aws_apigatewayv2_route.api : route => own.route_key if own.route_key != null } == {
      "GET /invoices/{id}" = "GET /invoices/{id}"
    }
    error_message = "The route_key of aws_apigatewayv2_route.api is not what the spec says."
  }

  assert {
    condition = { for route, own in aws_apigatewayv2_route.api : route => own.authorization_type if own.authorization_type != null } == {
      "GET /invoices/{id}" = "NONE"
    }
    error_message = "The authorization_type of aws_apigatewayv2_route.api is not what the spec says."
  }

  assert {
    condition     = toset(keys(aws_lambda_permission.api)) == toset(["GET-invoices-id"])
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
    alarm_actions    = ["wrong"]
    ok_actions       = ["wrong"]
    orders_topic_arn = "wrong"
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
    var.orders_topic_arn,
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
