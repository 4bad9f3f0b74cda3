"""Places: where a value of the bounds table meets Pydantic.

`Annotated[X, Place(bounds.Y)]` makes a model's field hold what Y allows: a literal inside its limits,
or, unless the place is static, an expression in the literal's stead. A mistake becomes a
`PydanticCustomError` whose type is the diagnostic's code, whose message says what is wrong and whose
context holds the hint.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any, NoReturn, cast

from pydantic import BaseModel, GetJsonSchemaHandler
from pydantic_core import InitErrorDetails, PydanticCustomError, ValidationError, core_schema

from tfgen.diagnostics import MOST_FINDINGS, Fix
from tfgen.expressions import ALLOWED, MOST_REFERENCES, ExpressionError, Template, parse
from tfgen.schema.bounds import TEXT, Bounds

# How the fields of the models are typed.
Text = str | Template
Number = int | Template
Flag = bool | Template
Texts = tuple[Text, ...] | Template
TextMap = Mapping[str, Text]
Data = Any  # what becomes JSON: texts with expressions, numbers, bools, tuples and mappings of them

_KINDS = {
    str: "a string",
    bool: "true or false",
    int: "a number",
    float: "a number",
    list: "a list",
    dict: "a mapping",
    type(None): "null",
}
_WANTED = {
    "string": "a string",
    "number": "a whole number",
    "bool": "true or false",
    "list(string)": "a list of strings",
    "map(string)": "a mapping of strings",
    "json": "a mapping",
    "list(json)": "a list of mappings",
}
QUOTE_IT = "quote it"
_SERVICES = re.compile(r"\^arn:[^:]*:(\([a-z0-9|-]+\)|[a-z0-9-]+):")  # in a pattern for ARNs
_STATIC = Bounds(static=True)
LONGEST_WORD = 100  # characters of what could be a name that is misspelt; comparing takes their square
_FEW = 24  # more choices than this are not listed in a hint, only the nearest ones


@dataclass(frozen=True, slots=True)
class Place:
    """Holds a model's field to its bounds; see the module's docstring.

    In a list of texts, mappings of the model `section` may stand as well.
    """

    bounds: Bounds
    section: type[BaseModel] | None = None

    def __get_pydantic_core_schema__(self, source: object, handler: object) -> core_schema.CoreSchema:
        return _core_schema(self.bounds, self.section)

    def __get_pydantic_json_schema__(self, schema: object, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        from tfgen.schema.json_schema import json_schema  # here, for a run that reads specs has no use for it

        if self.section is None:
            return json_schema(self.bounds)
        self.section.model_rebuild()  # its building was put off
        return json_schema(self.bounds, handler(self.section.__pydantic_core_schema__))


def fail(code: str, what: str, hint: str, **more: object) -> NoReturn:
    """Raise what Pydantic collects. `what` continues a sentence that starts with the key's name.

    `more` is a `fix`, or the `quoted` bounds that the value would have to be inside of as a text.
    """
    # Braces would be read as placeholders of the message, so the text travels in the context.
    raise PydanticCustomError(cast("Any", code), "{what}", {"what": what, "hint": hint, **more})


def _core_schema(bounds: Bounds, section: type[BaseModel] | None = None) -> core_schema.CoreSchema:
    if bounds.type in {"list(string)", "list(json)"}:
        assert bounds.items is not None
        inner = core_schema.list_schema(_item_schema(bounds.items, section))

        def texts(value: object, handler: core_schema.ValidatorFunctionWrapHandler) -> object:
            if section is not None and isinstance(value, dict):
                fail("TFG103", "must be a list, not a mapping", "write a list: `- …`")
            return _list(bounds, value, handler)

        return core_schema.no_info_wrap_validator_function(texts, inner)
    if bounds.type == "map(string)":
        assert bounds.keys is not None
        assert bounds.items is not None
        inner_map = core_schema.dict_schema(_core_schema(bounds.keys.as_static), _core_schema(bounds.items))

        def mapping(value: object, handler: core_schema.ValidatorFunctionWrapHandler) -> object:
            if not isinstance(value, dict):
                _wrong_type(bounds, value)
            _count(bounds, len(value))
            return handler(value)

        return core_schema.no_info_wrap_validator_function(mapping, inner_map)
    if bounds.type == "json":
        return core_schema.no_info_plain_validator_function(lambda value: _json(bounds, value))
    return core_schema.no_info_plain_validator_function(lambda value: _scalar(bounds, value))


def _item_schema(bounds: Bounds, section: type[BaseModel] | None) -> core_schema.CoreSchema:
    """An item of a list: what the bounds allow or, where there may be one, a section."""
    if section is None:
        return _core_schema(bounds)

    def item(value: object) -> object:
        if isinstance(value, dict):
            return section.model_validate(value)
        if not isinstance(value, str):
            hint = f"write {bounds.form or 'a string'}, or a mapping with the keys {', '.join(known)}, …"
            fail("TFG103", f"must be a string or a mapping, not {_KINDS.get(type(value), 'that')}", hint)
        return _scalar(bounds, value)

    known = list(section.model_fields)[:4]
    return core_schema.no_info_plain_validator_function(item)


def _json(bounds: Bounds, value: object) -> object:
    """Hold data to bounds, its texts and those of all that is nested in it to the rules of expressions."""
    if bounds.mapping and not isinstance(value, dict):
        _wrong_type(bounds, value)
    errors: list[InitErrorDetails] = []
    found = _within(value, (), errors)
    if bounds.matching:
        from tfgen.schema.patterns import mistakes  # here, since most specs have no patterns

        told = {error["loc"] for error in errors}
        for loc, what, hint, meant in islice(mistakes(found), MOST_FINDINGS + 1):
            if loc not in told:
                context = {"what": what, "hint": hint, "fix": Fix(meant) if meant else None}
                error = PydanticCustomError("TFG207", "{what}", context)
                errors.append(InitErrorDetails(type=error, loc=loc, input=value))
    if errors:
        raise ValidationError.from_exception_data("data", errors)
    length = json_length(found)
    if length is not None and bounds.maximum is not None and length > bounds.maximum:
        fail("TFG202", f"has {bounds.count(length)}", f"it may have {bounds.range}")
    return found


def _within(value: object, loc: tuple[str | int, ...], errors: list[InitErrorDetails]) -> object:
    if isinstance(value, list):
        return tuple(_within(item, (*loc, index), errors) for index, item in enumerate(value))
    if isinstance(value, dict):
        return {
            _key(key, (*loc, key), errors): _within(item, (*loc, key), errors) for key, item in value.items()
        }
    try:
        return _scalar(TEXT, value) if isinstance(value, str) else value
    except PydanticCustomError as error:
        errors.append(InitErrorDetails(type=error, loc=loc, input=value))
        return value


def written(value: object) -> str:
    """A value as YAML has it within brackets: as JSON, but that words need no quotes."""
    text = json.dumps(str(value) if isinstance(value, Template) else value, ensure_ascii=False)
    word = re.fullmatch('"([a-zA-Z][a-zA-Z0-9_.-]*)"', text)
    return word[1] if word and word[1].lower() not in {"null", "true", "false"} else text


def _key(key: str, loc: tuple[str | int, ...], errors: list[InitErrorDetails]) -> str:
    try:
        return str(_scalar(_STATIC, key))
    except PydanticCustomError as error:
        errors.append(InitErrorDetails(type=error, loc=(*loc, "[key]"), input=key))
        return key


def json_length(value: object) -> int | None:
    """How long data is as Terraform's `jsonencode` writes it; None where an expression leaves that open."""
    try:
        written = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    except TypeError:  # an expression
        return None
    return len(written) + 5 * sum(written.count(sign) for sign in "<>&\u2028\u2029")


