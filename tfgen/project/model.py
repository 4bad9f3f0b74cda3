"""What a project file may say, held to types, names and bounds."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from tfgen.schema import bounds as b
from tfgen.schema.places import Place
from tfgen.schema.section import Section
from tfgen.spec.sections import Terraform

_PATH = b.Bounds(minimum=1, unit="characters", static=True)
_PATHS = b.Bounds(type="list(string)", minimum=1, unit="entries", items=_PATH, static=True)
_TAG_NAMES = b.Bounds(
    type="list(string)", minimum=1, maximum=50, unit="entries", items=b.text(1, 128).as_static, static=True
)
_RUNTIMES = b.Bounds(type="list(string)", minimum=1, unit="entries", items=b.RUNTIME.as_static, static=True)
_ARCHITECTURES = b.Bounds(
    type="list(string)",
    minimum=1,
    maximum=2,
    unit="entries",
    items=b.choice("x86_64", "arm64").as_static,
    static=True,
)
_DAYS = b.Bounds(type="number", minimum=1, maximum=3653, unit="days", static=True)
_CONCURRENCY = b.Bounds(type="number", minimum=1, unit="executions", static=True)
# A code, or the beginning of some: TFG5 are all about cost.
_CODES = b.Bounds(
    type="list(string)",
    minimum=1,
    unit="entries",
    items=b.text(
        3, 6, r"^TFG[0-9]{0,3}$", "a code such as TFG505, or the beginning of several, such as TFG5"
    ).as_static,
    static=True,
)


class Codes(Section):
    """What becomes of findings, by their codes or the beginnings of these."""

    select: Annotated[tuple[str, ...], Place(_CODES)] = Field(
        (), description="Of warnings and advice, those that are told; all if not given"
    )
    ignore: Annotated[tuple[str, ...], Place(_CODES)] = Field(
        (), description="Findings that are not told, of those that a comment could ignore too"
    )
    error: Annotated[tuple[str, ...], Place(_CODES)] = Field(
        (), description="Warnings and advice that keep a spec from being rendered"
    )


class Policy(Section):
    """What all specs of the project are held to, beside what AWS takes."""

    required_tags: Annotated[tuple[str, ...], Place(_TAG_NAMES)] = Field(
        (), description="Names of tags that each spec gives"
    )
    runtimes: Annotated[tuple[str, ...], Place(_RUNTIMES)] = Field(
        (), description="Runtimes that are allowed"
    )
    architectures: Annotated[tuple[str, ...], Place(_ARCHITECTURES)] = Field(
        (), description="Instruction set architectures that are allowed"
    )
    minimum_log_retention_in_days: Annotated[int | None, Place(_DAYS)] = Field(
        None, description="How long logs are kept at least, in days"
    )
    permissions_boundary: Annotated[str | None, Place(b.POLICY_ARN.as_static)] = Field(
        None, description="ARN of the policy that bounds each execution role that a module makes"
    )
    account_concurrency: Annotated[int | None, Place(_CONCURRENCY)] = Field(
        None, description="Concurrent executions of the account, of which all specs together reserve a part"
    )
    codes: Codes = Field(default_factory=Codes, description="What becomes of findings")


class Override(Section):
    """Defaults of some of the specs."""

    paths: Annotated[tuple[str, ...], Place(_PATHS)] = Field(
        description="Globs of the specs, from the project file's folder: `specs/batch/**`"
    )
    defaults: dict[str, Any] = Field(description="Any part of a spec, over the defaults of all")


class ProjectFile(Section):
    """What a team says once for all of its specs."""

    specs: Annotated[tuple[str, ...], Place(_PATHS)] = Field(
        ("specs",), description="Where the specs are: files, folders or globs, from this file's folder"
    )
    output: Annotated[str, Place(_PATH)] = Field(
        "modules", description="Folder that gets one folder a module, from this file's folder"
    )
    defaults: dict[str, Any] = Field(
        {}, description="Any part of a spec, which each spec says more about or replaces"
    )
    overrides: tuple[Override, ...] = Field(
        (), description="Defaults of some of the specs, later ones over earlier"
    )
    terraform: Terraform | None = Field(
        None, description="Required versions of Terraform and the provider, where specs and defaults say none"
    )
    policy: Policy = Field(default_factory=Policy, description="What all specs are held to")
    templates: Annotated[str | None, Place(_PATH)] = Field(
        None,
        description="Folder of templates that go before tfgen's own, from this file's folder",
    )
