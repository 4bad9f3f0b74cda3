# Made by tfgen from s3_processor.yaml. Change that and render again, not this file.
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
  execution_role_arn = "arn:aws:iam::123456789012:role/execution-role-arn"
  opencv_layer_arn   = "arn:aws:lambda:eu-central-1:123456789012:layer:opencv-layer-arn:1"
  output_bucket      = "output-bucket"
  pillow_layer_arn   = "arn:aws:lambda:eu-central-1:123456789012:layer:pillow-layer-arn:1"
  security_group_ids = ["security-group-ids"]
  subnet_ids         = ["subnet-ids"]
}

run "is_what_the_spec_says" {
  command = plan

  # The function
  assert {
    condition     = aws_lambda_function.this.function_name == "s3-image-processor"
    error_message = "aws_lambda_function.this.function_name is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.runtime == "python3.11"
    error_message = "aws_lambda_function.this.runtime is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.handler == "processor.handle_s3_event"
    error_message = "aws_lambda_function.this.handler is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.filename == "image-processor.zip"
    error_message = "aws_lambda_function.this.filename is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.memory_size == 2048
    error_message = "aws_lambda_function.this.memory_size is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.timeout == 300
    error_message = "aws_lambda_function.this.timeout is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.reserved_concurrent_executions == 10
    error_message = "aws_lambda_function.this.reserved_concurrent_executions is not what the spec says."
  }

  assert {
    condition     = one(aws_lambda_function.this.environment).variables["OUTPUT_BUCKET"] == var.output_bucket
    error_message = "one(aws_lambda_function.this.environment).variables[\"OUTPUT_BUCKET\"] is not what the spec says."
  }

  assert {
    condition     = one(aws_lambda_function.this.environment).variables["THUMBNAIL_SIZE"] == "200x200"
    error_message = "one(aws_lambda_function.this.environment).variables[\"THUMBNAIL_SIZE\"] is not what the spec says."
  }

  assert {
    condition     = one(aws_lambda_function.this.environment).variables["IMAGE_QUALITY"] == "85"
    error_message = "one(aws_lambda_function.this.environment).variables[\"IMAGE_QUALITY\"] is not what the spec says."
  }

  assert {
    condition     = one(aws_lambda_function.this.environment).variables["SUPPORTED_FORMATS"] == "jpg,png,webp"
    error_message = "one(aws_lambda_function.this.environment).variables[\"SUPPORTED_FORMATS\"] is not what the spec says."
  }

  assert {
    condition     = toset(one(aws_lambda_function.this.vpc_config).subnet_ids) == toset(var.subnet_ids)
    error_message = "one(aws_lambda_function.this.vpc_config).subnet_ids is not what the spec says."
  }

  assert {
    condition     = toset(one(aws_lambda_function.this.vpc_config).security_group_ids) == toset(var.security_group_ids)
    error_message = "one(aws_lambda_function.this.vpc_config).security_group_ids is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.tags["Environment"] == "production"
    error_message = "aws_lambda_function.this.tags[\"Environment\"] is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.tags["Service"] == "image-processing"
    error_message = "aws_lambda_function.this.tags[\"Service\"] is not what the spec says."
  }

  assert {
    condition     = toset(aws_lambda_function.this.layers) == toset([var.pillow_layer_arn, var.opencv_layer_arn])
    error_message = "aws_lambda_function.this.layers is not what the spec says."
  }

  # The execution role
  assert {
    condition     = aws_lambda_function.this.role == var.execution_role_arn
    error_message = "aws_lambda_function.this.role is not what the spec says."
  }

  # triggers, image_upload
  assert {
    condition     = aws_s3_bucket_notification.image_upload.bucket == var.source_bucket
    error_message = "aws_s3_bucket_notification.image_upload.bucket is not what the spec says."
  }

  assert {
    condition     = toset(aws_s3_bucket_notification.image_upload.lambda_function[0].events) == toset(["s3:ObjectCreated:*"])
    error_message = "aws_s3_bucket_notification.image_upload.lambda_function[0].events is not what the spec says."
  }

  assert {
    condition     = aws_s3_bucket_notification.image_upload.lambda_function[0].filter_prefix == "uploads/"
    error_message = "aws_s3_bucket_notification.image_upload.lambda_function[0].filter_prefix is not what the spec says."
  }

  assert {
    condition     = aws_s3_bucket_notification.image_upload.lambda_function[0].filter_suffix == ".jpg"
    error_message = "aws_s3_bucket_notification.image_upload.lambda_function[0].filter_suffix is not what the spec says."
  }

  assert {
    condition     = toset(aws_s3_bucket_notification.image_upload.lambda_function[1].events) == toset(["s3:ObjectCreated:*"])
    error_message = "aws_s3_bucket_notification.image_upload.lambda_function[1].events is not what the spec says."
  }

  assert {
    condition     = aws_s3_bucket_notification.image_upload.lambda_function[1].filter_prefix == "uploads/"
    error_message = "aws_s3_bucket_notification.image_upload.lambda_function[1].filter_prefix is not what the spec says."
  }

  assert {
    condition     = aws_s3_bucket_notification.image_upload.lambda_function[1].filter_suffix == ".png"
    error_message = "aws_s3_bucket_notification.image_upload.lambda_function[1].filter_suffix is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.image_upload.action == "lambda:InvokeFunction"
    error_message = "aws_lambda_permission.image_upload.action is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.image_upload.principal == "s3.amazonaws.com"
    error_message = "aws_lambda_permission.image_upload.principal is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.image_upload.source_arn == "arn:${data.aws_partition.current.partition}:s3:::${var.source_bucket}"
    error_message = "aws_lambda_permission.image_upload.source_arn is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.image_upload.source_account == data.aws_caller_identity.current.account_id
    error_message = "aws_lambda_permission.image_upload.source_account is not what the spec says."
  }
}

run "takes_what_the_caller_says" {
  command = plan

  variables {
    function_name = "from-the-caller"
    memory_size   = 256
    timeout       = 299
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
    condition     = aws_lambda_function.this.timeout == 299
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
    source_bucket = "not right"
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
    var.source_bucket,
  ]
}

run "refuses_what_is_wrong_2" {
  command = plan

  variables {
    package_type       = "wrong"
    opencv_layer_arn   = "wrong"
    pillow_layer_arn   = "wrong"
    security_group_ids = [""]
    subnet_ids         = [""]
  }

  expect_failures = [
    var.package_type,
    var.opencv_layer_arn,
    var.pillow_layer_arn,
    var.security_group_ids,
    var.subnet_ids,
  ]
}
