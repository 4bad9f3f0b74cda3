"""Files as large as a spec may be, or that hold as much, each of one thing that could take long or much."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from tfgen.source import MAX_BYTES, MAX_NODES

FUNCTION = "function_name: f\nruntime: python3.13\nhandler: a.b\nfilename: a.zip\n"
QUEUE = "arn:aws:sqs:eu-central-1:123456789012:q"
SECRET = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:a-abcdef"
_ENVIRONMENT = f"{FUNCTION}environment:\n  variables:\n"
_TRIGGERS = f"{FUNCTION}triggers:\n"
_STATEMENT = f"{FUNCTION}policy_statements:\n- actions: ['s3:GetObject']\n"
_CONDITION = f"{_STATEMENT}  resources: ['*']\n  condition:\n  - test: StringLike\n    variable: a:b\n"
_PATTERN = f"{_TRIGGERS}- type: eventbridge\n  event_pattern:"
_TERMS = ",".join(map(str, range(60)))
_SCHEDULE = f"{_TRIGGERS}- type: schedule\n  schedule_expression: rate(1 day)\n"


class File(NamedTuple):
    """What a file begins with, what follows as often as it may, and its end. `%d` is the number of the unit;
    `nodes` are the keys and values of one, if there is a limit to these."""

    head: str
    unit: str
    tail: str = "\n"
    nodes: int = 0

    @property
    def text(self) -> str:
        room = MAX_BYTES - len((self.head + self.tail).encode())
        count = room // len(self.unit.replace("%d", "99999").encode())
        if self.nodes:
            count = min(count, (MAX_NODES - 50) // self.nodes)
        if "%d" not in self.unit:
            return self.head + self.unit * count + self.tail
        units = (self.unit.replace("%d", str(number)) for number in range(count))
        return self.head + "".join(units) + self.tail


#: What a file may be full of.
_UNITS = {
    **{unit: unit for unit in ("[", "{", "- ", "? ", '"', "'", "${", "$${", "%{", "@", "&a ", "*a ", "!a ")},
    **{unit: unit for unit in ("#", " #", "\\", "|\n", "a: ", "[],", "---\n", "...\n", "%YAML 1.2\n", "-\n")},
    **{
        unit: unit
        for unit in ("\t", " ", "\n", "\r", "<<: *a\n", "a.", "://", "eyJ-", "<b>", "`", "|", "\\_")
    },
    "NUL": "\0",
    "NEL": "\x85",
    "LS": "\u2028",
    "byte order marks": "\ufeff",
    "right to left": "\u202e",
    "zero width": "\u200b",
    "combining marks": "\u0301",
    "letters with combining marks": "e\u0301",
    "emoji": "\U0001f600",
    "parts of letters": "\u1100\u1161\u11a8",
    "tags of Python": "!!python/object/apply:os.system ['x']\n",
    "comments that ignore": "# tfgen: ignore[TFG101] x\n",
    "comments that ignore, on one line": "# tfgen: ignore[TFG501] x ",
    "comments in capitals": "# TFGEN: ignore[",
    "ends of comments": "tfgen: ignore[TFG501] ",
}


def _in_quotes(text: str) -> str:
    return "".join(
        char if char.isprintable() and char not in '"\\' else f"\\x{ord(char):02x}" for char in text
    )


FULL: Mapping[str, File] = {
    **{f"nothing but {name!r}": File("", unit) for name, unit in _UNITS.items()},
    **{
        f"a value of {unit!r}": File(f"{FUNCTION}timeout: ", unit)
        for unit in (
            "- ",
            '"',
            "'",
            "#",
            " #",
            "a: ",
            "|\n",
            "\t",
            " ",
            "\r",
            "\u2028",
            "\u202e",
            "tfgen: ignore[",
        )
    },
}

#: Texts as long as can be, at places that set no limit to them.
TEXTS: Mapping[str, File] = {
    f"{place} of {unit!r}": File(head, _in_quotes(unit) if unit.isascii() else unit, tail)
    for place, head, tail, units in (
        ("a variable", f'{_ENVIRONMENT}    ABC: "', '"\n', ("\r", "a.", "://", "eyJ-", "$${")),
        (
            "a path",
            'function_name: f\nruntime: python3.13\nhandler: a.b\nfilename: "',
            '"\n',
            ("$${", "%{", '"', "\\", "\n", "[", "#", "\u202e", "\U0001f600", "%", "a" * 99 + "${"),
        ),
        (
            "a description",
            f'{FUNCTION}kms_key_arn: ${{var.x}}\nvariables:\n  x: {{description: "a',
            'b"}\n',
            ("`", "|", "\\_", "<b>", " ", " \n", "\r", "\u2028", "\u0301", "[](", "$$", "fa:fa-"),
        ),
    )
    for unit in units
}

#: As many as can be of one thing.
COUNTS: Mapping[str, File] = {
    "unknown keys": File(FUNCTION, "memry_size%d: 1\n", "", 2),
    "keys that are numbers": File("", "%d: a\n", "", 2),
    "keys without values": File(FUNCTION, "k%d:\n", "", 2),
    "one key": File("", "a: 1\n", "", 2),
    "one key on a line": File(f"{FUNCTION}x: {{", "a: 1, ", "}\n", 2),
    "keys in CRLF": File("", "k%d: 1\r\n", "", 2),
    "keys below many lines": File("\n" * 400_000, "k%d: 1\n", "", 2),
    "comments that say nothing": File(FUNCTION, "k%d: 1 # tfgen: ignore\n", "", 2),
    "comments that ignore a mistake": File(FUNCTION, "k%d: 1 # tfgen: ignore[TFG101] because\n", "", 2),
    "codes in a comment": File(f"{FUNCTION}timeout: 3 # tfgen: ignore[", "T%d,", "X] because\n"),
    "tags": File(f"{FUNCTION}tags:\n", "  t%d: a\n", "", 2),
    "tags without values": File(f"{FUNCTION}tags:\n", "  t%d:\n", "", 2),
    "long numbers": File(f"{FUNCTION}tags:\n", f"  t%d: {'9' * 500}\n", "", 2),
    "variables": File(_ENVIRONMENT, "    T%d: a\n", "", 2),
    "wrong names of variables": File(_ENVIRONMENT, "    1-%d: a\n", "", 2),
    "numbers for texts": File(_ENVIRONMENT, "    T%d: 3.1\n", "", 2),
    "some numbers for texts": File(_ENVIRONMENT, "    T%d: 3.1\n", "", 8),
    "wrong expressions": File(_ENVIRONMENT, "    T%d: ${var.}\n", "", 2),
    "expressions": File(_ENVIRONMENT, "    T%d: ${var.v%d}\n", "", 2),
    "expressions in a text": File(f"{_ENVIRONMENT}    ABC: ", "${var.v%d}"),
    "expressions in many texts": File(
        f"{_STATEMENT}  resources:\n", f"  - arn:aws:{'${var.v}' * 90}\n", "", 1
    ),
    "checks": File(f"{FUNCTION}checkov_skip:\n", "  CKV_AWS_%d: because\n", "", 2),
    "queries": File(f"{FUNCTION}insights_queries:\n", "  q%d: fields x\n", "", 2),
    "secrets": File(f"{FUNCTION}secrets:\n", f"  AB%d: {SECRET}\n", "", 2),
    "alarms": File(f"{FUNCTION}alarms:\n", "  errors%d: {threshold: 1}\n", "", 4),
    "permissions": File(f"{FUNCTION}permissions:\n", "- {read: 'arn:aws:s3:::a%d'}\n", "", 3),
    "statements": File(f"{FUNCTION}policy_statements:\n", "- {actions: ['a:%d'], resources: ['*']}\n", "", 7),
    "metric filters": File(
        f"{FUNCTION}metric_filters:\n",
        "- {name: q%d, pattern: x, metric_transformation: {name: a}}\n",
        "",
        9,
    ),
    "subscriptions": File(f"{FUNCTION}subscription_filters:\n", "- {name: q%d, destination_arn: x}\n", "", 5),
    "descriptions": File(f"{FUNCTION}variables:\n", "  v%d: {description: a}\n", "", 4),
    "actions": File(f"{FUNCTION}policy_statements:\n- resources: ['*']\n  actions:\n", "  - s3:G%d\n", "", 1),
    "conditions": File(f"{_CONDITION}    values:\n", "    - ${var.v%d}\n", "", 1),
    "resources that almost fit": File(f"{_STATEMENT}  resources:\n", f'  - "arn:{"*:" * 1000}\\n"\n', "", 1),
    "layers": File(f"{FUNCTION}layers:\n", "- arn:aws:lambda:eu-central-1:123456789012:layer:a%d:1\n", "", 1),
    "filters": File(
        f"{FUNCTION}event_source_mapping:\n  event_source_arn: {QUEUE}\n  filter_criteria:\n    filter:\n",
        "    - pattern: '{\"a\": [1]}'\n",
        "",
        3,
    ),
}

#: The same of triggers and what stands in them.
OF_TRIGGERS: Mapping[str, File] = {
    "triggers that are nothing": File(_TRIGGERS, "- {}\n", "", 1),
    "triggers that are numbers": File(_TRIGGERS, "- 1\n", "", 1),
    "triggers of no kind": File(_TRIGGERS, "- {type: sqz%d}\n", "", 3),
    "triggers that lack keys": File(_TRIGGERS, "- {type: sqs}\n", "", 3),
    "queues": File(_TRIGGERS, f"- {{type: sqs, name: q%d, queue_arn: '{QUEUE}%d'}}\n", "", 7),
    "keys of a trigger": File(f"{_TRIGGERS}- type: sqs\n", "  quue_arn%d: 1\n", "", 2),
    "terms of a schedule": File(
        _TRIGGERS,
        f"- {{type: schedule, name: s%d, schedule_expression: 'cron({_TERMS} 0 * * ? *)'}}\n",
        "",
        45,
    ),
    "routes": File(f"{_TRIGGERS}- type: http_api\n  routes:\n", "  - GET /a%d\n", "", 1),
    "routes of REST": File(f"{_TRIGGERS}- type: api_gateway\n  routes:\n", "  - GET /a%d/b/c\n", "", 1),
    "parts of a route": File(f"{_TRIGGERS}- type: api_gateway\n  routes:\n  - GET ", "/a"),
    "braces in a route": File(f"{_TRIGGERS}- type: http_api\n  routes:\n  - GET ", "/{a}"),
    "fields of a pattern": File(f"{_PATTERN}\n", "    k%d: x\n", "", 2),
    "values of a pattern": File(f"{_PATTERN}\n    source:\n", "    - a%d\n", "", 1),
    "operators of a pattern": File(f"{_PATTERN}\n    source:\n", "    - {prefx: a}\n", "", 3),
    "choices of a pattern": File(f"{_PATTERN}\n    $or:\n", "    - {a: [1]}\n", "", 4),
    "numbers of an input": File(f"{_SCHEDULE}  input: {{a: [", "1,", "]}\n", 1),
    "mappings of an input": File(f"{_SCHEDULE}  input:\n", "    k%d: {a: {b: {c: 1}}}\n", "", 8),
    "quotes in SQL": File(f'{_TRIGGERS}- type: iot\n  sql: "SELECT * ', "FROM 'a ", '"\n'),
    "regions of a principal": File(f"{_TRIGGERS}- type: permission\n  principal: a.eu", "-a"),
    "addresses": File(f'{_TRIGGERS}- type: ses\n  recipients: ["', "a*", '\\t"]\n'),
}

#: What YAML itself refuses, or what specs do not take.
OF_YAML: Mapping[str, File] = {
    "anchors": File("b: [", "&a%d x,", "]\n", 1),
    "aliases": File("a: &a 1\nb: [", "*a,", "]\n", 1),
    "YAML tags": File("b: [", "!t%d x,", "]\n", 1),
    "nulls": File("b: [", "~,", "]\n", 1),
    "texts in another normal form": File("b: [", "e\u0301,", "]\n", 1),
    "escapes for NUL": File("b: [", '"\\0",', "]\n", 1),
    "halves of surrogate pairs": File("b: [", '"\\ud800",', "]\n", 1),
    "keys that are mappings": File("", "? {a: b}\n: c\n", "", 4),
    "directives": File("", "%TAG !a%d! b\n"),
    "a laugh": File("a0: &a0 lol\n", f"a%d: &a%d [{'*a0,' * 9}]\n", "", 12),
    "digits": File(f"{FUNCTION}timeout: ", "9"),
    "digits behind a point": File(f"{FUNCTION}timeout: 0.", "3"),
    "a key of words": File(f'{FUNCTION}"', "memory_size", '": 1\n'),
    "an unending key": File(f"{FUNCTION}? ", "a", "\n: 1\n"),
    "minutes": File(f'{FUNCTION}timeout: "', "5 minutes ", '"\n'),
    "folded lines": File(f"{FUNCTION}description: >\n", "  a\n", ""),
    "a line with its mistake at the end": File(f"{FUNCTION}timeout: 5", " ", "# x\nmemory: 1\n"),
    "a long comment": File(f"{FUNCTION}timeout: x #", "x"),
    "marks of direction": File(f'{FUNCTION}timeout: "', "\u202e\u2066", '"\n'),
}

#: Small, but deep or far out.
ODD: Mapping[str, str] = {
    "a number beyond all": f"{FUNCTION}timeout: 1e400\n",
    "the largest numbers": f"{FUNCTION}timeout: 1e308\nmemory_size: -1e308\nlog_retention_in_days: 1e300\n",
    "the smallest number": f"{FUNCTION}timeout: 1e-320\n",
    "a number of 500 digits": f"{FUNCTION}timeout: {'9' * 500}\nmemory_size: 0x{'f' * 490}\n",
    "a list in itself": f"a: &a [*a]\n{FUNCTION}",
    "a mapping that merges": f"<<: {{a: 1}}\n{FUNCTION}<<: [*x]\n",
    "a mapping as a key": f"? [a, b]\n: c\n{FUNCTION}",
    "a deep mapping": f"{FUNCTION}tags: {'{a: ' * 30}1{'}' * 30}\n",
    "a deep choice": f"{_PATTERN} {'{$or: [' * 14}{{a: [1]}}{']}' * 14}\n",
    "a deep input": f"{_SCHEDULE}  input: {{a: {'[' * 28}1{']' * 28}}}\n",
    **{
        f"a filter that is {name}": f"{FUNCTION}event_source_mapping:\n  event_source_arn: {QUEUE}\n"
        f"  filter_criteria: {{filter: [{{pattern: '{pattern}'}}]}}\n"
        for name, pattern in {
            "deep": "[" * 4000,
            "a deep mapping": '{"a":' * 800,
            "a whole deep mapping": '{"a":' * 680 + "[1]" + "}" * 680,
            "a deep choice": '{"$or":[' * 330 + '{"a":[1]}' + "]}" * 330,
            "a long number": '{"a": [{"numeric": [">", ' + "9" * 4000 + "]}]}",
            "no number": '{"a": [{"numeric": [">", NaN, "<", 1e999]}]}',
            "half of a surrogate pair": '{"a": ["\\ud800"]}',
        }.items()
    },
}
