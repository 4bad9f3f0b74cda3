# Made by tfgen from everything.yaml. Change that and render again, not this file.

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

output "api_gateway_api_id" {
  description = "Id of the REST API of api_gateway"
  value       = aws_api_gateway_rest_api.api_gateway.id
}

output "api_gateway_api_execution_arn" {
  description = "Execution ARN of the REST API of api_gateway"
  value       = aws_api_gateway_rest_api.api_gateway.execution_arn
}

output "api_gateway_invoke_url" {
  description = "URL of the stage of api_gateway"
  value       = aws_api_gateway_stage.api_gateway.invoke_url
}

output "api_gateway_stage_arn" {
  description = "ARN of the stage of api_gateway"
  value       = aws_api_gateway_stage.api_gateway.arn
}

output "http_api_api_id" {
  description = "Id of the HTTP API of http_api"
  value       = aws_apigatewayv2_api.http_api.id
}

output "http_api_api_execution_arn" {
  description = "Execution ARN of the HTTP API of http_api"
  value       = aws_apigatewayv2_api.http_api.execution_arn
}

output "http_api_invoke_url" {
  description = "URL of the stage of http_api"
  value       = aws_apigatewayv2_stage.http_api.invoke_url
}

output "websocket_api_id" {
  description = "Id of the WebSocket API of websocket"
  value       = aws_apigatewayv2_api.websocket.id
}

output "websocket_api_execution_arn" {
  description = "Execution ARN of the WebSocket API of websocket"
  value       = aws_apigatewayv2_api.websocket.execution_arn
}

output "websocket_invoke_url" {
  description = "URL that clients of websocket connect to"
  value       = aws_apigatewayv2_stage.websocket.invoke_url
}

output "websocket_callback_endpoint" {
  description = "URL by which others send to the connections of websocket"
  value       = replace(aws_apigatewayv2_stage.websocket.invoke_url, "wss://", "https://")
}

output "kinesis_consumer_arn" {
  description = "ARN of the stream's consumer for kinesis"
  value       = aws_kinesis_stream_consumer.kinesis_consumer.arn
}

output "sqs_queue_arn" {
  description = "ARN of the queue of sqs"
  value       = aws_sqs_queue.sqs.arn
}

output "sqs_queue_url" {
  description = "URL of the queue of sqs"
  value       = aws_sqs_queue.sqs.url
}

output "sqs_dead_letters_arn" {
  description = "ARN of the dead letter queue of sqs"
  value       = aws_sqs_queue.sqs_dead_letters.arn
}

output "eventbridge_dead_letters_arn" {
  description = "ARN of the dead letter queue"
  value       = aws_sqs_queue.eventbridge_dead_letters.arn
}
