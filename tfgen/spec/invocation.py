"""How the function is invoked and run: asynchronous events, recursion, runtime updates."""

from typing import Annotated

from pydantic import Field

from tfgen.schema import bounds as b
from tfgen.schema.places import Number, Place, Text
from tfgen.schema.section import Section

# lambda.PutFunctionEventInvokeConfig
_MAXIMUM_EVENT_AGE = b.number(60, 21600, "seconds")
_MAXIMUM_RETRY_ATTEMPTS = b.number(0, 2)
# Lambda's developer guide, "Capturing records of Lambda asynchronous invocations": standard queues and
# topics, and buckets for what failed alone.
_NAMED = (
    f"(sqs|sns){b.PLACE}[a-zA-Z0-9_-]+"
    f"|lambda{b.PLACE}function:[a-zA-Z0-9_-]+(:[a-zA-Z0-9_-]+)?"
    f"|events{b.PLACE}event-bus/[a-zA-Z0-9._/-]+"
)
ON_SUCCESS = b.text(
    1,
    350,
    b.ARN + rf"({_NAMED})$",
    "the ARN of a standard SQS queue, a standard SNS topic, a Lambda function or an event bus",
)
ON_FAILURE = b.text(
    1,
    350,
    b.ARN + rf"({_NAMED}|s3:::[a-zA-Z0-9._-]+)$",
    "the ARN of a standard SQS queue, a standard SNS topic, a Lambda function, an event bus or an S3 bucket",
)
# lambda.PutFunctionRecursionConfig
_RECURSIVE_LOOP = b.choice("Allow", "Terminate")
# lambda.PutRuntimeManagementConfig
_UPDATE_RUNTIME_ON = b.choice("Auto", "FunctionUpdate", "Manual")
_RUNTIME_VERSION_ARN = b.text(
    26, 2048, b.ARN + f"lambda:{b.REGION}::runtime:.+$", "the ARN of a runtime version"
)


class Async(Section):
    """What becomes of asynchronous events."""

    maximum_event_age_in_seconds: Annotated[Number | None, Place(_MAXIMUM_EVENT_AGE)] = Field(
        None, description="How old an event may get before it is given up; 6 hours if not given"
    )
    maximum_retry_attempts: Annotated[Number | None, Place(_MAXIMUM_RETRY_ATTEMPTS)] = Field(
        None, description="How often an event is tried again that the function failed on; 2 if not given"
    )
    on_success: Annotated[Text | None, Place(ON_SUCCESS)] = Field(
        None,
        description="ARN of the SQS queue, SNS topic, Lambda function or event bus that gets a record of "
        "each event that went well",
    )
    on_failure: Annotated[Text | None, Place(ON_FAILURE)] = Field(
        None,
        description="ARN of the SQS queue, SNS topic, Lambda function, event bus or S3 bucket that gets a "
        "record of each event that was given up",
    )


class RecursionConfig(Section):
    """What becomes of calls that go round in a circle."""

    recursive_loop: Annotated[Text, Place(_RECURSIVE_LOOP)] = Field(
        description="Terminate, Lambda's default, stops a circle after some 16 calls; Allow lets it go on"
    )


class RuntimeManagementConfig(Section):
    """When the runtime is updated."""

    update_runtime_on: Annotated[Text, Place(_UPDATE_RUNTIME_ON)] = Field(
        description="Auto, Lambda's default; FunctionUpdate, with each change of the function; or Manual, "
        "never by itself"
    )
    runtime_version_arn: Annotated[Text | None, Place(_RUNTIME_VERSION_ARN)] = Field(
        None, description="ARN of the runtime version to stay on, with Manual; INIT_START log lines tell it"
    )
