# Made by tfgen from permissions.yaml. Change that and render again, not this file.
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
  address_check_arn   = "arn:aws:address-check-arn:address-check-arn"
  archive_key_arn     = "arn:aws:kms:eu-central-1:123456789012:key/archive-key-arn"
  customers_key_arn   = "arn:aws:kms:eu-central-1:123456789012:key/customers-key-arn"
  database_id         = "database-id"
  deployment_bucket   = "deployment-bucket"
  drafts_bucket_arn   = "arn:aws:drafts-bucket-arn:drafts-bucket-arn"
  orders_table_arn    = "arn:aws:orders-table-arn:orders-table-arn"
  partner_role_arn    = "arn:aws:iam::123456789012:role/partner-role-arn"
  refunds_arn         = "arn:aws:states:eu-central-1:123456789012:stateMachine:refunds-arn"
  returns_queue_arn   = "arn:aws:returns-queue-arn:returns-queue-arn"
  warehouse_queue_arn = "arn:aws:warehouse-queue-arn:warehouse-queue-arn"
}

run "is_what_the_spec_says" {
  command = plan

  # The function
  assert {
    condition     = aws_lambda_function.this.function_name == "fulfil-orders"
    error_message = "aws_lambda_function.this.function_name is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.description == "Takes orders to the warehouse and tells the customer"
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
    condition     = aws_lambda_function.this.s3_key == "fulfil-orders.zip"
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
      "cloudwatch:PutMetricData", "dynamodb:BatchGetItem", "dynamodb:BatchWriteItem",
      "dynamodb:ConditionCheckItem", "dynamodb:DescribeTable", "dynamodb:GetItem",
      "dynamodb:PutItem", "dynamodb:Query", "dynamodb:Scan", "dynamodb:UpdateItem",
      "events:PutEvents", "kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey",
      "lambda:InvokeFunction", "logs:CreateLogStream", "logs:PutLogEvents", "rds-db:connect",
      "s3:DeleteObject", "s3:GetObject", "s3:ListBucket", "sqs:ChangeMessageVisibility",
      "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage", "sqs:SendMessage",
      "states:StartExecution", "states:StartSyncExecution", "sts:AssumeRole",
    ])
    error_message = "The set of actions in the role's policy is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.resources if statement.sid == "ReadDynamodbForPermissions"])) == toset([var.orders_table_arn, "${var.orders_table_arn}/index/*"])
    error_message = "The list of resources of \"ReadDynamodbForPermissions\" in execution_role is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.resources if statement.sid == "WriteDynamodbForPermissions"])) == toset([var.orders_table_arn])
    error_message = "The list of resources of \"WriteDynamodbForPermissions\" in execution_role is not what the spec says."
  }

  assert {
    condition = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.resources if statement.sid == "ReadDynamodbNo2ForPermissions"])) == toset([
      "arn:${data.aws_partition.current.partition}:dynamodb:${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}:table/stock",
      "arn:${data.aws_partition.current.partition}:dynamodb:${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}:table/stock/index/*",
      "arn:${data.aws_partition.current.partition}:dynamodb:${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}:table/prices",
      "arn:${data.aws_partition.current.partition}:dynamodb:${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}:table/prices/index/*",
    ])
    error_message = "The list of resources of \"ReadDynamodbNo2ForPermissions\" in execution_role is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.resources if statement.sid == "ReadS3ForPermissions"])) == toset(["arn:aws:s3:::shop-labels", "arn:aws:s3:::shop-labels/*"])
    error_message = "The list of resources of \"ReadS3ForPermissions\" in execution_role is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.resources if statement.sid == "DeleteS3ForPermissions"])) == toset(["${var.drafts_bucket_arn}/*"])
    error_message = "The list of resources of \"DeleteS3ForPermissions\" in execution_role is not what the spec says."
  }

  assert {
    condition = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.resources if statement.sid == "PublishEventsForPermissions"])) == toset([
      "arn:${data.aws_partition.current.partition}:events:${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}:event-bus/shop",
    ])
    error_message = "The list of resources of \"PublishEventsForPermissions\" in execution_role is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.resources if statement.sid == "SendSqsForPermissions"])) == toset([var.warehouse_queue_arn])
    error_message = "The list of resources of \"SendSqsForPermissions\" in execution_role is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.resources if statement.sid == "ConsumeSqsForPermissions"])) == toset([var.returns_queue_arn])
    error_message = "The list of resources of \"ConsumeSqsForPermissions\" in execution_role is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.resources if statement.sid == "InvokeLambdaForPermissions"])) == toset([var.address_check_arn, "${var.address_check_arn}:*"])
    error_message = "The list of resources of \"InvokeLambdaForPermissions\" in execution_role is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.resources if statement.sid == "StartStatesForPermissions"])) == toset([var.refunds_arn])
    error_message = "The list of resources of \"StartStatesForPermissions\" in execution_role is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.resources if statement.sid == "DecryptKmsForPermissions"])) == toset([var.customers_key_arn])
    error_message = "The list of resources of \"DecryptKmsForPermissions\" in execution_role is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.resources if statement.sid == "EncryptKmsForPermissions"])) == toset([var.customers_key_arn, var.archive_key_arn])
    error_message = "The list of resources of \"EncryptKmsForPermissions\" in execution_role is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.resources if statement.sid == "AssumeIamForPermissions"])) == toset([var.partner_role_arn])
    error_message = "The list of resources of \"AssumeIamForPermissions\" in execution_role is not what the spec says."
  }

  assert {
    condition = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.resources if statement.sid == "ConnectRdsDbForPermissions"])) == toset([
      "arn:${data.aws_partition.current.partition}:rds-db:${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}:dbuser:${var.database_id}/fulfilment",
    ])
    error_message = "The list of resources of \"ConnectRdsDbForPermissions\" in execution_role is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.resources if statement.sid == "PutMetricsCloudwatchForPermissions"])) == toset(["*"])
    error_message = "The list of resources of \"PutMetricsCloudwatchForPermissions\" in execution_role is not what the spec says."
  }

  assert {
    condition = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : [for condition in statement.condition : formatlist("%s %s %s", condition.test, condition.variable, condition.values)] if statement.sid == "PutMetricsCloudwatchForPermissions"])) == toset(flatten([
      formatlist("%s %s %s", "StringEquals", "cloudwatch:namespace", ["Shop/Orders", "Shop/Warehouse"]),
    ]))
    error_message = "The condition of \"PutMetricsCloudwatchForPermissions\" in execution_role is not what the spec says."
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
    address_check_arn   = "wrong"
    archive_key_arn     = "wrong"
    customers_key_arn   = "wrong"
    drafts_bucket_arn   = "wrong"
    orders_table_arn    = "wrong"
    partner_role_arn    = "wrong"
    refunds_arn         = "wrong"
    returns_queue_arn   = "wrong"
    warehouse_queue_arn = "wrong"
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
    var.address_check_arn,
    var.archive_key_arn,
    var.customers_key_arn,
    var.drafts_bucket_arn,
    var.orders_table_arn,
    var.partner_role_arn,
    var.refunds_arn,
    var.returns_queue_arn,
    var.warehouse_queue_arn,
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
