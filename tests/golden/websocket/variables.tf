# Made by tfgen from websocket.yaml. Change that and render again, not this file.

variable "function_name" {
  type        = string
  description = "Name of the Lambda function"
  default     = "chat"
  nullable    = false

  validation {
    condition     = length(var.function_name) <= 64 && can(regex("^[a-zA-Z0-9_-]+$", var.function_name))
    error_message = "function_name must be letters, digits, - and _, 1 to 64 characters."
  }
}

variable "runtime" {
  type        = string
  description = "Function runtime (python3.12, nodejs22.x, etc.)"
  default     = "python3.13"

  validation {
    condition = var.runtime == null ? true : contains([
      "dotnet6", "dotnet8", "dotnetcore1.0", "dotnetcore2.0", "dotnetcore2.1", "dotnetcore3.1",
      "go1.x", "java11", "java17", "java21", "java8", "java8.al2", "nodejs", "nodejs10.x",
      "nodejs12.x", "nodejs14.x", "nodejs16.x", "nodejs18.x", "nodejs20.x", "nodejs22.x",
      "nodejs4.3", "nodejs4.3-edge", "nodejs6.10", "nodejs8.10", "provided", "provided.al2",
      "provided.al2023", "python2.7", "python3.10", "python3.11", "python3.12", "python3.13",
      "python3.6", "python3.7", "python3.8", "python3.9", "ruby2.5", "ruby2.7", "ruby3.2", "ruby3.3",
      "ruby3.4",
    ], var.runtime)
    error_message = "runtime must be one of the 41 values that its condition lists."
  }

  validation {
    condition     = var.package_type != "Zip" || var.runtime != null
    error_message = "runtime is needed for package_type Zip."
  }
}

variable "handler" {
  type        = string
  description = "Function entrypoint in your code"
  default     = "app.handler"

  validation {
    condition     = var.handler == null ? true : length(var.handler) <= 128 && can(regex("^[^ \\t\\n\\r\\f\\v]+$", var.handler))
    error_message = "handler must be text without white space, 1 to 128 characters."
  }

  validation {
    condition     = var.package_type != "Zip" || var.handler != null
    error_message = "handler is needed for package_type Zip."
  }
}

variable "filename" {
  type        = string
  description = "Path to the deployment package (ZIP)"
  default     = null

  validation {
    condition     = var.filename == null ? true : length(var.filename) >= 1
    error_message = "filename must be a text that is not empty."
  }
}

variable "s3_bucket" {
  type        = string
  description = "S3 bucket containing the deployment package"
  default     = null

  validation {
    condition     = var.s3_bucket == null ? true : length(var.s3_bucket) >= 3 && length(var.s3_bucket) <= 63 && can(regex("^[0-9A-Za-z._-]*[0-9A-Za-z_-]$", var.s3_bucket))
    error_message = "s3_bucket must be letters, digits, ., - and _, not ending with ., 3 to 63 characters."
  }
}

variable "s3_key" {
  type        = string
  description = "S3 key of the deployment package"
  default     = "chat.zip"

  validation {
    condition     = var.s3_key == null ? true : length(var.s3_key) >= 1 && length(var.s3_key) <= 1024
    error_message = "s3_key must be 1 to 1024 characters."
  }
}

variable "s3_object_version" {
  type        = string
  description = "S3 object version to use"
  default     = null

  validation {
    condition     = var.s3_object_version == null ? true : length(var.s3_object_version) >= 1 && length(var.s3_object_version) <= 1024
    error_message = "s3_object_version must be 1 to 1024 characters."
  }
}

variable "image_uri" {
  type        = string
  description = "Container image URI for Image package type"
  default     = null

  validation {
    condition     = var.image_uri == null ? true : can(regex("^[^ \\t\\n\\r\\f\\v]+$", var.image_uri))
    error_message = "image_uri must be an image's address without white space."
  }
}

variable "source_code_hash" {
  type        = string
  description = "Used to trigger updates when source changes; the hash of a local ZIP if not given, while new code under the same S3 key or image tag is not seen without it"
  default     = null

  validation {
    condition     = var.source_code_hash == null ? true : length(var.source_code_hash) >= 1
    error_message = "source_code_hash must be a text that is not empty."
  }
}

