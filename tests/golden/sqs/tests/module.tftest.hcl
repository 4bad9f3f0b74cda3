# Made by tfgen from sqs.yaml. Change that and render again, not this file.
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
  commands_key_arn   = "arn:aws:kms:eu-central-1:123456789012:key/commands-key-arn"
  commands_queue_arn = "arn:aws:sqs:eu-central-1:123456789012:commands-queue-arn"
  deployment_bucket  = "deployment-bucket"
  filters_key_arn    = "arn:aws:kms:eu-central-1:123456789012:key/filters-key-arn"
  shop               = "shop"
  steps_key_arn      = "arn:aws:kms:eu-central-1:123456789012:key/steps-key-arn"
}

run "is_what_the_spec_says" {
  command = plan

  # The function
  assert {
    condition     = aws_lambda_function.this.function_name == "sqs-reader"
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
    condition     = aws_lambda_function.this.s3_key == "sqs-reader.zip"
    error_message = "aws_lambda_function.this.s3_key is not what the spec says."
  }

  assert {
    condition     = toset(aws_lambda_function.this.architectures) == toset(["arm64"])
    error_message = "aws_lambda_function.this.architectures is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.timeout == 30
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
      "logs:CreateLogStream",
      "logs:PutLogEvents",
      "sqs:DeleteMessage",
      "sqs:GetQueueAttributes",
      "sqs:ReceiveMessage",
    ])
    error_message = "The set of actions in the role's policy is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.resources if statement.sid == "DecryptForSteps"])) == toset([var.steps_key_arn])
    error_message = "The list of resources of \"DecryptForSteps\" in execution_role is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.resources if statement.sid == "ReadForCommands"])) == toset([var.commands_queue_arn])
    error_message = "The list of resources of \"ReadForCommands\" in execution_role is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.resources if statement.sid == "DecryptForCommands"])) == toset([var.commands_key_arn])
    error_message = "The list of resources of \"DecryptForCommands\" in execution_role is not what the spec says."
  }

  # triggers, jobs
  assert {
    condition     = aws_lambda_event_source_mapping.jobs.batch_size == 100
    error_message = "aws_lambda_event_source_mapping.jobs.batch_size is not what the spec says."
  }

  assert {
    condition     = toset(aws_lambda_event_source_mapping.jobs.function_response_types) == toset(["ReportBatchItemFailures"])
    error_message = "aws_lambda_event_source_mapping.jobs.function_response_types is not what the spec says."
  }

  assert {
    condition     = aws_lambda_event_source_mapping.jobs.maximum_batching_window_in_seconds == 5
    error_message = "aws_lambda_event_source_mapping.jobs.maximum_batching_window_in_seconds is not what the spec says."
  }

  assert {
    condition     = toset(one(aws_lambda_event_source_mapping.jobs.metrics_config).metrics) == toset(["EventCount"])
    error_message = "one(aws_lambda_event_source_mapping.jobs.metrics_config).metrics is not what the spec says."
  }

  assert {
    condition     = one(aws_lambda_event_source_mapping.jobs.scaling_config).maximum_concurrency == 20
    error_message = "one(aws_lambda_event_source_mapping.jobs.scaling_config).maximum_concurrency is not what the spec says."
  }

  assert {
    condition = toset(one(aws_lambda_event_source_mapping.jobs.filter_criteria).filter[*].pattern) == toset([
      jsonencode({
        body = {
          status = ["paid", "refunded"]
          amount = [{ numeric = [">", 0] }]
        }
      }),
      jsonencode({
        body = {
          source = [var.shop]
        }
      }),
    ])
    error_message = "one(aws_lambda_event_source_mapping.jobs.filter_criteria).filter[*].pattern is not what the spec says."
  }

  assert {
    condition     = aws_sqs_queue.jobs.message_retention_seconds == 345600
    error_message = "aws_sqs_queue.jobs.message_retention_seconds is not what the spec says."
  }

  assert {
    condition     = aws_sqs_queue.jobs.delay_seconds == 5
    error_message = "aws_sqs_queue.jobs.delay_seconds is not what the spec says."
  }

  assert {
    condition     = aws_sqs_queue.jobs.max_message_size == 65536
    error_message = "aws_sqs_queue.jobs.max_message_size is not what the spec says."
  }

  assert {
    condition     = aws_sqs_queue.jobs.receive_wait_time_seconds == 20
    error_message = "aws_sqs_queue.jobs.receive_wait_time_seconds is not what the spec says."
  }

  assert {
    condition     = aws_sqs_queue.jobs_dead_letters.message_retention_seconds == 604800
    error_message = "aws_sqs_queue.jobs_dead_letters.message_retention_seconds is not what the spec says."
  }

  # triggers, steps
  assert {
    condition     = aws_lambda_event_source_mapping.steps.enabled == var.steps_enabled
    error_message = "aws_lambda_event_source_mapping.steps.enabled is not what the spec says."
  }

  assert {
    condition     = aws_lambda_event_source_mapping.steps.batch_size == 5
    error_message = "aws_lambda_event_source_mapping.steps.batch_size is not what the spec says."
  }

  assert {
    condition     = aws_sqs_queue.steps.fifo_queue == true
    error_message = "aws_sqs_queue.steps.fifo_queue is not what the spec says."
  }

  assert {
    condition     = aws_sqs_queue.steps.content_based_deduplication == true
    error_message = "aws_sqs_queue.steps.content_based_deduplication is not what the spec says."
  }

  assert {
    condition     = aws_sqs_queue.steps.deduplication_scope == "messageGroup"
    error_message = "aws_sqs_queue.steps.deduplication_scope is not what the spec says."
  }

  assert {
    condition     = aws_sqs_queue.steps.fifo_throughput_limit == "perMessageGroupId"
    error_message = "aws_sqs_queue.steps.fifo_throughput_limit is not what the spec says."
  }

  assert {
    condition     = aws_sqs_queue.steps.visibility_timeout_seconds == 240
    error_message = "aws_sqs_queue.steps.visibility_timeout_seconds is not what the spec says."
  }

  assert {
    condition     = aws_sqs_queue.steps.kms_master_key_id == var.steps_key_arn
    error_message = "aws_sqs_queue.steps.kms_master_key_id is not what the spec says."
  }

  assert {
    condition     = aws_sqs_queue.steps.kms_data_key_reuse_period_seconds == 300
    error_message = "aws_sqs_queue.steps.kms_data_key_reuse_period_seconds is not what the spec says."
  }

  assert {
    condition     = aws_sqs_queue.steps_dead_letters.fifo_queue == true
    error_message = "aws_sqs_queue.steps_dead_letters.fifo_queue is not what the spec says."
  }

  assert {
    condition     = aws_sqs_queue.steps_dead_letters.kms_master_key_id == var.steps_key_arn
    error_message = "aws_sqs_queue.steps_dead_letters.kms_master_key_id is not what the spec says."
  }

  # triggers, commands
  assert {
    condition     = aws_lambda_event_source_mapping.commands.batch_size == 10
    error_message = "aws_lambda_event_source_mapping.commands.batch_size is not what the spec says."
  }

  assert {
    condition     = aws_lambda_event_source_mapping.commands.kms_key_arn == var.filters_key_arn
    error_message = "aws_lambda_event_source_mapping.commands.kms_key_arn is not what the spec says."
  }

  assert {
    condition     = aws_lambda_event_source_mapping.commands.event_source_arn == var.commands_queue_arn
    error_message = "aws_lambda_event_source_mapping.commands.event_source_arn is not what the spec says."
  }

  assert {
    condition = toset(one(aws_lambda_event_source_mapping.commands.filter_criteria).filter[*].pattern) == toset([
      jsonencode({
        body = {
          kind = ["command"]
        }
      }),
    ])
    error_message = "one(aws_lambda_event_source_mapping.commands.filter_criteria).filter[*].pattern is not what the spec says."
  }
}

run "takes_what_the_caller_says" {
  command = plan

  variables {
    function_name = "from-the-caller"
    memory_size   = 256
    timeout       = 29
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
    condition     = aws_lambda_function.this.timeout == 29
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
    commands_key_arn   = "wrong"
    commands_queue_arn = "wrong"
    filters_key_arn    = "wrong"
    steps_key_arn      = "wrong"
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
    var.commands_key_arn,
    var.commands_queue_arn,
    var.filters_key_arn,
    var.steps_key_arn,
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
