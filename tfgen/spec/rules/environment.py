"""Rules about environment variables: a credential in one is in the spec, in Terraform's state, and to be read
by whoever may look at the function."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from tfgen.diagnostics import Diagnostic, Node
from tfgen.expressions import Template
from tfgen.spec.models import Spec
from tfgen.spec.rules import Rules

#: What a value is that has a credential's form. The forms are those that their issuers document, and that
#: GitHub's secret scanning and gitleaks know them by; a keyword's or a URL's password is in the group. None
#: begins at each place of a long run, which would take the square of its length.
FORMATS: Mapping[str, re.Pattern[str]] = {
    # IAM user guide, "Unique identifiers"; AWS's own examples end with EXAMPLE.
    "an AWS access key": re.compile(r"\b(?:AKIA|ASIA)(?![A-Z0-9]{9}EXAMPLE)[A-Z0-9]{16}\b"),
    # RFC 7468, and what OpenSSH and PGP write.
    "a private key": re.compile(r"-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----"),
    # GitHub docs, "GitHub's token formats".
    "a GitHub token": re.compile(r"\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{22,})"),
    # GitLab docs, "Token prefixes".
    "a GitLab token": re.compile(r"\bgl(?:pat|dt|rt|ptt|agent|cbt)-[A-Za-z0-9_-]{20,}"),
    # Slack docs, "Token types", and "Sending messages using incoming webhooks".
    "a Slack token": re.compile(r"\bxox[abeoprs]-[A-Za-z0-9-]{10,}"),
    "a Slack webhook": re.compile(r"\bhooks\.slack\.com/services/T[A-Z0-9]+/B[A-Z0-9]+/[A-Za-z0-9]{20,}"),
    # Stripe docs, "API keys".
    "a Stripe key": re.compile(r"\b[rs]k_live_[A-Za-z0-9]{16,}"),
    # gitleaks: gcp-api-key.
    "a Google API key": re.compile(r"\bAIza[A-Za-z0-9_-]{35}"),
    # gitleaks: sendgrid-api-token, npm-access-token, pypi-upload-token, anthropic-api-key, openai-api-key.
    "a SendGrid key": re.compile(r"\bSG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}"),
    "an npm token": re.compile(r"\bnpm_[A-Za-z0-9]{36}\b"),
    "a PyPI token": re.compile(r"\bpypi-AgEIcHlwaS5vcmc[A-Za-z0-9_-]{50,}"),
    "an API key": re.compile(r"\bsk-(?:admin|ant|proj|svcacct)-[A-Za-z0-9_-]{20,}"),
    # RFC 7519: header and payload are objects, whose Base64 begins so.
    "a JSON web token": re.compile(
        r"(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{16,}"
    ),
    # RFC 3986, user information.
    "a URL with a password": re.compile(r"(?<=[A-Za-z0-9+.-])://[^/?#@:\s]*:([^/?#@\s]+)@"),
    # ODBC, JDBC and Azure's connection strings.
    "a connection string with a password": re.compile(
        r"(?:^|[?&;\s])(?:password|passwd|pwd|accountkey|sharedaccesskey)=([^&;\s]+)", re.IGNORECASE
    ),
}

# What stands for something that only the caller knows, and signs in the stead of what must not be seen.
_EXPRESSION = "\0"
_STAND_IN = re.compile(
    r"\$[{(].*|\$[A-Z_]+|%s|%\(.*|%[A-Z_]+%|<.*>|\{.*\}|\[.*\]|([*x.-])\1*", re.IGNORECASE | re.DOTALL
)

# A name is several words. Some say that there is a credential,
# as PGPASSWORD, MYSQL_PWD and DB_PASS do; PWD by itself is the directory, and a pass may be another thing,
_WORDS = re.compile(
    r"(?:^|_)([A-Z0-9]*(?:PASSWORD|PASSWD)|(?<=_)PWD|(?<=_)PASS$|DBPASS$|PASSPHRASE|SECRET|TOKEN|API_?KEY"
    r"|PRIVATE_KEY|ACCESS_KEY|CREDENTIALS?)(?=_|$)"
)
# unless the last one says that there is something about it.
_ABOUT = frozenset(
    (
        "ALGORITHM", "ALIAS", "ARN", "ARNS", "AUDIENCE", "BUCKET", "CACHE", "CLASS", "COOKIE", "COUNT",
        "DAYS", "DIR", "ENABLED", "ENDPOINT", "EXPIRATION", "EXPIRES", "EXPIRY", "EXTENSION", "FIELD",
        "FILE", "FORMAT", "HEADER", "HOST", "HOURS", "ID", "IDS", "ISSUER", "LABEL", "LENGTH", "LIMIT",
        "LOCATION", "MAX", "MIN", "MINUTES", "MODE", "NAME", "NAMES", "PARAMETER", "PATH", "POLICY", "PORT",
        "PREFIX", "PROVIDER", "REGION", "REQUIRED", "ROTATION", "SCOPE", "SECONDS", "SIZE", "SOURCE",
        "STAGE", "STORE", "SUFFIX", "TABLE", "TIMEOUT", "TTL", "TYPE", "URI", "URL", "USER", "USERNAME",
        "VERSION",
    )
)  # fmt: skip
# Values that are none: nothing, a word for yes or no, a short number, a path, an ARN or another reference.
_NONE = re.compile(
    r"\s*|true|false|yes|no|on|off|none|null|(un)?set|enabled|disabled|required|optional|default"
    r"|-?[0-9.]{1,8}|[./~].*|(arn|file|https?|op|s3|secretsmanager|ssm|vault):.*",
    re.IGNORECASE | re.DOTALL,
)
# What a secret is called rather than what it holds, where the name leaves that open.
_CALLED = re.compile(r"[a-z]+([-_./][a-z]+)*")
_OPEN = frozenset({"SECRET", "CREDENTIAL", "CREDENTIALS"})

# Names that say so of one kind of value alone: a key of 16 bytes or more in hex, and what RFC 7617 and 6750
# have for the header `Authorization`.
_KEY = re.compile(r"(?:^|_)(?:ENCRYPTION|CIPHER|SIGNING|MASTER|AES|HMAC)_?KEY(?=_|$)")
_HEX = re.compile(r"[0-9a-fA-F]{32,}")
_AUTHORIZATION = re.compile(r"(?:^|_)AUTH(?:ORIZATION)?(?=_|$)")
_SCHEME = re.compile(r"(?:Bearer|Basic) +(\S{4,})", re.IGNORECASE)

# Characters of all variables together that are looked at: Lambda takes 4 KB, and TFG326 tells of more.
_MOST = 65_536
# Characters of one text that are.
_LONGEST = 16_384

_HINT = "name a secret in `secrets` or a parameter in `parameters`, which the function reads when it runs"


def _credentials(spec: Spec) -> Iterator[Diagnostic]:
    looked_at = 0
    for name, value in spec.environment.variables.items():
        looked_at += len(str(value))
        if looked_at > _MOST:
            return
        where = Node(("environment", "variables", name))
        if what := credential_in(value):
            yield Diagnostic("TFG401", f"`{name}` holds {what}", _HINT, where)
        elif isinstance(value, str) and is_named_credential(name, value):
            summary = f"`{name}` holds what its name says is a credential"
            yield Diagnostic("TFG403", summary, _HINT, where)


def credential_in(value: str | Template) -> str | None:
    """What a value is or holds that has a credential's form, in words that don't repeat it."""
    if isinstance(value, Template):
        value = "".join(part if isinstance(part, str) else _EXPRESSION for part in value.parts)
    for what, pattern in FORMATS.items():
        for match in pattern.finditer(value, 0, _LONGEST):
            if not pattern.groups or not _is_stand_in(match[1]):
                return what
    return None


def is_named_credential(name: str, value: str) -> bool:
    """Whether a variable's name says that its value is a credential, and the value could be one."""
    words = re.sub(r"([a-z0-9])([A-Z])", r"\1_\2", name).upper()
    if _KEY.search(words) and _HEX.fullmatch(value):
        return True
    if _AUTHORIZATION.search(words) and (scheme := _SCHEME.fullmatch(value)):
        return not _is_stand_in(scheme[1])
    found = {match[1] for match in _WORDS.finditer(words)}
    if not found or words.rpartition("_")[2] in _ABOUT:
        return False
    return could_be_credential(value) and not (found <= _OPEN and _CALLED.fullmatch(value))


def could_be_credential(value: str) -> bool:
    """Whether a value is more than nothing, a word for yes or no, a path, or what stands for another."""
    return not (_NONE.fullmatch(value) or _is_stand_in(value))


def _is_stand_in(value: str) -> bool:
    return _EXPRESSION in value or bool(_STAND_IN.fullmatch(value))


#: Each rule with the top-level keys that it looks at.
RULES: Rules = {_credentials: ("environment",)}
