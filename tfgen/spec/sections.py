"""The sections of a spec that belong to the function itself, its role and its module."""

from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import AfterValidator, Field

from tfgen.schema import bounds as b
from tfgen.schema.later import later
from tfgen.schema.places import Flag, Number, Place, Text, TextMap, Texts, plain
from tfgen.schema.section import Section

if TYPE_CHECKING:
    from tfgen.spec.scaling import Autoscaling, ScalingSchedule
else:
    Autoscaling, ScalingSchedule = (
        later("tfgen.spec.scaling", name) for name in ("Autoscaling", "ScalingSchedule")
    )


class Environment(Section):
    """Environment variables of the function."""

    variables: Annotated[TextMap, Place(b.ENVIRONMENT_VARIABLES)] = Field(
        {}, description="Environment variables, name to value"
    )


class VpcConfig(Section):
    """The VPC that the function reaches into."""

    subnet_ids: Annotated[Texts, Place(b.SUBNET_IDS)] = Field(description="Ids of the subnets")
    security_group_ids: Annotated[Texts, Place(b.SECURITY_GROUP_IDS)] = Field(
        description="Ids of the security groups"
    )
    ipv6_allowed_for_dual_stack: Annotated[Flag | None, Place(b.FLAG)] = Field(
        None, description="Whether outbound IPv6 traffic is allowed on dual-stack subnets"
    )


class ProvisionedConcurrencyConfig(Section):
    """Execution environments that are kept ready."""

    provisioned_concurrent_executions: Annotated[Number, Place(b.PROVISIONED_CONCURRENT_EXECUTIONS)] = Field(
        description="Number of execution environments that are kept ready"
    )
    qualifier: Annotated[Text | None, Place(b.QUALIFIER)] = Field(
        None, description="Version or alias they are kept ready for; the version just published if not given"
    )
    autoscaling: Autoscaling | None = Field(None, description="How their number follows the load")
    schedules: tuple[ScalingSchedule, ...] = Field(
        (), description="Times at which the limits of their number change", min_length=1
    )

    of_specs_alone: ClassVar[frozenset[str]] = frozenset({"autoscaling", "schedules"})

    @property
    def is_scaled(self) -> bool:
        """Whether Application Auto Scaling changes their number."""
        return self.autoscaling is not None or bool(self.schedules)


class DeadLetterConfig(Section):
    """Where asynchronous events go that the function failed on."""

    target_arn: Annotated[Text, Place(b.DEAD_LETTER_TARGET_ARN)] = Field(
        description="ARN of the SQS queue or SNS topic"
    )


class TracingConfig(Section):
    """X-Ray tracing."""

    mode: Annotated[Text, Place(b.TRACING_MODE)] = Field(
        description="Active samples requests itself, PassThrough follows the caller's decision"
    )


class ImageConfig(Section):
    """What overrides the container image's own settings."""

    entry_point: Annotated[Texts | None, Place(b.IMAGE_ENTRY_POINT)] = Field(
        None, description="Entry point of the image"
    )
    command: Annotated[Texts | None, Place(b.IMAGE_COMMAND)] = Field(
        None, description="Parameters of the entry point"
    )
    working_directory: Annotated[Text | None, Place(b.IMAGE_WORKING_DIRECTORY)] = Field(
        None, description="Working directory"
    )


class OnFailure(Section):
    """Where records go that the function failed on for good."""

    destination_arn: Annotated[Text, Place(b.ON_FAILURE_ARN)] = Field(
        description="ARN of the SQS queue, SNS topic or S3 bucket"
    )


class DestinationConfig(Section):
    """Destinations of an event source mapping."""

    on_failure: OnFailure | None = Field(None, description="Destination of records that failed")


class Filter(Section):
    """One filter; a record passes if it matches any of them."""

    pattern: Annotated[Text, Place(b.FILTER_PATTERN)] = Field(description="Filter pattern, as JSON text")


class FilterCriteria(Section):
    """Which records reach the function."""

    filter: tuple[Filter, ...] = Field(description="Filters", min_length=1, max_length=10)


class ScalingConfig(Section):
    """How far an SQS queue may scale the function."""

    maximum_concurrency: Annotated[Number | None, Place(b.MAXIMUM_CONCURRENCY)] = Field(
        None, description="Most concurrent executions for this queue"
    )


class EventSourceMapping(Section):
    """A DynamoDB stream, Kinesis stream or SQS queue that the function reads."""

    event_source_arn: Annotated[Text, Place(b.EVENT_SOURCE_ARN)] = Field(
        description="ARN of the DynamoDB stream, Kinesis stream or SQS queue"
    )
    enabled: Annotated[Flag | None, Place(b.FLAG)] = Field(None, description="Whether records are read")
    batch_size: Annotated[Number | None, Place(b.BATCH_SIZE)] = Field(None, description="Most records a call")
    bisect_batch_on_function_error: Annotated[Flag | None, Place(b.FLAG)] = Field(
        None, description="Whether a failed batch is split in two and tried again"
    )
    destination_config: DestinationConfig | None = Field(None, description="Where failed records go")
    filter_criteria: FilterCriteria | None = Field(None, description="Which records reach the function")
    function_response_types: Annotated[Texts | None, Place(b.FUNCTION_RESPONSE_TYPES)] = Field(
        None, description="ReportBatchItemFailures: the function says which records failed"
    )
    maximum_batching_window_in_seconds: Annotated[Number | None, Place(b.MAXIMUM_BATCHING_WINDOW)] = Field(
        None, description="Seconds to gather a batch"
    )
    maximum_record_age_in_seconds: Annotated[Number | None, Place(b.MAXIMUM_RECORD_AGE)] = Field(
        None, description="Oldest record that is still tried; -1 for no limit"
    )
    maximum_retry_attempts: Annotated[Number | None, Place(b.MAXIMUM_RETRY_ATTEMPTS)] = Field(
        None, description="Retries of a failed batch; -1 for no limit"
    )
    parallelization_factor: Annotated[Number | None, Place(b.PARALLELIZATION_FACTOR)] = Field(
        None, description="Batches of one shard that are worked on at once"
    )
    scaling_config: ScalingConfig | None = Field(None, description="Concurrency limit of an SQS queue")
    starting_position: Annotated[Text | None, Place(b.STARTING_POSITION)] = Field(
        None, description="Where in a stream to start reading"
    )
    starting_position_timestamp: Annotated[Text | None, Place(b.STARTING_POSITION_TIMESTAMP)] = Field(
        None, description="Time to start at, with AT_TIMESTAMP"
    )
    tumbling_window_in_seconds: Annotated[Number | None, Place(b.TUMBLING_WINDOW)] = Field(
        None, description="Length of an aggregation window over a stream"
    )


