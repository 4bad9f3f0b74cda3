"""A program that serves moto, the emulated AWS, on a free loopback port, and prints its address.

moto lacks some of what modules ask of AWS. Each function here fills one such gap: what Terraform sent is kept
and given back, so that a second plan shows no change.
"""

from __future__ import annotations

import json
import os
import sys
import uuid
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl, unquote

os.environ["MOTO_IAM_LOAD_MANAGED_POLICIES"] = "true"  # read when moto is imported

from moto.apigateway.models import Authorizer, RestAPI
from moto.apigateway.responses import APIGatewayResponse
from moto.applicationautoscaling.responses import ApplicationAutoScalingResponse
from moto.awslambda.models import EventSourceMapping, LambdaBackend, LambdaFunction
from moto.awslambda.policy import Policy
from moto.awslambda.responses import LambdaResponse
from moto.awslambda.urls import url_paths as lambda_paths
from moto.codedeploy.responses import CodeDeployResponse
from moto.config.models import Scope
from moto.core.exceptions import JsonRESTError
from moto.core.responses import ActionResult, EmptyResult
from moto.iot.responses import IoTResponse
from moto.logs.models import LogGroup, SubscriptionFilter
from moto.logs.responses import LogsResponse
from moto.moto_server.threaded_moto_server import ThreadedMotoServer
from moto.s3.responses import S3Response
from moto.secretsmanager.models import FakeSecret, SecretsManagerBackend
from moto.ses.responses import EmailResponse
from moto.sqs.models import Queue
from moto.stepfunctions.parser.asl.static_analyser.static_analyser import StaticAnalyser
from moto.stepfunctions.responses import StepFunctionResponse

Method = Callable[..., Any]


def around(owner: type, name: str) -> Callable[[Method], Method]:
    """Put a function in the place of a method, which it is given as its first argument."""
    method = getattr(owner, name)

    def replace(function: Method) -> Method:
        setattr(owner, name, lambda self, *rest, **named: function(method, self, *rest, **named))
        return function

    return replace


def instead(owner: type, name: str) -> Callable[[Method], Method]:
    """Put a function in the place of a method, or add it as one."""

    def replace(function: Method) -> Method:
        setattr(owner, name, function)
        return function

    return replace


@around(LambdaFunction, "_get_layers_data")
def layers_of_other_accounts(method: Method, self: LambdaFunction, arns: list[str]) -> list[dict[str, Any]]:
    """Take layers of other accounts for ones that are there. moto has the account's own alone."""
    own = [arn for arn in arns if arn.split(":")[4] == self.account_id]
    found = {layer["Arn"]: layer for layer in method(self, own)}
    return [found.get(arn, {"Arn": arn, "CodeSize": 0}) for arn in arns]


@around(LambdaFunction, "__init__")
def keep_functions_arguments(
    create: Method, self: Any, account_id: str, spec: dict[str, Any], *rest: Any, **named: Any
) -> None:
    """moto has no place for these arguments of a function."""
    create(self, account_id, spec, *rest, **named)
    self.kept = {name: spec[name] for name in ("DeadLetterConfig", "LoggingConfig") if spec.get(name)}


@around(LambdaFunction, "get_configuration")
def give_functions_arguments_back(describe: Method, self: Any, *rest: Any, **named: Any) -> dict[str, Any]:
    """The other half of `keep_functions_arguments`."""
    return {**describe(self, *rest, **named), **self.kept}


@around(LambdaFunction, "get_configuration")
def tell_of_no_image_config(describe: Method, self: Any, *rest: Any, **named: Any) -> dict[str, Any]:
    """moto gives every image function settings for its image, if only empty ones."""
    found: dict[str, Any] = describe(self, *rest, **named)
    if not any(found.get("ImageConfigResponse", {}).get("ImageConfig", {}).values()):
        found.pop("ImageConfigResponse", None)
    return found


