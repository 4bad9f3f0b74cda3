"""S3: notifications of a bucket, straight to the function or by way of EventBridge.

A bucket has one notification configuration, which the last one written replaces. So all entries for a
bucket become one resource.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Annotated, Any, Literal, Self

from pydantic import Field

from tfgen.diagnostics import Diagnostic
from tfgen.expressions import Template
from tfgen.hcl import Hcl, Interpolation, Ref, parts_of, to_hcl
from tfgen.schema import bounds as b
from tfgen.schema.places import Place, Text, Texts
from tfgen.triggers.base import Function, Module, Permission, Trigger, TriggerPlan, at, text
from tfgen.triggers.checks import Check, checks
from tfgen.triggers.permission import arn_to_give
from tfgen.triggers.rules import Rule, rule, rule_permission

# s3.PutBucketNotificationConfiguration
EVENTS = b.texts(
    b.choice(
        "s3:ObjectCreated:*", "s3:ObjectCreated:Put", "s3:ObjectCreated:Post", "s3:ObjectCreated:Copy",
        "s3:ObjectCreated:CompleteMultipartUpload", "s3:ObjectRemoved:*", "s3:ObjectRemoved:Delete",
        "s3:ObjectRemoved:DeleteMarkerCreated", "s3:ObjectRestore:*", "s3:ObjectRestore:Post",
        "s3:ObjectRestore:Completed", "s3:ObjectRestore:Delete", "s3:ReducedRedundancyLostObject",
        "s3:Replication:*", "s3:Replication:OperationFailedReplication",
        "s3:Replication:OperationNotTracked", "s3:Replication:OperationMissedThreshold",
        "s3:Replication:OperationReplicatedAfterThreshold", "s3:LifecycleTransition",
        "s3:IntelligentTiering", "s3:ObjectAcl:Put", "s3:LifecycleExpiration:*",
        "s3:LifecycleExpiration:Delete", "s3:LifecycleExpiration:DeleteMarkerCreated",
        "s3:ObjectTagging:*", "s3:ObjectTagging:Put", "s3:ObjectTagging:Delete",
    ),
    1,
)  # fmt: skip
KEY_FILTER = b.text(1, 1024)  # as long as a key can be
VIA = b.Bounds(choices=("notification", "eventbridge"), static=True)

# S3's user guide, "Using EventBridge": each event's detail types, and the reason that tells it apart.
_DETAIL_TYPES: Mapping[str, tuple[tuple[str, ...], str]] = {
    "s3:ObjectCreated:*": (("Object Created",), ""),
    "s3:ObjectCreated:Put": (("Object Created",), "PutObject"),
    "s3:ObjectCreated:Post": (("Object Created",), "POST Object"),
    "s3:ObjectCreated:Copy": (("Object Created",), "CopyObject"),
    "s3:ObjectCreated:CompleteMultipartUpload": (("Object Created",), "CompleteMultipartUpload"),
    "s3:ObjectRemoved:*": (("Object Deleted",), "DeleteObject"),
    "s3:LifecycleExpiration:*": (("Object Deleted",), "Lifecycle Expiration"),
    "s3:ObjectRestore:*": (
        ("Object Restore Initiated", "Object Restore Completed", "Object Restore Expired"),
        "",
    ),
    "s3:ObjectRestore:Post": (("Object Restore Initiated",), ""),
    "s3:ObjectRestore:Completed": (("Object Restore Completed",), ""),
    "s3:ObjectRestore:Delete": (("Object Restore Expired",), ""),
    "s3:LifecycleTransition": (("Object Storage Class Changed",), ""),
    "s3:IntelligentTiering": (("Object Access Tier Changed",), ""),
    "s3:ObjectAcl:Put": (("Object ACL Updated",), ""),
    "s3:ObjectTagging:*": (("Object Tags Added", "Object Tags Deleted"), ""),
    "s3:ObjectTagging:Put": (("Object Tags Added",), ""),
    "s3:ObjectTagging:Delete": (("Object Tags Deleted",), ""),
}


class S3(Trigger):
    """Events of a bucket's objects."""

    type: Literal["s3"] = Field(description="Kind of the trigger")
    bucket: Annotated[Text, Place(b.S3_BUCKET)] = Field(description="Name of the bucket")
    events: Annotated[Texts, Place(EVENTS)] = Field(
        ("s3:ObjectCreated:*",), description="Events, such as s3:ObjectCreated:*"
    )
    filter_prefix: Annotated[Text | None, Place(KEY_FILTER)] = Field(
        None, description="What the object's key must start with"
    )
    filter_suffix: Annotated[Text | None, Place(KEY_FILTER)] = Field(
        None, description="What the object's key must end with"
    )
    via: Annotated[str, Place(VIA)] = Field(
        "notification", description="notification (the default), or eventbridge: by a rule of EventBridge"
    )
    manage_notification: Annotated[bool, Place(b.STATIC_FLAG)] = Field(
        True, description="Whether the module has the bucket's notification, of which there is only one"
    )

    @property
    def shared(self) -> object:
        return self.bucket

    def findings(self, function: Function) -> Iterator[Diagnostic]:
        literal = "become parts of a pattern" if self.via == "eventbridge" else ""
        if not self.manage_notification and self.via == "notification":
            literal = "are for the README alone, since the module has no notification of the bucket"
        if literal:
            yield from self._expressions(literal)
        for key in ("filter_prefix", "filter_suffix") if self.via == "notification" else ():
            # S3's user guide, "Configuring event notifications using object key name filtering".
            if "*" in str(getattr(self, key)):
                hint = "remove it: a prefix is what keys start with, a suffix what they end with"
                yield at("TFG203", f"`{key}` has a wildcard, which S3 takes none of", hint, key)
        listed = () if isinstance(self.events, Template) else self.events
        for (_, one), (index, other) in combinations(enumerate(listed), 2):
            if one == other or _within(one, other) or _within(other, one):
                hint = "keep the wider one, or remove the second: S3 would have to send it twice"
                yield at("TFG206", f"`{other}` is in `{one}`, or the other way round", hint, "events", index)
        if self.via == "eventbridge" and not isinstance(self.events, Template):
            for index, event in enumerate(self.events):
                if isinstance(event, str) and event not in _DETAIL_TYPES:
                    hint = f"EventBridge knows these: {', '.join(_DETAIL_TYPES)}"
                    yield at("TFG204", f"`{event}` is not sent to EventBridge", hint, "events", index)

    def _expressions(self, reason: str) -> Iterator[Diagnostic]:
        """Expressions where only literals serve."""
        listed = () if isinstance(self.events, Template) else self.events
        places: list[tuple[object, tuple[str | int, ...]]] = [(self.events, ("events",))]
        places += [(event, ("events", index)) for index, event in enumerate(listed)]
        if self.via == "notification":
            places += [(self.filter_prefix, ("filter_prefix",)), (self.filter_suffix, ("filter_suffix",))]
        for value, path in places:
            if isinstance(value, Template):
                yield at(
                    "TFG104", f"`{path[0]}` takes no expression here", f"write it out: these {reason}", *path
                )

    @classmethod
    def findings_between(cls, entries: Sequence[tuple[int, Self]]) -> Iterator[Diagnostic]:
        first = entries[0][1]
        for index, entry in entries[1:]:
            if entry.manage_notification != first.manage_notification:
                summary = "the entries for one bucket differ in `manage_notification`"
                hint = "say the same in each of them: a bucket has one notification configuration"
                yield at("TFG314", summary, hint, "triggers", index, "manage_notification")
            if entry.qualifier != first.qualifier:
                summary = "the entries for one bucket differ in `qualifier`"
                hint = "say the same in each of them: they share one permission, which stands on one version"
                yield at("TFG314", summary, hint, "triggers", index, "qualifier")
        direct = [(index, entry) for index, entry in entries if entry.via == "notification"]
        for (_, one), (index, other) in combinations(direct, 2):
            both = _both(one, other)
            if both:
                summary = f"`{both}` of these keys is in another entry for the same bucket already"
                hint = "S3 refuses filters that overlap for one event; make prefixes or suffixes differ"
                yield at("TFG314", summary, hint, "triggers", index, "events")

    def plan(self, module: Module, entries: Sequence[Self]) -> TriggerPlan:
        direct = [entry for entry in entries if entry.via == "notification"]
        ruled = [entry for entry in entries if entry.via == "eventbridge"]
        by_rule = None
        permissions: list[Permission] = []
        if direct:
            arn = Interpolation(
                ("arn:", module.aws("partition"), ":s3:::", *parts_of(module.value(self.bucket)))
            )
            permissions.append(
                self.permission(
                    module,
                    "S3 may invoke the function for this bucket alone, and only while it is this account's: "
                    "a bucket's ARN does not say whose it is.",
                    "s3.amazonaws.com",
                    source_arn=to_hcl(arn),
                    source_account=module.aws("account_id"),
                )
            )
        if ruled:
            pattern = to_hcl(_pattern(module, self.bucket, ruled))  # whose expressions are resolved already
            by_rule = rule(self, module, event_pattern=Hcl(f"jsonencode({pattern})"))
            label = f"{self.label}_rule" if direct else ""
            permissions.append(rule_permission(self, module, label))
        arguments = {
            "bucket": module.hcl(self.bucket),
            "function_arn": module.function_arn(self.qualifier),
            "notifications": [
                entry.arguments(module, "events", "filter_prefix", "filter_suffix") for entry in direct
            ],
            "eventbridge": to_hcl(True) if ruled else None,
            "manage": self.manage_notification,
            "rule": by_rule,
            "dead_letters": None,
        }
        return TriggerPlan(
            self.type,
            self.label,
            f"S3 bucket {text(self.bucket)}",
            arguments,
            permissions=tuple(permissions),
            notes=()
            if self.manage_notification
            else _notes(direct, ruled, arn_to_give(module, self.qualifier)),
            checks=tuple(self._checks(module, direct, by_rule)),
        )

    def _checks(self, module: Module, direct: Sequence[Self], by_rule: Rule | None) -> Iterator[Check]:
        if self.manage_notification:
            address = f"aws_s3_bucket_notification.{self.label}"
            yield from checks(module, address, self, "bucket")
            if by_rule is not None:
                yield Check(Hcl(f"{address}.eventbridge"), True)
            for index, entry in enumerate(direct):
                names = ("events", "filter_prefix", "filter_suffix")
                yield from checks(module, f"{address}.lambda_function[{index}]", entry, *names)
        if by_rule is not None:
            yield Check(Hcl(f"aws_cloudwatch_event_rule.{self.label}.event_pattern"), by_rule.event_pattern)


