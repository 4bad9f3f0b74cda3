"""What Lambda does where calls of the function go round in a circle."""

from __future__ import annotations

from tfgen.plan.model import Command, FeaturePlan
from tfgen.plan.surroundings import Surroundings
from tfgen.plan.words import function_name
from tfgen.spec.models import Spec
from tfgen.triggers.checks import checks


def plan(spec: Spec, module: Surroundings) -> FeaturePlan | None:
    """The function's setting; it is one for all of its versions."""
    section = spec.recursion_config
    if section is None:
        return None
    return FeaturePlan(
        "recursion_config",
        {"recursive_loop": module.hcl(section.recursive_loop)},
        checks=tuple(checks(module, "aws_lambda_function_recursion_config.this", section, "recursive_loop")),
        commands=(
            Command(
                "How often Lambda stopped a circle, by the hour, over the last day",
                "aws cloudwatch get-metric-statistics --namespace AWS/Lambda"
                " --metric-name RecursiveInvocationsDropped \\\n"
                f"  --dimensions Name=FunctionName,Value={function_name(spec)} \\\n"
                "  --start-time \"$(date -u -d '1 day ago' +%Y-%m-%dT%H:%M:%SZ)\" \\\n"
                '  --end-time "$(date -u +%Y-%m-%dT%H:%M:%SZ)" \\\n'
                "  --period 3600 --statistics Sum",
            ),
        ),
    )
