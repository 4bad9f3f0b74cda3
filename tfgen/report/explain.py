"""What `tfgen explain` and `tfgen rules` say: what codes mean, and the permissions by intent."""

from __future__ import annotations

import json

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from tfgen.codes import CODES, Severity, group
from tfgen.intents import INTENTS, Intent
from tfgen.report.explanations import Example, explanation
from tfgen.report.full import STYLES, wrapped

PERMISSIONS = "permissions"
_NEAREST = 3  # topics that are named where a topic is none
_FORMAT_VERSION = 1  # of the rules as JSON
_INTRODUCTION = (
    "An entry of `permissions` is one verb with an ARN, or with a list of them:\n"
    "\n"
    "  permissions:\n"
    "    - read: ${var.orders_table_arn}\n"
    "      service: dynamodb  # where the ARN's text does not show it\n"
    "\n"
    "What each verb then allows, by which actions, and on which resources:\n"
)


def explain(topic: str, width: int = 80) -> RenderableType | None:
    """What there is to say on a topic, or None. Text is wrapped to `width` cells already."""
    if topic == PERMISSIONS:
        return Group(Text(_INTRODUCTION), _permissions())
    code = topic.upper()
    return _code(code, width) if code in CODES else None


def nearest(topic: str) -> list[str]:
    """The topics that somebody may have meant."""
    from difflib import get_close_matches

    topics = {name.casefold(): name for name in (PERMISSIONS, *CODES)}
    begun = [name for name in topics if topic and name.startswith(topic.casefold())]
    return [topics[name] for name in (begun or get_close_matches(topic.casefold(), topics))[:_NEAREST]]


def as_text(code: str) -> str:
    """What a code means, as plain text."""
    return _code(code, 80).plain


def as_markdown(code: str) -> str:
    """What a code means, without its summary, as Markdown."""
    rule, said = CODES[code], explanation(code)
    parts = [f"{rule.severity.value.capitalize()}; {_ignored(code)}.", *said.paragraphs]
    for title, example in (("Bad", said.bad), ("Good", said.good)):
        parts += [f"{title}:", f"```{example.language}\n{example.text}```"]
    sources = [f"[{source.title}]({source.url})" if source.url else source.title for source in said.sources]
    parts.append("\n".join(f"- Source: {source}" for source in sources))
    return "\n\n".join(parts) + "\n"


def rules(width: int = 80) -> Text:
    """All codes in a table."""
    text = Text.assemble((f"{'Code':<8}{'Severity':<10}{'Group':<13}Summary\n", "bold"))
    for code, rule in CODES.items():
        text.append(f"{code:<8}", "bold")
        text.append(f"{rule.severity.value:<10}", STYLES[rule.severity])
        text.append(f"{group(code):<13}")
        text.append(f"\n{'':31}".join(wrapped(rule.summary, width, 31, 31)) + "\n")
    return text


def rules_as_json() -> str:
    """All codes with all that there is to say about them."""
    listed = []
    for code, rule in CODES.items():
        said = explanation(code)
        listed.append(
            {
                "code": code,
                "group": group(code),
                "severity": rule.severity.value,
                "ignorable": rule.ignorable,
                "summary": rule.summary,
                "explanation": "\n\n".join(said.paragraphs),
                "bad": said.bad.text,
                "good": said.good.text,
                "sources": [source._asdict() for source in said.sources],
            }
        )
    return json.dumps({"format_version": _FORMAT_VERSION, "rules": listed}, indent=2) + "\n"


def _code(code: str, width: int) -> Text:
    rule, said = CODES[code], explanation(code)
    text = Text()
    title = wrapped(f"{code}: {rule.summary}", width, 0, 2)
    text.append("\n  ".join(title) + "\n", "bold")
    about = wrapped(f"{rule.severity.value}, {group(code)}; {_ignored(code)}", width, 0, 2)
    text.append_text(_severe("\n  ".join(about), rule.severity)).append("\n")
    for paragraph in said.paragraphs:
        text.append("\n" + "\n".join(wrapped(paragraph, width, 0, 0)) + "\n")
    for title_, example in (("Bad", said.bad), ("Good", said.good)):
        text.append(f"\n{title_}:\n\n", "bold")
        text.append(_indented(example), "dim")
    text.append("\n")
    for source in said.sources:
        text.append("Source: " + "\n  ".join(wrapped(source.title, width, 8, 2)) + "\n")
        text.append(f"  {source.url}\n" if source.url else "")
    text.highlight_regex(r"`[^`]+`", "cyan")
    return text


def _severe(text: str, severity: Severity) -> Text:
    """A text that begins with a severity, which is coloured."""
    styled = Text(text)
    styled.stylize(STYLES[severity], 0, len(severity.value))
    return styled


def _ignored(code: str) -> str:
    return f"`# tfgen: ignore[{code}] reason` ignores it" if CODES[code].ignorable else "cannot be ignored"


def _indented(example: Example) -> str:
    return "".join(f"    {line}".rstrip() + "\n" for line in example.text.splitlines())


def _permissions() -> Table:
    table = Table("Verb", "Service", "The function may", box=None, padding=(0, 2, 1, 0), header_style="bold")
    table.columns[0].no_wrap = table.columns[1].no_wrap = True
    for verb, services in INTENTS.items():
        for index, (service, intent) in enumerate(services.items()):
            table.add_row(Text("" if index else verb, "bold"), service, _one(intent))
    return table


def _one(intent: Intent) -> Text:
    resources = [f"ARN{end}" for end in intent.on] or [f"*, if {intent.condition} is NAME"]
    text = Text(f"{intent.allows}\n")
    text.append(f"{', '.join(intent.actions)} on {', '.join(resources)}", "dim")
    return text
