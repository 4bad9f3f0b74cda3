# Made by tfgen from operations.yaml. Change that and render again, not this file.

resource "aws_codedeploy_app" "this" {
  name             = "${var.function_name}-deployment"
  compute_platform = "Lambda"
  tags             = var.tags
}

resource "aws_codedeploy_deployment_group" "this" {
  app_name               = aws_codedeploy_app.this.name
  deployment_group_name  = aws_codedeploy_app.this.name
  deployment_config_name = "CodeDeployDefault.LambdaLinear10PercentEvery1Minute"
  service_role_arn       = aws_iam_role.deployment.arn
  tags                   = var.tags

  # A state that cannot be read stops the deployment as well.
  alarm_configuration {
    enabled = true
    alarms = [
      aws_cloudwatch_metric_alarm.errors.alarm_name,
      aws_cloudwatch_metric_alarm.error_rate.alarm_name,
    ]
    ignore_poll_alarm_failure = false
  }

  auto_rollback_configuration {
    enabled = true
    events  = ["DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM", "DEPLOYMENT_STOP_ON_REQUEST"]
  }

  # For functions CodeDeploy knows no other style.
  deployment_style {
    deployment_option = "WITH_TRAFFIC_CONTROL"
    deployment_type   = "BLUE_GREEN"
  }

  # CodeDeploy may move the alias as long as it can be asked to.
  depends_on = [aws_iam_role_policy.deployment]
}

locals {
  # What `aws deploy create-deployment` takes to release the version published last. The one that the alias stands
  # for is read back from AWS. Empty if both are the same, for CodeDeploy refuses that.
  deployment_request = aws_lambda_alias.this.function_version == aws_lambda_function.this.version ? "" : jsonencode({
    applicationName     = aws_codedeploy_app.this.name
    deploymentGroupName = aws_codedeploy_deployment_group.this.deployment_group_name
    revision = {
      revisionType = "AppSpecContent"
      appSpecContent = {
        content = jsonencode({
          version = "0.0"
          Resources = [{
            function = {
              Type = "AWS::Lambda::Function"
              Properties = {
                Name           = aws_lambda_function.this.function_name
                Alias          = aws_lambda_alias.this.name
                CurrentVersion = aws_lambda_alias.this.function_version
                TargetVersion  = aws_lambda_function.this.version
              }
            }
          }]
        })
      }
    }
  })
}

data "aws_iam_policy_document" "deployment_trust" {
  statement {
    sid     = "AssumedByCodeDeploy"
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["codedeploy.amazonaws.com"]
    }

    # For this deployment group alone.
    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [data.aws_caller_identity.current.account_id]
    }

    condition {
      test     = "ArnEquals"
      variable = "aws:SourceArn"
      values   = ["arn:${data.aws_partition.current.partition}:codedeploy:${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}:deploymentgroup:${aws_codedeploy_app.this.name}/${aws_codedeploy_app.this.name}"]
    }
  }
}

resource "aws_iam_role" "deployment" {
  name               = local.names.deployment
  description        = "Releases versions of the Lambda function ${var.function_name}"
  assume_role_policy = data.aws_iam_policy_document.deployment_trust.json
  tags               = var.tags
}

# What AWSCodeDeployRoleForLambdaLimited allows, for this function alone and without S3: deployment_request has the
# AppSpec in it. Written out, since by a reference each new version would put it off to the apply.
data "aws_iam_policy_document" "deployment" {
  # Lambda checks what is done to an alias as done to its function.
  statement {
    sid       = "MoveAlias"
    actions   = ["lambda:GetAlias", "lambda:UpdateAlias"]
    resources = [local.function_arn]
  }

  # A version gets no calls before the alias' provisioned concurrency, if it has any, is ready for it.
  statement {
    sid       = "ReadProvisionedConcurrency"
    actions   = ["lambda:GetProvisionedConcurrencyConfig"]
    resources = ["${local.function_arn}:live"]
  }

  # alarms: CloudWatch tells an alarm's state only to who may read that of every alarm.
  statement {
    sid       = "ReadAlarms"
    actions   = ["cloudwatch:DescribeAlarms"]
    resources = ["arn:${data.aws_partition.current.partition}:cloudwatch:${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}:alarm:*"]
  }
}

resource "aws_iam_role_policy" "deployment" {
  name   = "deployment"
  role   = aws_iam_role.deployment.id
  policy = data.aws_iam_policy_document.deployment.json
}

