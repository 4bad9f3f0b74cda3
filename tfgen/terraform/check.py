"""Modules → what `terraform fmt`, `init` and `validate` say of them, from a folder of ours that calls them.

Nothing is written in the modules' folders. Each module is called where it is, with a value that is not known
yet for each input that has no default. Modules of the same version constraints share one init and validate.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from tfgen.diagnostics import Span
from tfgen.terraform.command import Done, Terraform, TerraformFailed
from tfgen.terraform.modules import Module
from tfgen.verify import needed_inputs

_ROOT = "main.tf.json"
_MANY = 1000  # files that one command is told of
_DIFFERS, _ERRORS = 3, 2  # exit codes of `fmt -check`
_LABEL = re.compile(r"[A-Za-z_][\w-]*")
_COMMENT = re.compile(r"#.*")
# `terraform fmt` has no other way to say where an error is.
_FMT_ERROR = re.compile(
    r"^Error: (.+)\n\n {2}on (.+?) line (\d+)(?:, in .*)?:\n(?:\s*\d+:.*\n)*\n*((?:(?!Error: ).*\n)*)",
    re.MULTILINE,
)
_RULE = re.compile(r"\s*This was checked by the validation rule at (\S+):(\d+),(\d+)-(\d+)\.")
_RANGE = re.compile(r"(?<=\.tf:)(\d+),\d+-[\d,]*\d")
_INIT_FAILED = (
    "Terraform gets the provider from its registry, or from the mirror in the file that TF_CLI_CONFIG_FILE "
    "names: name one where the registry cannot be reached; a private one may want credentials"
)


class Said(NamedTuple):
    """What Terraform says: whether it is only a warning, what it is, what more there is to it, in which file
    and where."""

    is_warning: bool
    summary: str
    detail: str
    path: Path
    span: Span


class Checked(NamedTuple):
    """What came of modules: what was said, files that `terraform fmt` would change, by which versions of
    Terraform and of its providers; and why Terraform could not look at all of them, if that is so."""

    said: list[Said]
    unformatted: list[Path]
    versions: list[str]
    failure: str = ""


def check(modules: Sequence[Module]) -> Checked:
    """Have Terraform look at modules. Raises OSError."""
    checked = Checked([], [], [])
    try:
        terraform = Terraform()
        with TemporaryDirectory(prefix="tfgen-verify-") as folder:
            _check(checked, terraform, Path(folder).resolve(), modules)
    except TerraformFailed as failed:
        return checked._replace(failure=str(failed))
    return checked


def _check(checked: Checked, terraform: Terraform, root: Path, modules: Sequence[Module]) -> None:
    said, unformatted = _layout(terraform, root, modules)
    checked.said.extend(said)
    checked.unformatted.extend(unformatted)
    for number, group in enumerate(_groups(modules)):
        folder = root / str(number)
        folder.mkdir()
        checked.said.extend(_Caller(terraform, folder, group).said())
        versions = _versions(terraform.run(folder, "version", "-json"))
        checked.versions.extend(one for one in versions if one not in checked.versions)


def _groups(modules: Sequence[Module]) -> list[list[Module]]:
    """The modules by what they say of versions: two of them may have none in common."""
    groups: dict[str, list[Module]] = {}
    for module in modules:
        groups.setdefault(_COMMENT.sub("", module.texts.get("versions.tf", "")), []).append(module)
    return list(groups.values())


def _versions(done: Done) -> Iterator[str]:
    said = _document(done, "version")
    yield f"Terraform {said['terraform_version']}"
    for provider, version in said["provider_selections"].items():
        yield f"{provider.removeprefix('registry.terraform.io/')} {version}"


# fmt -------------------------------------------------------------------------------------------------


def _layout(terraform: Terraform, root: Path, modules: Sequence[Module]) -> tuple[list[Said], list[Path]]:
    """Errors in the modules' tests, which nothing else reads, and files that `terraform fmt` would change."""
    left = [os.path.realpath(module.folder / name) for module in modules for name in module.texts]
    said: list[Said] = []
    unformatted: list[Path] = []
    while left:
        done = terraform.run(root, "fmt", "-check", "-no-color", *left[:_MANY])
        if done.code == _ERRORS and (errors := list(_fmt_errors(done.stderr, root))):
            # It tells of no file that it would change where one has an error.
            wrong = {str(error.path) for error in errors}
            if not wrong & set(left):
                raise TerraformFailed(_told("fmt", done))
            said += [error for error in errors if error.path.name.endswith(".tftest.hcl")]
            left = [path for path in left if path not in wrong]
            continue
        if done.code not in {0, _DIFFERS}:
            raise TerraformFailed(_told("fmt", done))
        unformatted += [Path(os.path.realpath(root / line)) for line in done.stdout.splitlines()]
        left = left[_MANY:]
    return said, unformatted


def _fmt_errors(text: str, root: Path) -> Iterator[Said]:
    for found in _FMT_ERROR.finditer(text):
        line = int(found[3])
        path = Path(os.path.realpath(root / found[2]))
        yield Said(False, found[1], " ".join(found[4].split()), path, Span(line, 1, line, 1))


