"""Rules about versions and the repository of images."""

from __future__ import annotations

from collections.abc import Iterator

from tfgen.diagnostics import DataPath, Diagnostic, Node
from tfgen.spec.models import Spec
from tfgen.spec.rules import Rules
from tfgen.spec.versions import REPOSITORY_NAME


def _at(code: str, summary: str, hint: str, *path: str, key: bool = False) -> Diagnostic:
    return Diagnostic(code, summary, hint, Node(path, key=key))


def _published(spec: Spec) -> Iterator[Diagnostic]:
    # What contradicts `publish: false` is reported as such.
    if spec.versions is not None and not spec.publish and not spec.needs_versions:
        hint = "add `publish: true`, or an `alias` that callers know the newest one by"
        yield _at(
            "TFG305", "`versions` needs published versions, and there are none", hint, "versions", key=True
        )


def _schedule(spec: Spec) -> Iterator[Diagnostic]:
    versions = spec.versions
    if versions is None:
        return
    # Here, for few specs need it.
    from tfgen.triggers.schedule import zone_findings
    from tfgen.triggers.schedule_expressions import SECOND_TRIGGER, is_one_time, mistake

    expression, where = versions.schedule_expression, ("versions", "schedule_expression")
    if isinstance(expression, str) and (wrong := mistake(expression)):
        first, second = SECOND_TRIGGER  # there is one schedule
        hint = wrong.hint.partition(first)[0].partition(second)[0]
        yield _at("TFG315", f"`schedule_expression` {wrong.what}", hint, *where)
    elif isinstance(expression, str) and is_one_time(expression):
        hint = "new versions come again and again: write rate(1 day) or cron(0 3 * * ? *)"
        yield _at("TFG315", "`schedule_expression` names one moment", hint, *where)
    if isinstance(versions.timezone, str):
        for found in zone_findings(versions.timezone):
            assert isinstance(found.location, Node)
            path: DataPath = ("versions", *found.location.path)
            yield found._replace(location=Node(path, key=found.location.key))


def _repository(spec: Spec) -> Iterator[Diagnostic]:
    repository = spec.ecr_repository
    if repository is None:
        return
    if spec.package_type == "Zip":
        hint = "add `package_type: Image`, or remove it"
        yield _at("TFG301", "`ecr_repository` needs package_type Image", hint, "ecr_repository", key=True)
    if repository.image_tag is not None and "image_uri" in spec.model_fields_set:
        summary = "`image_tag` and `image_uri` both say which image the function runs"
        yield _at("TFG310", summary, "remove one of them", "ecr_repository", "image_tag", key=True)
    name = spec.function_name
    if repository.name is None and isinstance(name, str) and REPOSITORY_NAME.regex:
        length = len(name) >= (REPOSITORY_NAME.minimum or 0)
        if not (length and REPOSITORY_NAME.regex.match(name.lower())):
            summary = f"`{name.lower()}`, made of `function_name`, cannot be a repository's name"
            hint = f"add `name`: {REPOSITORY_NAME.form}"
            yield _at("TFG203", summary, hint, "ecr_repository", key=True)


def _images(spec: Spec) -> Iterator[Diagnostic]:
    repository = spec.ecr_repository
    if repository is None:
        return
    if repository.image_tag == "latest" and repository.image_tag_mutability == "IMMUTABLE":
        summary = "`latest` can be pushed only once, since the repository's tags are immutable"
        hint = (
            "give each image a tag of its own, as `image_tag: ${var.image_tag}`, "
            "or write `image_tag_mutability: MUTABLE`"
        )
        yield _at("TFG343", summary, hint, "ecr_repository", "image_tag")
    images, versions = repository.lifecycle_policy.keep_images, spec.versions and spec.versions.keep
    if isinstance(images, int) and isinstance(versions, int) and images < versions:
        summary = f"{versions} versions of the function stay, but only {images} images"
        hint = "a version whose image is gone cannot run: keep as many images as versions, or more"
        yield _at("TFG343", summary, hint, "ecr_repository", "lifecycle_policy", "keep_images")


#: Each rule with the top-level keys that it looks at.
RULES: Rules = {
    _published: ("versions", "publish", "alias", "snap_start", "provisioned_concurrency_config"),
    _schedule: ("versions",),
    _repository: ("ecr_repository", "package_type", "image_uri", "function_name"),
    _images: ("ecr_repository", "versions"),
}
