# Made by tfgen from s3.yaml. Change that and render again, not this file.

# The bucket's only notification configuration: another one, anywhere, would replace it.
resource "aws_s3_bucket_notification" "uploads" {
  bucket = var.upload_bucket

  lambda_function {
    lambda_function_arn = aws_lambda_function.this.arn
    events              = ["s3:ObjectCreated:*"]
    filter_prefix       = "uploads/"
    filter_suffix       = ".jpg"
  }

  lambda_function {
    lambda_function_arn = aws_lambda_function.this.arn
    events              = ["s3:ObjectCreated:Put", "s3:ObjectRemoved:*"]
    filter_prefix       = "documents/"
  }

  # S3 checks the permission when the notification is made.
  depends_on = [aws_lambda_permission.uploads]
}

# S3 may invoke the function for this bucket alone, and only while it is this account's: a bucket's
# ARN does not say whose it is.
resource "aws_lambda_permission" "uploads" {
  statement_id   = "trigger-uploads"
  action         = "lambda:InvokeFunction"
  function_name  = aws_lambda_function.this.arn
  principal      = "s3.amazonaws.com"
  source_arn     = "arn:${data.aws_partition.current.partition}:s3:::${var.upload_bucket}"
  source_account = data.aws_caller_identity.current.account_id
}

# The bucket's only notification configuration: another one, anywhere, would replace it.
resource "aws_s3_bucket_notification" "archive" {
  bucket      = var.archive_bucket
  eventbridge = true
}

resource "aws_cloudwatch_event_rule" "archive" {
  name = local.names.archive
  event_pattern = jsonencode({
    source = ["aws.s3"]
    detail = {
      bucket = {
        name = [var.archive_bucket]
      }
    }
    "$or" = [
      {
        detail-type = ["Object Created", "Object Storage Class Changed"]
        detail = {
          object = {
            key = [{ wildcard = "archive/*.tar.gz" }]
          }
        }
      },
      {
        detail-type = ["Object Deleted"]
        detail = {
          reason = ["Lifecycle Expiration"]
          object = {
            key = [{ wildcard = "archive/*.tar.gz" }]
          }
        }
      },
    ]
  })
  tags = var.tags
}

resource "aws_cloudwatch_event_target" "archive" {
  rule      = aws_cloudwatch_event_rule.archive.name
  target_id = "function"
  arn       = aws_lambda_function.this.arn
}

# EventBridge may invoke the function for this rule alone.
resource "aws_lambda_permission" "archive" {
  statement_id  = "trigger-archive"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.this.arn
  principal     = "events.amazonaws.com"
  source_arn    = aws_cloudwatch_event_rule.archive.arn
}

# S3 may invoke the function for this bucket alone, and only while it is this account's: a bucket's
# ARN does not say whose it is.
resource "aws_lambda_permission" "partner" {
  statement_id   = "trigger-partner"
  action         = "lambda:InvokeFunction"
  function_name  = aws_lambda_function.this.arn
  principal      = "s3.amazonaws.com"
  source_arn     = "arn:${data.aws_partition.current.partition}:s3:::partner-drop"
  source_account = data.aws_caller_identity.current.account_id
}
