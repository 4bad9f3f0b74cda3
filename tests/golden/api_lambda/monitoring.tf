# Made by tfgen from api_lambda.yaml. Change that and render again, not this file.

resource "aws_cloudwatch_query_definition" "errors" {
  name            = "${var.function_name}/errors"
  log_group_names = [aws_cloudwatch_log_group.this.name]
  query_string = join("\n", [
    "fields @timestamp, @requestId, @message",
    "| filter @message like /ERROR|CRITICAL|FATAL|Exception|Task timed out|Status: (error|timeout)/",
    "| sort @timestamp desc",
    "| limit 50",
  ])
}

resource "aws_cloudwatch_query_definition" "slowest" {
  name            = "${var.function_name}/slowest"
  log_group_names = [aws_cloudwatch_log_group.this.name]
  query_string = join("\n", [
    "filter @type = \"REPORT\"",
    "| fields @timestamp, @requestId, @duration, @billedDuration, @initDuration",
    "| sort @duration desc",
    "| limit 25",
  ])
}

resource "aws_cloudwatch_query_definition" "cold_starts" {
  name            = "${var.function_name}/cold_starts"
  log_group_names = [aws_cloudwatch_log_group.this.name]
  query_string = join("\n", [
    "filter @type = \"REPORT\"",
    "| stats count(*) as calls, count(@initDuration) as cold_starts,",
    "  avg(@initDuration) as average_ms, max(@initDuration) as longest_ms",
    "  by bin(1h)",
  ])
}

resource "aws_cloudwatch_query_definition" "memory" {
  name            = "${var.function_name}/memory"
  log_group_names = [aws_cloudwatch_log_group.this.name]
  query_string = join("\n", [
    "filter @type = \"REPORT\"",
    "| stats max(@memorySize / 1000 / 1000) as given_mb,",
    "  avg(@maxMemoryUsed / 1000 / 1000) as average_mb,",
    "  max(@maxMemoryUsed / 1000 / 1000) as most_mb,",
    "  given_mb - most_mb as spare_mb",
    "  by bin(1h)",
  ])
}

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
  tags                = local.tags

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
  tags                = local.tags

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
  tags                = local.tags

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
  tags               = local.tags

  dimensions = {
    FunctionName = aws_lambda_function.this.function_name
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
  tags                = local.tags

  dimensions = {
    QueueName = try(element(split(":", local.dead_letter_config.target_arn), 5), "none")
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
  tags                = local.tags

  dimensions = {
    FunctionName = aws_lambda_function.this.function_name
  }
}

resource "aws_cloudwatch_metric_alarm" "http_5xx" {
  alarm_name          = "${var.function_name}-http-5xx"
  alarm_description   = "Requests are answered with a server error (rest): at least 1 5xx answer in 5 minutes."
  namespace           = "AWS/ApiGateway"
  metric_name         = "5XXError"
  statistic           = "Sum"
  period              = 300
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = 1
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
  alarm_actions       = var.alarm_actions
  ok_actions          = var.ok_actions
  tags                = local.tags

  dimensions = {
    ApiName = aws_api_gateway_rest_api.rest.name
  }
}
