"""Any other principal that may invoke the function: the permission alone, whatever invokes it is set up
elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any, Literal, Self

from pydantic import Field

from tfgen.diagnostics import Diagnostic
from tfgen.expressions import Reference, Template
from tfgen.hcl import Hcl, Interpolation, Value, parts_of, to_hcl
from tfgen.schema import bounds as b
from tfgen.schema.places import Place, Text
from tfgen.triggers.base import Function, Module, Trigger, TriggerPlan, at, service_of, text

# lambda.AddPermission. Wildcards are left out of the action: a permission is for one thing.
PRINCIPAL = b.text(
    1,
    256,
    r"^(\*|[0-9]{12}|arn:"
    + b.PARTITION
    + r":(iam|sts)::[0-9]{12}:[!-~]+|([a-z0-9-]+\.)+amazonaws\.com(\.cn)?"
    + r"|alexa-(appkit|connectedhome)\.amazon\.com)$",
    "a service such as s3.amazonaws.com, an account's number, the ARN of a role or user, or *",
)
SOURCE_ARN = b.text(
    1, None, b.ARN + f"[a-zA-Z0-9-]+:({b.REGION})?:" + r"([0-9]{12})?:.+$", "the ARN of a resource"
)
SOURCE_ACCOUNT = b.text(12, 12, r"^[0-9]{12}$", "an account's number of twelve digits")
PRINCIPAL_ORG_ID = b.text(12, 34, r"^o-[a-z0-9]{10,32}$", "an organisation's id, o-ID")
EVENT_SOURCE_TOKEN = b.text(1, 256, r"^[a-zA-Z0-9._-]+$", "letters, digits, ., - and _")
FUNCTION_URL_AUTH_TYPE = b.choice("AWS_IAM", "NONE")
ACTION = b.text(8, 128, r"^lambda:[a-zA-Z]+$", "one action, lambda:NAME")

_INVOKE = "lambda:InvokeFunction"
_INVOKE_URL = "lambda:InvokeFunctionUrl"
_OF_SERVICES = ("source_arn", "source_account")
_LIMITS = (*_OF_SERVICES, "principal_org_id", "event_source_token")
_ALEXA = ("alexa-appkit.amazon.com", "alexa-connectedhome.amazon.com")
#: What a service invokes functions for: the service in its ARNs, as its own guide grants it the permission.
#: The sources of most are in the files of their kinds; CloudWatch's is its user guide, "Invoke a Lambda
#: function from an alarm".
ARN_SERVICES: Mapping[str, str] = {
    "apigateway": "execute-api",
    "cloudfront": "cloudfront",
    "cognito-idp": "cognito-idp",
    "config": "config",
    "elasticloadbalancing": "elasticloadbalancing",
    "events": "events",
    "iot": "iot",
    "lambda.alarms.cloudwatch": "cloudwatch",
    "lexv2": "lex",
    "logs": "logs",
    "s3": "s3",
    "secretsmanager": "secretsmanager",
    "ses": "ses",
    "sns": "sns",
}
_SERVICE = re.compile(rf"(.+?)(?:\.{b.REGION})?\.amazonaws\.com(?:\.cn)?")
_NAME = re.compile("[a-z][a-z0-9-]*[a-z0-9]")  # of a service, whole
#: The actions on functions: Service Authorization Reference, "AWS Lambda". Capitals are nothing to IAM: its
#: user guide, "IAM JSON policy elements: Action".
ACTIONS = (
    "AddPermission CreateAlias CreateEventSourceMapping CreateFunction CreateFunctionUrlConfig "
    "DeleteAlias DeleteFunction DeleteFunctionCodeSigningConfig DeleteFunctionConcurrency "
    "DeleteFunctionEventInvokeConfig DeleteFunctionUrlConfig DeleteProvisionedConcurrencyConfig GetAlias "
    "GetFunction GetFunctionCodeSigningConfig GetFunctionConcurrency GetFunctionConfiguration "
    "GetFunctionEventInvokeConfig GetFunctionRecursionConfig GetFunctionScalingConfig "
    "GetFunctionUrlConfig GetPolicy GetProvisionedConcurrencyConfig GetRuntimeManagementConfig "
    "InvokeAsync InvokeFunction InvokeFunctionUrl ListAliases ListEventSourceMappings "
    "ListFunctionEventInvokeConfigs ListFunctionUrlConfigs ListProvisionedConcurrencyConfigs ListTags "
    "ListVersionsByFunction PublishVersion PutFunctionCodeSigningConfig PutFunctionConcurrency "
    "PutFunctionEventInvokeConfig PutFunctionRecursionConfig PutFunctionScalingConfig "
    "PutProvisionedConcurrencyConfig PutRuntimeManagementConfig RemovePermission TagResource "
    "UntagResource UpdateAlias UpdateEventSourceMapping UpdateFunctionCode "
    "UpdateFunctionCodeSigningConfig UpdateFunctionConfiguration UpdateFunctionEventInvokeConfig "
    "UpdateFunctionUrlConfig"
)
#: Operations that have no action of their name: Lambda's API reference, "Invoke", "InvokeWithResponseStream".
_OPERATIONS = {"invoke": "InvokeFunction", "invokewithresponsestream": "InvokeFunction"}
# Of the principals that are one whole expression, those that are an account's number or a role's ARN.
_CALLER, _ROLE = Reference("aws", "account_id"), Reference("function", "role_arn")
_NUMBER = re.compile("[0-9]{12}")
_ROOT = re.compile(r"arn:[^:]+:iam::([0-9]{12}|\$\{[a-z]+\.[a-zA-Z0-9_-]+\}):root")


class Permission(Trigger):
    """A principal that may invoke the function."""

    type: Literal["permission"] = Field(description="Kind of the trigger")
    principal: Annotated[Text, Place(PRINCIPAL)] = Field(
        description="Who may: a service such as s3.amazonaws.com, an account's number, the ARN of a role or "
        "user, or with `principal_org_id` *. An expression that "
        "does not begin with arn: needs a limit beside it"
    )
    source_arn: Annotated[Text | None, Place(SOURCE_ARN)] = Field(
        None, description="ARN of the resource that a service acts for"
    )
    source_account: Annotated[Text | None, Place(SOURCE_ACCOUNT)] = Field(
        None,
        description="Account that a service acts for; the caller's own if not given and `source_arn` names "
        "none, as a bucket's does not",
    )
    principal_org_id: Annotated[Text | None, Place(PRINCIPAL_ORG_ID)] = Field(
        None, description="Organisation that the principal must belong to"
    )
    event_source_token: Annotated[Text | None, Place(EVENT_SOURCE_TOKEN)] = Field(
        None, description="Token that the principal must show"
    )
    function_url_auth_type: Annotated[Text | None, Place(FUNCTION_URL_AUTH_TYPE)] = Field(
        None, description="AWS_IAM or NONE: how the function's URL must know its callers"
    )
    action: Annotated[Text, Place(ACTION)] = Field(
        _INVOKE, description="What the principal may do; lambda:InvokeFunction if not given"
    )

    def findings(self, function: Function) -> Iterator[Diagnostic]:
        yield from self._of_an_action()
        given = self.model_fields_set
        key = "function_url_auth_type"
        if key in given and isinstance(self.action, str) and self.action != _INVOKE_URL:
            hint = f"add `action: {_INVOKE_URL}`, or remove it"
            yield at("TFG309", f"`{key}` is about the function's URL", hint, key, key=True)
        if is_service(self.principal):
            yield from self._of_a_service(text(self.principal))
        elif isinstance(self.principal, Template):
            if _is_open(self.principal) and not given.intersection(_LIMITS):
                summary = f"`{self.principal}` could be anybody, and anyone could invoke the function"
                hint = "write an ARN, of an account `arn:${aws.partition}:iam::${var.account}:root`"
                yield at("TFG318", summary, hint, "principal")
        else:
            if self.principal == "*" and "principal_org_id" not in given:
                hint = "add `principal_org_id`, or name who may: an account, a role, a service"
                yield at("TFG318", "anyone could invoke the function", hint, "principal")
            for key in (key for key in _OF_SERVICES if key in given):
                summary = f"`{key}` is about what a service acts for, and `{self.principal}` is no service"
                yield at("TFG310", summary, "remove it, or it would never be allowed", key, key=True)

    def _of_an_action(self) -> Iterator[Diagnostic]:
        """A name that is certainly another action's, misspelt. One that nobody knows yet is let through."""
        name = self.action.partition(":")[2] if isinstance(self.action, str) else ""
        known = ACTIONS.split() if self.action not in {_INVOKE, _INVOKE_URL} else []
        if not name or not known or name.lower() in map(str.lower, known):
            return
        from tfgen.schema.certain import word  # here, since a spec without mistakes needs none of this

        if meant := _OPERATIONS.get(name.lower()) or word(name, known):
            hint = f"did you mean `lambda:{meant}`?"
            yield at("TFG204", f"`{self.action}` is no action", hint, "action", meant=f"lambda:{meant}")

    def _of_a_service(self, service: str) -> Iterator[Diagnostic]:
        given = self.model_fields_set
        is_alexa = service in _ALEXA
        if not given.intersection((*_OF_SERVICES, "event_source_token") if is_alexa else _OF_SERVICES):
            summary = f"`{service}` could invoke the function for any AWS account"
            hint = "add `source_arn`, or `source_account` if there is none"
            if is_alexa:
                summary = f"`{service}` could invoke the function for any skill"
                hint = "add `event_source_token`, the skill's id"
            yield at("TFG318", summary, hint, "principal")
        match = _SERVICE.fullmatch(service)
        right = ARN_SERVICES.get(match[1]) if match else None
        found = None if self.source_arn is None else service_of(self.source_arn)
        if right and found and found != right and _NAME.fullmatch(found):
            summary = f"`source_arn` is an ARN of {found}, for which `{service}` never invokes a function"
            yield at("TFG310", summary, f"write one of {right}, or another `principal`", "source_arn")
        account = _account(self.source_arn)
        if account and isinstance(self.source_account, str) and account != self.source_account:
            summary = f"`source_account` is {self.source_account}, and `source_arn` is of account {account}"
            hint = "remove it, or the service would never be allowed"
            yield at("TFG310", summary, hint, "source_account")
        if "principal_org_id" in given:
            summary = "`principal_org_id` is about accounts, and a service is in no organisation"
            hint = "remove it, or the service would never be allowed"
            yield at("TFG310", summary, hint, "principal_org_id", key=True)
        if "event_source_token" in given and not is_alexa:
            summary = f"`event_source_token` is for {' and '.join(_ALEXA)}"
            hint = "remove it, or the service would never be allowed"
            yield at("TFG310", summary, hint, "event_source_token", key=True)

    def plan(self, module: Module, entries: Sequence[Self]) -> TriggerPlan:
        arguments: dict[str, Any] = self.arguments(module, *_LIMITS, "function_url_auth_type", "action")
        comment = f"{_who(self)} may {_what(self.action)}"
        if self.source_arn is not None:
            comment += " for one source alone"
            if _is_of_this_account(self):
                comment += _reason(self.source_arn)
                arguments["source_account"] = _own_account(module, self.source_arn)
        if self.event_source_token is not None:
            comment += ", with one token alone"
        permission = self.permission(module, f"{comment}.", "", **arguments)
        return TriggerPlan(
            self.type,
            self.label,
            text(self.principal),
            {},
            permissions=(permission._replace(principal=to_hcl(_principal(module, self.principal))),),
            notes=(self._note(module),),
        )

    def _note(self, module: Module) -> str:
        arn = arn_to_give(module, self.qualifier)
        if _may_be_service(self.principal):
            return f"have {text(self.principal)} invoke {arn}"
        return f"callers of other accounts need {text(self.action)} on {arn} in their own policies as well"