# init and validate -----------------------------------------------------------------------------------


class _Caller:
    """A root module that calls some modules."""

    def __init__(self, terraform: Terraform, folder: Path, modules: Sequence[Module]) -> None:
        self._terraform = terraform
        self._folder = folder
        self._modules: dict[str, Module] = {}
        for number, module in enumerate(modules):
            is_good = _LABEL.fullmatch(module.name) and module.name not in self._modules
            self._modules[module.name if is_good else f"module_{number}"] = module

    def said(self) -> list[Said]:
        """What is said of the modules. One that cannot be loaded would keep Terraform from the others."""
        broken: list[Said] = []
        while self._modules:
            self._write()
            done = self._terraform.run(self._folder, "init", "-backend=false", "-input=false", "-json")
            found = list(_messages(done.stdout))
            if done.code == 0:
                return [*broken, *self._validate()]
            errors = [error for message in found if (error := self._placed(message)) and not error.is_warning]
            labels = {label for error in errors if (label := self._of(error.path))}
            if not labels:
                raise TerraformFailed(_why(found, done))
            broken += errors
            self._modules = {label: one for label, one in self._modules.items() if label not in labels}
        return broken

    def _write(self) -> None:
        calls: dict[str, dict[str, str]] = {}
        for label, module in self._modules.items():
            # A root's variable has no value at validate, so that it can be whatever a caller computes.
            calls[label] = dict.fromkeys(needed_inputs(module.texts), "${var.anything}")
            calls[label]["source"] = self._seen_from_here(module).replace("${", "$${").replace("%{", "%%{")
        root = {"variable": {"anything": {"type": "any"}}, "module": calls}
        (self._folder / _ROOT).write_text(json.dumps(root), encoding="utf-8")

    def _validate(self) -> list[Said]:
        done = self._terraform.run(self._folder, "validate", "-json")
        placed = []
        for diagnostic in _document(done, "validate")["diagnostics"]:
            said = self._placed(diagnostic)
            if said is not None:
                placed.append(said)
            elif diagnostic["severity"] == "error":
                raise TerraformFailed(_words("validate", diagnostic))
        return placed

    def _placed(self, diagnostic: Mapping[str, Any]) -> Said | None:
        """A diagnostic, unless it is about nothing in any file but ours."""
        detail = diagnostic.get("detail", "")
        where = diagnostic.get("range") or {}
        if where.get("filename"):
            start, end = where["start"], where["end"]
            file, span = where["filename"], Span(start["line"], start["column"], end["line"], end["column"])
        elif rule := _RULE.search(detail):
            line = int(rule[2])
            file, span = rule[1], Span(line, int(rule[3]), line, int(rule[4]))
        else:
            return None
        path = Path(os.path.realpath(self._folder / file))
        if path == self._folder / _ROOT:
            return None
        detail = _RANGE.sub(r"\1", _RULE.sub("", detail))
        for module in self._modules.values():
            detail = detail.replace(self._seen_from_here(module), module.folder.as_posix())
        is_warning = diagnostic["severity"] != "error"
        return Said(is_warning, diagnostic["summary"], " ".join(detail.split()), path, span)

    def _seen_from_here(self, module: Module) -> str:
        return Path(os.path.relpath(os.path.realpath(module.folder), self._folder)).as_posix()

    def _of(self, path: Path) -> str | None:
        """The module whose file this is."""
        for label, module in self._modules.items():
            if path.is_relative_to(os.path.realpath(module.folder)):
                return label
        return None


def _messages(text: str) -> Iterator[Mapping[str, Any]]:
    """The diagnostics in the output of a command, of which each line is a document."""
    for line in text.splitlines():
        try:
            message = json.loads(line)
        except ValueError:
            continue  # of a message that Terraform has not made one
        if isinstance(message, dict) and "diagnostic" in message:
            yield message["diagnostic"]


def _document(done: Done, command: str) -> Any:
    try:
        return json.loads(done.stdout)
    except ValueError:
        raise TerraformFailed(_told(command, done)) from None


def _why(found: Sequence[Mapping[str, Any]], done: Done) -> str:
    """Why init failed, and what to do."""
    errors = [_words("init", one) for one in found if one["severity"] == "error"]
    return "\n".join((*(errors or [_told("init", done)]), _INIT_FAILED))


def _words(command: str, diagnostic: Mapping[str, Any]) -> str:
    # What follows is about the folder that Terraform runs in, which the user never sees.
    detail = " ".join(diagnostic.get("detail", "").split("\n\n")[0].split())
    return "\n".join(filter(None, (f"terraform {command}: {diagnostic['summary']}", detail)))


def _told(command: str, done: Done) -> str:
    """What a command said that did not do its work."""
    said = (done.stderr or done.stdout).strip()
    return f"terraform {command} ended with {done.code}{': ' if said else ''}{said}"
