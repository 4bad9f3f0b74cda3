"""Parameters of Systems Manager that the function reads at run time, as it reads secrets."""

from __future__ import annotations

from tfgen import iam_actions
from tfgen.plan.features.secrets import Kind, planned
from tfgen.plan.model import FeaturePlan
from tfgen.plan.surroundings import Surroundings
from tfgen.spec.models import Spec
from tfgen.spec.secrets import has_extension

_PARAMETERS = Kind(
    "parameters",
    "parameter",
    "parameter_arn",
    iam_actions.PARAMETERS,
    "kms:EncryptionContext:PARAMETER_ARN",
    "Systems Manager",
    "ssm",
    "systemsmanager/parameters/get?withDecryption=true&name=ARN",
)


def plan(spec: Spec, module: Surroundings) -> FeaturePlan | None:
    """The parameters that the spec names. One extension serves both sections."""
    adds_extension = has_extension(spec.parameters) and not has_extension(spec.secrets)
    return planned(_PARAMETERS, spec, module, adds_extension)