class Mapping(EventSourceMapping):
    """A mapping that takes any source and any size of batches."""

    __module__ = EventSourceMapping.__module__  # by which moto sorts its models
    # Plain values in place of properties that refuse.
    event_source_arn = None  # type: ignore[assignment]
    batch_size = None  # type: ignore[assignment]

    def get_configuration(self) -> dict[str, Any]:
        """What Lambda says of the mapping. moto leaves the time to start from out."""
        position = {"StartingPositionTimestamp": self.starting_position_timestamp}
        return super().get_configuration() | (position if self.starting_position_timestamp else {})


@instead(LambdaBackend, "create_event_source_mapping")
def map_any_source(self: Any, spec: dict[str, Any]) -> Any:
    """moto refuses Kafka, MQ, DocumentDB, a stream's consumer, and what is not there; and it forgets a
    mapping's version or alias."""
    self._lambdas.get_function_by_name_or_arn_with_qualifier(spec["FunctionName"])  # or refuse
    source = spec.get("EventSourceArn")
    defaults = {
        "AccountId": self.account_id,
        "BatchSize": 10 if source and ":sqs:" in source else 100,
        "EventSourceArn": source,
        "FunctionArn": spec["FunctionName"],  # modules always give the ARN
        "RegionName": self.region_name,
    }
    mapping = Mapping({**defaults, "StartingPosition": "none", **spec})  # type: ignore[abstract]
    mapping.starting_position = spec.get("StartingPosition")  # moto would choose one
    self._event_source_mappings[mapping.uuid] = mapping
    return mapping


@around(Policy, "decode_policy")
def keep_conditions(read: Method, self: Any, request: dict[str, Any]) -> Any:
    """moto keeps but one of a permission's conditions on equality, and some of them not at all."""
    equal = {key: request.pop(name) for name, key in _CONDITIONS.items() if name in request}
    policy = read(self, request)
    if equal:
        policy.statements[0].setdefault("Condition", {})["StringEquals"] = equal
    return policy


_CONDITIONS = {
    "EventSourceToken": "lambda:EventSourceToken",
    "FunctionUrlAuthType": "lambda:FunctionUrlAuthType",
    "PrincipalOrgID": "aws:PrincipalOrgID",
    "SourceAccount": "AWS:SourceAccount",
}


@around(Policy, "add_statement")
def refuse_statement_that_is_there(add: Method, self: Any, raw: str, *rest: Any, **named: Any) -> Any:
    """moto takes any number of statements of one id."""
    sid = json.loads(raw)["StatementId"]
    if any(statement["Sid"] == sid for statement in self.statements):
        # By these words the provider knows that a URL's permission is there.
        raise JsonRESTError("ResourceConflictException", f"The statement id ({sid}) provided already exists.")
    return add(self, raw, *rest, **named)


# moto knows which code signing configuration a function has, and none of these.
for path in ("code-signing-configs/?$", "code-signing-configs/(?P<code_signing_config_arn>.+)$"):
    lambda_paths[f"{{0}}/(?P<api_version>[^/]+)/{path}"] = LambdaResponse.dispatch
_code_signing_configs: dict[str, dict[str, Any]] = {}  # by their ARNs


@instead(LambdaResponse, "create_code_signing_config")
def make_code_signing_config(self: Any) -> Any:
    """Keep a configuration, with its tags."""
    sent = json.loads(self.body)
    name = f"csc-{uuid.uuid4().hex[:17]}"
    arn = f"arn:aws:lambda:{self.region}:{self.current_account}:code-signing-config:{name}"
    made = {"CodeSigningConfigId": name, "CodeSigningConfigArn": arn, "LastModified": "2026-01-01T00:00:00Z"}
    _code_signing_configs[arn] = {"Description": "", **sent, **made}
    return 201, {}, json.dumps({"CodeSigningConfig": _code_signing_configs[arn]})


