# Made by tfgen from everything.yaml. Change that and render again, not this file.

resource "aws_lb_target_group" "alb" {
  name        = local.names.alb
  target_type = "lambda"
  tags        = local.tags

  # Another name is another target group, and a rule must not be left without one.
  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_lb_target_group_attachment" "alb" {
  target_group_arn = aws_lb_target_group.alb.arn
  target_id        = aws_lambda_function.this.arn

  # The load balancer checks the permission when the function is attached.
  depends_on = [aws_lambda_permission.alb]
}

resource "aws_lb_listener_rule" "alb" {
  listener_arn = var.listener_arn
  priority     = 10
  tags         = local.tags

  action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.alb.arn
  }

  condition {
    path_pattern {
      values = ["/all/*"]
    }
  }
}

# The load balancer may invoke the function for this target group alone.
resource "aws_lambda_permission" "alb" {
  statement_id  = "trigger-alb"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.this.arn
  principal     = "elasticloadbalancing.amazonaws.com"
  source_arn    = aws_lb_target_group.alb.arn
}

resource "aws_api_gateway_rest_api" "api_gateway" {
  # checkov:skip=CKV_AWS_237:the REST API is changed in place, never replaced
  name = "${var.function_name}-api-gateway"
  tags = local.tags

  endpoint_configuration {
    types = ["REGIONAL"]
  }
}

resource "aws_api_gateway_resource" "api_gateway__orders" {
  rest_api_id = aws_api_gateway_rest_api.api_gateway.id
  parent_id   = aws_api_gateway_rest_api.api_gateway.root_resource_id
  path_part   = "orders"
}

resource "aws_api_gateway_resource" "api_gateway__variable" {
  rest_api_id = aws_api_gateway_rest_api.api_gateway.id
  parent_id   = aws_api_gateway_rest_api.api_gateway.root_resource_id
  path_part   = "{proxy+}"
}

locals {
  # Keys and labels leave out the names of path variables. API Gateway has one variable at each place, and
  # Terraform removes the old one last, so that a new name has to change what is there.
  api_gateway_routes = {
    "GET /orders" = { resource_id = aws_api_gateway_resource.api_gateway__orders.id, http_method = "GET" }
    "ANY /{}"     = { resource_id = aws_api_gateway_resource.api_gateway__variable.id, http_method = "ANY" }
  }

  # A stage serves a copy of the API, the deployment. When one of these changes, a new one must be made.
  api_gateway_redeployment = sha1(jsonencode({
    types          = ["REGIONAL"]
    routes         = local.api_gateway_routes
    path_variables = ["{proxy+}"]
    authorization  = "NONE"
    uri            = "arn:${data.aws_partition.current.partition}:apigateway:${data.aws_region.current.id}:lambda:path/2015-03-31/functions/${local.function_arn}/invocations"
  }))
}

resource "aws_api_gateway_method" "api_gateway" {
  # checkov:skip=CKV_AWS_59:an example of all triggers, with as few keys as they can have
  # checkov:skip=CKV2_AWS_53:the function looks at each request itself
  for_each = local.api_gateway_routes

  rest_api_id   = aws_api_gateway_rest_api.api_gateway.id
  resource_id   = each.value.resource_id
  http_method   = each.value.http_method
  authorization = "NONE"
}

resource "aws_api_gateway_integration" "api_gateway" {
  for_each = aws_api_gateway_method.api_gateway

  rest_api_id = each.value.rest_api_id
  resource_id = each.value.resource_id
  http_method = each.value.http_method
  type        = "AWS_PROXY"
  # Functions are invoked by POST, whatever the request's own method is.
  integration_http_method = "POST"
  uri                     = "arn:${data.aws_partition.current.partition}:apigateway:${data.aws_region.current.id}:lambda:path/2015-03-31/functions/${local.function_arn}/invocations"
}

resource "aws_api_gateway_deployment" "api_gateway" {
  rest_api_id = aws_api_gateway_rest_api.api_gateway.id

  triggers = {
    redeployment = local.api_gateway_redeployment
  }

  # The stage must have the new one before the old one can go.
  lifecycle {
    create_before_destroy = true
  }

  # A copy of what is there when it is made. Terraform removes a route only after that, so that the stage
  # serves it until the next deployment; the function's permission for it goes at once.
  depends_on = [
    aws_api_gateway_integration.api_gateway,
  ]
}

