"""Where the values of the sections that operate a function belong in its module."""

from __future__ import annotations

import re
from typing import Any

from tests.reading_back import (
    MERGED,
    Asked,
    Finder,
    Found,
    Module,
    labels_of,
    named_arns,
    unguarded,
    written,
)
from tests.strategies import Data, Expression
from tfgen.checkov import CHECKS
from tfgen.hcl import comment
from tfgen.intents import INTENTS

#: The thresholds of the default alarms, or their shares of a limit.
DEFAULT_ALARMS = {
    **dict.fromkeys(("errors", "throttles", "dead_letters", "dead_letter_errors"), 1),
    **dict.fromkeys(("async_events_dropped", "destination_failures", "http_5xx", "url_5xx"), 1),
    **dict.fromkeys(("duration", "concurrent_executions"), "80 %"),
    "async_event_age": "25 %",
    "provisioned_concurrency_spillover": 1,
    "error_rate": 5,
    "queue_age": 900,
    "iterator_age": 900000,
    **dict.fromkeys(("invocations", "offset_lag"), None),
}


def _secrets(module: Module, asked: Asked, key: str, value: Any) -> Found:
    """Secrets or parameters: ARNs in the environment, two statements, and the extension's layer."""
    arn = {"secrets": "secret_arn", "parameters": "parameter_arn"}[key]
    named = {name: entry for name, entry in value.items() if name != "extension"}
    arns = {name: text for name, text in named_arns(asked).items() if name.endswith(arn.upper())}
    environment = written(module.locals.get("environment"), "merge(", f", {MERGED['environment']})")
    found = {name: entry for name, entry in environment.items() if name.endswith(f"_{arn.upper()}")}
    yield key, asked.value(arns), found
    statements = {
        statement["sid"]: statement
        for statement in module.block("data.aws_iam_policy_document.execution_role").get("statement", [])
    }
    end = key.capitalize()
    yield f"{key} read", asked.value(list(arns.values())), statements[f"ReadFor{end}"]["resources"]
    keys = {entry["kms_key_arn"]: entry.get(arn) for entry in named.values() if "kms_key_arn" in entry}
    decrypt = statements.get(f"DecryptFor{end}", {"resources": [], "condition": [{"values": []}]})
    yield f"{key} keys", asked.value(list(keys)), decrypt["resources"]
    yield f"{key} encrypted", asked.value(list(keys.values())), decrypt["condition"][0]["values"]
    extension = any(asked.data.get(one, {}).get("extension") for one in ("secrets", "parameters"))
    address = "var.parameters_and_secrets_extension_arn"
    yield f"{key}.extension", extension, address in str(module.function["layers"])


def _permissions(module: Module, asked: Asked, key: str, value: Any) -> Found:
    """A statement for each, by the table."""
    statements = module.block("data.aws_iam_policy_document.execution_role").get("statement", [])
    found = [
        {name: statement.get(name) for name in ("actions", "resources", "condition")}
        for statement in statements
        if str(statement.get("sid")).endswith("ForPermissions")
    ]
    yield key, [asked.value(_allowed(entry)) for entry in value], found


def _allowed(entry: Data) -> Data:
    """The statement of one permission; empty where it is not whole."""
    verbs = [verb for verb in entry if verb != "service"]
    if len(verbs) != 1:
        return {}
    services, given = INTENTS[verbs[0]], entry[verbs[0]]
    about = [given] if isinstance(given, str) else given
    shown = [re.sub(r"\$\{.*?\}", "-", arn).split(":")[2] for arn in about if arn.startswith("arn:")]
    told = (
        [entry["service"]] if "service" in entry else shown or (list(services) if len(services) == 1 else [])
    )
    intent = services.get(told[0]) if told else None
    if intent is None:
        return {}
    condition = {"test": "StringEquals", "variable": intent.condition, "values": about}
    return {
        "actions": list(intent.actions),
        "resources": [f"{arn}{end}" for arn in about for end in intent.on] or ["*"],
        "condition": [condition] if intent.condition else None,
    }


def _checkov_skip(module: Module, asked: Asked, key: str, value: Any) -> Found:
    """A comment in each resource that a check is about."""
    kinds = {address.removeprefix("resource.").rpartition(".")[0] for address, _ in module.blocks}
    met = {check for kind in kinds for check in CHECKS.get(kind, ())}
    expected = {
        f"  {comment(f'checkov:skip={check}:{asked.text(reason)}')}"
        for check, reason in value.items()
        if check in met
    }
    lines = [line for text in module.files.values() for line in text.split("\n")]
    yield key, expected, {line for line in lines if line.startswith("  # checkov:skip=")}