variable "timeout" {
  type        = number
  description = "Function timeout in seconds"
  default     = 3
  nullable    = false

  validation {
    condition     = var.timeout >= 1 && var.timeout <= 900 && floor(var.timeout) == var.timeout
    error_message = "timeout must be a whole number, 1 to 900 seconds."
  }
}

variable "memory_size" {
  type        = number
  description = "Memory allocation in MiB"
  default     = 128
  nullable    = false

  validation {
    condition     = var.memory_size >= 128 && var.memory_size <= 10240 && floor(var.memory_size) == var.memory_size
    error_message = "memory_size must be a whole number, 128 to 10240 MiB."
  }
}

variable "package_type" {
  type        = string
  description = "Deployment package type (Zip or Image)"
  default     = "Zip"
  nullable    = false

  validation {
    condition     = contains(["Zip", "Image"], var.package_type)
    error_message = "package_type must be one of Zip, Image."
  }
}

variable "architectures" {
  type        = list(string)
  description = "Instruction set architecture"
  default     = ["arm64"]
  nullable    = false

  validation {
    condition     = length(var.architectures) == 1 && alltrue([for item in var.architectures : contains(["x86_64", "arm64"], item)])
    error_message = "architectures must be a list of 1 entry, each one of x86_64, arm64."
  }
}

variable "layers" {
  type        = list(string)
  description = "ARNs of Lambda layers to attach"
  default     = []
  nullable    = false

  validation {
    condition     = length(var.layers) <= 5 && alltrue([for item in var.layers : length(item) <= 140 && can(regex("^arn:aws(-[a-z]+)*:lambda:[a-z]{2}(-[a-z]+)+-[0-9]{1,2}:[0-9]{12}:layer:[a-zA-Z0-9_-]+:[0-9]+$", item))])
    error_message = "layers must be a list of 0 to 5 entries, each the ARN of a layer version, arn:aws:lambda:REGION:ACCOUNT:layer:NAME:VERSION, 1 to 140 characters."
  }
}

variable "environment" {
  type = object({
    variables = optional(map(string), {})
  })
  description = "Environment variables"
  default     = {}
  nullable    = false

  validation {
    condition     = try(var.environment.variables, null) == null ? true : alltrue([for key in keys(var.environment.variables) : length(key) >= 2 && can(regex("^[a-zA-Z][a-zA-Z0-9_]+$", key))])
    error_message = "environment.variables must be a map, each name letters, digits and _, starting with a letter, at least two."
  }
}

variable "kms_key_arn" {
  type        = string
  description = "ARN of the KMS key that encrypts the environment variables"
  default     = null

  validation {
    condition     = var.kms_key_arn == null ? true : length(var.kms_key_arn) <= 256 && can(regex("^arn:aws(-[a-z]+)*:kms:[a-z]{2}(-[a-z]+)+-[0-9]{1,2}:[0-9]{12}:key/[a-zA-Z0-9-]+$", var.kms_key_arn))
    error_message = "kms_key_arn must be the ARN of a KMS key, 1 to 256 characters."
  }
}

variable "execution_role_arn" {
  type        = string
  description = "ARN of the IAM role for function execution, in place of the module's own"
  default     = null

  validation {
    condition     = var.execution_role_arn == null ? true : length(var.execution_role_arn) >= 20 && length(var.execution_role_arn) <= 2048 && can(regex("^arn:aws(-[a-z]+)*:iam::[0-9]{12}:role/?[a-zA-Z_0-9+=,.@/-]+$", var.execution_role_arn))
    error_message = "execution_role_arn must be the ARN of an IAM role, arn:aws:iam::ACCOUNT:role/NAME, 20 to 2048 characters."
  }

  validation {
    condition     = var.create_execution_role || var.execution_role_arn != null
    error_message = "execution_role_arn is needed where create_execution_role is false."
  }
}

variable "vpc_config" {
  type = object({
    subnet_ids                  = list(string)
    security_group_ids          = list(string)
    ipv6_allowed_for_dual_stack = optional(bool)
  })
  description = "VPC configuration for network access"
  default     = null

  validation {
    condition     = var.vpc_config == null ? true : length(var.vpc_config.subnet_ids) <= 16 && alltrue([for item in var.vpc_config.subnet_ids : length(item) >= 1])
    error_message = "vpc_config.subnet_ids must be a list of 0 to 16 entries, each a text that is not empty."
  }

  validation {
    condition     = var.vpc_config == null ? true : length(var.vpc_config.security_group_ids) <= 5 && alltrue([for item in var.vpc_config.security_group_ids : length(item) >= 1])
    error_message = "vpc_config.security_group_ids must be a list of 0 to 5 entries, each a text that is not empty."
  }
}