class EphemeralStorage(Section):
    """The function's /tmp."""

    size: Annotated[Number, Place(b.EPHEMERAL_STORAGE_SIZE)] = Field(description="Size of /tmp in MiB")


class SnapStart(Section):
    """Start from a snapshot of the initialised function."""

    apply_on: Annotated[Text, Place(b.SNAP_START_APPLY_ON)] = Field(description="PublishedVersions or None")


class LoggingConfig(Section):
    """Form, levels and place of the function's logs."""

    log_format: Annotated[Text, Place(b.LOG_FORMAT)] = Field(description="JSON or Text")
    application_log_level: Annotated[Text | None, Place(b.APPLICATION_LOG_LEVEL)] = Field(
        None, description="Lowest level of the function's own log lines; JSON format only"
    )
    system_log_level: Annotated[Text | None, Place(b.SYSTEM_LOG_LEVEL)] = Field(
        None, description="Lowest level of the service's log lines; JSON format only"
    )
    log_group: Annotated[Text | None, Place(b.LOG_GROUP)] = Field(
        None, description="Name of the log group; /aws/lambda/FUNCTION_NAME if not given"
    )


class FileSystemConfig(Section):
    """An EFS file system that the function mounts."""

    arn: Annotated[Text, Place(b.FILE_SYSTEM_ARN)] = Field(description="ARN of the EFS access point")
    local_mount_path: Annotated[Text, Place(b.LOCAL_MOUNT_PATH)] = Field(description="Path below /mnt")


class LogGroup(Section):
    """Options of the function's log group."""

    create: Annotated[bool, Place(b.STATIC_FLAG)] = Field(
        True, description="Whether the module makes the log group; false uses one that is there"
    )
    kms_key_id: Annotated[Text | None, Place(b.LOG_GROUP_KMS_KEY_ID)] = Field(
        None, description="ARN of the KMS key that encrypts the logs"
    )
    log_group_class: Annotated[Text | None, Place(b.LOG_GROUP_CLASS)] = Field(
        None, description="Class of the log group"
    )
    skip_destroy: Annotated[Flag | None, Place(b.FLAG)] = Field(
        None, description="Whether the logs stay when the module is destroyed"
    )


class Condition(Section):
    """A condition of an IAM statement."""

    test: Annotated[Text, Place(b.CONDITION_TEST)] = Field(description="IAM condition operator")
    variable: Annotated[Text, Place(b.CONDITION_VARIABLE)] = Field(description="Condition key")
    values: Annotated[Texts, Place(b.CONDITION_VALUES)] = Field(description="Values to compare with")


class PolicyStatement(Section):
    """A statement of the execution role's policy, with the arguments of aws_iam_policy_document."""

    sid: Annotated[Text | None, Place(b.SID)] = Field(None, description="Statement id")
    effect: Annotated[Text | None, Place(b.EFFECT)] = Field(None, description="Allow (the default) or Deny")
    actions: Annotated[Texts | None, Place(b.ACTIONS)] = Field(None, description="Actions it is about")
    not_actions: Annotated[Texts | None, Place(b.ACTIONS)] = Field(
        None, description="Actions it is not about, instead of `actions`"
    )
    resources: Annotated[Texts | None, Place(b.RESOURCES)] = Field(None, description="ARNs it is about")
    not_resources: Annotated[Texts | None, Place(b.RESOURCES)] = Field(
        None, description="ARNs it is not about, instead of `resources`"
    )
    condition: tuple[Condition, ...] = Field((), description="Conditions, all of which must hold")


class VariableDescription(Section):
    """What is said about an input variable that an expression declares."""

    type: Annotated[str | None, Place(b.VARIABLE_TYPE)] = Field(
        None, description="Type, if it does not follow from the places that use it"
    )
    description: Annotated[str | None, Place(b.STATIC_TEXT)] = Field(None, description="Its description")
    default: Annotated[str | bool | int | float | list[str] | None, AfterValidator(plain)] = Field(
        None, description="Its default; without one it is required"
    )
    sensitive: Annotated[bool, Place(b.STATIC_FLAG)] = Field(
        False, description="Whether Terraform hides its value"
    )


class Terraform(Section):
    """Which Terraform and AWS provider the module asks for."""

    required_version: Annotated[str, Place(b.VERSION_CONSTRAINT)] = Field(
        ">= 1.9.0", description="Constraint on Terraform's version"
    )
    aws_provider_version: Annotated[str, Place(b.VERSION_CONSTRAINT)] = Field(
        "~> 5.80", description="Constraint on the AWS provider's version"
    )