def _function_url(module: Module, asked: Asked, key: str, value: Any) -> Found:
    found = module.block("resource.aws_lambda_function_url.this")
    given = {"authorization_type": "AWS_IAM", **value, "cors": [value["cors"]] if "cors" in value else None}
    for argument in ("authorization_type", "cors", "invoke_mode"):
        yield f"{key}.{argument}", asked.value(given.get(argument)), found.get(argument)
    callers = module.block("resource.aws_lambda_permission.function_url")
    yield f"{key}.public", value.get("public", False), callers.get("principal") == "*"
    expected = [_caller(asked, principal) for principal in value.get("principals", ())]
    yield f"{key}.principals", expected, list(callers.get("for_each", {}).values())


def _caller(asked: Asked, principal: str) -> Any:
    """A caller as AWS keeps it: an account by its ARN, which a variable may or may not give."""
    partition = Expression("data.aws_partition.current.partition")
    if principal.isdigit():
        return ("arn:", partition, f":iam::{principal}:root")
    if not re.fullmatch(r"\$\{[^}]*\}", principal):
        return asked.value(principal)
    given = asked.value(principal).text
    return Expression(
        f'(length({given}) == 12 ? "arn:${{{partition.text}}}:iam::${{{given}}}:root" : {given})'
    )


def _code_signing(module: Module, asked: Asked, key: str, value: Any) -> Found:
    found = module.block("resource.aws_lambda_code_signing_config.this")
    yield f"{key}.description", asked.value(value.get("description")), found.get("description")
    (publishers,), (policies,) = found["allowed_publishers"], found["policies"]
    arns, policy = "signing_profile_version_arns", "untrusted_artifact_on_deployment"
    yield f"{key}.{arns}", asked.value(value.get(arns)), publishers[arns]
    yield f"{key}.{policy}", asked.value(value.get(policy, "Enforce")), policies[policy]


def _versions(module: Module, asked: Asked, key: str, value: Any) -> Found:
    machine = module.block("resource.aws_sfn_state_machine.this")
    begun = written(machine.get("definition"), "jsonencode(", ")")["States"]["Begin"]["Assign"]
    yield f"{key}.keep", asked.value(value.get("keep")), begun["keep"]
    schedule = module.block("resource.aws_scheduler_schedule.versions")
    expression, zone = (schedule.get(f"schedule_expression{end}") for end in ("", "_timezone"))
    daily = value.get("schedule_expression", "rate(1 day)")
    yield f"{key}.schedule_expression", asked.value(daily), expression
    yield f"{key}.timezone", asked.value(value.get("timezone")), zone


def _ecr_repository(module: Module, asked: Asked, key: str, value: Any) -> Found:
    found = module.block("resource.aws_ecr_repository.this")
    named = Expression(f"lower({asked.address('function_name')})")
    defaults = {"name": named, "image_tag_mutability": "IMMUTABLE", "force_delete": None}
    for argument, default in defaults.items():
        yield f"{key}.{argument}", asked.value(value.get(argument, default)), found.get(argument)
    (encryption,) = found["encryption_configuration"]
    yield f"{key}.kms_key", asked.value(value.get("kms_key")), encryption.get("kms_key")
    image = unguarded(written(module.locals.get("image_uri"), "var.image_uri != null ? var.image_uri : "))
    url = Expression("aws_ecr_repository.this.repository_url")
    end = asked.text(f":{value['image_tag']}") if "image_tag" in value else ()
    expected = (url, *(end if isinstance(end, tuple) else (end,))) if end else None
    yield f"{key}.image_tag", expected, image
    policy = module.block("resource.aws_ecr_lifecycle_policy.this")
    counts = [
        rule["selection"]["countNumber"] for rule in written(policy["policy"], "jsonencode(", ")")["rules"]
    ]
    rules = value.get("lifecycle_policy", {})
    wanted = [rules.get("untagged_days", 14), *([rules["keep_images"]] if "keep_images" in rules else [])]
    yield f"{key}.lifecycle_policy", asked.value(wanted), counts


