# Made by tfgen from dashboard.yaml. Change that and render again, not this file.

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

resource "aws_cloudwatch_metric_alarm" "iterator_age" {
  alarm_name          = "${var.function_name}-iterator-age"
  alarm_description   = "The function is behind its stream; what is older than the stream keeps is lost: at least 15 minutes (highest of 5 minutes)."
  namespace           = "AWS/Lambda"
  metric_name         = "IteratorAge"
  statistic           = "Maximum"
  period              = 300
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = 900000
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
  alarm_actions       = var.alarm_actions
  ok_actions          = var.ok_actions
  tags                = var.tags

  dimensions = {
    FunctionName = aws_lambda_function.this.function_name
  }
}

resource "aws_cloudwatch_metric_alarm" "queue_age_labels" {
  alarm_name          = "${var.function_name}-queue-age-labels"
  alarm_description   = "Messages wait long in the function's queue (labels): at least 15 minutes (highest of 5 minutes)."
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
    QueueName = element(split(":", var.labels_queue_arn), 5)
  }
}

resource "aws_cloudwatch_metric_alarm" "queue_age_pickups" {
  alarm_name          = "${var.function_name}-queue-age-pickups"
  alarm_description   = "Messages wait long in the function's queue (pickups): at least 15 minutes (highest of 5 minutes)."
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
    QueueName = aws_sqs_queue.pickups.name
  }
}

resource "aws_cloudwatch_metric_alarm" "dead_letters_pickups" {
  alarm_name          = "${var.function_name}-dead-letters-pickups"
  alarm_description   = "The dead letter queue holds what failed for good, in the function or on the way to it (pickups): at least 1 message (highest of 5 minutes)."
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
    QueueName = aws_sqs_queue.pickups_dead_letters.name
  }
}

resource "aws_cloudwatch_metric_alarm" "dead_letters_delays" {
  alarm_name          = "${var.function_name}-dead-letters-delays"
  alarm_description   = "The dead letter queue holds what failed for good, in the function or on the way to it (delays): at least 1 message (highest of 5 minutes)."
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
    QueueName = aws_sqs_queue.delays_dead_letters.name
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
            aws_cloudwatch_metric_alarm.iterator_age.arn,
            aws_cloudwatch_metric_alarm.queue_age_labels.arn,
            aws_cloudwatch_metric_alarm.queue_age_pickups.arn,
            aws_cloudwatch_metric_alarm.dead_letters_pickups.arn,
            aws_cloudwatch_metric_alarm.dead_letters_delays.arn,
            aws_cloudwatch_metric_alarm.async_events_dropped.arn,
            aws_cloudwatch_metric_alarm.async_event_age.arn,
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
          title  = "Stream"
          region = data.aws_region.current.id
          period = 300
          yAxis  = { left = { min = 0, label = "ms", showUnits = false } }
          metrics = [
            [
              "AWS/Lambda", "IteratorAge", "FunctionName", aws_lambda_function.this.function_name,
              { stat = "Maximum", label = "Age of the last record read" },
            ],
          ]
        }
      },
      {
        type   = "metric"
        width  = 8
        height = 6
        properties = {
          title  = "Queue of labels"
          region = data.aws_region.current.id
          period = 300
          yAxis  = { left = { min = 0, label = "Seconds", showUnits = false } }
          metrics = [
            [
              "AWS/SQS", "ApproximateAgeOfOldestMessage", "QueueName", element(split(":", var.labels_queue_arn), 5),
              { stat = "Maximum", label = "Age of the oldest message (s)" },
            ],
            [
              "AWS/SQS", "ApproximateNumberOfMessagesVisible", "QueueName", element(split(":", var.labels_queue_arn), 5),
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
          title  = "Queue of pickups"
          region = data.aws_region.current.id
          period = 300
          yAxis  = { left = { min = 0, label = "Seconds", showUnits = false } }
          metrics = [
            [
              "AWS/SQS", "ApproximateAgeOfOldestMessage", "QueueName", aws_sqs_queue.pickups.name,
              { stat = "Maximum", label = "Age of the oldest message (s)" },
            ],
            [
              "AWS/SQS", "ApproximateNumberOfMessagesVisible", "QueueName", aws_sqs_queue.pickups.name,
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
              "AWS/SQS", "ApproximateNumberOfMessagesVisible", "QueueName", aws_sqs_queue.pickups_dead_letters.name,
              { stat = "Maximum", label = "Messages of pickups" },
            ],
            [
              "AWS/SQS", "ApproximateNumberOfMessagesVisible", "QueueName", aws_sqs_queue.delays_dead_letters.name,
              { stat = "Maximum", label = "Messages of delays" },
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
