# Made by tfgen from dynamodb.yaml. Change that and render again, not this file.

resource "aws_lambda_event_source_mapping" "orders" {
  function_name                      = aws_lambda_function.this.arn
  event_source_arn                   = var.orders_stream_arn
  starting_position                  = "TRIM_HORIZON"
  batch_size                         = 100
  maximum_batching_window_in_seconds = 5
  parallelization_factor             = 2
  bisect_batch_on_function_error     = true
  maximum_record_age_in_seconds      = 3600
  maximum_retry_attempts             = 3
  function_response_types            = ["ReportBatchItemFailures"]
  kms_key_arn                        = var.filters_key_arn
  tags                               = var.tags

  destination_config {
    on_failure {
      destination_arn = var.failed_changes_arn
    }
  }

  filter_criteria {
    filter {
      pattern = jsonencode({
        eventName = ["INSERT"]
        dynamodb = {
          NewImage = {
            status = {
              S = ["paid"]
            }
          }
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

resource "aws_lambda_event_source_mapping" "visits" {
  function_name              = aws_lambda_function.this.arn
  event_source_arn           = var.visits_stream_arn
  enabled                    = var.counts_visits
  starting_position          = "LATEST"
  tumbling_window_in_seconds = 60
  tags                       = var.tags

  # Lambda checks the role's permissions when the mapping is made.
  depends_on = [aws_iam_role_policy.this]
}
