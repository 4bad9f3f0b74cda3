# Made by tfgen from alb.yaml. Change that and render again, not this file.
#
# `terraform init` and `terraform test` in the module's folder run these tests. All of AWS is mocked, so they need
# no account, and nothing is made.

mock_provider "aws" {
  mock_data "aws_caller_identity" {
    defaults = {
      account_id = "123456789012"
    }
  }

  mock_data "aws_partition" {
    defaults = {
      partition = "aws"
    }
  }

  mock_data "aws_region" {
    defaults = {
      id = "eu-central-1"
    }
  }

  mock_data "aws_iam_policy_document" {
    defaults = {
      json = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
    }
  }
}

# What a caller gives.
variables {
  deployment_bucket = "deployment-bucket"
  domain            = "domain"
  listener_arn      = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/app/example/example/example"
}

run "is_what_the_spec_says" {
  command = plan

  # The function
  assert {
    condition     = aws_lambda_function.this.function_name == "shop_pages"
    error_message = "aws_lambda_function.this.function_name is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.runtime == "nodejs22.x"
    error_message = "aws_lambda_function.this.runtime is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.handler == "index.handler"
    error_message = "aws_lambda_function.this.handler is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.s3_bucket == var.deployment_bucket
    error_message = "aws_lambda_function.this.s3_bucket is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.s3_key == "shop-pages.zip"
    error_message = "aws_lambda_function.this.s3_key is not what the spec says."
  }

  assert {
    condition     = toset(aws_lambda_function.this.architectures) == toset(["arm64"])
    error_message = "aws_lambda_function.this.architectures is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.memory_size == 128
    error_message = "aws_lambda_function.this.memory_size is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.timeout == 3
    error_message = "aws_lambda_function.this.timeout is not what the spec says."
  }

  # The execution role
  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.actions if statement.actions != null])) == toset(["logs:CreateLogStream", "logs:PutLogEvents"])
    error_message = "The set of actions in the role's policy is not what the spec says."
  }

  # triggers, pages
  assert {
    condition     = one(aws_lb_target_group.pages.health_check).enabled == true
    error_message = "one(aws_lb_target_group.pages.health_check).enabled is not what the spec says."
  }

  assert {
    condition     = one(aws_lb_target_group.pages.health_check).path == "/health"
    error_message = "one(aws_lb_target_group.pages.health_check).path is not what the spec says."
  }

  assert {
    condition     = one(aws_lb_target_group.pages.health_check).interval == 60
    error_message = "one(aws_lb_target_group.pages.health_check).interval is not what the spec says."
  }

  assert {
    condition     = one(aws_lb_target_group.pages.health_check).timeout == 20
    error_message = "one(aws_lb_target_group.pages.health_check).timeout is not what the spec says."
  }

  assert {
    condition     = one(aws_lb_target_group.pages.health_check).healthy_threshold == 2
    error_message = "one(aws_lb_target_group.pages.health_check).healthy_threshold is not what the spec says."
  }

  assert {
    condition     = one(aws_lb_target_group.pages.health_check).unhealthy_threshold == 3
    error_message = "one(aws_lb_target_group.pages.health_check).unhealthy_threshold is not what the spec says."
  }

  assert {
    condition     = one(aws_lb_target_group.pages.health_check).matcher == "200-299"
    error_message = "one(aws_lb_target_group.pages.health_check).matcher is not what the spec says."
  }

  assert {
    condition     = aws_lb_target_group.pages.lambda_multi_value_headers_enabled == true
    error_message = "aws_lb_target_group.pages.lambda_multi_value_headers_enabled is not what the spec says."
  }

  assert {
    condition     = aws_lb_listener_rule.pages.listener_arn == var.listener_arn
    error_message = "aws_lb_listener_rule.pages.listener_arn is not what the spec says."
  }

  assert {
    condition     = aws_lb_listener_rule.pages.priority == 100
    error_message = "aws_lb_listener_rule.pages.priority is not what the spec says."
  }

  assert {
    condition     = toset(flatten(aws_lb_listener_rule.pages.condition[*].http_request_method[*].values)) == toset(flatten([["GET", "HEAD"]]))
    error_message = "flatten(aws_lb_listener_rule.pages.condition[*].http_request_method[*].values) is not what the spec says."
  }

  assert {
    condition     = toset(flatten(aws_lb_listener_rule.pages.condition[*].path_pattern[*].values)) == toset(flatten([["/shop/*", "/offers/*"]]))
    error_message = "flatten(aws_lb_listener_rule.pages.condition[*].path_pattern[*].values) is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.pages.action == "lambda:InvokeFunction"
    error_message = "aws_lambda_permission.pages.action is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.pages.principal == "elasticloadbalancing.amazonaws.com"
    error_message = "aws_lambda_permission.pages.principal is not what the spec says."
  }

  # triggers, preview
  assert {
    condition     = aws_lb_listener_rule.preview.listener_arn == var.listener_arn
    error_message = "aws_lb_listener_rule.preview.listener_arn is not what the spec says."
  }

  assert {
    condition     = toset(flatten(aws_lb_listener_rule.preview.condition[*].host_header[*].values)) == toset(flatten([["*.preview.${var.domain}"]]))
    error_message = "flatten(aws_lb_listener_rule.preview.condition[*].host_header[*].values) is not what the spec says."
  }

  assert {
    condition     = toset(flatten(aws_lb_listener_rule.preview.condition[*].http_header[*].values)) == toset(flatten([["yes"]]))
    error_message = "flatten(aws_lb_listener_rule.preview.condition[*].http_header[*].values) is not what the spec says."
  }

  assert {
    condition     = toset(flatten(aws_lb_listener_rule.preview.condition[*].http_header[*].http_header_name)) == toset(flatten(["X-Preview"]))
    error_message = "flatten(aws_lb_listener_rule.preview.condition[*].http_header[*].http_header_name) is not what the spec says."
  }

  assert {
    condition     = toset(flatten(aws_lb_listener_rule.preview.condition[*].query_string[*].key)) == toset(flatten(["version", null]))
    error_message = "flatten(aws_lb_listener_rule.preview.condition[*].query_string[*].key) is not what the spec says."
  }

  assert {
    condition     = toset(flatten(aws_lb_listener_rule.preview.condition[*].query_string[*].value)) == toset(flatten(["beta*", "preview"]))
    error_message = "flatten(aws_lb_listener_rule.preview.condition[*].query_string[*].value) is not what the spec says."
  }

  assert {
    condition     = toset(flatten(aws_lb_listener_rule.preview.condition[*].source_ip[*].values)) == toset(flatten([["10.0.0.0/8"]]))
    error_message = "flatten(aws_lb_listener_rule.preview.condition[*].source_ip[*].values) is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.preview.action == "lambda:InvokeFunction"
    error_message = "aws_lambda_permission.preview.action is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.preview.principal == "elasticloadbalancing.amazonaws.com"
    error_message = "aws_lambda_permission.preview.principal is not what the spec says."
  }
}

