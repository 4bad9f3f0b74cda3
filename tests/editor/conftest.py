"""What tests of editors and browsers need, and yaml-language-server with the schema that it reads."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.editor.browser import Browser
from tests.editor.language_server import LanguageServer

PACKAGES = Path(__file__).parents[2] / "build/editor/node_modules"
SERVER = PACKAGES / "yaml-language-server/bin/yaml-language-server"
_WANTED = ("@sparticuz/chromium", "@viz-js/viz", "jsdom", "mermaid", "puppeteer-core", "yaml-language-server")
_NEEDED = "node and the packages of tests/editor are needed: install node and npm, then `make editor`"
_NO_BROWSER = "a browser is needed: on Linux and x86_64 a package has one, elsewhere put `chromium` on PATH"
_BROWSER = pytest.StashKey[Browser | None]()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip tests that need packages or a browser where these cannot be had, or let them fail where
    TFGEN_REQUIRE_EDITOR=1 asks for them."""
    marker = item.get_closest_marker("editor")
    if marker is None:
        return
    missing = ""
    if not shutil.which("node") or not all((PACKAGES / name).exists() for name in _WANTED):
        missing = _NEEDED
    elif marker.kwargs.get("browser") and _browser(item.config) is None:
        missing = _NO_BROWSER
    if missing and os.environ.get("TFGEN_REQUIRE_EDITOR") == "1":
        pytest.fail(missing, pytrace=False)
    if missing:
        pytest.skip(missing)


@pytest.fixture(scope="module")
def editor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LanguageServer]:
    """A server for a folder in which a user has put the schema."""
    folder = tmp_path_factory.mktemp("specs")
    line = [sys.executable, "-m", "tfgen", "schema", "-o", "spec.schema.json"]
    subprocess.run(line, cwd=folder, check=True)
    with LanguageServer(SERVER, folder) as server:
        yield server


@pytest.fixture
def browser(pytestconfig: pytest.Config) -> Browser:
    """A browser, for tests that are marked `editor(browser=True)`."""
    found = _browser(pytestconfig)
    assert found is not None, "the test has no `editor(browser=True)` marker"
    return found


def _browser(config: pytest.Config) -> Browser | None:
    """Look for a browser, once a session."""
    if _BROWSER not in config.stash:
        folder = tempfile.TemporaryDirectory(prefix="tfgen-browser-")
        config.add_cleanup(folder.cleanup)
        config.stash[_BROWSER] = Browser.found(Path(folder.name))
    return config.stash[_BROWSER]