@instead(LambdaResponse, "get_code_signing_config")
def get_code_signing_config(self: Any) -> Any:
    """Give it back."""
    return json.dumps({"CodeSigningConfig": _code_signing_configs[_arn_in(self.path)]})


@instead(LambdaResponse, "delete_code_signing_config")
def delete_code_signing_config(self: Any) -> Any:
    """Forget it."""
    del _code_signing_configs[_arn_in(self.path)]
    return 204, {}, ""


@around(LambdaResponse, "list_tags")
def give_tags_of_code_signing_config(answer: Method, self: Any) -> Any:
    """Its tags are found by its ARN, as a function's are."""
    config = _code_signing_configs.get(_arn_in(self.path))
    return json.dumps({"Tags": config.get("Tags", {})}) if config else answer(self)


def _arn_in(path: str) -> str:
    return unquote(path).rpartition("/")[2]


# What moto has no place for: settings of a function, by their names in the API's paths.
for path in ("provisioned-concurrency", "recursion-config", "runtime-management-config"):
    lambda_paths[rf"{{0}}/(?P<api_version>[^/]+)/functions/(?P<function_name>[\w_:%-]+)/{path}/?$"] = (
        LambdaResponse.dispatch
    )


def settings(self: Any, kind: str) -> dict[str, Any]:
    """A function's settings of a kind: what Terraform sent, by version or alias."""
    function = self.backend.get_function(unquote(self.path).split("/")[-2])  # or refuse
    kept: dict[str, Any] = vars(function).setdefault("settings", {}).setdefault(kind, {})
    return kept


@instead(LambdaResponse, "put_provisioned_concurrency_config")
def keep_provisioned_concurrency(self: Any) -> Any:
    """Keep what is asked for, and have it ready at once."""
    asked = json.loads(self.body)["ProvisionedConcurrentExecutions"]
    counts = ("Requested", "Allocated", "Available")
    state = {f"{count}ProvisionedConcurrentExecutions": asked for count in counts} | {"Status": "READY"}
    settings(self, "provisioned concurrency")[self._get_param("Qualifier")] = state
    return 202, {}, json.dumps(state)


@instead(LambdaResponse, "get_provisioned_concurrency_config")
def get_provisioned_concurrency(self: Any) -> Any:
    """Give it back."""
    state = settings(self, "provisioned concurrency").get(self._get_param("Qualifier"))
    if state is None:
        error = {"x-amzn-errortype": "ProvisionedConcurrencyConfigNotFoundException"}
        return 404, error, json.dumps({"Type": "User", "Message": "there is none"})
    return json.dumps(state)


@instead(LambdaResponse, "delete_provisioned_concurrency_config")
def delete_provisioned_concurrency(self: Any) -> Any:
    """Forget it."""
    settings(self, "provisioned concurrency").pop(self._get_param("Qualifier"), None)
    return 204, {}, ""


@instead(LambdaResponse, "put_function_recursion_config")
def keep_recursion_config(self: Any) -> str:
    """Keep what Lambda does about circles."""
    settings(self, "recursion").update(json.loads(self.body))
    return json.dumps(settings(self, "recursion"))


@instead(LambdaResponse, "get_function_recursion_config")
def get_recursion_config(self: Any) -> str:
    """Give it back, or Lambda's default."""
    return json.dumps({"RecursiveLoop": "Terminate"} | settings(self, "recursion"))


@instead(LambdaResponse, "put_runtime_management_config")
def keep_runtime_management_config(self: Any) -> str:
    """Keep when the runtime is updated."""
    settings(self, "runtime")[self._get_param("Qualifier")] = json.loads(self.body)
    return str(get_runtime_management_config(self))


@instead(LambdaResponse, "get_runtime_management_config")
def get_runtime_management_config(self: Any) -> str:
    """Give it back, or Lambda's default."""
    arn = self.backend.get_function(unquote(self.path).split("/")[-2]).function_arn
    kept = settings(self, "runtime").get(self._get_param("Qualifier"), {"UpdateRuntimeOn": "Auto"})
    return json.dumps({**kept, "FunctionArn": arn})


