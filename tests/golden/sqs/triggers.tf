# Made by tfgen from sqs.yaml. Change that and render again, not this file.

resource "aws_sqs_queue" "jobs_dead_letters" {
  name                      = local.names.jobs_dead_letters
  message_retention_seconds = 604800
  sqs_managed_sse_enabled   = true
  tags                      = var.tags
}

resource "aws_sqs_queue" "jobs" {
  name = "${var.function_name}-jobs"
  # As Lambda asks for: six times the function's timeout, and the batching window on top.
  visibility_timeout_seconds = 6 * var.timeout + 5
  message_retention_seconds  = 345600
  delay_seconds              = 5
  max_message_size           = 65536
  receive_wait_time_seconds  = 20
  sqs_managed_sse_enabled    = true
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.jobs_dead_letters.arn
    maxReceiveCount     = 3
  })
  tags = var.tags
}

# No other queue may send its failures there.
resource "aws_sqs_queue_redrive_allow_policy" "jobs" {
  queue_url = aws_sqs_queue.jobs_dead_letters.id

  redrive_allow_policy = jsonencode({
    redrivePermission = "byQueue"
    sourceQueueArns   = [aws_sqs_queue.jobs.arn]
  })
}

resource "aws_lambda_event_source_mapping" "jobs" {
  function_name                      = aws_lambda_function.this.arn
  event_source_arn                   = aws_sqs_queue.jobs.arn
  batch_size                         = 100
  maximum_batching_window_in_seconds = 5
  function_response_types            = ["ReportBatchItemFailures"]
  tags                               = var.tags

  filter_criteria {
    filter {
      pattern = jsonencode({
        body = {
          status = ["paid", "refunded"]
          amount = [{ numeric = [">", 0] }]
        }
      })
    }

    filter {
      pattern = jsonencode({
        body = {
          source = [var.shop]
        }
      })
    }
  }

  metrics_config {
    metrics = ["EventCount"]
  }

  scaling_config {
    maximum_concurrency = 20
  }

  # Lambda checks the role's permissions when the mapping is made.
  depends_on = [aws_iam_role_policy.this]
}

resource "aws_sqs_queue" "steps_dead_letters" {
  name                      = "${local.names.steps_dead_letters}.fifo"
  fifo_queue                = true
  message_retention_seconds = 1209600
  kms_master_key_id         = var.steps_key_arn
  tags                      = var.tags
}

resource "aws_sqs_queue" "steps" {
  name                              = "${var.function_name}-steps.fifo"
  fifo_queue                        = true
  content_based_deduplication       = true
  deduplication_scope               = "messageGroup"
  fifo_throughput_limit             = "perMessageGroupId"
  visibility_timeout_seconds        = 240
  kms_master_key_id                 = var.steps_key_arn
  kms_data_key_reuse_period_seconds = 300
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.steps_dead_letters.arn
    maxReceiveCount     = 5
  })
  tags = var.tags

  lifecycle {
    precondition {
      condition     = 240 >= var.timeout
      error_message = "The visibility timeout must be at least the function's timeout, or Lambda refuses to read the queue. AWS asks for six times of it, and the batching window on top."
    }
  }
}

# No other queue may send its failures there.
resource "aws_sqs_queue_redrive_allow_policy" "steps" {
  queue_url = aws_sqs_queue.steps_dead_letters.id

  redrive_allow_policy = jsonencode({
    redrivePermission = "byQueue"
    sourceQueueArns   = [aws_sqs_queue.steps.arn]
  })
}

resource "aws_lambda_event_source_mapping" "steps" {
  function_name    = aws_lambda_function.this.arn
  event_source_arn = aws_sqs_queue.steps.arn
  enabled          = var.steps_enabled
  batch_size       = 5
  tags             = var.tags

  # Lambda checks the role's permissions when the mapping is made.
  depends_on = [aws_iam_role_policy.this]
}

resource "aws_lambda_event_source_mapping" "commands" {
  function_name    = aws_lambda_function.this.arn
  event_source_arn = var.commands_queue_arn
  batch_size       = 10
  kms_key_arn      = var.filters_key_arn
  tags             = var.tags

  filter_criteria {
    filter {
      pattern = jsonencode({
        body = {
          kind = ["command"]
        }
      })
    }
  }

  # Lambda checks the role's permissions when the mapping is made.
  depends_on = [aws_iam_role_policy.this]
}