def is_service(principal: Text) -> bool:
    """Whether a principal is a service, as far as the spec says."""
    return not text(principal).startswith("arn:") and text(principal).endswith((".com", ".com.cn"))


def arn_to_give(module: Module, qualifier: Text | None) -> str:
    """What to tell a source to invoke, where its own settings are not the module's."""
    if module.is_own_alias(qualifier):
        return "the ARN in the output alias_arn"
    return "the ARN in the output function_arn" + (
        f" with :{text(qualifier)} at its end" if qualifier else ""
    )


def has_account(arn: Text) -> bool | None:
    """Whether an ARN says which account its resource is of; None where only the caller knows."""
    parts = (arn if isinstance(arn, str) else arn.outline).split(":")
    return bool(parts[4]) if len(parts) > 5 else None


def _account(arn: Text | None) -> str:
    """The account in an ARN, where the spec's text says it."""
    return arn.split(":")[4] if isinstance(arn, str) else ""


def _may_be_service(principal: Text) -> bool:
    return is_service(principal) or (isinstance(principal, Template) and _is_open(principal))


def _is_open(principal: Template) -> bool:
    """Whether a principal is an expression that could be `*` or a service."""
    if principal.whole in {_CALLER, _ROLE}:
        return False
    first = principal.parts[0]
    return not isinstance(first, str) or not first.startswith("arn:")


