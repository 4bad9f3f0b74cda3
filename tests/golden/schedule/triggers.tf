# Made by tfgen from schedule.yaml. Change that and render again, not this file.

resource "aws_scheduler_schedule" "morning" {
  # checkov:skip=CKV_AWS_297:the input of the move is no secret, so EventBridge's own key will do
  name                         = local.names.morning
  group_name                   = var.schedule_group
  description                  = "Every working day at six in the morning"
  schedule_expression          = "cron(0 6 ? * MON-FRI *)"
  schedule_expression_timezone = "Europe/Berlin"
  start_date                   = "2030-01-01T00:00:00Z"
  end_date                     = "2030-12-31T23:00:00Z"
  state                        = "ENABLED"
  kms_key_arn                  = var.input_key_arn

  flexible_time_window {
    mode                      = "FLEXIBLE"
    maximum_window_in_minutes = 15
  }

  target {
    arn      = aws_lambda_function.this.arn
    role_arn = aws_iam_role.morning_invoker.arn
    input = jsonencode({
      task = "tidy"
      shop = var.shop
    })

    dead_letter_config {
      arn = aws_sqs_queue.morning_dead_letters.arn
    }

    retry_policy {
      maximum_event_age_in_seconds = 3600
      maximum_retry_attempts       = 10
    }
  }

  # The role must be able to invoke the function as long as there is a schedule that does so.
  depends_on = [aws_iam_role_policy.morning_invoker]
}

# Scheduler tells the group on whose behalf it assumes the role, not the schedule.
data "aws_iam_policy_document" "morning_trust" {
  statement {
    sid     = "AssumedByScheduler"
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["scheduler.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [data.aws_caller_identity.current.account_id]
    }

    condition {
      test     = "ArnEquals"
      variable = "aws:SourceArn"
      values   = ["arn:${data.aws_partition.current.partition}:scheduler:${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}:schedule-group/${var.schedule_group}"]
    }
  }
}

resource "aws_iam_role" "morning_invoker" {
  name               = local.names.morning_invoker
  description        = "Invokes the Lambda function ${var.function_name}"
  assume_role_policy = data.aws_iam_policy_document.morning_trust.json
  tags               = var.tags
}

data "aws_iam_policy_document" "morning_invoker" {
  statement {
    sid       = "InvokeFunction"
    actions   = ["lambda:InvokeFunction"]
    resources = [aws_lambda_function.this.arn]
  }

  # dead_letter_config: what could not be delivered.
  statement {
    sid       = "SendDeadLetters"
    actions   = ["sqs:SendMessage"]
    resources = [aws_sqs_queue.morning_dead_letters.arn]
  }

  # dead_letter_config: the key that encrypts the queue.
  statement {
    sid       = "EncryptDeadLetters"
    actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
    resources = [var.dead_letters_key_arn]
  }

  # kms_key_arn: the key that encrypts the input.
  statement {
    sid       = "DecryptInput"
    actions   = ["kms:Decrypt"]
    resources = [var.input_key_arn]
  }
}

resource "aws_iam_role_policy" "morning_invoker" {
  name   = "invoke"
  role   = aws_iam_role.morning_invoker.id
  policy = data.aws_iam_policy_document.morning_invoker.json
}

resource "aws_sqs_queue" "morning_dead_letters" {
  name                      = local.names.morning_dead_letters
  message_retention_seconds = 604800
  kms_master_key_id         = var.dead_letters_key_arn
  tags                      = var.tags
}

resource "aws_scheduler_schedule" "move" {
  # checkov:skip=CKV_AWS_297:the input of the move is no secret, so EventBridge's own key will do
  name                = local.names.move
  schedule_expression = "at(2030-07-01T03:00:00)"

  flexible_time_window {
    mode = "OFF"
  }

  target {
    arn      = aws_lambda_function.this.arn
    role_arn = aws_iam_role.move_invoker.arn
    input = jsonencode({
      task = "move"
    })

    dead_letter_config {
      arn = var.dead_letters_arn
    }
  }

  # The role must be able to invoke the function as long as there is a schedule that does so.
  depends_on = [aws_iam_role_policy.move_invoker]
}

# Scheduler tells the group on whose behalf it assumes the role, not the schedule.
data "aws_iam_policy_document" "move_trust" {
  statement {
    sid     = "AssumedByScheduler"
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["scheduler.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [data.aws_caller_identity.current.account_id]
    }

    condition {
      test     = "ArnEquals"
      variable = "aws:SourceArn"
      values   = ["arn:${data.aws_partition.current.partition}:scheduler:${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}:schedule-group/default"]
    }
  }
}

resource "aws_iam_role" "move_invoker" {
  name               = local.names.move_invoker
  description        = "Invokes the Lambda function ${var.function_name}"
  assume_role_policy = data.aws_iam_policy_document.move_trust.json
  tags               = var.tags
}

data "aws_iam_policy_document" "move_invoker" {
  statement {
    sid       = "InvokeFunction"
    actions   = ["lambda:InvokeFunction"]
    resources = [aws_lambda_function.this.arn]
  }

  # dead_letter_config: what could not be delivered.
  statement {
    sid       = "SendDeadLetters"
    actions   = ["sqs:SendMessage"]
    resources = [var.dead_letters_arn]
  }
}

resource "aws_iam_role_policy" "move_invoker" {
  name   = "invoke"
  role   = aws_iam_role.move_invoker.id
  policy = data.aws_iam_policy_document.move_invoker.json
}

resource "aws_cloudwatch_event_rule" "hourly" {
  name                = local.names.hourly
  schedule_expression = "rate(1 hour)"
  tags                = var.tags
}

resource "aws_cloudwatch_event_target" "hourly" {
  rule      = aws_cloudwatch_event_rule.hourly.name
  target_id = "function"
  arn       = aws_lambda_function.this.arn
  input = jsonencode({
    task = "count"
  })

  retry_policy {
    maximum_retry_attempts = 2
  }
}

# EventBridge may invoke the function for this rule alone.
resource "aws_lambda_permission" "hourly" {
  statement_id  = "trigger-hourly"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.this.arn
  principal     = "events.amazonaws.com"
  source_arn    = aws_cloudwatch_event_rule.hourly.arn
}
