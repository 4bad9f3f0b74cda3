# Made by tfgen from function_url.yaml. Change that and render again, not this file.

locals {
  # IAM has one set of names for all regions, so the region is part of this one. Where that is longer
  # than IAM's 64 characters it is cut in the middle, and a hash keeps what was cut apart.
  role_full_name = "${var.function_name}-${data.aws_region.current.id}"
  role_name = length(local.role_full_name) <= 64 ? local.role_full_name : join("-", [
    substr(local.role_full_name, 0, 27),
    substr(sha256(local.role_full_name), 0, 8),
    substr(local.role_full_name, -27, 27),
  ])

  # A role that the caller gives is used as it is; nothing is attached to it.
  role_arn = var.execution_role_arn != null ? var.execution_role_arn : one(aws_iam_role.this[*].arn)

  # What Lambda's poller does in the role's name, by the service in the event source's ARN.
  event_source_actions = {
    dynamodb = ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"]
    kinesis = [
      "kinesis:DescribeStream",
      "kinesis:DescribeStreamSummary",
      "kinesis:GetRecords",
      "kinesis:GetShardIterator",
      "kinesis:ListShards",
    ]
    sqs = ["sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"]
  }

  # What it takes to deliver a failed event, by the service in the destination's ARN.
  destination_actions = {
    s3  = ["s3:ListBucket", "s3:PutObject"]
    sns = ["sns:Publish"]
    sqs = ["sqs:SendMessage"]
  }
}

data "aws_iam_policy_document" "assume_role" {
  statement {
    sid     = "AssumedByLambda"
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "this" {
  count = var.create_execution_role ? 1 : 0

  name               = local.role_name
  description        = "Execution role of the Lambda function ${var.function_name}"
  assume_role_policy = data.aws_iam_policy_document.assume_role.json
  tags               = var.tags
}

# Each statement says which argument of the function asked for it.
data "aws_iam_policy_document" "execution_role" {
  # The function's own log streams. Without logs:CreateLogGroup, Lambda cannot bring back a log group
  # that was destroyed.
  statement {
    sid       = "WriteLogs"
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]
    resources = ["${aws_cloudwatch_log_group.this.arn}:*"]
  }

  # vpc_config: the function's network interfaces. AWS knows no narrower resource for these actions
  # that would still let Lambda make them.
  dynamic "statement" {
    for_each = var.vpc_config[*]

    content {
      sid = "ManageNetworkInterfaces"
      actions = [
        "ec2:AssignPrivateIpAddresses",
        "ec2:CreateNetworkInterface",
        "ec2:DeleteNetworkInterface",
        "ec2:DescribeNetworkInterfaces",
        "ec2:DescribeSubnets",
        "ec2:UnassignPrivateIpAddresses",
      ]
      resources = ["*"]
    }
  }

  # tracing_config: AWS knows no resource for X-Ray's write actions.
  dynamic "statement" {
    for_each = var.tracing_config[*]

    content {
      sid       = "WriteTraces"
      actions   = ["xray:PutTelemetryRecords", "xray:PutTraceSegments"]
      resources = ["*"]
    }
  }

  # dead_letter_config: asynchronous events that the function failed on.
  dynamic "statement" {
    for_each = var.dead_letter_config[*]

    content {
      sid       = "SendDeadLetters"
      actions   = local.destination_actions[split(":", statement.value.target_arn)[2]]
      resources = [statement.value.target_arn]
    }
  }

  # kms_key_arn: the environment variables are encrypted with it.
  dynamic "statement" {
    for_each = var.kms_key_arn[*]

    content {
      sid       = "DecryptEnvironment"
      actions   = ["kms:Decrypt"]
      resources = [statement.value]
    }
  }

  # event_source_mapping: what reads the stream or queue.
  dynamic "statement" {
    for_each = var.event_source_mapping[*]

    content {
      sid       = "ReadEventSource"
      actions   = local.event_source_actions[split(":", statement.value.event_source_arn)[2]]
      resources = [statement.value.event_source_arn]
    }
  }

  # event_source_mapping: a table's streams can be listed only all together, and Kinesis knows no
  # resource for it.
  dynamic "statement" {
    for_each = [for mapping in var.event_source_mapping[*] : mapping.event_source_arn if !strcontains(mapping.event_source_arn, ":sqs:")]

    content {
      sid       = "ListStreams"
      actions   = [format("%s:ListStreams", split(":", statement.value)[2])]
      resources = [strcontains(statement.value, ":dynamodb:") ? replace(statement.value, "/[^/]+$/", "*") : "*"]
    }
  }

  # event_source_mapping: records that the function failed on for good. A bucket's ARN tells no account,
  # and its name may come to be another's, hence the condition. Requests to queues and topics lack its key.
  dynamic "statement" {
    for_each = try(var.event_source_mapping.destination_config.on_failure, null)[*]

    content {
      sid       = "SendFailedRecords"
      actions   = local.destination_actions[split(":", statement.value.destination_arn)[2]]
      resources = strcontains(statement.value.destination_arn, ":s3:") ? [statement.value.destination_arn, format("%s/*", statement.value.destination_arn)] : [statement.value.destination_arn]

      condition {
        test     = "StringEqualsIfExists"
        variable = "s3:ResourceAccount"
        values   = [data.aws_caller_identity.current.account_id]
      }
    }
  }
}

resource "aws_iam_role_policy" "this" {
  count = var.create_execution_role ? 1 : 0

  name   = "execution-role"
  role   = aws_iam_role.this[0].id
  policy = data.aws_iam_policy_document.execution_role.json
}
