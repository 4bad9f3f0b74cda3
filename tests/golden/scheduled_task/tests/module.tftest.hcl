# Made by tfgen from scheduled_task.yaml. Change that and render again, not this file.
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
  execution_role_arn = "arn:aws:iam::123456789012:role/execution-role-arn"
  database_endpoint  = "database-endpoint"
  email_topic_arn    = "email-topic-arn"
  report_bucket      = "report-bucket"
  security_group_ids = ["security-group-ids"]
  subnet_ids         = ["subnet-ids"]
  alarm_actions      = ["arn:aws:alarm-actions:::alarm-actions"]
  ok_actions         = ["arn:aws:ok-actions:::ok-actions"]
}

run "is_what_the_spec_says" {
  command = plan

  # The function
  assert {
    condition     = aws_lambda_function.this.function_name == "daily-report-generator"
    error_message = "aws_lambda_function.this.function_name is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.runtime == "nodejs18.x"
    error_message = "aws_lambda_function.this.runtime is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.handler == "report.generateDaily"
    error_message = "aws_lambda_function.this.handler is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.filename == "report-generator.zip"
    error_message = "aws_lambda_function.this.filename is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.memory_size == 3008
    error_message = "aws_lambda_function.this.memory_size is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.timeout == 900
    error_message = "aws_lambda_function.this.timeout is not what the spec says."
  }

  assert {
    condition     = one(aws_lambda_function.this.environment).variables["REPORT_BUCKET"] == var.report_bucket
    error_message = "one(aws_lambda_function.this.environment).variables[\"REPORT_BUCKET\"] is not what the spec says."
  }

  assert {
    condition     = one(aws_lambda_function.this.environment).variables["DATABASE_URL"] == "postgresql://${var.database_endpoint}/reports"
    error_message = "one(aws_lambda_function.this.environment).variables[\"DATABASE_URL\"] is not what the spec says."
  }

  assert {
    condition     = one(aws_lambda_function.this.environment).variables["EMAIL_TOPIC"] == var.email_topic_arn
    error_message = "one(aws_lambda_function.this.environment).variables[\"EMAIL_TOPIC\"] is not what the spec says."
  }

  assert {
    condition     = one(aws_lambda_function.this.environment).variables["TIMEZONE"] == "America/New_York"
    error_message = "one(aws_lambda_function.this.environment).variables[\"TIMEZONE\"] is not what the spec says."
  }

  assert {
    condition     = toset(one(aws_lambda_function.this.vpc_config).subnet_ids) == toset(var.subnet_ids)
    error_message = "one(aws_lambda_function.this.vpc_config).subnet_ids is not what the spec says."
  }

  assert {
    condition     = toset(one(aws_lambda_function.this.vpc_config).security_group_ids) == toset(var.security_group_ids)
    error_message = "one(aws_lambda_function.this.vpc_config).security_group_ids is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.tags["Environment"] == "production"
    error_message = "aws_lambda_function.this.tags[\"Environment\"] is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.tags["Service"] == "reporting"
    error_message = "aws_lambda_function.this.tags[\"Service\"] is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.tags["Schedule"] == "daily"
    error_message = "aws_lambda_function.this.tags[\"Schedule\"] is not what the spec says."
  }

  # The execution role
  assert {
    condition     = aws_lambda_function.this.role == var.execution_role_arn
    error_message = "aws_lambda_function.this.role is not what the spec says."
  }

  # alarms
  assert {
    condition     = toset(aws_cloudwatch_metric_alarm.errors.alarm_actions) == toset(var.alarm_actions)
    error_message = "aws_cloudwatch_metric_alarm.errors.alarm_actions is not what the spec says."
  }

  assert {
    condition     = toset(aws_cloudwatch_metric_alarm.errors.ok_actions) == toset(var.ok_actions)
    error_message = "aws_cloudwatch_metric_alarm.errors.ok_actions is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.errors.comparison_operator == "GreaterThanOrEqualToThreshold"
    error_message = "aws_cloudwatch_metric_alarm.errors.comparison_operator is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.errors.threshold == 1
    error_message = "aws_cloudwatch_metric_alarm.errors.threshold is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.errors.evaluation_periods == 1
    error_message = "aws_cloudwatch_metric_alarm.errors.evaluation_periods is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.errors.treat_missing_data == "notBreaching"
    error_message = "aws_cloudwatch_metric_alarm.errors.treat_missing_data is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.errors.namespace == "AWS/Lambda"
    error_message = "aws_cloudwatch_metric_alarm.errors.namespace is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.errors.metric_name == "Errors"
    error_message = "aws_cloudwatch_metric_alarm.errors.metric_name is not what the spec says."
  }

  assert {
    condition = { for key, one in aws_cloudwatch_metric_alarm.errors.dimensions : key => one } == {
      FunctionName = aws_lambda_function.this.function_name
    }
    error_message = "aws_cloudwatch_metric_alarm.errors.dimensions is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.errors.statistic == "Sum"
    error_message = "aws_cloudwatch_metric_alarm.errors.statistic is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.errors.period == 300
    error_message = "aws_cloudwatch_metric_alarm.errors.period is not what the spec says."
  }

  assert {
    condition     = toset(aws_cloudwatch_metric_alarm.duration.alarm_actions) == toset(var.alarm_actions)
    error_message = "aws_cloudwatch_metric_alarm.duration.alarm_actions is not what the spec says."
  }

  assert {
    condition     = toset(aws_cloudwatch_metric_alarm.duration.ok_actions) == toset(var.ok_actions)
    error_message = "aws_cloudwatch_metric_alarm.duration.ok_actions is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.duration.comparison_operator == "GreaterThanOrEqualToThreshold"
    error_message = "aws_cloudwatch_metric_alarm.duration.comparison_operator is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.duration.threshold == var.timeout * 1000 * 90 / 100
    error_message = "aws_cloudwatch_metric_alarm.duration.threshold is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.duration.evaluation_periods == 1
    error_message = "aws_cloudwatch_metric_alarm.duration.evaluation_periods is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.duration.treat_missing_data == "notBreaching"
    error_message = "aws_cloudwatch_metric_alarm.duration.treat_missing_data is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.duration.namespace == "AWS/Lambda"
    error_message = "aws_cloudwatch_metric_alarm.duration.namespace is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.duration.metric_name == "Duration"
    error_message = "aws_cloudwatch_metric_alarm.duration.metric_name is not what the spec says."
  }

  assert {
    condition = { for key, one in aws_cloudwatch_metric_alarm.duration.dimensions : key => one } == {
      FunctionName = aws_lambda_function.this.function_name
    }
    error_message = "aws_cloudwatch_metric_alarm.duration.dimensions is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.duration.statistic == "Maximum"
    error_message = "aws_cloudwatch_metric_alarm.duration.statistic is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.duration.period == 300
    error_message = "aws_cloudwatch_metric_alarm.duration.period is not what the spec says."
  }

  # triggers, daily_report
  assert {
    condition     = aws_cloudwatch_event_rule.daily_report.description == "Trigger daily report generation"
    error_message = "aws_cloudwatch_event_rule.daily_report.description is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_event_rule.daily_report.schedule_expression == "cron(0 8 * * ? *)"
    error_message = "aws_cloudwatch_event_rule.daily_report.schedule_expression is not what the spec says."
  }

  assert {
    condition = aws_cloudwatch_event_target.daily_report.input == jsonencode({
      report_type = "daily"
      format      = "pdf"
    })
    error_message = "aws_cloudwatch_event_target.daily_report.input is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.daily_report.action == "lambda:InvokeFunction"
    error_message = "aws_lambda_permission.daily_report.action is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.daily_report.principal == "events.amazonaws.com"
    error_message = "aws_lambda_permission.daily_report.principal is not what the spec says."
  }
}

run "takes_what_the_caller_says" {
  command = plan

  variables {
    function_name = "from-the-caller"
    memory_size   = 256
    timeout       = 899
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
    condition     = aws_lambda_function.this.timeout == 899
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
    alarm_actions = ["wrong"]
    ok_actions    = ["wrong"]
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
    var.alarm_actions,
    var.ok_actions,
  ]
}

run "refuses_what_is_wrong_2" {
  command = plan

  variables {
    package_type       = "wrong"
    security_group_ids = [""]
    subnet_ids         = [""]
  }

  expect_failures = [
    var.package_type,
    var.security_group_ids,
    var.subnet_ids,
  ]
}
