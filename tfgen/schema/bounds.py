"""The bounds table: what AWS and the provider accept at each place of a spec, said once.

The Pydantic fields, the `validation` blocks of rendered modules and the JSON Schema are all made from
these entries. Limits are those of the AWS API models (botocore 1.43) and of provider 5.100, the
stricter of the two where they differ; a few documented ones that neither states are marked. Patterns
keep to what Python's `re`, Terraform's RE2 and ECMAScript read alike: no look-around, no `\\w`, no `\\d`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from tfgen import runtimes

HclType = Literal["string", "number", "bool", "list(string)", "map(string)", "json", "list(json)"]


@dataclass(frozen=True, kw_only=True)
class Bounds:
    """What may stand at a place.

    `minimum` and `maximum` limit a number's value, a text's length in characters, and a list's or map's count
    of entries. Numbers are whole, unless `fraction` says otherwise; `also` is one more that is allowed. Of a
    `single` list one item may stand by itself. `form` says `pattern` in words. `static` places decide what a
    module is made of, so they take no expression. A place of type "json" holds any data, or with `mapping` a
    mapping of any data, whose length is that of its JSON text; with `matching` that is an event pattern, for
    the service of that name.
    """

    type: HclType = "string"
    minimum: int | None = None
    maximum: int | None = None
    pattern: str | None = None
    form: str = ""
    choices: tuple[str, ...] | tuple[int, ...] = ()
    unit: str = ""
    also: int | None = None
    items: Bounds | None = None
    keys: Bounds | None = None
    static: bool = False
    mapping: bool = False
    matching: str = ""
    fraction: bool = False
    single: bool = False

    def __hash__(self) -> int:
        """Of what tells most places apart: the whole of it would take longer than what is looked up by it."""
        return hash((self.type, self.minimum, self.maximum, self.pattern))

    @property
    def as_static(self) -> Bounds:
        """The same bounds for a place that takes no expression, as map keys."""
        return replace(self, static=True)

    @cached_property
    def regex(self) -> re.Pattern[str] | None:
        """The compiled pattern; it is anchored, and `$` never matches before a final newline."""
        return None if self.pattern is None else re.compile(self.pattern.removesuffix("$") + r"\Z")

    @property
    def range(self) -> str:
        """The limits in words: "1 to 900 seconds", "at most 256 characters"."""
        low, high = self.minimum, self.maximum
        if self.also is not None:
            return f"{self.also}, or {low} to {self.count(high)}"
        if low is not None and high is not None:
            return self.count(low) if low == high else f"{low} to {self.count(high)}"
        return f"at most {self.count(high)}" if low is None else f"at least {self.count(low)}"

    def count(self, number: int | None) -> str:
        """A number with its unit: "1 entry", "30 seconds"."""
        unit = {"entries": "entry"}.get(self.unit, self.unit.removesuffix("s")) if number == 1 else self.unit
        return f"{number} {unit}".rstrip()


def text(
    low: int | None = None, high: int | None = None, pattern: str | None = None, form: str = ""
) -> Bounds:
    """A text of `low` to `high` characters."""
    return Bounds(minimum=low, maximum=high, pattern=pattern, form=form, unit="characters")


def number(low: int, high: int | None = None, unit: str = "", also: int | None = None) -> Bounds:
    """A whole number from `low` to `high`, or `also`."""
    return Bounds(type="number", minimum=low, maximum=high, unit=unit, also=also)


def fraction(low: float, high: float) -> Bounds:
    """A number from `low` to `high`, whole or not."""
    return Bounds(type="number", minimum=low, maximum=high, fraction=True)  # type: ignore[arg-type]  # here alone


def choice(*allowed: str) -> Bounds:
    """One of a fixed set of texts."""
    return Bounds(choices=allowed)


def texts(items: Bounds, low: int | None = None, high: int | None = None) -> Bounds:
    """A list of `low` to `high` texts."""
    return Bounds(type="list(string)", minimum=low, maximum=high, items=items, unit="entries")


def data(high: int, *, mapping: bool = False) -> Bounds:
    """Any data, or a mapping of any data, that becomes JSON of at most `high` characters."""
    return Bounds(type="json", maximum=high, mapping=mapping, unit="characters as JSON", items=TEXT)


def pattern(high: int, service: str) -> Bounds:
    """An event pattern for a service of `patterns.DOCUMENTED`, whose JSON has at most `high` characters."""
    return replace(data(high, mapping=True), matching=service)


TEXT = text()
FLAG = Bounds(type="bool")
STATIC_FLAG = Bounds(type="bool", static=True)

_NO_WHITE_SPACE = r"^[^ \t\n\r\f\v]+$"
#: How an ARN begins, and what stands in it between service and resource: partition and region as provider
#: 5.100 and the API models take them.
PARTITION = "aws(-[a-z]+)*"
REGION = "[a-z]{2}(-[a-z]+)+-[0-9]{1,2}"
ARN = f"^arn:{PARTITION}:"
PLACE = f":{REGION}:[0-9]{{12}}:"
#: A region as the provider takes it in the ARN of a function that a permission is for.
FUNCTION_REGION = "[a-z]{2}(-[a-z]+){1,2}-[0-9]"
_KMS_KEY = text(1, 256, ARN + "kms" + PLACE + r"key/[a-zA-Z0-9-]+$", "the ARN of a KMS key")

# The module ------------------------------------------------------------------------------------------

MODULE_NAME = Bounds(
    minimum=1,
    maximum=64,
    unit="characters",
    # Terraform's identifiers: the name is that of the module block as well.
    pattern=r"^[a-zA-Z_][a-zA-Z0-9_-]*$",
    form="letters, digits, - and _, starting with a letter or _",
    static=True,
)
_VERSION = r" *(=|!=|>|>=|<|<=|~>)? *[0-9]+(\.[0-9]+){0,2} *"
VERSION_CONSTRAINT = Bounds(
    minimum=1,
    maximum=100,
    unit="characters",
    pattern=f"^{_VERSION}(,{_VERSION})*$",
    form='version constraints such as ">= 1.9.0" or "~> 5.80"',
    static=True,
)
VARIABLE_TYPE = Bounds(choices=("string", "number", "bool", "list(string)"), static=True)
STATIC_TEXT = Bounds(minimum=1, unit="characters", static=True)
# checkov's ids, and why: a comment of one line.
CHECKOV_SKIP = Bounds(
    type="map(string)",
    unit="entries",
    keys=text(1, 64, r"^CKV2?_[A-Z0-9]+_[0-9]+$", "the id of a check, such as CKV_AWS_338"),
    items=Bounds(
        minimum=1,
        maximum=200,
        unit="characters",
        pattern=r"^[^ \t\n\r\f\v][^\t\n\r\f\v]*$",
        form="a reason on one line",
        static=True,
    ),
)

# The function: lambda.CreateFunction -----------------------------------------------------------------

# 64 characters without the ARN form: Lambda's documented limit; the API model's 140 is the ARN's.
FUNCTION_NAME = text(1, 64, r"^[a-zA-Z0-9_-]+$", "letters, digits, - and _")
DESCRIPTION = text(0, 256)
# All that Lambda knows: which of them a module takes, its provider decides (`constraints.for_provider`).
RUNTIME = choice(*runtimes.names())
HANDLER = text(1, 128, _NO_WHITE_SPACE, "text without white space")
FILENAME = text(1)
S3_BUCKET = text(3, 63, r"^[0-9A-Za-z._-]*[0-9A-Za-z_-]$", "letters, digits, ., - and _, not ending with .")
S3_KEY = text(1, 1024)
S3_OBJECT_VERSION = text(1, 1024)
IMAGE_URI = text(1, None, _NO_WHITE_SPACE, "an image's address without white space")
SOURCE_CODE_HASH = text(1)
TIMEOUT = number(1, 900, "seconds")  # Lambda's documented maximum; the API model has none
MEMORY_SIZE = number(128, 10240, "MiB")  # the documented maximum; the API model says 32768
PACKAGE_TYPE = choice("Zip", "Image")
ARCHITECTURES = texts(choice("x86_64", "arm64"), 1, 1)
LAYER_ARN = text(
    1,
    140,
    ARN + "lambda" + PLACE + r"layer:[a-zA-Z0-9_-]+:[0-9]+$",
    "the ARN of a layer version, arn:aws:lambda:REGION:ACCOUNT:layer:NAME:VERSION",
)
LAYERS = texts(LAYER_ARN, 0, 5)  # Lambda's documented quota
ENVIRONMENT_VARIABLES = Bounds(
    type="map(string)",
    unit="entries",
    keys=text(
        2, None, r"^[a-zA-Z][a-zA-Z0-9_]+$", "letters, digits and _, starting with a letter, at least two"
    ),
    items=TEXT,
)
KMS_KEY_ARN = _KMS_KEY
EXECUTION_ROLE_ARN = text(
    20,
    2048,
    ARN + r"iam::[0-9]{12}:role/?[a-zA-Z_0-9+=,.@/-]+$",
    "the ARN of an IAM role, arn:aws:iam::ACCOUNT:role/NAME",
)
# The forms are those that Lambda's answer to others names; its API model has none.
# Their form is a rule of specs alone: `terraform test` gives callers other ids for mocked resources.
SUBNET_IDS = texts(text(1), 0, 16)
SECURITY_GROUP_IDS = texts(text(1), 0, 5)
# -1 is the provider's way to say "no reservation".
RESERVED_CONCURRENT_EXECUTIONS = number(-1)
DEAD_LETTER_TARGET_ARN = text(
    1,
    None,
    # Lambda takes standard queues and topics; the missing "." keeps FIFO ones (NAME.fifo) out.
    ARN + "(sqs|sns)" + PLACE + r"[a-zA-Z0-9_-]+$",
    "the ARN of a standard SQS queue or SNS topic",
)
TRACING_MODE = choice("Active", "PassThrough")
TAGS = Bounds(type="map(string)", maximum=50, unit="entries", keys=text(1, 128), items=text(0, 256))
IMAGE_ENTRY_POINT = texts(TEXT, 0, 1500)
IMAGE_COMMAND = texts(TEXT, 0, 1500)
IMAGE_WORKING_DIRECTORY = text(0, 1000)
EPHEMERAL_STORAGE_SIZE = number(512, 10240, "MiB")
SNAP_START_APPLY_ON = choice("PublishedVersions", "None")
LOG_FORMAT = choice("JSON", "Text")
APPLICATION_LOG_LEVEL = choice("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL")
SYSTEM_LOG_LEVEL = choice("DEBUG", "INFO", "WARN")
LOG_GROUP = text(1, 512, r"^[._/#A-Za-z0-9-]+$", "letters, digits, ., -, _, / and #")
FILE_SYSTEM_ARN = text(
    1,
    256,
    ARN + "elasticfilesystem" + PLACE + r"access-point/fsap-[a-f0-9]{17}$",
    "the ARN of an EFS access point",
)
LOCAL_MOUNT_PATH = text(1, 160, r"^/mnt/[a-zA-Z0-9_.-]+$", "/mnt/NAME")
CODE_SIGNING_CONFIG_ARN = text(
    1,
    200,
    ARN + "lambda" + PLACE + r"code-signing-config:csc-[a-z0-9]{17}$",
    "the ARN of a code signing configuration",
)

# lambda.PutProvisionedConcurrencyConfig --------------------------------------------------------------

PROVISIONED_CONCURRENT_EXECUTIONS = number(1)
# $LATEST cannot be provisioned, so the API pattern's "$" is left out.
QUALIFIER = text(1, 128, r"^[a-zA-Z0-9_-]+$", "a published version's number or an alias")

# lambda.CreateAlias ----------------------------------------------------------------------------------

ALIAS_NAME = text(
    1, 128, r"^[a-zA-Z0-9_-]*[a-zA-Z_-][a-zA-Z0-9_-]*$", "letters, digits, - and _, and not digits alone"
)
FUNCTION_VERSION = text(1, 1024, r"^[0-9]+$", "a published version's number")
WEIGHT = fraction(0, 1)

# lambda.CreateEventSourceMapping, for streams and queues ---------------------------------------------

# A Kinesis consumer's ARN (enhanced fan-out) is left out: its permissions differ from its stream's.
EVENT_SOURCE_ARN = text(
    1,
    None,
    ARN + f"(dynamodb{PLACE}table/[^/]+/stream/.+|kinesis{PLACE}stream/[^/]+|sqs{PLACE}[a-zA-Z0-9_.-]+)$",
    "the ARN of a DynamoDB stream, a Kinesis stream or an SQS queue",
)
BATCH_SIZE = number(1, 10000, "records")
MAXIMUM_BATCHING_WINDOW = number(0, 300, "seconds")
PARALLELIZATION_FACTOR = number(1, 10)
STARTING_POSITION = choice("TRIM_HORIZON", "LATEST", "AT_TIMESTAMP")
STARTING_POSITION_TIMESTAMP = text(
    20,
    None,
    r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})$",
    "an RFC 3339 time such as 2026-01-31T08:00:00Z",
)
# The API takes 0 to 59 as well, the provider does not.
MAXIMUM_RECORD_AGE = number(60, 604800, "seconds", also=-1)
MAXIMUM_RETRY_ATTEMPTS = number(-1, 10000)
TUMBLING_WINDOW = number(0, 900, "seconds")
FUNCTION_RESPONSE_TYPES = texts(choice("ReportBatchItemFailures"), 0, 1)
FILTER_PATTERN = text(0, 4096)
MAXIMUM_CONCURRENCY = number(2, 1000)
ON_FAILURE_ARN = text(
    1,
    350,
    ARN + f"((sqs|sns){PLACE}[a-zA-Z0-9_.-]+|s3:::[a-zA-Z0-9._-]+)$",
    "the ARN of an SQS queue, an SNS topic or an S3 bucket",
)

# logs.CreateLogGroup, logs.PutRetentionPolicy --------------------------------------------------------

LOG_RETENTION_IN_DAYS = Bounds(
    type="number",
    unit="days",
    # 0 is the provider's way to say "never expire".
    choices=(
        0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288,
        3653,
    ),
)  # fmt: skip
LOG_GROUP_KMS_KEY_ID = _KMS_KEY
LOG_GROUP_CLASS = choice("STANDARD", "INFREQUENT_ACCESS", "DELIVERY")

# Triggers: what several kinds share; the rest stands in each one's file ------------------------------

# tfgen's own limit. A function's policy of 20 KB has room for some 60 permissions, and the 10 KB of a role's
# own policies for as many queues and streams.
TRIGGERS = 200
TRIGGER_NAME = Bounds(
    minimum=1,
    maximum=32,
    unit="characters",
    pattern=r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$",  # the label of resources, and a part of their names in AWS
    form="small letters, digits and single _ between them, starting with a letter",
    static=True,
)
SCHEDULE_EXPRESSION = text(1, 256)  # scheduler.CreateSchedule
TIMEZONE = text(1, 50, r"^[A-Za-z0-9_+/-]+$", "a time zone of IANA's, such as Europe/Berlin")
# In UTC and whole seconds, as the provider reads it back.
MOMENT = text(
    1,
    None,
    r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$",
    "a time in UTC such as 2030-01-31T08:00:00Z",
)
# AWS's quota is five, and ten at most.
FILTERS = Bounds(type="list(json)", minimum=1, maximum=10, unit="entries", items=pattern(4096, "Lambda"))
QUEUE_ARN = text(1, None, ARN + "sqs" + PLACE + r"[a-zA-Z0-9_-]+(\.fifo)?$", "the ARN of an SQS queue")
STANDARD_QUEUE_ARN = text(
    1, None, ARN + "sqs" + PLACE + r"[a-zA-Z0-9_-]+$", "the ARN of a standard SQS queue"
)
KMS_KEY = _KMS_KEY
# secretsmanager.GetSecretValue. The ARN must be whole: policies and conditions compare it.
SECRET_ARN = text(
    20,
    2048,
    ARN + "secretsmanager" + PLACE + r"secret:[a-zA-Z0-9/_+=.@!-]+-[a-zA-Z0-9]{6}$",
    "the whole ARN of a secret, with - and six letters or digits at its end",
)

# iam.CreateRole, iam.AttachRolePolicy, iam.PutRolePolicy ---------------------------------------------

ROLE_NAME = text(1, 64, r"^[a-zA-Z0-9_+=,.@-]+$", "letters, digits and _+=,.@-")
ROLE_PATH = text(1, 512, r"^/([!-~]+/)?$", "a path that starts and ends with /")
POLICY_ARN = text(
    20, 2048, ARN + r"iam::(aws|[0-9]{12}):policy/[a-zA-Z0-9_+=,.@/-]+$", "the ARN of an IAM policy"
)
POLICY_ARNS = texts(POLICY_ARN, 0, 20)  # 20: the most that IAM's quota can be raised to
SID = text(1, 100, r"^[a-zA-Z0-9]+$", "letters and digits")
EFFECT = choice("Allow", "Deny")
ACTIONS = texts(
    text(1, 128, r"^(\*|[a-zA-Z0-9-]+:[a-zA-Z0-9*?]+)$", "SERVICE:ACTION, for example dynamodb:PutItem"), 1
)
# IAM's user guide, "IAM ARNs": an ARN with less than six fields is completed with wildcards, which its policy
# validation calls a mistake ("Missing ARN field"). A wildcard that ends a field stands for all that follows.
# The pattern has one way to match a text, for two would be tried for each wildcard in it.
RESOURCES = texts(
    text(
        1,
        2048,
        r"^(\*|arn:(([^*\n]|[*]+[^*:\n])*[*]+(:.*)?|([^:]*:){4}.+))$",
        "*, or an ARN of six fields, arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE",
    ),
    1,
)
# IAM's user guide, "IAM JSON policy elements: Condition operators".
_NUMBERS_AND_DATES = "(Numeric|Date)((Not)?Equals|(Less|Greater)Than(Equals)?)"
CONDITION_TEST = text(
    1,
    None,
    r"^((ForAllValues:|ForAnyValue:)?(String(Not)?(Equals(IgnoreCase)?|Like)|"
    + _NUMBERS_AND_DATES
    + r"|Bool|BinaryEquals|(Not)?IpAddress|Arn(Not)?(Equals|Like))(IfExists)?|Null)$",
    "an IAM condition operator, such as StringEquals",
)
CONDITION_VARIABLE = text(1, 256, r"^[^: ]+:.+$", "a condition key, such as aws:SourceAccount")
CONDITION_VALUES = texts(TEXT, 1)