# Old versions of the function are removed by a state machine that calls Lambda itself, without code to run.
resource "aws_sfn_state_machine" "this" {
  # checkov:skip=CKV_AWS_284:the state machine makes one call to Lambda after another, and each execution shows them
  # checkov:skip=CKV_AWS_285:each execution is kept for 90 days, and logs of its own would take rights to all log groups
  name     = "${var.function_name}-versions"
  role_arn = aws_iam_role.versions_cleanup.arn
  type     = "STANDARD"
  definition = jsonencode({
    Comment        = "Deletes the versions of a Lambda function beyond the newest ones that nothing uses."
    QueryLanguage  = "JSONata"
    TimeoutSeconds = 3600
    StartAt        = "Begin"
    States = {
      Begin = {
        Type = "Pass"
        Assign = {
          function_name = aws_lambda_function.this.function_name
          keep          = 5
          versions      = []
          used          = []
          marker        = ""
        }
        Next = "ListVersions"
      }
      ListVersions = {
        Type      = "Task"
        Resource  = "arn:${data.aws_partition.current.partition}:states:::aws-sdk:lambda:listVersionsByFunction"
        Arguments = "{% {'FunctionName': $function_name, 'MaxItems': 20, 'Marker': $marker != '' ? $marker} %}"
        Retry = [
          {
            ErrorEquals     = ["Lambda.TooManyRequestsException", "Lambda.ServiceException", "Lambda.SdkClientException"]
            IntervalSeconds = 2
            BackoffRate     = 2
            MaxAttempts     = 6
            JitterStrategy  = "FULL"
          },
        ]
        Assign = {
          versions = "{% [$versions, $states.result.Versions[Version != '$LATEST'].$number(Version)] %}"
          marker   = "{% $states.result.NextMarker ? $states.result.NextMarker : '' %}"
        }
        Next = "MoreVersions"
      }
      MoreVersions = {
        Type    = "Choice"
        Choices = [{ Condition = "{% $marker != '' %}", Next = "ListVersions" }]
        Default = "ListAliases"
      }
      ListAliases = {
        Type      = "Task"
        Resource  = "arn:${data.aws_partition.current.partition}:states:::aws-sdk:lambda:listAliases"
        Arguments = "{% {'FunctionName': $function_name, 'Marker': $marker != '' ? $marker} %}"
        Retry = [
          {
            ErrorEquals     = ["Lambda.TooManyRequestsException", "Lambda.ServiceException", "Lambda.SdkClientException"]
            IntervalSeconds = 2
            BackoffRate     = 2
            MaxAttempts     = 6
            JitterStrategy  = "FULL"
          },
        ]
        Assign = {
          used   = "{% [$used, $states.result.Aliases.FunctionVersion, $states.result.Aliases.RoutingConfig.AdditionalVersionWeights.$keys()] %}"
          marker = "{% $states.result.NextMarker ? $states.result.NextMarker : '' %}"
        }
        Next = "MoreAliases"
      }
      MoreAliases = {
        Type    = "Choice"
        Choices = [{ Condition = "{% $marker != '' %}", Next = "ListAliases" }]
        Default = "ListProvisionedConcurrency"
      }
      ListProvisionedConcurrency = {
        Type      = "Task"
        Resource  = "arn:${data.aws_partition.current.partition}:states:::aws-sdk:lambda:listProvisionedConcurrencyConfigs"
        Arguments = "{% {'FunctionName': $function_name, 'Marker': $marker != '' ? $marker} %}"
        Retry = [
          {
            ErrorEquals     = ["Lambda.TooManyRequestsException", "Lambda.ServiceException", "Lambda.SdkClientException"]
            IntervalSeconds = 2
            BackoffRate     = 2
            MaxAttempts     = 6
            JitterStrategy  = "FULL"
          },
        ]
        Assign = {
          used   = "{% [$used, $states.result.ProvisionedConcurrencyConfigs.$split(FunctionArn, ':')[7]] %}"
          marker = "{% $states.result.NextMarker ? $states.result.NextMarker : '' %}"
        }
        Next = "MoreProvisionedConcurrency"
      }
      MoreProvisionedConcurrency = {
        Type = "Choice"
        Choices = [
          {
            Condition = "{% $marker != '' %}"
            Next      = "ListProvisionedConcurrency"
          },
        ]
        Default = "DeleteOldVersions"
      }
      DeleteOldVersions = {
        Type           = "Map"
        Items          = "{% [$filter($sort($versions), function($version, $index) { $index < $min([$count($versions) - $keep, 1000]) and $not($string($version) in $used) })] %}"
        MaxConcurrency = 1
        ItemProcessor = {
          ProcessorConfig = {
            Mode = "INLINE"
          }
          StartAt = "DeleteVersion"
          States = {
            DeleteVersion = {
              Type     = "Task"
              Resource = "arn:${data.aws_partition.current.partition}:states:::aws-sdk:lambda:deleteFunction"
              Arguments = {
                FunctionName = "{% $function_name %}"
                Qualifier    = "{% $string($states.input) %}"
              }
              Output = "{% {'version': $states.input, 'outcome': 'deleted'} %}"
              Retry = [
                {
                  ErrorEquals     = ["Lambda.TooManyRequestsException", "Lambda.ServiceException", "Lambda.SdkClientException"]
                  IntervalSeconds = 2
                  BackoffRate     = 2
                  MaxAttempts     = 6
                  JitterStrategy  = "FULL"
                },
              ]
              Catch = [
                {
                  ErrorEquals = ["Lambda.ResourceConflictException", "Lambda.InvalidParameterValueException"]
                  Output      = "{% {'version': $states.input, 'outcome': 'in use'} %}"
                  Next        = "NextVersion"
                },
                {
                  ErrorEquals = ["States.ALL"]
                  Output      = "{% {'version': $states.input, 'outcome': 'failed', 'error': $states.errorOutput.Error} %}"
                  Next        = "NextVersion"
                },
              ]
              Next = "NextVersion"
            }
            NextVersion = {
              Type = "Succeed"
            }
          }
        }
        Next = "LookAtOutcomes"
      }
      LookAtOutcomes = {
        Type = "Choice"
        Choices = [
          {
            Condition = "{% 'failed' in $states.input.outcome %}"
            Next      = "NotAllDeleted"
          },
        ]
        Default = "Done"
      }
      NotAllDeleted = {
        Type  = "Fail"
        Error = "VersionsNotDeleted"
        Cause = "{% $substring($string($states.input[outcome = 'failed']), 0, 1000) %}"
      }
      Done = {
        Type = "Succeed"
      }
    }
  })
  tags = var.tags

  # The role must be able to delete versions as long as there is a state machine that does so.
  depends_on = [aws_iam_role_policy.versions_cleanup]
}

