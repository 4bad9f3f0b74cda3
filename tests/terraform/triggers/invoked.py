"""What is expected of the kinds whose services invoke the function."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.terraform.applied import ACCOUNT_ID
from tests.terraform.triggers.expected import (
    AUTHORIZER_URI,
    FAILURES,
    SKILL,
    STAFF,
    Expected,
    Permission,
    arn,
    key,
    secret,
)

CUSTOMERS, PARTNERS = (arn("cognito-idp", f"userpool/us-east-1_{pool}") for pool in ("Customers", "Partners"))
DISTRIBUTION = "arn:aws:cloudfront::123456789012:distribution/E2EXAMPLE"
BOT = arn("lex", "bot-alias/BOT0000000/ALIAS00000")
AGENT = arn("bedrock", "agent/AGENT00000")
READER = "arn:aws:iam::123456789012:role/reader"
ROTATION = {
    "secretsmanager:DescribeSecret",
    "secretsmanager:GetSecretValue",
    "secretsmanager:PutSecretValue",
    "secretsmanager:UpdateSecretVersionStage",
}


def rule(name: str) -> Permission:
    return Permission("events.amazonaws.com", arn("events", f"rule/{name}"))


def routes(label: str, api: str, paths: Mapping[str, str]) -> dict[str, Permission]:
    """The permissions for an API's routes: what follows the label in the Sid → what follows the API's id."""
    return {
        f"trigger-{label}--{name}": Permission(
            "apigateway.amazonaws.com", arn("execute-api", f"{api}/{path}")
        )
        for name, path in paths.items()
    }


def sockets(stage: str, *names: str) -> dict[str, str]:
    return {name.removeprefix("$"): f"{stage}/{name}" for name in names}


PRICES = {
    "GET-prices": "*/GET/prices",
    "GET-prices-product": "*/GET/prices/*",
    "POST-prices": "*/POST/prices",
}

INVOKED = {
    "alb": Expected(
        {"listener_arn": "<listener>", "domain": "example.com"},
        permissions={
            f"trigger-{label}": Permission(
                "elasticloadbalancing.amazonaws.com", f"<aws_lb_target_group.{label}.arn>"
            )
            for label in ("pages", "preview")
        },
    ),
    "alexa": Expected(
        {"recipes_skill_id": SKILL},
        permissions={
            "trigger-recipes": Permission(
                "alexa-appkit.amazon.com", conditions={"lambda:EventSourceToken": SKILL}
            ),
            "trigger-oven": Permission(
                "alexa-connectedhome.amazon.com",
                conditions={
                    "lambda:EventSourceToken": "amzn1.ask.skill.1a2b3c4d-5e6f-4a7b-8c9d-0e1f2a3b4c5d"
                },
            ),
        },
    ),
    "api_gateway": Expected(
        {
            "user_pool_arn": CUSTOMERS,
            "partner_authorizer_arn": "<authorizer>",
            "log_key_arn": key(1),
            "staff_authorizer_uri": AUTHORIZER_URI,
            "staff_authorizer_role_arn": STAFF,
            "vpc_endpoint_id": "vpce-0123456789abcdef0",
            "platform_api_id": "<platform>",
            "platform_root_resource_id": "<platform_root>",
            "platform_execution_arn": arn("execute-api", "<platform>"),
            "platform_users_id": "users0",
            "platform_staff_id": "staff0",
        },
        permissions={
            **routes(
                "shop",
                "<aws_api_gateway_rest_api.shop.id>",
                {
                    "GET-orders": "prod/GET/orders",
                    "POST-orders": "prod/POST/orders",
                    "GET-orders-id": "prod/GET/orders/*",
                    "DELETE-orders-id": "prod/DELETE/orders/*",
                    "GET-status": "prod/GET/status",
                    "ANY-partners-proxy": "prod/*/partners/*",
                },
            ),
            **routes(
                "internal",
                "<aws_api_gateway_rest_api.internal.id>",
                {"ANY": "live/*/", "ANY-proxy": "live/*/*"},
            ),
            **routes("platform", "<platform>", PRICES),
        },
    ),
    "cloudfront": Expected(
        {"distribution_arn": DISTRIBUTION},
        permissions={
            "trigger-shop": Permission("cloudfront.amazonaws.com", DISTRIBUTION),
            "trigger-shop-function-url": Permission(
                "cloudfront.amazonaws.com",
                DISTRIBUTION,
                action="lambda:InvokeFunctionUrl",
                conditions={"lambda:FunctionUrlAuthType": "AWS_IAM"},
            ),
        },
    ),
    "cloudwatch_logs": Expected(
        {"audit_log_group": "/shop/audit"},
        permissions={
            f"trigger-{label}": Permission(
                "logs.amazonaws.com", arn("logs", f"log-group:/shop/{group}:*"), ACCOUNT_ID
            )
            for label, group in {"errors": "checkout", "audit": "audit"}.items()
        },
    ),
    "cognito": Expected(
        {"user_pool_arn": CUSTOMERS, "partner_pool_arn": PARTNERS, "code_key_arn": key(1)},
        permissions={
            "trigger-customers": Permission("cognito-idp.amazonaws.com", CUSTOMERS),
            "trigger-partners": Permission("cognito-idp.amazonaws.com", PARTNERS),
        },
        statements={"DecryptForPartners": ({"kms:Decrypt"}, {key(1)})},
    ),
    "config": Expected(
        {"log_bucket": "logs", "team": "platform"},
        permissions={
            f"trigger-{label}": Permission("config.amazonaws.com", source_account=ACCOUNT_ID)
            for label in ("owners", "log-bucket", "account")
        },
        statements={
            **{
                f"PutEvaluationsFor{label}": ({"config:PutEvaluations"}, {"*"})
                for label in ("Owners", "LogBucket", "Account")
            },
            "": ({"config:GetResourceConfigHistory"}, {"*"}),  # the example's own
        },
    ),
    "eventbridge": Expected(
        {"bus_name": "shop", "shop": "berlin", "dead_letters_arn": FAILURES, "dead_letters_key_arn": key(1)},
        permissions={
            "trigger-orders": rule("shop/order-mailer-orders"),
            "trigger-returns": rule("order-mailer-returns"),
            "trigger-audit": rule("order-mailer-audit"),
        },
    ),
    "http_api": Expected(
        {
            "issuer": "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Customers",
            "client_id": "shop",
            "log_key_arn": key(1),
            "partner_authorizer_arn": "<authorizer>",
            "platform_api_id": "<http_platform>",
            "platform_execution_arn": arn("execute-api", "<http_platform>"),
            "platform_users_id": "users0",
            "platform_staff_id": "staff0",
            "staff_authorizer_uri": AUTHORIZER_URI,
            "staff_authorizer_role_arn": STAFF,
        },
        permissions={
            **routes(
                "shop",
                "<aws_apigatewayv2_api.shop.id>",
                {
                    "GET-orders": "$default/GET/orders",
                    "POST-orders": "$default/POST/orders",
                    "GET-orders-id": "$default/GET/orders/*",
                    "DELETE-orders-id": "$default/DELETE/orders/*",
                    "default": "$default/$default",
                },
            ),
            **routes("partners", "<aws_apigatewayv2_api.partners.id>", {"ANY-proxy": "v1/*/*"}),
            **routes("platform", "<http_platform>", PRICES),
            **routes(
                "staff",
                "<aws_apigatewayv2_api.staff.id>",
                {"ANY": "$default/*/", "ANY-proxy": "$default/*/*"},
            ),
        },
    ),
    "iot": Expected(
        {"shop": "berlin"},
        permissions={
            f"trigger-{label.replace('_', '-')}": Permission(
                "iot.amazonaws.com", arn("iot", f"rule/fridge_watch_{label}"), ACCOUNT_ID
            )
            for label in ("too_warm", "doors")
        },
    ),
    "lex": Expected(
        {"bot_alias_arn": BOT}, permissions={"trigger-lex": Permission("lexv2.amazonaws.com", BOT)}
    ),
    "permission": Expected(
        {
            "agent_arn": AGENT,
            "partner_account": "210987654321",
            "skill_id": SKILL,
            "organisation_id": "o-0123456789",
        },
        permissions={
            "trigger-agent": Permission("bedrock.amazonaws.com", AGENT),
            "trigger-bucket": Permission("s3.amazonaws.com", "arn:aws:s3:::shop-prices", ACCOUNT_ID),
            "trigger-partner-bucket": Permission(
                "s3.amazonaws.com", "arn:aws:s3:::partner-drop", "210987654321"
            ),
            "trigger-skill": Permission(
                "alexa-appkit.amazon.com", conditions={"lambda:EventSourceToken": SKILL}
            ),
            "trigger-partner": Permission("arn:aws:iam::210987654321:root"),
            "trigger-auditor": Permission("arn:aws:iam::345678901234:root"),
            "trigger-organisation": Permission("*", conditions={"aws:PrincipalOrgID": "o-0123456789"}),
            "trigger-reader": Permission(READER),
            "trigger-reader-by-url": Permission(
                READER,
                action="lambda:InvokeFunctionUrl",
                conditions={"lambda:FunctionUrlAuthType": "AWS_IAM"},
            ),
        },
    ),
    "s3": Expected(
        {"upload_bucket": "uploads", "archive_bucket": "archive"},
        permissions={
            "trigger-uploads": Permission("s3.amazonaws.com", "arn:aws:s3:::uploads", ACCOUNT_ID),
            "trigger-archive": rule("s3-reader-archive"),
            "trigger-partner": Permission("s3.amazonaws.com", "arn:aws:s3:::partner-drop", ACCOUNT_ID),
        },
    ),
    "schedule": Expected(
        {
            "schedule_group": "shop",
            "shop": "berlin",
            "input_key_arn": key(1),
            "dead_letters_key_arn": key(2),
            "dead_letters_arn": FAILURES,
        },
        permissions={"trigger-hourly": rule("housekeeper-hourly")},
    ),
    "secretsmanager": Expected(
        {
            "database_secret_arn": "<database_secret>",
            "payments_secret_arn": "<payments_secret>",
            "payments_key_arn": key(1),
        },
        permissions={
            f"trigger-{label}": Permission("secretsmanager.amazonaws.com", f"<{label}_secret>")
            for label in ("database", "payments")
        },
        statements={
            "RotateForDatabase": (ROTATION, {"<database_secret>"}),
            "MakePasswordsForDatabase": ({"secretsmanager:GetRandomPassword"}, {"*"}),
            "RotateForPayments": (ROTATION, {"<payments_secret>"}),
            "MakePasswordsForPayments": ({"secretsmanager:GetRandomPassword"}, {"*"}),
            "UseKeyForPayments": (
                {"kms:Decrypt", "kms:GenerateDataKey"},
                {key(1)},
                {"StringEquals": {"kms:EncryptionContext:SecretARN": "<payments_secret>"}},
            ),
        },
    ),
    "ses": Expected(
        {"rule_set_name": "mail", "spam_rule_name": "spam", "topic_arn": arn("sns", "orders")},
        permissions={
            f"trigger-{label}": Permission(
                "ses.amazonaws.com",
                arn("ses", f"receipt-rule-set/{rules}:receipt-rule/read-mail-{label}"),
                ACCOUNT_ID,
            )
            for label, rules in {"orders": "mail", "others": "shop"}.items()
        },
    ),
    "sns": Expected(
        {
            "orders_topic_arn": arn("sns", "orders"),
            "shop": "berlin",
            "dead_letters_key_arn": key(1),
            "dead_letters_arn": FAILURES,
        },
        permissions={
            f"trigger-{topic}": Permission("sns.amazonaws.com", arn("sns", topic))
            for topic in ("orders", "uploads")
        },
    ),
    "websocket": Expected(
        {
            "authorizer_arn": "<authorizer>",
            "log_key_arn": key(1),
            "feed_authorizer_uri": AUTHORIZER_URI,
            "feed_authorizer_role_arn": STAFF,
        },
        permissions={
            **routes(
                "chat",
                "<aws_apigatewayv2_api.chat.id>",
                sockets("prod", "$connect", "$disconnect", "$default", "sendMessage", "joinRoom"),
            ),
            **routes(
                "feed",
                "<aws_apigatewayv2_api.feed.id>",
                sockets("live", "$connect", "$disconnect", "$default"),
            ),
        },
        statements={
            "ManageConnectionsForChat": (
                {"execute-api:ManageConnections"},
                {
                    arn("execute-api", f"<aws_apigatewayv2_api.chat.id>/prod/{method}/@connections/*")
                    for method in ("DELETE", "GET", "POST")
                },
            )
        },
    ),
}


def everything(call: str) -> dict[str, Any]:
    """The inputs of one of several calls of `specs/everything.yaml`, in which all kinds stand."""
    return {
        "agent_arn": AGENT,
        "bot_alias_arn": BOT,
        "broker_arn": arn("mq", "broker:active:b-00000000-0000-0000-0000-000000000000"),
        "broker_secret_arn": secret("broker"),
        "bucket": f"all.{call}".replace("_", "-"),
        "distribution_arn": DISTRIBUTION,
        "documentdb_cluster_arn": arn("rds", "cluster:shop"),
        "failures_arn": FAILURES,
        "listener_arn": f"<{call} listener>",
        "log_group_name": f"/shop/{call}",
        "msk_cluster_arn": arn("kafka", "cluster/orders/00000000-0000-0000-0000-000000000000-1"),
        "secret_arn": f"<{call} secret>",
        "security_group_id": "<security_group>",
        "skill_id": SKILL,
        "stream_arn": arn("kinesis", "stream/clicks"),
        "subnet_id": "<subnet>",
        "subnet_ids": ["<subnet>"],
        "table_stream_arn": arn("dynamodb", "table/orders/stream/2026-01-31T08:00:00.000"),
        "topic_arn": arn("sns", "orders"),
        "user_pool_arn": CUSTOMERS,
    }
