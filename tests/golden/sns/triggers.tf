# Made by tfgen from sns.yaml. Change that and render again, not this file.

resource "aws_sns_topic_subscription" "orders" {
  topic_arn = var.orders_topic_arn
  protocol  = "lambda"
  endpoint  = aws_lambda_function.this.arn
  filter_policy = jsonencode({
    event = ["order_placed", "order_cancelled"]
    total = [{ numeric = [">=", 100] }]
    shop  = [var.shop]
  })
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.orders_dead_letters.arn
  })

  # SNS does not try a message again for which it has no permission.
  depends_on = [aws_lambda_permission.orders]
}

# SNS may invoke the function for this topic alone.
resource "aws_lambda_permission" "orders" {
  statement_id  = "trigger-orders"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.this.arn
  principal     = "sns.amazonaws.com"
  source_arn    = var.orders_topic_arn
}

resource "aws_sqs_queue" "orders_dead_letters" {
  name                      = local.names.orders_dead_letters
  message_retention_seconds = 604800
  kms_master_key_id         = var.dead_letters_key_arn
  tags                      = var.tags
}

# The sender has no role, so the queue's own policy must let it in.
data "aws_iam_policy_document" "orders_dead_letters" {
  statement {
    sid       = "SendDeadLettersForOrders"
    actions   = ["sqs:SendMessage"]
    resources = [aws_sqs_queue.orders_dead_letters.arn]

    principals {
      type        = "Service"
      identifiers = ["sns.amazonaws.com"]
    }

    condition {
      test     = "ArnEquals"
      variable = "aws:SourceArn"
      values   = [var.orders_topic_arn]
    }
  }
}

resource "aws_sqs_queue_policy" "orders_dead_letters" {
  queue_url = aws_sqs_queue.orders_dead_letters.id
  policy    = data.aws_iam_policy_document.orders_dead_letters.json
}

resource "aws_sns_topic_subscription" "uploads" {
  topic_arn = "arn:${data.aws_partition.current.partition}:sns:${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}:uploads"
  protocol  = "lambda"
  endpoint  = aws_lambda_function.this.arn
  filter_policy = jsonencode({
    detail = {
      object = {
        key = [{ prefix = "reports/" }]
      }
    }
  })
  filter_policy_scope = "MessageBody"
  redrive_policy = jsonencode({
    deadLetterTargetArn = var.dead_letters_arn
  })

  # SNS does not try a message again for which it has no permission.
  depends_on = [aws_lambda_permission.uploads]
}

# SNS may invoke the function for this topic alone.
resource "aws_lambda_permission" "uploads" {
  statement_id  = "trigger-uploads"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.this.arn
  principal     = "sns.amazonaws.com"
  source_arn    = "arn:${data.aws_partition.current.partition}:sns:${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}:uploads"
}

# The sender has no role, so the queue's own policy must let it in.
data "aws_iam_policy_document" "uploads_dead_letters" {
  statement {
    sid       = "SendDeadLettersForUploads"
    actions   = ["sqs:SendMessage"]
    resources = [var.dead_letters_arn]

    principals {
      type        = "Service"
      identifiers = ["sns.amazonaws.com"]
    }

    condition {
      test     = "ArnEquals"
      variable = "aws:SourceArn"
      values   = ["arn:${data.aws_partition.current.partition}:sns:${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}:uploads"]
    }
  }
}
