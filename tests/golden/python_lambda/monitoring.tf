# Made by tfgen from python_lambda.yaml. Change that and render again, not this file.

resource "aws_cloudwatch_metric_alarm" "duration" {
  alarm_name          = "${var.function_name}-duration"
  alarm_description   = "Calls take nearly as long as they may before they are cut off: more than 25 seconds (highest of 1 minute), 2 times in a row."
  namespace           = "AWS/Lambda"
  metric_name         = "Duration"
  statistic           = "Maximum"
  period              = 60
  comparison_operator = "GreaterThanThreshold"
  threshold           = 25000
  evaluation_periods  = 2
  treat_missing_data  = "notBreaching"
  alarm_actions       = var.alarm_actions
  ok_actions          = var.ok_actions
  tags                = local.tags

  dimensions = {
    FunctionName = aws_lambda_function.this.function_name
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
  tags                = local.tags

  dimensions = {
    FunctionName = aws_lambda_function.this.function_name
  }
}
