# Made by tfgen from file_worker.yaml. Change that and render again, not this file.
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
  kms_key_arn       = "arn:aws:kms:eu-central-1:123456789012:key/kms-key-arn"
  access_point_arn  = "arn:aws:elasticfilesystem:eu-central-1:123456789012:access-point/fsap-11111111111111111"
  architecture      = ["x86_64"]
  bucket_arns       = ["*"]
  concurrency       = 100
  environment_name  = "environment-name"
  policy_arns       = ["arn:aws:iam::aws:policy/policy-arns"]
  security_group_id = "security-group-id"
  subnet_ids        = ["subnet-ids"]
}

run "is_what_the_spec_says" {
  command = plan

  # The function
  assert {
    condition     = aws_lambda_function.this.function_name == "${var.environment_name}-file-worker"
    error_message = "aws_lambda_function.this.function_name is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.description == "Sorts what partners upload (\"in\" → \"out\"), 100% of it"
    error_message = "aws_lambda_function.this.description is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.runtime == "nodejs22.x"
    error_message = "aws_lambda_function.this.runtime is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.handler == "index.handler"
    error_message = "aws_lambda_function.this.handler is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.filename == "build/file-worker.zip"
    error_message = "aws_lambda_function.this.filename is not what the spec says."
  }

  assert {
    condition     = toset(aws_lambda_function.this.architectures) == toset(var.architecture)
    error_message = "aws_lambda_function.this.architectures is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.memory_size == 1024
    error_message = "aws_lambda_function.this.memory_size is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.timeout == var.timeout_seconds
    error_message = "aws_lambda_function.this.timeout is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.reserved_concurrent_executions == var.concurrency
    error_message = "aws_lambda_function.this.reserved_concurrent_executions is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.kms_key_arn == var.kms_key_arn
    error_message = "aws_lambda_function.this.kms_key_arn is not what the spec says."
  }

  assert {
    condition     = one(aws_lambda_function.this.environment).variables["NAME"] == local.function_name
    error_message = "one(aws_lambda_function.this.environment).variables[\"NAME\"] is not what the spec says."
  }

  assert {
    condition     = one(aws_lambda_function.this.environment).variables["TEMPLATE"] == "$${not_an_expression} %%{nor_this}"
    error_message = "one(aws_lambda_function.this.environment).variables[\"TEMPLATE\"] is not what the spec says."
  }

  assert {
    condition     = toset(one(aws_lambda_function.this.vpc_config).subnet_ids) == toset(var.subnet_ids)
    error_message = "one(aws_lambda_function.this.vpc_config).subnet_ids is not what the spec says."
  }

  assert {
    condition     = toset(one(aws_lambda_function.this.vpc_config).security_group_ids) == toset([var.security_group_id])
    error_message = "one(aws_lambda_function.this.vpc_config).security_group_ids is not what the spec says."
  }

  assert {
    condition     = one(aws_lambda_function.this.vpc_config).ipv6_allowed_for_dual_stack == true
    error_message = "one(aws_lambda_function.this.vpc_config).ipv6_allowed_for_dual_stack is not what the spec says."
  }

  assert {
    condition     = one(aws_lambda_function.this.ephemeral_storage).size == 2048
    error_message = "one(aws_lambda_function.this.ephemeral_storage).size is not what the spec says."
  }

  assert {
    condition     = one(aws_lambda_function.this.file_system_config).arn == var.access_point_arn
    error_message = "one(aws_lambda_function.this.file_system_config).arn is not what the spec says."
  }

  assert {
    condition     = one(aws_lambda_function.this.file_system_config).local_mount_path == "/mnt/uploads"
    error_message = "one(aws_lambda_function.this.file_system_config).local_mount_path is not what the spec says."
  }

  assert {
    condition     = one(aws_lambda_function.this.logging_config).log_format == "Text"
    error_message = "one(aws_lambda_function.this.logging_config).log_format is not what the spec says."
  }

  assert {
    condition     = one(aws_lambda_function.this.logging_config).log_group == "/shared/${var.environment_name}"
    error_message = "one(aws_lambda_function.this.logging_config).log_group is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.skip_destroy == var.keep_on_destroy
    error_message = "aws_lambda_function.this.skip_destroy is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.replace_security_groups_on_destroy == true
    error_message = "aws_lambda_function.this.replace_security_groups_on_destroy is not what the spec says."
  }

  assert {
    condition     = toset(aws_lambda_function.this.replacement_security_group_ids) == toset([var.security_group_id])
    error_message = "aws_lambda_function.this.replacement_security_group_ids is not what the spec says."
  }

  assert {
    condition     = toset(aws_lambda_function.this.layers) == toset(var.layer_arns)
    error_message = "aws_lambda_function.this.layers is not what the spec says."
  }

  # The execution role
  assert {
    condition = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.actions if statement.actions != null])) == toset([
      "ec2:AssignPrivateIpAddresses",
      "ec2:CreateNetworkInterface",
      "ec2:DeleteNetworkInterface",
      "ec2:DescribeNetworkInterfaces",
      "ec2:DescribeSubnets",
      "ec2:UnassignPrivateIpAddresses",
      "elasticfilesystem:ClientMount",
      "elasticfilesystem:ClientWrite",
      "kms:Decrypt",
      "logs:CreateLogStream",
      "logs:PutLogEvents",
      "s3:GetObject",
    ])
    error_message = "The set of actions in the role's policy is not what the spec says."
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
    access_point_arn  = "wrong"
    bucket_arns       = []
    layer_arns        = ["wrong"]
    policy_arns       = ["wrong"]
    security_group_id = ""
    timeout_seconds   = 0
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
    var.access_point_arn,
    var.bucket_arns,
    var.layer_arns,
    var.policy_arns,
    var.security_group_id,
    var.timeout_seconds,
  ]
}

run "refuses_what_is_wrong_2" {
  command = plan

  variables {
    package_type = "wrong"
    architecture = []
    concurrency  = -2
    subnet_ids   = [""]
  }

  expect_failures = [
    var.package_type,
    var.architecture,
    var.concurrency,
    var.subnet_ids,
  ]
}