_tags_of_targets: dict[str, dict[str, str]] = {}  # by the targets' ARNs


@around(ApplicationAutoScalingResponse, "register_scalable_target")
def keep_tags_of_target(register: Method, self: Any) -> Any:
    """moto drops a scalable target's tags."""
    answer = register(self)
    _tags_of_targets[json.loads(answer)["ScalableTargetARN"]] = self._get_param("Tags") or {}
    return answer


@instead(ApplicationAutoScalingResponse, "list_tags_for_resource")
def give_tags_of_target_back(self: Any) -> str:
    """The other half of `keep_tags_of_target`."""
    return json.dumps({"Tags": _tags_of_targets[self._get_param("ResourceARN")]})


@around(S3Response, "get_bucket_notification")
def say_that_eventbridge_is_told(answer: Method, self: Any) -> Any:
    """moto remembers that a bucket tells EventBridge, but does not say so."""
    notification = self.backend.get_bucket_notification_configuration(self.bucket_name)
    if notification is not None and notification.event_bridge is not None:
        write = self.serialized
        self.serialized = lambda said: write(ActionResult({**said.result, "EventBridgeConfiguration": {}}))
    return answer(self)


@around(Queue, "__init__")
def make_queue_without_allow_policy(create: Method, self: Any, *rest: Any, **named: Any) -> None:
    """A queue of moto's has no redrive allow policy until it is set; see `describe_queue`."""
    self.redrive_allow_policy = None
    create(self, *rest, **named)


def describe_queue(self: Any) -> dict[str, Any]:
    """moto knows no redrive allow policy, and writes a redrive policy with white space where SQS has none."""
    attributes = dict(_describe_queue(self))
    if self.redrive_policy:
        attributes["RedrivePolicy"] = json.dumps(self.redrive_policy, separators=(",", ":"))
    if self.redrive_allow_policy:
        attributes["RedriveAllowPolicy"] = self.redrive_allow_policy
    return attributes


_describe_queue: Method = Queue.attributes.fget  # type: ignore[attr-defined]
Queue.attributes = property(describe_queue)  # type: ignore[assignment]
Queue.BASE_ATTRIBUTES.append("RedriveAllowPolicy")


@around(Queue, "_set_attributes")
def change_queue(change: Method, self: Any, attributes: dict[str, Any], now: float | None = None) -> None:
    """moto forgets a queue's policy when another attribute is set, and keeps empty policies."""
    policy = getattr(self, "policy", None)
    change(self, attributes, now)
    self.policy = attributes.get("Policy", policy) or None
    self.redrive_allow_policy = self.redrive_allow_policy or None


@around(APIGatewayResponse, "create_rest_api")
def keep_binary_media_types(create: Method, self: Any) -> Any:
    """moto takes an API's binary media types only once the API is there."""
    status, headers, body = create(self)
    api = self.backend.get_rest_api(json.loads(body)["id"])
    api.binaryMediaTypes = self._get_param("binaryMediaTypes") or []
    return status, headers, body


@around(RestAPI, "to_dict")
def quote_policy_of_api(describe: Method, self: Any) -> dict[str, Any]:
    """API Gateway gives a policy as the inside of a JSON text, moto as it is."""
    api: dict[str, Any] = describe(self)
    return {**api, "policy": json.dumps(self.policy)[1:-1]} if self.policy else api


@around(Authorizer, "__init__")
def keep_validation_of_authorizer(create: Method, self: Any, **arguments: Any) -> None:
    """moto drops the expression that tokens are held to, by a misspelling."""
    expression = arguments.pop("identiy_validation_expression", None)
    create(self, **{"identity_validation_expression": expression, **arguments})


_deployment_configs: dict[str, dict[str, Any]] = {}  # by their names


