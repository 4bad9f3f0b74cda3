"""Spec → the module's own execution role, or none where the spec gives one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from textwrap import wrap

from tfgen import iam_actions
from tfgen.expressions import Template
from tfgen.hcl import Hcl, Interpolation, Ref, Value, to_hcl
from tfgen.plan.model import FeaturePlan, RolePlan, ServiceActions, StatementPlan
from tfgen.plan.references import References
from tfgen.spec.models import Spec
from tfgen.spec.sections import PolicyStatement
from tfgen.triggers.base import Condition, Statement, TriggerPlan, sid_of

_WIDTH = 100  # of comments


def role(
    spec: Spec, references: References, triggers: Sequence[TriggerPlan], features: Sequence[FeaturePlan]
) -> RolePlan | None:
    """The execution role with the statements that the spec's settings, sections and triggers ask for."""
    if spec.execution_role_arn is not None:
        return None
    function_name = references.address("function_name")
    full_name = (
        Interpolation((function_name, "-", references.aws("region"))) if spec.role_name is None else None
    )
    return RolePlan(
        name=Ref("local.role_name") if full_name else to_hcl(references.value(spec.role_name)),
        full_name=full_name,
        description=Interpolation(("Execution role of the Lambda function ", function_name)),
        path=references.hcl(spec.role_path),
        permissions_boundary=references.hcl(spec.permissions_boundary),
        policy_arns=_policy_arns(spec, references),
        logs=iam_actions.LOGS,
        vpc=iam_actions.VPC,
        xray=iam_actions.XRAY,
        kms=iam_actions.KMS,
        efs=iam_actions.EFS,
        account_id=references.aws("account_id"),
        event_sources=_services(iam_actions.EVENT_SOURCES),
        destinations=_services(
            iam_actions.ASYNC_DESTINATIONS if spec.asynchronous else iam_actions.DESTINATIONS
        ),
        statements=(
            *(
                _asked_for(feature.key, feature.key, statement)
                for feature in features
                for statement in feature.statements
            ),
            *(
                _asked_for(f"triggers, {trigger.label}", trigger.label, statement)
                for trigger in triggers
                for statement in trigger.statements
            ),
            *(
                _statement(index, statement, references)
                for index, statement in enumerate(spec.policy_statements)
            ),
        ),
    )


def _services(actions: Mapping[str, Sequence[str]]) -> tuple[ServiceActions, ...]:
    return tuple(ServiceActions(Hcl(name), named) for name, named in actions.items())


def _asked_for(by: str, label: str, statement: Statement) -> StatementPlan:
    return StatementPlan(
        comment="\n".join(
            wrap(f"{by}: {statement.reason}.", _WIDTH, break_long_words=False, break_on_hyphens=False)
        ),
        sid=to_hcl(statement.what + sid_of(label)),
        effect=None,
        actions=statement.actions,
        not_actions=None,
        resources=statement.resources,
        not_resources=None,
        conditions=statement.conditions,
    )


def _statement(index: int, statement: PolicyStatement, references: References) -> StatementPlan:
    return StatementPlan(
        comment=f"policy_statements[{index}]",
        sid=references.hcl(statement.sid),
        effect=references.hcl(statement.effect),
        actions=references.hcl(statement.actions),
        not_actions=references.hcl(statement.not_actions),
        resources=references.hcl(statement.resources),
        not_resources=references.hcl(statement.not_resources),
        conditions=tuple(
            Condition(
                references.value(condition.test),
                references.value(condition.variable),
                references.value(condition.values),
            )
            for condition in statement.condition
        ),
    )


def _policy_arns(spec: Spec, references: References) -> Hcl | None:
    """A map whose keys are known before apply: a policy's name, or the name of the variable that gives it."""
    if isinstance(spec.policy_arns, Template):
        return Hcl(f"{{ for index, arn in {references.value(spec.policy_arns)} : index => arn }}")
    if not spec.policy_arns:
        return None
    arns: dict[str, Value] = {}
    for arn in spec.policy_arns:
        text = str(arn)
        key = arn.whole.name if isinstance(arn, Template) and arn.whole else text.split(":policy/")[-1]
        arns[text if key in arns else key] = references.value(arn)
    return to_hcl(arns)