resource "aws_api_gateway_stage" "api_gateway" {
  # checkov:skip=CKV_AWS_73:an example of all triggers, whose calls are made by hand
  # checkov:skip=CKV_AWS_76:an example of all triggers, whose logs nobody keeps
  # checkov:skip=CKV_AWS_120:an example of all triggers, whose answers are never the same
  # checkov:skip=CKV2_AWS_4:an example of all triggers, whose logs nobody keeps
  # checkov:skip=CKV2_AWS_29:an example of all triggers, with as few keys as they can have
  # checkov:skip=CKV2_AWS_51:the backend is a Lambda function, which asks for no client certificate
  rest_api_id   = aws_api_gateway_rest_api.api_gateway.id
  deployment_id = aws_api_gateway_deployment.api_gateway.id
  stage_name    = "live"
  tags          = local.tags
}

# API Gateway may invoke the function for these routes of this API alone.
resource "aws_lambda_permission" "api_gateway" {
  for_each = {
    "GET-orders" = "${aws_api_gateway_rest_api.api_gateway.execution_arn}/live/GET/orders"
    "ANY-proxy"  = "${aws_api_gateway_rest_api.api_gateway.execution_arn}/live/*/*"
  }

  statement_id  = "trigger-api-gateway--${each.key}"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.this.arn
  principal     = "apigateway.amazonaws.com"
  source_arn    = each.value
}

resource "aws_apigatewayv2_api" "http_api" {
  name          = "${var.function_name}-http-api"
  protocol_type = "HTTP"
  tags          = local.tags
}

resource "aws_apigatewayv2_integration" "http_api" {
  api_id           = aws_apigatewayv2_api.http_api.id
  integration_type = "AWS_PROXY"
  # Functions are invoked by POST, whatever the request's own method is.
  integration_method     = "POST"
  integration_uri        = aws_lambda_function.this.invoke_arn
  payload_format_version = "2.0"
}

resource "aws_apigatewayv2_route" "http_api" {
  # checkov:skip=CKV_AWS_309:an example of all triggers, with as few keys as they can have
  for_each = toset(["GET /orders", "$default"])

  api_id             = aws_apigatewayv2_api.http_api.id
  route_key          = each.key
  target             = "integrations/${aws_apigatewayv2_integration.http_api.id}"
  authorization_type = "NONE"
}

resource "aws_apigatewayv2_stage" "http_api" {
  # checkov:skip=CKV_AWS_76:an example of all triggers, whose logs nobody keeps
  # checkov:skip=CKV2_AWS_51:the backend is a Lambda function, which asks for no client certificate
  api_id      = aws_apigatewayv2_api.http_api.id
  name        = "$default"
  auto_deploy = true
  tags        = local.tags
}

# API Gateway may invoke the function for these routes of this API alone.
resource "aws_lambda_permission" "http_api" {
  for_each = {
    "GET-orders" = "${aws_apigatewayv2_api.http_api.execution_arn}/$default/GET/orders"
    "default"    = "${aws_apigatewayv2_api.http_api.execution_arn}/$default/$default"
  }

  statement_id  = "trigger-http-api--${each.key}"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.this.arn
  principal     = "apigateway.amazonaws.com"
  source_arn    = each.value
}

resource "aws_apigatewayv2_api" "websocket" {
  name                       = "${var.function_name}-websocket"
  protocol_type              = "WEBSOCKET"
  route_selection_expression = "$request.body.action"
  tags                       = local.tags
}

resource "aws_apigatewayv2_integration" "websocket" {
  api_id           = aws_apigatewayv2_api.websocket.id
  integration_type = "AWS_PROXY"
  # Functions are invoked by POST.
  integration_method = "POST"
  integration_uri    = aws_lambda_function.this.invoke_arn
}

resource "aws_apigatewayv2_route" "websocket" {
  # checkov:skip=CKV_AWS_309:an example of all triggers, with as few keys as they can have
  for_each = toset(["$connect", "$disconnect", "$default"])

  api_id             = aws_apigatewayv2_api.websocket.id
  route_key          = each.key
  target             = "integrations/${aws_apigatewayv2_integration.websocket.id}"
  authorization_type = "NONE"
}

resource "aws_apigatewayv2_stage" "websocket" {
  # checkov:skip=CKV_AWS_76:an example of all triggers, whose logs nobody keeps
  # checkov:skip=CKV2_AWS_51:the backend is a Lambda function, which asks for no client certificate
  api_id      = aws_apigatewayv2_api.websocket.id
  name        = "live"
  auto_deploy = true
  tags        = local.tags
}

