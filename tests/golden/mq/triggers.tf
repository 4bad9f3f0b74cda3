# Made by tfgen from mq.yaml. Change that and render again, not this file.

resource "aws_lambda_event_source_mapping" "orders" {
  function_name                      = aws_lambda_function.this.arn
  event_source_arn                   = var.activemq_arn
  queues                             = ["orders"]
  batch_size                         = 50
  maximum_batching_window_in_seconds = 5
  kms_key_arn                        = var.filters_key_arn
  tags                               = var.tags

  filter_criteria {
    filter {
      pattern = jsonencode({
        data = {
          status = ["paid"]
        }
      })
    }
  }

  source_access_configuration {
    type = "BASIC_AUTH"
    uri  = var.activemq_secret_arn
  }

  # Lambda checks the role's permissions when the mapping is made.
  depends_on = [aws_iam_role_policy.this]
}

resource "aws_lambda_event_source_mapping" "mails" {
  function_name    = aws_lambda_function.this.arn
  event_source_arn = var.rabbitmq_arn
  enabled          = var.reads_mails
  queues           = ["mails"]
  tags             = var.tags

  source_access_configuration {
    type = "BASIC_AUTH"
    uri  = var.rabbitmq_secret_arn
  }

  source_access_configuration {
    type = "VIRTUAL_HOST"
    uri  = "/office"
  }

  # Lambda checks the role's permissions when the mapping is made.
  depends_on = [aws_iam_role_policy.this]
}
