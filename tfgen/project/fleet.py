"""What is wrong between specs: two things of one name, one thing that two of them own.

Each spec is looked at once and only what concerns others is kept of it, so that ten thousand take little
memory. Only what a spec says itself is compared: what an expression stands for may differ from one caller to
the next.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, NamedTuple

from tfgen.diagnostics import DataPath, Diagnostic, Findings, Node, Span
from tfgen.ignores import ignored
from tfgen.source import Document, load
from tfgen.spec import Spec, Standards

if TYPE_CHECKING:
    from tfgen.project.find import Project

_MOST_FILTERS = 2  # CloudWatch Logs' quota of subscription filters for a log group
# Lambda developer guide, "Configuring reserved concurrency": so many always stay unreserved.
_UNRESERVED = 100
_RESERVED = "TFG334"
_FEW = 3  # paths that a message names


class Claim(NamedTuple):
    """Something that a spec has and that others may have too: its kind, what it is called, what tells it from
    others, and where."""

    kind: str
    name: str
    thing: Hashable
    span: Span


class Account(NamedTuple):
    """What specs of one project share: its folder, and how much concurrency there is, if that is known."""

    folder: str
    concurrency: int | None


class Codes(NamedTuple):
    """What becomes of findings, as a project says it."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    error: tuple[str, ...] = ()


class Member(NamedTuple):
    """What concerns others of one spec."""

    path: str
    claims: tuple[Claim, ...]
    account: Account
    codes: Codes
    reserved: int = 0
    reserved_at: Span | None = None


def member(document: Document, spec: Spec | None, project: Project | None, output: Path) -> Member:
    """What concerns others of a spec, whose module is written below `output`; of one with mistakes, only the
    module's name."""
    name = str(document.data.get("name", PurePath(document.path).stem))
    # Names are compared as the most forgetful file systems do: without case.
    module = (output.as_posix(), name.casefold())
    claims = [Claim("module", name, module, _place(document, ("name",)))]
    reserved: object = None
    is_ignored = ignored(document)
    if spec is not None:
        claims += [Claim(kind, thing, thing, _place(document, path)) for kind, thing, path in _claims(spec)]
        claims = [claim for claim in claims if not is_ignored(_SHARED[claim.kind].code, claim.span)]
        reserved = spec.reserved_concurrent_executions
    count = reserved if isinstance(reserved, int) and reserved > 0 else 0
    where: Span | None = _place(document, ("reserved_concurrent_executions",))
    if not count or (where and is_ignored(_RESERVED, where)):
        where = None
    account, codes = Account("", None), Codes()
    if project is not None:
        account = Account(project.folder.as_posix(), project.policy.account_concurrency)
        said = project.policy.codes
        codes = Codes(said.select, said.ignore, said.error)
    return Member(document.path, tuple(claims), account, codes, count, where)


def _place(document: Document, path: DataPath) -> Span:
    """Where a spec has something: at its top, if it has it from its project."""
    span = document.span(Node(path))
    is_own = document.other is None or span.line < document.other.first_line
    return span if is_own else document.span(Node(()))


def _claims(spec: Spec) -> Iterator[tuple[str, str, DataPath]]:
    name = spec.function_name
    if isinstance(name, str):
        yield "function", name, ("function_name",)
    if isinstance(spec.role_name, str) and spec.execution_role_arn is None:
        yield "role", spec.role_name, ("role_name",)
    mapping = spec.event_source_mapping
    if (
        mapping is not None
        and isinstance(mapping.event_source_arn, str)
        and ":sqs:" in mapping.event_source_arn
    ):
        yield "queue", mapping.event_source_arn, ("event_source_mapping", "event_source_arn")
    owned: set[str] = set()
    for index, trigger in enumerate(spec.triggers):
        bucket, queue = (getattr(trigger, key, None) for key in ("bucket", "queue_arn"))
        by_notification = trigger.type == "s3" and getattr(trigger, "via", "") == "notification"
        # Several entries of one spec for a bucket become one notification.
        if isinstance(bucket, str) and by_notification and getattr(trigger, "manage_notification", False):
            if bucket not in owned:
                yield "bucket", bucket, ("triggers", index, "bucket")
            owned.add(bucket)
        if isinstance(queue, str) and trigger.type == "sqs":
            yield "queue", queue, ("triggers", index, "queue_arn")
    log_group = spec.logging_config and spec.logging_config.log_group
    if isinstance(log_group, str):
        for index, _ in enumerate(spec.subscription_filters):
            yield "filter", log_group, ("subscription_filters", index)


