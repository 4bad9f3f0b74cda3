# Made by tfgen from operations.yaml. Change that and render again, not this file.

data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

data "aws_region" "current" {}

locals {
  s3_bucket   = var.s3_bucket != null ? var.s3_bucket : (var.filename == null && var.image_uri == null ? var.deployment_bucket : null)
  layers      = var.layers != null ? var.layers : (var.package_type == "Zip" ? [aws_lambda_layer_version.common.arn] : null)
  kms_key_arn = var.kms_key_arn != null ? var.kms_key_arn : var.key_arn

  # Defaults that give way where the caller chooses another source of the code or another package type.
  runtime = var.package_type == "Zip" ? var.runtime : null
  handler = var.package_type == "Zip" ? var.handler : null
  s3_key  = var.filename == null && var.image_uri == null ? var.s3_key : null

  # The caller's entries go over the spec's.
  environment = merge({
    DB_PASSWORD_SECRET_ARN     = var.database_secret_arn
    SHOP_ADDRESS_PARAMETER_ARN = "arn:${data.aws_partition.current.partition}:ssm:${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}:parameter/shop/address"
  }, var.environment.variables)

  # Written out, where a reference to the function would go round in a circle or put it in the way.
  function_arn = "arn:${data.aws_partition.current.partition}:lambda:${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}:function:${var.function_name}"
}

