"""What becomes of logs that cannot be read where they are, and of Lambda Insights on images."""

from __future__ import annotations

from tests.strategies import as_json, read
from tfgen.plan import plan
from tfgen.render import render

IMAGE = {"function_name": "scan", "package_type": "Image", "image_uri": "registry.example/scan:1"}


def files(**keys: object) -> dict[str, str]:
    """The files of the module that a spec with these keys asks for."""
    return dict(render(plan(read(as_json(keys)), "scan.yaml")))


def test_the_runbook_reads_logs_only_where_they_can_be_read() -> None:
    for log_class, readable in (("STANDARD", True), ("DELIVERY", False)):
        readme = files(function_name="scan", log_group={"log_group_class": log_class})["README.md"]
        assert ("aws logs tail /aws/lambda/scan" in readme) is readable
        assert ("aws logs filter-log-events" in readme) is readable
        assert "aws lambda get-function --function-name scan" in readme


def test_an_image_brings_the_extension_of_lambda_insights_and_gets_the_rights_for_it() -> None:
    image = files(**IMAGE, lambda_insights=True)
    archive = files(function_name="scan", lambda_insights=True)
    for module in (image, archive):
        assert "log-group:/aws/lambda-insights:*" in module["iam.tf"]
    assert "lambda_insights_extension_arn" not in image["variables.tf"] + image["main.tf"]
    assert "lambda-insights-extension.rpm" in image["README.md"]
    assert "lambda_insights_extension_arn" in archive["variables.tf"]
    assert "lambda-insights-extension.rpm" not in archive["README.md"]
