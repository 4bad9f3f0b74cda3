# Made by tfgen from order_events.yaml. Change that and render again, not this file.

data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

data "aws_region" "current" {}

locals {
  s3_bucket = var.s3_bucket != null ? var.s3_bucket : (var.filename == null && var.image_uri == null ? var.deployment_bucket : null)
  s3_key    = var.s3_key != null ? var.s3_key : (var.filename == null && var.image_uri == null ? "order-events-${var.release}.zip" : null)
  dead_letter_config = var.dead_letter_config != null ? var.dead_letter_config : {
    target_arn = var.dlq_arn
  }

  # Defaults that give way where the caller chooses another source of the code or another package type.
  runtime = var.package_type == "Zip" ? var.runtime : null
  handler = var.package_type == "Zip" ? var.handler : null

  # The caller's entries go over the spec's.
  environment = merge({
    LOG_LEVEL    = "INFO"
    TABLE        = var.table_name
    FUNCTION_ARN = local.function_arn
  }, var.environment.variables)

  # The caller's entries go over the spec's.
  tags = merge({
    Service = "orders"
  }, var.tags)

  # Written out, where a reference to the function would go round in a circle or put it in the way.
  function_arn = "arn:${data.aws_partition.current.partition}:lambda:${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}:function:${var.function_name}"
}

# Made here, before the function, so that its retention holds: Lambda's own would never expire.
resource "aws_cloudwatch_log_group" "this" {
  # checkov:skip=CKV_AWS_158:orders are logged by their number, without personal data
  # checkov:skip=CKV_AWS_338:a month is as long as an order can be complained about
  name              = "/aws/lambda/${var.function_name}"
  retention_in_days = var.log_retention_in_days
  tags              = local.tags
}

resource "aws_lambda_function" "this" {
  # checkov:skip=CKV_AWS_50:tracing_config is set, but checkov does not look into its dynamic block
  # checkov:skip=CKV_AWS_272:the deployment bucket takes packages from the pipeline alone
  function_name     = var.function_name
  description       = "Turns order events into invoices"
  role              = local.role_arn
  package_type      = var.package_type
  runtime           = local.runtime
  handler           = local.handler
  filename          = var.filename
  s3_bucket         = local.s3_bucket
  s3_key            = local.s3_key
  s3_object_version = var.s3_object_version
  image_uri         = var.image_uri
  # The caller's hash, else that of the local package where there is one. New code in S3 is seen by its
  # version or key, and a new image by its tag or digest.
  source_code_hash               = var.source_code_hash != null ? var.source_code_hash : try(filebase64sha256(var.filename), null)
  architectures                  = var.architectures
  layers                         = var.layers
  memory_size                    = var.memory_size
  timeout                        = var.timeout
  reserved_concurrent_executions = var.reserved_concurrent_executions
  kms_key_arn                    = var.kms_key_arn
  publish                        = var.provisioned_concurrency_config != null
  tags                           = local.tags

  dynamic "dead_letter_config" {
    for_each = local.dead_letter_config[*]

    content {
      target_arn = dead_letter_config.value.target_arn
    }
  }

  environment {
    variables = local.environment
  }

  dynamic "image_config" {
    for_each = var.image_config[*]

    content {
      entry_point       = image_config.value.entry_point
      command           = image_config.value.command
      working_directory = image_config.value.working_directory
    }
  }

  logging_config {
    log_format            = "JSON"
    application_log_level = "INFO"
    system_log_level      = "WARN"
    log_group             = aws_cloudwatch_log_group.this.name
  }

  dynamic "tracing_config" {
    for_each = var.tracing_config[*]

    content {
      mode = tracing_config.value.mode
    }
  }

  dynamic "vpc_config" {
    for_each = var.vpc_config[*]

    content {
      subnet_ids                  = vpc_config.value.subnet_ids
      security_group_ids          = vpc_config.value.security_group_ids
      ipv6_allowed_for_dual_stack = vpc_config.value.ipv6_allowed_for_dual_stack
    }
  }

  # The role's permissions are there before the function runs, and until it is gone.
  depends_on = [
    aws_cloudwatch_log_group.this,
    aws_iam_role_policy.this,
  ]
}

# Provisioned concurrency stands on a published version, never on $LATEST.
resource "aws_lambda_provisioned_concurrency_config" "this" {
  count = var.provisioned_concurrency_config != null ? 1 : 0

  function_name                     = aws_lambda_function.this.arn
  qualifier                         = coalesce(var.provisioned_concurrency_config.qualifier, aws_lambda_function.this.version)
  provisioned_concurrent_executions = var.provisioned_concurrency_config.provisioned_concurrent_executions
}

resource "aws_lambda_event_source_mapping" "this" {
  count = var.event_source_mapping != null ? 1 : 0

  function_name                      = aws_lambda_function.this.arn
  event_source_arn                   = var.event_source_mapping.event_source_arn
  enabled                            = var.event_source_mapping.enabled
  batch_size                         = var.event_source_mapping.batch_size
  bisect_batch_on_function_error     = var.event_source_mapping.bisect_batch_on_function_error
  function_response_types            = var.event_source_mapping.function_response_types
  maximum_batching_window_in_seconds = var.event_source_mapping.maximum_batching_window_in_seconds
  maximum_record_age_in_seconds      = var.event_source_mapping.maximum_record_age_in_seconds
  maximum_retry_attempts             = var.event_source_mapping.maximum_retry_attempts
  parallelization_factor             = var.event_source_mapping.parallelization_factor
  starting_position                  = var.event_source_mapping.starting_position
  starting_position_timestamp        = var.event_source_mapping.starting_position_timestamp
  tumbling_window_in_seconds         = var.event_source_mapping.tumbling_window_in_seconds
  tags                               = local.tags

  dynamic "destination_config" {
    for_each = var.event_source_mapping.destination_config[*]

    content {
      dynamic "on_failure" {
        for_each = destination_config.value.on_failure[*]

        content {
          destination_arn = on_failure.value.destination_arn
        }
      }
    }
  }

  dynamic "filter_criteria" {
    for_each = var.event_source_mapping.filter_criteria[*]

    content {
      dynamic "filter" {
        for_each = filter_criteria.value.filter

        content {
          pattern = filter.value.pattern
        }
      }
    }
  }

  dynamic "scaling_config" {
    for_each = var.event_source_mapping.scaling_config[*]

    content {
      maximum_concurrency = scaling_config.value.maximum_concurrency
    }
  }

  # Lambda checks the role's permissions when the mapping is made.
  depends_on = [aws_iam_role_policy.this]
}
