"""Who may call the function by URL, and whose code it runs."""

from tfgen.schema.section import Section


class FunctionUrl(Section):
    """The function's own URL."""


class CodeSigning(Section):
    """Whose code the function takes."""
