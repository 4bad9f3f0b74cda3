"""Any other principal that may invoke the function: the permission alone, whatever invokes it is set up
elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Any, Literal, Self

from pydantic import Field

from tfgen.diagnostics import Diagnostic
from tfgen.expressions import Template
from tfgen.hcl import Hcl, to_hcl
from tfgen.schema import bounds as b
from tfgen.schema.places import Place, Text
from tfgen.triggers.base import Function, Module, Trigger, TriggerPlan, at, text

# lambda.AddPermission. Wildcards are left out of the action: a permission is for one thing.
PRINCIPAL = b.text(
    1,
    256,
    r"^(\*|[0-9]{12}|arn:aws[a-zA-Z-]*:(iam|sts)::[0-9]{12}:[!-~]+|([a-z0-9-]+\.)+amazon(aws\.com(\.cn)?|\.com))$",
    "a service such as s3.amazonaws.com, an account's number, the ARN of a role or user, or *",
)
SOURCE_ARN = b.text(
    1, None, r"^arn:aws[a-zA-Z0-9-]*:[a-zA-Z0-9-]+:[a-z0-9-]*:([0-9]{12})?:.*$", "the ARN of a resource"
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


class Permission(Trigger):
    """A principal that may invoke the function."""

    type: Literal["permission"] = Field(description="Kind of the trigger")
    principal: Annotated[Text, Place(PRINCIPAL)] = Field(
        description="Who may: a service such as s3.amazonaws.com, an account's number, the ARN of a role or "
        "user, or with `principal_org_id` *"
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
        given = self.model_fields_set
        key = "function_url_auth_type"
        if key in given and isinstance(self.action, str) and self.action != _INVOKE_URL:
            hint = f"add `action: {_INVOKE_URL}`, or remove it"
            yield at("TFG309", f"`{key}` is about the function's URL", hint, key, key=True)
        if not isinstance(self.principal, str):
            return
        if self.principal == "*" and "principal_org_id" not in given:
            summary = "anyone could invoke the function"
            hint = "add `principal_org_id`, or name who may: an account, a role, a service"
            yield at("TFG318", summary, hint, "principal")
        elif is_service(self.principal) and not given.intersection(_LIMITS):
            summary = f"`{self.principal}` could invoke the function for any AWS account"
            hint = f"add `source_arn`; if there is none, one of {', '.join(_LIMITS[1:])}"
            yield at("TFG318", summary, hint, "principal")
        if not is_service(self.principal):
            for key in (key for key in _OF_SERVICES if key in given):
                summary = f"`{key}` is about what a service acts for, and `{self.principal}` is no service"
                yield at("TFG310", summary, "remove it, or it would never be allowed", key, key=True)

    def plan(self, module: Module, entries: Sequence[Self]) -> TriggerPlan:
        arguments: dict[str, Any] = self.arguments(module, *_LIMITS, "function_url_auth_type", "action")
        comment = f"{_who(self)} may {_what(self.action)}"
        if self.source_arn is not None:
            comment += " for one source alone"
            if _is_of_this_account(self):
                comment += f", and only while that is this account's{_reason(self.source_arn)}"
                arguments["source_account"] = _own_account(module, self.source_arn)
        if self.event_source_token is not None:
            comment += ", with one token alone"
        permission = self.permission(module, f"{comment}.", "", **arguments)
        return TriggerPlan(
            self.type,
            self.label,
            text(self.principal),
            {},
            permissions=(permission._replace(principal=to_hcl(module.value(self.principal))),),
            notes=(self._note(),),
        )

    def _note(self) -> str:
        arn = arn_to_give(self.qualifier)
        if _may_be_service(self.principal):
            return f"have {text(self.principal)} invoke {arn}"
        return f"callers of other accounts need {text(self.action)} on {arn} in their own policies as well"


def is_service(principal: Text) -> bool:
    """Whether a principal is a service, as far as the spec says."""
    return not text(principal).startswith("arn:") and text(principal).endswith((".com", ".com.cn"))


def arn_to_give(qualifier: Text | None) -> str:
    """What to tell a source to invoke, where its own settings are not the module's."""
    return "the ARN in the output function_arn" + (
        f" with :{text(qualifier)} at its end" if qualifier else ""
    )


def has_account(arn: Text) -> bool | None:
    """Whether an ARN says which account its resource is of; None where only the caller knows."""
    known = arn if isinstance(arn, str) else "".join(_known(part) for part in arn.parts)
    parts = known.split(":")
    return bool(parts[4]) if len(parts) > 5 else None


def _known(part: object) -> str:
    return part if isinstance(part, str) else "-"


def _may_be_service(principal: Text) -> bool:
    return is_service(principal) or (isinstance(principal, Template) and principal.whole is not None)


def _who(trigger: Permission) -> str:
    who = "Anyone" if trigger.principal == "*" else text(trigger.principal)
    return f"{who} in the organisation" if trigger.principal_org_id is not None else who


def _what(action: Text) -> str:
    return "invoke the function" if action == _INVOKE else f"call {text(action)} on the function"


def _is_of_this_account(trigger: Permission) -> bool:
    """Whether the source could be anybody's, and should be the caller's own."""
    assert trigger.source_arn is not None
    whose = trigger.source_account is not None or trigger.principal_org_id is not None
    return not whose and _may_be_service(trigger.principal) and not has_account(trigger.source_arn)


def _reason(source_arn: Text) -> str:
    known = has_account(source_arn) is False
    return ": its ARN does not say whose it is" if known else ", where its ARN does not say whose it is"


def _own_account(module: Module, source_arn: Text) -> Hcl:
    account = module.aws("account_id")
    if has_account(source_arn) is False:
        return account
    arn = to_hcl(module.value(source_arn))
    return Hcl(f'split(":", {arn})[4] == "" ? {account} : null')
