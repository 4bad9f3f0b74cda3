# Made by tfgen from mq.yaml. Change that and render again, not this file.
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
  activemq_arn            = "arn:aws:mq:eu-central-1:123456789012:broker:activemq-arn:b-activemq-arn"
  activemq_secret_arn     = "activemq-secret-arn"
  deployment_bucket       = "deployment-bucket"
  filters_key_arn         = "arn:aws:kms:eu-central-1:123456789012:key/filters-key-arn"
  rabbitmq_arn            = "arn:aws:mq:eu-central-1:123456789012:broker:rabbitmq-arn:b-rabbitmq-arn"
  rabbitmq_secret_arn     = "rabbitmq-secret-arn"
  rabbitmq_secret_key_arn = "arn:aws:kms:eu-central-1:123456789012:key/rabbitmq-secret-key-arn"
  reads_mails             = true
}

run "is_what_the_spec_says" {
  command = plan

  # The function
  assert {
    condition     = aws_lambda_function.this.function_name == "mq-reader"
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
    condition     = aws_lambda_function.this.s3_key == "mq-reader.zip"
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
      "ec2:CreateNetworkInterface",
      "ec2:DeleteNetworkInterface",
      "ec2:DescribeNetworkInterfaces",
      "ec2:DescribeSecurityGroups",
      "ec2:DescribeSubnets",
      "ec2:DescribeVpcs",
      "kms:Decrypt",
      "logs:CreateLogStream",
      "logs:PutLogEvents",
      "mq:DescribeBroker",
      "secretsmanager:GetSecretValue",
    ])
    error_message = "The set of actions in the role's policy is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.resources if statement.sid == "ReadForOrders"])) == toset([var.activemq_arn])
    error_message = "The list of resources of \"ReadForOrders\" in execution_role is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.resources if statement.sid == "ManageNetworkInterfacesForOrders"])) == toset(["*"])
    error_message = "The list of resources of \"ManageNetworkInterfacesForOrders\" in execution_role is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.resources if statement.sid == "ReadSecretsForOrders"])) == toset([var.activemq_secret_arn])
    error_message = "The list of resources of \"ReadSecretsForOrders\" in execution_role is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.resources if statement.sid == "ReadForMails"])) == toset([var.rabbitmq_arn])
    error_message = "The list of resources of \"ReadForMails\" in execution_role is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.resources if statement.sid == "ManageNetworkInterfacesForMails"])) == toset(["*"])
    error_message = "The list of resources of \"ManageNetworkInterfacesForMails\" in execution_role is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.resources if statement.sid == "ReadSecretsForMails"])) == toset([var.rabbitmq_secret_arn])
    error_message = "The list of resources of \"ReadSecretsForMails\" in execution_role is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.resources if statement.sid == "DecryptSecretsForMails"])) == toset([var.rabbitmq_secret_key_arn])
    error_message = "The list of resources of \"DecryptSecretsForMails\" in execution_role is not what the spec says."
  }

  # triggers, orders
  assert {
    condition     = aws_lambda_event_source_mapping.orders.batch_size == 50
    error_message = "aws_lambda_event_source_mapping.orders.batch_size is not what the spec says."
  }

  assert {
    condition     = aws_lambda_event_source_mapping.orders.kms_key_arn == var.filters_key_arn
    error_message = "aws_lambda_event_source_mapping.orders.kms_key_arn is not what the spec says."
  }

  assert {
    condition     = aws_lambda_event_source_mapping.orders.maximum_batching_window_in_seconds == 5
    error_message = "aws_lambda_event_source_mapping.orders.maximum_batching_window_in_seconds is not what the spec says."
  }

  assert {
    condition     = toset(aws_lambda_event_source_mapping.orders.queues) == toset(["orders"])
    error_message = "aws_lambda_event_source_mapping.orders.queues is not what the spec says."
  }

  assert {
    condition     = aws_lambda_event_source_mapping.orders.event_source_arn == var.activemq_arn
    error_message = "aws_lambda_event_source_mapping.orders.event_source_arn is not what the spec says."
  }

  assert {
    condition = toset(one(aws_lambda_event_source_mapping.orders.filter_criteria).filter[*].pattern) == toset([
      jsonencode({
        data = {
          status = ["paid"]
        }
      }),
    ])
    error_message = "one(aws_lambda_event_source_mapping.orders.filter_criteria).filter[*].pattern is not what the spec says."
  }

  assert {
    condition     = toset(aws_lambda_event_source_mapping.orders.source_access_configuration) == toset([{ type = "BASIC_AUTH", uri = var.activemq_secret_arn }])
    error_message = "aws_lambda_event_source_mapping.orders.source_access_configuration is not what the spec says."
  }

  # triggers, mails
  assert {
    condition     = aws_lambda_event_source_mapping.mails.enabled == var.reads_mails
    error_message = "aws_lambda_event_source_mapping.mails.enabled is not what the spec says."
  }

  assert {
    condition     = toset(aws_lambda_event_source_mapping.mails.queues) == toset(["mails"])
    error_message = "aws_lambda_event_source_mapping.mails.queues is not what the spec says."
  }

  assert {
    condition     = aws_lambda_event_source_mapping.mails.event_source_arn == var.rabbitmq_arn
    error_message = "aws_lambda_event_source_mapping.mails.event_source_arn is not what the spec says."
  }

  assert {
    condition = toset(aws_lambda_event_source_mapping.mails.source_access_configuration) == toset([
      { type = "BASIC_AUTH", uri = var.rabbitmq_secret_arn },
      { type = "VIRTUAL_HOST", uri = "/office" },
    ])
    error_message = "aws_lambda_event_source_mapping.mails.source_access_configuration is not what the spec says."
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
    activemq_arn            = "wrong"
    activemq_secret_arn     = "not right"
    filters_key_arn         = "wrong"
    rabbitmq_arn            = "wrong"
    rabbitmq_secret_arn     = "not right"
    rabbitmq_secret_key_arn = "wrong"
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
    var.activemq_arn,
    var.activemq_secret_arn,
    var.filters_key_arn,
    var.rabbitmq_arn,
    var.rabbitmq_secret_arn,
    var.rabbitmq_secret_key_arn,
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