data "aws_iam_policy_document" "versions_cleanup_trust" {
  statement {
    sid     = "AssumedByStepFunctions"
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["states.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [data.aws_caller_identity.current.account_id]
    }

    condition {
      test     = "ArnEquals"
      variable = "aws:SourceArn"
      values   = ["arn:${data.aws_partition.current.partition}:states:${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}:stateMachine:${var.function_name}-versions"]
    }
  }
}

resource "aws_iam_role" "versions_cleanup" {
  name               = local.names.versions_cleanup
  description        = "Removes old versions of the Lambda function ${var.function_name}"
  assume_role_policy = data.aws_iam_policy_document.versions_cleanup_trust.json
  tags               = var.tags
}

# Written out, since by a reference each new version would put it off to the apply.
data "aws_iam_policy_document" "versions_cleanup" {
  statement {
    sid       = "ListVersions"
    actions   = ["lambda:ListAliases", "lambda:ListProvisionedConcurrencyConfigs", "lambda:ListVersionsByFunction"]
    resources = [local.function_arn]
  }

  # Versions alone: an ARN with a qualifier never stands for the function as a whole.
  statement {
    sid       = "DeleteVersions"
    actions   = ["lambda:DeleteFunction"]
    resources = ["${local.function_arn}:*"]
  }
}

resource "aws_iam_role_policy" "versions_cleanup" {
  name   = "delete-versions"
  role   = aws_iam_role.versions_cleanup.id
  policy = data.aws_iam_policy_document.versions_cleanup.json
}

resource "aws_scheduler_schedule" "versions" {
  # checkov:skip=CKV_AWS_297:the schedule holds nothing but the ARN of the state machine
  name                = local.names.versions
  schedule_expression = "rate(1 day)"

  flexible_time_window {
    mode = "OFF"
  }

  target {
    arn      = aws_sfn_state_machine.this.arn
    role_arn = aws_iam_role.versions_invoker.arn
  }

  # The role must be able to start the state machine as long as there is a schedule that does so.
  depends_on = [aws_iam_role_policy.versions_invoker]
}

# Scheduler tells the group on whose behalf it assumes the role, not the schedule.
data "aws_iam_policy_document" "versions_invoker_trust" {
  statement {
    sid     = "AssumedByScheduler"
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["scheduler.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [data.aws_caller_identity.current.account_id]
    }

    condition {
      test     = "ArnEquals"
      variable = "aws:SourceArn"
      values   = ["arn:${data.aws_partition.current.partition}:scheduler:${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}:schedule-group/default"]
    }
  }
}

resource "aws_iam_role" "versions_invoker" {
  name               = local.names.versions_invoker
  description        = "Starts the removal of old versions of the Lambda function ${var.function_name}"
  assume_role_policy = data.aws_iam_policy_document.versions_invoker_trust.json
  tags               = var.tags
}

data "aws_iam_policy_document" "versions_invoker" {
  statement {
    sid       = "StartExecution"
    actions   = ["states:StartExecution"]
    resources = [aws_sfn_state_machine.this.arn]
  }
}

resource "aws_iam_role_policy" "versions_invoker" {
  name   = "start"
  role   = aws_iam_role.versions_invoker.id
  policy = data.aws_iam_policy_document.versions_invoker.json
}
