"""The codes: every rule that a spec is held to, with its severity and its meaning in one line.

`explanations/CODE.md` says more about each, for `tfgen explain`. Codes never change their meaning and are
never used again.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import NamedTuple


class Severity(Enum):
    """How much a finding matters: an error keeps a spec from being rendered."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Rule(NamedTuple):
    """What a code means.

    `ignorable`: a comment in the spec may say why it does not apply. `between`: it is about several specs.
    """

    summary: str
    severity: Severity = Severity.ERROR
    ignorable: bool = False
    between: bool = False


#: What the first digit of a code says.
GROUPS: Mapping[str, str] = {
    "0": "syntax",
    "1": "schema",
    "2": "limits",
    "3": "cross-field",
    "4": "security",
    "5": "cost",
    "6": "lifecycle",
    "7": "operation",
    "8": "policy",
    "9": "modules",
}


def group(code: str) -> str:
    """The group that a code belongs to."""
    return GROUPS[code[3]]


def _error(summary: str) -> Rule:
    """A mistake without which there is nothing to render, or nothing that Terraform or AWS would take."""
    return Rule(summary)


def _risk(summary: str) -> Rule:
    """A mistake in nearly all specs, but one that an author may have a reason for."""
    return Rule(summary, ignorable=True)


def _shared(summary: str, severity: Severity = Severity.WARNING) -> Rule:
    """What several specs together do wrong, if they are for one account and region."""
    return Rule(summary, severity, ignorable=True, between=True)


def _warning(summary: str) -> Rule:
    return Rule(summary, Severity.WARNING, ignorable=True)


def _advice(summary: str) -> Rule:
    return Rule(summary, Severity.INFO, ignorable=True)


