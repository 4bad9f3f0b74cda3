# Made by tfgen from kafka.yaml. Change that and render again, not this file.

resource "aws_lambda_event_source_mapping" "orders" {
  function_name                      = aws_lambda_function.this.arn
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

  self_managed_event_source {
    endpoints = {
      KAFKA_BOOTSTRAP_SERVERS = join(",", ["kafka-1.example.com:9096", "kafka-2.example.com:9096"])
    }
  }

  self_managed_kafka_event_source_config {
    consumer_group_id = "kafka-reader-orders"
  }

  source_access_configuration {
    type = "VPC_SUBNET"
    uri  = "subnet:${var.first_subnet_id}"
  }

  source_access_configuration {
    type = "VPC_SUBNET"
    uri  = "subnet:${var.second_subnet_id}"
  }

  source_access_configuration {
    type = "VPC_SECURITY_GROUP"
    uri  = "security_group:${var.security_group_id}"
  }

  source_access_configuration {
    type = "CLIENT_CERTIFICATE_TLS_AUTH"
    uri  = var.client_certificate_arn
  }

  source_access_configuration {
    type = "SERVER_ROOT_CA_CERTIFICATE"
    uri  = var.root_certificate_arn
  }

  # Lambda checks the role's permissions when the mapping is made.
  depends_on = [aws_iam_role_policy.this]
}

resource "aws_lambda_event_source_mapping" "weather" {
  function_name               = aws_lambda_function.this.arn
  enabled                     = var.reads_weather
  topics                      = ["observations"]
  starting_position           = "AT_TIMESTAMP"
  starting_position_timestamp = "2026-01-31T08:00:00Z"
  tags                        = var.tags

  self_managed_event_source {
    endpoints = {
      KAFKA_BOOTSTRAP_SERVERS = join(",", ["broker.weather.example.com:9092"])
    }
  }

  source_access_configuration {
    type = "BASIC_AUTH"
    uri  = var.weather_secret_arn
  }

  # Lambda checks the role's permissions when the mapping is made.
  depends_on = [aws_iam_role_policy.this]
}
