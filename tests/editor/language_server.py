"""yaml-language-server in a process of its own, spoken to as an editor does: JSON-RPC on stdin and stdout."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, Any, NamedTuple, Self, TypeVar

T = TypeVar("T")

_PATIENCE = 30  # seconds for one answer; it takes a fraction of one
#: Where an editor's cursor is, in a text.
CURSOR = "‸"
# Nothing from the network: the schema is the one that a spec's first line names.
_SETTINGS = {"yaml": {"schemaStore": {"enable": False}, "validate": True, "hover": True, "completion": True}}
_CAPABILITIES = {
    "workspace": {"configuration": True},
    "textDocument": {
        "completion": {"completionItem": {"documentationFormat": ["markdown", "plaintext"]}},
        "hover": {"contentFormat": ["markdown", "plaintext"]},
        "publishDiagnostics": {"relatedInformation": False},
    },
}


class Problem(NamedTuple):
    """What an editor underlines: line (from 1), the text that is underlined, and the message."""

    line: int
    text: str
    message: str


class LanguageServer:
    """A server for the files of a folder. Leaving its `with` block ends it, whatever happened; where that is
    never left, the server sees that whoever started it is gone."""

    def __init__(self, script: Path, folder: Path) -> None:
        self._process = subprocess.Popen(
            ["node", script, "--stdio"],
            cwd=folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self._folder = folder
        self._changed = threading.Condition()
        self._answers: dict[int, dict[str, Any]] = {}
        self._published: dict[str, list[dict[str, Any]]] = {}
        self._is_configured = False
        self._has_ended = False
        self._asked = 0
        self._opened = 0
        self._reader = threading.Thread(target=self._read, daemon=True)

    def __enter__(self) -> Self:
        self._reader.start()
        root = self._folder.as_uri()
        try:
            about = {"processId": os.getpid(), "rootUri": root, "capabilities": _CAPABILITIES}
            self._ask("initialize", about)
            self._tell("initialized", {})
            self._tell("workspace/didChangeConfiguration", {"settings": {}})  # it asks for them then
            self._wait(lambda: self._is_configured or None, "question about settings")
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    # What a user does -----------------------------------------------------------------------------

    def complete(self, text: str) -> dict[str, dict[str, Any]]:
        """What is offered at the cursor of a text, by label."""
        offered = self._ask("textDocument/completion", self._at_cursor(text))
        return {item["label"]: item for item in offered["items"]}

    def hover(self, text: str) -> str:
        """What is shown under the mouse, which is at the cursor of a text."""
        shown = self._ask("textDocument/hover", self._at_cursor(text))
        said: str = shown["contents"]["value"]
        return said

    def problems(self, text: str) -> list[Problem]:
        """What is underlined in a text."""
        (found,) = self.all_problems([text])
        return found

    def all_problems(self, texts: Sequence[str]) -> list[list[Problem]]:
        """What is underlined in each of several texts that are open at once."""
        opened = [(text.splitlines(), self._open(text)) for text in texts]
        return [
            [_problem(lines, published) for published in self._wait(self._of(uri), "diagnostics")]
            for lines, uri in opened
        ]

    def _of(self, uri: str) -> Callable[[], list[dict[str, Any]] | None]:
        return lambda: self._published.get(uri)

    def _at_cursor(self, text: str) -> dict[str, Any]:
        before, _, after = text.partition(CURSOR)
        uri = self._open(before + after)
        line, character = before.count("\n"), len(before) - before.rfind("\n") - 1
        return {"textDocument": {"uri": uri}, "position": {"line": line, "character": character}}

    def _open(self, text: str) -> str:
        self._opened += 1
        uri = (self._folder / f"spec{self._opened}.yaml").as_uri()
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self._tell("textDocument/didOpen", {"textDocument": document})
        return uri

    # How it is said -------------------------------------------------------------------------------

    def _ask(self, method: str, params: Mapping[str, Any]) -> Any:
        self._asked += 1
        number = self._asked
        self._send({"id": number, "method": method, "params": params})
        answer = self._wait(lambda: self._answers.pop(number, None), method)
        assert "error" not in answer, answer["error"]
        return answer["result"]

    def _tell(self, method: str, params: Mapping[str, Any]) -> None:
        self._send({"method": method, "params": params})

    def _send(self, message: Mapping[str, Any]) -> None:
        assert self._process.stdin is not None
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        self._process.stdin.flush()

    def _wait(self, look: Callable[[], T | None], what: str) -> T:
        """What `look` finds, once it finds something."""
        found: list[T] = []

        def is_over() -> bool:
            if (answer := look()) is not None:
                found.append(answer)
            return bool(found) or self._has_ended

        with self._changed:
            self._changed.wait_for(is_over, _PATIENCE)
        assert found, f"yaml-language-server {'ended' if self._has_ended else 'is silent'}: no {what}"
        return found[0]

    def _read(self) -> None:
        assert self._process.stdout is not None
        while message := _message(self._process.stdout):
            with self._changed:
                if "method" in message and "id" in message:  # it asks for settings, or to register something
                    sections = [item.get("section") for item in message["params"].get("items", ())]
                    settings = [_SETTINGS.get(section, {}) for section in sections]
                    self._send({"id": message["id"], "result": settings or None})
                    self._is_configured |= "yaml" in sections
                elif message.get("method") == "textDocument/publishDiagnostics":
                    published = message["params"]
                    self._published[published["uri"]] = published["diagnostics"]
                elif "id" in message:
                    self._answers[message["id"]] = message
                self._changed.notify_all()
        with self._changed:
            self._has_ended = True
            self._changed.notify_all()

    def _end(self) -> None:
        self._process.kill()
        self._process.wait()
        self._reader.join(_PATIENCE)
        for stream in (self._process.stdin, self._process.stdout):
            assert stream is not None
            with contextlib.suppress(OSError):  # what was not sent is lost with the process
                stream.close()


def _problem(lines: Sequence[str], published: Mapping[str, Any]) -> Problem:
    start, end = published["range"]["start"], published["range"]["end"]
    stop = end["character"] if end["line"] == start["line"] else None
    return Problem(start["line"] + 1, lines[start["line"]][start["character"] : stop], published["message"])


def _message(stream: IO[bytes]) -> dict[str, Any] | None:
    """The next message of a stream, or None at its end."""
    length = 0
    while line := stream.readline().strip():
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    read: dict[str, Any] | None = json.loads(stream.read(length)) if length else None
    return read
