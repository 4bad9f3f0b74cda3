# Made by tfgen from config.yaml. Change that and render again, not this file.
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
  log_bucket        = "log-bucket"
  team              = "team"
}

run "is_what_the_spec_says" {
  command = plan

  # The function
  assert {
    condition     = aws_lambda_function.this.function_name == "check-owners"
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
    condition     = aws_lambda_function.this.s3_key == "check-owners.zip"
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
      "config:GetResourceConfigHistory",
      "config:PutEvaluations",
      "logs:CreateLogStream",
      "logs:PutLogEvents",
    ])
    error_message = "The set of actions in the role's policy is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.resources if statement.sid == "PutEvaluationsForOwners"])) == toset(["*"])
    error_message = "The list of resources of \"PutEvaluationsForOwners\" in execution_role is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.resources if statement.sid == "PutEvaluationsForLogBucket"])) == toset(["*"])
    error_message = "The list of resources of \"PutEvaluationsForLogBucket\" in execution_role is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.resources if statement.sid == "PutEvaluationsForAccount"])) == toset(["*"])
    error_message = "The list of resources of \"PutEvaluationsForAccount\" in execution_role is not what the spec says."
  }

  # triggers, owners
  assert {
    condition     = aws_config_config_rule.owners.description == "What is in production must say who owns it"
    error_message = "aws_config_config_rule.owners.description is not what the spec says."
  }

  assert {
    condition     = one(aws_config_config_rule.owners.scope).tag_key == "Stage"
    error_message = "one(aws_config_config_rule.owners.scope).tag_key is not what the spec says."
  }

  assert {
    condition     = one(aws_config_config_rule.owners.scope).tag_value == "production"
    error_message = "one(aws_config_config_rule.owners.scope).tag_value is not what the spec says."
  }

  assert {
    condition = aws_config_config_rule.owners.input_parameters == jsonencode({
      tag  = "Owner"
      team = var.team
    })
    error_message = "aws_config_config_rule.owners.input_parameters is not what the spec says."
  }

  assert {
    condition     = toset([for detail in one(aws_config_config_rule.owners.source).source_detail : detail.message_type if detail.message_type != null]) == toset(["ConfigurationItemChangeNotification", "OversizedConfigurationItemChangeNotification"])
    error_message = "[for detail in one(aws_config_config_rule.owners.source).source_detail : detail.message_type if detail.message_type != null] is not what the spec says."
  }

  assert {
    condition     = toset([for detail in one(aws_config_config_rule.owners.source).source_detail : detail.maximum_execution_frequency if detail.maximum_execution_frequency != null]) == toset([])
    error_message = "[for detail in one(aws_config_config_rule.owners.source).source_detail : detail.maximum_execution_frequency if detail.maximum_execution_frequency != null] is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.owners.action == "lambda:InvokeFunction"
    error_message = "aws_lambda_permission.owners.action is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.owners.principal == "config.amazonaws.com"
    error_message = "aws_lambda_permission.owners.principal is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.owners.source_account == data.aws_caller_identity.current.account_id
    error_message = "aws_lambda_permission.owners.source_account is not what the spec says."
  }

  # triggers, log_bucket
  assert {
    condition     = toset(one(aws_config_config_rule.log_bucket.scope).compliance_resource_types) == toset(["AWS::S3::Bucket"])
    error_message = "one(aws_config_config_rule.log_bucket.scope).compliance_resource_types is not what the spec says."
  }

  assert {
    condition     = one(aws_config_config_rule.log_bucket.scope).compliance_resource_id == var.log_bucket
    error_message = "one(aws_config_config_rule.log_bucket.scope).compliance_resource_id is not what the spec says."
  }

  assert {
    condition     = toset([for detail in one(aws_config_config_rule.log_bucket.source).source_detail : detail.message_type if detail.message_type != null]) == toset(["ConfigurationItemChangeNotification"])
    error_message = "[for detail in one(aws_config_config_rule.log_bucket.source).source_detail : detail.message_type if detail.message_type != null] is not what the spec says."
  }

  assert {
    condition     = toset([for detail in one(aws_config_config_rule.log_bucket.source).source_detail : detail.maximum_execution_frequency if detail.maximum_execution_frequency != null]) == toset([])
    error_message = "[for detail in one(aws_config_config_rule.log_bucket.source).source_detail : detail.maximum_execution_frequency if detail.maximum_execution_frequency != null] is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.log_bucket.action == "lambda:InvokeFunction"
    error_message = "aws_lambda_permission.log_bucket.action is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.log_bucket.principal == "config.amazonaws.com"
    error_message = "aws_lambda_permission.log_bucket.principal is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.log_bucket.source_account == data.aws_caller_identity.current.account_id
    error_message = "aws_lambda_permission.log_bucket.source_account is not what the spec says."
  }

  # triggers, account
  assert {
    condition     = toset([for detail in one(aws_config_config_rule.account.source).source_detail : detail.message_type if detail.message_type != null]) == toset(["ScheduledNotification"])
    error_message = "[for detail in one(aws_config_config_rule.account.source).source_detail : detail.message_type if detail.message_type != null] is not what the spec says."
  }

  assert {
    condition     = toset([for detail in one(aws_config_config_rule.account.source).source_detail : detail.maximum_execution_frequency if detail.maximum_execution_frequency != null]) == toset(["Six_Hours"])
    error_message = "[for detail in one(aws_config_config_rule.account.source).source_detail : detail.maximum_execution_frequency if detail.maximum_execution_frequency != null] is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.account.action == "lambda:InvokeFunction"
    error_message = "aws_lambda_permission.account.action is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.account.principal == "config.amazonaws.com"
    error_message = "aws_lambda_permission.account.principal is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.account.source_account == data.aws_caller_identity.current.account_id
    error_message = "aws_lambda_permission.account.source_account is not what the spec says."
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
    log_bucket = ""
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
    var.log_bucket,
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
