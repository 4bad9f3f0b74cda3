"""The sections of a spec that add resources of their own to the module."""

#: Each section's key, and the file of the module that its resources stand in, in the order of the module.
FEATURES = {
    "layers": "main.tf",
    "code_signing": "main.tf",
    "function_url": "main.tf",
    "async": "main.tf",
    "recursion_config": "main.tf",
    "runtime_management_config": "main.tf",
    "provisioned_concurrency_config": "main.tf",
    "secrets": "main.tf",
    "parameters": "main.tf",
    "permissions": "main.tf",
    "ecr_repository": "releases.tf",
    "deployment": "releases.tf",
    "versions": "releases.tf",
    "lambda_insights": "monitoring.tf",
    "subscription_filters": "monitoring.tf",
    "metric_filters": "monitoring.tf",
    "insights_queries": "monitoring.tf",
    "alarms": "monitoring.tf",
    "dashboard": "monitoring.tf",
}

#: The input variables that a section declares, beside those of its expressions.
INPUTS = {
    "secrets": ("parameters_and_secrets_extension_arn",),
    "parameters": ("parameters_and_secrets_extension_arn",),
    "lambda_insights": ("lambda_insights_extension_arn",),
    "alarms": ("alarm_actions", "ok_actions"),
}
