# Made by tfgen from scheduled_task.yaml. Change that and render again, not this file.

locals {
  # What the triggers' resources are called. IAM and other services take shorter names than these may be:
  # such a name is cut in the middle, and a hash keeps what was cut apart.
  trigger_names = {
    for key, name in {
      daily_report = { full = "${var.function_name}-daily-report", longest = 64, ends = 27 }
    } :
    key => length(name.full) <= name.longest ? name.full : join("-", [
      substr(name.full, 0, name.ends),
      substr(sha256(name.full), 0, 8),
      substr(name.full, -name.ends, name.ends),
    ])
  }
}

resource "aws_cloudwatch_event_rule" "daily_report" {
  name                = local.trigger_names.daily_report
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
