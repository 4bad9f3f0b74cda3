"""When Lambda moves the function to a newer version of its runtime."""

from __future__ import annotations

from collections.abc import Iterator

from tfgen.plan.model import Command, FeaturePlan
from tfgen.plan.surroundings import Surroundings
from tfgen.plan.words import function_name
from tfgen.spec.models import Spec
from tfgen.triggers.checks import checks

_THIS = "aws_lambda_runtime_management_config.this"


def plan(spec: Spec, module: Surroundings) -> FeaturePlan | None:
    """The setting of the function itself, which versions are published from."""
    section = spec.runtime_management_config
    if section is None:
        return None
    return FeaturePlan(
        "runtime_management_config",
        {name: module.hcl(value) for name, value in section},
        checks=tuple(checks(module, _THIS, section, *type(section).model_fields)),
        notes=tuple(_notes(spec)),
        commands=(
            Command(
                "The version of its runtime that it is on",
                f"aws lambda get-function-configuration --function-name {function_name(spec)} \\\n"
                "  --query RuntimeVersionConfig.RuntimeVersionArn --output text",
            ),
        ),
    )


def _notes(spec: Spec) -> Iterator[str]:
    section = spec.runtime_management_config
    if section is None or section.update_runtime_on == "Auto":
        return
    if spec.publish or spec.needs_versions:
        # Lambda's developer guide, "Rolling back a Lambda runtime version": a version is a snapshot of the
        # function's settings as they are when it is published.
        yield (
            "publish a second version after the first apply: Lambda publishes the first one with the "
            "function, before this setting is made, and it keeps the default, automatic updates"
        )
    if section.update_runtime_on == "Manual":
        yield (
            "before you change the runtime to another, apply FunctionUpdate in place of Manual: Lambda "
            "refuses to change the runtime of a function that stays on a version of it"
        )
