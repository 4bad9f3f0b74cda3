"""The tests that each module brings: they pass, offline and without an account, and fail where the module is
not what its spec says."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.conftest import Terraform
from tests.rendering import SPECS
from tfgen.render import TESTS

pytestmark = pytest.mark.terraform
NAMES = sorted(path.stem for path in SPECS.glob("*.yaml"))


def outcome_of(terraform: Terraform, module: Path) -> str:
    """What `terraform test` says of a module, whatever comes of it."""
    terraform.init(module)
    done = terraform.run(module, "test")
    return done.stdout + done.stderr


@pytest.mark.parametrize("name", NAMES)
def test_a_module_passes_its_own_tests(
    terraform: Terraform, modules: Path, tmp_path: Path, name: str
) -> None:
    module = tmp_path / name
    shutil.copytree(modules / name, module)
    said = outcome_of(terraform, module)
    runs = (module / TESTS).read_text().count('\nrun "')
    assert re.search(rf"^Success! {runs} passed, 0 failed\.$", said, re.MULTILINE), said


# What somebody might do to a module: its file, what is there, what comes there, and what the tests then name.
CHANGES = [
    ("sqs", "triggers.tf", "maximum_concurrency = 20", "maximum_concurrency = 200", "maximum_concurrency"),
    (
        "sqs",
        "triggers.tf",
        "  max_message_size           = 65536\n",
        "",
        "aws_sqs_queue.jobs.max_message_size",
    ),
    ("sqs", "triggers.tf", '["paid", "refunded"]', '["paid"]', "filter_criteria"),
    (
        "sqs",
        "iam.tf",
        '    actions   = ["kms:Decrypt"]\n',
        '    actions   = ["kms:*"]\n',
        "set of actions in the role",
    ),
    ("sqs", "main.tf", "= var.memory_size", "= 512", "memory_size is not what the caller says"),
    ("sqs", "variables.tf", "var.timeout >= 1 && ", "", "var.timeout, was expected to report an error"),
    ("schedule", "triggers.tf", '"Europe/Berlin"', '"UTC"', "schedule_expression_timezone"),
    ("order_events", "main.tf", '= "INFO"', '= "DEBUG"', 'variables["LOG_LEVEL"]'),
    (
        "lambda",
        "main.tf",
        "= var.execution_role_arn",
        '= "arn:aws:iam::123456789012:role/x"',
        "function.this.role",
    ),
]


@pytest.mark.parametrize(
    ("name", "file", "there", "instead", "told"), CHANGES, ids=[f"{one[0]}-{one[4]}" for one in CHANGES]
)
def test_a_module_that_was_changed_fails_them(
    terraform: Terraform,
    modules: Path,
    tmp_path: Path,
    name: str,
    file: str,
    there: str,
    instead: str,
    told: str,
) -> None:
    module = tmp_path / name
    shutil.copytree(modules / name, module)
    text = (module / file).read_text()
    assert there in text
    (module / file).write_text(text.replace(there, instead))
    said = outcome_of(terraform, module)
    assert "Failure!" in said
    assert told in said.replace("\n", " ")