# API Gateway may invoke the function for these routes of this API alone.
resource "aws_lambda_permission" "websocket" {
  for_each = {
    "connect"    = "${aws_apigatewayv2_api.websocket.execution_arn}/live/$connect"
    "disconnect" = "${aws_apigatewayv2_api.websocket.execution_arn}/live/$disconnect"
    "default"    = "${aws_apigatewayv2_api.websocket.execution_arn}/live/$default"
  }

  statement_id  = "trigger-websocket--${each.key}"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.this.arn
  principal     = "apigateway.amazonaws.com"
  source_arn    = each.value
}

# CloudFront may call the function's URL for this distribution alone.
resource "aws_lambda_permission" "cloudfront_function_url" {
  statement_id           = "trigger-cloudfront-function-url"
  action                 = "lambda:InvokeFunctionUrl"
  function_name          = aws_lambda_function.this.arn
  principal              = "cloudfront.amazonaws.com"
  source_arn             = var.distribution_arn
  function_url_auth_type = "AWS_IAM"
}

# A URL made since October 2025 asks for the right to invoke the function as well. That it is for
# calls by the URL alone, this provider cannot say.
resource "aws_lambda_permission" "cloudfront" {
  statement_id  = "trigger-cloudfront"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.this.arn
  principal     = "cloudfront.amazonaws.com"
  source_arn    = var.distribution_arn
}

# Lex may invoke the function for this bot alias alone.
resource "aws_lambda_permission" "lex" {
  statement_id  = "trigger-lex"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.this.arn
  principal     = "lexv2.amazonaws.com"
  source_arn    = var.bot_alias_arn
}

# Alexa may invoke the function for this skill alone.
resource "aws_lambda_permission" "alexa" {
  statement_id       = "trigger-alexa"
  action             = "lambda:InvokeFunction"
  function_name      = aws_lambda_function.this.arn
  principal          = "alexa-appkit.amazon.com"
  event_source_token = var.skill_id
}

resource "aws_lambda_event_source_mapping" "dynamodb" {
  function_name     = aws_lambda_function.this.arn
  event_source_arn  = var.table_stream_arn
  starting_position = "LATEST"
  tags              = local.tags

  destination_config {
    on_failure {
      destination_arn = var.failures_arn
    }
  }

  # Lambda checks the role's permissions when the mapping is made.
  depends_on = [aws_iam_role_policy.this]
}

# Enhanced fan-out: a throughput of the function's own, for which AWS charges.
resource "aws_kinesis_stream_consumer" "kinesis_consumer" {
  name       = "${var.function_name}-kinesis"
  stream_arn = var.stream_arn
}

resource "aws_lambda_event_source_mapping" "kinesis" {
  function_name     = aws_lambda_function.this.arn
  event_source_arn  = aws_kinesis_stream_consumer.kinesis_consumer.arn
  starting_position = "LATEST"
  tags              = local.tags

  # Lambda checks the role's permissions when the mapping is made.
  depends_on = [aws_iam_role_policy.this]
}

resource "aws_sqs_queue" "sqs_dead_letters" {
  name                      = local.names.sqs_dead_letters
  message_retention_seconds = 1209600
  sqs_managed_sse_enabled   = true
  tags                      = local.tags
}

resource "aws_sqs_queue" "sqs" {
  name = "${var.function_name}-sqs"
  # As Lambda asks for: six times the function's timeout, and the batching window on top.
  visibility_timeout_seconds = 6 * var.timeout
  sqs_managed_sse_enabled    = true
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.sqs_dead_letters.arn
    maxReceiveCount     = 5
  })
  tags = local.tags
}

# No other queue may send its failures there.
resource "aws_sqs_queue_redrive_allow_policy" "sqs" {
  queue_url = aws_sqs_queue.sqs_dead_letters.id

  redrive_allow_policy = jsonencode({
    redrivePermission = "byQueue"
    sourceQueueArns   = [aws_sqs_queue.sqs.arn]
  })
}

resource "aws_lambda_event_source_mapping" "sqs" {
  function_name           = aws_lambda_function.this.arn
  event_source_arn        = aws_sqs_queue.sqs.arn
  function_response_types = ["ReportBatchItemFailures"]
  tags                    = local.tags

  # Lambda checks the role's permissions when the mapping is made.
  depends_on = [aws_iam_role_policy.this]
}

