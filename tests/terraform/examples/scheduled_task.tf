# Usage example "Scheduled Lambda Function" of the reference document.
# data.archive_file is a terraform_data here: the archive provider cannot be had offline, and its
# output is likewise unknown until apply.

module "scheduled_task" {
  source = "./modules/scheduled_task"

  function_name = "daily-report-generator"
  runtime       = "nodejs18.x"
  handler       = "report.generateDaily"

  # Long-running task configuration
  timeout     = 900  # 15 minutes
  memory_size = 3008 # Maximum memory

  # Code deployment
  filename         = "report-generator.zip"
  source_code_hash = terraform_data.report_zip.output

  # Environment configuration
  environment = {
    variables = {
      REPORT_BUCKET = aws_s3_bucket.reports.bucket
      DATABASE_URL  = "postgresql://${module.rds.endpoint}/reports"
      EMAIL_TOPIC   = aws_sns_topic.report_notifications.arn
      TIMEZONE      = "America/New_York"
    }
  }

  # VPC access for database
  vpc_config = {
    subnet_ids         = module.vpc.private_subnets
    security_group_ids = [module.security_groups.lambda_sg_id]
  }

  execution_role_arn = module.iam.report_generator_role_arn

  tags = {
    Environment = "production"
    Service     = "reporting"
    Schedule    = "daily"
  }
}

# CloudWatch Event Rule for scheduling
resource "aws_cloudwatch_event_rule" "daily_report" {
  name                = "daily-report-schedule"
  description         = "Trigger daily report generation"
  schedule_expression = "cron(0 8 * * ? *)" # Daily at 8 AM UTC
}

resource "aws_cloudwatch_event_target" "lambda_target" {
  rule      = aws_cloudwatch_event_rule.daily_report.name
  target_id = "TriggerLambda"
  arn       = module.scheduled_task.arn

  # Pass configuration to the Lambda
  input = jsonencode({
    report_type = "daily"
    format      = "pdf"
  })
}

# Permission for CloudWatch Events
resource "aws_lambda_permission" "allow_cloudwatch" {
  statement_id  = "AllowExecutionFromCloudWatch"
  action        = "lambda:InvokeFunction"
  function_name = module.scheduled_task.function_name
  principal     = "events.amazonaws.com"
  source_arn    = aws_cloudwatch_event_rule.daily_report.arn
}

# Package Lambda function code (not shown by the document)
resource "terraform_data" "report_zip" {
  input = base64sha256("report-generator.zip")
}
