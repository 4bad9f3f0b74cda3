"""A line of a module → the key of the spec that it comes from, as near as can be said for certain."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from tfgen.diagnostics import DataPath, Node, SpecError
from tfgen.inputs import InputError, spec_paths
from tfgen.plan import plan
from tfgen.plan.model import FeaturePlan
from tfgen.project import Project, find
from tfgen.project.find import near
from tfgen.render import blocks
from tfgen.source import Document, load
from tfgen.spec import Spec, read_spec
from tfgen.terraform.modules import Module
from tfgen.triggers.base import TriggerPlan
from tfgen.verify.spots import Spot, addresses, spot

_HEAD = re.compile(r"# Made by tfgen from (.+)\. Change that and render again, not this file\.")
_SPECS = "specs"
# Blocks of the module's own that stand for one key.
_OF_KEYS = {
    "": "terraform",  # the only block without an address
    "aws_lambda_alias.this": "alias",
    "aws_cloudwatch_log_group.this": "log_group",
    "aws_lambda_event_source_mapping.this": "event_source_mapping",
    "aws_lambda_provisioned_concurrency_config.this": "provisioned_concurrency_config",
}


def spec_of(module: Module, specs: Sequence[str] = ()) -> Path | None:
    """The spec of a module: the one that it names, or the one of the name in its files among some specs, or
    else among those of the project or in a folder `specs` nearby. None if that is no spec, or more than one.
    """
    if module.spec and (path := module.folder / module.spec).is_file():
        return near(path)
    head = _HEAD.match(module.texts.get("main.tf", ""))
    if head is None:
        return None
    found = [path for path in _candidates(module, specs) if path.name == head[1] and _gives(path, module)]
    return found[0] if len(found) == 1 else None


def _candidates(module: Module, specs: Sequence[str]) -> list[Path]:
    with suppress(InputError, SpecError, OSError):
        if specs:
            return spec_paths(specs)
        if project := find(module.folder):
            return spec_paths(project.specs)
        output = module.folder.absolute().parent
        folders = {near(folder / _SPECS) for folder in (Path.cwd(), output, output.parent)}
        return spec_paths([str(folder) for folder in folders if folder.is_dir()])
    return []


def _gives(path: Path, module: Module) -> bool:
    """Whether the module of a spec has this one's name."""
    with suppress(SpecError, OSError):
        return bool(_effective(path)[0].data.get("name", path.stem) == module.name)
    return False


def _effective(path: Path) -> tuple[Document, Project | None]:
    project, document = find(path), load(path)
    return (project.effective(document, path) if project else document), project


class Origins:
    """A spec, and what the blocks of its module come from. Raises SpecError where it has mistakes, OSError
    where it cannot be read, and TemplateProblem where the project's templates are wrong."""

    def __init__(self, path: Path) -> None:
        self.document, project = _effective(path)
        spec = read_spec(self.document)
        overlay = near(project.templates) if project and project.templates else None
        self._places = dict(_places(spec, self.document, overlay))

    def place(self, text: str, line: int) -> Node | None:
        """Where in the spec a line of a module's file comes from; None where that is not certain."""
        found = spot(text, line)
        path = None if found is None else self._path(found)
        if not path:
            return None
        return Node(path, key=isinstance(path[-1], str) and isinstance(self._at(path), (dict, list)))

    def _path(self, found: Spot) -> DataPath | None:
        if found.address.startswith(("var.", "local.")):
            return self._of_reference(found.address)
        base = self._places.get(found.address)
        if base is not None and found.names and (path := self._named(base, found.names)):
            return path
        if len(found.referred) == 1 and not base:
            return self._of_reference(found.referred[0])
        return base

    def _of_reference(self, address: str) -> DataPath | None:
        """Where what is at an address comes from: for an input the key of its default, of its description, or
        where it is used first."""
        kind, _, name = address.partition(".")
        if kind not in {"var", "local"}:
            return self._places.get(address)
        data = self.document.data
        if name in data:
            return (name,)
        if isinstance(data.get("variables"), dict) and name in data["variables"]:
            return ("variables", name)
        used = re.compile(rf"(?<!\$)\$\{{var\.{re.escape(name)}\}}")
        found = (path for path, value in _nodes(data) if isinstance(value, str) and used.search(value))
        return next(found, None)

    def _named(self, base: DataPath, names: Sequence[str]) -> DataPath | None:
        """The key of an argument below a place: step by step the same names, or the only one of its name."""
        value, path = self._at(base), base
        for name in names:
            if isinstance(value, list) and len(value) == 1:
                value, path = value[0], (*path, 0)
            if not isinstance(value, dict) or name not in value:
                break
            value, path = value[name], (*path, name)
        else:
            # The kind of a trigger, which is no argument of any resource.
            return None if path == (*base, "type") else path
        if not base:
            return None
        found = [path for path, _ in _nodes(self._at(base), base) if path != base and path[-1] == names[-1]]
        return found[0] if len(found) == 1 and found[0] != (*base, "type") else None

    def _at(self, path: DataPath) -> Any:
        value = self.document.data
        for part in path:
            value = value[part]
        return value


def _places(spec: Spec, document: Document, overlay: Path | None) -> Iterator[tuple[str, DataPath]]:
    """The addresses of blocks, each with what of the spec it is made of."""
    data = document.data
    yield "aws_lambda_function.this", ()
    for address, key in _OF_KEYS.items():
        if key in data:
            yield address, (key,)
    labels = {trigger.label: index for index, trigger in reversed(list(enumerate(spec.triggers)))}
    for block in blocks(plan(spec, document.path), overlay):
        if isinstance(block.of, TriggerPlan):
            base: DataPath = ("triggers", labels[block.of.label])
            yield from ((address, base) for address in addresses(block.text))
        elif isinstance(block.of, FeaturePlan):
            key = block.of.key
            yield from ((address, _entry(key, data.get(key), address)) for address in addresses(block.text))


def _entry(key: str, value: Any, address: str) -> DataPath:
    """The entry of a section that a block is labelled by, or the section."""
    label = address.rpartition(".")[2]
    entries = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    for entry, said in entries:
        name = said.get("name") if isinstance(entry, int) and isinstance(said, dict) else entry
        if label in {name, f"{key}_{name}"}:
            return (key, entry)
    return (key,)


def _nodes(value: Any, path: DataPath = ()) -> Iterator[tuple[DataPath, Any]]:
    """All nodes of some data, each with its path."""
    yield path, value
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield from _nodes(item, (*path, key))