variable "reserved_concurrent_executions" {
  type        = number
  description = "Reserved concurrency limit"
  default     = null

  validation {
    condition     = var.reserved_concurrent_executions == null ? true : var.reserved_concurrent_executions >= -1 && floor(var.reserved_concurrent_executions) == var.reserved_concurrent_executions
    error_message = "reserved_concurrent_executions must be a whole number, at least -1."
  }
}

variable "provisioned_concurrency_config" {
  type = object({
    provisioned_concurrent_executions = number
    qualifier                         = optional(string)
  })
  description = "Provisioned concurrency settings"
  default     = null

  validation {
    condition     = var.provisioned_concurrency_config == null ? true : var.provisioned_concurrency_config.provisioned_concurrent_executions >= 1 && floor(var.provisioned_concurrency_config.provisioned_concurrent_executions) == var.provisioned_concurrency_config.provisioned_concurrent_executions
    error_message = "provisioned_concurrency_config.provisioned_concurrent_executions must be a whole number, at least 1."
  }

  validation {
    condition     = alltrue([for value in try(var.provisioned_concurrency_config.qualifier, null)[*] : length(value) <= 128 && can(regex("^[a-zA-Z0-9_-]+$", value))])
    error_message = "provisioned_concurrency_config.qualifier must be a published version's number or an alias, 1 to 128 characters."
  }
}

variable "dead_letter_config" {
  type = object({
    target_arn = string
  })
  description = "Dead letter queue configuration"
  default     = null

  validation {
    condition     = var.dead_letter_config == null ? true : can(regex("^arn:aws(-[a-z]+)*:(sqs|sns):[a-z]{2}(-[a-z]+)+-[0-9]{1,2}:[0-9]{12}:[a-zA-Z0-9_-]+$", var.dead_letter_config.target_arn))
    error_message = "dead_letter_config.target_arn must be the ARN of a standard SQS queue or SNS topic."
  }
}

variable "tracing_config" {
  type = object({
    mode = string
  })
  description = "X-Ray tracing configuration"
  default     = null

  validation {
    condition     = var.tracing_config == null ? true : contains(["Active", "PassThrough"], var.tracing_config.mode)
    error_message = "tracing_config.mode must be one of Active, PassThrough."
  }
}

variable "log_retention_in_days" {
  type        = number
  description = "CloudWatch logs retention period in days; 0 keeps them forever"
  default     = 14
  nullable    = false

  validation {
    condition = contains([
      0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922,
      3288, 3653,
    ], var.log_retention_in_days)
    error_message = "log_retention_in_days must be one of 0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653 days."
  }
}

variable "image_config" {
  type = object({
    entry_point       = optional(list(string))
    command           = optional(list(string))
    working_directory = optional(string)
  })
  description = "Container image settings for Image package type"
  default     = null

  validation {
    condition     = try(var.image_config.entry_point, null) == null ? true : length(var.image_config.entry_point) <= 1500
    error_message = "image_config.entry_point must be a list of 0 to 1500 entries."
  }

  validation {
    condition     = try(var.image_config.command, null) == null ? true : length(var.image_config.command) <= 1500
    error_message = "image_config.command must be a list of 0 to 1500 entries."
  }

  validation {
    condition     = alltrue([for value in try(var.image_config.working_directory, null)[*] : length(value) <= 1000])
    error_message = "image_config.working_directory must be 0 to 1000 characters."
  }
}

