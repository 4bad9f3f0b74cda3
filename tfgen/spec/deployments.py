"""Releases by CodeDeploy: how traffic moves from one version to the next."""

from tfgen.schema.section import Section


class Deployment(Section):
    """How CodeDeploy moves the alias from one version to the next."""
