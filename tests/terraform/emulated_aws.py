"""A program that serves moto, the emulated AWS, on a free loopback port, and prints its address.

moto lacks some of what modules ask of AWS. Each function here fills one such gap: what Terraform sent is kept
and given back, so that a second plan shows no change.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl

os.environ["MOTO_IAM_LOAD_MANAGED_POLICIES"] = "true"  # read when moto is imported

from moto.apigateway.models import Authorizer, RestAPI
from moto.apigateway.responses import APIGatewayResponse
from moto.awslambda.models import EventSourceMapping, LambdaBackend, LambdaFunction
from moto.awslambda.policy import Policy
from moto.config.models import Scope
from moto.core.responses import ActionResult, EmptyResult
from moto.iot.responses import IoTResponse
from moto.moto_server.threaded_moto_server import ThreadedMotoServer
from moto.s3.responses import S3Response
from moto.secretsmanager.models import FakeSecret, SecretsManagerBackend
from moto.ses.responses import EmailResponse
from moto.sqs.models import Queue

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


if __name__ == "__main__":
    server = ThreadedMotoServer("127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    print(f"http://{host}:{port}", flush=True)
    sys.stdin.read()  # until the one who started it goes away
