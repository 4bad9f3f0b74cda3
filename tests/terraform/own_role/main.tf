# Three calls of a module that can make its own execution role, each with inputs that are unknown at plan.
# Terraform refuses a plan in which the number of a resource's instances depends on such an input. The test
# puts the module at ./modules/order_events. No key here is real: the test applies it to an emulated AWS.

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
  s3_use_path_style           = true
  max_retries                 = 2 # what the emulated AWS lacks fails at once
}

# The execution role is left to the module.
module "orders_default" {
  source = "./modules/order_events"

  function_name = "orders-default"

  deployment_bucket = aws_s3_object.package.bucket
  table_name        = aws_dynamodb_table.orders.id
  dlq_arn           = aws_sns_topic.dead_letters.arn
  kms_key_arn       = aws_kms_key.this.arn

  environment = {
    variables = {
      LOG_LEVEL = "DEBUG"
      STAGE     = "test"
    }
  }

  tags = {
    Stage = "test"
  }

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

  deployment_bucket = aws_s3_object.package.bucket
  table_name        = aws_dynamodb_table.orders.id
  dlq_arn           = aws_sns_topic.dead_letters.arn
  kms_key_arn       = aws_kms_key.this.arn

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

  deployment_bucket = aws_s3_object.package.bucket
  table_name        = aws_dynamodb_table.orders.id
  dlq_arn           = aws_sns_topic.dead_letters.arn
  kms_key_arn       = aws_kms_key.this.arn

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

# A bucket with a prefix has a name that is unknown at plan; with `bucket` it would be known.
resource "aws_s3_bucket" "deployments" {
  bucket_prefix = "deployments-"
  force_destroy = true
}

resource "aws_s3_object" "package" {
  bucket         = aws_s3_bucket.deployments.bucket
  key            = "order-events-1.0.0.zip"
  content_base64 = "UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA==" # an empty ZIP
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

# A topic, since the provider watches a new queue for half a minute.
resource "aws_sns_topic" "dead_letters" {
  name = "orders-dead-letters"
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
