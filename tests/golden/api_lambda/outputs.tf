# Made by tfgen from api_lambda.yaml. Change that and render again, not this file.

output "function_name" {
  description = "Lambda function name"
  value       = aws_lambda_function.this.function_name
}

output "function_arn" {
  description = "Lambda function ARN"
  value       = aws_lambda_function.this.arn
}

output "arn" {
  description = "Lambda function ARN (alias for function_arn)"
  value       = aws_lambda_function.this.arn
}

output "invoke_arn" {
  description = "ARN for invoking the Lambda function"
  value       = aws_lambda_function.this.invoke_arn
}

output "qualified_arn" {
  description = "Function ARN with version or alias"
  value       = aws_lambda_function.this.qualified_arn
}

output "version" {
  description = "Latest published version of the function"
  value       = aws_lambda_function.this.version
}

output "last_modified" {
  description = "Date the function was last modified"
  value       = aws_lambda_function.this.last_modified
}

output "source_code_hash" {
  description = "SHA256 hash of the function's deployment package"
  value       = aws_lambda_function.this.source_code_hash
}

output "source_code_size" {
  description = "Size of the function's deployment package in bytes"
  value       = aws_lambda_function.this.source_code_size
}

output "runtime" {
  description = "Runtime environment for the function"
  value       = aws_lambda_function.this.runtime
}

output "handler" {
  description = "Function entry point"
  value       = aws_lambda_function.this.handler
}

output "timeout" {
  description = "Function timeout value in seconds"
  value       = aws_lambda_function.this.timeout
}

output "memory_size" {
  description = "Memory allocation for the function in MiB"
  value       = aws_lambda_function.this.memory_size
}

output "role_arn" {
  description = "ARN of the execution role"
  value       = aws_lambda_function.this.role
}

output "role_name" {
  description = "Name of the execution role"
  value       = reverse(split("/", aws_lambda_function.this.role))[0]
}

output "log_group_name" {
  description = "Name of the function's log group"
  value       = aws_cloudwatch_log_group.this.name
}

output "log_group_arn" {
  description = "ARN of the function's log group"
  value       = aws_cloudwatch_log_group.this.arn
}

output "alarm_arns" {
  description = "ARNs of the alarms, by name"
  value = {
    errors             = aws_cloudwatch_metric_alarm.errors.arn
    error_rate         = aws_cloudwatch_metric_alarm.error_rate.arn
    throttles          = aws_cloudwatch_metric_alarm.throttles.arn
    duration           = aws_cloudwatch_metric_alarm.duration.arn
    dead_letters       = aws_cloudwatch_metric_alarm.dead_letters.arn
    dead_letter_errors = aws_cloudwatch_metric_alarm.dead_letter_errors.arn
    http_5xx           = aws_cloudwatch_metric_alarm.http_5xx.arn
  }
}

output "rest_api_id" {
  description = "Id of the REST API of rest"
  value       = aws_api_gateway_rest_api.rest.id
}

output "rest_api_execution_arn" {
  description = "Execution ARN of the REST API of rest"
  value       = aws_api_gateway_rest_api.rest.execution_arn
}

output "rest_invoke_url" {
  description = "URL of the stage of rest"
  value       = aws_api_gateway_stage.rest.invoke_url
}

output "rest_stage_arn" {
  description = "ARN of the stage of rest"
  value       = aws_api_gateway_stage.rest.arn
}
