# Made by tfgen from provisioned_concurrency.yaml. Change that and render again, not this file.
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
}

run "is_what_the_spec_says" {
  command = plan

  # The function
  assert {
    condition     = aws_lambda_function.this.function_name == "basket-quotes"
    error_message = "aws_lambda_function.this.function_name is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.description == "Prices what is in a basket"
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
    condition     = aws_lambda_function.this.s3_bucket == var.deployment_bucket
    error_message = "aws_lambda_function.this.s3_bucket is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.s3_key == "quotes.zip"
    error_message = "aws_lambda_function.this.s3_key is not what the spec says."
  }

  assert {
    condition     = toset(aws_lambda_function.this.architectures) == toset(["arm64"])
    error_message = "aws_lambda_function.this.architectures is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.memory_size == 1024
    error_message = "aws_lambda_function.this.memory_size is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.timeout == 10
    error_message = "aws_lambda_function.this.timeout is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.reserved_concurrent_executions == 100
    error_message = "aws_lambda_function.this.reserved_concurrent_executions is not what the spec says."
  }

  assert {
    condition     = aws_lambda_alias.this.name == "live"
    error_message = "aws_lambda_alias.this.name is not what the spec says."
  }

  assert {
    condition     = aws_lambda_provisioned_concurrency_config.this[0].provisioned_concurrent_executions == 5
    error_message = "aws_lambda_provisioned_concurrency_config.this[0].provisioned_concurrent_executions is not what the spec says."
  }

  assert {
    condition     = aws_lambda_provisioned_concurrency_config.this[0].qualifier == "live"
    error_message = "aws_lambda_provisioned_concurrency_config.this[0].qualifier is not what the spec says."
  }

  # The execution role
  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.actions if statement.actions != null])) == toset(["logs:CreateLogStream", "logs:PutLogEvents"])
    error_message = "The set of actions in the role's policy is not what the spec says."
  }

  # provisioned_concurrency_config
  assert {
    condition     = aws_appautoscaling_target.this[0].min_capacity == 2
    error_message = "aws_appautoscaling_target.this[0].min_capacity is not what the spec says."
  }

  assert {
    condition     = aws_appautoscaling_target.this[0].max_capacity == 50
    error_message = "aws_appautoscaling_target.this[0].max_capacity is not what the spec says."
  }

  assert {
    condition     = one(aws_appautoscaling_policy.this[0].target_tracking_scaling_policy_configuration).target_value == 0.7
    error_message = "one(aws_appautoscaling_policy.this[0].target_tracking_scaling_policy_configuration).target_value is not what the spec says."
  }

  assert {
    condition     = one(aws_appautoscaling_policy.this[0].target_tracking_scaling_policy_configuration).scale_in_cooldown == 300
    error_message = "one(aws_appautoscaling_policy.this[0].target_tracking_scaling_policy_configuration).scale_in_cooldown is not what the spec says."
  }

  assert {
    condition     = one(aws_appautoscaling_policy.this[0].target_tracking_scaling_policy_configuration).scale_out_cooldown == 0
    error_message = "one(aws_appautoscaling_policy.this[0].target_tracking_scaling_policy_configuration).scale_out_cooldown is not what the spec says."
  }

  assert {
    condition     = aws_appautoscaling_scheduled_action.office_hours[0].schedule == "cron(30 7 ? * MON-FRI *)"
    error_message = "aws_appautoscaling_scheduled_action.office_hours[0].schedule is not what the spec says."
  }

  assert {
    condition     = aws_appautoscaling_scheduled_action.office_hours[0].timezone == "Europe/Berlin"
    error_message = "aws_appautoscaling_scheduled_action.office_hours[0].timezone is not what the spec says."
  }

  assert {
    condition     = tonumber(one(aws_appautoscaling_scheduled_action.office_hours[0].scalable_target_action).min_capacity) == 10
    error_message = "tonumber(one(aws_appautoscaling_scheduled_action.office_hours[0].scalable_target_action).min_capacity) is not what the spec says."
  }

  assert {
    condition     = tonumber(one(aws_appautoscaling_scheduled_action.office_hours[0].scalable_target_action).max_capacity) == var.most_by_day
    error_message = "tonumber(one(aws_appautoscaling_scheduled_action.office_hours[0].scalable_target_action).max_capacity) is not what the spec says."
  }

  assert {
    condition     = aws_appautoscaling_scheduled_action.evening[0].schedule == "cron(0 19 * * ? *)"
    error_message = "aws_appautoscaling_scheduled_action.evening[0].schedule is not what the spec says."
  }

  assert {
    condition     = aws_appautoscaling_scheduled_action.evening[0].timezone == "Europe/Berlin"
    error_message = "aws_appautoscaling_scheduled_action.evening[0].timezone is not what the spec says."
  }

  assert {
    condition     = aws_appautoscaling_scheduled_action.evening[0].start_time == "2030-01-01T00:00:00Z"
    error_message = "aws_appautoscaling_scheduled_action.evening[0].start_time is not what the spec says."
  }

  assert {
    condition     = aws_appautoscaling_scheduled_action.evening[0].end_time == "2030-12-31T23:59:59Z"
    error_message = "aws_appautoscaling_scheduled_action.evening[0].end_time is not what the spec says."
  }

  assert {
    condition     = tonumber(one(aws_appautoscaling_scheduled_action.evening[0].scalable_target_action).min_capacity) == 2
    error_message = "tonumber(one(aws_appautoscaling_scheduled_action.evening[0].scalable_target_action).min_capacity) is not what the spec says."
  }

  assert {
    condition     = tonumber(one(aws_appautoscaling_scheduled_action.evening[0].scalable_target_action).max_capacity) == 10
    error_message = "tonumber(one(aws_appautoscaling_scheduled_action.evening[0].scalable_target_action).max_capacity) is not what the spec says."
  }

  assert {
    condition     = aws_appautoscaling_scheduled_action.sale[0].schedule == "at(2030-11-29T08:00:00)"
    error_message = "aws_appautoscaling_scheduled_action.sale[0].schedule is not what the spec says."
  }

  assert {
    condition     = tonumber(one(aws_appautoscaling_scheduled_action.sale[0].scalable_target_action).min_capacity) == 40
    error_message = "tonumber(one(aws_appautoscaling_scheduled_action.sale[0].scalable_target_action).min_capacity) is not what the spec says."
  }
}

run "takes_what_the_caller_says" {
  command = plan

  variables {
    function_name = "from-the-caller"
    memory_size   = 256
    timeout       = 9
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
    condition     = aws_lambda_function.this.timeout == 9
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
    most_by_day = -1
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
    var.most_by_day,
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