def _deployment(module: Module, asked: Asked, key: str, value: Any) -> Found:
    group = module.block("resource.aws_codedeploy_deployment_group.this")
    config = module.block("resource.aws_codedeploy_deployment_config.this")
    preset, routing = value.get("deployment_config_name"), value.get("traffic_routing_config")
    expected = asked.value(f"CodeDeployDefault.Lambda{preset}") if preset else None
    found = group["deployment_config_name"]
    yield f"{key}.deployment_config_name", expected, None if config else found
    shares = {name: routing.get(name) for name in ("interval", "percentage")} if routing else {}
    (found,) = config.get("traffic_routing_config", [{}])
    kinds = {"TimeBasedCanary": "time_based_canary", "TimeBasedLinear": "time_based_linear"}
    block = kinds.get(routing.get("type")) if routing else None
    expected = {"type": routing.get("type"), block: [shares]} if routing else {}
    yield f"{key}.traffic_routing_config", asked.value(expected), found
    given = asked.data.get("alarms", {})
    default = [name for name in ("errors", "error_rate") if given == "default" or name in given]
    alarms = [f"aws_cloudwatch_metric_alarm.{name}.alarm_name" for name in value.get("alarms", default)]
    (watched,) = group.get("alarm_configuration", [{"alarms": []}])
    yield f"{key}.alarms", [Expression(alarm) for alarm in alarms], watched["alarms"]
    names = [f"{when}_allow_traffic_hook" for when in ("before", "after")]
    hooks = [value[name] for name in names if name in value]
    statements = module.block("data.aws_iam_policy_document.deployment")["statement"]
    allowed = [found["resources"] for found in statements if found["sid"] == "InvokeHooks"]
    yield f"{key} hooks", [asked.value(hooks)] if hooks else [], allowed


def _subscription_filters(module: Module, asked: Asked, key: str, value: Any) -> Found:
    labels = [f"subscription_filters_{entry.get('name')}" for entry in value]
    yield f"{key} names", labels, labels_of(module, "aws_cloudwatch_log_subscription_filter")
    for label, entry in zip(labels, value, strict=True):
        found = module.block(f"resource.aws_cloudwatch_log_subscription_filter.{label}")
        for argument in ("destination_arn", "filter_pattern", "distribution"):
            default = "" if argument == "filter_pattern" else None
            yield f"{key}.{argument}", asked.value(entry.get(argument, default)), found.get(argument)
        role = Expression(f"aws_iam_role.{label}.arn")
        if "role_arn" in entry:
            yield f"{key}.role_arn", asked.value(entry["role_arn"]), found.get("role_arn")
            continue
        document = module.block(f"data.aws_iam_policy_document.{label}")
        (statement,) = document.get("statement", [{}])
        permission = module.block(f"resource.aws_lambda_permission.{label}")
        actions = [f"{entry.get('service')}:PutRecord"]
        of_a_stream = (role, actions, asked.value([entry.get("destination_arn")]), None)
        of_a_function = (None, None, None, asked.value(entry.get("destination_arn")))
        expected = of_a_function if entry.get("service") == "lambda" else of_a_stream
        made = (statement.get("actions"), statement.get("resources"), permission.get("function_name"))
        yield f"{key}.service", expected, (found.get("role_arn"), *made)


def _metric_filters(module: Module, asked: Asked, key: str, value: Any) -> Found:
    labels = [entry.get("name") for entry in value]
    yield f"{key} names", labels, labels_of(module, "aws_cloudwatch_log_metric_filter")
    for label, entry in zip(labels, value, strict=True):
        found = module.block(f"resource.aws_cloudwatch_log_metric_filter.{label}")
        yield f"{key}.pattern", asked.value(entry.get("pattern")), found.get("pattern")
        default = {"namespace": "${function.name}", "value": "1"}
        expected = {**default, **entry.get("metric_transformation", {})}
        (metric,) = found.get("metric_transformation", [{}])
        yield f"{key}.metric_transformation", asked.value(expected), metric


def _insights_queries(module: Module, asked: Asked, key: str, value: Any) -> Found:
    said = value if isinstance(value, dict) else {"default": value == "default" or None}
    all_of_them = dict.fromkeys(("errors", "slowest", "cold_starts", "memory"), said.get("default"))
    names = [
        name for name, query in {**all_of_them, **said}.items() if query is not None and query is not False
    ]
    names = [name for name in names if name != "default"]
    yield f"{key} names", names, labels_of(module, "aws_cloudwatch_query_definition")
    for name in names:
        query = said.get(name)
        text = query.get("query_string") if isinstance(query, dict) else query
        if name in said and text is not True:
            lines = [asked.value(line) for line in (text or "").rstrip("\n").split("\n")]
            found = module.block(f"resource.aws_cloudwatch_query_definition.{name}").get("query_string")
            yield f"{key}.{name}", lines if len(lines) > 1 else lines[0], written(found, 'join("\\n", ', ")")


