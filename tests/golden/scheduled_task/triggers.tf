# Made by tfgen from scheduled_task.yaml. Change that and render again, not this file.

resource "aws_cloudwatch_event_rule" "daily_report" {
  name                = local.names.daily_report
  description         = "Trigger daily report generation"
  schedule_expression = "cron(0 8 * * ? *)"
  tags                = local.tags
}

resource "aws_cloudwatch_event_target" "daily_report" {
  rule      = aws_cloudwatch_event_rule.daily_report.name
  target_id = "function"
  arn       = aws_lambda_function.this.arn
  input = jsonencode({
    report_type = "daily"
    format      = "pdf"
  })
}

# EventBridge may invoke the function for this rule alone.
resource "aws_lambda_permission" "daily_report" {
  statement_id  = "trigger-daily-report"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.this.arn
  principal     = "events.amazonaws.com"
  source_arn    = aws_cloudwatch_event_rule.daily_report.arn
}
