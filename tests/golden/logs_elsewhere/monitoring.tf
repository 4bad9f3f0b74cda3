# Made by tfgen from logs_elsewhere.yaml. Change that and render again, not this file.

resource "aws_cloudwatch_log_subscription_filter" "subscription_filters_archive" {
  name            = "${var.function_name}-archive"
  log_group_name  = var.log_group_name
  filter_pattern  = "?ERROR ?Exception"
  destination_arn = var.log_firehose_arn
  role_arn        = var.archive_role_arn
}

resource "aws_cloudwatch_log_metric_filter" "failed" {
  name           = "${var.function_name}-failed"
  log_group_name = var.log_group_name
  pattern        = "\"refund failed\""

  metric_transformation {
    name      = "FailedRefunds"
    namespace = var.function_name
    value     = "1"
  }
}

resource "aws_cloudwatch_query_definition" "errors" {
  name            = "${var.function_name}/errors"
  log_group_names = [var.log_group_name]
  query_string = join("\n", {
    JSON = [
      "fields @timestamp, coalesce(requestId, AWSRequestId, record.requestId) as request_id, @message",
      "| filter level like /(?i)^(error|critical|fatal)$/",
      "  or (type = \"platform.report\" and record.status != \"success\")",
      "| sort @timestamp desc",
      "| limit 50",
    ]
    Text = [
      "fields @timestamp, @requestId, @message",
      "| filter @message like /ERROR|CRITICAL|FATAL|Exception|Task timed out|Status: (error|timeout)/",
      "| sort @timestamp desc",
      "| limit 50",
    ]
  }[var.log_format])
}

resource "aws_cloudwatch_query_definition" "slowest" {
  name            = "${var.function_name}/slowest"
  log_group_names = [var.log_group_name]
  query_string = join("\n", {
    JSON = [
      "filter type = \"platform.report\"",
      "| fields @timestamp, record.requestId, record.metrics.durationMs,",
      "  record.metrics.billedDurationMs, record.metrics.initDurationMs",
      "| sort record.metrics.durationMs desc",
      "| limit 25",
    ]
    Text = [
      "filter @type = \"REPORT\"",
      "| fields @timestamp, @requestId, @duration, @billedDuration, @initDuration",
      "| sort @duration desc",
      "| limit 25",
    ]
  }[var.log_format])
}