resource "aws_lambda_event_source_mapping" "msk" {
  function_name     = aws_lambda_function.this.arn
  event_source_arn  = var.msk_cluster_arn
  topics            = ["orders"]
  starting_position = "LATEST"
  tags              = local.tags

  # Lambda checks the role's permissions when the mapping is made.
  depends_on = [aws_iam_role_policy.this]
}

resource "aws_lambda_event_source_mapping" "kafka" {
  function_name     = aws_lambda_function.this.arn
  topics            = ["orders"]
  starting_position = "LATEST"
  tags              = local.tags

  self_managed_event_source {
    endpoints = {
      KAFKA_BOOTSTRAP_SERVERS = join(",", ["kafka.example.com:9096"])
    }
  }

  source_access_configuration {
    type = "VPC_SUBNET"
    uri  = "subnet:${var.subnet_id}"
  }

  source_access_configuration {
    type = "VPC_SECURITY_GROUP"
    uri  = "security_group:${var.security_group_id}"
  }

  source_access_configuration {
    type = "SASL_SCRAM_512_AUTH"
    uri  = var.broker_secret_arn
  }

  # Lambda checks the role's permissions when the mapping is made.
  depends_on = [aws_iam_role_policy.this]
}

resource "aws_lambda_event_source_mapping" "mq" {
  function_name    = aws_lambda_function.this.arn
  event_source_arn = var.broker_arn
  queues           = ["orders"]
  tags             = local.tags

  source_access_configuration {
    type = "BASIC_AUTH"
    uri  = var.broker_secret_arn
  }

  # Lambda checks the role's permissions when the mapping is made.
  depends_on = [aws_iam_role_policy.this]
}

resource "aws_lambda_event_source_mapping" "documentdb" {
  function_name     = aws_lambda_function.this.arn
  event_source_arn  = var.documentdb_cluster_arn
  starting_position = "LATEST"
  tags              = local.tags

  document_db_event_source_config {
    database_name = "shop"
  }

  source_access_configuration {
    type = "BASIC_AUTH"
    uri  = var.broker_secret_arn
  }

  # Lambda checks the role's permissions when the mapping is made.
  depends_on = [aws_iam_role_policy.this]
}

# The bucket's only notification configuration: another one, anywhere, would replace it.
resource "aws_s3_bucket_notification" "s3" {
  bucket = var.bucket

  lambda_function {
    lambda_function_arn = aws_lambda_function.this.arn
    events              = ["s3:ObjectCreated:*"]
    filter_prefix       = "orders/"
  }

  # S3 checks the permission when the notification is made.
  depends_on = [aws_lambda_permission.s3]
}

# S3 may invoke the function for this bucket alone, and only while it is this account's: a bucket's
# ARN does not say whose it is.
resource "aws_lambda_permission" "s3" {
  statement_id   = "trigger-s3"
  action         = "lambda:InvokeFunction"
  function_name  = aws_lambda_function.this.arn
  principal      = "s3.amazonaws.com"
  source_arn     = "arn:${data.aws_partition.current.partition}:s3:::${var.bucket}"
  source_account = data.aws_caller_identity.current.account_id
}

resource "aws_sns_topic_subscription" "sns" {
  topic_arn = var.topic_arn
  protocol  = "lambda"
  endpoint  = aws_lambda_function.this.arn
  filter_policy = jsonencode({
    kind = ["order"]
  })

  # SNS does not try a message again for which it has no permission.
  depends_on = [aws_lambda_permission.sns]
}

# SNS may invoke the function for this topic alone.
resource "aws_lambda_permission" "sns" {
  statement_id  = "trigger-sns"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.this.arn
  principal     = "sns.amazonaws.com"
  source_arn    = var.topic_arn
}

resource "aws_cloudwatch_event_rule" "eventbridge" {
  name = local.names.eventbridge
  event_pattern = jsonencode({
    source = ["shop.orders"]
  })
  tags = local.tags
}

resource "aws_cloudwatch_event_target" "eventbridge" {
  rule      = aws_cloudwatch_event_rule.eventbridge.name
  target_id = "function"
  arn       = aws_lambda_function.this.arn

  dead_letter_config {
    arn = aws_sqs_queue.eventbridge_dead_letters.arn
  }
}

# EventBridge may invoke the function for this rule alone.
resource "aws_lambda_permission" "eventbridge" {
  statement_id  = "trigger-eventbridge"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.this.arn
  principal     = "events.amazonaws.com"
  source_arn    = aws_cloudwatch_event_rule.eventbridge.arn
}

