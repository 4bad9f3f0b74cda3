# Three calls of a module that can make its own execution role, each with inputs that are unknown at plan.
# Terraform refuses a plan in which the number of a resource's instances depends on such an input. The test
# puts the module at ./modules/order_events. No key here is real: plan needs neither network nor account.

terraform {
  required_version = ">= 1.9.0"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.80"
    }
  }
}

provider "aws" {
  region     = "us-east-1"
  access_key = "fake"
  secret_key = "fake"

  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_region_validation      = true
  skip_requesting_account_id  = true
}

# The execution role is left to the module.
module "orders_default" {
  source = "./modules/order_events"

  function_name = "orders-default"

  table_name  = aws_dynamodb_table.orders.id
  dlq_arn     = aws_sqs_queue.dlq.arn
  kms_key_arn = aws_kms_key.this.arn

  vpc_config = {
    subnet_ids         = aws_subnet.private[*].id
    security_group_ids = [aws_security_group.lambda.id]
  }

  event_source_mapping = {
    event_source_arn  = aws_dynamodb_table.orders.stream_arn
    starting_position = "LATEST"

    destination_config = {
      on_failure = {
        destination_arn = aws_sns_topic.failures.arn
      }
    }
  }
}

# The module makes no role: the caller's is used.
module "orders_external_role" {
  source = "./modules/order_events"

  function_name = "orders-external-role"

  create_execution_role = false
  execution_role_arn    = aws_iam_role.orders.arn

  table_name  = aws_dynamodb_table.orders.id
  dlq_arn     = aws_sqs_queue.dlq.arn
  kms_key_arn = aws_kms_key.this.arn

  vpc_config = {
    subnet_ids         = aws_subnet.private[*].id
    security_group_ids = [aws_security_group.lambda.id]
  }

  event_source_mapping = {
    event_source_arn  = aws_dynamodb_table.orders.stream_arn
    starting_position = "LATEST"

    destination_config = {
      on_failure = {
        destination_arn = aws_sns_topic.failures.arn
      }
    }
  }
}

# The caller brings a role and says nothing of create_execution_role: at plan the module cannot tell whether
# execution_role_arn is null.
module "orders_caller_role" {
  source = "./modules/order_events"

  function_name = "orders-caller-role"

  execution_role_arn = aws_iam_role.orders.arn

  table_name  = aws_dynamodb_table.orders.id
  dlq_arn     = aws_sqs_queue.dlq.arn
  kms_key_arn = aws_kms_key.this.arn

  vpc_config = {
    subnet_ids         = aws_subnet.private[*].id
    security_group_ids = [aws_security_group.lambda.id]
  }

  event_source_mapping = {
    event_source_arn  = aws_dynamodb_table.orders.stream_arn
    starting_position = "LATEST"

    destination_config = {
      on_failure = {
        destination_arn = aws_sns_topic.failures.arn
      }
    }
  }
}

data "aws_iam_policy_document" "assume_role" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "orders" {
  name               = "orders-of-the-caller"
  assume_role_policy = data.aws_iam_policy_document.assume_role.json
}

resource "aws_kms_key" "this" {
  description = "Environment variables of the order functions"
}

# The modules are given `id`, which is the table's name but unknown at plan, where `name` would be known.
resource "aws_dynamodb_table" "orders" {
  name             = "orders"
  billing_mode     = "PAY_PER_REQUEST"
  hash_key         = "id"
  stream_enabled   = true
  stream_view_type = "NEW_AND_OLD_IMAGES"

  attribute {
    name = "id"
    type = "S"
  }
}

resource "aws_sqs_queue" "dlq" {
  name = "orders-dlq"
}

resource "aws_sns_topic" "failures" {
  name = "orders-failures"
}

resource "aws_vpc" "this" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "private" {
  count = 2

  vpc_id            = aws_vpc.this.id
  cidr_block        = cidrsubnet("10.0.0.0/16", 8, count.index)
  availability_zone = ["us-east-1a", "us-east-1b"][count.index]
}

resource "aws_security_group" "lambda" {
  name        = "lambda"
  description = "Lambda functions"
  vpc_id      = aws_vpc.this.id
}
