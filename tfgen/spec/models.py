"""The Spec: what a user may say about one function, held to types, names and bounds.

Function-level keys are the reference module's variable names; all others are the AWS provider's
argument names. Models are passive: rules between keys stand in `checks.py`, decisions in the plan.
"""

from typing import Annotated

from pydantic import AfterValidator, Field

from tfgen.schema import bounds as b
from tfgen.schema.places import Flag, Number, Place, Text, TextMap, Texts, plain
from tfgen.schema.section import Section
from tfgen.spec.releases import Alias
from tfgen.triggers import Trigger, TriggerPlace


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

    test: Annotated[Text, Place(b.CONDITION_TEXT)] = Field(description="IAM condition operator")
    variable: Annotated[Text, Place(b.CONDITION_TEXT)] = Field(description="Condition key")
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


class Spec(Section):
    """One function. Defaults are those of the reference module's variables."""

    name: Annotated[str | None, Place(b.MODULE_NAME)] = Field(
        None, description="Name of the module and its folder; the spec file's name if not given"
    )

    # The reference module's interface, in its order; `interface.py` says which these are.
    function_name: Annotated[Text | None, Place(b.FUNCTION_NAME)] = Field(
        None, description="Name of the Lambda function"
    )
    runtime: Annotated[Text | None, Place(b.RUNTIME)] = Field(
        None, description="Function runtime (python3.12, nodejs22.x, etc.)"
    )
    handler: Annotated[Text | None, Place(b.HANDLER)] = Field(
        None, description="Function entrypoint in your code"
    )
    filename: Annotated[Text | None, Place(b.FILENAME)] = Field(
        None, description="Path to the deployment package (ZIP)"
    )
    s3_bucket: Annotated[Text | None, Place(b.S3_BUCKET)] = Field(
        None, description="S3 bucket containing the deployment package"
    )
    s3_key: Annotated[Text | None, Place(b.S3_KEY)] = Field(
        None, description="S3 key of the deployment package"
    )
    s3_object_version: Annotated[Text | None, Place(b.S3_OBJECT_VERSION)] = Field(
        None, description="S3 object version to use"
    )
    image_uri: Annotated[Text | None, Place(b.IMAGE_URI)] = Field(
        None, description="Container image URI for Image package type"
    )
    source_code_hash: Annotated[Text | None, Place(b.SOURCE_CODE_HASH)] = Field(
        None,
        description="Used to trigger updates when source changes; the hash of a local ZIP if not given, "
        "while new code under the same S3 key or image tag is not seen without it",
    )
    timeout: Annotated[Number, Place(b.TIMEOUT)] = Field(3, description="Function timeout in seconds")
    memory_size: Annotated[Number, Place(b.MEMORY_SIZE)] = Field(128, description="Memory allocation in MiB")
    package_type: Annotated[Text, Place(b.PACKAGE_TYPE)] = Field(
        "Zip", description="Deployment package type (Zip or Image)"
    )
    architectures: Annotated[Texts, Place(b.ARCHITECTURES)] = Field(
        ("x86_64",), description="Instruction set architecture"
    )
    layers: Annotated[Texts, Place(b.LAYERS)] = Field((), description="ARNs of Lambda layers to attach")
    environment: Environment = Field(Environment(), description="Environment variables")
    kms_key_arn: Annotated[Text | None, Place(b.KMS_KEY_ARN)] = Field(
        None, description="ARN of the KMS key that encrypts the environment variables"
    )
    execution_role_arn: Annotated[Text | None, Place(b.EXECUTION_ROLE_ARN)] = Field(
        None, description="ARN of the IAM role for function execution"
    )
    vpc_config: VpcConfig | None = Field(None, description="VPC configuration for network access")
    reserved_concurrent_executions: Annotated[Number | None, Place(b.RESERVED_CONCURRENT_EXECUTIONS)] = Field(
        None, description="Reserved concurrency limit"
    )
    provisioned_concurrency_config: ProvisionedConcurrencyConfig | None = Field(
        None, description="Provisioned concurrency settings"
    )
    dead_letter_config: DeadLetterConfig | None = Field(None, description="Dead letter queue configuration")
    tracing_config: TracingConfig | None = Field(None, description="X-Ray tracing configuration")
    log_retention_in_days: Annotated[Number, Place(b.LOG_RETENTION_IN_DAYS)] = Field(
        14, description="CloudWatch logs retention period in days; 0 keeps them forever"
    )
    image_config: ImageConfig | None = Field(
        None, description="Container image settings for Image package type"
    )
    event_source_mapping: EventSourceMapping | None = Field(
        None, description="A DynamoDB stream, Kinesis stream or SQS queue that invokes the function"
    )
    tags: Annotated[TextMap, Place(b.TAGS)] = Field({}, description="Tags of all resources of the module")

    triggers: tuple[Annotated[Trigger, TriggerPlace()], ...] = Field(
        (), description="What invokes the function"
    )

    # What the reference module does not have.
    description: Annotated[Text | None, Place(b.DESCRIPTION)] = Field(
        None, description="What the function does"
    )
    alias: Alias | None = Field(None, description="The name that the function is invoked by")
    publish: Annotated[Flag | None, Place(b.FLAG)] = Field(
        None, description="Whether each change is published as a new version"
    )
    ephemeral_storage: EphemeralStorage | None = Field(None, description="Size of /tmp")
    snap_start: SnapStart | None = Field(None, description="Start from a snapshot")
    logging_config: LoggingConfig | None = Field(None, description="Form, levels and place of the logs")
    file_system_config: FileSystemConfig | None = Field(None, description="An EFS file system to mount")
    code_signing_config_arn: Annotated[Text | None, Place(b.CODE_SIGNING_CONFIG_ARN)] = Field(
        None, description="ARN of the code signing configuration"
    )
    skip_destroy: Annotated[Flag | None, Place(b.FLAG)] = Field(
        None, description="Whether the function stays in AWS when the module is destroyed"
    )
    replace_security_groups_on_destroy: Annotated[Flag | None, Place(b.FLAG)] = Field(
        None, description="Whether the network interfaces get other security groups before a destroy"
    )
    replacement_security_group_ids: Annotated[Texts | None, Place(b.SECURITY_GROUP_IDS)] = Field(
        None, description="Those other security groups; the VPC's default one if not given"
    )
    log_group: LogGroup = Field(LogGroup(), description="Options of the log group")

    # The module's own execution role.
    role_name: Annotated[Text | None, Place(b.ROLE_NAME)] = Field(
        None, description="Name of the execution role; made of function name and region if not given"
    )
    role_path: Annotated[Text | None, Place(b.ROLE_PATH)] = Field(
        None, description="Path of the execution role"
    )
    permissions_boundary: Annotated[Text | None, Place(b.POLICY_ARN)] = Field(
        None, description="ARN of the policy that bounds the execution role"
    )
    policy_arns: Annotated[Texts, Place(b.POLICY_ARNS)] = Field(
        (), description="ARNs of policies to attach to the execution role"
    )
    policy_statements: tuple[PolicyStatement, ...] = Field(
        (), description="What the function may do, beside what its settings need"
    )

    variables: dict[str, VariableDescription] = Field(
        {}, description="Descriptions of the input variables that expressions use"
    )
    terraform: Terraform = Field(Terraform(), description="Required versions")