def _principal(module: Module, principal: Text) -> Value:
    """An account by its ARN: AWS keeps that, and the provider would have a new permission for each number."""
    value = module.value(principal)
    if isinstance(principal, str) and not _NUMBER.fullmatch(principal):
        return value
    if isinstance(principal, Template) and principal.whole != _CALLER:
        return value
    return Interpolation(("arn:", module.aws("partition"), ":iam::", *parts_of(value), ":root"))


def _who(trigger: Permission) -> str:
    who = _name(trigger.principal)
    return f"{who} in the organisation" if trigger.principal_org_id is not None else who


def _name(principal: Text) -> str:
    """A principal in the words of a comment, which has no expressions of the spec's."""
    known = text(principal)
    if principal == "*":
        return "Anyone"
    if isinstance(principal, str) and _NUMBER.fullmatch(principal):
        return f"Account {principal}"
    if account := _ROOT.fullmatch(known):
        number = account[1]
        return f"Account {number}" if number[0] != "$" else f"The account in {number[2:-1]}"
    if isinstance(principal, str):
        return known
    if principal.whole is None:
        return "The principal below"
    return "This account" if principal.whole == _CALLER else f"The principal in {text(principal.whole)[2:-1]}"


def _what(action: Text) -> str:
    if isinstance(action, Template):
        return "take the action below on the function"
    return "invoke the function" if action == _INVOKE else f"call {action} on the function"


def _is_of_this_account(trigger: Permission) -> bool:
    """Whether the source could be anybody's, and should be the caller's own."""
    assert trigger.source_arn is not None
    whose = trigger.source_account is not None or trigger.principal_org_id is not None
    return not whose and _may_be_service(trigger.principal) and not has_account(trigger.source_arn)


def _reason(source_arn: Text) -> str:
    if has_account(source_arn) is False:
        return ", and only if it belongs to this account, which its ARN does not say"
    return " and, if its ARN names no account, only if it belongs to this one"


def _own_account(module: Module, source_arn: Text) -> Hcl:
    account = module.aws("account_id")
    if has_account(source_arn) is False:
        return account
    arn = to_hcl(module.value(source_arn))
    return Hcl(f'split(":", {arn})[4] == "" ? {account} : null')
