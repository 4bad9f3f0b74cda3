# Made by tfgen from stream_processor.yaml. Change that and render again, not this file.
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
  execution_role_arn       = "arn:aws:iam::123456789012:role/execution-role-arn"
  audit_table_name         = "audit-table-name"
  deployment_bucket        = "deployment-bucket"
  failed_records_queue_arn = "arn:aws:sqs:eu-central-1:123456789012:failed-records-queue-arn"
  notification_topic_arn   = "notification-topic-arn"
  users_stream_arn         = "arn:aws:dynamodb:eu-central-1:123456789012:table/users-stream-arn/stream/users-stream-arn"
  alarm_actions            = ["arn:aws:alarm-actions:::alarm-actions"]
  ok_actions               = ["arn:aws:ok-actions:::ok-actions"]
}

run "is_what_the_spec_says" {
  command = plan

  # The function
  assert {
    condition     = aws_lambda_function.this.function_name == "dynamodb-stream-processor"
    error_message = "aws_lambda_function.this.function_name is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.runtime == "java11"
    error_message = "aws_lambda_function.this.runtime is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.handler == "com.example.StreamProcessor::handleRequest"
    error_message = "aws_lambda_function.this.handler is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.s3_bucket == var.deployment_bucket
    error_message = "aws_lambda_function.this.s3_bucket is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.s3_key == "stream-processor-1.0.0.jar"
    error_message = "aws_lambda_function.this.s3_key is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.memory_size == 1024
    error_message = "aws_lambda_function.this.memory_size is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.timeout == 60
    error_message = "aws_lambda_function.this.timeout is not what the spec says."
  }

  assert {
    condition     = one(aws_lambda_function.this.environment).variables["NOTIFICATION_TOPIC"] == var.notification_topic_arn
    error_message = "one(aws_lambda_function.this.environment).variables[\"NOTIFICATION_TOPIC\"] is not what the spec says."
  }

  assert {
    condition     = one(aws_lambda_function.this.environment).variables["AUDIT_TABLE"] == var.audit_table_name
    error_message = "one(aws_lambda_function.this.environment).variables[\"AUDIT_TABLE\"] is not what the spec says."
  }

  assert {
    condition     = one(aws_lambda_function.this.environment).variables["BATCH_SIZE"] == "100"
    error_message = "one(aws_lambda_function.this.environment).variables[\"BATCH_SIZE\"] is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.tags["Environment"] == "production"
    error_message = "aws_lambda_function.this.tags[\"Environment\"] is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.tags["Service"] == "stream-processing"
    error_message = "aws_lambda_function.this.tags[\"Service\"] is not what the spec says."
  }

  assert {
    condition     = aws_lambda_event_source_mapping.this[0].event_source_arn == var.users_stream_arn
    error_message = "aws_lambda_event_source_mapping.this[0].event_source_arn is not what the spec says."
  }

  assert {
    condition     = aws_lambda_event_source_mapping.this[0].batch_size == 10
    error_message = "aws_lambda_event_source_mapping.this[0].batch_size is not what the spec says."
  }

  assert {
    condition     = aws_lambda_event_source_mapping.this[0].bisect_batch_on_function_error == true
    error_message = "aws_lambda_event_source_mapping.this[0].bisect_batch_on_function_error is not what the spec says."
  }

  assert {
    condition     = one(one(aws_lambda_event_source_mapping.this[0].destination_config).on_failure).destination_arn == var.failed_records_queue_arn
    error_message = "one(one(aws_lambda_event_source_mapping.this[0].destination_config).on_failure).destination_arn is not what the spec says."
  }

  assert {
    condition     = aws_lambda_event_source_mapping.this[0].maximum_batching_window_in_seconds == 5
    error_message = "aws_lambda_event_source_mapping.this[0].maximum_batching_window_in_seconds is not what the spec says."
  }

  assert {
    condition     = aws_lambda_event_source_mapping.this[0].maximum_record_age_in_seconds == 3600
    error_message = "aws_lambda_event_source_mapping.this[0].maximum_record_age_in_seconds is not what the spec says."
  }

  assert {
    condition     = aws_lambda_event_source_mapping.this[0].maximum_retry_attempts == 3
    error_message = "aws_lambda_event_source_mapping.this[0].maximum_retry_attempts is not what the spec says."
  }

  assert {
    condition     = aws_lambda_event_source_mapping.this[0].parallelization_factor == 2
    error_message = "aws_lambda_event_source_mapping.this[0].parallelization_factor is not what the spec says."
  }

  assert {
    condition     = aws_lambda_event_source_mapping.this[0].starting_position == "LATEST"
    error_message = "aws_lambda_event_source_mapping.this[0].starting_position is not what the spec says."
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
    condition     = toset(aws_cloudwatch_metric_alarm.iterator_age.alarm_actions) == toset(var.alarm_actions)
    error_message = "aws_cloudwatch_metric_alarm.iterator_age.alarm_actions is not what the spec says."
  }

  assert {
    condition     = toset(aws_cloudwatch_metric_alarm.iterator_age.ok_actions) == toset(var.ok_actions)
    error_message = "aws_cloudwatch_metric_alarm.iterator_age.ok_actions is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.iterator_age.comparison_operator == "GreaterThanOrEqualToThreshold"
    error_message = "aws_cloudwatch_metric_alarm.iterator_age.comparison_operator is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.iterator_age.threshold == 900000
    error_message = "aws_cloudwatch_metric_alarm.iterator_age.threshold is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.iterator_age.evaluation_periods == 1
    error_message = "aws_cloudwatch_metric_alarm.iterator_age.evaluation_periods is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.iterator_age.treat_missing_data == "notBreaching"
    error_message = "aws_cloudwatch_metric_alarm.iterator_age.treat_missing_data is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.iterator_age.namespace == "AWS/Lambda"
    error_message = "aws_cloudwatch_metric_alarm.iterator_age.namespace is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.iterator_age.metric_name == "IteratorAge"
    error_message = "aws_cloudwatch_metric_alarm.iterator_age.metric_name is not what the spec says."
  }

  assert {
    condition = { for key, one in aws_cloudwatch_metric_alarm.iterator_age.dimensions : key => one } == {
      FunctionName = aws_lambda_function.this.function_name
    }
    error_message = "aws_cloudwatch_metric_alarm.iterator_age.dimensions is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.iterator_age.statistic == "Maximum"
    error_message = "aws_cloudwatch_metric_alarm.iterator_age.statistic is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.iterator_age.period == 300
    error_message = "aws_cloudwatch_metric_alarm.iterator_age.period is not what the spec says."
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
    package_type             = "wrong"
    deployment_bucket        = "not right"
    failed_records_queue_arn = "wrong"
    users_stream_arn         = "wrong"
  }

  expect_failures = [
    var.package_type,
    var.deployment_bucket,
    var.failed_records_queue_arn,
    var.users_stream_arn,
  ]
}