@instead(CodeDeployResponse, "create_deployment_config")
def make_deployment_config(self: Any) -> ActionResult:
    """moto's CodeDeploy has no deployment configurations."""
    named = {"deploymentConfigId": str(uuid.uuid4())}
    keys = ("deploymentConfigName", "computePlatform", "trafficRoutingConfig")
    _deployment_configs[self._get_param(keys[0])] = {key: self._get_param(key) for key in keys} | named
    return ActionResult(named)


@instead(CodeDeployResponse, "get_deployment_config")
def get_deployment_config(self: Any) -> ActionResult:
    """The second part of `make_deployment_config`."""
    return ActionResult(
        {"deploymentConfigInfo": _deployment_configs[self._get_param("deploymentConfigName")]}
    )


@instead(CodeDeployResponse, "delete_deployment_config")
def delete_deployment_config(self: Any) -> EmptyResult:
    """The third part of `make_deployment_config`."""
    del _deployment_configs[self._get_param("deploymentConfigName")]
    return EmptyResult()


@around(CodeDeployResponse, "get_deployment_group")
def give_alarms_of_group_back(answer: Method, self: Any) -> ActionResult:
    """moto keeps a deployment group's alarms and does not tell them, but tells of a load balancer that it
    does not have."""
    info = answer(self).result["deploymentGroupInfo"]
    names = (info["applicationName"], info["deploymentGroupName"])
    alarms = self.codedeploy_backend.get_deployment_group(*names).alarm_configuration
    balancer = {"loadBalancerInfo": info["loadBalancerInfo"] or None}
    return ActionResult({"deploymentGroupInfo": {**info, **balancer, "alarmConfiguration": alarms}})


@instead(CodeDeployResponse, "delete_deployment_group")
def delete_deployment_group(self: Any) -> ActionResult:
    """moto's CodeDeploy deletes nothing."""
    groups = self.codedeploy_backend.deployment_groups[self._get_param("applicationName")]
    del groups[self._get_param("deploymentGroupName")]
    return ActionResult({"hooksNotCleanedUp": []})


@instead(CodeDeployResponse, "delete_application")
def delete_application(self: Any) -> EmptyResult:
    """As `delete_deployment_group`."""
    del self.codedeploy_backend.applications[self._get_param("applicationName")]
    return EmptyResult()


@around(Scope, "__init__")
def keep_tag_of_scope(create: Method, self: Any, **arguments: Any) -> None:
    """moto checks the tag of a Config rule's scope, and drops it."""
    create(self, **arguments)
    self.tag_key, self.tag_value = arguments.get("tag_key"), arguments.get("tag_value")


@instead(SecretsManagerBackend, "rotate_secret")
def keep_rotation(self: Any, secret_id: str, **arguments: Any) -> str:
    """moto runs the function, and knows no rules of rotation but a number of days."""
    secret = self.secrets[secret_id]
    secret.rotation_requested = secret.rotation_enabled = True
    secret.rotation_lambda_arn = arguments["rotation_lambda_arn"]
    secret.rotation_rules = arguments["rotation_rules"]
    answer: str = secret.to_short_dict()
    return answer


@around(FakeSecret, "to_dict")
def give_rotation_back(describe: Method, self: Any) -> dict[str, Any]:
    """The other half of `keep_rotation`."""
    secret: dict[str, Any] = describe(self)
    return {**secret, "RotationRules": self.rotation_rules} if self.rotation_requested else secret


@instead(EmailResponse, "delete_receipt_rule")
def delete_receipt_rule(self: Any) -> EmptyResult:
    """moto's SES does not delete receipt rules."""
    rules = self.backend.describe_receipt_rule_set(self._get_param("RuleSetName")).rules
    rules[:] = [rule for rule in rules if rule["Name"] != self._get_param("RuleName")]
    return EmptyResult()


