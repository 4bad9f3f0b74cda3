"""The rules about the sections that operate a function: a file a concern, each with a table `RULES`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from importlib import import_module

from tfgen.diagnostics import Diagnostic
from tfgen.spec.models import Spec

#: A rule, which says what is wrong with a spec, and the top-level keys that it looks at.
Rules = Mapping[Callable[[Spec], Iterator[Diagnostic]], tuple[str, ...]]

#: Each file, and the sections that its rules are about: a spec with none of these has nothing to be told.
FILES = {
    "access": ("function_url", "code_signing", "vpc_config", "replacement_security_group_ids"),
    "alarms": ("alarms",),
    "checkov": ("checkov_skip",),
    "concurrency": ("provisioned_concurrency_config",),
    "deployments": ("deployment",),
    "environment": ("environment",),
    "environment_limits": ("environment", "secrets", "parameters"),
    "event_source_mapping": ("event_source_mapping",),
    "invocation": ("async", "dead_letter_config", "runtime_management_config"),
    "layers": ("layers",),
    "logs": ("subscription_filters", "metric_filters", "insights_queries", "lambda_insights"),
    "permissions": ("permissions",),
    "policies": ("policy_statements", "policy_arns"),
    "runtimes": ("snap_start", "architectures", "handler"),
    "secrets": ("secrets", "parameters"),
    "statements": ("policy_statements",),
    "tags": ("tags",),
    "terraform": ("terraform",),
    "texts": ("description", "tags"),
    "variables": ("variables",),
    "versions": ("versions", "ecr_repository"),
}


def rules_about(spec: Spec) -> Iterator[tuple[Callable[[Spec], Iterator[Diagnostic]], tuple[str, ...]]]:
    """The rules about what a spec has.

    A file is imported where a spec has something for it: start-up is most of what a user waits for.
    """
    for file, sections in FILES.items():
        if not spec.model_fields_set.isdisjoint(sections):
            rules: Rules = import_module(f"{__name__}.{file}").RULES
            yield from rules.items()
