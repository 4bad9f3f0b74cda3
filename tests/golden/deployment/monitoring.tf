# Made by tfgen from deployment.yaml. Change that and render again, not this file.

# By the function's name alone, metrics count all of its versions and aliases: whichever a call goes to, an alarm
# sees it fail.
resource "aws_cloudwatch_metric_alarm" "errors" {
  alarm_name          = "${var.function_name}-errors"
  alarm_description   = "Calls of the function fail: at least 3 errors in 1 minute."
  namespace           = "AWS/Lambda"
  metric_name         = "Errors"
  statistic           = "Sum"
  period              = 60
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = 3
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
  alarm_description   = "Calls take nearly as long as they may before they are cut off: at least 90 % of the function's timeout (highest of 1 minute)."
  namespace           = "AWS/Lambda"
  metric_name         = "Duration"
  statistic           = "Maximum"
  period              = 60
  comparison_operator = "GreaterThanOrEqualToThreshold"
  # 90 % of the function's timeout, in milliseconds.
  threshold          = var.timeout * 1000 * 90 / 100
  evaluation_periods = 1
  treat_missing_data = "notBreaching"
  alarm_actions      = var.alarm_actions
  ok_actions         = var.ok_actions
  tags               = var.tags

  dimensions = {
    FunctionName = aws_lambda_function.this.function_name
  }
}