@around(LogsResponse, "create_log_group")
def keep_class_of_log_group(create: Method, self: Any) -> Any:
    """moto knows no classes of log groups."""
    answer = create(self)
    group = self.logs_backend.groups[self._get_param("logGroupName")]
    group.log_class = self._get_param("logGroupClass", "STANDARD")
    return answer


@around(LogGroup, "to_describe_dict")
def give_class_of_log_group_back(describe: Method, self: Any) -> dict[str, Any]:
    """The other half of `keep_class_of_log_group`. Services make log groups as well."""
    return {**describe(self), "logGroupClass": getattr(self, "log_class", "STANDARD")}


@around(LogsResponse, "put_subscription_filter")
def keep_distribution(put: Method, self: Any) -> Any:
    """moto has one way to distribute log events."""
    answer = put(self)
    group = self.logs_backend.groups[self._get_param("logGroupName")]
    kept = group.subscription_filters[self._get_param("filterName")]
    kept.distribution = self._get_param("distribution", "ByLogStream")
    return answer


@around(SubscriptionFilter, "to_json")
def give_distribution_back(describe: Method, self: Any) -> dict[str, Any]:
    """The other half of `keep_distribution`."""
    return {**describe(self), "distribution": self.distribution}


_queries: dict[str, dict[str, Any]] = {}  # saved ones, by their ids


@instead(LogsResponse, "put_query_definition")
def save_query(self: Any) -> str:
    """moto saves no queries."""
    sent = json.loads(self.body)
    query = {"queryDefinitionId": str(uuid.uuid4()), **sent}
    _queries[query["queryDefinitionId"]] = query
    return json.dumps({"queryDefinitionId": query["queryDefinitionId"]})


@instead(LogsResponse, "describe_query_definitions")
def describe_queries(self: Any) -> str:
    """Give them back."""
    prefix = self._get_param("queryDefinitionNamePrefix", "")
    found = [query for query in _queries.values() if query["name"].startswith(prefix)]
    return json.dumps({"queryDefinitions": found})


@instead(LogsResponse, "delete_query_definition")
def delete_query(self: Any) -> str:
    """Forget one."""
    return json.dumps({"success": bool(_queries.pop(self._get_param("queryDefinitionId"), None))})


@around(IoTResponse, "create_topic_rule")
def keep_tags_of_rule(create: Method, self: Any) -> Any:
    """moto drops a topic rule's tags, which stand in a header as in a query."""
    answer = create(self)
    rule = self.iot_backend.rules[self._get_param("ruleName")]
    rule.kept_tags = parse_qsl(self.headers.get("x-amz-tagging", ""), keep_blank_values=True)
    return answer


@instead(IoTResponse, "list_tags_for_resource")
def give_tags_of_rule_back(self: Any) -> str:
    """The other half of `keep_tags_of_rule`: moto's IoT does not list tags at all."""
    rule = self.iot_backend.rules[self._get_param("resourceArn").rpartition("/")[2]]
    return json.dumps({"tags": [{"Key": key, "Value": value} for key, value in rule.kept_tags]})


@instead(StepFunctionResponse, "validate_state_machine_definition")
def read_definition(self: Any) -> ActionResult:
    """moto's interpreter reads a state machine's definition, but not where nothing is interpreted."""
    try:
        StaticAnalyser().analyse(self._get_param("definition"))
    except Exception as error:
        wrong = {"severity": "ERROR", "code": "SCHEMA_VALIDATION_FAILED", "message": str(error)}
        return ActionResult({"result": "FAIL", "diagnostics": [wrong]})
    return ActionResult({"result": "OK", "diagnostics": []})


@instead(StepFunctionResponse, "list_state_machine_versions")
def list_no_versions(self: Any) -> ActionResult:
    """moto does not list a state machine's versions; modules publish none."""
    return ActionResult({"stateMachineVersions": []})


if __name__ == "__main__":
    server = ThreadedMotoServer("127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    print(f"http://{host}:{port}", flush=True)
    sys.stdin.read()  # until the one who started it goes away