class _Shared(NamedTuple):
    """A kind of thing that only so many may have: the code, what is wrong where more do, and what to do."""

    code: str
    summary: str
    hint: str
    most: int = 1


_SHARED = {
    "module": _Shared(
        "TFG307", "the module `{thing}` is that of {others} as well", "give each spec another `name:`"
    ),
    "function": _Shared(
        "TFG331",
        "the function `{thing}` is made by {others} as well",
        "give each another `function_name`; two accounts or regions may have one each",
    ),
    "bucket": _Shared(
        "TFG332",
        "the notifications of the bucket `{thing}` are made by {others} as well",
        "a bucket has one notification configuration, which the last apply replaces: send its events by "
        "EventBridge with `via: eventbridge`, or let one module have it",
    ),
    "filter": _Shared(
        "TFG333",
        "the log group `{thing}` has more than two subscription filters, with those of {others}",
        "CloudWatch Logs takes two: remove one, or fan out behind it",
        _MOST_FILTERS,
    ),
    "role": _Shared(
        "TFG335", "the role `{thing}` is made by {others} as well", "give each another `role_name`"
    ),
    "queue": _Shared(
        "TFG336",
        "the queue `{thing}` is consumed by {others} as well",
        "each message goes to one of them alone: give each a queue of its own, behind a topic",
    ),
}


def between(members: Sequence[Member]) -> Iterator[Findings]:
    """What is wrong between specs, at each of them."""
    holders: dict[tuple[str, Hashable], list[tuple[Member, Claim]]] = {}
    for one in members:
        for claim in one.claims:
            holders.setdefault((claim.kind, claim.thing), []).append((one, claim))
    for (kind, _), held in holders.items():
        shared = _SHARED[kind]
        paths = {one.path for one, _ in held}
        if len(held) <= shared.most or len(paths) == 1:
            continue
        for one, claim in held:
            summary = shared.summary.format(thing=claim.name, others=_listed(paths - {one.path}))
            yield from _finding(one, Diagnostic(shared.code, summary, shared.hint, claim.span))
    for account in dict.fromkeys(one.account for one in members):
        if account.concurrency is not None:
            yield from _reserved([one for one in members if one.account == account], account.concurrency)


def _reserved(members: Sequence[Member], concurrency: int) -> Iterator[Findings]:
    total = sum(one.reserved for one in members)
    left = concurrency - total
    if left >= _UNRESERVED:
        return
    for one in members:
        if one.reserved_at is not None:
            summary = (
                f"all specs together reserve {total} of the account's {concurrency} concurrent executions"
            )
            hint = f"Lambda keeps {_UNRESERVED} of them for functions without a reservation: reserve less"
            yield from _finding(one, Diagnostic(_RESERVED, summary, hint, one.reserved_at))


def _listed(paths: Iterable[str]) -> str:
    """A few paths, and how many more there are."""
    known = sorted(paths)
    more = f" and {len(known) - _FEW} more" if len(known) > _FEW else ""
    return ", ".join(known[:_FEW]) + more


class _Reread(NamedTuple):
    """A spec that was read before, by its path alone."""

    path: str

    def span(self, location: Span | Node) -> Span:
        assert isinstance(location, Span)
        return location

    def lines(self) -> Sequence[str]:
        return load(Path(self.path)).lines()


def _finding(one: Member, diagnostic: Diagnostic) -> Iterator[Findings]:
    if found := Standards((), *one.codes).sift([diagnostic]):
        yield Findings(_Reread(one.path), tuple(found))
