# Made by tfgen from lambda_with_layer.yaml. Change that and render again, not this file.
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
}

run "is_what_the_spec_says" {
  command = plan

  # The function
  assert {
    condition     = aws_lambda_function.this.function_name == "function-with-layer"
    error_message = "aws_lambda_function.this.function_name is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.runtime == "python3.11"
    error_message = "aws_lambda_function.this.runtime is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.handler == "app.handler"
    error_message = "aws_lambda_function.this.handler is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.filename == "function-code.zip"
    error_message = "aws_lambda_function.this.filename is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.memory_size == 256
    error_message = "aws_lambda_function.this.memory_size is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.timeout == 30
    error_message = "aws_lambda_function.this.timeout is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.tags["Environment"] == "production"
    error_message = "aws_lambda_function.this.tags[\"Environment\"] is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.tags["HasLayers"] == "true"
    error_message = "aws_lambda_function.this.tags[\"HasLayers\"] is not what the spec says."
  }

  # The execution role
  assert {
    condition     = aws_lambda_function.this.role == var.execution_role_arn
    error_message = "aws_lambda_function.this.role is not what the spec says."
  }

  # layers
  assert {
    condition     = aws_lambda_layer_version.common_libs.layer_name == "common-python-libs"
    error_message = "aws_lambda_layer_version.common_libs.layer_name is not what the spec says."
  }

  assert {
    condition     = aws_lambda_layer_version.common_libs.filename == "common-libs-layer.zip"
    error_message = "aws_lambda_layer_version.common_libs.filename is not what the spec says."
  }

  assert {
    condition     = toset(aws_lambda_layer_version.common_libs.compatible_runtimes) == toset(["python3.9", "python3.10", "python3.11"])
    error_message = "aws_lambda_layer_version.common_libs.compatible_runtimes is not what the spec says."
  }

  assert {
    condition     = toset(aws_lambda_layer_version.common_libs.compatible_architectures) == toset(["x86_64", "arm64"])
    error_message = "aws_lambda_layer_version.common_libs.compatible_architectures is not what the spec says."
  }

  assert {
    condition     = aws_lambda_layer_version.common_libs.description == "Common Python libraries for Lambda functions"
    error_message = "aws_lambda_layer_version.common_libs.description is not what the spec says."
  }

  assert {
    condition     = aws_lambda_layer_version.common_libs.license_info == "MIT"
    error_message = "aws_lambda_layer_version.common_libs.license_info is not what the spec says."
  }
}

run "takes_what_the_caller_says" {
  command = plan

  variables {
    function_name = "from-the-caller"
    memory_size   = 257
    timeout       = 29
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
    condition     = aws_lambda_function.this.memory_size == 257
    error_message = "aws_lambda_function.this.memory_size is not what the caller says."
  }

  assert {
    condition     = aws_lambda_function.this.timeout == 29
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
  ]
}

run "refuses_what_is_wrong_2" {
  command = plan

  variables {
    package_type = "wrong"
  }

  expect_failures = [
    var.package_type,
  ]
}
