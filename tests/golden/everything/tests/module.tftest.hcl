# Made by tfgen from everything.yaml. Change that and render again, not this file.
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
  agent_arn              = "arn:aws:agent-arn:::agent-arn"
  bot_alias_arn          = "arn:aws:lex:eu-central-1:123456789012:bot-alias/exampleexa/exampleexa"
  broker_arn             = "arn:aws:mq:eu-central-1:123456789012:broker:broker-arn:b-broker-arn"
  broker_secret_arn      = "broker-secret-arn"
  bucket                 = "bucket"
  deployment_bucket      = "deployment-bucket"
  distribution_arn       = "arn:aws:cloudfront::123456789012:distribution/1"
  documentdb_cluster_arn = "arn:aws:rds:eu-central-1:123456789012:cluster:documentdb-cluster-arn"
  failures_arn           = "arn:aws:sqs:eu-central-1:123456789012:failures-arn"
  listener_arn           = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/app/example/example/example"
  log_group_name         = "log-group-name"
  msk_cluster_arn        = "arn:aws:kafka:eu-central-1:123456789012:cluster/msk-cluster-arn/msk-cluster-arn"
  secret_arn             = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:secret-arn-exampl"
  security_group_id      = "security-group-id"
  skill_id               = "amzn1.ask.skill.skill-id"
  stream_arn             = "arn:aws:kinesis:eu-central-1:123456789012:stream/stream-arn"
  subnet_id              = "subnet-id"
  subnet_ids             = ["subnet-ids"]
  table_stream_arn       = "arn:aws:dynamodb:eu-central-1:123456789012:table/table-stream-arn/stream/1"
  topic_arn              = "arn:aws:sns:eu-central-1:123456789012:topic-arn"
  user_pool_arn          = "arn:aws:cognito-idp:eu-central-1:123456789012:userpool/example_example"
}