locals {
  # A name that is longer than IAM or another service takes is cut in the middle, and a hash keeps apart
  # what was cut.
  names = {
    for key, name in {
      orders_dead_letters          = { full = "${var.function_name}-orders-dead-letters", longest = 80, ends = 35 }
      refunds                      = { full = "${var.function_name}-refunds", longest = 64, ends = 27 }
      deployment                   = { full = "${var.function_name}-deployment-${data.aws_region.current.id}", longest = 64, ends = 27 }
      versions_cleanup             = { full = "${var.function_name}-versions-cleanup-${data.aws_region.current.id}", longest = 64, ends = 27 }
      versions                     = { full = "${var.function_name}-versions", longest = 64, ends = 27 }
      versions_invoker             = { full = "${var.function_name}-versions-invoker-${data.aws_region.current.id}", longest = 64, ends = 27 }
      subscription_filters_archive = { full = "${var.function_name}-subscription-filters-archive-${data.aws_region.current.id}", longest = 64, ends = 27 }
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
  name              = "/aws/lambda/${var.function_name}"
  retention_in_days = var.log_retention_in_days
  kms_key_id        = var.key_arn
  tags              = var.tags
}

resource "aws_lambda_function" "this" {
  # checkov:skip=CKV_AWS_50:tracing_config is set, but checkov does not look into its dynamic block
  function_name     = var.function_name
  description       = "Has all that a function in production may want"
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
  code_signing_config_arn        = var.package_type == "Zip" ? aws_lambda_code_signing_config.this.arn : null
  architectures                  = var.architectures
  layers                         = var.package_type == "Zip" ? concat(local.layers, [var.parameters_and_secrets_extension_arn, var.lambda_insights_extension_arn]) : null
  memory_size                    = var.memory_size
  timeout                        = var.timeout
  reserved_concurrent_executions = var.reserved_concurrent_executions
  kms_key_arn                    = local.kms_key_arn
  publish                        = true
  tags                           = var.tags

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

  logging_config {
    log_format = "JSON"
    log_group  = aws_cloudwatch_log_group.this.name
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

resource "aws_lambda_alias" "this" {
  name             = "live"
  function_name    = aws_lambda_function.this.arn
  function_version = aws_lambda_function.this.version

  # deployment: CodeDeploy moves it from one version to the next.
  lifecycle {
    ignore_changes = [function_version, routing_config]
  }
}

# Provisioned concurrency stands on a published version, never on $LATEST.
resource "aws_lambda_provisioned_concurrency_config" "this" {
  count = var.provisioned_concurrency_config != null ? 1 : 0

  function_name = aws_lambda_function.this.arn
  # On the alias, which keeps it from one version to the next.
  qualifier                         = coalesce(var.provisioned_concurrency_config.qualifier, aws_lambda_alias.this.name)
  provisioned_concurrent_executions = var.provisioned_concurrency_config.provisioned_concurrent_executions

  lifecycle {
    # Application Auto Scaling changes it.
    ignore_changes = [provisioned_concurrent_executions]
  }
}

resource "aws_lambda_event_source_mapping" "this" {
  count = var.event_source_mapping != null ? 1 : 0

  function_name                      = aws_lambda_alias.this.arn
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
  tags                               = var.tags

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

resource "aws_lambda_layer_version" "common" {
  layer_name = "${var.function_name}-common"
  s3_bucket  = var.deployment_bucket
  s3_key     = "package.zip"

  # A version cannot be changed, so a new one takes its place: it is there before the function needs it,
  # and the old one goes when the function has let go of it.
  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_lambda_code_signing_config" "this" {
  tags = var.tags

  allowed_publishers {
    signing_profile_version_arns = [var.release_profile_version_arn]
  }

  policies {
    untrusted_artifact_on_deployment = "Enforce"
  }

  # Lambda deletes none that a function has: where this one goes, the function lets go of it first.
  lifecycle {
    create_before_destroy = true
  }
}

# Callers that the spec names, who sign their requests.
resource "aws_lambda_permission" "function_url" {
  for_each = {
    partner_account = (length(var.partner_account) == 12 ? "arn:${data.aws_partition.current.partition}:iam::${var.partner_account}:root" : var.partner_account)
  }

  statement_id           = "function-url--${each.key}"
  action                 = "lambda:InvokeFunctionUrl"
  function_name          = aws_lambda_function.this.arn
  qualifier              = aws_lambda_alias.this.name
  principal              = each.value
  function_url_auth_type = "AWS_IAM"
}

# A URL made since October 2025 asks for the right to invoke the function as well. That it is for calls by the
# URL alone, the provider can say only from version 6.28 on.
resource "aws_lambda_permission" "function_url_invoker" {
  for_each = aws_lambda_permission.function_url

  statement_id  = "function-url-invoker--${each.key}"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.this.arn
  qualifier     = aws_lambda_alias.this.name
  principal     = each.value.principal
}

resource "aws_lambda_function_url" "this" {
  function_name      = aws_lambda_function.this.arn
  qualifier          = aws_lambda_alias.this.name
  authorization_type = "AWS_IAM"
}

# Asynchronous events: how often they are tried, and who gets a record of what became of them.
resource "aws_lambda_function_event_invoke_config" "this" {
  function_name          = aws_lambda_function.this.arn
  qualifier              = aws_lambda_alias.this.name
  maximum_retry_attempts = 1

  destination_config {
    on_failure {
      destination = "arn:${data.aws_partition.current.partition}:sqs:${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}:failures"
    }
  }

  # Lambda checks the role's permissions when a destination is set.
  depends_on = [aws_iam_role_policy.this]
}

# What Lambda does where calls of the function go round in a circle, by way of SQS, SNS or S3.
resource "aws_lambda_function_recursion_config" "this" {
  function_name  = aws_lambda_function.this.arn
  recursive_loop = "Terminate"
}

# On the function itself: a version has the settings that the function had when it was published.
resource "aws_lambda_runtime_management_config" "this" {
  function_name     = aws_lambda_function.this.arn
  update_runtime_on = "FunctionUpdate"
}

# What Application Auto Scaling may change. AWS itself makes the role that it does so by.
resource "aws_appautoscaling_target" "this" {
  count = var.provisioned_concurrency_config != null ? 1 : 0

  service_namespace  = "lambda"
  scalable_dimension = "lambda:function:ProvisionedConcurrency"
  resource_id = join(":", [
    "function",
    aws_lambda_function.this.function_name,
    aws_lambda_provisioned_concurrency_config.this[0].qualifier,
  ])
  min_capacity = 2
  max_capacity = 20
  tags         = var.tags
}

resource "aws_appautoscaling_policy" "this" {
  count = var.provisioned_concurrency_config != null ? 1 : 0

  name               = "${var.function_name}-provisioned-concurrency-config"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.this[0].service_namespace
  scalable_dimension = aws_appautoscaling_target.this[0].scalable_dimension
  resource_id        = aws_appautoscaling_target.this[0].resource_id

  target_tracking_scaling_policy_configuration {
    target_value = 0.7

    predefined_metric_specification {
      predefined_metric_type = "LambdaProvisionedConcurrencyUtilization"
    }
  }
}