CODES: Mapping[str, Rule] = {
    "TFG001": _error("the file is not UTF-8 text"),
    "TFG002": _error("the text holds a character that no spec may hold"),
    "TFG003": _error("the text is not YAML"),
    "TFG004": _error("a mapping has one key twice"),
    "TFG005": _error("YAML tags are not used in specs"),
    "TFG006": _error("YAML anchors and aliases are not used in specs"),
    "TFG007": _error("a file holds one YAML document"),
    "TFG008": _error("the file is too large"),
    "TFG009": _error("the data is nested too deeply"),
    "TFG010": _error("a mapping key is not plain text"),
    "TFG011": _error("the file is empty or its top level is not a mapping"),
    "TFG012": _error("text is not in Unicode normal form C, so Terraform would change it"),
    "TFG013": _error("a key has no value"),
    "TFG014": Rule("a comment for tfgen that says nothing to it", Severity.WARNING),
    "TFG015": Rule("a comment that ignores what is not found", Severity.WARNING),
    "TFG016": Rule("a comment that ignores what cannot be ignored", Severity.WARNING),
    "TFG017": _error("there are more findings than are told"),
    "TFG101": _error("unknown key"),
    "TFG102": _error("a required key is missing"),
    "TFG103": _error("wrong type"),
    "TFG104": _error("an expression that tfgen does not know"),
    "TFG105": _error("one input variable is used with two types"),
    "TFG106": _error("an input variable is described but not used"),
    "TFG107": _error("an input variable's name is taken"),
    "TFG108": _error("an expression has no value at this place"),
    "TFG201": _error("a number is outside its limits"),
    "TFG202": _error("a text is too short or too long"),
    "TFG203": _error("a text does not have the form that AWS asks for"),
    "TFG204": _error("a value is not among the allowed ones"),
    "TFG205": _error("a list or mapping has too few or too many entries"),
    "TFG206": _error("a list holds one entry twice"),
    "TFG207": _error("a pattern is one that AWS would refuse"),
    "TFG208": _warning("a check that no resource of any module is looked at for"),
    "TFG301": _error("arguments of Zip and Image functions are mixed"),
    "TFG302": _error("the function's code has more than one source, or half of one"),
    "TFG303": _error("the module has no role of its own that this could apply to"),
    "TFG304": _error("a file system needs a VPC"),
    "TFG305": _error("this needs a published version"),
    "TFG306": _error("an IAM statement is incomplete or contradicts itself"),
    "TFG307": _error("two specs write one module"),
    "TFG308": _error("options of a log group that the module does not make"),
    "TFG309": _error("an argument needs another one"),
    "TFG310": _error("two arguments exclude each other, or neither of them is given"),
    "TFG311": _error("two triggers have one name, or names too alike"),
    "TFG312": _error("a batch of messages is larger than its queue or window allows"),
    "TFG313": _error("a queue shows a message again while the function works on it"),
    "TFG314": _error("notifications of one S3 bucket contradict each other"),
    "TFG315": _error("a schedule expression is one that AWS would refuse, or names a time that never comes"),
    "TFG316": _error("an argument belongs to another kind of trigger"),
    "TFG317": _error("a route is one that API Gateway would refuse"),
    "TFG318": _error("a trigger needs an argument that is not given"),
    "TFG319": _error("a trigger would make the function invoke itself"),
    "TFG320": _risk("the function's timeout is longer than a trigger waits"),
    "TFG321": _error("two triggers have one source"),
    "TFG322": _error("an alarm that CloudWatch would refuse, or that could tell nothing"),
    "TFG323": _error("a permission's service or verb is not known"),
    "TFG324": _error("SnapStart is not for this runtime, or not beside this setting"),
    "TFG325": _error("the runtime is not for this architecture"),
    "TFG326": _error("the environment variables are larger than 4 KB together"),
    "TFG327": _error("an environment variable's name is one of Lambda's own"),
    "TFG328": _risk("the handler does not have the runtime's form"),
    "TFG329": _error("a tag has characters that AWS does not take"),
    "TFG331": _shared("two specs make functions of one name"),
    "TFG332": _shared("two specs own the notifications of one bucket", Severity.ERROR),
    "TFG333": _shared("a log group has more than two subscription filters"),
    "TFG334": _shared("specs reserve more concurrency than the account has", Severity.ERROR),
    "TFG335": _shared("two specs make roles of one name"),
    "TFG336": _shared("two functions consume one queue"),
    "TFG341": _warning("a layer says that it is not for this function"),
    "TFG342": _warning("provisioned concurrency cannot be set while the alias has weights"),
    "TFG343": _warning("an image tag or repository that stands in the way of releases"),
    "TFG344": _warning("a destination that may be the function itself"),
    "TFG345": _warning("a saved query that would find nothing"),
    "TFG346": _warning("a public URL that needs a permission which the provider cannot say"),
    "TFG347": _warning("a pattern has an operator that its service does not document"),
    "TFG348": _warning("more filters than an account may have without asking"),
    "TFG349": _risk("a pattern asks for a field that its events do not have"),
    "TFG350": _warning("a queue shows a message again while it is tried anew"),
    "TFG351": _error("no allowed version of Terraform or of the AWS provider can read the module"),
    "TFG401": _risk("a value is a credential"),
    "TFG402": _error("a function URL that anybody may call"),
    "TFG403": _warning("a value looks like a credential, going by its name"),
    "TFG404": _warning("a statement or policy allows every action, or every action of a service"),
    "TFG405": _warning("a statement allows actions on every resource"),
    "TFG406": _warning("a statement allows all that it does not name"),
    "TFG411": _advice("the logs are not encrypted with a key of your own"),
    "TFG412": _advice("the environment variables are not encrypted with a key of your own"),
    "TFG413": _advice("the function takes unsigned code"),
    "TFG501": _advice("logs are kept for ever"),
    "TFG502": _advice("more memory than the function can use"),
    "TFG503": _advice("a timeout far from what the triggers can use"),
    "TFG504": _advice("x86_64 where arm64 serves"),
    "TFG505": _advice("no limit to how much concurrency the function takes"),
    "TFG506": _advice("provisioned concurrency that never changes"),
    "TFG601": _warning("the runtime is deprecated"),
    "TFG602": _advice("the runtime's support ends soon"),
    "TFG603": _warning("AWS makes no new functions with this runtime"),
    "TFG604": _risk("AWS neither makes nor updates functions with this runtime"),
    "TFG605": _error("the provider versions that the module allows refuse this runtime"),
    "TFG606": _warning("a schedule that is over"),
    "TFG701": _advice("events that the function fails on are lost"),
    "TFG702": _advice("the function is not traced"),
    "TFG703": _warning("the function has one subnet alone"),
    "TFG704": _advice("logs are kept for less than a year"),
    "TFG705": _advice("an alarm of the default set is left out"),
    "TFG706": _advice("no alarm stops a deployment"),
    "TFG801": _error("a tag is missing that the project asks for"),
    "TFG802": _error("a runtime that the project does not allow"),
    "TFG803": _error("an architecture that the project does not allow"),
    "TFG804": _error("logs are kept for less time than the project asks for"),
    "TFG805": _error("a role without the project's permissions boundary"),
    "TFG901": _error("a module's file refers to what is not there, or holds what is of no use"),
    "TFG902": _error("a module's file is not laid out as by `terraform fmt`"),
    "TFG903": _error("Terraform refuses a module"),
    "TFG904": Rule("Terraform warns of something in a module", Severity.WARNING),
}
