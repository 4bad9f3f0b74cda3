"""What a user wishes for, and the ground that it is built on: what the project says already."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from tfgen.project.model import Policy
from tfgen.runtimes import Runtime
from tfgen.spec.rules.runtimes import is_for_arm64
from tfgen.spec.sections import Terraform


class Wish(NamedTuple):
    """A new function. Without a runtime it is an image; `code` says whether it gets code of its own."""

    name: str
    runtime: Runtime | None
    triggers: tuple[str, ...] = ()
    code: bool = False

    @property
    def function_name(self) -> str:
        """Its name in AWS, with hyphens as most names there have."""
        return self.name.replace("_", "-")


class Ground(NamedTuple):
    """What a project says of all specs: the defaults under this one, and the policy."""

    defaults: Mapping[str, Any] = {}
    policy: Policy = Policy()

    @property
    def is_for_images(self) -> bool:
        """Whether functions are images where a spec doesn't say otherwise."""
        return self.defaults.get("package_type") == "Image" or "image_uri" in self.defaults

    @property
    def is_provider_given(self) -> bool:
        """Whether the project says which provider versions there are."""
        return "aws_provider_version" in self.section("terraform")

    @property
    def provider_constraint(self) -> str:
        """Which provider versions there are."""
        constraint: str = self.section("terraform").get(
            "aws_provider_version", Terraform().aws_provider_version
        )
        return constraint

    def section(self, key: str) -> Mapping[str, Any]:
        """A mapping among the defaults, empty where there is none."""
        said = self.defaults.get(key)
        return said if isinstance(said, dict) else {}

    def architecture(self, runtime: Runtime) -> str:
        """What a function runs on: what the project says, or arm64 where that may be."""
        said = self.defaults.get("architectures")
        if isinstance(said, list) and said and isinstance(said[0], str):
            return said[0]
        allowed = self.policy.architectures or ("arm64", "x86_64")
        return "arm64" if "arm64" in allowed and is_for_arm64(runtime.name) else "x86_64"
