# Made by tfgen from kinesis.yaml. Change that and render again, not this file.

# Enhanced fan-out: a throughput of the function's own, for which AWS charges.
resource "aws_kinesis_stream_consumer" "clicks_consumer" {
  name       = "${var.function_name}-clicks"
  stream_arn = var.clicks_stream_arn
}

resource "aws_lambda_event_source_mapping" "clicks" {
  function_name                      = aws_lambda_function.this.arn
  event_source_arn                   = aws_kinesis_stream_consumer.clicks_consumer.arn
  starting_position                  = "LATEST"
  batch_size                         = 500
  maximum_batching_window_in_seconds = 2
  parallelization_factor             = 4
  bisect_batch_on_function_error     = true
  maximum_record_age_in_seconds      = 86400
  maximum_retry_attempts             = 5
  function_response_types            = ["ReportBatchItemFailures"]
  kms_key_arn                        = var.filters_key_arn
  tags                               = var.tags

  destination_config {
    on_failure {
      destination_arn = "arn:${data.aws_partition.current.partition}:s3:::${var.failures_bucket}"
    }
  }

  filter_criteria {
    filter {
      pattern = jsonencode({
        data = {
          kind = ["click"]
          page = [{ prefix = "/shop/" }]
        }
      })
    }
  }

  metrics_config {
    metrics = ["EventCount"]
  }

  # Lambda checks the role's permissions when the mapping is made.
  depends_on = [aws_iam_role_policy.this]
}

resource "aws_lambda_event_source_mapping" "payments" {
  function_name               = aws_lambda_function.this.arn
  event_source_arn            = "${var.payments_stream_arn}/consumer/${var.payments_consumer}"
  enabled                     = var.reads_payments
  starting_position           = "AT_TIMESTAMP"
  starting_position_timestamp = "2026-01-31T08:00:00Z"
  tags                        = var.tags

  # Lambda checks the role's permissions when the mapping is made.
  depends_on = [aws_iam_role_policy.this]
}

resource "aws_lambda_event_source_mapping" "loads" {
  function_name              = aws_lambda_function.this.arn
  event_source_arn           = var.loads_stream_arn
  starting_position          = "TRIM_HORIZON"
  tumbling_window_in_seconds = 60
  tags                       = var.tags

  # Lambda checks the role's permissions when the mapping is made.
  depends_on = [aws_iam_role_policy.this]
}