def _notes(direct: Sequence[S3], ruled: Sequence[S3], to: str) -> tuple[str, ...]:
    """What the owner of the bucket's notification configuration has to put into it."""
    notes = []
    for entry in direct:
        events = (
            text(entry.events) if isinstance(entry.events, Template) else ", ".join(map(text, entry.events))
        )
        ends = [("starts", entry.filter_prefix), ("ends", entry.filter_suffix)]
        keys = " and ".join(f"{verb} with {text(end)}" for verb, end in ends if end is not None)
        of = f" of objects whose key {keys}" if keys else ""
        notes.append(f"send {events}{of} to {to}, in the bucket's notification configuration")
    if ruled:
        notes.append("switch on EventBridge in the bucket's notification configuration")
    return tuple(notes)


def _both(one: S3, other: S3) -> str | None:
    """An event that S3 would have to send to both entries, as far as the spec says."""
    ends = (one.filter_prefix, other.filter_prefix, one.filter_suffix, other.filter_suffix)
    if isinstance(one.events, Template) or isinstance(other.events, Template):
        return None
    if any(isinstance(end, Template) for end in ends):
        return None
    prefix, other_prefix, suffix, other_suffix = (text(end) for end in ends)
    if not (prefix.startswith(other_prefix) or other_prefix.startswith(prefix)):
        return None
    if not (suffix.endswith(other_suffix) or other_suffix.endswith(suffix)):
        return None
    for event in one.events:
        for another in other.events:
            if event == another or _within(another, event):
                return text(another)
            if _within(event, another):
                return text(event)
    return None


