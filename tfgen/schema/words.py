"""The bounds table in words: for messages of Terraform, for editors and for the documents."""

from __future__ import annotations

from tfgen.schema.bounds import Bounds

_LISTED = 24  # more choices than this are not repeated in a sentence
#: What is said where anything may stand.
ANY_TEXT = "a text"


def describe(bounds: Bounds, listed_by: str = "its condition") -> str:
    """The bounds in words, to follow "must be". `listed_by` is what lists values that are too many here."""
    if len(bounds.choices) > _LISTED:
        return f"one of the {len(bounds.choices)} values that {listed_by} lists"
    if bounds.choices:
        kinds = ", ".join(str(choice) for choice in bounds.choices)
        return f"one of {kinds}" + (f" {bounds.unit}" if bounds.unit else "")
    limited = bounds.minimum is not None or bounds.maximum is not None
    if bounds.type == "bool":
        return "true or false"
    if bounds.type == "number":
        kind = "a number" if bounds.fraction else "a whole number"
        return f"{kind}, {bounds.range}" if limited else kind
    if bounds.type == "string":
        parts = [bounds.form] if bounds.form else []
        if limited and (not bounds.form or bounds.maximum is not None):
            parts.append(bounds.range)
        if parts == ["at least 1 character"]:
            return "a text that is not empty"
        return ", ".join(parts) or ANY_TEXT
    if bounds.type == "json":
        return f"{'a mapping' if bounds.mapping else 'any YAML'}, {bounds.range}"
    if bounds.single and bounds.items is not None:
        return f"{describe(bounds.items, listed_by)}, or a list of such"
    words = ["a map" if bounds.type == "map(string)" else "a list"]
    if limited:
        words = [f"{words[0]} of {bounds.range}"]
    if bounds.keys is not None:
        words.append(f"each name {describe(bounds.keys, listed_by)}")
    if bounds.items is not None and (each := describe(bounds.items, listed_by)) != ANY_TEXT:
        words.append(f"each {each}")
    return ", ".join(words)
