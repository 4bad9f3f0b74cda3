# Made by tfgen from lex.yaml. Change that and render again, not this file.

# Lex may invoke the function for this bot alias alone.
resource "aws_lambda_permission" "lex" {
  statement_id  = "trigger-lex"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.this.arn
  principal     = "lexv2.amazonaws.com"
  source_arn    = var.bot_alias_arn
}
