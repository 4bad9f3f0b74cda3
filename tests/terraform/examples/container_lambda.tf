# Usage example "Container Image Lambda" of the reference document.

module "container_lambda" {
  source = "./modules/container_lambda"

  function_name = "ml-inference-api"
  package_type  = "Image"

  # Container image configuration
  image_uri = "${aws_ecr_repository.ml_models.repository_url}:latest"

  # Optimized for ML inference
  timeout     = 600   # 10 minutes
  memory_size = 10240 # 10GB

  # Architecture for ML workloads
  architectures = ["x86_64"]

  # Environment configuration
  environment = {
    variables = {
      MODEL_BUCKET   = aws_s3_bucket.ml_models.bucket
      INFERENCE_MODE = "production"
      BATCH_SIZE     = "32"
      GPU_ENABLED    = "false"
    }
  }

  # Image configuration
  image_config = {
    entry_point       = ["/app/bootstrap"]
    command           = ["handler.inference"]
    working_directory = "/app"
  }

  # Provisioned concurrency for consistent performance
  provisioned_concurrency_config = {
    provisioned_concurrent_executions = 5
  }

  execution_role_arn = module.iam.ml_inference_role_arn

  tags = {
    Environment = "production"
    Service     = "ml-inference"
    Runtime     = "container"
  }
}

# ECR repository for container images
resource "aws_ecr_repository" "ml_models" {
  name                 = "ml-inference-lambda"
  image_tag_mutability = "MUTABLE"

  image_scanning_configuration {
    scan_on_push = true
  }
}
