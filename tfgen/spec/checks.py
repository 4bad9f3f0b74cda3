"""The rules between the keys of a spec: what no single value can show.

Each rule is one function that yields diagnostics with paths. Rules about the caller's values, which a
spec cannot know, are `validation` blocks of the module instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from pydantic_core import PydanticCustomError

from tfgen.diagnostics import MOST_FINDINGS, DataPath, Diagnostic, Node
from tfgen.expressions import MOST_VARIABLES, Template
from tfgen.iam_actions import SIDS
from tfgen.interface import INTERFACE, RESERVED_NAMES, resolves_to_itself
from tfgen.schema.bounds import Bounds
from tfgen.schema.places import literal
from tfgen.schema.walk import Use, bounds_of, by_variable, uses
from tfgen.spec.features import FEATURES, INPUTS
from tfgen.spec.models import Spec
from tfgen.spec.rules import Rules, rules_about
from tfgen.spec.sections import VariableDescription
from tfgen.spec.trigger_checks import LOOKED_AT, check_between, check_triggers

_ENOUGH = MOST_FINDINGS + 1  # of one rule
_IDENTIFIER = re.compile("[a-zA-Z_][a-zA-Z0-9_-]*")
#: Arguments that only Zip functions have.
_ZIP_KEYS = ("runtime", "handler", "layers", "filename", "s3_bucket", "s3_key", "s3_object_version")
#: Arguments of an execution role that the module makes itself.
_ROLE_KEYS = (
    *("role_name", "role_path", "permissions_boundary", "policy_arns", "policy_statements"),
    "permissions",
)


def check(spec: Spec, unknown: frozenset[str] = frozenset()) -> list[Diagnostic]:
    """All findings about a valid Spec, or more than are told, in no particular order.

    `unknown` are top-level keys that were left out of the Spec because their values are wrong: rules that
    look at one of them are not asked.
    """
    found = [
        diagnostic
        for rule, keys in (*_RULES.items(), *rules_about(spec))
        if not unknown.intersection(keys)
        for diagnostic in islice(rule(spec), _ENOUGH)
    ]
    references = uses(spec)
    found.extend(islice(_variables(spec, references, all_known=not unknown), _ENOUGH))
    found.extend(islice(_references(spec, references, unknown), _ENOUGH))
    return found


def _at(code: str, summary: str, hint: str, *path: str | int, key: bool = True) -> Diagnostic:
    return Diagnostic(code, summary, hint, Node(path, key=key))


def _given(spec: Spec, *keys: str) -> list[str]:
    return [key for key in keys if key in spec.model_fields_set]


def _package_type(spec: Spec) -> Iterator[Diagnostic]:
    if spec.package_type == "Image":
        for key in _given(spec, *_ZIP_KEYS):
            yield _at(
                "TFG301",
                f"`{key}` belongs to package_type Zip, not Image",
                "remove it: the image brings its own",
                key,
            )
        for key in _given(spec, "code_signing_config_arn"):
            hint = "remove it: Lambda looks at the signatures of ZIP packages alone"
            yield _at("TFG301", f"`{key}` belongs to package_type Zip, not Image", hint, key)
    elif spec.package_type == "Zip":
        for key in _given(spec, "image_uri", "image_config"):
            yield _at("TFG301", f"`{key}` needs package_type Image", "add `package_type: Image`", key)


def _entry_point(spec: Spec) -> Iterator[Diagnostic]:
    """What a spec says by half of what a function runs. What it says nothing of, it leaves to the caller."""
    halves = ("runtime", "handler")
    given = _given(spec, *halves)
    if spec.package_type == "Zip" and len(given) == 1:
        missing = next(key for key in halves if key not in given)
        hint = f"add `{missing}`, or `{missing}: ${{var.{missing}}}` to leave it to the caller"
        yield _at("TFG309", f"`{given[0]}` needs `{missing}`", hint, given[0])
    repository = spec.ecr_repository
    made = repository is not None and repository.image_tag is not None
    if spec.package_type == "Image" and not made and "image_uri" not in spec.model_fields_set:
        hint = "add `image_uri`, or `image_uri: ${var.image_uri}` to leave it to the caller"
        yield _at("TFG309", "`package_type: Image` needs `image_uri`", hint, "package_type", key=False)


def _code_source(spec: Spec) -> Iterator[Diagnostic]:
    if spec.package_type == "Image":
        return  # what belongs to Zip is refused there as it is
    sources = _given(spec, "filename", "s3_bucket")
    for key in sources[1:]:
        summary = f"`{key}` is a second source of the code, beside `{sources[0]}`"
        yield _at("TFG302", summary, "keep one of them", key)
    if "s3_bucket" in spec.model_fields_set:
        if "s3_key" not in spec.model_fields_set:
            hint = "add `s3_key`, or `s3_key: ${var.s3_key}` to leave it to the caller"
            yield _at("TFG302", "`s3_bucket` needs `s3_key`", hint, "s3_bucket")
        return
    for key in _given(spec, "s3_key", "s3_object_version"):
        hint = "add `s3_bucket`, or `s3_bucket: ${var.s3_bucket}` to leave it to the caller"
        if sources:
            hint = f"remove it: the code is in `{sources[0]}`"
        yield _at("TFG302", f"`{key}` needs `s3_bucket`", hint, key)


def _execution_role(spec: Spec) -> Iterator[Diagnostic]:
    if spec.execution_role_arn is None:
        return
    for key in _given(spec, *_ROLE_KEYS):
        yield _at(
            "TFG303",
            f"`{key}` is about a role of the module's own, but `execution_role_arn` gives another",
            f"remove `{key}`, or remove `execution_role_arn` and the module makes a least-privilege role",
            key,
        )


def _file_system(spec: Spec) -> Iterator[Diagnostic]:
    # An empty list is how a function is taken out of its VPC.
    if spec.file_system_config and (spec.vpc_config is None or spec.vpc_config.subnet_ids == ()):
        hint = "add `vpc_config` with subnets that reach the file system's mount targets"
        yield _at("TFG304", "`file_system_config` needs `vpc_config`", hint, "file_system_config")


def _published_version(spec: Spec) -> Iterator[Diagnostic]:
    if spec.publish in (True, None):
        return
    said = "publish: false" if spec.publish is False else f"publish: {spec.publish}"
    reasons = ["alias"] if spec.alias else []
    reasons += ["provisioned_concurrency_config"] if spec.provisioned_concurrency_config else []
    for key in reasons + (["snap_start"] if spec.has_snap_start else []):
        yield _at(
            "TFG305",
            f"`{said}` contradicts `{key}`",
            "remove `publish`: the module publishes versions where they are needed",
            "publish",
        )


def _alias(spec: Spec) -> Iterator[Diagnostic]:
    alias = spec.alias
    if alias and alias.routing and alias.function_version == alias.routing.function_version:
        summary = f"version {alias.function_version} would have both shares of the calls"
        yield _at(
            "TFG310", summary, "name another version", "alias", "routing", "function_version", key=False
        )


def _log_group(spec: Spec) -> Iterator[Diagnostic]:
    if spec.log_group.create:
        # CloudWatch Logs user guide, "Log classes"; the provider then makes it two days, whatever is said.
        if spec.log_group.log_group_class == "DELIVERY":
            for key in _given(spec, "log_retention_in_days"):
                summary = f"`{key}` is not for a log group of class DELIVERY, which keeps events for two days"
                yield _at("TFG310", summary, "remove it, or choose another class", key)
        return
    for option in sorted(spec.log_group.model_fields_set - {"create"}):
        summary = f"`log_group.{option}` is about a log group that this module does not make"
        yield _at("TFG308", summary, "remove it, or remove `create: false`", "log_group", option)
    for key in _given(spec, "log_retention_in_days"):
        summary = f"`{key}` is about a log group that this module does not make"
        yield _at("TFG308", summary, "remove it, or remove `log_group.create: false`", key)


def _log_levels(spec: Spec) -> Iterator[Diagnostic]:
    logging = spec.logging_config
    if logging is None or logging.log_format != "Text":
        return
    for key in ("application_log_level", "system_log_level"):
        if key in logging.model_fields_set:
            hint = "set `log_format: JSON`, or remove the level"
            yield _at("TFG309", f"`{key}` needs `log_format: JSON`", hint, "logging_config", key)


def _replacement_security_groups(spec: Spec) -> Iterator[Diagnostic]:
    key = "replacement_security_group_ids"
    if key in spec.model_fields_set and not spec.replace_security_groups_on_destroy:
        summary = f"`{key}` needs `replace_security_groups_on_destroy`"
        yield _at("TFG309", summary, "add `replace_security_groups_on_destroy: true`", key)


def _policy_arns(spec: Spec) -> Iterator[Diagnostic]:
    if isinstance(spec.policy_arns, Template):
        return
    for index, arn in enumerate(spec.policy_arns):
        if arn in spec.policy_arns[:index]:
            yield _at("TFG206", f"`{arn}` is given twice", "remove it", "policy_arns", index, key=False)


def _policy_statements(spec: Spec) -> Iterator[Diagnostic]:
    sids: dict[object, int] = {}
    for index, statement in enumerate(spec.policy_statements):
        if statement.sid in SIDS:
            summary = f"the sid `{statement.sid}` is that of a statement of the module's own"
            yield _at("TFG306", summary, "choose another", "policy_statements", index, "sid", key=False)
    for index, statement in enumerate(spec.policy_statements):
        where: DataPath = ("policy_statements", index)
        for one, other in (("actions", "not_actions"), ("resources", "not_resources")):
            given = {one, other} & statement.model_fields_set
            if len(given) != 1:
                what = f"has both `{one}` and `{other}`" if given else f"has neither `{one}` nor `{other}`"
                summary = f"statement {index + 1} {what}"
                yield _at("TFG306", summary, f"give it one of them, usually `{one}`", *where, key=False)
        if statement.sid is not None and statement.sid in sids:
            summary = f"statements {sids[statement.sid] + 1} and {index + 1} have the same sid"
            yield _at("TFG306", summary, "a sid is unique within a policy", *where, "sid", key=False)
        sids.setdefault(statement.sid, index)


#: Each rule with the top-level keys that it looks at.
_RULES: Rules = {
    _package_type: ("package_type",),
    _entry_point: ("package_type", "runtime", "handler", "image_uri", "ecr_repository"),
    _code_source: ("package_type", "filename", "s3_bucket", "s3_key"),
    _execution_role: ("execution_role_arn",),
    _file_system: ("file_system_config", "vpc_config"),
    _published_version: ("publish", "alias", "snap_start", "provisioned_concurrency_config"),
    _alias: ("alias",),
    _log_group: ("log_group",),
    _log_levels: ("logging_config",),
    _replacement_security_groups: ("replace_security_groups_on_destroy",),
    _policy_arns: ("policy_arns",),
    _policy_statements: ("policy_statements",),
    check_triggers: ("triggers", *LOOKED_AT),
    check_between: ("triggers", "policy_statements", *FEATURES),
}


def _variables(spec: Spec, references: list[Use], *, all_known: bool) -> Iterator[Diagnostic]:
    """Names, types and use of the input variables that expressions declare."""
    by_name = by_variable(references)
    if len(by_name) > MOST_VARIABLES:
        summary = f"the expressions name {len(by_name):,} input variables"
        beyond = list(by_name.values())[MOST_VARIABLES][0]
        yield _at("TFG205", summary, f"a spec may have at most {MOST_VARIABLES}", *beyond.path, key=False)
        return
    taken = {name: key for key, names in INPUTS.items() if key in spec.model_fields_set for name in names}
    for name, places in by_name.items():
        if name in taken:
            summary = f"`{name}` is an input variable of `{taken[name]}`"
            hint = "choose another name: the section declares that one itself where it needs it"
            for use in places:
                yield _at("TFG107", summary, hint, *use.path, key=False)
        if name in RESERVED_NAMES:
            hint = "Terraform keeps this name for module blocks; choose another"
            for use in places:
                yield _at(
                    "TFG107", f"`{name}` cannot be an input variable's name", hint, *use.path, key=False
                )
        else:
            yield from _types(name, places, spec)
    for name, described in spec.variables.items():
        if name in INTERFACE or name in RESERVED_NAMES:
            whose = "the module's interface" if name in INTERFACE else "Terraform's module blocks"
            yield _at("TFG107", f"`{name}` belongs to {whose}", "choose another name", "variables", name)
        elif name in taken and name not in by_name:
            hint = "remove it: the section describes it itself where it needs it"
            yield _at("TFG107", f"`{name}` is an input variable of `{taken[name]}`", hint, "variables", name)
        elif not _IDENTIFIER.fullmatch(name):
            hint = "use letters, digits, - and _, starting with a letter or _"
            yield _at("TFG107", f"`{name}` cannot be an input variable's name", hint, "variables", name)
        elif name in by_name:
            yield from _default(name, described, by_name[name])
        elif all_known:  # else a key that could not be read may use it
            hint = f"use it as `${{var.{name}}}`, or remove it"
            yield _at("TFG106", f"input variable `{name}` is described but not used", hint, "variables", name)


def _types(name: str, places: list[Use], spec: Spec) -> Iterator[Diagnostic]:
    """An input variable has one type: that of its description, of the interface, or of its first place."""
    described = spec.variables.get(name)
    known: list[tuple[DataPath, str]] = [(use.path, use.bounds.type) for use in places if use.whole]
    if name in INTERFACE:
        if not INTERFACE[name].scalar:
            return  # reported as such
        known.insert(0, ((name,), bounds_of(Spec)[name].type))
    elif described and described.type:
        known.insert(0, (("variables", name, "type"), described.type))
    if not known:
        return
    first = known[0]
    for place in known[1:]:
        if place[1] != first[1]:
            yield from _two_types(name, first, place)
    if first[1] == "list(string)":
        for use in places:
            if not use.whole:
                summary = f"`var.{name}` is a list(string), which cannot stand within a text"
                yield _at("TFG105", summary, "use two input variables", *use.path, key=False)


def _two_types(name: str, one: tuple[DataPath, str], other: tuple[DataPath, str]) -> Iterator[Diagnostic]:
    for (path, kind), (_, elsewhere) in ((one, other), (other, one)):
        if path == (name,):
            continue  # the interface's type is not for the spec to choose
        summary = f"`var.{name}` is a {kind} here but a {elsewhere} elsewhere"
        yield _at("TFG105", summary, "use two input variables", *path, key=False)


def _default(name: str, described: VariableDescription, places: list[Use]) -> Iterator[Diagnostic]:
    """A default is held to what its variable is used for."""
    if described.default is None:
        return
    whole = [use.bounds for use in places if use.whole]
    if not whole:
        whole = [Bounds(type=described.type or "string")]  # type: ignore[arg-type]  # one of the four
    for bounds in whole:
        try:
            literal(bounds.as_static, described.default)
        except PydanticCustomError as error:
            context = error.context or {}
            summary = f"the default of `{name}` {context['what']}"
            yield _at(error.type, summary, context["hint"], "variables", name, "default", key=False)
            return


def _references(spec: Spec, references: list[Use], unknown: frozenset[str]) -> Iterator[Diagnostic]:
    """References that would be empty, or go round in a circle, where they stand."""
    for use in references:
        if use.reference.root == "var" and use.reference.name in unknown:
            continue
        reason = _no_value(spec, use)
        if reason:
            summary, hint = reason
            yield _at("TFG108", f"`{use.reference}` {summary}", hint, *use.path, key=False)


def _no_value(spec: Spec, use: Use) -> tuple[str, str] | None:
    root, name = use.reference
    key = str(use.path[0])
    if root == "function":
        return _circle(key, name)
    if root != "var" or name not in INTERFACE:
        return None
    if name == key and len(use.path) == 1:
        return None if use.whole else ("is this argument itself", "give the input variable another name")
    if not INTERFACE[name].scalar:
        return "is not a string, number or bool", "name an input variable of your own"
    value = getattr(spec, name)
    if value is None and name != "function_name":
        return "has no value of its own", f"add `{name}: ${{var.{name}}}` to make it required"
    if key == "package_type":
        # Runtime and handler give way by it, so it cannot be made of them.
        return "would go round in a circle in `package_type`", "name an input variable of your own"
    if isinstance(value, Template) and key in INTERFACE and not resolves_to_itself(name, value):
        return "is itself made of an expression", "use that expression here as well"
    return None


def _circle(key: str, name: str) -> tuple[str, str] | None:
    """Attributes of the function in what the function or its role is made of."""
    made_of_name = {"function_name"}
    made_of_role = {"function_name", "execution_role_arn", "permissions_boundary", "role_name", "role_path"}
    # Tags are on the role as well, so the role's ARN cannot be one of them.
    circular = {"role_arn": made_of_role | {"tags"}}.get(name, made_of_name)
    if key in circular:
        return f"would go round in a circle in `{key}`", "use an input variable, or the `aws.` attributes"
    return None
