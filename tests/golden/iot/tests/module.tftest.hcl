# Made by tfgen from iot.yaml. Change that and render again, not this file.
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
  shop              = "shop"
}

run "is_what_the_spec_says" {
  command = plan

  # The function
  assert {
    condition     = aws_lambda_function.this.function_name == "fridge-watch"
    error_message = "aws_lambda_function.this.function_name is not what the spec says."
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
    condition     = aws_lambda_function.this.s3_bucket == var.deployment_bucket
    error_message = "aws_lambda_function.this.s3_bucket is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.s3_key == "fridge-watch.zip"
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

  # triggers, too_warm
  assert {
    condition     = aws_iot_topic_rule.too_warm.sql == "SELECT topic(2) AS shop, celsius, timestamp() AS time FROM 'shops/+/fridges' WHERE celsius > 8"
    error_message = "aws_iot_topic_rule.too_warm.sql is not what the spec says."
  }

  assert {
    condition     = aws_iot_topic_rule.too_warm.sql_version == "2016-03-23"
    error_message = "aws_iot_topic_rule.too_warm.sql_version is not what the spec says."
  }

  assert {
    condition     = aws_iot_topic_rule.too_warm.description == "Fridges above eight degrees"
    error_message = "aws_iot_topic_rule.too_warm.description is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.too_warm.action == "lambda:InvokeFunction"
    error_message = "aws_lambda_permission.too_warm.action is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.too_warm.principal == "iot.amazonaws.com"
    error_message = "aws_lambda_permission.too_warm.principal is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.too_warm.source_account == data.aws_caller_identity.current.account_id
    error_message = "aws_lambda_permission.too_warm.source_account is not what the spec says."
  }

  # triggers, doors
  assert {
    condition     = aws_iot_topic_rule.doors.sql == "SELECT * FROM 'shops/${var.shop}/doors'"
    error_message = "aws_iot_topic_rule.doors.sql is not what the spec says."
  }

  assert {
    condition     = aws_iot_topic_rule.doors.enabled == false
    error_message = "aws_iot_topic_rule.doors.enabled is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.doors.action == "lambda:InvokeFunction"
    error_message = "aws_lambda_permission.doors.action is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.doors.principal == "iot.amazonaws.com"
    error_message = "aws_lambda_permission.doors.principal is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.doors.source_account == data.aws_caller_identity.current.account_id
    error_message = "aws_lambda_permission.doors.source_account is not what the spec says."
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
    package_type      = "wrong"
    deployment_bucket = "not right"
  }

  expect_failures = [
    var.package_type,
    var.deployment_bucket,
  ]
}
