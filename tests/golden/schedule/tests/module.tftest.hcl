# Made by tfgen from schedule.yaml. Change that and render again, not this file.
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
  dead_letters_arn     = "arn:aws:sqs:eu-central-1:123456789012:dead-letters-arn"
  dead_letters_key_arn = "arn:aws:kms:eu-central-1:123456789012:key/dead-letters-key-arn"
  deployment_bucket    = "deployment-bucket"
  input_key_arn        = "arn:aws:kms:eu-central-1:123456789012:key/input-key-arn"
  schedule_group       = "schedule-group"
  shop                 = "shop"
}

run "is_what_the_spec_says" {
  command = plan

  # The function
  assert {
    condition     = aws_lambda_function.this.function_name == "housekeeper"
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
    condition     = aws_lambda_function.this.s3_key == "housekeeper.zip"
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

  # triggers, morning
  assert {
    condition     = aws_scheduler_schedule.morning.schedule_expression == "cron(0 6 ? * MON-FRI *)"
    error_message = "aws_scheduler_schedule.morning.schedule_expression is not what the spec says."
  }

  assert {
    condition     = aws_scheduler_schedule.morning.description == "Every working day at six in the morning"
    error_message = "aws_scheduler_schedule.morning.description is not what the spec says."
  }

  assert {
    condition     = aws_scheduler_schedule.morning.state == "ENABLED"
    error_message = "aws_scheduler_schedule.morning.state is not what the spec says."
  }

  assert {
    condition     = aws_scheduler_schedule.morning.start_date == "2030-01-01T00:00:00Z"
    error_message = "aws_scheduler_schedule.morning.start_date is not what the spec says."
  }

  assert {
    condition     = aws_scheduler_schedule.morning.end_date == "2030-12-31T23:00:00Z"
    error_message = "aws_scheduler_schedule.morning.end_date is not what the spec says."
  }

  assert {
    condition     = aws_scheduler_schedule.morning.group_name == var.schedule_group
    error_message = "aws_scheduler_schedule.morning.group_name is not what the spec says."
  }

  assert {
    condition     = aws_scheduler_schedule.morning.kms_key_arn == var.input_key_arn
    error_message = "aws_scheduler_schedule.morning.kms_key_arn is not what the spec says."
  }

  assert {
    condition     = one(aws_scheduler_schedule.morning.flexible_time_window).mode == "FLEXIBLE"
    error_message = "one(aws_scheduler_schedule.morning.flexible_time_window).mode is not what the spec says."
  }

  assert {
    condition     = one(aws_scheduler_schedule.morning.flexible_time_window).maximum_window_in_minutes == 15
    error_message = "one(aws_scheduler_schedule.morning.flexible_time_window).maximum_window_in_minutes is not what the spec says."
  }

  assert {
    condition     = aws_scheduler_schedule.morning.schedule_expression_timezone == "Europe/Berlin"
    error_message = "aws_scheduler_schedule.morning.schedule_expression_timezone is not what the spec says."
  }

  assert {
    condition     = one(one(aws_scheduler_schedule.morning.target).retry_policy).maximum_event_age_in_seconds == 3600
    error_message = "one(one(aws_scheduler_schedule.morning.target).retry_policy).maximum_event_age_in_seconds is not what the spec says."
  }

  assert {
    condition     = one(one(aws_scheduler_schedule.morning.target).retry_policy).maximum_retry_attempts == 10
    error_message = "one(one(aws_scheduler_schedule.morning.target).retry_policy).maximum_retry_attempts is not what the spec says."
  }

  assert {
    condition = one(aws_scheduler_schedule.morning.target).input == jsonencode({
      task = "tidy"
      shop = var.shop
    })
    error_message = "one(aws_scheduler_schedule.morning.target).input is not what the spec says."
  }

  assert {
    condition = toset(flatten([for statement in data.aws_iam_policy_document.morning_trust.statement : [for condition in statement.condition : formatlist("%s %s %s", condition.test, condition.variable, condition.values)] if statement.sid == "AssumedByScheduler"])) == toset(flatten([
      formatlist("%s %s %s", "StringEquals", "aws:SourceAccount", [data.aws_caller_identity.current.account_id]),
      formatlist("%s %s %s", "ArnEquals", "aws:SourceArn", [
        "arn:${data.aws_partition.current.partition}:scheduler:${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}:schedule-group/${var.schedule_group}",
      ]),
    ]))
    error_message = "The condition of AssumedByScheduler in morning_trust is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.morning_invoker.statement : statement.actions if statement.sid == "InvokeFunction"])) == toset(["lambda:InvokeFunction"])
    error_message = "The list of actions of InvokeFunction in morning_invoker is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.morning_invoker.statement : statement.actions if statement.sid == "SendDeadLetters"])) == toset(["sqs:SendMessage"])
    error_message = "The list of actions of SendDeadLetters in morning_invoker is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.morning_invoker.statement : statement.actions if statement.sid == "EncryptDeadLetters"])) == toset(["kms:Decrypt", "kms:GenerateDataKey"])
    error_message = "The list of actions of EncryptDeadLetters in morning_invoker is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.morning_invoker.statement : statement.resources if statement.sid == "EncryptDeadLetters"])) == toset([var.dead_letters_key_arn])
    error_message = "The list of resources of EncryptDeadLetters in morning_invoker is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.morning_invoker.statement : statement.actions if statement.sid == "DecryptInput"])) == toset(["kms:Decrypt"])
    error_message = "The list of actions of DecryptInput in morning_invoker is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.morning_invoker.statement : statement.resources if statement.sid == "DecryptInput"])) == toset([var.input_key_arn])
    error_message = "The list of resources of DecryptInput in morning_invoker is not what the spec says."
  }

  assert {
    condition     = aws_sqs_queue.morning_dead_letters.message_retention_seconds == 604800
    error_message = "aws_sqs_queue.morning_dead_letters.message_retention_seconds is not what the spec says."
  }

  assert {
    condition     = aws_sqs_queue.morning_dead_letters.kms_master_key_id == var.dead_letters_key_arn
    error_message = "aws_sqs_queue.morning_dead_letters.kms_master_key_id is not what the spec says."
  }

  # triggers, move
  assert {
    condition     = aws_scheduler_schedule.move.schedule_expression == "at(2030-07-01T03:00:00)"
    error_message = "aws_scheduler_schedule.move.schedule_expression is not what the spec says."
  }

  assert {
    condition     = one(one(aws_scheduler_schedule.move.target).dead_letter_config).arn == var.dead_letters_arn
    error_message = "one(one(aws_scheduler_schedule.move.target).dead_letter_config).arn is not what the spec says."
  }

  assert {
    condition = one(aws_scheduler_schedule.move.target).input == jsonencode({
      task = "move"
    })
    error_message = "one(aws_scheduler_schedule.move.target).input is not what the spec says."
  }

  assert {
    condition = toset(flatten([for statement in data.aws_iam_policy_document.move_trust.statement : [for condition in statement.condition : formatlist("%s %s %s", condition.test, condition.variable, condition.values)] if statement.sid == "AssumedByScheduler"])) == toset(flatten([
      formatlist("%s %s %s", "StringEquals", "aws:SourceAccount", [data.aws_caller_identity.current.account_id]),
      formatlist("%s %s %s", "ArnEquals", "aws:SourceArn", [
        "arn:${data.aws_partition.current.partition}:scheduler:${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}:schedule-group/default",
      ]),
    ]))
    error_message = "The condition of AssumedByScheduler in move_trust is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.move_invoker.statement : statement.actions if statement.sid == "InvokeFunction"])) == toset(["lambda:InvokeFunction"])
    error_message = "The list of actions of InvokeFunction in move_invoker is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.move_invoker.statement : statement.actions if statement.sid == "SendDeadLetters"])) == toset(["sqs:SendMessage"])
    error_message = "The list of actions of SendDeadLetters in move_invoker is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.move_invoker.statement : statement.resources if statement.sid == "SendDeadLetters"])) == toset([var.dead_letters_arn])
    error_message = "The list of resources of SendDeadLetters in move_invoker is not what the spec says."
  }

  # triggers, hourly
  assert {
    condition     = aws_cloudwatch_event_rule.hourly.schedule_expression == "rate(1 hour)"
    error_message = "aws_cloudwatch_event_rule.hourly.schedule_expression is not what the spec says."
  }

  assert {
    condition     = one(aws_cloudwatch_event_target.hourly.retry_policy).maximum_retry_attempts == 2
    error_message = "one(aws_cloudwatch_event_target.hourly.retry_policy).maximum_retry_attempts is not what the spec says."
  }

  assert {
    condition = aws_cloudwatch_event_target.hourly.input == jsonencode({
      task = "count"
    })
    error_message = "aws_cloudwatch_event_target.hourly.input is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.hourly.action == "lambda:InvokeFunction"
    error_message = "aws_lambda_permission.hourly.action is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.hourly.principal == "events.amazonaws.com"
    error_message = "aws_lambda_permission.hourly.principal is not what the spec says."
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
    dead_letters_arn     = "wrong"
    dead_letters_key_arn = "wrong"
    input_key_arn        = "wrong"
    schedule_group       = "not right"
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
    var.dead_letters_arn,
    var.dead_letters_key_arn,
    var.input_key_arn,
    var.schedule_group,
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
