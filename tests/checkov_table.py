"""Compares `tfgen.checkov` with checkov's own list of checks, which its one argument, the command, prints."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tfgen.checkov import CHECKS

TEMPLATES = Path(__file__).parent.parent / "templates"
# Checks that list a type which they only follow on their way to another.
FOLLOWING = {
    ("aws_api_gateway_rest_api", "CKV2_AWS_29"),
    ("aws_api_gateway_method_settings", "CKV2_AWS_4"),
    ("aws_apigatewayv2_api", "CKV2_AWS_51"),
    ("aws_apigatewayv2_stage", "CKV2_AWS_77"),
    ("aws_iam_role", "CKV2_AWS_68"),
    ("aws_lb_target_group", "CKV2_AWS_15"),
    ("aws_appautoscaling_target", "CKV2_AWS_16"),  # a DynamoDB table's
}
# Checks that list every type there is: of CodeCommit, and of functions and their URLs.
OF_ALL_TYPES = {"CKV2_AWS_37", "CKV2_AWS_75"}


def made() -> set[str]:
    """The types of resources and data sources that modules may have, a data source's as `data.TYPE`."""
    return {
        ("data." if kind == "data" else "") + name
        for path in TEMPLATES.glob("**/*.j2")
        for kind, name in re.findall(r'^ *(resource|data) "([a-z0-9_]+)"', path.read_text(), re.M)
    }


def listed(command: str) -> Iterator[tuple[str, str]]:
    """checkov's types and checks; its graph's are all called resources."""
    printed = subprocess.run(
        [command, "--list", "--framework", "terraform"], capture_output=True, text=True, check=True
    )
    for line in printed.stdout.splitlines():
        cells = [cell.strip() for cell in line.split("|")[1:-1]]
        if len(cells) > 3 and cells[1].startswith("CKV"):
            yield ("data." if cells[2] == "data" else "") + cells[3], cells[1]


def main() -> str:
    known = {(kind, check) for kind, checks in CHECKS.items() for check in checks}
    theirs = set(listed(sys.argv[1]))
    wanted = {(kind, check) for kind, check in theirs if kind in made() and check not in OF_ALL_TYPES}
    missing = wanted - FOLLOWING - known
    gone = {check for _, check in known} - {check for _, check in theirs}
    lines = [f"tfgen/checkov.py does not have {check} of {kind}" for kind, check in sorted(missing)]
    return "\n".join([*lines, *(f"checkov no longer has {check}" for check in sorted(gone))])


if __name__ == "__main__":
    sys.exit(main() or None)
