# Made by tfgen from alexa.yaml. Change that and render again, not this file.

# Alexa may invoke the function for this skill alone.
resource "aws_lambda_permission" "recipes" {
  statement_id       = "trigger-recipes"
  action             = "lambda:InvokeFunction"
  function_name      = aws_lambda_function.this.arn
  principal          = "alexa-appkit.amazon.com"
  event_source_token = var.recipes_skill_id
}

# Alexa may invoke the function for this skill alone.
resource "aws_lambda_permission" "oven" {
  statement_id       = "trigger-oven"
  action             = "lambda:InvokeFunction"
  function_name      = aws_lambda_function.this.arn
  principal          = "alexa-connectedhome.amazon.com"
  event_source_token = "amzn1.ask.skill.1a2b3c4d-5e6f-4a7b-8c9d-0e1f2a3b4c5d"
}
