# Made by tfgen from alarms.yaml. Change that and render again, not this file.

resource "aws_cloudwatch_metric_alarm" "errors" {
  alarm_name          = "${var.function_name}-errors"
  alarm_description   = "Calls of the function fail: at least 3 errors in 1 minute, 2 of 5 times."
  namespace           = "AWS/Lambda"
  metric_name         = "Errors"
  statistic           = "Sum"
  period              = 60
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = 3
  evaluation_periods  = 5
  datapoints_to_alarm = 2
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
  alarm_description   = "A large share of the calls fails: at least 2.5 % of the calls in 5 minutes with 20 calls or more, 2 times in a row."
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = 2.5
  evaluation_periods  = 2
  treat_missing_data  = "notBreaching"
  alarm_actions       = var.alarm_actions
  ok_actions          = var.ok_actions
  tags                = var.tags

  # Of few calls, one that fails would be a large share.
  metric_query {
    id          = "error_rate"
    label       = "Error rate (%)"
    expression  = "IF(invocations >= 20, 100 * errors / invocations, 0)"
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

resource "aws_cloudwatch_metric_alarm" "duration" {
  alarm_name          = "${var.function_name}-duration"
  alarm_description   = "Calls take nearly as long as they may before they are cut off: at least 75 % of the function's timeout (p99 of 5 minutes)."
  namespace           = "AWS/Lambda"
  metric_name         = "Duration"
  extended_statistic  = "p99"
  period              = 300
  comparison_operator = "GreaterThanOrEqualToThreshold"
  # 75 % of the function's timeout, in milliseconds.
  threshold          = var.timeout * 1000 * 75 / 100
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

resource "aws_cloudwatch_metric_alarm" "queue_age" {
  alarm_name          = "${var.function_name}-queue-age"
  alarm_description   = "Customers wait for their invoices. Call whoever is on call for orders as well."
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateAgeOfOldestMessage"
  statistic           = "Maximum"
  period              = 300
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = var.longest_wait
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
  alarm_actions       = [var.orders_topic_arn]
  ok_actions          = []
  tags                = var.tags

  dimensions = {
    QueueName = aws_sqs_queue.orders.name
  }
}

resource "aws_cloudwatch_metric_alarm" "dead_letters" {
  alarm_name          = "${var.function_name}-dead-letters"
  alarm_description   = "The dead letter queue holds what failed for good, in the function or on the way to it: at least 1 message (highest of 5 minutes)."
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
    QueueName = try(element(split(":", local.dead_letter_config.target_arn), 5), "none")
  }
}

resource "aws_cloudwatch_metric_alarm" "dead_letters_orders" {
  alarm_name          = "${var.function_name}-dead-letters-orders"
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

resource "aws_cloudwatch_metric_alarm" "dead_letter_errors" {
  alarm_name          = "${var.function_name}-dead-letter-errors"
  alarm_description   = "Events that failed do not reach the dead letter target, and are lost: at least 1 event in 5 minutes."
  namespace           = "AWS/Lambda"
  metric_name         = "DeadLetterErrors"
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

resource "aws_cloudwatch_metric_alarm" "http_5xx" {
  alarm_name          = "${var.function_name}-http-5xx"
  alarm_description   = "Requests are answered with a server error (api): at least 1 5xx answer in 5 minutes."
  namespace           = "AWS/ApiGateway"
  metric_name         = "5xx"
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
    ApiId = aws_apigatewayv2_api.api.id
  }
}

resource "aws_cloudwatch_metric_alarm" "invocations" {
  alarm_name          = "${var.function_name}-invocations"
  alarm_description   = "The function is called more often than there is a budget for: more than 10000 calls in 5 minutes, 2 times in a row."
  namespace           = "AWS/Lambda"
  metric_name         = "Invocations"
  statistic           = "Sum"
  period              = 300
  comparison_operator = "GreaterThanThreshold"
  threshold           = 10000
  evaluation_periods  = 2
  treat_missing_data  = "notBreaching"
  alarm_actions       = var.alarm_actions
  ok_actions          = var.ok_actions
  tags                = var.tags

  dimensions = {
    FunctionName = aws_lambda_function.this.function_name
  }
}

resource "aws_cloudwatch_metric_alarm" "no_invoices" {
  alarm_name          = "${var.function_name}-no-invoices"
  alarm_description   = "Written: less than 1 in 1 hour, 24 times in a row."
  namespace           = "Invoices"
  metric_name         = "Written"
  statistic           = "Sum"
  period              = 3600
  comparison_operator = "LessThanThreshold"
  threshold           = 1
  evaluation_periods  = 24
  treat_missing_data  = "breaching"
  actions_enabled     = var.in_production
  alarm_actions       = var.alarm_actions
  ok_actions          = var.ok_actions
  tags                = var.tags

  dimensions = {
    Service = "invoices"
  }
}
