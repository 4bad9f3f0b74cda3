# Made by tfgen from eventbridge.yaml. Change that and render again, not this file.

resource "aws_cloudwatch_event_rule" "orders" {
  name           = local.names.orders
  description    = "Orders that were paid"
  event_bus_name = var.bus_name
  event_pattern = jsonencode({
    source      = ["shop.orders"]
    detail-type = ["OrderPaid"]
    detail = {
      total   = [{ numeric = [">=", 100] }]
      country = [{ anything-but = ["XX"] }]
    }
  })
  tags = var.tags
}

resource "aws_cloudwatch_event_target" "orders" {
  rule           = aws_cloudwatch_event_rule.orders.name
  event_bus_name = aws_cloudwatch_event_rule.orders.event_bus_name
  target_id      = "function"
  arn            = aws_lambda_function.this.arn

  dead_letter_config {
    arn = aws_sqs_queue.orders_dead_letters.arn
  }

  input_transformer {
    input_paths = {
      order = "$.detail.id"
      total = "$.detail.total"
    }
    input_template = "{\"order\": <order>, \"total\": <total>}"
  }

  retry_policy {
    maximum_event_age_in_seconds = 3600
    maximum_retry_attempts       = 10
  }
}

# EventBridge may invoke the function for this rule alone.
resource "aws_lambda_permission" "orders" {
  statement_id  = "trigger-orders"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.this.arn
  principal     = "events.amazonaws.com"
  source_arn    = aws_cloudwatch_event_rule.orders.arn
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
      identifiers = ["events.amazonaws.com"]
    }

    condition {
      test     = "ArnEquals"
      variable = "aws:SourceArn"
      values   = [aws_cloudwatch_event_rule.orders.arn]
    }
  }
}

resource "aws_sqs_queue_policy" "orders_dead_letters" {
  queue_url = aws_sqs_queue.orders_dead_letters.id
  policy    = data.aws_iam_policy_document.orders_dead_letters.json
}

resource "aws_cloudwatch_event_rule" "returns" {
  name = local.names.returns
  event_pattern = jsonencode({
    source      = ["shop.${var.shop}"]
    detail-type = ["OrderReturned"]
    detail = {
      voucher = [null]
    }
  })
  tags = var.tags
}

resource "aws_cloudwatch_event_target" "returns" {
  rule      = aws_cloudwatch_event_rule.returns.name
  target_id = "function"
  arn       = aws_lambda_function.this.arn
  input = jsonencode({
    kind   = "return"
    shop   = var.shop
    urgent = true
  })

  dead_letter_config {
    arn = var.dead_letters_arn
  }
}

# EventBridge may invoke the function for this rule alone.
resource "aws_lambda_permission" "returns" {
  statement_id  = "trigger-returns"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.this.arn
  principal     = "events.amazonaws.com"
  source_arn    = aws_cloudwatch_event_rule.returns.arn
}

# The sender has no role, so the queue's own policy must let it in.
data "aws_iam_policy_document" "returns_dead_letters" {
  statement {
    sid       = "SendDeadLettersForReturns"
    actions   = ["sqs:SendMessage"]
    resources = [var.dead_letters_arn]

    principals {
      type        = "Service"
      identifiers = ["events.amazonaws.com"]
    }

    condition {
      test     = "ArnEquals"
      variable = "aws:SourceArn"
      values   = [aws_cloudwatch_event_rule.returns.arn]
    }
  }
}

resource "aws_cloudwatch_event_rule" "audit" {
  name = local.names.audit
  event_pattern = jsonencode({
    source = ["aws.iam"]
    detail = {
      eventName = [{ prefix = "Delete" }]
    }
  })
  state = "ENABLED"
  tags  = var.tags
}

resource "aws_cloudwatch_event_target" "audit" {
  rule       = aws_cloudwatch_event_rule.audit.name
  target_id  = "function"
  arn        = aws_lambda_function.this.arn
  input_path = "$.detail"
}

# EventBridge may invoke the function for this rule alone.
resource "aws_lambda_permission" "audit" {
  statement_id  = "trigger-audit"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.this.arn
  principal     = "events.amazonaws.com"
  source_arn    = aws_cloudwatch_event_rule.audit.arn
}
