"""Rules about who may call the function, whose code it takes, and how it stands in its VPC."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tfgen.diagnostics import Diagnostic, Node
from tfgen.expressions import Reference, Template
from tfgen.schema.places import Texts, show
from tfgen.spec.models import Spec
from tfgen.spec.rules import Rules

_URL = "function_url"
_EC2_ID = re.compile(r"(acl|eni|i|igw|nat|rtb|sg|subnet|vpc|vpce)-[0-9a-zA-Z]+\Z")
# Expressions that are an account or a role.
_PRINCIPALS = (Reference("aws", "account_id"), Reference("function", "role_arn"))


def _at(code: str, summary: str, hint: str, *path: str | int, key: bool = False) -> Diagnostic:
    return Diagnostic(code, summary, hint, Node(path, key=key))


def _authorization(spec: Spec) -> Iterator[Diagnostic]:
    url = spec.function_url
    if url is None:
        return
    if url.authorization_type == "NONE":
        if not url.public:
            hint = "add `public: true` if that is meant, or write AWS_IAM"
            yield _at("TFG402", "anybody could call the function's URL", hint, _URL, "authorization_type")
        if url.principals:
            summary = "`principals` says nothing beside `authorization_type: NONE`"
            yield _at("TFG310", summary, "remove it, or write AWS_IAM", _URL, "principals", key=True)
    elif url.public:
        summary = f"`public: true` contradicts `authorization_type: {url.authorization_type}`"
        hint = "remove it, or write `authorization_type: NONE`"
        yield _at("TFG310", summary, hint, _URL, "public", key=True)


def _public(spec: Spec) -> Iterator[Diagnostic]:
    """A URL made since October 2025 asks for lambda:InvokeFunction as well, which everybody may only have for
    calls by the URL. Provider 5 has no argument for that."""
    url = spec.function_url
    if url and url.public and url.authorization_type == "NONE":
        summary = (
            "the URL needs a second permission, which the module cannot give: calls are refused without it"
        )
        hint = "give it by the command in the module's README, once the URL is there; or write AWS_IAM"
        yield _at("TFG346", summary, hint, _URL, "public", key=True)


def _cors(spec: Spec) -> Iterator[Diagnostic]:
    cors = spec.function_url and spec.function_url.cors
    # Lambda sends back whatever origin asks, so that `*` would be each of them with its user's cookies.
    if cors and cors.allow_credentials is True and "*" in _literal(cors.allow_origins):
        summary = "`allow_credentials` with all origins lets any page act in its visitor's name"
        hint = "list the origins, or remove it"
        yield _at("TFG310", summary, hint, _URL, "cors", "allow_credentials", key=True)


def _principals(spec: Spec) -> Iterator[Diagnostic]:
    if spec.function_url is None:
        return
    principals = _literal(spec.function_url.principals)
    for index, principal in enumerate(principals):
        if principal in principals[:index]:
            yield _at("TFG206", f"`{principal}` is given twice", "remove it", _URL, "principals", index)
        elif isinstance(principal, Template):
            yield from _open(principal, index)


def _open(principal: Template, index: int) -> Iterator[Diagnostic]:
    """A principal that could be `*`; a variable that is all of it is held to the place's bounds."""
    hint = "write an ARN, of an account `arn:${aws.partition}:iam::${var.account}:root`"
    whole, first = principal.whole, principal.parts[0]
    if whole is None and not (isinstance(first, str) and first.startswith("arn:")):
        summary = f"`{principal}` could be `*`, and anybody could call the function's URL"
        yield _at("TFG402", summary, hint, _URL, "principals", index)
    elif whole is not None and whole.root != "var" and whole not in _PRINCIPALS:
        yield _at("TFG203", f"`{principal}` is no account, role or user", hint, _URL, "principals", index)


