"""Keeping house: old versions, and the repository of images."""

from tfgen.schema.section import Section


class Versions(Section):
    """Which versions of the function stay."""


class EcrRepository(Section):
    """The ECR repository of an image function."""
