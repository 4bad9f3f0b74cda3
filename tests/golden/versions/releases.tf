# Made by tfgen from versions.yaml. Change that and render again, not this file.

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
          keep          = 10
          versions      = []
          used          = ["1"]
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
  name                 = local.names.versions_cleanup
  description          = "Removes old versions of the Lambda function ${var.function_name}"
  assume_role_policy   = data.aws_iam_policy_document.versions_cleanup_trust.json
  permissions_boundary = var.boundary_arn
  tags                 = var.tags
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
  # checkov:skip=CKV_AWS_297:the schedule holds nothing but the state machine's ARN
  name                         = local.names.versions
  schedule_expression          = "cron(0 3 * * ? *)"
  schedule_expression_timezone = "Europe/Berlin"

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
  name                 = local.names.versions_invoker
  description          = "Starts the removal of old versions of the Lambda function ${var.function_name}"
  assume_role_policy   = data.aws_iam_policy_document.versions_invoker_trust.json
  permissions_boundary = var.boundary_arn
  tags                 = var.tags
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
