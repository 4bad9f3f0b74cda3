# Made by tfgen from ses.yaml. Change that and render again, not this file.

resource "aws_ses_receipt_rule" "orders" {
  name          = local.names.orders
  rule_set_name = var.rule_set_name
  after         = var.spam_rule_name
  enabled       = true
  recipients    = ["orders@shop.example", "returns@shop.example"]
  scan_enabled  = true
  tls_policy    = "Require"

  lambda_action {
    function_arn = aws_lambda_function.this.arn
    position     = 1
    topic_arn    = var.topic_arn
  }

  # SES checks the permission when the rule is made.
  depends_on = [aws_lambda_permission.orders]
}

# SES may invoke the function for this receipt rule alone. Its ARN is written out, since the rule is
# made after its permission.
resource "aws_lambda_permission" "orders" {
  statement_id   = "trigger-orders"
  action         = "lambda:InvokeFunction"
  function_name  = aws_lambda_function.this.arn
  principal      = "ses.amazonaws.com"
  source_arn     = "arn:${data.aws_partition.current.partition}:ses:${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}:receipt-rule-set/${var.rule_set_name}:receipt-rule/${local.names.orders}"
  source_account = data.aws_caller_identity.current.account_id
}

resource "aws_ses_receipt_rule" "others" {
  name          = local.names.others
  rule_set_name = "shop"
  enabled       = false

  lambda_action {
    function_arn    = aws_lambda_function.this.arn
    invocation_type = "RequestResponse"
    position        = 1
  }

  # SES checks the permission when the rule is made.
  depends_on = [aws_lambda_permission.others]
}

# SES may invoke the function for this receipt rule alone. Its ARN is written out, since the rule is
# made after its permission.
resource "aws_lambda_permission" "others" {
  statement_id   = "trigger-others"
  action         = "lambda:InvokeFunction"
  function_name  = aws_lambda_function.this.arn
  principal      = "ses.amazonaws.com"
  source_arn     = "arn:${data.aws_partition.current.partition}:ses:${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}:receipt-rule-set/shop:receipt-rule/${local.names.others}"
  source_account = data.aws_caller_identity.current.account_id
}
