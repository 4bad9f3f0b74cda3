# Made by tfgen from operations.yaml. Change that and render again, not this file.

resource "aws_cloudwatch_log_subscription_filter" "subscription_filters_archive" {
  name            = "${var.function_name}-archive"
  log_group_name  = aws_cloudwatch_log_group.this.name
  filter_pattern  = ""
  destination_arn = var.archive_stream_arn
  role_arn        = aws_iam_role.subscription_filters_archive.arn

  # CloudWatch Logs sends a message to try the destination when the subscription is made.
  depends_on = [aws_iam_role_policy.subscription_filters_archive]
}

data "aws_iam_policy_document" "subscription_filters_archive_trust" {
  statement {
    sid     = "AssumedByCloudWatchLogs"
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["logs.amazonaws.com"]
    }

    # On behalf of this account, in the form that CloudWatch Logs documents.
    condition {
      test     = "ArnLike"
      variable = "aws:SourceArn"
      values   = ["arn:${data.aws_partition.current.partition}:logs:${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}:*"]
    }
  }
}

resource "aws_iam_role" "subscription_filters_archive" {
  name               = local.names.subscription_filters_archive
  description        = "Writes log events of the Lambda function ${var.function_name} to a stream"
  assume_role_policy = data.aws_iam_policy_document.subscription_filters_archive_trust.json
  tags               = var.tags
}

data "aws_iam_policy_document" "subscription_filters_archive" {
  statement {
    sid       = "WriteToStream"
    actions   = ["kinesis:PutRecord"]
    resources = [var.archive_stream_arn]
  }
}

resource "aws_iam_role_policy" "subscription_filters_archive" {
  name   = "write"
  role   = aws_iam_role.subscription_filters_archive.id
  policy = data.aws_iam_policy_document.subscription_filters_archive.json
}

resource "aws_cloudwatch_log_metric_filter" "refused" {
  name           = "${var.function_name}-refused"
  log_group_name = aws_cloudwatch_log_group.this.name
  pattern        = "{ $.outcome = \"refused\" }"

  metric_transformation {
    name      = "Refused"
    namespace = var.function_name
    value     = "1"
  }
}

resource "aws_cloudwatch_query_definition" "errors" {
  name            = "${var.function_name}/errors"
  log_group_names = [aws_cloudwatch_log_group.this.name]
  query_string = join("\n", [
    "fields @timestamp, coalesce(requestId, AWSRequestId, record.requestId) as request_id, @message",
    "| filter level like /(?i)^(error|critical|fatal)$/",
    "  or (type = \"platform.report\" and record.status != \"success\")",
    "| sort @timestamp desc",
    "| limit 50",
  ])
}

resource "aws_cloudwatch_query_definition" "slowest" {
  name            = "${var.function_name}/slowest"
  log_group_names = [aws_cloudwatch_log_group.this.name]
  query_string = join("\n", [
    "filter type = \"platform.report\"",
    "| fields @timestamp, record.requestId, record.metrics.durationMs,",
    "  record.metrics.billedDurationMs, record.metrics.initDurationMs",
    "| sort record.metrics.durationMs desc",
    "| limit 25",
  ])
}

resource "aws_cloudwatch_query_definition" "cold_starts" {
  name            = "${var.function_name}/cold_starts"
  log_group_names = [aws_cloudwatch_log_group.this.name]
  query_string = join("\n", [
    "filter type = \"platform.report\"",
    "| stats count(*) as calls, count(record.metrics.initDurationMs) as cold_starts,",
    "  avg(record.metrics.initDurationMs) as average_ms, max(record.metrics.initDurationMs) as longest_ms",
    "  by bin(1h)",
  ])
}

resource "aws_cloudwatch_query_definition" "memory" {
  name            = "${var.function_name}/memory"
  log_group_names = [aws_cloudwatch_log_group.this.name]
  query_string = join("\n", [
    "filter type = \"platform.report\"",
    "| stats max(record.metrics.memorySizeMB) as given_mb,",
    "  avg(record.metrics.maxMemoryUsedMB) as average_mb,",
    "  max(record.metrics.maxMemoryUsedMB) as most_mb,",
    "  given_mb - most_mb as spare_mb",
    "  by bin(1h)",
  ])
}