run "is_what_the_spec_says" {
  command = plan

  # The function
  assert {
    condition     = aws_lambda_function.this.function_name == "everything"
    error_message = "aws_lambda_function.this.function_name is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.description == "Invoked by all that can invoke a function"
    error_message = "aws_lambda_function.this.description is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.runtime == "python3.13"
    error_message = "aws_lambda_function.this.runtime is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.handler == "app.handler"
    error_message = "aws_lambda_function.this.handler is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.s3_bucket == var.deployment_bucket
    error_message = "aws_lambda_function.this.s3_bucket is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.s3_key == "everything.zip"
    error_message = "aws_lambda_function.this.s3_key is not what the spec says."
  }

  assert {
    condition     = toset(aws_lambda_function.this.architectures) == toset(["arm64"])
    error_message = "aws_lambda_function.this.architectures is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.memory_size == 512
    error_message = "aws_lambda_function.this.memory_size is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.timeout == 5
    error_message = "aws_lambda_function.this.timeout is not what the spec says."
  }

  assert {
    condition     = toset(one(aws_lambda_function.this.vpc_config).subnet_ids) == toset(var.subnet_ids)
    error_message = "one(aws_lambda_function.this.vpc_config).subnet_ids is not what the spec says."
  }

  assert {
    condition     = toset(one(aws_lambda_function.this.vpc_config).security_group_ids) == toset([var.security_group_id])
    error_message = "one(aws_lambda_function.this.vpc_config).security_group_ids is not what the spec says."
  }

  assert {
    condition     = one(aws_lambda_function.this.dead_letter_config).target_arn == var.failures_arn
    error_message = "one(aws_lambda_function.this.dead_letter_config).target_arn is not what the spec says."
  }

  assert {
    condition     = aws_lambda_function.this.tags["Service"] == "everything"
    error_message = "aws_lambda_function.this.tags[\"Service\"] is not what the spec says."
  }

  # The execution role
  assert {
    condition = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.actions if statement.actions != null])) == toset(concat([
      "config:PutEvaluations", "dynamodb:DescribeStream", "dynamodb:GetRecords",
      "dynamodb:GetShardIterator", "dynamodb:ListStreams", "ec2:AssignPrivateIpAddresses",
      "ec2:CreateNetworkInterface", "ec2:DeleteNetworkInterface", "ec2:DescribeNetworkInterfaces",
      "ec2:DescribeSecurityGroups", "ec2:DescribeSubnets", "ec2:DescribeVpcs",
      "ec2:UnassignPrivateIpAddresses", "execute-api:ManageConnections", "kafka:DescribeCluster",
      "kafka:DescribeClusterV2", "kafka:GetBootstrapBrokers", "kinesis:DescribeStream",
      "kinesis:DescribeStreamConsumer", "kinesis:DescribeStreamSummary", "kinesis:GetRecords",
      "kinesis:GetShardIterator", "kinesis:ListShards", "kinesis:ListStreams",
      "kinesis:SubscribeToShard", "logs:CreateLogStream", "logs:PutLogEvents", "mq:DescribeBroker",
      "rds:DescribeDBClusterParameters", "rds:DescribeDBClusters", "rds:DescribeDBSubnetGroups",
      "secretsmanager:DescribeSecret", "secretsmanager:GetRandomPassword",
      "secretsmanager:GetSecretValue", "secretsmanager:PutSecretValue",
      "secretsmanager:UpdateSecretVersionStage", "sqs:DeleteMessage", "sqs:GetQueueAttributes",
      "sqs:ReceiveMessage", "sqs:SendMessage",
    ], local.destination_actions[split(":", var.failures_arn)[2]]))
    error_message = "The set of actions in the role's policy is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.resources if statement.sid == "ReadForDynamodb"])) == toset([var.table_stream_arn])
    error_message = "The list of resources of \"ReadForDynamodb\" in execution_role is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.resources if statement.sid == "ListStreamsForDynamodb"])) == toset([replace(var.table_stream_arn, "/[^/]+$/", "*")])
    error_message = "The list of resources of \"ListStreamsForDynamodb\" in execution_role is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.resources if statement.sid == "SendFailuresForDynamodb"])) == toset(strcontains(var.failures_arn, ":s3:") ? [var.failures_arn, format("%s/*", var.failures_arn)] : [var.failures_arn])
    error_message = "The list of resources of \"SendFailuresForDynamodb\" in execution_role is not what the spec says."
  }

  assert {
    condition = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : [for condition in statement.condition : formatlist("%s %s %s", condition.test, condition.variable, condition.values)] if statement.sid == "SendFailuresForDynamodb"])) == toset(flatten([
      formatlist("%s %s %s", "StringEqualsIfExists", "s3:ResourceAccount", [data.aws_caller_identity.current.account_id]),
    ]))
    error_message = "The condition of \"SendFailuresForDynamodb\" in execution_role is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.resources if statement.sid == "ReadForKinesis"])) == toset([var.stream_arn])
    error_message = "The list of resources of \"ReadForKinesis\" in execution_role is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.resources if statement.sid == "ListStreamsForKinesis"])) == toset(["*"])
    error_message = "The list of resources of \"ListStreamsForKinesis\" in execution_role is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.resources if statement.sid == "ReadForMsk"])) == toset([var.msk_cluster_arn])
    error_message = "The list of resources of \"ReadForMsk\" in execution_role is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.resources if statement.sid == "ManageNetworkInterfacesForMsk"])) == toset(["*"])
    error_message = "The list of resources of \"ManageNetworkInterfacesForMsk\" in execution_role is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.resources if statement.sid == "ManageNetworkInterfacesForKafka"])) == toset(["*"])
    error_message = "The list of resources of \"ManageNetworkInterfacesForKafka\" in execution_role is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.resources if statement.sid == "ReadSecretsForKafka"])) == toset([var.broker_secret_arn])
    error_message = "The list of resources of \"ReadSecretsForKafka\" in execution_role is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.resources if statement.sid == "ReadForMq"])) == toset([var.broker_arn])
    error_message = "The list of resources of \"ReadForMq\" in execution_role is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.resources if statement.sid == "ManageNetworkInterfacesForMq"])) == toset(["*"])
    error_message = "The list of resources of \"ManageNetworkInterfacesForMq\" in execution_role is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.resources if statement.sid == "ReadSecretsForMq"])) == toset([var.broker_secret_arn])
    error_message = "The list of resources of \"ReadSecretsForMq\" in execution_role is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.resources if statement.sid == "ReadForDocumentdb"])) == toset([var.documentdb_cluster_arn])
    error_message = "The list of resources of \"ReadForDocumentdb\" in execution_role is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.resources if statement.sid == "ReadParametersForDocumentdb"])) == toset([replace(var.documentdb_cluster_arn, "/:cluster:.*$/", ":cluster-pg:*")])
    error_message = "The list of resources of \"ReadParametersForDocumentdb\" in execution_role is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.resources if statement.sid == "ReadSubnetsForDocumentdb"])) == toset([replace(var.documentdb_cluster_arn, "/:cluster:.*$/", ":subgrp:*")])
    error_message = "The list of resources of \"ReadSubnetsForDocumentdb\" in execution_role is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.resources if statement.sid == "ManageNetworkInterfacesForDocumentdb"])) == toset(["*"])
    error_message = "The list of resources of \"ManageNetworkInterfacesForDocumentdb\" in execution_role is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.resources if statement.sid == "ReadSecretsForDocumentdb"])) == toset([var.broker_secret_arn])
    error_message = "The list of resources of \"ReadSecretsForDocumentdb\" in execution_role is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.resources if statement.sid == "PutEvaluationsForConfig"])) == toset(["*"])
    error_message = "The list of resources of \"PutEvaluationsForConfig\" in execution_role is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.resources if statement.sid == "RotateForSecretsmanager"])) == toset([var.secret_arn])
    error_message = "The list of resources of \"RotateForSecretsmanager\" in execution_role is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.resources if statement.sid == "MakePasswordsForSecretsmanager"])) == toset(["*"])
    error_message = "The list of resources of \"MakePasswordsForSecretsmanager\" in execution_role is not what the spec says."
  }

  # triggers, alb
  assert {
    condition     = aws_lb_listener_rule.alb.listener_arn == var.listener_arn
    error_message = "aws_lb_listener_rule.alb.listener_arn is not what the spec says."
  }

  assert {
    condition     = aws_lb_listener_rule.alb.priority == 10
    error_message = "aws_lb_listener_rule.alb.priority is not what the spec says."
  }

  assert {
    condition     = toset(flatten(aws_lb_listener_rule.alb.condition[*].path_pattern[*].values)) == toset(flatten([["/all/*"]]))
    error_message = "flatten(aws_lb_listener_rule.alb.condition[*].path_pattern[*].values) is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.alb.action == "lambda:InvokeFunction"
    error_message = "aws_lambda_permission.alb.action is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.alb.principal == "elasticloadbalancing.amazonaws.com"
    error_message = "aws_lambda_permission.alb.principal is not what the spec says."
  }

  # triggers, api_gateway
  assert {
    condition     = aws_api_gateway_resource.api_gateway__orders.path_part == "orders"
    error_message = "aws_api_gateway_resource.api_gateway__orders.path_part is not what the spec says."
  }

  assert {
    condition     = aws_api_gateway_resource.api_gateway__variable.path_part == "{proxy+}"
    error_message = "aws_api_gateway_resource.api_gateway__variable.path_part is not what the spec says."
  }

  assert {
    condition = { for route, own in aws_api_gateway_method.api_gateway : route => own.http_method if own.http_method != null } == {
      "GET /orders" = "GET"
      "ANY /{}"     = "ANY"
    }
    error_message = "The http_method of aws_api_gateway_method.api_gateway is not what the spec says."
  }

  assert {
    condition = { for route, own in aws_api_gateway_method.api_gateway : route => own.authorization if own.authorization != null } == {
      "GET /orders" = "NONE"
      "ANY /{}"     = "NONE"
    }
    error_message = "The authorization of aws_api_gateway_method.api_gateway is not what the spec says."
  }

  assert {
    condition     = toset(keys(aws_lambda_permission.api_gateway)) == toset(["GET-orders", "ANY-proxy"])
    error_message = "keys(aws_lambda_permission.api_gateway) is not what the spec says."
  }

  assert {
    condition     = toset(values(aws_lambda_permission.api_gateway)[*].action) == toset(["lambda:InvokeFunction"])
    error_message = "values(aws_lambda_permission.api_gateway)[*].action is not what the spec says."
  }

  assert {
    condition     = toset(values(aws_lambda_permission.api_gateway)[*].principal) == toset(["apigateway.amazonaws.com"])
    error_message = "values(aws_lambda_permission.api_gateway)[*].principal is not what the spec says."
  }

  # triggers, http_api
  assert {
    condition = { for route, own in aws_apigatewayv2_route.http_api : route => own.route_key if own.route_key != null } == {
      "GET /orders" = "GET /orders"
      "$default"    = "$default"
    }
    error_message = "The route_key of aws_apigatewayv2_route.http_api is not what the spec says."
  }

  assert {
    condition = { for route, own in aws_apigatewayv2_route.http_api : route => own.authorization_type if own.authorization_type != null } == {
      "GET /orders" = "NONE"
      "$default"    = "NONE"
    }
    error_message = "The authorization_type of aws_apigatewayv2_route.http_api is not what the spec says."
  }

  assert {
    condition     = toset(keys(aws_lambda_permission.http_api)) == toset(["GET-orders", "default"])
    error_message = "keys(aws_lambda_permission.http_api) is not what the spec says."
  }

  assert {
    condition     = toset(values(aws_lambda_permission.http_api)[*].action) == toset(["lambda:InvokeFunction"])
    error_message = "values(aws_lambda_permission.http_api)[*].action is not what the spec says."
  }

  assert {
    condition     = toset(values(aws_lambda_permission.http_api)[*].principal) == toset(["apigateway.amazonaws.com"])
    error_message = "values(aws_lambda_permission.http_api)[*].principal is not what the spec says."
  }

  # triggers, websocket
  assert {
    condition = { for route, own in aws_apigatewayv2_route.websocket : route => own.route_key if own.route_key != null } == {
      "$connect"    = "$connect"
      "$disconnect" = "$disconnect"
      "$default"    = "$default"
    }
    error_message = "The route_key of aws_apigatewayv2_route.websocket is not what the spec says."
  }

  assert {
    condition = { for route, own in aws_apigatewayv2_route.websocket : route => own.authorization_type if own.authorization_type != null } == {
      "$connect"    = "NONE"
      "$disconnect" = "NONE"
      "$default"    = "NONE"
    }
    error_message = "The authorization_type of aws_apigatewayv2_route.websocket is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.execution_role.statement : statement.actions if statement.sid == "ManageConnectionsForWebsocket"])) == toset(["execute-api:ManageConnections"])
    error_message = "The list of actions of ManageConnectionsForWebsocket in execution_role is not what the spec says."
  }

  assert {
    condition     = toset(keys(aws_lambda_permission.websocket)) == toset(["connect", "disconnect", "default"])
    error_message = "keys(aws_lambda_permission.websocket) is not what the spec says."
  }

  assert {
    condition     = toset(values(aws_lambda_permission.websocket)[*].action) == toset(["lambda:InvokeFunction"])
    error_message = "values(aws_lambda_permission.websocket)[*].action is not what the spec says."
  }

  assert {
    condition     = toset(values(aws_lambda_permission.websocket)[*].principal) == toset(["apigateway.amazonaws.com"])
    error_message = "values(aws_lambda_permission.websocket)[*].principal is not what the spec says."
  }

  # triggers, cloudfront
  assert {
    condition     = aws_lambda_permission.cloudfront_function_url.action == "lambda:InvokeFunctionUrl"
    error_message = "aws_lambda_permission.cloudfront_function_url.action is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.cloudfront_function_url.principal == "cloudfront.amazonaws.com"
    error_message = "aws_lambda_permission.cloudfront_function_url.principal is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.cloudfront_function_url.source_arn == var.distribution_arn
    error_message = "aws_lambda_permission.cloudfront_function_url.source_arn is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.cloudfront_function_url.function_url_auth_type == "AWS_IAM"
    error_message = "aws_lambda_permission.cloudfront_function_url.function_url_auth_type is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.cloudfront.action == "lambda:InvokeFunction"
    error_message = "aws_lambda_permission.cloudfront.action is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.cloudfront.principal == "cloudfront.amazonaws.com"
    error_message = "aws_lambda_permission.cloudfront.principal is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.cloudfront.source_arn == var.distribution_arn
    error_message = "aws_lambda_permission.cloudfront.source_arn is not what the spec says."
  }

  # triggers, lex
  assert {
    condition     = aws_lambda_permission.lex.action == "lambda:InvokeFunction"
    error_message = "aws_lambda_permission.lex.action is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.lex.principal == "lexv2.amazonaws.com"
    error_message = "aws_lambda_permission.lex.principal is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.lex.source_arn == var.bot_alias_arn
    error_message = "aws_lambda_permission.lex.source_arn is not what the spec says."
  }

  # triggers, alexa
  assert {
    condition     = aws_lambda_permission.alexa.action == "lambda:InvokeFunction"
    error_message = "aws_lambda_permission.alexa.action is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.alexa.principal == "alexa-appkit.amazon.com"
    error_message = "aws_lambda_permission.alexa.principal is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.alexa.event_source_token == var.skill_id
    error_message = "aws_lambda_permission.alexa.event_source_token is not what the spec says."
  }

  # triggers, dynamodb
  assert {
    condition     = aws_lambda_event_source_mapping.dynamodb.starting_position == "LATEST"
    error_message = "aws_lambda_event_source_mapping.dynamodb.starting_position is not what the spec says."
  }

  assert {
    condition     = aws_lambda_event_source_mapping.dynamodb.event_source_arn == var.table_stream_arn
    error_message = "aws_lambda_event_source_mapping.dynamodb.event_source_arn is not what the spec says."
  }

  assert {
    condition     = one(one(aws_lambda_event_source_mapping.dynamodb.destination_config).on_failure).destination_arn == var.failures_arn
    error_message = "one(one(aws_lambda_event_source_mapping.dynamodb.destination_config).on_failure).destination_arn is not what the spec says."
  }

  # triggers, kinesis
  assert {
    condition     = aws_lambda_event_source_mapping.kinesis.starting_position == "LATEST"
    error_message = "aws_lambda_event_source_mapping.kinesis.starting_position is not what the spec says."
  }

  assert {
    condition     = aws_kinesis_stream_consumer.kinesis_consumer.stream_arn == var.stream_arn
    error_message = "aws_kinesis_stream_consumer.kinesis_consumer.stream_arn is not what the spec says."
  }

  # triggers, sqs
  assert {
    condition     = toset(aws_lambda_event_source_mapping.sqs.function_response_types) == toset(["ReportBatchItemFailures"])
    error_message = "aws_lambda_event_source_mapping.sqs.function_response_types is not what the spec says."
  }

  # triggers, msk
  assert {
    condition     = aws_lambda_event_source_mapping.msk.starting_position == "LATEST"
    error_message = "aws_lambda_event_source_mapping.msk.starting_position is not what the spec says."
  }

  assert {
    condition     = toset(aws_lambda_event_source_mapping.msk.topics) == toset(["orders"])
    error_message = "aws_lambda_event_source_mapping.msk.topics is not what the spec says."
  }

  assert {
    condition     = aws_lambda_event_source_mapping.msk.event_source_arn == var.msk_cluster_arn
    error_message = "aws_lambda_event_source_mapping.msk.event_source_arn is not what the spec says."
  }

  # triggers, kafka
  assert {
    condition     = aws_lambda_event_source_mapping.kafka.starting_position == "LATEST"
    error_message = "aws_lambda_event_source_mapping.kafka.starting_position is not what the spec says."
  }

  assert {
    condition     = toset(aws_lambda_event_source_mapping.kafka.topics) == toset(["orders"])
    error_message = "aws_lambda_event_source_mapping.kafka.topics is not what the spec says."
  }

  assert {
    condition = toset(aws_lambda_event_source_mapping.kafka.source_access_configuration) == toset([
      { type = "VPC_SUBNET", uri = "subnet:${var.subnet_id}" },
      {
        type = "VPC_SECURITY_GROUP"
        uri  = "security_group:${var.security_group_id}"
      },
      {
        type = "SASL_SCRAM_512_AUTH"
        uri  = var.broker_secret_arn
      },
    ])
    error_message = "aws_lambda_event_source_mapping.kafka.source_access_configuration is not what the spec says."
  }

  assert {
    condition     = toset(split(",", one(aws_lambda_event_source_mapping.kafka.self_managed_event_source).endpoints["KAFKA_BOOTSTRAP_SERVERS"])) == toset(["kafka.example.com:9096"])
    error_message = "split(\",\", one(aws_lambda_event_source_mapping.kafka.self_managed_event_source).endpoints[\"KAFKA_BOOTSTRAP_SERVERS\"]) is not what the spec says."
  }

  # triggers, mq
  assert {
    condition     = toset(aws_lambda_event_source_mapping.mq.queues) == toset(["orders"])
    error_message = "aws_lambda_event_source_mapping.mq.queues is not what the spec says."
  }

  assert {
    condition     = aws_lambda_event_source_mapping.mq.event_source_arn == var.broker_arn
    error_message = "aws_lambda_event_source_mapping.mq.event_source_arn is not what the spec says."
  }

  assert {
    condition     = toset(aws_lambda_event_source_mapping.mq.source_access_configuration) == toset([{ type = "BASIC_AUTH", uri = var.broker_secret_arn }])
    error_message = "aws_lambda_event_source_mapping.mq.source_access_configuration is not what the spec says."
  }

  # triggers, documentdb
  assert {
    condition     = aws_lambda_event_source_mapping.documentdb.starting_position == "LATEST"
    error_message = "aws_lambda_event_source_mapping.documentdb.starting_position is not what the spec says."
  }

  assert {
    condition     = aws_lambda_event_source_mapping.documentdb.event_source_arn == var.documentdb_cluster_arn
    error_message = "aws_lambda_event_source_mapping.documentdb.event_source_arn is not what the spec says."
  }

  assert {
    condition     = one(aws_lambda_event_source_mapping.documentdb.document_db_event_source_config).database_name == "shop"
    error_message = "one(aws_lambda_event_source_mapping.documentdb.document_db_event_source_config).database_name is not what the spec says."
  }

  assert {
    condition     = toset(aws_lambda_event_source_mapping.documentdb.source_access_configuration) == toset([{ type = "BASIC_AUTH", uri = var.broker_secret_arn }])
    error_message = "aws_lambda_event_source_mapping.documentdb.source_access_configuration is not what the spec says."
  }

  # triggers, s3
  assert {
    condition     = aws_s3_bucket_notification.s3.bucket == var.bucket
    error_message = "aws_s3_bucket_notification.s3.bucket is not what the spec says."
  }

  assert {
    condition     = toset(aws_s3_bucket_notification.s3.lambda_function[0].events) == toset(["s3:ObjectCreated:*"])
    error_message = "aws_s3_bucket_notification.s3.lambda_function[0].events is not what the spec says."
  }

  assert {
    condition     = aws_s3_bucket_notification.s3.lambda_function[0].filter_prefix == "orders/"
    error_message = "aws_s3_bucket_notification.s3.lambda_function[0].filter_prefix is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.s3.action == "lambda:InvokeFunction"
    error_message = "aws_lambda_permission.s3.action is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.s3.principal == "s3.amazonaws.com"
    error_message = "aws_lambda_permission.s3.principal is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.s3.source_arn == "arn:${data.aws_partition.current.partition}:s3:::${var.bucket}"
    error_message = "aws_lambda_permission.s3.source_arn is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.s3.source_account == data.aws_caller_identity.current.account_id
    error_message = "aws_lambda_permission.s3.source_account is not what the spec says."
  }

  # triggers, sns
  assert {
    condition     = aws_sns_topic_subscription.sns.topic_arn == var.topic_arn
    error_message = "aws_sns_topic_subscription.sns.topic_arn is not what the spec says."
  }

  assert {
    condition = aws_sns_topic_subscription.sns.filter_policy == jsonencode({
      kind = ["order"]
    })
    error_message = "aws_sns_topic_subscription.sns.filter_policy is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.sns.action == "lambda:InvokeFunction"
    error_message = "aws_lambda_permission.sns.action is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.sns.principal == "sns.amazonaws.com"
    error_message = "aws_lambda_permission.sns.principal is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.sns.source_arn == var.topic_arn
    error_message = "aws_lambda_permission.sns.source_arn is not what the spec says."
  }

  # triggers, eventbridge
  assert {
    condition = aws_cloudwatch_event_rule.eventbridge.event_pattern == jsonencode({
      source = ["shop.orders"]
    })
    error_message = "aws_cloudwatch_event_rule.eventbridge.event_pattern is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.eventbridge_dead_letters.statement : statement.actions if statement.sid == "SendDeadLettersForEventbridge"])) == toset(["sqs:SendMessage"])
    error_message = "The list of actions of \"SendDeadLettersForEventbridge\" in eventbridge_dead_letters is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.eventbridge.action == "lambda:InvokeFunction"
    error_message = "aws_lambda_permission.eventbridge.action is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.eventbridge.principal == "events.amazonaws.com"
    error_message = "aws_lambda_permission.eventbridge.principal is not what the spec says."
  }

  # triggers, schedule
  assert {
    condition     = aws_scheduler_schedule.schedule.schedule_expression == "rate(1 day)"
    error_message = "aws_scheduler_schedule.schedule.schedule_expression is not what the spec says."
  }

  assert {
    condition = toset(flatten([for statement in data.aws_iam_policy_document.schedule_trust.statement : [for condition in statement.condition : formatlist("%s %s %s", condition.test, condition.variable, condition.values)] if statement.sid == "AssumedByScheduler"])) == toset(flatten([
      formatlist("%s %s %s", "StringEquals", "aws:SourceAccount", [data.aws_caller_identity.current.account_id]),
      formatlist("%s %s %s", "ArnEquals", "aws:SourceArn", [
        "arn:${data.aws_partition.current.partition}:scheduler:${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}:schedule-group/default",
      ]),
    ]))
    error_message = "The condition of AssumedByScheduler in schedule_trust is not what the spec says."
  }

  assert {
    condition     = toset(flatten([for statement in data.aws_iam_policy_document.schedule_invoker.statement : statement.actions if statement.sid == "InvokeFunction"])) == toset(["lambda:InvokeFunction"])
    error_message = "The list of actions of InvokeFunction in schedule_invoker is not what the spec says."
  }

  # triggers, reports
  assert {
    condition     = aws_cloudwatch_event_rule.reports.schedule_expression == "cron(0 8 * * ? *)"
    error_message = "aws_cloudwatch_event_rule.reports.schedule_expression is not what the spec says."
  }

  assert {
    condition = aws_cloudwatch_event_target.reports.input == jsonencode({
      kind = "report"
    })
    error_message = "aws_cloudwatch_event_target.reports.input is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.reports.action == "lambda:InvokeFunction"
    error_message = "aws_lambda_permission.reports.action is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.reports.principal == "events.amazonaws.com"
    error_message = "aws_lambda_permission.reports.principal is not what the spec says."
  }

  # triggers, cloudwatch_logs
  assert {
    condition     = aws_cloudwatch_log_subscription_filter.cloudwatch_logs.log_group_name == var.log_group_name
    error_message = "aws_cloudwatch_log_subscription_filter.cloudwatch_logs.log_group_name is not what the spec says."
  }

  assert {
    condition     = aws_cloudwatch_log_subscription_filter.cloudwatch_logs.filter_pattern == "ERROR"
    error_message = "aws_cloudwatch_log_subscription_filter.cloudwatch_logs.filter_pattern is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.cloudwatch_logs.action == "lambda:InvokeFunction"
    error_message = "aws_lambda_permission.cloudwatch_logs.action is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.cloudwatch_logs.principal == "logs.amazonaws.com"
    error_message = "aws_lambda_permission.cloudwatch_logs.principal is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.cloudwatch_logs.source_arn == "arn:${data.aws_partition.current.partition}:logs:${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}:log-group:${var.log_group_name}:*"
    error_message = "aws_lambda_permission.cloudwatch_logs.source_arn is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.cloudwatch_logs.source_account == data.aws_caller_identity.current.account_id
    error_message = "aws_lambda_permission.cloudwatch_logs.source_account is not what the spec says."
  }

  # triggers, cognito
  assert {
    condition     = aws_lambda_permission.cognito.action == "lambda:InvokeFunction"
    error_message = "aws_lambda_permission.cognito.action is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.cognito.principal == "cognito-idp.amazonaws.com"
    error_message = "aws_lambda_permission.cognito.principal is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.cognito.source_arn == var.user_pool_arn
    error_message = "aws_lambda_permission.cognito.source_arn is not what the spec says."
  }

  # triggers, config
  assert {
    condition     = toset([for detail in one(aws_config_config_rule.config.source).source_detail : detail.message_type if detail.message_type != null]) == toset(["ConfigurationItemChangeNotification"])
    error_message = "[for detail in one(aws_config_config_rule.config.source).source_detail : detail.message_type if detail.message_type != null] is not what the spec says."
  }

  assert {
    condition     = toset([for detail in one(aws_config_config_rule.config.source).source_detail : detail.maximum_execution_frequency if detail.maximum_execution_frequency != null]) == toset([])
    error_message = "[for detail in one(aws_config_config_rule.config.source).source_detail : detail.maximum_execution_frequency if detail.maximum_execution_frequency != null] is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.config.action == "lambda:InvokeFunction"
    error_message = "aws_lambda_permission.config.action is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.config.principal == "config.amazonaws.com"
    error_message = "aws_lambda_permission.config.principal is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.config.source_account == data.aws_caller_identity.current.account_id
    error_message = "aws_lambda_permission.config.source_account is not what the spec says."
  }

  # triggers, iot
  assert {
    condition     = aws_iot_topic_rule.iot.sql == "SELECT * FROM 'shop/orders'"
    error_message = "aws_iot_topic_rule.iot.sql is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.iot.action == "lambda:InvokeFunction"
    error_message = "aws_lambda_permission.iot.action is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.iot.principal == "iot.amazonaws.com"
    error_message = "aws_lambda_permission.iot.principal is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.iot.source_account == data.aws_caller_identity.current.account_id
    error_message = "aws_lambda_permission.iot.source_account is not what the spec says."
  }

  # triggers, secretsmanager
  assert {
    condition     = one(aws_secretsmanager_secret_rotation.secretsmanager.rotation_rules).automatically_after_days == 30
    error_message = "one(aws_secretsmanager_secret_rotation.secretsmanager.rotation_rules).automatically_after_days is not what the spec says."
  }

  assert {
    condition     = aws_secretsmanager_secret_rotation.secretsmanager.secret_id == var.secret_arn
    error_message = "aws_secretsmanager_secret_rotation.secretsmanager.secret_id is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.secretsmanager.action == "lambda:InvokeFunction"
    error_message = "aws_lambda_permission.secretsmanager.action is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.secretsmanager.principal == "secretsmanager.amazonaws.com"
    error_message = "aws_lambda_permission.secretsmanager.principal is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.secretsmanager.source_arn == var.secret_arn
    error_message = "aws_lambda_permission.secretsmanager.source_arn is not what the spec says."
  }

  # triggers, ses
  assert {
    condition     = aws_ses_receipt_rule.ses.rule_set_name == "shop"
    error_message = "aws_ses_receipt_rule.ses.rule_set_name is not what the spec says."
  }

  assert {
    condition     = toset(aws_ses_receipt_rule.ses.recipients) == toset(["orders@shop.example"])
    error_message = "aws_ses_receipt_rule.ses.recipients is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.ses.action == "lambda:InvokeFunction"
    error_message = "aws_lambda_permission.ses.action is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.ses.principal == "ses.amazonaws.com"
    error_message = "aws_lambda_permission.ses.principal is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.ses.source_arn == "arn:${data.aws_partition.current.partition}:ses:${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}:receipt-rule-set/shop:receipt-rule/${local.names.ses}"
    error_message = "aws_lambda_permission.ses.source_arn is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.ses.source_account == data.aws_caller_identity.current.account_id
    error_message = "aws_lambda_permission.ses.source_account is not what the spec says."
  }

  # triggers, permission
  assert {
    condition     = aws_lambda_permission.permission.action == "lambda:InvokeFunction"
    error_message = "aws_lambda_permission.permission.action is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.permission.principal == "bedrock.amazonaws.com"
    error_message = "aws_lambda_permission.permission.principal is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.permission.source_arn == var.agent_arn
    error_message = "aws_lambda_permission.permission.source_arn is not what the spec says."
  }

  assert {
    condition     = aws_lambda_permission.permission.source_account == (split(":", var.agent_arn)[4] == "" ? data.aws_caller_identity.current.account_id : null)
    error_message = "aws_lambda_permission.permission.source_account is not what the spec says."
  }
}

run "takes_what_the_caller_says" {
  command = plan

  variables {
    function_name = "from-the-caller"
    memory_size   = 256
    timeout       = 4
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
    condition     = aws_lambda_function.this.timeout == 4
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
    agent_arn              = "wrong"
    bot_alias_arn          = "wrong"
    broker_arn             = "wrong"
    broker_secret_arn      = "not right"
    bucket                 = "not right"
    distribution_arn       = "wrong"
    documentdb_cluster_arn = "wrong"
    failures_arn           = "wrong"
    listener_arn           = "wrong"
    log_group_name         = "not right"
    msk_cluster_arn        = "wrong"
    secret_arn             = "wrong"
    security_group_id      = ""
    skill_id               = "wrong"
    stream_arn             = "wrong"
    table_stream_arn       = "wrong"
    topic_arn              = "wrong"
    user_pool_arn          = "wrong"
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
    var.agent_arn,
    var.bot_alias_arn,
    var.broker_arn,
    var.broker_secret_arn,
    var.bucket,
    var.distribution_arn,
    var.documentdb_cluster_arn,
    var.failures_arn,
    var.listener_arn,
    var.log_group_name,
    var.msk_cluster_arn,
    var.secret_arn,
    var.security_group_id,
    var.skill_id,
    var.stream_arn,
    var.table_stream_arn,
    var.topic_arn,
    var.user_pool_arn,
  ]
}

run "refuses_what_is_wrong_2" {
  command = plan

  variables {
    package_type      = "wrong"
    deployment_bucket = "not right"
    subnet_ids        = [""]
  }

  expect_failures = [
    var.package_type,
    var.deployment_bucket,
    var.subnet_ids,
  ]
}
