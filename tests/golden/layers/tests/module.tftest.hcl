# Made by tfgen from layers.yaml. Change that and render again, not this file.
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
  deployment_bucket = "deployment-bucket"
  fonts_package     = "fonts-package"
  libraries_hash    = "libraries-hash"
  libraries_version = "libraries-version"
}

run "is_what_the_spec_says" {
  command = plan

  # The function
  assert {
    condition     = aws_lambda_function.this.function_name == "report-renderer"
    error_message = "aws_lambda_function.this.function_name is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.description == "Renders monthly reports as PDF"
    error_message = "aws_lambda_function.this.description is not what the spec says."
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
    condition     = aws_lambda_function.this.s3_key == "report-renderer.zip"
    error_message = "aws_lambda_function.this.s3_key is not what the spec says."
  }

  assert {
    condition     = toset(aws_lambda_function.this.architectures) == toset(["arm64"])
    error_message = "aws_lambda_function.this.architectures is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.memory_size == 1024
    error_message = "aws_lambda_function.this.memory_size is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.timeout == 60
    error_message = "aws_lambda_function.this.timeout is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.tags["Service"] == "reports"
    error_message = "aws_lambda_function.this.tags[\"Service\"] is not what the spec says."
  }

  # The execution role
  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.actions if statement.actions != null])) == toset(["logs:CreateLogStream", "logs:PutLogEvents"])
    error_message = "The set of actions in the role's policy is not what the spec says."
  }

  # layers
  assert {
    condition     = aws_lambda_layer_version.report_python_libs.layer_name == "report-python-libs"
    error_message = "aws_lambda_layer_version.report_python_libs.layer_name is not what the spec says."
  }

  assert {
    condition     = aws_lambda_layer_version.report_python_libs.s3_bucket == var.deployment_bucket
    error_message = "aws_lambda_layer_version.report_python_libs.s3_bucket is not what the spec says."
  }

  assert {
    condition     = aws_lambda_layer_version.report_python_libs.s3_key == "layers/report-python-libs.zip"
    error_message = "aws_lambda_layer_version.report_python_libs.s3_key is not what the spec says."
  }

  assert {
    condition     = aws_lambda_layer_version.report_python_libs.s3_object_version == var.libraries_version
    error_message = "aws_lambda_layer_version.report_python_libs.s3_object_version is not what the spec says."
  }

  assert {
    condition     = aws_lambda_layer_version.report_python_libs.source_code_hash == var.libraries_hash
    error_message = "aws_lambda_layer_version.report_python_libs.source_code_hash is not what the spec says."
  }

  assert {
    condition     = toset(aws_lambda_layer_version.report_python_libs.compatible_runtimes) == toset(["python3.12", "python3.13"])
    error_message = "aws_lambda_layer_version.report_python_libs.compatible_runtimes is not what the spec says."
  }

  assert {
    condition     = toset(aws_lambda_layer_version.report_python_libs.compatible_architectures) == toset(["arm64"])
    error_message = "aws_lambda_layer_version.report_python_libs.compatible_architectures is not what the spec says."
  }

  assert {
    condition     = aws_lambda_layer_version.report_python_libs.description == "Libraries that all reports need"
    error_message = "aws_lambda_layer_version.report_python_libs.description is not what the spec says."
  }

  assert {
    condition     = aws_lambda_layer_version.report_python_libs.license_info == "MIT"
    error_message = "aws_lambda_layer_version.report_python_libs.license_info is not what the spec says."
  }

  assert {
    condition     = aws_lambda_layer_version.report_python_libs.skip_destroy == true
    error_message = "aws_lambda_layer_version.report_python_libs.skip_destroy is not what the spec says."
  }

  assert {
    condition     = aws_lambda_layer_version.fonts.filename == var.fonts_package
    error_message = "aws_lambda_layer_version.fonts.filename is not what the spec says."
  }
}

run "takes_what_the_caller_says" {
  command = plan

  variables {
    function_name = "from-the-caller"
    memory_size   = 256
    timeout       = 59
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
    condition     = aws_lambda_function.this.timeout == 59
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
    deployment_bucket = "not right"
    fonts_package     = ""
    libraries_hash    = ""
    libraries_version = ""
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
    var.deployment_bucket,
    var.fonts_package,
    var.libraries_hash,
    var.libraries_version,
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
