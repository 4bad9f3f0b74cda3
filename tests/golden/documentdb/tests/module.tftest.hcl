# Made by tfgen from documentdb.yaml. Change that and render again, not this file.
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
  cluster_arn       = "arn:aws:rds:eu-central-1:123456789012:cluster:cluster-arn"
  deployment_bucket = "deployment-bucket"
  reads_archive     = true
  secret_arn        = "secret-arn"
  secret_key_arn    = "arn:aws:kms:eu-central-1:123456789012:key/secret-key-arn"
}

run "is_what_the_spec_says" {
  command = plan

  # The function
  assert {
    condition     = aws_lambda_function.this.function_name == "documentdb-reader"
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
    condition     = aws_lambda_function.this.s3_key == "documentdb-reader.zip"
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
      "ec2:CreateNetworkInterface", "ec2:DeleteNetworkInterface", "ec2:DescribeNetworkInterfaces",
      "ec2:DescribeSecurityGroups", "ec2:DescribeSubnets", "ec2:DescribeVpcs", "kms:Decrypt",
      "logs:CreateLogStream", "logs:PutLogEvents", "rds:DescribeDBClusterParameters",
      "rds:DescribeDBClusters", "rds:DescribeDBSubnetGroups", "secretsmanager:GetSecretValue",
    ])
    error_message = "The set of actions in the role's policy is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.resources if statement.sid == "ReadForOrders"])) == toset([var.cluster_arn])
    error_message = "The list of resources of \"ReadForOrders\" in execution_role is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.resources if statement.sid == "ReadParametersForOrders"])) == toset([replace(var.cluster_arn, "/:cluster:.*$/", ":cluster-pg:*")])
    error_message = "The list of resources of \"ReadParametersForOrders\" in execution_role is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.resources if statement.sid == "ReadSubnetsForOrders"])) == toset([replace(var.cluster_arn, "/:cluster:.*$/", ":subgrp:*")])
    error_message = "The list of resources of \"ReadSubnetsForOrders\" in execution_role is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.resources if statement.sid == "ManageNetworkInterfacesForOrders"])) == toset(["*"])
    error_message = "The list of resources of \"ManageNetworkInterfacesForOrders\" in execution_role is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.resources if statement.sid == "ReadSecretsForOrders"])) == toset([var.secret_arn])
    error_message = "The list of resources of \"ReadSecretsForOrders\" in execution_role is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.resources if statement.sid == "DecryptSecretsForOrders"])) == toset([var.secret_key_arn])
    error_message = "The list of resources of \"DecryptSecretsForOrders\" in execution_role is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.resources if statement.sid == "ReadForArchive"])) == toset([var.cluster_arn])
    error_message = "The list of resources of \"ReadForArchive\" in execution_role is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.resources if statement.sid == "ReadParametersForArchive"])) == toset([replace(var.cluster_arn, "/:cluster:.*$/", ":cluster-pg:*")])
    error_message = "The list of resources of \"ReadParametersForArchive\" in execution_role is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.resources if statement.sid == "ReadSubnetsForArchive"])) == toset([replace(var.cluster_arn, "/:cluster:.*$/", ":subgrp:*")])
    error_message = "The list of resources of \"ReadSubnetsForArchive\" in execution_role is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.resources if statement.sid == "ManageNetworkInterfacesForArchive"])) == toset(["*"])
    error_message = "The list of resources of \"ManageNetworkInterfacesForArchive\" in execution_role is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.resources if statement.sid == "ReadSecretsForArchive"])) == toset([var.secret_arn])
    error_message = "The list of resources of \"ReadSecretsForArchive\" in execution_role is not what the spec says."
  }

  # triggers, orders
  assert {
    condition     = aws_lambda_event_source_mapping.orders.batch_size == 50
    error_message = "aws_lambda_event_source_mapping.orders.batch_size is not what the spec says."
  }

  assert {
    condition     = aws_lambda_event_source_mapping.orders.maximum_batching_window_in_seconds == 5
    error_message = "aws_lambda_event_source_mapping.orders.maximum_batching_window_in_seconds is not what the spec says."
  }

  assert {
    condition     = aws_lambda_event_source_mapping.orders.starting_position == "TRIM_HORIZON"
    error_message = "aws_lambda_event_source_mapping.orders.starting_position is not what the spec says."
  }

  assert {
    condition     = aws_lambda_event_source_mapping.orders.event_source_arn == var.cluster_arn
    error_message = "aws_lambda_event_source_mapping.orders.event_source_arn is not what the spec says."
  }

  assert {
    condition     = one(aws_lambda_event_source_mapping.orders.document_db_event_source_config).database_name == "shop"
    error_message = "one(aws_lambda_event_source_mapping.orders.document_db_event_source_config).database_name is not what the spec says."
  }

  assert {
    condition     = one(aws_lambda_event_source_mapping.orders.document_db_event_source_config).collection_name == "orders"
    error_message = "one(aws_lambda_event_source_mapping.orders.document_db_event_source_config).collection_name is not what the spec says."
  }

  assert {
    condition     = one(aws_lambda_event_source_mapping.orders.document_db_event_source_config).full_document == "UpdateLookup"
    error_message = "one(aws_lambda_event_source_mapping.orders.document_db_event_source_config).full_document is not what the spec says."
  }

  assert {
    condition     = toset(aws_lambda_event_source_mapping.orders.source_access_configuration) == toset([{ type = "BASIC_AUTH", uri = var.secret_arn }])
    error_message = "aws_lambda_event_source_mapping.orders.source_access_configuration is not what the spec says."
  }

  # triggers, archive
  assert {
    condition     = aws_lambda_event_source_mapping.archive.enabled == var.reads_archive
    error_message = "aws_lambda_event_source_mapping.archive.enabled is not what the spec says."
  }

  assert {
    condition     = aws_lambda_event_source_mapping.archive.starting_position == "AT_TIMESTAMP"
    error_message = "aws_lambda_event_source_mapping.archive.starting_position is not what the spec says."
  }

  assert {
    condition     = aws_lambda_event_source_mapping.archive.starting_position_timestamp == "2026-01-31T08:00:00Z"
    error_message = "aws_lambda_event_source_mapping.archive.starting_position_timestamp is not what the spec says."
  }

  assert {
    condition     = aws_lambda_event_source_mapping.archive.event_source_arn == var.cluster_arn
    error_message = "aws_lambda_event_source_mapping.archive.event_source_arn is not what the spec says."
  }

  assert {
    condition     = one(aws_lambda_event_source_mapping.archive.document_db_event_source_config).database_name == "archive"
    error_message = "one(aws_lambda_event_source_mapping.archive.document_db_event_source_config).database_name is not what the spec says."
  }

  assert {
    condition     = toset(aws_lambda_event_source_mapping.archive.source_access_configuration) == toset([{ type = "BASIC_AUTH", uri = var.secret_arn }])
    error_message = "aws_lambda_event_source_mapping.archive.source_access_configuration is not what the spec says."
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
    cluster_arn    = "wrong"
    secret_arn     = "not right"
    secret_key_arn = "wrong"
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
    var.cluster_arn,
    var.secret_arn,
    var.secret_key_arn,
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
