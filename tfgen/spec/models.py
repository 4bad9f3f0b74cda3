"""The Spec: what a user may say about one function, held to types, names and bounds.

Function-level keys are the reference module's variable names; all others are the AWS provider's
argument names. Models are passive: rules between keys stand in `checks.py`, decisions in the plan.
"""

from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field, create_model

from tfgen.expressions import Template
from tfgen.schema import bounds as b
from tfgen.schema.later import later
from tfgen.schema.places import Flag, Number, Place, Text, TextMap, Texts
from tfgen.schema.section import Section
from tfgen.spec.layers import Layer
from tfgen.spec.releases import Alias
from tfgen.spec.sections import (
    DeadLetterConfig,
    Environment,
    EphemeralStorage,
    EventSourceMapping,
    FileSystemConfig,
    ImageConfig,
    LoggingConfig,
    LogGroup,
    PolicyStatement,
    ProvisionedConcurrencyConfig,
    SnapStart,
    Terraform,
    TracingConfig,
    VariableDescription,
    VpcConfig,
)
from tfgen.triggers import Trigger, TriggerPlace

if TYPE_CHECKING:
    from tfgen.spec.access import CodeSigning, FunctionUrl
    from tfgen.spec.alarms import Alarms
    from tfgen.spec.deployments import Deployment
    from tfgen.spec.invocation import Async, RecursionConfig, RuntimeManagementConfig
    from tfgen.spec.logs import InsightsQueries, MetricFilter, SubscriptionFilter
    from tfgen.spec.permissions import Permission
    from tfgen.spec.secrets import Parameters, Secrets
    from tfgen.spec.versions import EcrRepository, Versions
else:
    CodeSigning, FunctionUrl = (later("tfgen.spec.access", name) for name in ("CodeSigning", "FunctionUrl"))
    Alarms = later("tfgen.spec.alarms", "ALARMS")
    Deployment = later("tfgen.spec.deployments", "Deployment")
    Async, RecursionConfig, RuntimeManagementConfig = (
        later("tfgen.spec.invocation", name)
        for name in ("Async", "RecursionConfig", "RuntimeManagementConfig")
    )
    InsightsQueries, MetricFilter, SubscriptionFilter = (
        later("tfgen.spec.logs", name) for name in ("QUERIES", "MetricFilter", "SubscriptionFilter")
    )
    Permission = later("tfgen.spec.permissions", "Permission")
    Parameters, Secrets = (later("tfgen.spec.secrets", name) for name in ("PARAMETERS", "SECRETS"))
    EcrRepository, Versions = (later("tfgen.spec.versions", name) for name in ("EcrRepository", "Versions"))

# `async` is a word of Python's, so that no class body can declare it.
_ASYNC: Any = {"async": (Async | None, Field(None, description="What becomes of asynchronous events"))}
_Asynchronous: type[Section] = create_model(
    "_Asynchronous",
    __base__=Section,
    **_ASYNC,
)


class Spec(_Asynchronous):
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
    layers: Annotated[tuple[Text | Layer, ...] | Template, Place(b.LAYERS, Layer)] = Field(
        (), description="ARNs of Lambda layers to attach"
    )
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
        (), description="What invokes the function", max_length=b.TRIGGERS
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

    # Releases.
    deployment: Deployment | None = Field(None, description="How CodeDeploy releases new versions")
    versions: Versions | None = Field(None, description="Which versions of the function stay")
    ecr_repository: EcrRepository | None = Field(None, description="The repository of its images")

    # Access and what it runs.
    function_url: FunctionUrl | None = Field(None, description="A URL of the function's own")
    code_signing: CodeSigning | None = Field(None, description="Whose code the function takes")
    recursion_config: RecursionConfig | None = Field(
        None, description="What becomes of calls that go round in a circle"
    )
    runtime_management_config: RuntimeManagementConfig | None = Field(
        None, description="When the runtime is updated"
    )
    secrets: Secrets = Field(
        {},
        description="Secrets that the function reads at run time, by names in capitals: NAME gives it the "
        "environment variable NAME_SECRET_ARN. The ARN alone may stand in the mapping's stead. Beside the "
        "names, `extension: true` adds the layer of the AWS Parameters and Secrets Lambda Extension",
    )
    parameters: Parameters = Field(
        {},
        description="The same for parameters of Systems Manager, whose variables are called "
        "NAME_PARAMETER_ARN",
    )
    permissions: tuple[Permission, ...] = Field(
        (),
        description="What the function may do, by intent: one verb an entry, with one ARN or a list of them; "
        "`tfgen explain permissions` says what each allows",
    )

    # Logs, alarms and the dashboard.
    subscription_filters: tuple[SubscriptionFilter, ...] = Field(
        (), description="Who else gets the function's log events", max_length=2
    )
    metric_filters: tuple[MetricFilter, ...] = Field(
        (), description="Metrics that are made of log events", max_length=100
    )
    insights_queries: InsightsQueries = Field(
        {},
        description="Saved queries over the logs: `default`, or a mapping of names to queries, to which "
        "`default: true` adds the rest of the default set and NAME: false takes one out of it",
    )
    lambda_insights: Annotated[bool, Place(b.STATIC_FLAG)] = Field(
        False, description="Whether CloudWatch Lambda Insights watches the function"
    )
    alarms: Alarms = Field(
        {},
        description="Alarms on the function's metrics: `default`, or a mapping of those that there are, to "
        "which `default: true` adds the rest of the default set and NAME: false takes one out of it",
    )
    dashboard: Annotated[bool, Place(b.STATIC_FLAG)] = Field(
        False, description="Whether there is a dashboard of the function's metrics, alarms and errors"
    )

    checkov_skip: Annotated[TextMap, Place(b.CHECKOV_SKIP)] = Field(
        {}, description="Checks of checkov's that the module's resources are let off, each with the reason"
    )
    variables: dict[str, VariableDescription] = Field(
        {}, description="Descriptions of the input variables that expressions use"
    )
    terraform: Terraform = Field(Terraform(), description="Required versions")

    @property
    def has_snap_start(self) -> bool:
        """Whether versions start from a snapshot."""
        return self.snap_start is not None and self.snap_start.apply_on != "None"

    @property
    def needs_versions(self) -> bool:
        """Whether something of it stands on a published version, so that the module publishes them."""
        return bool(self.alias or self.provisioned_concurrency_config or self.has_snap_start)

    @property
    def asynchronous(self) -> Async | None:
        """What becomes of asynchronous events."""
        found: Async | None = getattr(self, "async")
        return found
