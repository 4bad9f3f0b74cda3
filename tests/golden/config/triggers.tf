# Made by tfgen from config.yaml. Change that and render again, not this file.

resource "aws_config_config_rule" "owners" {
  name        = "${var.function_name}-owners"
  description = "What is in production must say who owns it"
  input_parameters = jsonencode({
    tag  = "Owner"
    team = var.team
  })
  tags = var.tags

  scope {
    tag_key   = "Stage"
    tag_value = "production"
  }

  source {
    owner             = "CUSTOM_LAMBDA"
    source_identifier = aws_lambda_function.this.arn

    source_detail {
      event_source = "aws.config"
      message_type = "ConfigurationItemChangeNotification"
    }

    source_detail {
      event_source = "aws.config"
      message_type = "OversizedConfigurationItemChangeNotification"
    }
  }

  # AWS Config checks the permission when the rule is made.
  depends_on = [aws_lambda_permission.owners]
}

# AWS Config may invoke the function for this account's rules. Not for this rule alone: its ARN is
# known once it is made, and making it takes this permission.
resource "aws_lambda_permission" "owners" {
  statement_id   = "trigger-owners"
  action         = "lambda:InvokeFunction"
  function_name  = aws_lambda_function.this.arn
  principal      = "config.amazonaws.com"
  source_account = data.aws_caller_identity.current.account_id
}

resource "aws_config_config_rule" "log_bucket" {
  name = "${var.function_name}-log-bucket"
  tags = var.tags

  scope {
    compliance_resource_id    = var.log_bucket
    compliance_resource_types = ["AWS::S3::Bucket"]
  }

  source {
    owner             = "CUSTOM_LAMBDA"
    source_identifier = aws_lambda_function.this.arn

    source_detail {
      event_source = "aws.config"
      message_type = "ConfigurationItemChangeNotification"
    }
  }

  # AWS Config checks the permission when the rule is made.
  depends_on = [aws_lambda_permission.log_bucket]
}

# AWS Config may invoke the function for this account's rules. Not for this rule alone: its ARN is
# known once it is made, and making it takes this permission.
resource "aws_lambda_permission" "log_bucket" {
  statement_id   = "trigger-log-bucket"
  action         = "lambda:InvokeFunction"
  function_name  = aws_lambda_function.this.arn
  principal      = "config.amazonaws.com"
  source_account = data.aws_caller_identity.current.account_id
}

resource "aws_config_config_rule" "account" {
  name = "${var.function_name}-account"
  tags = var.tags

  source {
    owner             = "CUSTOM_LAMBDA"
    source_identifier = aws_lambda_function.this.arn

    source_detail {
      event_source                = "aws.config"
      maximum_execution_frequency = "Six_Hours"
      message_type                = "ScheduledNotification"
    }
  }

  # AWS Config checks the permission when the rule is made.
  depends_on = [aws_lambda_permission.account]
}

# AWS Config may invoke the function for this account's rules. Not for this rule alone: its ARN is
# known once it is made, and making it takes this permission.
resource "aws_lambda_permission" "account" {
  statement_id   = "trigger-account"
  action         = "lambda:InvokeFunction"
  function_name  = aws_lambda_function.this.arn
  principal      = "config.amazonaws.com"
  source_account = data.aws_caller_identity.current.account_id
}