variable "event_source_mapping" {
  type = object({
    function_name                  = optional(string)
    event_source_arn               = string
    enabled                        = optional(bool)
    batch_size                     = optional(number)
    bisect_batch_on_function_error = optional(bool)
    destination_config = optional(object({
      on_failure = optional(object({
        destination_arn = string
      }))
    }))
    filter_criteria = optional(object({
      filter = list(object({
        pattern = string
      }))
    }))
    function_response_types            = optional(list(string))
    maximum_batching_window_in_seconds = optional(number)
    maximum_record_age_in_seconds      = optional(number)
    maximum_retry_attempts             = optional(number)
    parallelization_factor             = optional(number)
    scaling_config = optional(object({
      maximum_concurrency = optional(number)
    }))
    starting_position           = optional(string)
    starting_position_timestamp = optional(string)
    tumbling_window_in_seconds  = optional(number)
  })
  description = "A DynamoDB stream, Kinesis stream or SQS queue that invokes the function"
  default     = null

  validation {
    condition     = var.event_source_mapping == null ? true : can(regex("^arn:aws(-[a-z]+)*:(dynamodb:[a-z]{2}(-[a-z]+)+-[0-9]{1,2}:[0-9]{12}:table/[^/]+/stream/.+|kinesis:[a-z]{2}(-[a-z]+)+-[0-9]{1,2}:[0-9]{12}:stream/[^/]+|sqs:[a-z]{2}(-[a-z]+)+-[0-9]{1,2}:[0-9]{12}:[a-zA-Z0-9_.-]+)$", var.event_source_mapping.event_source_arn))
    error_message = "event_source_mapping.event_source_arn must be the ARN of a DynamoDB stream, a Kinesis stream or an SQS queue."
  }

  validation {
    condition     = alltrue([for value in try(var.event_source_mapping.batch_size, null)[*] : value >= 1 && value <= 10000 && floor(value) == value])
    error_message = "event_source_mapping.batch_size must be a whole number, 1 to 10000 records."
  }

  validation {
    condition     = try(var.event_source_mapping.destination_config.on_failure, null) == null ? true : length(var.event_source_mapping.destination_config.on_failure.destination_arn) <= 350 && can(regex("^arn:aws(-[a-z]+)*:((sqs|sns):[a-z]{2}(-[a-z]+)+-[0-9]{1,2}:[0-9]{12}:[a-zA-Z0-9_.-]+|s3:::[a-zA-Z0-9._-]+)$", var.event_source_mapping.destination_config.on_failure.destination_arn))
    error_message = "event_source_mapping.destination_config.on_failure.destination_arn must be the ARN of an SQS queue, an SNS topic or an S3 bucket, 1 to 350 characters."
  }

  validation {
    condition     = alltrue([for item in try(var.event_source_mapping.filter_criteria.filter, null) == null ? [] : var.event_source_mapping.filter_criteria.filter : length(item.pattern) <= 4096])
    error_message = "event_source_mapping.filter_criteria.filter.pattern must be 0 to 4096 characters."
  }

  validation {
    condition     = try(var.event_source_mapping.function_response_types, null) == null ? true : length(var.event_source_mapping.function_response_types) <= 1 && alltrue([for item in var.event_source_mapping.function_response_types : contains(["ReportBatchItemFailures"], item)])
    error_message = "event_source_mapping.function_response_types must be a list of 0 to 1 entry, each one of ReportBatchItemFailures."
  }

  validation {
    condition     = alltrue([for value in try(var.event_source_mapping.maximum_batching_window_in_seconds, null)[*] : value >= 0 && value <= 300 && floor(value) == value])
    error_message = "event_source_mapping.maximum_batching_window_in_seconds must be a whole number, 0 to 300 seconds."
  }

  validation {
    condition     = alltrue([for value in try(var.event_source_mapping.maximum_record_age_in_seconds, null)[*] : (value == -1 || value >= 60 && value <= 604800 && floor(value) == value)])
    error_message = "event_source_mapping.maximum_record_age_in_seconds must be a whole number, -1, or 60 to 604800 seconds."
  }

  validation {
    condition     = alltrue([for value in try(var.event_source_mapping.maximum_retry_attempts, null)[*] : value >= -1 && value <= 10000 && floor(value) == value])
    error_message = "event_source_mapping.maximum_retry_attempts must be a whole number, -1 to 10000."
  }

  validation {
    condition     = alltrue([for value in try(var.event_source_mapping.parallelization_factor, null)[*] : value >= 1 && value <= 10 && floor(value) == value])
    error_message = "event_source_mapping.parallelization_factor must be a whole number, 1 to 10."
  }

  validation {
    condition     = alltrue([for value in try(var.event_source_mapping.scaling_config.maximum_concurrency, null)[*] : value >= 2 && value <= 1000 && floor(value) == value])
    error_message = "event_source_mapping.scaling_config.maximum_concurrency must be a whole number, 2 to 1000."
  }

  validation {
    condition     = alltrue([for value in try(var.event_source_mapping.starting_position, null)[*] : contains(["TRIM_HORIZON", "LATEST", "AT_TIMESTAMP"], value)])
    error_message = "event_source_mapping.starting_position must be one of TRIM_HORIZON, LATEST, AT_TIMESTAMP."
  }

  validation {
    condition     = alltrue([for value in try(var.event_source_mapping.starting_position_timestamp, null)[*] : length(value) >= 20 && can(regex("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})$", value))])
    error_message = "event_source_mapping.starting_position_timestamp must be an RFC 3339 time such as 2026-01-31T08:00:00Z."
  }

  validation {
    condition     = alltrue([for value in try(var.event_source_mapping.tumbling_window_in_seconds, null)[*] : value >= 0 && value <= 900 && floor(value) == value])
    error_message = "event_source_mapping.tumbling_window_in_seconds must be a whole number, 0 to 900 seconds."
  }
}

