"""Rules about policies and statements that allow more than a function is likely to need."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from tfgen.diagnostics import Diagnostic, Node
from tfgen.expressions import Template
from tfgen.schema.places import Text, Texts
from tfgen.spec.models import Spec
from tfgen.spec.rules import Rules
from tfgen.spec.sections import PolicyStatement

_EVERY_ACTION = re.compile(r"\*|([^:]+):\*+")
#: `*`, and ARNs that leave everything but the service open.
_EVERY_RESOURCE = re.compile(r"\*|arn:\*+|arn:[^:]+:[^:]+:\**:\**:\**")
_OF_AWS = re.compile("arn:[^:]+:iam::aws:policy/(.+)")
#: AWS's own policies that allow as much, and what: AWS Managed Policy Reference Guide.
MANAGED: Mapping[str, str] = {
    "AdministratorAccess": "every action there is",
    "IAMFullAccess": "every action of iam, so that the function may give itself any other",
    "PowerUserAccess": "every action there is but those of iam, organizations and account",
}

#: Actions that IAM knows no narrower resources for: by service, with * for the rest of a name. They are those
#: of the Service Authorization Reference, as cfn-lint 1.58 has it, and some for which it knows resources that
#: few functions have: a model, terminology or lexicon of one's own, a billing view, a data set of metrics. Of
#: network interfaces Lambda's developer guide asks for all, and of EC2 a part of what describes.
WITHOUT_RESOURCES: Mapping[str, str] = {
    "application-autoscaling": "describe*",
    "autoscaling": "describe*",
    "bedrock": "listfoundationmodels",
    "ce": "get*",
    "cloudformation": "listexports listimports liststacks",
    "cloudtrail": "lookupevents",
    "cloudwatch": "describealarmsformetric getmetricdata getmetricstatistics getmetricwidgetimage "
    "listdashboards listmetrics listmetricstreams putmetricdata",
    "cognito-idp": "listuserpools",
    "comprehend": "batchdetect* containspiientities detect*",
    "compute-optimizer": "get*",
    "config": "describeconfigrules getresourceconfighistory listdiscoveredresources putevaluations "
    "selectresourceconfig",
    "cost-optimization-hub": "get* list*",
    "dynamodb": "describelimits listbackups liststreams listtables",
    "ec2": "assignprivateipaddresses createnetworkinterface deletenetworkinterface describe* "
    "unassignprivateipaddresses",
    "ecr": "getauthorizationtoken",
    "ecs": "deregistertaskdefinition describetaskdefinition listclusters listtaskdefinitions",
    "elasticloadbalancing": "describe*",
    "events": "listeventbuses listrules",
    "firehose": "listdeliverystreams",
    "health": "describeentityaggregates describeevents describeeventtypes",
    "iam": "generatecredentialreport getaccount* getcredentialreport listaccountaliases listgroups "
    "listpolicies listroles listusers",
    "iot": "describeendpoint",
    "kinesis": "describelimits liststreams",
    "kms": "generaterandom listaliases listkeys",
    "lambda": "getaccountsettings listeventsourcemappings listfunctions listlayers",
    "logs": "describeloggroups describequeries describequerydefinitions describeresourcepolicies "
    "getlogfields stopquery testmetricfilter",
    "organizations": "describeorganization listaccounts listroots",
    "polly": "describevoices synthesizespeech",
    "pricing": "*",
    "rekognition": "comparefaces detectfaces detectlabels detectmoderationlabels detectprotectiveequipment "
    "detecttext recognizecelebrities",
    "route53": "getcheckeripranges listhostedzones listhostedzonesbyname",
    "s3": "listaccesspoints listallmybuckets listjobs",
    "scheduler": "listschedulegroups listschedules",
    "secretsmanager": "batchgetsecretvalue getrandompassword listsecrets",
    "servicequotas": "listservices",
    "ses": "getaccount getsendquota getsendstatistics listidentities",
    "sns": "checkifphonenumberisoptedout getsmsattributes listphonenumbersoptedout listsubscriptions "
    "listtopics",
    "sqs": "listqueues",
    "ssm": "describeinstanceinformation describeparameters getinventory listcommands listdocuments",
    "ssmmessages": "*",
    "states": "liststatemachines sendtaskfailure sendtaskheartbeat sendtasksuccess",
    "sts": "decodeauthorizationmessage getaccesskeyinfo getcalleridentity getsessiontoken",
    "support": "*",
    "tag": "*",
    "textract": "analyze* detect* getdocument* getexpenseanalysis getlendinganalysis* start*",
    "transcribe": "list*",
    "translate": "listlanguages listterminologies translatedocument translatetext",
    "xray": "batchget* getsampling* getservicegraph gettracegraph gettracesummaries put*",
}


def _statements(spec: Spec) -> Iterator[tuple[int, PolicyStatement]]:
    """Those that allow something."""
    for index, statement in enumerate(spec.policy_statements):
        if statement.effect in {None, "Allow"}:
            yield index, statement


def _at(code: str, summary: str, hint: str, *path: str | int, key: bool = False) -> Diagnostic:
    return Diagnostic(code, summary, hint, Node(("policy_statements", *path), key=key))


def _listed(texts: Texts | None) -> tuple[str, ...]:
    """The entries that the spec gives, an expression in them as a hyphen."""
    if texts is None or isinstance(texts, Template):
        return ()
    return tuple(map(_outline, texts))


def _outline(text: Text) -> str:
    return text.outline if isinstance(text, Template) else text


def _actions(spec: Spec) -> Iterator[Diagnostic]:
    for index, statement in _statements(spec):
        for number, action in enumerate(_listed(statement.actions)):
            if match := _EVERY_ACTION.fullmatch(action):
                what = "every action there is" if match[1] is None else f"every action of {match[1]}"
                hint = "name those that the function uses, or write `permissions` by intent"
                yield _at("TFG404", f"the statement allows {what}", hint, index, "actions", number)


def _resources(spec: Spec) -> Iterator[Diagnostic]:
    for index, statement in _statements(spec):
        if statement.condition or all(map(_has_no_resources, _listed(statement.actions))):
            continue
        for number, resource in enumerate(_listed(statement.resources)):
            if _EVERY_RESOURCE.fullmatch(resource):
                hint = "write the ARNs of those that the function uses, or add a `condition`"
                summary = "the statement is about every resource there is"
                yield _at("TFG405", summary, hint, index, "resources", number)


def _policies(spec: Spec) -> Iterator[Diagnostic]:
    for index, policy in enumerate(_listed(spec.policy_arns)):
        match = _OF_AWS.fullmatch(policy)
        if match is not None and match[1] in MANAGED:
            summary = f"`{match[1]}` allows {MANAGED[match[1]]}"
            hint = "allow what the function does in `permissions` or `policy_statements`"
            yield Diagnostic("TFG404", summary, hint, Node(("policy_arns", index)))


def _has_no_resources(action: str) -> bool:
    """Whether an action cannot be allowed for less than everything."""
    service, _, name = action.lower().partition(":")
    return any(
        name == known or (known.endswith("*") and name.startswith(known[:-1]))
        for known in WITHOUT_RESOURCES.get(service, "").split()
    )


def _negations(spec: Spec) -> Iterator[Diagnostic]:
    for index, statement in _statements(spec):
        for key, of_all in (("not_actions", "every action"), ("not_resources", "every resource")):
            if key in statement.model_fields_set:
                summary = (
                    f"the statement allows {of_all} but those in `{key}`, also such as AWS has yet to make"
                )
                hint = f"write `{key.removeprefix('not_')}`, or deny them in a statement of `effect: Deny`"
                yield _at("TFG406", summary, hint, index, key, key=True)


#: Each rule with the top-level keys that it looks at.
RULES: Rules = {
    _actions: ("policy_statements",),
    _resources: ("policy_statements",),
    _negations: ("policy_statements",),
    _policies: ("policy_arns",),
}
