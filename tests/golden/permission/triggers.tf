# Made by tfgen from permission.yaml. Change that and render again, not this file.

# bedrock.amazonaws.com may invoke the function for one source alone and, if its ARN names no account,
# only if it belongs to this one.
resource "aws_lambda_permission" "agent" {
  # checkov:skip=CKV_AWS_301:principal_org_id keeps it to accounts of the organisation
  statement_id   = "trigger-agent"
  action         = "lambda:InvokeFunction"
  function_name  = aws_lambda_function.this.arn
  principal      = "bedrock.amazonaws.com"
  source_arn     = var.agent_arn
  source_account = split(":", var.agent_arn)[4] == "" ? data.aws_caller_identity.current.account_id : null
}

# s3.amazonaws.com may invoke the function for one source alone, and only if it belongs to this
# account, which its ARN does not say.
resource "aws_lambda_permission" "bucket" {
  # checkov:skip=CKV_AWS_301:principal_org_id keeps it to accounts of the organisation
  statement_id   = "trigger-bucket"
  action         = "lambda:InvokeFunction"
  function_name  = aws_lambda_function.this.arn
  principal      = "s3.amazonaws.com"
  source_arn     = "arn:${data.aws_partition.current.partition}:s3:::shop-prices"
  source_account = data.aws_caller_identity.current.account_id
}

# s3.amazonaws.com may invoke the function for one source alone.
resource "aws_lambda_permission" "partner_bucket" {
  # checkov:skip=CKV_AWS_301:principal_org_id keeps it to accounts of the organisation
  statement_id   = "trigger-partner-bucket"
  action         = "lambda:InvokeFunction"
  function_name  = aws_lambda_function.this.arn
  principal      = "s3.amazonaws.com"
  source_arn     = "arn:${data.aws_partition.current.partition}:s3:::partner-drop"
  source_account = var.partner_account
}

# alexa-appkit.amazon.com may invoke the function, with one token alone.
resource "aws_lambda_permission" "skill" {
  # checkov:skip=CKV_AWS_301:principal_org_id keeps it to accounts of the organisation
  statement_id       = "trigger-skill"
  action             = "lambda:InvokeFunction"
  function_name      = aws_lambda_function.this.arn
  principal          = "alexa-appkit.amazon.com"
  event_source_token = var.skill_id
}

# The account in var.partner_account may invoke the function.
resource "aws_lambda_permission" "partner" {
  # checkov:skip=CKV_AWS_301:principal_org_id keeps it to accounts of the organisation
  statement_id  = "trigger-partner"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.this.arn
  principal     = "arn:${data.aws_partition.current.partition}:iam::${var.partner_account}:root"
}

# Account 345678901234 may invoke the function.
resource "aws_lambda_permission" "auditor" {
  # checkov:skip=CKV_AWS_301:principal_org_id keeps it to accounts of the organisation
  statement_id  = "trigger-auditor"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.this.arn
  principal     = "arn:${data.aws_partition.current.partition}:iam::345678901234:root"
}

# Anyone in the organisation may invoke the function.
resource "aws_lambda_permission" "organisation" {
  # checkov:skip=CKV_AWS_301:principal_org_id keeps it to accounts of the organisation
  statement_id     = "trigger-organisation"
  action           = "lambda:InvokeFunction"
  function_name    = aws_lambda_function.this.arn
  principal        = "*"
  principal_org_id = var.organisation_id
}

# arn:aws:iam::123456789012:role/reader may invoke the function.
resource "aws_lambda_permission" "reader" {
  # checkov:skip=CKV_AWS_301:principal_org_id keeps it to accounts of the organisation
  statement_id  = "trigger-reader"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.this.arn
  principal     = "arn:aws:iam::123456789012:role/reader"
}

# arn:aws:iam::123456789012:role/reader may call lambda:InvokeFunctionUrl on the function.
resource "aws_lambda_permission" "reader_by_url" {
  # checkov:skip=CKV_AWS_301:principal_org_id keeps it to accounts of the organisation
  statement_id           = "trigger-reader-by-url"
  action                 = "lambda:InvokeFunctionUrl"
  function_name          = aws_lambda_function.this.arn
  principal              = "arn:aws:iam::123456789012:role/reader"
  function_url_auth_type = "AWS_IAM"
}