variable "tags" {
  type        = map(string)
  description = "Tags of all resources of the module"
  default     = {}
  nullable    = false

  validation {
    condition     = length(var.tags) <= 50 && alltrue([for key in keys(var.tags) : length(key) >= 1 && length(key) <= 128]) && alltrue([for item in var.tags : length(item) <= 256])
    error_message = "tags must be a map of at most 50 entries, each name 1 to 128 characters, each 0 to 256 characters."
  }
}

variable "create_execution_role" {
  type        = bool
  description = "Whether the module makes the execution role; without it, execution_role_arn is needed"
  default     = true
  nullable    = false
}

variable "authorizer_arn" {
  type        = string
  description = "Function that knows who may chat"
  nullable    = false

  validation {
    condition     = length(var.authorizer_arn) <= 140 && can(regex("^arn:aws(-[a-z]+)*:lambda:[a-z]{2}(-[a-z]+){1,2}-[0-9]:[0-9]{12}:function:[a-zA-Z0-9_-]+$", var.authorizer_arn))
    error_message = "authorizer_arn must be the ARN of a function, without a version or alias, 1 to 140 characters."
  }
}

variable "deployment_bucket" {
  type        = string
  description = "Used in s3_bucket"
  default     = null

  validation {
    condition     = var.deployment_bucket == null ? true : length(var.deployment_bucket) >= 3 && length(var.deployment_bucket) <= 63 && can(regex("^[0-9A-Za-z._-]*[0-9A-Za-z_-]$", var.deployment_bucket))
    error_message = "deployment_bucket must be letters, digits, ., - and _, not ending with ., 3 to 63 characters."
  }

  validation {
    condition     = var.deployment_bucket != null || var.s3_bucket != null || var.filename != null || var.image_uri != null
    error_message = "deployment_bucket is needed, unless s3_bucket or filename or image_uri is given."
  }
}

variable "feed_authorizer_role_arn" {
  type        = string
  description = "Role that may invoke it"
  nullable    = false

  validation {
    condition     = length(var.feed_authorizer_role_arn) >= 20 && length(var.feed_authorizer_role_arn) <= 2048 && can(regex("^arn:aws(-[a-z]+)*:iam::[0-9]{12}:role/?[a-zA-Z_0-9+=,.@/-]+$", var.feed_authorizer_role_arn))
    error_message = "feed_authorizer_role_arn must be the ARN of an IAM role, arn:aws:iam::ACCOUNT:role/NAME, 20 to 2048 characters."
  }
}

variable "feed_authorizer_uri" {
  type        = string
  description = "Invoke ARN of the function that knows who may listen"
  nullable    = false

  validation {
    condition     = can(regex("^arn:aws(-[a-z]+)*:apigateway:[a-z]{2}(-[a-z]+)+-[0-9]{1,2}:lambda:path/2015-03-31/functions/.+/invocations$", var.feed_authorizer_uri))
    error_message = "feed_authorizer_uri must be a function's invoke ARN."
  }
}

variable "log_key_arn" {
  type        = string
  description = "Key that encrypts the access log"
  nullable    = false

  validation {
    condition     = length(var.log_key_arn) <= 256 && can(regex("^arn:aws(-[a-z]+)*:kms:[a-z]{2}(-[a-z]+)+-[0-9]{1,2}:[0-9]{12}:key/[a-zA-Z0-9-]+$", var.log_key_arn))
    error_message = "log_key_arn must be the ARN of a KMS key, 1 to 256 characters."
  }
}