def _distribution(spec: Spec) -> Iterator[Diagnostic]:
    if spec.function_url is None or spec.function_url.authorization_type != "NONE":
        return
    for index, trigger in enumerate(spec.triggers):
        if trigger.type == "cloudfront":
            summary = "CloudFront's permission is for a URL of `authorization_type: AWS_IAM`"
            hint = "write that, or anybody could go past the distribution"
            yield _at("TFG310", summary, hint, "triggers", index)


def _code_signing(spec: Spec) -> Iterator[Diagnostic]:
    signing = spec.code_signing
    if signing is None:
        return
    if "code_signing_config_arn" in spec.model_fields_set:
        summary = "`code_signing_config_arn` is a second configuration, beside `code_signing`"
        yield _at("TFG310", summary, "keep one of them", "code_signing_config_arn", key=True)
    if spec.package_type == "Image":
        hint = "remove it: Lambda looks at the signatures of ZIP packages alone"
        summary = "`code_signing` belongs to package_type Zip, not Image"
        yield _at("TFG301", summary, hint, "code_signing", key=True)
    arns = _literal(signing.signing_profile_version_arns)
    for index, arn in enumerate(arns):
        if arn in arns[:index]:
            where = ("code_signing", "signing_profile_version_arns", index)
            yield _at("TFG206", f"`{arn}` is given twice", "remove it", *where)


def _subnets(spec: Spec) -> Iterator[Diagnostic]:
    if spec.vpc_config and len(_literal(spec.vpc_config.subnet_ids)) == 1:
        summary = "with one subnet, the function stops when its availability zone does"
        hint = "several subnets are advised, in two availability zones or more"
        yield _at("TFG703", summary, hint, "vpc_config", "subnet_ids", key=True)


def _network(spec: Spec) -> Iterator[Diagnostic]:
    """Lambda refuses half of it: `SubnetIds and SecurityIds must coexist or be both empty list`."""
    network = spec.vpc_config
    if network is None:
        return
    lists = {"subnet_ids": network.subnet_ids, "security_group_ids": network.security_group_ids}
    empty = [key for key, ids in lists.items() if ids == ()]
    full = [key for key, ids in lists.items() if _literal(ids)]
    if empty and full:
        hint = f"add some, or leave `{full[0]}` empty as well and the function is in no VPC"
        yield _at("TFG309", f"`{full[0]}` needs `{empty[0]}`", hint, "vpc_config", empty[0], key=True)


def _ids(spec: Spec) -> Iterator[Diagnostic]:
    """Ids of other things, as EC2 begins these: ec2.CreateSubnet and its like."""
    vpc = spec.vpc_config
    places: list[tuple[tuple[str, ...], Texts | None, str, str]] = [
        (("replacement_security_group_ids",), spec.replacement_security_group_ids, "sg", "a security group")
    ]
    if vpc is not None:
        places.append((("vpc_config", "subnet_ids"), vpc.subnet_ids, "subnet", "a subnet"))
        places.append(
            (("vpc_config", "security_group_ids"), vpc.security_group_ids, "sg", "a security group")
        )
    for path, values, begin, what in places:
        for index, one in enumerate(_literal(values or ())):
            kind = _EC2_ID.match(one) if isinstance(one, str) else None
            if kind and kind[1] != begin:
                summary = f"{show(one)} is not the id of {what}"
                yield _at("TFG203", summary, f"it must look like {begin}-0123456789abcdef0", *path, index)


def _literal(values: Texts) -> tuple[object, ...]:
    """The entries of a list that the spec gives; none where the caller does."""
    return () if isinstance(values, Template) else values


#: Each rule with the top-level keys that it looks at.
RULES: Rules = {
    _authorization: ("function_url",),
    _public: ("function_url",),
    _cors: ("function_url",),
    _principals: ("function_url",),
    _distribution: ("function_url", "triggers"),
    _code_signing: ("code_signing", "code_signing_config_arn", "package_type"),
    _subnets: ("vpc_config",),
    _ids: ("vpc_config", "replacement_security_group_ids"),
    _network: ("vpc_config",),
}
