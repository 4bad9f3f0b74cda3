# Made by tfgen from versions.yaml. Change that and render again, not this file.
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
  boundary_arn      = "arn:aws:iam::aws:policy/boundary-arn"
  dead_letters_arn  = "arn:aws:sqs:eu-central-1:123456789012:dead-letters-arn"
  deployment_bucket = "deployment-bucket"
  uploads_topic_arn = "arn:aws:sns:eu-central-1:123456789012:uploads-topic-arn"
}

run "is_what_the_spec_says" {
  command = plan

  # The function
  assert {
    condition     = aws_lambda_function.this.function_name == "thumbnails"
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
    condition     = aws_lambda_function.this.s3_key == "thumbnails.zip"
    error_message = "aws_lambda_function.this.s3_key is not what the spec says."
  }

  assert {
    condition     = toset(aws_lambda_function.this.architectures) == toset(["arm64"])
    error_message = "aws_lambda_function.this.architectures is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.reserved_concurrent_executions == 20
    error_message = "aws_lambda_function.this.reserved_concurrent_executions is not what the spec says."
  }

  assert {
    condition     = one(aws_lambda_function.this.dead_letter_config).target_arn == var.dead_letters_arn
    error_message = "one(aws_lambda_function.this.dead_letter_config).target_arn is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.memory_size == 128
    error_message = "aws_lambda_function.this.memory_size is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.timeout == 3
    error_message = "aws_lambda_function.this.timeout is not what the spec says."
  }

  assert {
    condition     = aws_lambda_alias.this.name == "live"
    error_message = "aws_lambda_alias.this.name is not what the spec says."
  }

  # The execution role
  assert {
    condition     = aws_iam_role.this[0].permissions_boundary == var.boundary_arn
    error_message = "aws_iam_role.this[0].permissions_boundary is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.actions if statement.actions != null])) == toset(["logs:CreateLogStream", "logs:PutLogEvents", "sqs:SendMessage"])
    error_message = "The set of actions in the role's policy is not what the spec says."
  }

  # versions
  assert {
    condition     = aws_scheduler_schedule.versions.schedule_expression == "cron(0 3 * * ? *)"
    error_message = "aws_scheduler_schedule.versions.schedule_expression is not what the spec says."
  }

  assert {
    condition     = aws_scheduler_schedule.versions.schedule_expression_timezone == "Europe/Berlin"
    error_message = "aws_scheduler_schedule.versions.schedule_expression_timezone is not what the spec says."
  }

  assert {
    condition     = jsondecode(aws_sfn_state_machine.this.definition).States.Begin.Assign.keep == 10
    error_message = "jsondecode(aws_sfn_state_machine.this.definition).States.Begin.Assign.keep is not what the spec says."
  }

  assert {
    condition     = toset(jsondecode(aws_sfn_state_machine.this.definition).States.Begin.Assign.used) == toset(["1"])
    error_message = "jsondecode(aws_sfn_state_machine.this.definition).States.Begin.Assign.used is not what the spec says."
  }

  assert {
    condition = toset(flatten([for statement in data.aws_iam_policy_document.versions_cleanup_trust.statement : [for condition in statement.condition : formatlist("%s %s %s", condition.test, condition.variable, condition.values)] if statement.sid == "AssumedByStepFunctions"])) == toset(flatten([
      formatlist("%s %s %s", "StringEquals", "aws:SourceAccount", [data.aws_caller_identity.current.account_id]),
      formatlist("%s %s %s", "ArnEquals", "aws:SourceArn", [
        "arn:${data.aws_partition.current.partition}:states:${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}:stateMachine:${var.function_name}-versions",
      ]),
    ]))
    error_message = "The condition of AssumedByStepFunctions in versions_cleanup_trust is not what the spec says."
  }

  assert {
    condition = toset(flatten([for statement in data.aws_iam_policy_document.versions_invoker_trust.statement : [for condition in statement.condition : formatlist("%s %s %s", condition.test, condition.variable, condition.values)] if statement.sid == "AssumedByScheduler"])) == toset(flatten([
      formatlist("%s %s %s", "StringEquals", "aws:SourceAccount", [data.aws_caller_identity.current.account_id]),
      formatlist("%s %s %s", "ArnEquals", "aws:SourceArn", [
        "arn:${data.aws_partition.current.partition}:scheduler:${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}:schedule-group/default",
      ]),
    ]))
    error_message = "The condition of AssumedByScheduler in versions_invoker_trust is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.versions_cleanup.statement : statement.actions if statement.sid == "DeleteVersions"])) == toset(["lambda:DeleteFunction"])
    error_message = "The list of actions of DeleteVersions in versions_cleanup is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.versions_cleanup.statement : statement.resources if statement.sid == "DeleteVersions"])) == toset(["${local.function_arn}:*"])
    error_message = "The list of resources of DeleteVersions in versions_cleanup is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.versions_cleanup.statement : statement.resources if statement.sid == "ListVersions"])) == toset([local.function_arn])
    error_message = "The list of resources of ListVersions in versions_cleanup is not what the spec says."
  }

  # triggers, sns
  assert {
    condition     = aws_sns_topic_subscription.sns.topic_arn == var.uploads_topic_arn
    error_message = "aws_sns_topic_subscription.sns.topic_arn is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.sns.action == "lambda:InvokeFunction"
    error_message = "aws_lambda_permission.sns.action is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.sns.principal == "sns.amazonaws.com"
    error_message = "aws_lambda_permission.sns.principal is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.sns.qualifier == aws_lambda_alias.this.name
    error_message = "aws_lambda_permission.sns.qualifier is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.sns.source_arn == var.uploads_topic_arn
    error_message = "aws_lambda_permission.sns.source_arn is not what the spec says."
  }

  # triggers, replay
  assert {
    condition = aws_cloudwatch_event_rule.replay.event_pattern == jsonencode({
      source = ["archive"]
    })
    error_message = "aws_cloudwatch_event_rule.replay.event_pattern is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.replay.action == "lambda:InvokeFunction"
    error_message = "aws_lambda_permission.replay.action is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.replay.principal == "events.amazonaws.com"
    error_message = "aws_lambda_permission.replay.principal is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.replay.qualifier == "1"
    error_message = "aws_lambda_permission.replay.qualifier is not what the spec says."
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
    boundary_arn      = "wrong"
    uploads_topic_arn = "wrong"
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
    var.boundary_arn,
    var.uploads_topic_arn,
  ]
}

run "refuses_what_is_wrong_2" {
  command = plan

  variables {
    package_type      = "wrong"
    dead_letters_arn  = "wrong"
    deployment_bucket = "not right"
  }

  expect_failures = [
    var.package_type,
    var.dead_letters_arn,
    var.deployment_bucket,
  ]
}
