# Made by tfgen from alarms.yaml. Change that and render again, not this file.

resource "aws_sqs_queue" "orders_dead_letters" {
  name                      = local.names.orders_dead_letters
  message_retention_seconds = 1209600
  sqs_managed_sse_enabled   = true
  tags                      = var.tags
}

resource "aws_sqs_queue" "orders" {
  name = "${var.function_name}-orders"
  # As Lambda asks for: six times the function's timeout, and the batching window on top.
  visibility_timeout_seconds = 6 * var.timeout
  sqs_managed_sse_enabled    = true
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.orders_dead_letters.arn
    maxReceiveCount     = 3
  })
  tags = var.tags
}

# No other queue may send its failures there.
resource "aws_sqs_queue_redrive_allow_policy" "orders" {
  queue_url = aws_sqs_queue.orders_dead_letters.id

  redrive_allow_policy = jsonencode({
    redrivePermission = "byQueue"
    sourceQueueArns   = [aws_sqs_queue.orders.arn]
  })
}

resource "aws_lambda_event_source_mapping" "orders" {
  function_name    = aws_lambda_function.this.arn
  event_source_arn = aws_sqs_queue.orders.arn
  tags             = var.tags

  scaling_config {
    maximum_concurrency = 10
  }

  # Lambda checks the role's permissions when the mapping is made.
  depends_on = [aws_iam_role_policy.this]
}

resource "aws_scheduler_schedule" "nightly" {
  # checkov:skip=CKV_AWS_297:the schedule has no input that could be encrypted
  name                         = local.names.nightly
  schedule_expression          = "cron(0 3 * * ? *)"
  schedule_expression_timezone = "Europe/Berlin"

  flexible_time_window {
    mode = "OFF"
  }

  target {
    arn      = aws_lambda_function.this.arn
    role_arn = aws_iam_role.nightly_invoker.arn
  }

  # The role must be able to invoke the function as long as there is a schedule that does so.
  depends_on = [aws_iam_role_policy.nightly_invoker]
}

# Scheduler tells the group on whose behalf it assumes the role, not the schedule.
data "aws_iam_policy_document" "nightly_trust" {
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

resource "aws_iam_role" "nightly_invoker" {
  name               = local.names.nightly_invoker
  description        = "Invokes the Lambda function ${var.function_name}"
  assume_role_policy = data.aws_iam_policy_document.nightly_trust.json
  tags               = var.tags
}

data "aws_iam_policy_document" "nightly_invoker" {
  statement {
    sid       = "InvokeFunction"
    actions   = ["lambda:InvokeFunction"]
    resources = [aws_lambda_function.this.arn]
  }
}

resource "aws_iam_role_policy" "nightly_invoker" {
  name   = "invoke"
  role   = aws_iam_role.nightly_invoker.id
  policy = data.aws_iam_policy_document.nightly_invoker.json
}

resource "aws_apigatewayv2_api" "api" {
  name          = "${var.function_name}-api"
  protocol_type = "HTTP"
  tags          = var.tags
}

resource "aws_apigatewayv2_integration" "api" {
  api_id           = aws_apigatewayv2_api.api.id
  integration_type = "AWS_PROXY"
  # Functions are invoked by POST, whatever the request's own method is.
  integration_method     = "POST"
  integration_uri        = aws_lambda_function.this.invoke_arn
  payload_format_version = "2.0"
}

resource "aws_apigatewayv2_route" "api" {
  # checkov:skip=CKV_AWS_309:the function knows its customers by their own tokens
  for_each = toset(["GET /invoices/{id}"])

  api_id             = aws_apigatewayv2_api.api.id
  route_key          = each.key
  target             = "integrations/${aws_apigatewayv2_integration.api.id}"
  authorization_type = "NONE"
}

resource "aws_apigatewayv2_stage" "api" {
  # checkov:skip=CKV_AWS_76:the function logs each request itself
  api_id      = aws_apigatewayv2_api.api.id
  name        = "$default"
  auto_deploy = true
  tags        = var.tags
}

# API Gateway may invoke the function for these routes of this API alone.
resource "aws_lambda_permission" "api" {
  for_each = {
    "GET-invoices-id" = "${aws_apigatewayv2_api.api.execution_arn}/$default/GET/invoices/*"
  }

  statement_id  = "trigger-api--${each.key}"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.this.arn
  principal     = "apigateway.amazonaws.com"
  source_arn    = each.value
}
