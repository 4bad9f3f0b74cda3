# Made by tfgen from container_lambda.yaml. Change that and render again, not this file.
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
  model_bucket       = "model-bucket"
}

run "is_what_the_spec_says" {
  command = plan

  # The function
  assert {
    condition     = aws_lambda_function.this.function_name == "ml-inference-api"
    error_message = "aws_lambda_function.this.function_name is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.package_type == "Image"
    error_message = "aws_lambda_function.this.package_type is not what the spec says."
  }

  assert {
    condition     = toset(aws_lambda_function.this.architectures) == toset(["x86_64"])
    error_message = "aws_lambda_function.this.architectures is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.memory_size == 10240
    error_message = "aws_lambda_function.this.memory_size is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.timeout == 600
    error_message = "aws_lambda_function.this.timeout is not what the spec says."
  }

  assert {
    condition     = one(aws_lambda_function.this.environment).variables["MODEL_BUCKET"] == var.model_bucket
    error_message = "one(aws_lambda_function.this.environment).variables[\"MODEL_BUCKET\"] is not what the spec says."
  }

  assert {
    condition     = one(aws_lambda_function.this.environment).variables["INFERENCE_MODE"] == "production"
    error_message = "one(aws_lambda_function.this.environment).variables[\"INFERENCE_MODE\"] is not what the spec says."
  }

  assert {
    condition     = one(aws_lambda_function.this.environment).variables["BATCH_SIZE"] == "32"
    error_message = "one(aws_lambda_function.this.environment).variables[\"BATCH_SIZE\"] is not what the spec says."
  }

  assert {
    condition     = one(aws_lambda_function.this.environment).variables["GPU_ENABLED"] == "false"
    error_message = "one(aws_lambda_function.this.environment).variables[\"GPU_ENABLED\"] is not what the spec says."
  }

  assert {
    condition     = toset(one(aws_lambda_function.this.image_config).entry_point) == toset(["/app/bootstrap"])
    error_message = "one(aws_lambda_function.this.image_config).entry_point is not what the spec says."
  }

  assert {
    condition     = toset(one(aws_lambda_function.this.image_config).command) == toset(["handler.inference"])
    error_message = "one(aws_lambda_function.this.image_config).command is not what the spec says."
  }

  assert {
    condition     = one(aws_lambda_function.this.image_config).working_directory == "/app"
    error_message = "one(aws_lambda_function.this.image_config).working_directory is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.tags["Environment"] == "production"
    error_message = "aws_lambda_function.this.tags[\"Environment\"] is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.tags["Service"] == "ml-inference"
    error_message = "aws_lambda_function.this.tags[\"Service\"] is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.tags["Runtime"] == "container"
    error_message = "aws_lambda_function.this.tags[\"Runtime\"] is not what the spec says."
  }

  assert {
    condition     = aws_lambda_provisioned_concurrency_config.this[0].provisioned_concurrent_executions == 5
    error_message = "aws_lambda_provisioned_concurrency_config.this[0].provisioned_concurrent_executions is not what the spec says."
  }

  # The execution role
  assert {
    condition     = aws_lambda_function.this.role == var.execution_role_arn
    error_message = "aws_lambda_function.this.role is not what the spec says."
  }

  # ecr_repository
  assert {
    condition     = aws_ecr_repository.this.name == "ml-inference-lambda"
    error_message = "aws_ecr_repository.this.name is not what the spec says."
  }

  assert {
    condition     = aws_ecr_repository.this.image_tag_mutability == "MUTABLE"
    error_message = "aws_ecr_repository.this.image_tag_mutability is not what the spec says."
  }

  assert {
    condition     = jsondecode(aws_ecr_lifecycle_policy.this.policy).rules[0].selection.countNumber == 14
    error_message = "jsondecode(aws_ecr_lifecycle_policy.this.policy).rules[0].selection.countNumber is not what the spec says."
  }
}

run "takes_what_the_caller_says" {
  command = plan

  variables {
    function_name = "from-the-caller"
    memory_size   = 256
    timeout       = 599
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
    condition     = aws_lambda_function.this.timeout == 599
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
