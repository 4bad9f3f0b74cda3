# Made by tfgen from operations.yaml. Change that and render again, not this file.

resource "aws_sqs_queue" "orders_dead_letters" {
  name                      = local.names.orders_dead_letters
  message_retention_seconds = 1209600
  sqs_managed_sse_enabled   = true
  tags                      = var.tags
}

resource "aws_sqs_queue" "orders" {
  name = "${var.function_name}-orders"
  # As Lambda asks for: six times the function's timeout, and the batching window on top.
  visibility_timeout_seconds = 6 * var.timeout
  sqs_managed_sse_enabled    = true
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.orders_dead_letters.arn
    maxReceiveCount     = 5
  })
  tags = var.tags
}

# No other queue may send its failures there.
resource "aws_sqs_queue_redrive_allow_policy" "orders" {
  queue_url = aws_sqs_queue.orders_dead_letters.id

  redrive_allow_policy = jsonencode({
    redrivePermission = "byQueue"
    sourceQueueArns   = [aws_sqs_queue.orders.arn]
  })
}

resource "aws_lambda_event_source_mapping" "orders" {
  function_name    = aws_lambda_alias.this.arn
  event_source_arn = aws_sqs_queue.orders.arn
  tags             = var.tags

  # Lambda checks the role's permissions when the mapping is made.
  depends_on = [aws_iam_role_policy.this]
}

resource "aws_cloudwatch_event_rule" "refunds" {
  name = local.names.refunds
  event_pattern = jsonencode({
    source = ["shop.refunds"]
  })
  tags = var.tags
}

resource "aws_cloudwatch_event_target" "refunds" {
  rule      = aws_cloudwatch_event_rule.refunds.name
  target_id = "function"
  arn       = aws_lambda_alias.this.arn
}

# EventBridge may invoke the function for this rule alone.
resource "aws_lambda_permission" "refunds" {
  statement_id  = "trigger-refunds"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.this.arn
  qualifier     = aws_lambda_alias.this.name
  principal     = "events.amazonaws.com"
  source_arn    = aws_cloudwatch_event_rule.refunds.arn
}
