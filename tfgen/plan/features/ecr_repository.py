"""The repository of an image function: where its images are pushed to, and how long they stay.

Which image the function runs, `local.image_uri` says.
"""

from __future__ import annotations

from collections.abc import Iterator

from tfgen.hcl import Hcl, Interpolation, to_hcl
from tfgen.plan import words
from tfgen.plan.model import Command, FeaturePlan, Target
from tfgen.plan.surroundings import Surroundings
from tfgen.spec.models import Spec
from tfgen.spec.versions import EcrRepository
from tfgen.triggers.base import Output, arn
from tfgen.triggers.checks import Check, checks

_THIS = "aws_ecr_repository.this"
_PLATFORMS = {"arm64": "linux/arm64", "x86_64": "linux/amd64"}
_OUTPUTS = (
    Output("repository_name", "Name of the repository of the function's images", Hcl(f"{_THIS}.name")),
    Output("repository_arn", "ARN of the repository of the function's images", Hcl(f"{_THIS}.arn")),
    Output(
        "repository_url", "Address that the function's images are pushed to", Hcl(f"{_THIS}.repository_url")
    ),
)


def plan(spec: Spec, module: Surroundings) -> FeaturePlan | None:
    """The repository, what removes images from it, and Lambda's permission to read it."""
    repository = spec.ecr_repository
    if repository is None:
        return None
    function_name = module.address("function_name")
    name = module.hcl(repository.name) or Hcl(f"lower({function_name})")
    # Written out: a reference to the function, which needs the policy, would go round in a circle.
    function = arn(module, "lambda", ("function:", function_name))
    return FeaturePlan(
        "ecr_repository",
        {
            "name": name,
            "image_tag_mutability": module.hcl(repository.image_tag_mutability),
            "force_delete": module.hcl(repository.force_delete),
            "kms_key": module.hcl(repository.kms_key),
            "untagged_days": module.hcl(repository.lifecycle_policy.untagged_days),
            "keep_images": module.hcl(repository.lifecycle_policy.keep_images),
            "function_arns": to_hcl([function, Interpolation((*function, ":*"))]),
        },
        outputs=_OUTPUTS,
        targets=(Target(_label(spec, repository), "image from"),),
        notes=_notes(spec, repository),
        commands=_commands(spec, repository),
        checks=tuple(_checks(repository, module)),
    )


def _checks(repository: EcrRepository, module: Surroundings) -> Iterator[Check]:
    yield from checks(module, _THIS, repository, "name", "image_tag_mutability", "force_delete")
    yield from checks(module, f"one({_THIS}.encryption_configuration)", repository, "kms_key")
    rules = "jsondecode(aws_ecr_lifecycle_policy.this.policy).rules"
    kept = repository.lifecycle_policy
    for index, value in enumerate((kept.untagged_days, kept.keep_images)):
        if value is not None:
            yield Check(Hcl(f"{rules}[{index}].selection.countNumber"), module.value(value))


def _label(spec: Spec, repository: EcrRepository) -> str:
    return f"ECR repository {words.text(repository.name) or words.text(spec.function_name).lower()}".rstrip()


def _notes(spec: Spec, repository: EcrRepository) -> tuple[str, ...]:
    if repository.image_tag is None:
        image = "pass its address with the tag as image_uri"
    else:
        image = f"tagged {words.text(repository.image_tag)}"
    return (
        "the function is made of an image in this repository, so the first apply makes the repository alone: "
        f"terraform apply -target=module.{spec.name}.aws_ecr_repository_policy.this; then push an image, "
        f"{image}, and apply the rest",
    )


def _commands(spec: Spec, repository: EcrRepository) -> tuple[Command, ...]:
    function = words.shell(spec.function_name, "REPOSITORY_NAME")
    name = words.shell(repository.name, function if repository.name is None else "REPOSITORY_NAME")
    name = name if name == "REPOSITORY_NAME" else name.lower()
    tag = words.shell(repository.image_tag, "TAG")
    architectures = spec.architectures if isinstance(spec.architectures, tuple) else ()
    platform = _PLATFORMS.get(str(*architectures[:1]), "PLATFORM")
    described = f"aws ecr describe-repositories --repository-names {name}"
    return (
        Command(
            "The first time: the repository before the function, which needs an image in it",
            f"terraform apply -target=module.{spec.name}.aws_ecr_repository_policy.this",
        ),
        Command(
            "Log in to the repository, build an image and push it",
            f'repository="$({described} \\\n'
            "  --query 'repositories[0].repositoryUri' --output text)\"\n"
            'aws ecr get-login-password | docker login --username AWS --password-stdin "${repository%%/*}"\n'
            f'docker build --platform {platform} --provenance=false --tag "$repository:{tag}" .\n'
            f'docker push "$repository:{tag}"',
        ),
        Command(
            "What the scan found in an image",
            f"aws ecr describe-image-scan-findings --repository-name {name} --image-id imageTag={tag}",
        ),
    )
