"""What a new function's author is asked, and what there is to choose from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from textwrap import fill
from typing import NamedTuple, TypeVar

import typer

from tfgen import runtimes
from tfgen.cli.output import status, stop
from tfgen.project import NAME
from tfgen.runtimes import Runtime
from tfgen.scaffold.choices import default_runtime, supported
from tfgen.scaffold.languages import language
from tfgen.scaffold.wish import Ground, Wish
from tfgen.schema.places import nearest
from tfgen.triggers import KINDS

T = TypeVar("T")

FUNCTIONS = "functions"
_WIDTH = 80


class Questions(NamedTuple):
    """What there is to choose from."""

    ground: Ground
    offered: list[Runtime]
    day: date

    def wish(
        self,
        name: str,
        runtime: str | None,
        triggers: Sequence[str] | None,
        code: bool | None,
        *,
        is_asking: bool,
    ) -> Wish:
        """What the user wishes for, by options or by answers."""
        if triggers is not None:
            self.check_triggers(triggers)
        chosen = None if runtime is None else self.runtime(runtime)
        if self.ground.is_for_images:
            if chosen or code:
                stop(f"the project's functions are images, as {NAME} says: leave --runtime and --code out")
            code = False
        elif chosen is None:
            chosen = self.runtime(self._ask_runtime() if is_asking else self._default())
        if triggers is None:
            triggers = self._ask_triggers() if is_asking else ()
        if code is None:
            question = f"Write a handler and a test to {FUNCTIONS}/{name}?"
            code = is_asking and typer.confirm(question, default=False, err=True)
        if code and chosen is not None and chosen.version < language(chosen).oldest:
            stop(f"--code writes {language(chosen).name} for later runtimes than {chosen.name}")
        return Wish(name, chosen, tuple(triggers), code)

    def _default(self) -> str:
        found = default_runtime(self.ground, self.offered)
        if found is None:
            stop(f"AWS supports none of the runtimes that {NAME} allows: name another with --runtime")
        return found

    def runtime(self, name: str) -> Runtime:
        """The runtime of a name, which must be fit for a new function."""
        wrong = self._wrong_runtime(name)
        if wrong:
            stop(wrong)
        return runtimes.runtime(name)

    def _wrong_runtime(self, name: str) -> str | None:
        usual = "`tfgen new --list` lists them"
        if name not in runtimes.names():
            near = nearest(name, [one.name for one in supported(self.day)])
            return f"there is no runtime `{name}`: " + (f"did you mean `{near}`?" if near else usual)
        runtime, allowed = runtimes.runtime(name), self.ground.policy.runtimes
        if runtime not in supported(self.day):
            return f"AWS has not supported `{name}` since {runtime.deprecated}: {usual}"
        if allowed and name not in allowed:
            return f"{NAME} does not allow `{name}`: choose one of {', '.join(allowed)}"
        constraint = self.ground.provider_constraint
        if self.ground.is_provider_given and not runtime.is_accepted(constraint):
            first = provider(runtime)
            return f"no AWS provider that {NAME} allows (`{constraint}`) accepts `{name}`; {first} does"
        return None

    def check_triggers(self, triggers: Sequence[str]) -> None:
        """Stop where some are no kinds of triggers."""
        wrong = _wrong_triggers(triggers)
        if wrong:
            stop(wrong)

    def _ask_runtime(self) -> str:
        status(_folded("Runtimes: ", [one.name for one in self.offered]))

        def known(answer: str) -> str:
            return _or_again(answer.strip(), self._wrong_runtime(answer.strip()))

        answer: str = typer.prompt("Runtime", default=self._default(), value_proc=known, err=True)
        return answer

    def _ask_triggers(self) -> tuple[str, ...]:
        status(_folded("Triggers: ", sorted(KINDS)))

        def known(answer: str) -> tuple[str, ...]:
            found = tuple(filter(None, re.split(r"[\s,]+", answer)))
            return _or_again(found, _wrong_triggers(found))

        answer: tuple[str, ...] = typer.prompt(
            "Triggers, none or several", default="", show_default=False, value_proc=known, err=True
        )
        return answer


def _or_again(answer: T, wrong: str | None) -> T:
    if wrong:
        raise typer.BadParameter(wrong)  # asks again
    return answer


def _wrong_triggers(triggers: Sequence[str]) -> str | None:
    for index, name in enumerate(triggers):
        if name not in KINDS:
            near = nearest(name, list(KINDS))
            hint = f"did you mean `{near}`?" if near else "`tfgen new --list` lists them"
            return f"`{name}` is no kind of trigger: {hint}"
        if name in triggers[:index]:
            return f"name `{name}` once, and copy its entry in the spec, under another `name`"
    return None


def provider(runtime: Runtime) -> str:
    """The first provider version that accepts a runtime, as people say it."""
    assert runtime.provider is not None
    return ".".join(map(str, runtime.provider[:2]))


def _folded(start: str, words: Sequence[str]) -> str:
    return fill(f"{start}{', '.join(words)}", _WIDTH, subsequent_indent="  ")
