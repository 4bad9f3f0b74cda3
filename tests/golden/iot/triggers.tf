# Made by tfgen from iot.yaml. Change that and render again, not this file.

resource "aws_iot_topic_rule" "too_warm" {
  name        = replace("${var.function_name}-too-warm", "-", "_")
  description = "Fridges above eight degrees"
  enabled     = true
  sql         = "SELECT topic(2) AS shop, celsius, timestamp() AS time FROM 'shops/+/fridges' WHERE celsius > 8"
  sql_version = "2016-03-23"
  tags        = var.tags

  lambda {
    function_arn = aws_lambda_function.this.arn
  }
}

# IoT Core may invoke the function for this rule alone.
resource "aws_lambda_permission" "too_warm" {
  statement_id   = "trigger-too-warm"
  action         = "lambda:InvokeFunction"
  function_name  = aws_lambda_function.this.arn
  principal      = "iot.amazonaws.com"
  source_arn     = aws_iot_topic_rule.too_warm.arn
  source_account = data.aws_caller_identity.current.account_id
}

resource "aws_iot_topic_rule" "doors" {
  name        = replace("${var.function_name}-doors", "-", "_")
  enabled     = false
  sql         = "SELECT * FROM 'shops/${var.shop}/doors'"
  sql_version = "2016-03-23"
  tags        = var.tags

  lambda {
    function_arn = aws_lambda_function.this.arn
  }
}

# IoT Core may invoke the function for this rule alone.
resource "aws_lambda_permission" "doors" {
  statement_id   = "trigger-doors"
  action         = "lambda:InvokeFunction"
  function_name  = aws_lambda_function.this.arn
  principal      = "iot.amazonaws.com"
  source_arn     = aws_iot_topic_rule.doors.arn
  source_account = data.aws_caller_identity.current.account_id
}
