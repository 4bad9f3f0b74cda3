# Usage example "DynamoDB Stream Processing" of the reference document.

module "stream_processor" {
  source = "./modules/stream_processor"

  function_name = "dynamodb-stream-processor"
  runtime       = "java11"
  handler       = "com.example.StreamProcessor::handleRequest"

  # Java runtime configuration
  timeout     = 60
  memory_size = 1024

  # JAR deployment
  s3_bucket = aws_s3_bucket.lambda_deployments.bucket
  s3_key    = "stream-processor-1.0.0.jar"

  # Environment variables
  environment = {
    variables = {
      NOTIFICATION_TOPIC = aws_sns_topic.user_notifications.arn
      AUDIT_TABLE        = aws_dynamodb_table.audit_log.name
      BATCH_SIZE         = "100"
    }
  }

  # Event source mapping configuration
  event_source_mapping = {
    event_source_arn                   = aws_dynamodb_table.users.stream_arn
    function_name                      = null # Will be set after function creation
    starting_position                  = "LATEST"
    batch_size                         = 10
    maximum_batching_window_in_seconds = 5
    parallelization_factor             = 2

    # Error handling
    maximum_record_age_in_seconds  = 3600
    maximum_retry_attempts         = 3
    bisect_batch_on_function_error = true

    destination_config = {
      on_failure = {
        destination_arn = aws_sqs_queue.stream_dlq.arn
      }
    }
  }

  execution_role_arn = module.iam.stream_processor_role_arn

  tags = {
    Environment = "production"
    Service     = "stream-processing"
  }
}
