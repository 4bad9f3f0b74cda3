"""Rules about the versions that a module asks for."""

from __future__ import annotations

from collections.abc import Iterator

from tfgen.diagnostics import Diagnostic, Node
from tfgen.runtimes import Version, admits
from tfgen.spec.models import Spec
from tfgen.spec.rules import Rules

#: The first versions that rendered modules work with, by the key, and what for. Terraform's changelog, 1.9.0:
#: "Input variable validation rules can refer to other objects". The provider's is the one that the templates
#: are written for, and that tests begin with.
LEAST: dict[str, tuple[str, Version, str]] = {
    "required_version": ("Terraform", (1, 9, 0), "whose validations may name other variables"),
    "aws_provider_version": ("AWS provider", (5, 80, 0), "which rendered modules are written for"),
}


def _versions(spec: Spec) -> Iterator[Diagnostic]:
    for key, (what, least, why) in LEAST.items():
        constraint: str = getattr(spec.terraform, key)
        if not admits(constraint, least):
            first = ".".join(map(str, least))
            summary = f"no {what} version that `{constraint}` allows can read the module"
            yield Diagnostic(
                "TFG351", summary, f"allow {first}, {why}, or a later one", Node(("terraform", key))
            )


#: Each rule with the top-level keys that it looks at.
RULES: Rules = {_versions: ("terraform",)}
