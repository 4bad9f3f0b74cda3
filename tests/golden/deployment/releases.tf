# Made by tfgen from deployment.yaml. Change that and render again, not this file.

resource "aws_codedeploy_app" "this" {
  name             = "${var.function_name}-deployment"
  compute_platform = "Lambda"
  tags             = var.tags
}

resource "aws_codedeploy_deployment_group" "this" {
  app_name               = aws_codedeploy_app.this.name
  deployment_group_name  = aws_codedeploy_app.this.name
  deployment_config_name = "CodeDeployDefault.LambdaCanary10Percent5Minutes"
  service_role_arn       = aws_iam_role.deployment.arn
  tags                   = var.tags

  # A state that cannot be read stops the deployment as well.
  alarm_configuration {
    enabled                   = true
    alarms                    = [aws_cloudwatch_metric_alarm.errors.alarm_name, aws_cloudwatch_metric_alarm.duration.alarm_name]
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
          Hooks = [
            { BeforeAllowTraffic = var.smoke_test_arn },
            { AfterAllowTraffic = "arn:${data.aws_partition.current.partition}:lambda:${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}:function:checkout-load-test" },
          ]
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

  # before_allow_traffic_hook, after_allow_traffic_hook: the functions that check a version.
  statement {
    sid     = "InvokeHooks"
    actions = ["lambda:InvokeFunction"]
    resources = [
      var.smoke_test_arn,
      "arn:${data.aws_partition.current.partition}:lambda:${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}:function:checkout-load-test",
    ]
  }
}

resource "aws_iam_role_policy" "deployment" {
  name   = "deployment"
  role   = aws_iam_role.deployment.id
  policy = data.aws_iam_policy_document.deployment.json
}
