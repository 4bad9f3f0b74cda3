"""Rules about the values in policy statements: what IAM refuses, or reads otherwise than it looks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime

from tfgen.diagnostics import Diagnostic, Node
from tfgen.expressions import Template
from tfgen.schema.bounds import RESOURCES, Bounds
from tfgen.schema.places import Text, Texts, show
from tfgen.spec.models import Spec
from tfgen.spec.rules import Rules


def _resources(spec: Spec) -> Iterator[Diagnostic]:
    """What is known of resources with expressions in them; literal ones are held to their bounds."""
    assert RESOURCES.items is not None
    for index, statement in enumerate(spec.policy_statements):
        for key in ("resources", "not_resources"):
            for number, resource in enumerate(_listed(getattr(statement, key))):
                if isinstance(resource, Template) and _is_none(resource, RESOURCES.items):
                    where = Node(("policy_statements", index, key, number))
                    summary = f"{show(str(resource))} is no whole ARN, whatever its expressions give"
                    yield Diagnostic("TFG203", summary, f"it must be {RESOURCES.items.form}", where)


def _is_none(resource: Template, bounds: Bounds) -> bool:
    """Whether a resource does not have its form, whatever its expressions give."""
    first = resource.parts[0]
    if isinstance(first, str) and not first.startswith(("arn:", "*", "arn:"[: len(first)])):
        return True
    # What other expressions give may have colons in it.
    plain = all(root == "aws" or (root, name) == ("function", "name") for root, name in resource.references)
    return plain and not (bounds.regex and bounds.regex.match(resource.outline))


# What the values of conditions may be: IAM's user guide, "IAM JSON policy elements: Condition operators" ----

_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
_SECONDS = re.compile("[0-9]+")
# The W3C's note "Date and Time Formats", which the guide names.
_DATE = re.compile(
    r"[0-9]{4}-[0-9]{2}(?P<day>-[0-9]{2}(T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?(Z|[+-][0-9]{2}:[0-9]{2}))?)?"
)
_OPERATOR = re.compile("(Not)?(?P<kind>Numeric|Date|Bool|Null|IpAddress)")


def _is_number(text: str) -> bool:
    return bool(_NUMBER.fullmatch(text))


def _is_date(text: str) -> bool:
    found = _DATE.fullmatch(text)
    if found is None:
        return bool(_SECONDS.fullmatch(text))  # or a year, which is four digits as well
    try:
        datetime.fromisoformat(text if found["day"] else f"{text}-01")
    except ValueError:
        return False
    return True


def _is_flag(text: str) -> bool:
    return text.lower() in {"true", "false"} or "${" in text  # one of IAM's own variables


def _is_block(text: str) -> bool:
    from ipaddress import ip_network  # here, since few statements have addresses

    try:
        ip_network(text, strict=False)
    except ValueError:
        return False
    return text.partition("/")[2].isdecimal() or "/" not in text


_VALUES: Mapping[str, tuple[Callable[[str], bool], str]] = {
    "Numeric": (_is_number, "a number"),
    "Date": (_is_date, "a date such as 2030-01-31T08:00:00Z, or the seconds since 1970"),
    "Bool": (_is_flag, "true or false"),
    "Null": (_is_flag, "true or false"),
    "IpAddress": (_is_block, "an address, or a block of them such as 203.0.113.0/24"),
}


def _conditions(spec: Spec) -> Iterator[Diagnostic]:
    for index, statement in enumerate(spec.policy_statements):
        for place, condition in enumerate(statement.condition):
            test = condition.test
            found = _OPERATOR.match(test.rpartition(":")[2]) if isinstance(test, str) else None
            if found is None:
                continue
            is_right, form = _VALUES[found["kind"]]
            for number, value in enumerate(_listed(condition.values)):
                if isinstance(value, str) and not is_right(value):
                    where = Node(("policy_statements", index, "condition", place, "values", number))
                    summary = f"{show(value)} is not what `{test}` compares with"
                    yield Diagnostic("TFG203", summary, f"write {form}", where)


def _listed(texts: Texts | None) -> tuple[Text, ...]:
    """The entries that the spec gives."""
    return () if texts is None or isinstance(texts, Template) else texts


#: Each rule with the top-level keys that it looks at.
RULES: Rules = {_resources: ("policy_statements",), _conditions: ("policy_statements",)}