def _list(bounds: Bounds, value: object, handler: core_schema.ValidatorFunctionWrapHandler) -> object:
    if bounds.single and bounds.items and not isinstance(value, list):
        return _scalar(bounds.items, value)
    if isinstance(value, str) and "${" in value and bounds.type == "list(string)":
        parsed = _expression(bounds, value)
        if isinstance(parsed, Template):
            if bounds.static:
                fail("TFG104", "takes no expression", "write the list itself")
            return parsed
    if not isinstance(value, list):
        _wrong_type(bounds, value)
    _count(bounds, len(value))
    return tuple(handler(value))


def _scalar(bounds: Bounds, value: object) -> object:
    if isinstance(value, str) and "${" in value:
        parsed = _expression(bounds, value)
        if isinstance(parsed, Template):
            if bounds.static:
                fail("TFG104", "takes no expression", "write the value itself; `$${` is a literal `${`")
            _check_arn(bounds, parsed)
            return parsed
        value = parsed
    check = _CHECKS[bounds.type]
    check(bounds, value)
    return value


def _check_arn(bounds: Bounds, value: Template) -> None:
    """Refuse an ARN that the spec's text shows to be another service's, or a FIFO queue's or topic's."""
    services = _SERVICES.match(bounds.pattern or "")
    known = value.outline
    parts = known.split(":")
    if services is None or parts[0] != "arn" or len(parts) < 4:
        return
    allowed = services[1].strip("()").split("|")
    if re.fullmatch("[a-z][a-z0-9-]*[a-z0-9]", parts[2]) and parts[2] not in allowed:
        fail("TFG203", f"is an ARN of {parts[2]}", f"it must be {bounds.form}")
    if known.endswith(".fifo") and "fifo" not in str(bounds.pattern) and {"sqs", "sns"} & set(allowed):
        fail("TFG203", "ends with .fifo", f"it must be {bounds.form}")