run "takes_what_the_caller_says" {
  command = plan

  variables {
    function_name = "from-the-caller"
    memory_size   = 256
    timeout       = 2
    tags = {
      Caller = "from-the-caller"
    }
    environment = {
      variables = {
        CALLER = "from-the-caller"
      }
    }
  }

  assert {
    condition     = aws_lambda_function.this.function_name == "from-the-caller"
    error_message = "aws_lambda_function.this.function_name is not what the caller says."
  }

  assert {
    condition     = aws_lambda_function.this.memory_size == 256
    error_message = "aws_lambda_function.this.memory_size is not what the caller says."
  }

  assert {
    condition     = aws_lambda_function.this.timeout == 2
    error_message = "aws_lambda_function.this.timeout is not what the caller says."
  }

  assert {
    condition     = aws_lambda_function.this.tags["Caller"] == "from-the-caller"
    error_message = "aws_lambda_function.this.tags[\"Caller\"] is not what the caller says."
  }

  assert {
    condition     = one(aws_lambda_function.this.environment).variables["CALLER"] == "from-the-caller"
    error_message = "one(aws_lambda_function.this.environment).variables[\"CALLER\"] is not what the caller says."
  }
}

run "takes_the_role_of_the_caller" {
  command = plan

  variables {
    create_execution_role = false
    execution_role_arn    = "arn:aws:iam::123456789012:role/example"
  }

  assert {
    condition     = aws_lambda_function.this.role == "arn:aws:iam::123456789012:role/example"
    error_message = "aws_lambda_function.this.role is not what the caller says."
  }

  assert {
    condition     = length(aws_iam_role.this) == 0
    error_message = "The number of roles is not what the caller says."
  }
}

run "refuses_what_is_wrong" {
  command = plan

  variables {
    function_name      = "not right"
    runtime            = "wrong"
    handler            = "not right"
    filename           = ""
    s3_bucket          = "not right"
    s3_key             = ""
    s3_object_version  = ""
    image_uri          = "not right"
    source_code_hash   = ""
    timeout            = 0
    memory_size        = 127
    architectures      = []
    layers             = ["wrong"]
    kms_key_arn        = "wrong"
    execution_role_arn = "wrong"
    vpc_config = {
      subnet_ids         = [""]
      security_group_ids = ["example"]
    }
    reserved_concurrent_executions = -2
    provisioned_concurrency_config = {
      provisioned_concurrent_executions = 0
    }
    dead_letter_config = {
      target_arn = "wrong"
    }
    tracing_config = {
      mode = "wrong"
    }
    log_retention_in_days = 3654
    event_source_mapping = {
      event_source_arn = "wrong"
    }
    listener_arn = "wrong"
  }

  expect_failures = [
    var.function_name,
    var.runtime,
    var.handler,
    var.filename,
    var.s3_bucket,
    var.s3_key,
    var.s3_object_version,
    var.image_uri,
    var.source_code_hash,
    var.timeout,
    var.memory_size,
    var.architectures,
    var.layers,
    var.kms_key_arn,
    var.execution_role_arn,
    var.vpc_config,
    var.reserved_concurrent_executions,
    var.provisioned_concurrency_config,
    var.dead_letter_config,
    var.tracing_config,
    var.log_retention_in_days,
    var.event_source_mapping,
    var.listener_arn,
  ]
}

run "refuses_what_is_wrong_2" {
  command = plan

  variables {
    package_type      = "wrong"
    deployment_bucket = "not right"
  }

  expect_failures = [
    var.package_type,
    var.deployment_bucket,
  ]
}
