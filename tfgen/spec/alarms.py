"""Alarms on the function's metrics."""

from tfgen.schema.section import Section


class Alarm(Section):
    """One alarm; what it does not say follows from its name."""
