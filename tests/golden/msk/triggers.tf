# Made by tfgen from msk.yaml. Change that and render again, not this file.

resource "aws_lambda_event_source_mapping" "orders" {
  function_name                      = aws_lambda_function.this.arn
  event_source_arn                   = var.orders_cluster_arn
  topics                             = ["orders"]
  starting_position                  = "TRIM_HORIZON"
  batch_size                         = 100
  maximum_batching_window_in_seconds = 5
  bisect_batch_on_function_error     = true
  maximum_record_age_in_seconds      = 3600
  maximum_retry_attempts             = 3
  function_response_types            = ["ReportBatchItemFailures"]
  kms_key_arn                        = var.filters_key_arn
  tags                               = var.tags

  amazon_managed_kafka_event_source_config {
    consumer_group_id = "msk-reader-orders"
  }

  destination_config {
    on_failure {
      destination_arn = var.failed_orders_arn
    }
  }

  filter_criteria {
    filter {
      pattern = jsonencode({
        value = {
          status = ["paid"]
        }
      })
    }
  }

  metrics_config {
    metrics = ["EventCount"]
  }

  provisioned_poller_config {
    minimum_pollers = 1
    maximum_pollers = 4
  }

  # Lambda checks the role's permissions when the mapping is made.
  depends_on = [aws_iam_role_policy.this]
}

resource "aws_lambda_event_source_mapping" "audit" {
  function_name               = aws_lambda_function.this.arn
  event_source_arn            = var.audit_cluster_arn
  enabled                     = var.reads_audit
  topics                      = ["audit.${var.stage}"]
  starting_position           = "AT_TIMESTAMP"
  starting_position_timestamp = "2026-01-31T08:00:00Z"
  tags                        = var.tags

  source_access_configuration {
    type = "SASL_SCRAM_512_AUTH"
    uri  = var.audit_secret_arn
  }

  # Lambda checks the role's permissions when the mapping is made.
  depends_on = [aws_iam_role_policy.this]
}
