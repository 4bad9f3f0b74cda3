# Made by tfgen from dashboard.yaml. Change that and render again, not this file.
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
  delays_topic_arn  = "arn:aws:sns:eu-central-1:123456789012:delays-topic-arn"
  deployment_bucket = "deployment-bucket"
  labels_queue_arn  = "arn:aws:sqs:eu-central-1:123456789012:labels-queue-arn"
  scans_stream_arn  = "arn:aws:kinesis:eu-central-1:123456789012:stream/scans-stream-arn"
  alarm_actions     = ["arn:aws:alarm-actions:::alarm-actions"]
  ok_actions        = ["arn:aws:ok-actions:::ok-actions"]
}

run "is_what_the_spec_says" {
  command = plan

  # The function
  assert {
    condition     = aws_lambda_function.this.function_name == "shipments"
    error_message = "aws_lambda_function.this.function_name is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.description == "Follows parcels on their way"
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
    condition     = aws_lambda_function.this.s3_key == "shipments.zip"
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
    condition     = aws_lambda_function.this.timeout == 60
    error_message = "aws_lambda_function.this.timeout is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.reserved_concurrent_executions == 40
    error_message = "aws_lambda_function.this.reserved_concurrent_executions is not what the spec says."
  }

  # The execution role
  assert {
    condition = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.actions if statement.actions != null])) == toset([
      "kinesis:DescribeStream",
      "kinesis:DescribeStreamSummary",
      "kinesis:GetRecords",
      "kinesis:GetShardIterator",
      "kinesis:ListShards",
      "kinesis:ListStreams",
      "logs:CreateLogStream",
      "logs:PutLogEvents",
      "sqs:DeleteMessage",
      "sqs:GetQueueAttributes",
      "sqs:ReceiveMessage",
    ])
    error_message = "The set of actions in the role's policy is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.resources if statement.sid == "ReadForScans"])) == toset([var.scans_stream_arn])
    error_message = "The list of resources of \"ReadForScans\" in execution_role is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.resources if statement.sid == "ListStreamsForScans"])) == toset(["*"])
    error_message = "The list of resources of \"ListStreamsForScans\" in execution_role is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.resources if statement.sid == "ReadForLabels"])) == toset([var.labels_queue_arn])
    error_message = "The list of resources of \"ReadForLabels\" in execution_role is not what the spec says."
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
    condition     = toset(aws_cloudwatch_metric_alarm.iterator_age.alarm_actions) == toset(var.alarm_actions)
    error_message = "aws_cloudwatch_metric_alarm.iterator_age.alarm_actions is not what the spec says."
  }

  assert {
    condition     = toset(aws_cloudwatch_metric_alarm.iterator_age.ok_actions) == toset(var.ok_actions)
    error_message = "aws_cloudwatch_metric_alarm.iterator_age.ok_actions is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.iterator_age.comparison_operator == "GreaterThanOrEqualToThreshold"
    error_message = "aws_cloudwatch_metric_alarm.iterator_age.comparison_operator is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.iterator_age.threshold == 900000
    error_message = "aws_cloudwatch_metric_alarm.iterator_age.threshold is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.iterator_age.evaluation_periods == 1
    error_message = "aws_cloudwatch_metric_alarm.iterator_age.evaluation_periods is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.iterator_age.treat_missing_data == "notBreaching"
    error_message = "aws_cloudwatch_metric_alarm.iterator_age.treat_missing_data is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.iterator_age.namespace == "AWS/Lambda"
    error_message = "aws_cloudwatch_metric_alarm.iterator_age.namespace is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.iterator_age.metric_name == "IteratorAge"
    error_message = "aws_cloudwatch_metric_alarm.iterator_age.metric_name is not what the spec says."
  }

  assert {
    condition = { for key, one in aws_cloudwatch_metric_alarm.iterator_age.dimensions : key => one } == {
      FunctionName = aws_lambda_function.this.function_name
    }
    error_message = "aws_cloudwatch_metric_alarm.iterator_age.dimensions is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.iterator_age.statistic == "Maximum"
    error_message = "aws_cloudwatch_metric_alarm.iterator_age.statistic is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.iterator_age.period == 300
    error_message = "aws_cloudwatch_metric_alarm.iterator_age.period is not what the spec says."
  }

  assert {
    condition     = toset(aws_cloudwatch_metric_alarm.queue_age_labels.alarm_actions) == toset(var.alarm_actions)
    error_message = "aws_cloudwatch_metric_alarm.queue_age_labels.alarm_actions is not what the spec says."
  }

  assert {
    condition     = toset(aws_cloudwatch_metric_alarm.queue_age_labels.ok_actions) == toset(var.ok_actions)
    error_message = "aws_cloudwatch_metric_alarm.queue_age_labels.ok_actions is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.queue_age_labels.comparison_operator == "GreaterThanOrEqualToThreshold"
    error_message = "aws_cloudwatch_metric_alarm.queue_age_labels.comparison_operator is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.queue_age_labels.threshold == 900
    error_message = "aws_cloudwatch_metric_alarm.queue_age_labels.threshold is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.queue_age_labels.evaluation_periods == 1
    error_message = "aws_cloudwatch_metric_alarm.queue_age_labels.evaluation_periods is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.queue_age_labels.treat_missing_data == "notBreaching"
    error_message = "aws_cloudwatch_metric_alarm.queue_age_labels.treat_missing_data is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.queue_age_labels.namespace == "AWS/SQS"
    error_message = "aws_cloudwatch_metric_alarm.queue_age_labels.namespace is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.queue_age_labels.metric_name == "ApproximateAgeOfOldestMessage"
    error_message = "aws_cloudwatch_metric_alarm.queue_age_labels.metric_name is not what the spec says."
  }

  assert {
    condition = { for key, one in aws_cloudwatch_metric_alarm.queue_age_labels.dimensions : key => one } == {
      QueueName = element(split(":", var.labels_queue_arn), 5)
    }
    error_message = "aws_cloudwatch_metric_alarm.queue_age_labels.dimensions is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.queue_age_labels.statistic == "Maximum"
    error_message = "aws_cloudwatch_metric_alarm.queue_age_labels.statistic is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.queue_age_labels.period == 300
    error_message = "aws_cloudwatch_metric_alarm.queue_age_labels.period is not what the spec says."
  }

  assert {
    condition     = toset(aws_cloudwatch_metric_alarm.queue_age_pickups.alarm_actions) == toset(var.alarm_actions)
    error_message = "aws_cloudwatch_metric_alarm.queue_age_pickups.alarm_actions is not what the spec says."
  }

  assert {
    condition     = toset(aws_cloudwatch_metric_alarm.queue_age_pickups.ok_actions) == toset(var.ok_actions)
    error_message = "aws_cloudwatch_metric_alarm.queue_age_pickups.ok_actions is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.queue_age_pickups.comparison_operator == "GreaterThanOrEqualToThreshold"
    error_message = "aws_cloudwatch_metric_alarm.queue_age_pickups.comparison_operator is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.queue_age_pickups.threshold == 900
    error_message = "aws_cloudwatch_metric_alarm.queue_age_pickups.threshold is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.queue_age_pickups.evaluation_periods == 1
    error_message = "aws_cloudwatch_metric_alarm.queue_age_pickups.evaluation_periods is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.queue_age_pickups.treat_missing_data == "notBreaching"
    error_message = "aws_cloudwatch_metric_alarm.queue_age_pickups.treat_missing_data is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.queue_age_pickups.namespace == "AWS/SQS"
    error_message = "aws_cloudwatch_metric_alarm.queue_age_pickups.namespace is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.queue_age_pickups.metric_name == "ApproximateAgeOfOldestMessage"
    error_message = "aws_cloudwatch_metric_alarm.queue_age_pickups.metric_name is not what the spec says."
  }

  assert {
    condition = { for key, one in aws_cloudwatch_metric_alarm.queue_age_pickups.dimensions : key => one } == {
      QueueName = aws_sqs_queue.pickups.name
    }
    error_message = "aws_cloudwatch_metric_alarm.queue_age_pickups.dimensions is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.queue_age_pickups.statistic == "Maximum"
    error_message = "aws_cloudwatch_metric_alarm.queue_age_pickups.statistic is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.queue_age_pickups.period == 300
    error_message = "aws_cloudwatch_metric_alarm.queue_age_pickups.period is not what the spec says."
  }

  assert {
    condition     = toset(aws_cloudwatch_metric_alarm.dead_letters_pickups.alarm_actions) == toset(var.alarm_actions)
    error_message = "aws_cloudwatch_metric_alarm.dead_letters_pickups.alarm_actions is not what the spec says."
  }

  assert {
    condition     = toset(aws_cloudwatch_metric_alarm.dead_letters_pickups.ok_actions) == toset(var.ok_actions)
    error_message = "aws_cloudwatch_metric_alarm.dead_letters_pickups.ok_actions is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.dead_letters_pickups.comparison_operator == "GreaterThanOrEqualToThreshold"
    error_message = "aws_cloudwatch_metric_alarm.dead_letters_pickups.comparison_operator is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.dead_letters_pickups.threshold == 1
    error_message = "aws_cloudwatch_metric_alarm.dead_letters_pickups.threshold is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.dead_letters_pickups.evaluation_periods == 1
    error_message = "aws_cloudwatch_metric_alarm.dead_letters_pickups.evaluation_periods is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.dead_letters_pickups.treat_missing_data == "notBreaching"
    error_message = "aws_cloudwatch_metric_alarm.dead_letters_pickups.treat_missing_data is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.dead_letters_pickups.namespace == "AWS/SQS"
    error_message = "aws_cloudwatch_metric_alarm.dead_letters_pickups.namespace is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.dead_letters_pickups.metric_name == "ApproximateNumberOfMessagesVisible"
    error_message = "aws_cloudwatch_metric_alarm.dead_letters_pickups.metric_name is not what the spec says."
  }

  assert {
    condition = { for key, one in aws_cloudwatch_metric_alarm.dead_letters_pickups.dimensions : key => one } == {
      QueueName = aws_sqs_queue.pickups_dead_letters.name
    }
    error_message = "aws_cloudwatch_metric_alarm.dead_letters_pickups.dimensions is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.dead_letters_pickups.statistic == "Maximum"
    error_message = "aws_cloudwatch_metric_alarm.dead_letters_pickups.statistic is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.dead_letters_pickups.period == 300
    error_message = "aws_cloudwatch_metric_alarm.dead_letters_pickups.period is not what the spec says."
  }

  assert {
    condition     = toset(aws_cloudwatch_metric_alarm.dead_letters_delays.alarm_actions) == toset(var.alarm_actions)
    error_message = "aws_cloudwatch_metric_alarm.dead_letters_delays.alarm_actions is not what the spec says."
  }

  assert {
    condition     = toset(aws_cloudwatch_metric_alarm.dead_letters_delays.ok_actions) == toset(var.ok_actions)
    error_message = "aws_cloudwatch_metric_alarm.dead_letters_delays.ok_actions is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.dead_letters_delays.comparison_operator == "GreaterThanOrEqualToThreshold"
    error_message = "aws_cloudwatch_metric_alarm.dead_letters_delays.comparison_operator is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.dead_letters_delays.threshold == 1
    error_message = "aws_cloudwatch_metric_alarm.dead_letters_delays.threshold is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.dead_letters_delays.evaluation_periods == 1
    error_message = "aws_cloudwatch_metric_alarm.dead_letters_delays.evaluation_periods is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.dead_letters_delays.treat_missing_data == "notBreaching"
    error_message = "aws_cloudwatch_metric_alarm.dead_letters_delays.treat_missing_data is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.dead_letters_delays.namespace == "AWS/SQS"
    error_message = "aws_cloudwatch_metric_alarm.dead_letters_delays.namespace is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.dead_letters_delays.metric_name == "ApproximateNumberOfMessagesVisible"
    error_message = "aws_cloudwatch_metric_alarm.dead_letters_delays.metric_name is not what the spec says."
  }

  assert {
    condition = { for key, one in aws_cloudwatch_metric_alarm.dead_letters_delays.dimensions : key => one } == {
      QueueName = aws_sqs_queue.delays_dead_letters.name
    }
    error_message = "aws_cloudwatch_metric_alarm.dead_letters_delays.dimensions is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.dead_letters_delays.statistic == "Maximum"
    error_message = "aws_cloudwatch_metric_alarm.dead_letters_delays.statistic is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.dead_letters_delays.period == 300
    error_message = "aws_cloudwatch_metric_alarm.dead_letters_delays.period is not what the spec says."
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

  # dashboard
  assert {
    condition     = aws_cloudwatch_dashboard.this.dashboard_name == "${var.function_name}-dashboard-${data.aws_region.current.id}"
    error_message = "aws_cloudwatch_dashboard.this.dashboard_name is not what the spec says."
  }

  # triggers, scans
  assert {
    condition     = aws_lambda_event_source_mapping.scans.starting_position == "TRIM_HORIZON"
    error_message = "aws_lambda_event_source_mapping.scans.starting_position is not what the spec says."
  }

  assert {
    condition     = aws_lambda_event_source_mapping.scans.event_source_arn == var.scans_stream_arn
    error_message = "aws_lambda_event_source_mapping.scans.event_source_arn is not what the spec says."
  }

  # triggers, labels
  assert {
    condition     = aws_lambda_event_source_mapping.labels.event_source_arn == var.labels_queue_arn
    error_message = "aws_lambda_event_source_mapping.labels.event_source_arn is not what the spec says."
  }

  # triggers, delays
  assert {
    condition     = aws_sns_topic_subscription.delays.topic_arn == var.delays_topic_arn
    error_message = "aws_sns_topic_subscription.delays.topic_arn is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.delays_dead_letters.statement : statement.actions if statement.sid == "SendDeadLettersForDelays"])) == toset(["sqs:SendMessage"])
    error_message = "The list of actions of \"SendDeadLettersForDelays\" in delays_dead_letters is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.delays_dead_letters.statement : [for condition in statement.condition : formatlist("%s %s %s", condition.test, condition.variable, condition.values)] if statement.sid == "SendDeadLettersForDelays"])) == toset(flatten([formatlist("%s %s %s", "ArnEquals", "aws:SourceArn", [var.delays_topic_arn])]))
    error_message = "The condition of \"SendDeadLettersForDelays\" in delays_dead_letters is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.delays.action == "lambda:InvokeFunction"
    error_message = "aws_lambda_permission.delays.action is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.delays.principal == "sns.amazonaws.com"
    error_message = "aws_lambda_permission.delays.principal is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.delays.source_arn == var.delays_topic_arn
    error_message = "aws_lambda_permission.delays.source_arn is not what the spec says."
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
    alarm_actions    = ["wrong"]
    ok_actions       = ["wrong"]
    delays_topic_arn = "wrong"
    labels_queue_arn = "wrong"
    scans_stream_arn = "wrong"
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
    var.delays_topic_arn,
    var.labels_queue_arn,
    var.scans_stream_arn,
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
