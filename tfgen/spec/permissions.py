"""Permissions by intent: what for, not which actions."""

from tfgen.schema.section import Section


class Permission(Section):
    """Something that the function may do."""
