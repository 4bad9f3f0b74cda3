"""Templates of one's own: a folder whose templates go before tfgen's, and what may be wrong with them."""

from __future__ import annotations


class TemplateProblem(Exception):  # noqa: N818 - what happened, not an error of tfgen's
    """A user's template cannot be used, or what it gives is no module: what is wrong, in lines of text."""
