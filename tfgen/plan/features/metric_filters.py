"""Metrics that are made of log events."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tfgen.hcl import Hcl, Ref, to_hcl
from tfgen.plan.model import FeaturePlan
from tfgen.plan.surroundings import Surroundings
from tfgen.spec.logs import FILTER_NAME, MetricFilter
from tfgen.spec.models import Spec
from tfgen.triggers.base import Output
from tfgen.triggers.checks import Check, checks

_OPTIONAL = ("default_value", "unit", "dimensions")


def plan(spec: Spec, module: Surroundings) -> FeaturePlan | None:
    """The metric filters."""
    if not spec.metric_filters:
        return None
    arguments = {
        "filters": [_filter(entry, module) for entry in spec.metric_filters],
        "log_group_name": module.log_group_name,
    }
    checks = tuple(_checks(spec, module))
    return FeaturePlan("metric_filters", arguments, outputs=(_output(spec),), checks=checks)


def _checks(spec: Spec, module: Surroundings) -> Iterator[Check]:
    for entry in spec.metric_filters:
        address = f"aws_cloudwatch_log_metric_filter.{entry.name}"
        yield from checks(module, address, entry, "pattern")
        metric, block = entry.metric_transformation, f"one({address}.metric_transformation)"
        yield from checks(module, block, metric, "name", "namespace", "value", "unit", "dimensions")
        if metric.default_value is not None:  # which the provider has as a text
            yield Check(Hcl(f"tonumber({block}.default_value)"), module.value(metric.default_value))


def _filter(entry: MetricFilter, module: Surroundings) -> dict[str, Any]:
    metric = entry.metric_transformation
    # Two functions beside one another have metrics of one name, which their namespaces keep apart.
    namespace = module.address("function_name") if metric.namespace is None else module.hcl(metric.namespace)
    return {
        "label": Hcl(entry.name),
        "name": to_hcl(module.name(entry.name, FILTER_NAME)),
        "pattern": module.hcl(entry.pattern),
        "metric": {
            "name": module.hcl(metric.name),
            "namespace": namespace,
            "value": module.hcl(metric.value),
            **{key: module.hcl(getattr(metric, key)) for key in _OPTIONAL},
        },
    }


def _output(spec: Spec) -> Output:
    def transformation(entry: MetricFilter) -> str:
        return f"aws_cloudwatch_log_metric_filter.{entry.name}.metric_transformation[0]"

    metrics = {
        entry.name: {
            "metric_name": Ref(f"{transformation(entry)}.name"),
            "namespace": Ref(f"{transformation(entry)}.namespace"),
        }
        for entry in spec.metric_filters
    }
    description = "Name and namespace of each metric that is made of log events, by its filter's name"
    return Output("metric_filter_metrics", description, to_hcl(metrics))
