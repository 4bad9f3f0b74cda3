# Made by tfgen from kafka.yaml. Change that and render again, not this file.
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
  client_certificate_arn = "client-certificate-arn"
  deployment_bucket      = "deployment-bucket"
  failed_orders_arn      = "arn:aws:sqs:eu-central-1:123456789012:failed-orders-arn"
  failed_orders_key_arn  = "arn:aws:kms:eu-central-1:123456789012:key/failed-orders-key-arn"
  filters_key_arn        = "arn:aws:kms:eu-central-1:123456789012:key/filters-key-arn"
  first_subnet_id        = "first-subnet-id"
  reads_weather          = true
  root_certificate_arn   = "root-certificate-arn"
  second_subnet_id       = "second-subnet-id"
  secrets_key_arn        = "arn:aws:kms:eu-central-1:123456789012:key/secrets-key-arn"
  security_group_id      = "security-group-id"
  weather_secret_arn     = "weather-secret-arn"
}

run "is_what_the_spec_says" {
  command = plan

  # The function
  assert {
    condition     = aws_lambda_function.this.function_name == "kafka-reader"
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
    condition     = aws_lambda_function.this.s3_key == "kafka-reader.zip"
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
    condition = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.actions if statement.actions != null])) == toset(concat([
      "ec2:CreateNetworkInterface",
      "ec2:DeleteNetworkInterface",
      "ec2:DescribeNetworkInterfaces",
      "ec2:DescribeSecurityGroups",
      "ec2:DescribeSubnets",
      "ec2:DescribeVpcs",
      "kms:Decrypt",
      "kms:GenerateDataKey",
      "logs:CreateLogStream",
      "logs:PutLogEvents",
      "secretsmanager:GetSecretValue",
    ], local.destination_actions[split(":", var.failed_orders_arn)[2]]))
    error_message = "The set of actions in the role's policy is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.resources if statement.sid == "ManageNetworkInterfacesForOrders"])) == toset(["*"])
    error_message = "The list of resources of \"ManageNetworkInterfacesForOrders\" in execution_role is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.resources if statement.sid == "ReadSecretsForOrders"])) == toset([var.client_certificate_arn, var.root_certificate_arn])
    error_message = "The list of resources of \"ReadSecretsForOrders\" in execution_role is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.resources if statement.sid == "DecryptSecretsForOrders"])) == toset([var.secrets_key_arn])
    error_message = "The list of resources of \"DecryptSecretsForOrders\" in execution_role is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.resources if statement.sid == "SendFailuresForOrders"])) == toset(strcontains(var.failed_orders_arn, ":s3:") ? [var.failed_orders_arn, format("%s/*", var.failed_orders_arn)] : [var.failed_orders_arn])
    error_message = "The list of resources of \"SendFailuresForOrders\" in execution_role is not what the spec says."
  }

  assert {
    condition = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : [for condition in statement.condition : formatlist("%s %s %s", condition.test, condition.variable, condition.values)] if statement.sid == "SendFailuresForOrders"])) == toset(flatten([
      formatlist("%s %s %s", "StringEqualsIfExists", "s3:ResourceAccount", [data.aws_caller_identity.current.account_id]),
    ]))
    error_message = "The condition of \"SendFailuresForOrders\" in execution_role is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.resources if statement.sid == "EncryptFailuresForOrders"])) == toset([var.failed_orders_key_arn])
    error_message = "The list of resources of \"EncryptFailuresForOrders\" in execution_role is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.resources if statement.sid == "ReadSecretsForWeather"])) == toset([var.weather_secret_arn])
    error_message = "The list of resources of \"ReadSecretsForWeather\" in execution_role is not what the spec says."
  }

  # triggers, orders
  assert {
    condition     = aws_lambda_event_source_mapping.orders.batch_size == 100
    error_message = "aws_lambda_event_source_mapping.orders.batch_size is not what the spec says."
  }

  assert {
    condition     = aws_lambda_event_source_mapping.orders.bisect_batch_on_function_error == true
    error_message = "aws_lambda_event_source_mapping.orders.bisect_batch_on_function_error is not what the spec says."
  }

  assert {
    condition     = toset(aws_lambda_event_source_mapping.orders.function_response_types) == toset(["ReportBatchItemFailures"])
    error_message = "aws_lambda_event_source_mapping.orders.function_response_types is not what the spec says."
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
    condition     = aws_lambda_event_source_mapping.orders.maximum_record_age_in_seconds == 3600
    error_message = "aws_lambda_event_source_mapping.orders.maximum_record_age_in_seconds is not what the spec says."
  }

  assert {
    condition     = aws_lambda_event_source_mapping.orders.maximum_retry_attempts == 3
    error_message = "aws_lambda_event_source_mapping.orders.maximum_retry_attempts is not what the spec says."
  }

  assert {
    condition     = aws_lambda_event_source_mapping.orders.starting_position == "TRIM_HORIZON"
    error_message = "aws_lambda_event_source_mapping.orders.starting_position is not what the spec says."
  }

  assert {
    condition     = toset(aws_lambda_event_source_mapping.orders.topics) == toset(["orders"])
    error_message = "aws_lambda_event_source_mapping.orders.topics is not what the spec says."
  }

  assert {
    condition     = toset(one(aws_lambda_event_source_mapping.orders.metrics_config).metrics) == toset(["EventCount"])
    error_message = "one(aws_lambda_event_source_mapping.orders.metrics_config).metrics is not what the spec says."
  }

  assert {
    condition     = one(aws_lambda_event_source_mapping.orders.provisioned_poller_config).minimum_pollers == 1
    error_message = "one(aws_lambda_event_source_mapping.orders.provisioned_poller_config).minimum_pollers is not what the spec says."
  }

  assert {
    condition     = one(aws_lambda_event_source_mapping.orders.provisioned_poller_config).maximum_pollers == 4
    error_message = "one(aws_lambda_event_source_mapping.orders.provisioned_poller_config).maximum_pollers is not what the spec says."
  }

  assert {
    condition = toset(one(aws_lambda_event_source_mapping.orders.filter_criteria).filter[*].pattern) == toset([
      jsonencode({
        value = {
          status = ["paid"]
        }
      }),
    ])
    error_message = "one(aws_lambda_event_source_mapping.orders.filter_criteria).filter[*].pattern is not what the spec says."
  }

  assert {
    condition     = one(one(aws_lambda_event_source_mapping.orders.destination_config).on_failure).destination_arn == var.failed_orders_arn
    error_message = "one(one(aws_lambda_event_source_mapping.orders.destination_config).on_failure).destination_arn is not what the spec says."
  }

  assert {
    condition     = one(aws_lambda_event_source_mapping.orders.self_managed_kafka_event_source_config).consumer_group_id == "kafka-reader-orders"
    error_message = "one(aws_lambda_event_source_mapping.orders.self_managed_kafka_event_source_config).consumer_group_id is not what the spec says."
  }

  assert {
    condition = toset(aws_lambda_event_source_mapping.orders.source_access_configuration) == toset([
      {
        type = "VPC_SUBNET"
        uri  = "subnet:${var.first_subnet_id}"
      },
      {
        type = "VPC_SUBNET"
        uri  = "subnet:${var.second_subnet_id}"
      },
      {
        type = "VPC_SECURITY_GROUP"
        uri  = "security_group:${var.security_group_id}"
      },
      {
        type = "CLIENT_CERTIFICATE_TLS_AUTH"
        uri  = var.client_certificate_arn
      },
      {
        type = "SERVER_ROOT_CA_CERTIFICATE"
        uri  = var.root_certificate_arn
      },
    ])
    error_message = "aws_lambda_event_source_mapping.orders.source_access_configuration is not what the spec says."
  }

  assert {
    condition     = toset(split(",", one(aws_lambda_event_source_mapping.orders.self_managed_event_source).endpoints["KAFKA_BOOTSTRAP_SERVERS"])) == toset(["kafka-1.example.com:9096", "kafka-2.example.com:9096"])
    error_message = "split(\",\", one(aws_lambda_event_source_mapping.orders.self_managed_event_source).endpoints[\"KAFKA_BOOTSTRAP_SERVERS\"]) is not what the spec says."
  }

  # triggers, weather
  assert {
    condition     = aws_lambda_event_source_mapping.weather.enabled == var.reads_weather
    error_message = "aws_lambda_event_source_mapping.weather.enabled is not what the spec says."
  }

  assert {
    condition     = aws_lambda_event_source_mapping.weather.starting_position == "AT_TIMESTAMP"
    error_message = "aws_lambda_event_source_mapping.weather.starting_position is not what the spec says."
  }

  assert {
    condition     = aws_lambda_event_source_mapping.weather.starting_position_timestamp == "2026-01-31T08:00:00Z"
    error_message = "aws_lambda_event_source_mapping.weather.starting_position_timestamp is not what the spec says."
  }

  assert {
    condition     = toset(aws_lambda_event_source_mapping.weather.topics) == toset(["observations"])
    error_message = "aws_lambda_event_source_mapping.weather.topics is not what the spec says."
  }

  assert {
    condition     = toset(aws_lambda_event_source_mapping.weather.source_access_configuration) == toset([{ type = "BASIC_AUTH", uri = var.weather_secret_arn }])
    error_message = "aws_lambda_event_source_mapping.weather.source_access_configuration is not what the spec says."
  }

  assert {
    condition     = toset(split(",", one(aws_lambda_event_source_mapping.weather.self_managed_event_source).endpoints["KAFKA_BOOTSTRAP_SERVERS"])) == toset(["broker.weather.example.com:9092"])
    error_message = "split(\",\", one(aws_lambda_event_source_mapping.weather.self_managed_event_source).endpoints[\"KAFKA_BOOTSTRAP_SERVERS\"]) is not what the spec says."
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
    client_certificate_arn = "not right"
    failed_orders_arn      = "wrong"
    failed_orders_key_arn  = "wrong"
    filters_key_arn        = "wrong"
    root_certificate_arn   = "not right"
    secrets_key_arn        = "wrong"
    weather_secret_arn     = "not right"
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
    var.client_certificate_arn,
    var.failed_orders_arn,
    var.failed_orders_key_arn,
    var.filters_key_arn,
    var.root_certificate_arn,
    var.secrets_key_arn,
    var.weather_secret_arn,
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