def plain(value: Any) -> Any:
    """A value that no expression may be in: its texts with `$${` as `${`."""
    if isinstance(value, list):
        return [plain(item) for item in value]
    return _scalar(_STATIC, value) if isinstance(value, str) else value


def literal(bounds: Bounds, value: object) -> None:
    """Hold a value that cannot be an expression to bounds. Raises PydanticCustomError."""
    if bounds.type != "list(string)":
        _CHECKS[bounds.type](bounds, value)
        return
    if not isinstance(value, list):
        _wrong_type(bounds, value)
    _count(bounds, len(value))
    for item in value:
        _check_text(bounds.items or Bounds(), item)


def _expression(bounds: Bounds, value: str) -> str | Template:
    try:
        parsed = parse(value)
    except ExpressionError as error:
        fail("TFG104", f"holds an unknown expression: {error.args[0]}", expression_hint())
    if isinstance(parsed, str):
        return parsed
    if (count := len(parsed.references)) > MOST_REFERENCES:
        fail("TFG202", f"holds {count:,} expressions", f"it may hold at most {MOST_REFERENCES}")
    if bounds.type == "string":
        return parsed
    if parsed.whole is None or parsed.whole.root != "var":
        fail(
            "TFG103",
            f"must be {_WANTED[bounds.type]} or one whole `${{var.NAME}}`",
            "text around an expression, and `aws.` and `function.` ones, make a string",
        )
    return parsed


def expression_hint() -> str:
    """What may stand in `${…}`."""
    allowed = ", ".join(f"`{name}`" for name in ALLOWED)
    return f"in `${{…}}` may stand: {allowed}; write `$${{` for a literal `${{`"


def _check_text(bounds: Bounds, value: object) -> None:
    if not isinstance(value, str):
        _wrong_type(bounds, value)
    if bounds.choices:
        _check_choice(bounds, value)
        return
    length = len(value)
    low, high = bounds.minimum, bounds.maximum
    if length == 0 and low:
        fail("TFG202", "is empty", f"give it {bounds.form or bounds.range}")
    if low is not None and length < low:
        form = f": {bounds.form}" if bounds.form else ""  # what is far too short is often another thing
        fail("TFG202", f"has {bounds.count(length)}", f"it may have {bounds.range}{form}")
    if high is not None and length > high:
        fail("TFG202", f"has {bounds.count(length)}", f"it may have {bounds.range}")
    if bounds.regex is not None and not bounds.regex.match(value):
        fail("TFG203", f"is {show(value)}, which does not have the right form", f"it must be {bounds.form}")


def _check_number(bounds: Bounds, value: object) -> None:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        _wrong_type(bounds, value)
    if bounds.choices:
        _check_choice(bounds, value)
        return
    if bounds.minimum is None and bounds.maximum is None:
        return  # any number will do
    if isinstance(value, float) and not bounds.fraction:
        from tfgen.schema.certain import whole

        what = f"is {value}, not a whole number"
        fail("TFG201", what, f"it may be {bounds.range}", fix=whole(bounds, value))
    low, high = bounds.minimum, bounds.maximum
    if value == bounds.also:
        return
    if (low is not None and value < low) or (high is not None and value > high):
        fail("TFG201", f"is {value}", f"it may be {bounds.range}")