def _within(event: Text, wider: Text) -> bool:
    """Whether an event is one of several that another stands for, as s3:ObjectCreated:* does."""
    return text(wider).endswith("*") and text(event).startswith(text(wider).removesuffix("*"))


def _pattern(module: Module, bucket: Text, entries: Sequence[S3]) -> dict[str, Any]:
    """The EventBridge pattern for all entries of a bucket."""
    wanted: list[dict[str, Any]] = []
    for entry in entries:
        wanted.extend(_one_pattern(module, entry, events) for events in _alike(entry.events))
    common: dict[str, Any] = {"source": ["aws.s3"], "detail": {"bucket": {"name": [module.value(bucket)]}}}
    if len(wanted) == 1:
        detail = {**common["detail"], **wanted[0].get("detail", {})}
        return {**common, **wanted[0], "detail": detail}
    return {**common, "$or": wanted}


def _alike(events: Texts) -> list[list[str]]:
    """Events that one pattern can name: those without a reason together, and each reason by itself."""
    assert not isinstance(events, Template)
    groups: dict[str, list[str]] = {}
    for event in events:
        groups.setdefault(_DETAIL_TYPES[text(event)][1], []).append(text(event))
    return list(groups.values())


def _one_pattern(module: Module, entry: S3, events: Sequence[str]) -> dict[str, Any]:
    types = [name for event in events for name in _DETAIL_TYPES[event][0]]
    reason = _DETAIL_TYPES[events[0]][1]
    detail: dict[str, Any] = {"reason": [reason]} if reason else {}
    prefix, suffix = module.value(entry.filter_prefix), module.value(entry.filter_suffix)
    # Two conditions on one field would mean "or", so both together are a wildcard.
    if prefix is not None and suffix is not None:
        parts = (*_wild(prefix), "*", *_wild(suffix))
        detail["object"] = {"key": [{"wildcard": Interpolation(parts)}]}
    elif prefix is not None:
        detail["object"] = {"key": [{"prefix": prefix}]}
    elif suffix is not None:
        detail["object"] = {"key": [{"suffix": suffix}]}
    return {"detail-type": types} | ({"detail": detail} if detail else {})


def _wild(value: Any) -> list[str | Ref]:
    """Text or references as parts of a wildcard, in which `*` and the backslash stand for themselves."""
    return [
        Ref(f'replace({part}, "/([*\\\\\\\\])/", "\\\\$1")')
        if isinstance(part, Ref)
        else part.replace("\\", "\\\\").replace("*", "\\*")
        for part in parts_of(value)
    ]