# By the function's name alone, metrics count all of its versions and aliases: whichever a call goes to, an alarm
# sees it fail.
resource "aws_cloudwatch_metric_alarm" "errors" {
  alarm_name          = "${var.function_name}-errors"
  alarm_description   = "Calls of the function fail: at least 1 error in 5 minutes."
  namespace           = "AWS/Lambda"
  metric_name         = "Errors"
  statistic           = "Sum"
  period              = 300
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = 1
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
  alarm_actions       = var.alarm_actions
  ok_actions          = var.ok_actions
  tags                = var.tags

  dimensions = {
    FunctionName = aws_lambda_function.this.function_name
  }
}

resource "aws_cloudwatch_metric_alarm" "error_rate" {
  alarm_name          = "${var.function_name}-error-rate"
  alarm_description   = "A large share of the calls fails: at least 5 % of the calls in 5 minutes with 10 calls or more, 2 times in a row."
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = 5
  evaluation_periods  = 2
  treat_missing_data  = "notBreaching"
  alarm_actions       = var.alarm_actions
  ok_actions          = var.ok_actions
  tags                = var.tags

  # Of few calls, one that fails would be a large share.
  metric_query {
    id          = "error_rate"
    label       = "Error rate (%)"
    expression  = "IF(invocations >= 10, 100 * errors / invocations, 0)"
    return_data = true
  }

  metric_query {
    id = "errors"

    metric {
      namespace   = "AWS/Lambda"
      metric_name = "Errors"
      stat        = "Sum"
      period      = 300

      dimensions = {
        FunctionName = aws_lambda_function.this.function_name
      }
    }
  }

  metric_query {
    id = "invocations"

    metric {
      namespace   = "AWS/Lambda"
      metric_name = "Invocations"
      stat        = "Sum"
      period      = 300

      dimensions = {
        FunctionName = aws_lambda_function.this.function_name
      }
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "throttles" {
  alarm_name          = "${var.function_name}-throttles"
  alarm_description   = "Calls are turned away, since too many run at once: at least 1 throttled call in 5 minutes."
  namespace           = "AWS/Lambda"
  metric_name         = "Throttles"
  statistic           = "Sum"
  period              = 300
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = 1
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
  alarm_actions       = var.alarm_actions
  ok_actions          = var.ok_actions
  tags                = var.tags

  dimensions = {
    FunctionName = aws_lambda_function.this.function_name
  }
}

resource "aws_cloudwatch_metric_alarm" "duration" {
  alarm_name          = "${var.function_name}-duration"
  alarm_description   = "Calls take nearly as long as they may before they are cut off: at least 80 % of the function's timeout (highest of 5 minutes)."
  namespace           = "AWS/Lambda"
  metric_name         = "Duration"
  statistic           = "Maximum"
  period              = 300
  comparison_operator = "GreaterThanOrEqualToThreshold"
  # 80 % of the function's timeout, in milliseconds.
  threshold          = var.timeout * 1000 * 80 / 100
  evaluation_periods = 1
  treat_missing_data = "notBreaching"
  alarm_actions      = var.alarm_actions
  ok_actions         = var.ok_actions
  tags               = var.tags

  dimensions = {
    FunctionName = aws_lambda_function.this.function_name
  }
}

resource "aws_cloudwatch_metric_alarm" "concurrent_executions" {
  alarm_name          = "${var.function_name}-concurrent-executions"
  alarm_description   = "Nearly as many calls run at once as are reserved for the function; beyond that they are turned away: at least 80 % of the function's reservation (highest of 5 minutes)."
  namespace           = "AWS/Lambda"
  metric_name         = "ConcurrentExecutions"
  statistic           = "Maximum"
  period              = 300
  comparison_operator = "GreaterThanOrEqualToThreshold"
  # 80 % of the function's reservation.
  threshold          = ceil((coalesce(var.reserved_concurrent_executions, -1) > 0 ? var.reserved_concurrent_executions : 1000) * 80 / 100)
  evaluation_periods = 1
  treat_missing_data = "notBreaching"
  alarm_actions      = var.alarm_actions
  ok_actions         = var.ok_actions
  tags               = var.tags

  dimensions = {
    FunctionName = aws_lambda_function.this.function_name
  }
}

resource "aws_cloudwatch_metric_alarm" "provisioned_concurrency_spillover" {
  alarm_name          = "${var.function_name}-provisioned-concurrency-spillover"
  alarm_description   = "All environments that are kept ready are busy, and further calls wait for a cold start: at least 1 call in 5 minutes."
  namespace           = "AWS/Lambda"
  metric_name         = "ProvisionedConcurrencySpilloverInvocations"
  statistic           = "Sum"
  period              = 300
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = 1
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
  alarm_actions       = var.alarm_actions
  ok_actions          = var.ok_actions
  tags                = var.tags

  dimensions = {
    FunctionName = aws_lambda_function.this.function_name
  }
}

resource "aws_cloudwatch_metric_alarm" "queue_age" {
  alarm_name          = "${var.function_name}-queue-age"
  alarm_description   = "Messages wait long in the function's queue (orders): at least 15 minutes (highest of 5 minutes)."
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateAgeOfOldestMessage"
  statistic           = "Maximum"
  period              = 300
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = 900
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
  alarm_actions       = var.alarm_actions
  ok_actions          = var.ok_actions
  tags                = var.tags

  dimensions = {
    QueueName = aws_sqs_queue.orders.name
  }
}

resource "aws_cloudwatch_metric_alarm" "dead_letters" {
  alarm_name          = "${var.function_name}-dead-letters"
  alarm_description   = "The dead letter queue holds what failed for good, in the function or on the way to it (orders): at least 1 message (highest of 5 minutes)."
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateNumberOfMessagesVisible"
  statistic           = "Maximum"
  period              = 300
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = 1
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
  alarm_actions       = var.alarm_actions
  ok_actions          = var.ok_actions
  tags                = var.tags

  dimensions = {
    QueueName = aws_sqs_queue.orders_dead_letters.name
  }
}

resource "aws_cloudwatch_metric_alarm" "async_events_dropped" {
  alarm_name          = "${var.function_name}-async-events-dropped"
  alarm_description   = "Asynchronous events are dropped, too old or failed too often: at least 1 event in 5 minutes."
  namespace           = "AWS/Lambda"
  metric_name         = "AsyncEventsDropped"
  statistic           = "Sum"
  period              = 300
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = 1
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
  alarm_actions       = var.alarm_actions
  ok_actions          = var.ok_actions
  tags                = var.tags

  dimensions = {
    FunctionName = aws_lambda_function.this.function_name
  }
}

resource "aws_cloudwatch_metric_alarm" "async_event_age" {
  alarm_name          = "${var.function_name}-async-event-age"
  alarm_description   = "Asynchronous events wait long before the function gets them; in the end they are dropped: at least 25 % of the time that asynchronous events are kept (highest of 5 minutes)."
  namespace           = "AWS/Lambda"
  metric_name         = "AsyncEventAge"
  statistic           = "Maximum"
  period              = 300
  comparison_operator = "GreaterThanOrEqualToThreshold"
  # 25 % of the time that asynchronous events are kept, in milliseconds.
  threshold          = 21600 * 1000 * 25 / 100
  evaluation_periods = 1
  treat_missing_data = "notBreaching"
  alarm_actions      = var.alarm_actions
  ok_actions         = var.ok_actions
  tags               = var.tags

  dimensions = {
    FunctionName = aws_lambda_function.this.function_name
  }
}

resource "aws_cloudwatch_metric_alarm" "destination_failures" {
  alarm_name          = "${var.function_name}-destination-failures"
  alarm_description   = "Results or failures do not reach their destination, and are lost: at least 1 event in 5 minutes."
  namespace           = "AWS/Lambda"
  metric_name         = "DestinationDeliveryFailures"
  statistic           = "Sum"
  period              = 300
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = 1
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
  alarm_actions       = var.alarm_actions
  ok_actions          = var.ok_actions
  tags                = var.tags

  dimensions = {
    FunctionName = aws_lambda_function.this.function_name
  }
}

resource "aws_cloudwatch_metric_alarm" "url_5xx" {
  alarm_name          = "${var.function_name}-url-5xx"
  alarm_description   = "Requests to the function's URL are answered with a server error: at least 1 5xx answer in 5 minutes."
  namespace           = "AWS/Lambda"
  metric_name         = "Url5xxCount"
  statistic           = "Sum"
  period              = 300
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = 1
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
  alarm_actions       = var.alarm_actions
  ok_actions          = var.ok_actions
  tags                = var.tags

  dimensions = {
    FunctionName = aws_lambda_function.this.function_name
  }
}

resource "aws_cloudwatch_dashboard" "this" {
  # With the region, for an account's dashboards are shared by all regions.
  dashboard_name = "${var.function_name}-dashboard-${data.aws_region.current.id}"

  dashboard_body = jsonencode({
    widgets = [
      {
        type   = "alarm"
        width  = 24
        height = 4
        properties = {
          title = "Alarms"
          alarms = [
            aws_cloudwatch_metric_alarm.errors.arn,
            aws_cloudwatch_metric_alarm.error_rate.arn,
            aws_cloudwatch_metric_alarm.throttles.arn,
            aws_cloudwatch_metric_alarm.duration.arn,
            aws_cloudwatch_metric_alarm.concurrent_executions.arn,
            aws_cloudwatch_metric_alarm.provisioned_concurrency_spillover.arn,
            aws_cloudwatch_metric_alarm.queue_age.arn,
            aws_cloudwatch_metric_alarm.dead_letters.arn,
            aws_cloudwatch_metric_alarm.async_events_dropped.arn,
            aws_cloudwatch_metric_alarm.async_event_age.arn,
            aws_cloudwatch_metric_alarm.destination_failures.arn,
            aws_cloudwatch_metric_alarm.url_5xx.arn,
          ]
        }
      },
      {
        type   = "metric"
        width  = 8
        height = 6
        properties = {
          title  = "Calls and errors"
          region = data.aws_region.current.id
          period = 300
          yAxis  = { left = { min = 0, label = "Count", showUnits = false } }
          metrics = [
            [
              "AWS/Lambda", "Invocations", "FunctionName", aws_lambda_function.this.function_name,
              { stat = "Sum", label = "Calls", id = "invocations" },
            ],
            [
              "AWS/Lambda", "Errors", "FunctionName", aws_lambda_function.this.function_name,
              { stat = "Sum", label = "Errors", id = "errors" },
            ],
            [{ expression = "100 * errors / invocations", label = "Error rate (%)", yAxis = "right" }],
          ]
        }
      },
      {
        type   = "metric"
        width  = 8
        height = 6
        properties = {
          title  = "Duration"
          region = data.aws_region.current.id
          period = 300
          yAxis  = { left = { min = 0, label = "ms", showUnits = false } }
          metrics = [
            [
              "AWS/Lambda", "Duration", "FunctionName", aws_lambda_function.this.function_name,
              { stat = "p50", label = "Half of the calls" },
            ],
            [
              "AWS/Lambda", "Duration", "FunctionName", aws_lambda_function.this.function_name,
              { stat = "p99", label = "99 % of the calls" },
            ],
            [
              "AWS/Lambda", "Duration", "FunctionName", aws_lambda_function.this.function_name,
              { stat = "Maximum", label = "Longest call" },
            ],
          ]
          annotations = {
            horizontal = [
              { label = "Timeout", value = (var.timeout * 1000) },
            ]
          }
        }
      },
      {
        type   = "metric"
        width  = 8
        height = 6
        properties = {
          title  = "Concurrency and throttles"
          region = data.aws_region.current.id
          period = 300
          yAxis  = { left = { min = 0, label = "Count", showUnits = false } }
          metrics = [
            [
              "AWS/Lambda", "ConcurrentExecutions", "FunctionName", aws_lambda_function.this.function_name,
              { stat = "Maximum", label = "Calls at once" },
            ],
            [
              "AWS/Lambda", "Throttles", "FunctionName", aws_lambda_function.this.function_name,
              { stat = "Sum", label = "Throttled calls" },
            ],
            [
              "AWS/Lambda", "ProvisionedConcurrencySpilloverInvocations", "FunctionName", aws_lambda_function.this.function_name,
              { stat = "Sum", label = "Beyond provisioned concurrency" },
            ],
          ]
          annotations = {
            horizontal = [
              { label = "Reservation", value = (coalesce(var.reserved_concurrent_executions, -1) > 0 ? var.reserved_concurrent_executions : 1000) },
            ]
          }
        }
      },
      {
        type   = "metric"
        width  = 8
        height = 6
        properties = {
          title  = "Queue of orders"
          region = data.aws_region.current.id
          period = 300
          yAxis  = { left = { min = 0, label = "Seconds", showUnits = false } }
          metrics = [
            [
              "AWS/SQS", "ApproximateAgeOfOldestMessage", "QueueName", aws_sqs_queue.orders.name,
              { stat = "Maximum", label = "Age of the oldest message (s)" },
            ],
            [
              "AWS/SQS", "ApproximateNumberOfMessagesVisible", "QueueName", aws_sqs_queue.orders.name,
              { stat = "Maximum", label = "Messages that wait", yAxis = "right" },
            ],
          ]
        }
      },
      {
        type   = "metric"
        width  = 8
        height = 6
        properties = {
          title  = "Dead letter queues"
          region = data.aws_region.current.id
          period = 300
          yAxis  = { left = { min = 0, label = "Count", showUnits = false } }
          metrics = [
            [
              "AWS/SQS", "ApproximateNumberOfMessagesVisible", "QueueName", aws_sqs_queue.orders_dead_letters.name,
              { stat = "Maximum", label = "Messages of orders" },
            ],
          ]
        }
      },
      {
        type   = "metric"
        width  = 8
        height = 6
        properties = {
          title  = "Asynchronous events"
          region = data.aws_region.current.id
          period = 300
          yAxis  = { left = { min = 0, label = "Count", showUnits = false } }
          metrics = [
            [
              "AWS/Lambda", "AsyncEventAge", "FunctionName", aws_lambda_function.this.function_name,
              { stat = "Maximum", label = "Age (ms)", yAxis = "right" },
            ],
            [
              "AWS/Lambda", "AsyncEventsDropped", "FunctionName", aws_lambda_function.this.function_name,
              { stat = "Sum", label = "Dropped" },
            ],
            [
              "AWS/Lambda", "DestinationDeliveryFailures", "FunctionName", aws_lambda_function.this.function_name,
              { stat = "Sum", label = "Not delivered to their destination" },
            ],
          ]
        }
      },
      {
        type   = "metric"
        width  = 8
        height = 6
        properties = {
          title  = "Answers with 5xx"
          region = data.aws_region.current.id
          period = 300
          yAxis  = { left = { min = 0, label = "Count", showUnits = false } }
          metrics = [
            [
              "AWS/Lambda", "Url5xxCount", "FunctionName", aws_lambda_function.this.function_name,
              { stat = "Sum", label = "Answers of the function's URL" },
            ],
          ]
        }
      },
      {
        type   = "log"
        width  = 24
        height = 8
        properties = {
          title  = "Latest errors in the logs"
          region = data.aws_region.current.id
          view   = "table"
          query = join(" | ", [
            "SOURCE '/aws/lambda/${var.function_name}'",
            "fields @timestamp, @message, @logStream",
            "filter @message like /(?i)(error|exception|timed out|status[^a-z]+timeout)/",
            "sort @timestamp desc",
            "limit 50",
          ])
        }
      },
    ]
  })
}