resource "aws_sqs_queue" "eventbridge_dead_letters" {
  name                      = local.names.eventbridge_dead_letters
  message_retention_seconds = 1209600
  sqs_managed_sse_enabled   = true
  tags                      = local.tags
}

# The sender has no role, so the queue's own policy must let it in.
data "aws_iam_policy_document" "eventbridge_dead_letters" {
  # checkov:skip=CKV_AWS_111:AWS knows no narrower resource for a function's network interfaces
  # checkov:skip=CKV_AWS_356:AWS knows no narrower resource for a function's network interfaces
  statement {
    sid       = "SendDeadLettersForEventbridge"
    actions   = ["sqs:SendMessage"]
    resources = [aws_sqs_queue.eventbridge_dead_letters.arn]

    principals {
      type        = "Service"
      identifiers = ["events.amazonaws.com"]
    }

    condition {
      test     = "ArnEquals"
      variable = "aws:SourceArn"
      values   = [aws_cloudwatch_event_rule.eventbridge.arn]
    }
  }
}

resource "aws_sqs_queue_policy" "eventbridge_dead_letters" {
  queue_url = aws_sqs_queue.eventbridge_dead_letters.id
  policy    = data.aws_iam_policy_document.eventbridge_dead_letters.json
}

resource "aws_scheduler_schedule" "schedule" {
  # checkov:skip=CKV_AWS_297:an example of all triggers, through which no real data goes
  name                = local.names.schedule
  schedule_expression = "rate(1 day)"

  flexible_time_window {
    mode = "OFF"
  }

  target {
    arn      = aws_lambda_function.this.arn
    role_arn = aws_iam_role.schedule_invoker.arn
  }

  # The role must be able to invoke the function as long as there is a schedule that does so.
  depends_on = [aws_iam_role_policy.schedule_invoker]
}

