# Made by tfgen from permission.yaml. Change that and render again, not this file.
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
  agent_arn         = "arn:aws:agent-arn:::agent-arn"
  deployment_bucket = "deployment-bucket"
  organisation_id   = "o-exampleexa"
  partner_account   = "123456789012"
  skill_id          = "skill-id"
}

run "is_what_the_spec_says" {
  command = plan

  # The function
  assert {
    condition     = aws_lambda_function.this.function_name == "price-list"
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
    condition     = aws_lambda_function.this.s3_key == "price-list.zip"
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

  # triggers, agent
  assert {
    condition     = aws_lambda_permission.agent.action == "lambda:InvokeFunction"
    error_message = "aws_lambda_permission.agent.action is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.agent.principal == "bedrock.amazonaws.com"
    error_message = "aws_lambda_permission.agent.principal is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.agent.source_arn == var.agent_arn
    error_message = "aws_lambda_permission.agent.source_arn is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.agent.source_account == (split(":", var.agent_arn)[4] == "" ? data.aws_caller_identity.current.account_id : null)
    error_message = "aws_lambda_permission.agent.source_account is not what the spec says."
  }

  # triggers, bucket
  assert {
    condition     = aws_lambda_permission.bucket.action == "lambda:InvokeFunction"
    error_message = "aws_lambda_permission.bucket.action is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.bucket.principal == "s3.amazonaws.com"
    error_message = "aws_lambda_permission.bucket.principal is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.bucket.source_arn == "arn:${data.aws_partition.current.partition}:s3:::shop-prices"
    error_message = "aws_lambda_permission.bucket.source_arn is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.bucket.source_account == data.aws_caller_identity.current.account_id
    error_message = "aws_lambda_permission.bucket.source_account is not what the spec says."
  }

  # triggers, partner_bucket
  assert {
    condition     = aws_lambda_permission.partner_bucket.action == "lambda:InvokeFunction"
    error_message = "aws_lambda_permission.partner_bucket.action is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.partner_bucket.principal == "s3.amazonaws.com"
    error_message = "aws_lambda_permission.partner_bucket.principal is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.partner_bucket.source_arn == "arn:${data.aws_partition.current.partition}:s3:::partner-drop"
    error_message = "aws_lambda_permission.partner_bucket.source_arn is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.partner_bucket.source_account == var.partner_account
    error_message = "aws_lambda_permission.partner_bucket.source_account is not what the spec says."
  }

  # triggers, skill
  assert {
    condition     = aws_lambda_permission.skill.action == "lambda:InvokeFunction"
    error_message = "aws_lambda_permission.skill.action is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.skill.principal == "alexa-appkit.amazon.com"
    error_message = "aws_lambda_permission.skill.principal is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.skill.event_source_token == var.skill_id
    error_message = "aws_lambda_permission.skill.event_source_token is not what the spec says."
  }

  # triggers, partner
  assert {
    condition     = aws_lambda_permission.partner.action == "lambda:InvokeFunction"
    error_message = "aws_lambda_permission.partner.action is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.partner.principal == "arn:${data.aws_partition.current.partition}:iam::${var.partner_account}:root"
    error_message = "aws_lambda_permission.partner.principal is not what the spec says."
  }

  # triggers, auditor
  assert {
    condition     = aws_lambda_permission.auditor.action == "lambda:InvokeFunction"
    error_message = "aws_lambda_permission.auditor.action is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.auditor.principal == "arn:${data.aws_partition.current.partition}:iam::345678901234:root"
    error_message = "aws_lambda_permission.auditor.principal is not what the spec says."
  }

  # triggers, organisation
  assert {
    condition     = aws_lambda_permission.organisation.action == "lambda:InvokeFunction"
    error_message = "aws_lambda_permission.organisation.action is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.organisation.principal == "*"
    error_message = "aws_lambda_permission.organisation.principal is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.organisation.principal_org_id == var.organisation_id
    error_message = "aws_lambda_permission.organisation.principal_org_id is not what the spec says."
  }

  # triggers, reader
  assert {
    condition     = aws_lambda_permission.reader.action == "lambda:InvokeFunction"
    error_message = "aws_lambda_permission.reader.action is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.reader.principal == "arn:aws:iam::123456789012:role/reader"
    error_message = "aws_lambda_permission.reader.principal is not what the spec says."
  }

  # triggers, reader_by_url
  assert {
    condition     = aws_lambda_permission.reader_by_url.action == "lambda:InvokeFunctionUrl"
    error_message = "aws_lambda_permission.reader_by_url.action is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.reader_by_url.principal == "arn:aws:iam::123456789012:role/reader"
    error_message = "aws_lambda_permission.reader_by_url.principal is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.reader_by_url.function_url_auth_type == "AWS_IAM"
    error_message = "aws_lambda_permission.reader_by_url.function_url_auth_type is not what the spec says."
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
    agent_arn       = "wrong"
    organisation_id = "wrong"
    partner_account = "wrong"
    skill_id        = "not right"
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
    var.agent_arn,
    var.organisation_id,
    var.partner_account,
    var.skill_id,
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
