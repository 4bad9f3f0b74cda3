# Made by tfgen from s3.yaml. Change that and render again, not this file.
#
# `terraform init` and `terraform test` in the module's folder run these tests. All of AWS is mocked, so they need
# no account, and nothing is made.

mock_provider "aws" {
  mock_data "aws_caller_identity" {
    defaults = {
      account_id = "123456789012"
    }
  }

  mock_data "aws_partition" {
    defaults = {
      partition = "aws"
    }
  }

  mock_data "aws_region" {
    defaults = {
      id = "eu-central-1"
    }
  }

  mock_data "aws_iam_policy_document" {
    defaults = {
      json = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
    }
  }
}

# What a caller gives.
variables {
  archive_bucket    = "archive-bucket"
  deployment_bucket = "deployment-bucket"
  upload_bucket     = "upload-bucket"
}

run "is_what_the_spec_says" {
  command = plan

  # The function
  assert {
    condition     = aws_lambda_function.this.function_name == "s3-reader"
    error_message = "aws_lambda_function.this.function_name is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.runtime == "python3.13"
    error_message = "aws_lambda_function.this.runtime is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.handler == "app.handler"
    error_message = "aws_lambda_function.this.handler is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.s3_bucket == var.deployment_bucket
    error_message = "aws_lambda_function.this.s3_bucket is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.s3_key == "s3-reader.zip"
    error_message = "aws_lambda_function.this.s3_key is not what the spec says."
  }

  assert {
    condition     = toset(aws_lambda_function.this.architectures) == toset(["arm64"])
    error_message = "aws_lambda_function.this.architectures is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.memory_size == 128
    error_message = "aws_lambda_function.this.memory_size is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.timeout == 3
    error_message = "aws_lambda_function.this.timeout is not what the spec says."
  }

  # The execution role
  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.actions if statement.actions != null])) == toset(["logs:CreateLogStream", "logs:PutLogEvents"])
    error_message = "The set of actions in the role's policy is not what the spec says."
  }

  # triggers, uploads
  assert {
    condition     = aws_s3_bucket_notification.uploads.bucket == var.upload_bucket
    error_message = "aws_s3_bucket_notification.uploads.bucket is not what the spec says."
  }

  assert {
    condition     = toset(aws_s3_bucket_notification.uploads.lambda_function[0].events) == toset(["s3:ObjectCreated:*"])
    error_message = "aws_s3_bucket_notification.uploads.lambda_function[0].events is not what the spec says."
  }

  assert {
    condition     = aws_s3_bucket_notification.uploads.lambda_function[0].filter_prefix == "uploads/"
    error_message = "aws_s3_bucket_notification.uploads.lambda_function[0].filter_prefix is not what the spec says."
  }

  assert {
    condition     = aws_s3_bucket_notification.uploads.lambda_function[0].filter_suffix == ".jpg"
    error_message = "aws_s3_bucket_notification.uploads.lambda_function[0].filter_suffix is not what the spec says."
  }

  assert {
    condition     = toset(aws_s3_bucket_notification.uploads.lambda_function[1].events) == toset(["s3:ObjectCreated:Put", "s3:ObjectRemoved:*"])
    error_message = "aws_s3_bucket_notification.uploads.lambda_function[1].events is not what the spec says."
  }

  assert {
    condition     = aws_s3_bucket_notification.uploads.lambda_function[1].filter_prefix == "documents/"
    error_message = "aws_s3_bucket_notification.uploads.lambda_function[1].filter_prefix is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.uploads.action == "lambda:InvokeFunction"
    error_message = "aws_lambda_permission.uploads.action is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.uploads.principal == "s3.amazonaws.com"
    error_message = "aws_lambda_permission.uploads.principal is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.uploads.source_arn == "arn:${data.aws_partition.current.partition}:s3:::${var.upload_bucket}"
    error_message = "aws_lambda_permission.uploads.source_arn is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.uploads.source_account == data.aws_caller_identity.current.account_id
    error_message = "aws_lambda_permission.uploads.source_account is not what the spec says."
  }

  # triggers, archive
  assert {
    condition     = aws_s3_bucket_notification.archive.bucket == var.archive_bucket
    error_message = "aws_s3_bucket_notification.archive.bucket is not what the spec says."
  }

  assert {
    condition     = aws_s3_bucket_notification.archive.eventbridge == true
    error_message = "aws_s3_bucket_notification.archive.eventbridge is not what the spec says."
  }

  assert {
    condition = aws_cloudwatch_event_rule.archive.event_pattern == jsonencode({
      source = ["aws.s3"]
      detail = {
        bucket = {
          name = [var.archive_bucket]
        }
      }
      "$or" = [
        {
          detail-type = ["Object Created", "Object Storage Class Changed"]
          detail = {
            object = {
              key = [{ wildcard = "archive/*.tar.gz" }]
            }
          }
        },
        {
          detail-type = ["Object Deleted"]
          detail = {
            reason = ["Lifecycle Expiration"]
            object = {
              key = [{ wildcard = "archive/*.tar.gz" }]
            }
          }
        },
      ]
    })
    error_message = "aws_cloudwatch_event_rule.archive.event_pattern is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.archive.action == "lambda:InvokeFunction"
    error_message = "aws_lambda_permission.archive.action is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.archive.principal == "events.amazonaws.com"
    error_message = "aws_lambda_permission.archive.principal is not what the spec says."
  }

  # triggers, partner
  assert {
    condition     = aws_lambda_permission.partner.action == "lambda:InvokeFunction"
    error_message = "aws_lambda_permission.partner.action is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.partner.principal == "s3.amazonaws.com"
    error_message = "aws_lambda_permission.partner.principal is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.partner.source_arn == "arn:${data.aws_partition.current.partition}:s3:::partner-drop"
    error_message = "aws_lambda_permission.partner.source_arn is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.partner.source_account == data.aws_caller_identity.current.account_id
    error_message = "aws_lambda_permission.partner.source_account is not what the spec says."
  }
}

