# Made by tfgen from dashboard.yaml. Change that and render again, not this file.

resource "aws_lambda_event_source_mapping" "scans" {
  function_name     = aws_lambda_function.this.arn
  event_source_arn  = var.scans_stream_arn
  starting_position = "TRIM_HORIZON"
  tags              = var.tags

  # Lambda checks the role's permissions when the mapping is made.
  depends_on = [aws_iam_role_policy.this]
}

resource "aws_lambda_event_source_mapping" "labels" {
  function_name    = aws_lambda_function.this.arn
  event_source_arn = var.labels_queue_arn
  tags             = var.tags

  # Lambda checks the role's permissions when the mapping is made.
  depends_on = [aws_iam_role_policy.this]
}

resource "aws_sqs_queue" "pickups_dead_letters" {
  name                      = local.names.pickups_dead_letters
  message_retention_seconds = 1209600
  sqs_managed_sse_enabled   = true
  tags                      = var.tags
}

resource "aws_sqs_queue" "pickups" {
  name = "${var.function_name}-pickups"
  # As Lambda asks for: six times the function's timeout, and the batching window on top.
  visibility_timeout_seconds = 6 * var.timeout
  sqs_managed_sse_enabled    = true
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.pickups_dead_letters.arn
    maxReceiveCount     = 5
  })
  tags = var.tags
}

# No other queue may send its failures there.
resource "aws_sqs_queue_redrive_allow_policy" "pickups" {
  queue_url = aws_sqs_queue.pickups_dead_letters.id

  redrive_allow_policy = jsonencode({
    redrivePermission = "byQueue"
    sourceQueueArns   = [aws_sqs_queue.pickups.arn]
  })
}

resource "aws_lambda_event_source_mapping" "pickups" {
  function_name    = aws_lambda_function.this.arn
  event_source_arn = aws_sqs_queue.pickups.arn
  tags             = var.tags

  # Lambda checks the role's permissions when the mapping is made.
  depends_on = [aws_iam_role_policy.this]
}

resource "aws_sns_topic_subscription" "delays" {
  topic_arn = var.delays_topic_arn
  protocol  = "lambda"
  endpoint  = aws_lambda_function.this.arn
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.delays_dead_letters.arn
  })

  # SNS does not try a message again for which it has no permission.
  depends_on = [aws_lambda_permission.delays]
}

# SNS may invoke the function for this topic alone.
resource "aws_lambda_permission" "delays" {
  statement_id  = "trigger-delays"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.this.arn
  principal     = "sns.amazonaws.com"
  source_arn    = var.delays_topic_arn
}

resource "aws_sqs_queue" "delays_dead_letters" {
  name                      = local.names.delays_dead_letters
  message_retention_seconds = 1209600
  sqs_managed_sse_enabled   = true
  tags                      = var.tags
}

# The sender has no role, so the queue's own policy must let it in.
data "aws_iam_policy_document" "delays_dead_letters" {
  statement {
    sid       = "SendDeadLettersForDelays"
    actions   = ["sqs:SendMessage"]
    resources = [aws_sqs_queue.delays_dead_letters.arn]

    principals {
      type        = "Service"
      identifiers = ["sns.amazonaws.com"]
    }

    condition {
      test     = "ArnEquals"
      variable = "aws:SourceArn"
      values   = [var.delays_topic_arn]
    }
  }
}

resource "aws_sqs_queue_policy" "delays_dead_letters" {
  queue_url = aws_sqs_queue.delays_dead_letters.id
  policy    = data.aws_iam_policy_document.delays_dead_letters.json
}
