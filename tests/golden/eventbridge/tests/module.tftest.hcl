# Made by tfgen from eventbridge.yaml. Change that and render again, not this file.
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
  bus_name             = "bus-name"
  dead_letters_arn     = "arn:aws:sqs:eu-central-1:123456789012:dead-letters-arn"
  dead_letters_key_arn = "arn:aws:kms:eu-central-1:123456789012:key/dead-letters-key-arn"
  deployment_bucket    = "deployment-bucket"
  shop                 = "shop"
}

run "is_what_the_spec_says" {
  command = plan

  # The function
  assert {
    condition     = aws_lambda_function.this.function_name == "order-mailer"
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
    condition     = aws_lambda_function.this.s3_key == "order-mailer.zip"
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

  # triggers, orders
  assert {
    condition     = aws_cloudwatch_event_rule.orders.description == "Orders that were paid"
    error_message = "aws_cloudwatch_event_rule.orders.description is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_event_rule.orders.event_bus_name == var.bus_name
    error_message = "aws_cloudwatch_event_rule.orders.event_bus_name is not what the spec says."
  }

  assert {
    condition     = one(aws_cloudwatch_event_target.orders.input_transformer).input_paths["order"] == "$.detail.id"
    error_message = "one(aws_cloudwatch_event_target.orders.input_transformer).input_paths[\"order\"] is not what the spec says."
  }

  assert {
    condition     = one(aws_cloudwatch_event_target.orders.input_transformer).input_paths["total"] == "$.detail.total"
    error_message = "one(aws_cloudwatch_event_target.orders.input_transformer).input_paths[\"total\"] is not what the spec says."
  }

  assert {
    condition     = one(aws_cloudwatch_event_target.orders.input_transformer).input_template == "{\"order\": <order>, \"total\": <total>}"
    error_message = "one(aws_cloudwatch_event_target.orders.input_transformer).input_template is not what the spec says."
  }

  assert {
    condition     = one(aws_cloudwatch_event_target.orders.retry_policy).maximum_event_age_in_seconds == 3600
    error_message = "one(aws_cloudwatch_event_target.orders.retry_policy).maximum_event_age_in_seconds is not what the spec says."
  }

  assert {
    condition     = one(aws_cloudwatch_event_target.orders.retry_policy).maximum_retry_attempts == 10
    error_message = "one(aws_cloudwatch_event_target.orders.retry_policy).maximum_retry_attempts is not what the spec says."
  }

  assert {
    condition = aws_cloudwatch_event_rule.orders.event_pattern == jsonencode({
      source      = ["shop.orders"]
      detail-type = ["OrderPaid"]
      detail = {
        total   = [{ numeric = [">=", 100] }]
        country = [{ anything-but = ["XX"] }]
      }
    })
    error_message = "aws_cloudwatch_event_rule.orders.event_pattern is not what the spec says."
  }

  assert {
    condition     = aws_sqs_queue.orders_dead_letters.message_retention_seconds == 604800
    error_message = "aws_sqs_queue.orders_dead_letters.message_retention_seconds is not what the spec says."
  }

  assert {
    condition     = aws_sqs_queue.orders_dead_letters.kms_master_key_id == var.dead_letters_key_arn
    error_message = "aws_sqs_queue.orders_dead_letters.kms_master_key_id is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.orders_dead_letters.statement : statement.actions if statement.sid == "SendDeadLettersForOrders"])) == toset(["sqs:SendMessage"])
    error_message = "The list of actions of \"SendDeadLettersForOrders\" in orders_dead_letters is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.orders.action == "lambda:InvokeFunction"
    error_message = "aws_lambda_permission.orders.action is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.orders.principal == "events.amazonaws.com"
    error_message = "aws_lambda_permission.orders.principal is not what the spec says."
  }

  # triggers, returns
  assert {
    condition = aws_cloudwatch_event_rule.returns.event_pattern == jsonencode({
      source      = ["shop.${var.shop}"]
      detail-type = ["OrderReturned"]
      detail = {
        voucher = [null]
      }
    })
    error_message = "aws_cloudwatch_event_rule.returns.event_pattern is not what the spec says."
  }

  assert {
    condition = aws_cloudwatch_event_target.returns.input == jsonencode({
      kind   = "return"
      shop   = var.shop
      urgent = true
    })
    error_message = "aws_cloudwatch_event_target.returns.input is not what the spec says."
  }

  assert {
    condition     = one(aws_cloudwatch_event_target.returns.dead_letter_config).arn == var.dead_letters_arn
    error_message = "one(aws_cloudwatch_event_target.returns.dead_letter_config).arn is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.returns_dead_letters.statement : statement.actions if statement.sid == "SendDeadLettersForReturns"])) == toset(["sqs:SendMessage"])
    error_message = "The list of actions of \"SendDeadLettersForReturns\" in returns_dead_letters is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.returns_dead_letters.statement : statement.resources if statement.sid == "SendDeadLettersForReturns"])) == toset([var.dead_letters_arn])
    error_message = "The list of resources of \"SendDeadLettersForReturns\" in returns_dead_letters is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.returns.action == "lambda:InvokeFunction"
    error_message = "aws_lambda_permission.returns.action is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.returns.principal == "events.amazonaws.com"
    error_message = "aws_lambda_permission.returns.principal is not what the spec says."
  }

  # triggers, audit
  assert {
    condition     = aws_cloudwatch_event_rule.audit.state == "ENABLED"
    error_message = "aws_cloudwatch_event_rule.audit.state is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_event_target.audit.input_path == "$.detail"
    error_message = "aws_cloudwatch_event_target.audit.input_path is not what the spec says."
  }

  assert {
    condition = aws_cloudwatch_event_rule.audit.event_pattern == jsonencode({
      source = ["aws.iam"]
      detail = {
        eventName = [{ prefix = "Delete" }]
      }
    })
    error_message = "aws_cloudwatch_event_rule.audit.event_pattern is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.audit.action == "lambda:InvokeFunction"
    error_message = "aws_lambda_permission.audit.action is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.audit.principal == "events.amazonaws.com"
    error_message = "aws_lambda_permission.audit.principal is not what the spec says."
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
    bus_name             = "not right"
    dead_letters_arn     = "wrong"
    dead_letters_key_arn = "wrong"
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
    var.bus_name,
    var.dead_letters_arn,
    var.dead_letters_key_arn,
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
