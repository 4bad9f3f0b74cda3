"""The function's URL, or its alias's, and who may call it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from tfgen.expressions import Reference
from tfgen.hcl import Hcl, Interpolation, Ref, Value, parts_of, to_hcl
from tfgen.plan.model import Command, FeaturePlan, Target
from tfgen.plan.surroundings import Surroundings
from tfgen.plan.words import invoked, text
from tfgen.schema.places import Text
from tfgen.spec.access import FunctionUrl
from tfgen.spec.models import Spec
from tfgen.triggers.base import Output
from tfgen.triggers.checks import Check, checks

_RIGHTS = "lambda:InvokeFunctionUrl and lambda:InvokeFunction"
_CALLS = "calls its URL"
_NUMBER = re.compile("[0-9]{12}")
_LONGEST_KEY = 64  # so that a statement's id keeps to 100 characters
_URL = "aws_lambda_function_url.this"
_OUTPUTS = (
    Output("function_url", "The function's URL", Ref(f"{_URL}.function_url")),
    Output("function_url_id", "Id of the function's URL", Ref(f"{_URL}.url_id")),
    Output(
        "function_url_domain_name",
        "Host of the function's URL, as a CloudFront origin names it",
        Hcl(f'trimsuffix(trimprefix({_URL}.function_url, "https://"), "/")'),
    ),
)


def plan(spec: Spec, module: Surroundings) -> FeaturePlan | None:
    """The URL and its permissions, if the spec describes one."""
    url = spec.function_url
    if url is None:
        return None
    principals = url.principals if isinstance(url.principals, tuple) else ()
    by_key = _by_key(principals, module)
    return FeaturePlan(
        "function_url",
        {
            "authorization_type": to_hcl(url.authorization_type),
            "invoke_mode": module.hcl(url.invoke_mode),
            "qualifier": module.qualifier(module.alias),
            "cors": url.cors and {name: module.hcl(value) for name, value in url.cors},
            "public": url.public,
            "principals": to_hcl(by_key) if by_key else None,
        },
        outputs=_OUTPUTS,
        callers=_callers(spec, url, principals),
        notes=tuple(_notes(spec, url, principals)),
        commands=tuple(_commands(spec, url)),
        checks=tuple(_checks(url, by_key, module)),
    )


def _checks(url: FunctionUrl, by_key: Mapping[str, Value], module: Surroundings) -> Iterator[Check]:
    yield from checks(module, _URL, url, "authorization_type", "invoke_mode", "cors")
    if url.public:
        yield Check(Hcl("aws_lambda_permission.function_url.principal"), "*")
    for key, principal in by_key.items():
        for label in ("function_url", "function_url_invoker"):
            yield Check(Hcl(f"aws_lambda_permission.{label}[{to_hcl(key)}].principal"), principal)


def _by_key(principals: tuple[Text, ...], module: Surroundings) -> dict[str, Value]:
    """The principals by keys that are known before apply: a variable's name, or the end of an ARN."""
    found: dict[str, Value] = {}
    for index, principal in enumerate(principals):
        key = re.split("[/:]", text(principal).removesuffix(":root"))[-1]
        key = re.sub("[^a-zA-Z0-9_-]+", "-", key.replace("${var.", "")).strip("-")[-_LONGEST_KEY:]
        found[f"{key}-{index + 1}" if key in found or not key else key] = _principal(principal, module)
    return found


def _principal(principal: Text, module: Surroundings) -> Value:
    """An account by its ARN: AWS keeps that, and the provider would have a new permission for each number."""
    value = module.value(principal)
    whole = None if isinstance(principal, str) else principal.whole
    is_variable = whole is not None and whole.root == "var"
    is_account = whole == Reference("aws", "account_id") if whole else _NUMBER.fullmatch(text(principal))
    if not is_variable and not is_account:
        return value
    # Here, for a module has the data source of what is asked for, whether or not it then stands anywhere.
    account = Interpolation(("arn:", module.aws("partition"), ":iam::", *parts_of(value), ":root"))
    if is_variable:
        # In brackets, since python-hcl2 cannot write a bare conditional within an object.
        return Hcl(f"(length({value}) == 12 ? {to_hcl(account)} : {value})")
    return account


def _callers(spec: Spec, url: FunctionUrl, principals: tuple[Text, ...]) -> tuple[Target, ...]:
    if url.public:
        return (Target("Anybody", _CALLS),)
    if principals:
        return tuple(Target(_who(principal), _CALLS) for principal in principals)
    return () if _has_distribution(spec) else (Target("Roles and users of the account", _CALLS),)


def _who(principal: Text) -> str:
    is_account = isinstance(principal, str) and _NUMBER.fullmatch(principal)
    return f"Account {principal}" if is_account else text(principal)


def _has_distribution(spec: Spec) -> bool:
    return any(trigger.type == "cloudfront" for trigger in spec.triggers)


def _notes(spec: Spec, url: FunctionUrl, principals: tuple[Text, ...]) -> list[str]:
    """What only somebody else can do. Since October 2025 a new URL asks for both rights."""
    arn = "the ARN in the output alias_arn" if spec.alias else "the ARN in the output function_arn"
    if url.public:
        return [
            "let everybody invoke the function by its URL, which a URL made since October 2025 asks for and "
            "the provider can say from version 6.28 on: by the command add-permission under Looking into it"
        ]
    if principals:
        return [f"callers of other accounts need {_RIGHTS} on {arn} in their own policies as well"]
    if _has_distribution(spec):
        return []
    return [f"a role or user that is to call the URL needs {_RIGHTS} on {arn} in its own policies"]


def _commands(spec: Spec, url: FunctionUrl) -> list[Command]:
    function = invoked(spec)
    asked = f'url="$(aws lambda get-function-url-config {function} --query FunctionUrl --output text)"'
    if url.authorization_type == "NONE":
        allow = (
            f"aws lambda add-permission {function} \\\n"
            "  --statement-id FunctionURLAllowInvokeAction --action lambda:InvokeFunction \\\n"
            "  --principal '*' --invoked-via-function-url"
        )
        return [
            Command("Let everybody invoke it by its URL, once that is there", allow),
            Command("Call its URL", f'{asked}\ncurl --include "$url"'),
        ]
    signed = (
        f'{asked}\neval "$(aws configure export-credentials --format env)"\n'
        'curl --include --aws-sigv4 "aws:amz:$(echo "$url" | cut -d . -f 3):lambda" \\\n'
        '  --user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY" \\\n'
        '  --header "x-amz-security-token: $AWS_SESSION_TOKEN" "$url"'
    )
    return [Command("Call its URL, signed by whoever the command line is", signed)]