# Scheduler tells the group on whose behalf it assumes the role, not the schedule.
data "aws_iam_policy_document" "schedule_trust" {
  # checkov:skip=CKV_AWS_111:AWS knows no narrower resource for a function's network interfaces
  # checkov:skip=CKV_AWS_356:AWS knows no narrower resource for a function's network interfaces
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

resource "aws_iam_role" "schedule_invoker" {
  name               = local.names.schedule_invoker
  description        = "Invokes the Lambda function ${var.function_name}"
  assume_role_policy = data.aws_iam_policy_document.schedule_trust.json
  tags               = local.tags
}

data "aws_iam_policy_document" "schedule_invoker" {
  # checkov:skip=CKV_AWS_111:AWS knows no narrower resource for a function's network interfaces
  # checkov:skip=CKV_AWS_356:AWS knows no narrower resource for a function's network interfaces
  statement {
    sid       = "InvokeFunction"
    actions   = ["lambda:InvokeFunction"]
    resources = [aws_lambda_function.this.arn]
  }
}

resource "aws_iam_role_policy" "schedule_invoker" {
  name   = "invoke"
  role   = aws_iam_role.schedule_invoker.id
  policy = data.aws_iam_policy_document.schedule_invoker.json
}

resource "aws_cloudwatch_event_rule" "reports" {
  name                = local.names.reports
  schedule_expression = "cron(0 8 * * ? *)"
  tags                = local.tags
}

resource "aws_cloudwatch_event_target" "reports" {
  rule      = aws_cloudwatch_event_rule.reports.name
  target_id = "function"
  arn       = aws_lambda_function.this.arn
  input = jsonencode({
    kind = "report"
  })
}

# EventBridge may invoke the function for this rule alone.
resource "aws_lambda_permission" "reports" {
  statement_id  = "trigger-reports"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.this.arn
  principal     = "events.amazonaws.com"
  source_arn    = aws_cloudwatch_event_rule.reports.arn
}

resource "aws_cloudwatch_log_subscription_filter" "cloudwatch_logs" {
  name            = "${var.function_name}-cloudwatch-logs"
  log_group_name  = var.log_group_name
  filter_pattern  = "ERROR"
  destination_arn = aws_lambda_function.this.arn

  lifecycle {
    precondition {
      condition     = var.log_group_name != "/aws/lambda/${var.function_name}"
      error_message = "The function would be invoked by its own logs: each call would write to the log group and so bring on the next."
    }
  }

  # CloudWatch Logs checks the permission when the subscription is made.
  depends_on = [aws_lambda_permission.cloudwatch_logs]
}

# CloudWatch Logs may invoke the function for this log group alone.
resource "aws_lambda_permission" "cloudwatch_logs" {
  statement_id   = "trigger-cloudwatch-logs"
  action         = "lambda:InvokeFunction"
  function_name  = aws_lambda_function.this.arn
  principal      = "logs.amazonaws.com"
  source_arn     = "arn:${data.aws_partition.current.partition}:logs:${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}:log-group:${var.log_group_name}:*"
  source_account = data.aws_caller_identity.current.account_id
}

# Cognito may invoke the function for this user pool alone.
resource "aws_lambda_permission" "cognito" {
  statement_id  = "trigger-cognito"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.this.arn
  principal     = "cognito-idp.amazonaws.com"
  source_arn    = var.user_pool_arn
}

resource "aws_config_config_rule" "config" {
  name = "${var.function_name}-config"
  tags = local.tags

  source {
    owner             = "CUSTOM_LAMBDA"
    source_identifier = aws_lambda_function.this.arn

    source_detail {
      event_source = "aws.config"
      message_type = "ConfigurationItemChangeNotification"
    }
  }

  # AWS Config checks the permission when the rule is made.
  depends_on = [aws_lambda_permission.config]
}

# AWS Config may invoke the function for this account's rules. Not for this rule alone: its ARN is
# known once it is made, and making it takes this permission.
resource "aws_lambda_permission" "config" {
  statement_id   = "trigger-config"
  action         = "lambda:InvokeFunction"
  function_name  = aws_lambda_function.this.arn
  principal      = "config.amazonaws.com"
  source_account = data.aws_caller_identity.current.account_id
}

resource "aws_iot_topic_rule" "iot" {
  name        = replace("${var.function_name}-iot", "-", "_")
  enabled     = true
  sql         = "SELECT * FROM 'shop/orders'"
  sql_version = "2016-03-23"
  tags        = local.tags

  lambda {
    function_arn = aws_lambda_function.this.arn
  }
}

# IoT Core may invoke the function for this rule alone.
resource "aws_lambda_permission" "iot" {
  statement_id   = "trigger-iot"
  action         = "lambda:InvokeFunction"
  function_name  = aws_lambda_function.this.arn
  principal      = "iot.amazonaws.com"
  source_arn     = aws_iot_topic_rule.iot.arn
  source_account = data.aws_caller_identity.current.account_id
}

resource "aws_secretsmanager_secret_rotation" "secretsmanager" {
  secret_id           = var.secret_arn
  rotation_lambda_arn = aws_lambda_function.this.arn

  rotation_rules {
    automatically_after_days = 30
  }

  # Secrets Manager invokes the function once the rotation is made: both must be there by then.
  depends_on = [aws_iam_role_policy.this, aws_lambda_permission.secretsmanager]
}

# Secrets Manager may invoke the function for this secret alone.
resource "aws_lambda_permission" "secretsmanager" {
  statement_id  = "trigger-secretsmanager"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.this.arn
  principal     = "secretsmanager.amazonaws.com"
  source_arn    = var.secret_arn
}

resource "aws_ses_receipt_rule" "ses" {
  name          = local.names.ses
  rule_set_name = "shop"
  enabled       = true
  recipients    = ["orders@shop.example"]

  lambda_action {
    function_arn = aws_lambda_function.this.arn
    position     = 1
  }

  # SES checks the permission when the rule is made.
  depends_on = [aws_lambda_permission.ses]
}

# SES may invoke the function for this receipt rule alone. Its ARN is written out, since the rule is
# made after its permission.
resource "aws_lambda_permission" "ses" {
  statement_id   = "trigger-ses"
  action         = "lambda:InvokeFunction"
  function_name  = aws_lambda_function.this.arn
  principal      = "ses.amazonaws.com"
  source_arn     = "arn:${data.aws_partition.current.partition}:ses:${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}:receipt-rule-set/shop:receipt-rule/${local.names.ses}"
  source_account = data.aws_caller_identity.current.account_id
}

# bedrock.amazonaws.com may invoke the function for one source alone and, if its ARN names no account,
# only if it belongs to this one.
resource "aws_lambda_permission" "permission" {
  statement_id   = "trigger-permission"
  action         = "lambda:InvokeFunction"
  function_name  = aws_lambda_function.this.arn
  principal      = "bedrock.amazonaws.com"
  source_arn     = var.agent_arn
  source_account = split(":", var.agent_arn)[4] == "" ? data.aws_caller_identity.current.account_id : null
}
