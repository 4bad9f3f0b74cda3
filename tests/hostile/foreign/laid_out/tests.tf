mock_provider "aws" {
  mock_data "aws_region" {
    defaults = { id = "eu-central-1" }
  }
}
run "plans" {
  command = plan
  variables {
    function_name = "x"
    tags = { A = "b"
    "C d" = "e" }
  }
  assert {
    condition     = aws_lambda_function.this.timeout == 3 && length(aws_lambda_function.this.tags) == 2
    error_message = "no"
  }
  expect_failures = [
    var.timeout,
    var.memory_size
  ]
}
