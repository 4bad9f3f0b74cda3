"""Logs: who else gets them, and what is made of them."""

from tfgen.schema.section import Section


class SubscriptionFilter(Section):
    """A receiver of the function's log events."""


class MetricFilter(Section):
    """A metric that is made of log events."""


class InsightsQuery(Section):
    """A saved query over the logs."""
