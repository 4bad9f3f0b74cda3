"""What checkov (bridgecrewio/checkov 3.3) looks at: the resource types that modules may have, each with the
checks that judge it. `make checkov` compares this with checkov's own list."""

from collections.abc import Mapping

#: A check that follows several resources judges one of them: that is where it stands here.
CHECKS: Mapping[str, tuple[str, ...]] = {
    "aws_api_gateway_deployment": ("CKV_AWS_217",),
    "aws_api_gateway_method": ("CKV_AWS_59", "CKV2_AWS_53", "CKV2_AWS_70"),
    "aws_api_gateway_method_settings": ("CKV_AWS_225", "CKV_AWS_276", "CKV_AWS_308"),
    "aws_api_gateway_rest_api": ("CKV_AWS_237",),
    "aws_api_gateway_stage": (
        *("CKV_AWS_73", "CKV_AWS_76", "CKV_AWS_120"),
        *("CKV2_AWS_4", "CKV2_AWS_29", "CKV2_AWS_51", "CKV2_AWS_77"),
    ),
    "aws_apigatewayv2_api": ("CKV2_AWS_77",),
    "aws_apigatewayv2_route": ("CKV_AWS_309",),
    "aws_apigatewayv2_stage": ("CKV_AWS_76", "CKV2_AWS_51"),
    "aws_cloudwatch_log_group": ("CKV_AWS_66", "CKV_AWS_158", "CKV_AWS_338"),
    "aws_cloudwatch_metric_alarm": ("CKV_AWS_319",),
    "aws_ecr_repository": ("CKV_AWS_51", "CKV_AWS_136", "CKV_AWS_163"),
    "aws_ecr_repository_policy": ("CKV_AWS_32",),
    "aws_iam_role": ("CKV_AWS_60", "CKV_AWS_61", "CKV_AWS_274", "CKV_AWS_393", "CKV2_AWS_56"),
    "aws_iam_role_policy": (
        *("CKV_AWS_62", "CKV_AWS_63", "CKV_AWS_286", "CKV_AWS_287", "CKV_AWS_288", "CKV_AWS_289"),
        *("CKV_AWS_290", "CKV_AWS_355", "CKV2_AWS_40"),
    ),
    "aws_iam_role_policy_attachment": ("CKV_AWS_274", "CKV2_AWS_56"),
    "aws_lambda_function": (
        *("CKV_AWS_45", "CKV_AWS_50", "CKV_AWS_115", "CKV_AWS_116", "CKV_AWS_117", "CKV_AWS_173"),
        *("CKV_AWS_272", "CKV_AWS_363", "CKV2_AWS_75"),
    ),
    "aws_lambda_function_url": ("CKV_AWS_258",),
    "aws_lambda_permission": ("CKV_AWS_301", "CKV_AWS_364"),
    "aws_lb_target_group": ("CKV_AWS_261", "CKV_AWS_378"),
    "aws_scheduler_schedule": ("CKV_AWS_297",),
    "aws_secretsmanager_secret_rotation": ("CKV_AWS_304",),
    "aws_sfn_state_machine": ("CKV_AWS_284", "CKV_AWS_285"),
    "aws_sqs_queue": ("CKV_AWS_27", "CKV_AWS_168", "CKV2_AWS_73"),
    "aws_sqs_queue_policy": ("CKV_AWS_72", "CKV_AWS_168", "CKV_AWS_387"),
    "data.aws_iam_policy_document": (
        *("CKV_AWS_1", "CKV_AWS_49", "CKV_AWS_107", "CKV_AWS_108", "CKV_AWS_109", "CKV_AWS_110"),
        *("CKV_AWS_111", "CKV_AWS_283", "CKV_AWS_356", "CKV_AWS_358", "CKV2_AWS_40"),
    ),
}


def known() -> tuple[str, ...]:
    """The ids of all checks that a module's resource may meet."""
    return tuple(dict.fromkeys(check for checks in CHECKS.values() for check in checks))
