# Made by tfgen from secretsmanager.yaml. Change that and render again, not this file.
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
  database_secret_arn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:database-secret-arn-exampl"
  deployment_bucket   = "deployment-bucket"
  payments_key_arn    = "arn:aws:kms:eu-central-1:123456789012:key/payments-key-arn"
  payments_secret_arn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:payments-secret-arn-exampl"
}

run "is_what_the_spec_says" {
  command = plan

  # The function
  assert {
    condition     = aws_lambda_function.this.function_name == "rotate-secrets"
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
    condition     = aws_lambda_function.this.s3_key == "rotate-secrets.zip"
    error_message = "aws_lambda_function.this.s3_key is not what the spec says."
  }

  assert {
    condition     = toset(aws_lambda_function.this.architectures) == toset(["arm64"])
    error_message = "aws_lambda_function.this.architectures is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.timeout == 60
    error_message = "aws_lambda_function.this.timeout is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.memory_size == 128
    error_message = "aws_lambda_function.this.memory_size is not what the spec says."
  }

  # The execution role
  assert {
    condition = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.actions if statement.actions != null])) == toset([
      "kms:Decrypt",
      "kms:GenerateDataKey",
      "logs:CreateLogStream",
      "logs:PutLogEvents",
      "secretsmanager:DescribeSecret",
      "secretsmanager:GetRandomPassword",
      "secretsmanager:GetSecretValue",
      "secretsmanager:PutSecretValue",
      "secretsmanager:UpdateSecretVersionStage",
    ])
    error_message = "The set of actions in the role's policy is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.resources if statement.sid == "RotateForDatabase"])) == toset([var.database_secret_arn])
    error_message = "The list of resources of \"RotateForDatabase\" in execution_role is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.resources if statement.sid == "MakePasswordsForDatabase"])) == toset(["*"])
    error_message = "The list of resources of \"MakePasswordsForDatabase\" in execution_role is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.resources if statement.sid == "RotateForPayments"])) == toset([var.payments_secret_arn])
    error_message = "The list of resources of \"RotateForPayments\" in execution_role is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.resources if statement.sid == "MakePasswordsForPayments"])) == toset(["*"])
    error_message = "The list of resources of \"MakePasswordsForPayments\" in execution_role is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.resources if statement.sid == "UseKeyForPayments"])) == toset([var.payments_key_arn])
    error_message = "The list of resources of \"UseKeyForPayments\" in execution_role is not what the spec says."
  }

  assert {
    condition = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : [for condition in statement.condition : formatlist("%s %s %s", condition.test, condition.variable, condition.values)] if statement.sid == "UseKeyForPayments"])) == toset(flatten([
      formatlist("%s %s %s", "StringEquals", "kms:EncryptionContext:SecretARN", [var.payments_secret_arn]),
    ]))
    error_message = "The condition of \"UseKeyForPayments\" in execution_role is not what the spec says."
  }

  # triggers, database
  assert {
    condition     = aws_secretsmanager_secret_rotation.database.rotate_immediately == false
    error_message = "aws_secretsmanager_secret_rotation.database.rotate_immediately is not what the spec says."
  }

  assert {
    condition     = one(aws_secretsmanager_secret_rotation.database.rotation_rules).schedule_expression == "cron(0 2 1 * ? *)"
    error_message = "one(aws_secretsmanager_secret_rotation.database.rotation_rules).schedule_expression is not what the spec says."
  }

  assert {
    condition     = one(aws_secretsmanager_secret_rotation.database.rotation_rules).duration == "3h"
    error_message = "one(aws_secretsmanager_secret_rotation.database.rotation_rules).duration is not what the spec says."
  }

  assert {
    condition     = aws_secretsmanager_secret_rotation.database.secret_id == var.database_secret_arn
    error_message = "aws_secretsmanager_secret_rotation.database.secret_id is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.database.action == "lambda:InvokeFunction"
    error_message = "aws_lambda_permission.database.action is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.database.principal == "secretsmanager.amazonaws.com"
    error_message = "aws_lambda_permission.database.principal is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.database.source_arn == var.database_secret_arn
    error_message = "aws_lambda_permission.database.source_arn is not what the spec says."
  }

  # triggers, payments
  assert {
    condition     = one(aws_secretsmanager_secret_rotation.payments.rotation_rules).automatically_after_days == 30
    error_message = "one(aws_secretsmanager_secret_rotation.payments.rotation_rules).automatically_after_days is not what the spec says."
  }

  assert {
    condition     = aws_secretsmanager_secret_rotation.payments.secret_id == var.payments_secret_arn
    error_message = "aws_secretsmanager_secret_rotation.payments.secret_id is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.payments.action == "lambda:InvokeFunction"
    error_message = "aws_lambda_permission.payments.action is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.payments.principal == "secretsmanager.amazonaws.com"
    error_message = "aws_lambda_permission.payments.principal is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.payments.source_arn == var.payments_secret_arn
    error_message = "aws_lambda_permission.payments.source_arn is not what the spec says."
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
    database_secret_arn = "wrong"
    payments_key_arn    = "wrong"
    payments_secret_arn = "wrong"
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
    var.database_secret_arn,
    var.payments_key_arn,
    var.payments_secret_arn,
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
