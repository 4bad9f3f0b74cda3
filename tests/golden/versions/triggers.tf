# Made by tfgen from versions.yaml. Change that and render again, not this file.

resource "aws_sns_topic_subscription" "sns" {
  topic_arn = var.uploads_topic_arn
  protocol  = "lambda"
  endpoint  = aws_lambda_alias.this.arn

  # SNS does not try a message again for which it has no permission.
  depends_on = [aws_lambda_permission.sns]
}

# SNS may invoke the function for this topic alone.
resource "aws_lambda_permission" "sns" {
  statement_id  = "trigger-sns"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.this.arn
  qualifier     = aws_lambda_alias.this.name
  principal     = "sns.amazonaws.com"
  source_arn    = var.uploads_topic_arn
}

resource "aws_cloudwatch_event_rule" "replay" {
  name = local.names.replay
  event_pattern = jsonencode({
    source = ["archive"]
  })
  tags = var.tags
}

resource "aws_cloudwatch_event_target" "replay" {
  rule      = aws_cloudwatch_event_rule.replay.name
  target_id = "function"
  arn       = "${aws_lambda_function.this.arn}:1"
}

# EventBridge may invoke the function for this rule alone.
resource "aws_lambda_permission" "replay" {
  statement_id  = "trigger-replay"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.this.arn
  qualifier     = "1"
  principal     = "events.amazonaws.com"
  source_arn    = aws_cloudwatch_event_rule.replay.arn
}