def _check_flag(bounds: Bounds, value: object) -> None:
    if not isinstance(value, bool):
        _wrong_type(bounds, value)


_CHECKS = {"string": _check_text, "number": _check_number, "bool": _check_flag}


def _check_choice(bounds: Bounds, value: float | str) -> None:
    if value in bounds.choices:
        return
    names = [str(allowed) for allowed in bounds.choices]
    unit = f" {bounds.unit}" if bounds.unit else ""
    certain = None
    if isinstance(value, str):
        from tfgen.schema.certain import word  # here, since a spec without mistakes needs none of this

        certain = word(value, names)
        near = certain or nearest(value, names)
        hint = f"did you mean `{near}`? " if near else ""
    else:
        above = [allowed for allowed in bounds.choices if isinstance(allowed, int) and allowed > value]
        hint = f"the next longer one is {above[0]}{unit}; " if above else ""
    if len(names) <= _FEW:
        hint += f"allowed: {', '.join(names)}"
    else:
        from difflib import get_close_matches

        near_ones = get_close_matches(str(value)[:LONGEST_WORD], names, n=6, cutoff=0.0)
        hint += f"the nearest ones: {', '.join(near_ones)}"
    fail("TFG204", f"is {show(value)}, which is not allowed", hint, fix=Fix(certain) if certain else None)


def _count(bounds: Bounds, count: int) -> None:
    low, high = bounds.minimum, bounds.maximum
    if (low is not None and count < low) or (high is not None and count > high):
        fail("TFG205", f"has {bounds.count(count)}", f"it may have {bounds.range}")


def _wrong_type(bounds: Bounds, value: object) -> NoReturn:
    from tfgen.schema import certain  # here, since a spec without mistakes needs none of this

    wanted = "a number" if bounds.fraction else _WANTED[bounds.type]
    hint, fix, quoted = f"write {wanted}", None, None
    if bounds.type == "string" and isinstance(value, (bool, int, float)):
        hint, quoted = QUOTE_IT, bounds
    elif bounds.type == "list(json)":
        hint = "write a list of mappings: `- {KEY: [VALUE]}`"
    elif bounds.type == "list(string)" and isinstance(value, str):
        hint = f"write a list: [{written(value)}]" if len(value) < 40 else "write a list: [ … ]"
        if bounds.items and (meant := certain.word(value, map(str, bounds.items.choices))):
            hint, fix = f"write a list: [{meant}]", Fix(json.dumps([meant]), literal=True)
    elif bounds.type == "map(string)":
        hint = "write a mapping: `{NAME: VALUE}`"
    elif bounds.type in {"number", "bool"} and isinstance(value, str):
        fix = certain.flag(value) if bounds.type == "bool" else certain.number(bounds, value)
        if fix and fix.text != value.lower():
            hint = f"write {fix.text}" + (f", in {bounds.unit}" if bounds.unit else "")
        else:
            hint += " without quotes" if fix else f", {bounds.range}" if bounds.minimum is not None else ""
            hint += "" if bounds.static else ", or `${var.NAME}`"
        if fix and re.fullmatch("0[0-9]+", value):
            hint = f"a number with a leading zero is text in YAML: write {fix.text}"
    kind = _KINDS.get(type(value), "something else")
    fail("TFG103", f"must be {wanted}, not {kind}", hint, fix=fix, quoted=quoted)


def show(value: object) -> str:
    """A value as it stands in a message: short, on one line."""
    if isinstance(value, (bool, list, dict)):
        return str(value).lower() if isinstance(value, bool) else _KINDS[type(value)]
    if not isinstance(value, str):
        number = str(value)
        return number if len(number) <= 60 else f"{number[:57]}…"
    if not value:
        return "empty"
    one_line = value.encode("unicode_escape").decode("ascii") if not value.isprintable() else value
    return f"`{one_line}`" if len(one_line) <= 60 else f"`{one_line[:57]}…`"


def nearest(word: str, allowed: list[str] | tuple[str, ...]) -> str | None:
    """The allowed word that `word` was probably meant to be."""
    from difflib import get_close_matches  # here, since a spec without mistakes needs no nearest names

    if len(word) > LONGEST_WORD:
        return None
    folded = {name.casefold(): name for name in allowed}
    match = get_close_matches(word.casefold(), folded, n=1, cutoff=0.6)
    return folded[match[0]] if match else None
