# Made by tfgen from documentdb.yaml. Change that and render again, not this file.

resource "aws_lambda_event_source_mapping" "orders" {
  function_name                      = aws_lambda_function.this.arn
  event_source_arn                   = var.cluster_arn
  starting_position                  = "TRIM_HORIZON"
  batch_size                         = 50
  maximum_batching_window_in_seconds = 5
  tags                               = var.tags

  document_db_event_source_config {
    database_name   = "shop"
    collection_name = "orders"
    full_document   = "UpdateLookup"
  }

  source_access_configuration {
    type = "BASIC_AUTH"
    uri  = var.secret_arn
  }

  # Lambda checks the role's permissions when the mapping is made.
  depends_on = [aws_iam_role_policy.this]
}

resource "aws_lambda_event_source_mapping" "archive" {
  function_name               = aws_lambda_function.this.arn
  event_source_arn            = var.cluster_arn
  enabled                     = var.reads_archive
  starting_position           = "AT_TIMESTAMP"
  starting_position_timestamp = "2026-01-31T08:00:00Z"
  tags                        = var.tags

  document_db_event_source_config {
    database_name = "archive"
  }

  source_access_configuration {
    type = "BASIC_AUTH"
    uri  = var.secret_arn
  }

  # Lambda checks the role's permissions when the mapping is made.
  depends_on = [aws_iam_role_policy.this]
}
