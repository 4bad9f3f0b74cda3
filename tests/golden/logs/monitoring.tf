# Made by tfgen from logs.yaml. Change that and render again, not this file.

resource "aws_cloudwatch_log_subscription_filter" "subscription_filters_archive" {
  name            = "${var.function_name}-archive"
  log_group_name  = aws_cloudwatch_log_group.this.name
  filter_pattern  = ""
  destination_arn = var.archive_stream_arn
  role_arn        = aws_iam_role.subscription_filters_archive.arn
  distribution    = "Random"

  # CloudWatch Logs sends a message to try the destination when the subscription is made.
  depends_on = [aws_iam_role_policy.subscription_filters_archive]
}

data "aws_iam_policy_document" "subscription_filters_archive_trust" {
  statement {
    sid     = "AssumedByCloudWatchLogs"
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["logs.amazonaws.com"]
    }

    # On behalf of this account, in the form that CloudWatch Logs documents.
    condition {
      test     = "ArnLike"
      variable = "aws:SourceArn"
      values   = ["arn:${data.aws_partition.current.partition}:logs:${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}:*"]
    }
  }
}

resource "aws_iam_role" "subscription_filters_archive" {
  name               = local.names.subscription_filters_archive
  description        = "Writes log events of the Lambda function ${var.function_name} to a stream"
  assume_role_policy = data.aws_iam_policy_document.subscription_filters_archive_trust.json
  tags               = var.tags
}

data "aws_iam_policy_document" "subscription_filters_archive" {
  statement {
    sid       = "WriteToStream"
    actions   = ["kinesis:PutRecord"]
    resources = [var.archive_stream_arn]
  }
}

resource "aws_iam_role_policy" "subscription_filters_archive" {
  name   = "write"
  role   = aws_iam_role.subscription_filters_archive.id
  policy = data.aws_iam_policy_document.subscription_filters_archive.json
}

resource "aws_cloudwatch_log_subscription_filter" "subscription_filters_alerts" {
  name            = "${var.function_name}-alerts"
  log_group_name  = aws_cloudwatch_log_group.this.name
  filter_pattern  = "{ $.level = \"ERROR\" }"
  destination_arn = var.alert_function_arn

  lifecycle {
    precondition {
      condition     = var.alert_function_arn != aws_lambda_function.this.arn
      error_message = "The function would be invoked by its own logs: each call would write to the log group and so bring on the next."
    }
  }

  # CloudWatch Logs sends a message to try the destination when the subscription is made.
  depends_on = [aws_lambda_permission.subscription_filters_alerts]
}

# On the function that gets the events: CloudWatch Logs may invoke it for this log group alone.
resource "aws_lambda_permission" "subscription_filters_alerts" {
  statement_id   = "${var.function_name}-alerts"
  action         = "lambda:InvokeFunction"
  function_name  = var.alert_function_arn
  principal      = "logs.amazonaws.com"
  source_arn     = "${aws_cloudwatch_log_group.this.arn}:*"
  source_account = data.aws_caller_identity.current.account_id
}

resource "aws_cloudwatch_log_metric_filter" "refused" {
  name           = "${var.function_name}-refused"
  log_group_name = aws_cloudwatch_log_group.this.name
  pattern        = "{ $.event = \"payment\" && $.outcome = \"refused\" }"

  metric_transformation {
    name      = "RefusedPayments"
    namespace = "Shop/Payments"
    value     = "1"
    unit      = "Count"
    dimensions = {
      Provider = "$.provider"
    }
  }
}

resource "aws_cloudwatch_log_metric_filter" "paid" {
  name           = "${var.function_name}-paid"
  log_group_name = aws_cloudwatch_log_group.this.name
  pattern        = "{ $.event = \"payment\" && $.outcome = \"paid\" }"

  metric_transformation {
    name          = "PaidCents"
    namespace     = var.function_name
    value         = "$.cents"
    default_value = 0
  }
}

resource "aws_cloudwatch_query_definition" "errors" {
  name            = "${var.function_name}/errors"
  log_group_names = [aws_cloudwatch_log_group.this.name]
  query_string = join("\n", [
    "fields @timestamp, coalesce(requestId, AWSRequestId, record.requestId) as request_id, @message",
    "| filter level like /(?i)^(error|critical|fatal)$/",
    "  or (type = \"platform.report\" and record.status != \"success\")",
    "| sort @timestamp desc",
    "| limit 50",
  ])
}

resource "aws_cloudwatch_query_definition" "slowest" {
  name            = "${var.function_name}/slowest"
  log_group_names = [aws_cloudwatch_log_group.this.name]
  query_string = join("\n", [
    "filter type = \"platform.report\"",
    "| fields @timestamp, record.requestId, record.metrics.durationMs,",
    "  record.metrics.billedDurationMs, record.metrics.initDurationMs",
    "| sort record.metrics.durationMs desc",
    "| limit 25",
  ])
}

resource "aws_cloudwatch_query_definition" "cold_starts" {
  name            = "${var.function_name}/cold_starts"
  log_group_names = [aws_cloudwatch_log_group.this.name]
  query_string = join("\n", [
    "filter type = \"platform.report\"",
    "| stats count(*) as calls, count(record.metrics.initDurationMs) as cold_starts,",
    "  avg(record.metrics.initDurationMs) as average_ms, max(record.metrics.initDurationMs) as longest_ms",
    "  by bin(1h)",
  ])
}

resource "aws_cloudwatch_query_definition" "memory" {
  name            = "${var.function_name}/memory"
  log_group_names = [aws_cloudwatch_log_group.this.name]
  query_string = join("\n", [
    "filter type = \"platform.report\"",
    "| stats max(record.metrics.memorySizeMB) as given_mb,",
    "  avg(record.metrics.maxMemoryUsedMB) as average_mb,",
    "  max(record.metrics.maxMemoryUsedMB) as most_mb,",
    "  given_mb - most_mb as spare_mb",
    "  by bin(1h)",
  ])
}

resource "aws_cloudwatch_query_definition" "refusals" {
  name            = "${var.function_name}/refusals"
  log_group_names = [aws_cloudwatch_log_group.this.name]
  query_string = join("\n", [
    "filter event = \"payment\" and outcome = \"refused\"",
    "| stats count(*) as refusals by provider, bin(1h)",
  ])
}

resource "aws_cloudwatch_query_definition" "of_a_shop" {
  name            = "${var.function_name}/of_a_shop"
  log_group_names = [aws_cloudwatch_log_group.this.name]
  query_string    = "filter shop like /^${var.shop}$/"
}
