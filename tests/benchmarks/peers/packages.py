"""Which releases of the peers are measured: by range, and here alone. Each has an environment of its own."""

from __future__ import annotations

from collections.abc import Mapping

#: By environment; the versions that were installed of these are named beside the figures.
PACKAGES: Mapping[str, tuple[str, ...]] = {
    "cookiecutter": ("cookiecutter>=2.7.1,<3",),
    "copier": ("copier>=9.19.1,<10",),
    "chalice": ("chalice>=1.34,<2",),
    "sam": ("aws-sam-translator>=1.115,<2", "PyYAML>=6.0.2,<7"),
    # The CDK for Terraform was archived by HashiCorp in December 2025; CDK Terrain is the community's fork.
    "cdktn": ("cdktn>=0.24,<1", "cdktn-provider-aws>=25.8,<26"),
    "cdktn_by_service": ("cdktn>=0.24,<1", "cdktn-aws>=0.3,<1"),
}

#: CDK Terrain runs on Node; this is a release that it supports.
NODE = "node@^24.0.0"