run "takes_what_the_caller_says" {
  command = plan

  variables {
    function_name = "from-the-caller"
    memory_size   = 256
    timeout       = 2
    tags = {
      Caller = "from-the-caller"
    }
    environment = {
      variables = {
        CALLER = "from-the-caller"
      }
    }
  }

  assert {
    condition     = aws_lambda_function.this.function_name == "from-the-caller"
    error_message = "aws_lambda_function.this.function_name is not what the caller says."
  }

  assert {
    condition     = aws_lambda_function.this.memory_size == 256
    error_message = "aws_lambda_function.this.memory_size is not what the caller says."
  }

  assert {
    condition     = aws_lambda_function.this.timeout == 2
    error_message = "aws_lambda_function.this.timeout is not what the caller says."
  }

  assert {
    condition     = aws_lambda_function.this.tags["Caller"] == "from-the-caller"
    error_message = "aws_lambda_function.this.tags[\"Caller\"] is not what the caller says."
  }

  assert {
    condition     = one(aws_lambda_function.this.environment).variables["CALLER"] == "from-the-caller"
    error_message = "one(aws_lambda_function.this.environment).variables[\"CALLER\"] is not what the caller says."
  }
}

run "takes_the_role_of_the_caller" {
  command = plan

  variables {
    create_execution_role = false
    execution_role_arn    = "arn:aws:iam::123456789012:role/example"
  }

  assert {
    condition     = aws_lambda_function.this.role == "arn:aws:iam::123456789012:role/example"
    error_message = "aws_lambda_function.this.role is not what the caller says."
  }

  assert {
    condition     = length(aws_iam_role.this) == 0
    error_message = "The number of roles is not what the caller says."
  }
}

run "refuses_what_is_wrong" {
  command = plan

  variables {
    function_name      = "not right"
    runtime            = "wrong"
    handler            = "not right"
    filename           = ""
    s3_bucket          = "not right"
    s3_key             = ""
    s3_object_version  = ""
    image_uri          = "not right"
    source_code_hash   = ""
    timeout            = 0
    memory_size        = 127
    architectures      = []
    layers             = ["wrong"]
    kms_key_arn        = "wrong"
    execution_role_arn = "wrong"
    vpc_config = {
      subnet_ids         = [""]
      security_group_ids = ["example"]
    }
    reserved_concurrent_executions = -2
    provisioned_concurrency_config = {
      provisioned_concurrent_executions = 0
    }
    dead_letter_config = {
      target_arn = "wrong"
    }
    tracing_config = {
      mode = "wrong"
    }
    log_retention_in_days = 3654
    event_source_mapping = {
      event_source_arn = "wrong"
    }
    archive_bucket = "not right"
    upload_bucket  = "not right"
  }

  expect_failures = [
    var.function_name,
    var.runtime,
    var.handler,
    var.filename,
    var.s3_bucket,
    var.s3_key,
    var.s3_object_version,
    var.image_uri,
    var.source_code_hash,
    var.timeout,
    var.memory_size,
    var.architectures,
    var.layers,
    var.kms_key_arn,
    var.execution_role_arn,
    var.vpc_config,
    var.reserved_concurrent_executions,
    var.provisioned_concurrency_config,
    var.dead_letter_config,
    var.tracing_config,
    var.log_retention_in_days,
    var.event_source_mapping,
    var.archive_bucket,
    var.upload_bucket,
  ]
}

run "refuses_what_is_wrong_2" {
  command = plan

  variables {
    package_type      = "wrong"
    deployment_bucket = "not right"
  }

  expect_failures = [
    var.package_type,
    var.deployment_bucket,
  ]
}
