"""What a module's own tests assert of a trigger or a section: that an attribute is what the spec says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple, Protocol

from tfgen.hcl import Hcl, Value, to_hcl
from tfgen.schema.section import Section
from tfgen.schema.walk import bounds_of


class Check(NamedTuple):
    """That an expression about the module's resources, such as an attribute's address, is a value.

    `in_any_order`: both are lists or sets of texts, whose order means nothing. `name` is what the expression
    is called where it is long, and `by` who says the value.
    """

    what: Hcl
    value: Value
    in_any_order: bool = False
    name: str = ""
    by: str = "spec"

    @property
    def operand(self) -> Hcl:
        """The value as one side of a comparison."""
        value = to_hcl(self.value)
        return Hcl(f"({value})") if isinstance(self.value, Hcl) and " ? " in value else value

    @property
    def message(self) -> str:
        """What Terraform says where it is not so, beside the expression and the value."""
        return f"{self.name or self.what} is not what the {self.by} says."


class Values(Protocol):
    """What resolves the expressions in a spec's values."""

    def value(self, value: Any) -> Value:
        """A spec's value with its expressions resolved."""


def checks(
    module: Values, address: str, section: Section | None, *names: str, **attributes: str
) -> Iterator[Check]:
    """That a resource or block at `address` has the keys of a section, as far as the spec gives them; none
    where there is no section.

    `names` are keys that the provider calls the same; `attributes` has the others, key to attribute. What a
    key's own section says stands in a block of the key's name.
    """
    if section is None:
        return
    places = bounds_of(type(section))
    for key, attribute in {**{name: name for name in names}, **attributes}.items():
        value = getattr(section, key) if key in section.model_fields_set else None
        here = f"{address}.{attribute}"
        if isinstance(value, Section):
            yield from checks(module, f"one({here})", value, *type(value).model_fields)
        elif key not in places:
            continue  # several sections, of which the kind says where each is found
        elif isinstance(value, Mapping) and places[key].type == "map(string)":
            for name, item in value.items():
                yield Check(Hcl(f"{here}[{to_hcl(name)}]"), module.value(item))
        elif value is not None and value != ():
            is_list = places[key].type == "list(string)"
            said = module.value(value)
            is_one = is_list and places[key].single and not isinstance(value, tuple)
            yield Check(Hcl(here), [said] if is_one else said, in_any_order=is_list)


def statement_checks(
    document: str, sid: Value, conditions: Sequence[tuple[Value, Value, Value]] = (), **listed: Value
) -> Iterator[Check]:
    """That a statement of a policy document has what is `listed`, such as its actions, as far as that is
    given, and the conditions: tests, variables and their values.
    """
    statements = f"for statement in data.aws_iam_policy_document.{document}.statement"
    where = f"if statement.sid == {to_hcl(sid)}"
    of = f"of {sid} in {document}"
    for name, value in listed.items():
        if value is not None:
            found = Hcl(f"flatten([{statements} : statement.{name} {where}])")
            yield Check(found, value, in_any_order=True, name=f"The list of {name} {of}")
    if conditions:
        said = (", ".join(map(to_hcl, condition)) for condition in conditions)
        texts = [Hcl(f'formatlist("%s %s %s", {one})') for one in said]
        each = 'formatlist("%s %s %s", condition.test, condition.variable, condition.values)'
        found = Hcl(f"flatten([{statements} : [for condition in statement.condition : {each}] {where}])")
        yield Check(found, Hcl(f"flatten({to_hcl(texts)})"), in_any_order=True, name=f"The condition {of}")
