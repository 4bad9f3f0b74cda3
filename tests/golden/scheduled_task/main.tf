# Made by tfgen from scheduled_task.yaml. Change that and render again, not this file.

locals {
  vpc_config = var.vpc_config != null ? var.vpc_config : {
    subnet_ids                  = var.subnet_ids
    security_group_ids          = var.security_group_ids
    ipv6_allowed_for_dual_stack = null
  }

  # Defaults that give way where the caller chooses another source of the code or another package type.
  runtime  = var.package_type == "Zip" ? var.runtime : null
  handler  = var.package_type == "Zip" ? var.handler : null
  filename = var.s3_bucket == null && var.image_uri == null ? var.filename : null

  # The caller's entries go over the spec's.
  environment = merge({
    REPORT_BUCKET = var.report_bucket
    DATABASE_URL  = (var.database_endpoint == null ? null : "postgresql://${var.database_endpoint}/reports")
    EMAIL_TOPIC   = var.email_topic_arn
    TIMEZONE      = "America/New_York"
  }, var.environment.variables)

  # The caller's entries go over the spec's.
  tags = merge({
    Environment = "production"
    Service     = "reporting"
    Schedule    = "daily"
  }, var.tags)
}

locals {
  # A name that is longer than IAM or another service takes is cut in the middle, and a hash keeps apart
  # what was cut.
  names = {
    for key, name in {
      daily_report = { full = "${var.function_name}-daily-report", longest = 64, ends = 27 }
    } :
    key => length(name.full) <= name.longest ? name.full : join("-", [
      substr(name.full, 0, name.ends),
      substr(sha256(name.full), 0, 8),
      substr(name.full, -name.ends, name.ends),
    ])
  }
}

# Made here, before the function, so that its retention holds: Lambda's own would never expire.
resource "aws_cloudwatch_log_group" "this" {
  # checkov:skip=CKV_AWS_158:no personal data is logged, so CloudWatch's own key will do
  # checkov:skip=CKV_AWS_338:a report that failed is looked at within days
  name              = "/aws/lambda/${var.function_name}"
  retention_in_days = var.log_retention_in_days
  tags              = local.tags
}

resource "aws_lambda_function" "this" {
  # checkov:skip=CKV_AWS_50:one call does one thing, and the logs say how long it took
  # checkov:skip=CKV_AWS_272:the package is built where Terraform runs
  function_name     = var.function_name
  role              = var.execution_role_arn
  package_type      = var.package_type
  runtime           = local.runtime
  handler           = local.handler
  filename          = local.filename
  s3_bucket         = var.s3_bucket
  s3_key            = var.s3_key
  s3_object_version = var.s3_object_version
  image_uri         = var.image_uri
  # The caller's hash, else that of the local package where there is one. New code in S3 is seen by its
  # version or key, and a new image by its tag or digest.
  source_code_hash               = var.source_code_hash != null ? var.source_code_hash : try(filebase64sha256(local.filename), null)
  architectures                  = var.architectures
  layers                         = var.layers
  memory_size                    = var.memory_size
  timeout                        = var.timeout
  reserved_concurrent_executions = var.reserved_concurrent_executions
  kms_key_arn                    = var.kms_key_arn
  publish                        = var.provisioned_concurrency_config != null
  tags                           = local.tags

  dynamic "dead_letter_config" {
    for_each = var.dead_letter_config[*]

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

  dynamic "tracing_config" {
    for_each = var.tracing_config[*]

    content {
      mode = tracing_config.value.mode
    }
  }

  dynamic "vpc_config" {
    for_each = local.vpc_config[*]

    content {
      subnet_ids                  = vpc_config.value.subnet_ids
      security_group_ids          = vpc_config.value.security_group_ids
      ipv6_allowed_for_dual_stack = vpc_config.value.ipv6_allowed_for_dual_stack
    }
  }

  depends_on = [aws_cloudwatch_log_group.this]
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
}
