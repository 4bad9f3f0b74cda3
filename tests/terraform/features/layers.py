"""What AWS must hold after the example of `layers` was applied."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

from tests.terraform.applied import ACCOUNT
from tests.terraform.triggers.surroundings import PACKAGE

_LAYER = f"arn:aws:lambda:{ACCOUNT}:layer"
_KEY = "layers/report-python-libs.zip"
_THERE = "arn:aws:lambda:us-east-1:017000801446:layer:AWSLambdaPowertoolsPythonV3-python313-arm64:7"


def surroundings(aws: Any) -> dict[str, str]:
    """Put the layers' content where the example looks for it."""
    stored = aws("s3").put_object(Bucket="deployments", Key=_KEY, Body=PACKAGE)
    return {
        "libraries_version": stored.get("VersionId", "null"),
        "libraries_hash": base64.b64encode(hashlib.sha256(PACKAGE).digest()).decode(),
        "fonts_package": "package.zip",
    }


def check(aws: Any, name: str) -> None:
    """Two layers with all that was said of them, and a function that has them in the order of the spec."""
    functions = aws("lambda")
    libraries = functions.get_layer_version(LayerName="report-python-libs", VersionNumber=1)
    assert libraries["LayerVersionArn"] == f"{_LAYER}:report-python-libs:1"
    assert libraries["Description"] == "Libraries that all reports need"
    assert libraries["LicenseInfo"] == "MIT"
    assert sorted(libraries["CompatibleRuntimes"]) == ["python3.12", "python3.13"]
    assert libraries["CompatibleArchitectures"] == ["arm64"]
    fonts = functions.get_layer_version(LayerName=f"{name}-fonts", VersionNumber=1)
    configuration = functions.get_function_configuration(FunctionName=name)
    assert [layer["Arn"] for layer in configuration["Layers"]] == [
        libraries["LayerVersionArn"],
        _THERE,
        fonts["LayerVersionArn"],
    ]
