"""How the function is invoked and run: asynchronous events, recursion, runtime updates."""

from tfgen.schema.section import Section


class Async(Section):
    """What becomes of asynchronous events."""


class RecursionConfig(Section):
    """What becomes of calls that go round in a circle."""


class RuntimeManagementConfig(Section):
    """When the runtime is updated."""
