"""Who may call a function, and what must not stand in its environment."""

from __future__ import annotations

import pytest

from tests.strategies import as_json, read
from tests.walking import module_of
from tfgen.codes import Severity
from tfgen.expressions import parse
from tfgen.spec.checks import check
from tfgen.spec.rules.environment import FORMATS, credential_in, is_named_credential

# Made here and not written out: what looks like a token of Stripe's or Slack's is kept from repositories.
A, B = "a1" * 50, "Q7" * 50
SAMPLES = {
    "an AWS access key": ["AKIA" + B[:16], "ASIA" + B[:16]],
    "a private key": [f"-----BEGIN {kind}PRIVATE KEY-----\n{A}" for kind in ("", "EC ", "OPENSSH ")],
    "a GitHub token": ["ghp_" + A[:36], "gho_" + A[:36], "github_pat_" + A[:82]],
    "a GitLab token": ["glpat-" + A[:20]],
    "a Slack token": [f"xox{kind}-{A[:24]}" for kind in "baprs"],
    "a Slack webhook": [f"https://hooks.slack.com/services/T{B[:8]}/B{B[:8]}/{A[:24]}"],
    "a Stripe key": ["sk_" + "live_" + A[:24], "rk_" + "live_" + A[:24]],
    "a Google API key": ["AIza" + A[:35]],
    "a SendGrid key": [f"SG.{A[:22]}.{A[:43]}"],
    "an npm token": ["npm_" + A[:36]],
    "a PyPI token": ["pypi-AgEIcHlwaS5vcmc" + A[:60]],
    "an API key": ["sk-ant-" + A[:40], "sk-proj-" + A[:40]],
    "a JSON web token": [f"Bearer eyJ{A[:20]}.eyJ{A[:20]}.{A[:40]}"],
    "a URL with a password": ["amqps://shop:hunter2@mq.example/", "redis://:hunter2@${var.host}:6379"],
    "a connection string with a password": ["Server=db;Pwd=hunter2", "jdbc:mysql://db/shop?password=hunter2"],
}


def test_every_form_of_a_credential_is_known_in_any_text_around_it() -> None:
    assert SAMPLES.keys() == FORMATS.keys()
    for what, samples in SAMPLES.items():
        for sample in samples:
            for text in (sample, f"use {sample} here"):
                assert credential_in(parse(text)) == what, what


@pytest.mark.parametrize(
    "value",
    [
        "AKIAIOSFODNN7EXAMPLE",  # AWS's own example
        "MAKIA" + B[:16],
        "-----BEGIN PUBLIC KEY-----",
        "postgresql://${var.endpoint}/reports",
        "postgresql://${var.user}:${var.password}@${var.endpoint}/reports",
        "postgresql://reports@db.example:5432/reports",
        "https://shop.example:8443/a:b@c",
        "https://shop.example:8443?from=a@b",
        "redis://:<password>@cache.example",
        "amqp://shop:$${PASSWORD}@mq.example",
        "Server=db.example;User=shop;Password=${var.password}",
        "https://shop.example/login?password=***&next=/",
        "arn:aws:secretsmanager:eu-central-1:123456789012:secret:shop-a1b2c3",
        "glacier-pattern",
        "xoxo-with-love",
        "123456789012.dkr.ecr.eu-central-1.amazonaws.com/shop:1",
    ],
)
def test_what_only_looks_a_little_like_one_is_none(value: str) -> None:
    assert credential_in(parse(value)) is None


@pytest.mark.parametrize(
    "name",
    [
        *("PASSWORD", "DB_PASSWORD", "PASSWORD_PROD", "dbPassword", "db_passwd", "JWT_SECRET", "SECRET_KEY"),
        *(
            "API_KEY",
            "STRIPE_APIKEY",
            "GITHUB_TOKEN",
            "SSH_PRIVATE_KEY",
            "AWS_SECRET_ACCESS_KEY",
            "CREDENTIALS",
        ),
    ],
)
def test_a_name_says_that_its_value_is_a_credential(name: str) -> None:
    assert is_named_credential(name, "4eC39HqLyjWD")
    for none in ("", " ", "true", "3600", "/run/x", "arn:aws:x", "<token>", "$TOKEN", "****", "none"):
        assert not is_named_credential(name, none), none


@pytest.mark.parametrize(
    "name",
    [
        *("PASSWORD_MIN_LENGTH", "SECRET_ARN", "DB_SECRET_NAME", "TOKEN_TTL", "TOKEN_URL", "API_KEY_HEADER"),
        *("ACCESS_KEY_ID", "PRIVATE_KEY_PATH", "CREDENTIALS_FILE", "TOKENIZER", "MAX_TOKENS", "SECRETARY"),
        *("PASSWORDLESS", "KEY", "MONKEY", "TABLE_NAME", "SECRETS_EXTENSION", "COMPASS"),
    ],
)
def test_a_name_that_is_about_a_credential_or_something_else_is_left_alone(name: str) -> None:
    assert not is_named_credential(name, "4eC39HqLyjWD")


def test_what_a_secret_is_called_is_no_secret() -> None:
    assert not is_named_credential("DB_SECRET", "orders/database")
    assert is_named_credential("DB_PASSWORD", "correct-horse-battery-staple")


FUNCTION = {"function_name": "f", "runtime": "python3.13", "handler": "a.b", "filename": "f.zip"}
DISTRIBUTION = {"type": "cloudfront", "distribution_arn": "arn:aws:cloudfront::123456789012:distribution/E1"}


@pytest.mark.parametrize(("alias", "qualifier"), [(None, None), ({"name": "live"}, None), (None, "blue")])
def test_cloudfront_is_told_the_url_that_the_module_makes(alias: object, qualifier: str | None) -> None:
    spec = {**FUNCTION, "triggers": [DISTRIBUTION], **({"alias": alias} if alias else {})}
    if qualifier:
        spec["triggers"] = [{**DISTRIBUTION, "qualifier": qualifier}]
    without, within = module_of(spec), module_of({**spec, "function_url": {}})
    assert without is not None
    assert within is not None
    assert "of authorization type AWS_IAM" in without["README.md"]
    assert ("in the output function_url_domain_name" in within["README.md"]) == (qualifier is None)


@pytest.mark.parametrize("alias", [{}, {"alias": {"name": "live"}}])
def test_a_public_url_opens_nothing_but_itself(alias: dict[str, object]) -> None:
    module = module_of({**FUNCTION, **alias, "function_url": {"authorization_type": "NONE", "public": True}})
    assert module is not None
    assert '"lambda:InvokeFunction"' not in module["main.tf"]
    on_alias = " --qualifier live" if alias else ""
    assert f"add-permission --function-name f{on_alias} \\\n" in module["README.md"]
    assert "--principal '*' --invoked-via-function-url" in module["README.md"]


def test_one_subnet_is_warned_of_and_two_are_not() -> None:
    one, two = ["subnet-a"], ["subnet-a", "subnet-b"]
    for subnets, expected in ((one, [Severity.WARNING]), (two, []), ("${var.subnets}", [])):
        spec = {**FUNCTION, "vpc_config": {"subnet_ids": subnets, "security_group_ids": ["sg-1"]}}
        found = [finding for finding in check(read(as_json(spec))) if finding.code == "TFG703"]
        assert [finding.severity for finding in found] == expected
