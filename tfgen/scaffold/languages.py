"""The languages of Lambda's runtimes: which files a function has, and how expressions of them are written."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from tfgen.runtimes import Runtime
from tfgen.scaffold.kinds import Keys


class Language(NamedTuple):
    """A language. `files` are a function's, path to template below the language's folder.

    Places in data are written with brackets, with dots, or as calls of a function `at`. `any_of` is the form
    of a test for one of several texts, `there` that of a test for a place.
    """

    name: str
    folder: str
    handler: str
    files: Mapping[str, str]
    style: str  # of names: snake, camel or pascal
    access: str  # of places: brackets, dots or at
    equal: str = "{} == {}"
    there: str = "{} != null"
    list: str = "[{}]"
    event: str = "event"
    test: str = "test"  # how names of tests begin
    test_style: str = ""  # of these names, if another
    package: str = "zip"
    oldest: tuple[int, ...] = ()  # of its runtimes that the code is for

    def name_of(self, *words: str) -> str:
        """A function's name."""
        return _styled(self.style, words)

    def name_of_test(self, *words: str) -> str:
        """A test's name."""
        return _styled(self.test_style or self.style, (self.test, *words) if self.test else words)

    def place(self, root: str, keys: Keys) -> str:
        """A place in data."""
        if self.access == "dots":
            return ".".join((root, *keys))
        if self.access == "brackets":
            return root + "".join(f'["{key}"]' for key in keys)
        return f"{self.name_of('at')}({', '.join((root, *map(json.dumps, keys)))})"

    def is_there(self, root: str, keys: Keys) -> str:
        """A test for a place in data, whose other parts may not be there either."""
        if self.name == "Python":
            *way, last = keys
            return f'"{last}" in {root}' + "".join(f'.get("{key}", {{}})' for key in way)
        if self.name == "Ruby":
            return f"{root}.dig({', '.join(map(json.dumps, keys))})"
        if self.access == "dots":
            return self.there.format(f"{root}.{'?.'.join(keys)}")
        return self.there.format(self.place(root, keys))

    def is_one_of(self, name: str, values: Sequence[str]) -> str:
        """A test for one of several texts."""
        word = " or " if self.name == "Python" else " || "
        return word.join(self.equal.format(name, json.dumps(value)) for value in values)

    def texts(self, values: Sequence[str]) -> str:
        """A list of texts."""
        return self.list.format(", ".join(map(json.dumps, values)))


def _styled(style: str, words: Sequence[str]) -> str:
    parts = [part for word in words for part in word.split("_")]
    if style == "snake":
        return "_".join(parts)
    capitals = "".join(part[0].upper() + part[1:] for part in parts)
    return capitals if style == "pascal" else capitals[0].lower() + capitals[1:]


#: Each family of runtimes, in the order that they are offered in.
LANGUAGES = {
    "python": Language(
        "Python",
        "python",
        "app.handler",
        {"app.py": "app.py.j2", "test_app.py": "test_app.py.j2"},
        style="snake",
        access="brackets",
    ),
    "nodejs": Language(
        "JavaScript",
        "nodejs",
        "index.handler",
        {
            "index.mjs": "index.mjs.j2",
            "index.test.mjs": "index.test.mjs.j2",
            "package.json": "package.json.j2",
        },
        style="camel",
        access="dots",
        equal="{} === {}",
        there="{} !== undefined",
    ),
    "java": Language(
        "Java",
        "java",
        "app.Handler::handleRequest",
        {
            "pom.xml": "pom.xml.j2",
            "src/main/java/app/Handler.java": "Handler.java.j2",
            "src/test/java/app/HandlerTest.java": "HandlerTest.java.j2",
        },
        style="camel",
        access="at",
        equal="{1}.equals({0})",
        list="List.of({})",
        test="",
        package="jar",
        oldest=(11,),
    ),
    "dotnet": Language(
        "C#",
        "dotnet",
        "Function::App.Function::Handle",
        {
            "src/Function.cs": "Function.cs.j2",
            "src/Function.csproj": "Function.csproj.j2",
            "test/FunctionTests.cs": "FunctionTests.cs.j2",
            "test/FunctionTests.csproj": "FunctionTests.csproj.j2",
        },
        style="pascal",
        access="at",
        there="{} is not null",
        event="input",  # `event` is a word of C#'s
        list="new[] {{ {} }}",
        test="",
    ),
    "ruby": Language(
        "Ruby",
        "ruby",
        "app.App.handler",
        {"app.rb": "app.rb.j2", "test_app.rb": "test_app.rb.j2"},
        style="snake",
        access="brackets",
    ),
    "provided": Language(
        "Go",
        "go",
        "bootstrap",
        {"go.mod": "go.mod.j2", "main.go": "main.go.j2", "main_test.go": "main_test.go.j2"},
        style="camel",
        access="at",
        there="{} != nil",
        list="[]string{{{}}}",
        test_style="pascal",
    ),
}


def language(runtime: Runtime) -> Language:
    """The language of a runtime, which for those that bring none is Go."""
    return LANGUAGES[runtime.family]
