"""The files of a new function: where they go, and whether the spec is right by what the project asks for."""

from __future__ import annotations

import os
import re
from datetime import date
from pathlib import Path
from typing import NamedTuple, NoReturn

import typer

from tfgen.cli.asking import FUNCTIONS, Questions, provider
from tfgen.cli.new_files import TakenError, create, schema_for
from tfgen.cli.output import FINDINGS, USAGE, os_error, show, status, stop
from tfgen.cli.schema import SCHEMA
from tfgen.codes import Severity
from tfgen.diagnostics import SpecError
from tfgen.project import Project, find
from tfgen.run import Options, Task, one
from tfgen.scaffold.choices import runtimes_to_offer, supported
from tfgen.scaffold.code import code as code_of
from tfgen.scaffold.languages import language
from tfgen.scaffold.spec import spec
from tfgen.scaffold.wish import Ground, Wish
from tfgen.schema import bounds as b
from tfgen.source import parse
from tfgen.triggers import KINDS, kinds

_SPECS = "specs"
_INTERRUPTED = 130  # 128 and the signal's number, as shells have it


def write(
    name: str,
    runtime: str | None,
    triggers: list[str] | None,
    code: bool | None,
    output: Path | None,
    day: date,
    *,
    is_asking: bool,
) -> None:
    """Write the files of a function, with what is not given asked for."""
    _check_name(name)
    place = _place(name, output)
    questions = Questions(place.ground, runtimes_to_offer(place.ground, day), day)
    try:
        wish = questions.wish(name, runtime, triggers, code, is_asking=is_asking)
    except (typer.Abort, KeyboardInterrupt) as ended:
        _give_up(ended)
    _write(place, wish)
    _judge(place, day)


class _Place(NamedTuple):
    """Where the spec goes, and the folder that code and packages are found from."""

    spec: Path
    base: Path
    ground: Ground

    @property
    def functions(self) -> Path:
        return self.base / FUNCTIONS / self.spec.stem


def _check_name(name: str) -> None:
    bounds = b.MODULE_NAME
    longest = int(bounds.maximum or 0)
    if len(name) > longest or not re.fullmatch(str(bounds.pattern).rstrip("$"), name):
        stop(f"{name!r} is no name of a module: it has {bounds.form}, at most {longest} characters")


def _place(name: str, output: Path | None) -> _Place:
    """Where a new spec goes, by what the project says that it would be one of."""
    try:
        project = find(Path.cwd() if output is None else output / f"{name}.yaml")
        base = project.folder if project else Path.cwd()
        folder = output or base / (_first_folder(project) if project else _SPECS)
        spec = _from_here(folder / f"{name}.yaml")
        return _Place(spec, _from_here(base), _ground(project, spec))
    except SpecError as error:
        show([error.findings], [error.document.path])
        stop(f"{error.document.path} has mistakes")
    except OSError as error:
        stop(os_error(error))


def _first_folder(project: Project) -> str:
    """The first of the folders that the project's specs are in, without what a glob may stand for."""
    first = project.file.specs[0]
    whole = re.split(r"[*?\[]", first, maxsplit=1)[0]
    if whole == first and not first.endswith((".yaml", ".yml")):
        return first
    return whole.rpartition("/")[0] or "."


def _from_here(path: Path) -> Path:
    """A path as it is said from where the user stands."""
    return Path(os.path.relpath(path))


def _ground(project: Project | None, spec: Path) -> Ground:
    if project is None:
        return Ground()
    key = "function_name"  # some key, for a spec without any is none
    defaults = project.effective(parse(spec.as_posix(), f"{key}: x\n".encode()), spec).data
    return Ground({name: value for name, value in defaults.items() if name != key}, project.policy)


def _give_up(ended: BaseException) -> NoReturn:
    """End where the user did not answer: nothing has been written."""
    status("")
    interrupted = isinstance(ended, KeyboardInterrupt) or isinstance(ended.__context__, KeyboardInterrupt)
    status("tfgen: nothing was written")
    raise typer.Exit(_INTERRUPTED if interrupted else USAGE)


def _write(place: _Place, wish: Wish) -> None:
    """Write all files, or none, and say which."""
    schema = schema_for(place.spec, place.base)
    reference = os.path.relpath(schema, place.spec.parent).replace(os.sep, "/")
    files: dict[Path, str] = {place.spec: spec(wish, place.ground, reference)}
    if wish.code:
        files |= {place.functions / path: text for path, text in code_of(wish, place.ground).items()}
    wanted = SCHEMA.read_text(encoding="utf-8")
    if not schema.exists():
        files[schema] = wanted
    try:
        create(files, [*_of_one_name(place.spec)])
    except TakenError as taken:
        stop(
            "\n".join(f"{path.as_posix()} is there already" for path in taken.paths)
            + "\nNothing was written."
        )
    except OSError as error:
        stop(f"{os_error(error)}\nNothing was written.")
    for path in files:
        typer.echo(f"created   {path.as_posix()}")
    if schema not in files and schema.read_bytes() != wanted.encode():
        shown = schema.as_posix()
        status(f"{shown} is another version's: `tfgen schema -o {shown}` replaces it.")


def _of_one_name(spec: Path) -> list[Path]:
    """Specs that there are of the same module, as the most forgetful file systems see it."""
    if not spec.parent.is_dir():
        return []
    names = {spec.name.casefold(), f"{spec.stem}.yml".casefold()}
    return [path for path in sorted(spec.parent.iterdir()) if path.name.casefold() in names]


def _judge(place: _Place, day: date) -> None:
    """Tell what is left to do before the spec can be rendered: a policy may ask for what nobody can guess."""
    outcome = one(place.spec, Options(Task.JUDGE, day))
    found = [*outcome.only(Severity.ERROR), *outcome.only(Severity.WARNING)]
    show(found, [place.spec.as_posix()])
    if found:
        raise typer.Exit(FINDINGS)
    status(
        "`tfgen render` makes its module."
        if find(place.spec)
        else f"`tfgen render {place.spec.as_posix()}` makes its module."
    )


def show_choices(day: date) -> None:
    """What there is to choose from, a line each."""
    typer.echo("Runtimes")
    for runtime in supported(day):
        needs = f", with AWS provider {provider(runtime)} or later" if runtime.provider else ""
        typer.echo(f"  {runtime.name:<16} {language(runtime).name}, until {runtime.deprecated}{needs}")
    typer.echo("\nTriggers")
    said = {name: (kind.__doc__ or "").partition("\n")[0] for name, kind in zip(KINDS, kinds(), strict=True)}
    for name, what in sorted(said.items()):
        typer.echo(f"  {name:<16} {what.rstrip('.')}")