def _alarms(module: Module, asked: Asked, key: str, value: Any) -> Found:
    """What is said of each alarm by its name, and the rest as it is by default."""
    given = value if isinstance(value, dict) else {"default": value == "default"}
    made = {
        address.split(".")[-1]: block
        for address, block in module.blocks
        if address.startswith("resource.aws_cloudwatch_metric_alarm.")
    }
    always = {"errors", "error_rate", "throttles", "duration"} - given.keys()
    yield f"{key}.default", given.get("default", False) and always, always <= made.keys() and always
    for name, said in given.items():
        if name != "default":
            yield f"{key}.{name} is there", said is not False, name in made
    for name, found in made.items():
        kind = next((kind for kind in sorted(DEFAULT_ALARMS, reverse=True) if name.startswith(kind)), "")
        # Whether what the caller names is a queue, the default set does not guess.
        guessed = kind == "dead_letters" and str(asked.data.get("dead_letter_config")).count("'${var.")
        unasked = {} if given.get("default") and kind and not guessed else {"is": "not asked for"}
        said = given.get(name, given.get(kind, unasked))
        if isinstance(said, dict):
            yield from _alarm(asked, f"{key}.{name}", kind, said, found)


def _alarm(asked: Asked, path: str, kind: str, said: Data, found: Data) -> Found:
    expected = {
        "period": 300,
        "evaluation_periods": 2 if kind == "error_rate" else 1,
        "comparison_operator": "GreaterThanOrEqualToThreshold",
        "treat_missing_data": "notBreaching",
        "alarm_actions": Expression("var.alarm_actions"),
        "ok_actions": Expression("var.ok_actions"),
        **{key: asked.value(entry) for key, entry in said.items()},
    }
    limit = found["threshold"]
    share = re.search(r" \* ([^*]+) / 100\)?$", limit.text) if isinstance(limit, Expression) else None
    default = DEFAULT_ALARMS.get(kind)
    if share or "percentage" in said:
        percent = expected.pop("percentage", Expression(str(default).removesuffix(" %")))
        yield f"{path}.percentage", str(getattr(percent, "text", percent)), share and share[1]
    else:
        yield f"{path}.threshold", expected.pop("threshold", default), limit
    if kind == "error_rate":
        computed, *measured = found["metric_query"]
        least = expected.pop("minimum_invocations", 10)
        parts = ("IF(invocations >= ", least, ", 100 * errors / invocations, 0)")
        whole = parts if isinstance(least, Expression) else "".join(map(str, parts))
        yield f"{path}.minimum_invocations", whole, computed["expression"]
        period = expected.pop("period")
        yield f"{path}.period", [period] * 2, [query["metric"][0]["period"] for query in measured]
    metric = {"dimensions", "metric_name", "namespace", "statistic"}
    own = {"alarm_name", "alarm_description", "tags", *metric}
    own = (own - said.keys() if kind else own - metric) | {"metric_query", "threshold"}
    yield path, expected, {key: entry for key, entry in found.items() if key not in own}
    words = re.search("at least|more than|less than|at most", str(found["alarm_description"]))
    yield f"{path}.alarm_description", "alarm_description" not in said, words is not None


def _dashboard(module: Module, asked: Asked, key: str, value: Any) -> Found:
    yield key, value, bool(module.block("resource.aws_cloudwatch_dashboard.this"))


def _lambda_insights(module: Module, asked: Asked, key: str, value: Any) -> Found:
    yield key, value, "var.lambda_insights_extension_arn" in str(module.function["layers"])


def _async(module: Module, asked: Asked, key: str, value: Any) -> Found:
    found = module.block("resource.aws_lambda_function_event_invoke_config.this")
    for argument in ("maximum_event_age_in_seconds", "maximum_retry_attempts"):
        yield f"{key}.{argument}", asked.value(value.get(argument)), found.get(argument)
    (destinations,) = found.get("destination_config", [{}])
    for outcome in ("on_success", "on_failure"):
        (block,) = destinations.get(outcome, [{}])
        yield f"{key}.{outcome}", asked.value(value.get(outcome)), block.get("destination")


def _setting(module: Module, asked: Asked, key: str, value: Any) -> Found:
    """A resource of the function's own, with the section's arguments."""
    kind = {"recursion_config": "function_recursion_config"}.get(key, key)
    found = dict(module.block(f"resource.aws_lambda_{kind}.this"))
    found.pop("function_name")
    yield key, asked.value(value), found


SECTIONS: dict[str, Finder] = {
    "checkov_skip": _checkov_skip,
    "async": _async,
    "recursion_config": _setting,
    "runtime_management_config": _setting,
    "alarms": _alarms,
    "dashboard": _dashboard,
    "deployment": _deployment,
    "versions": _versions,
    "ecr_repository": _ecr_repository,
    "function_url": _function_url,
    "code_signing": _code_signing,
    "subscription_filters": _subscription_filters,
    "metric_filters": _metric_filters,
    "insights_queries": _insights_queries,
    "lambda_insights": _lambda_insights,
    **dict.fromkeys(("secrets", "parameters"), _secrets),
    "permissions": _permissions,
}
