"""Import contracts fail closed: whatever is not named in pyproject.toml may not be imported.

import-linter refuses what a contract forbids; it says nothing of a library that no contract knows. These tests
close that door: a new dependency, or a part of the standard library that reaches outside the process, is an
error until a contract names who may use it.
"""

import ast
import re
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
CONTRACTS = PROJECT["tool"]["importlinter"]["contracts"]

#: Parts of the standard library that open the door to other programs, hosts, archives or foreign objects.
REACHES_OUT = frozenset({
    "asyncore", "bz2", "ctypes", "curses", "dbm", "fcntl", "ftplib", "gzip", "http.client", "http.server",
    "imaplib", "lzma", "mailbox", "marshal", "mmap", "multiprocessing", "nntplib", "pickle", "poplib",
    "pty", "readline", "select", "selectors", "shelve", "smtplib", "socket", "socketserver", "sqlite3",
    "ssl", "subprocess", "tarfile", "telnetlib", "termios", "urllib.request", "webbrowser", "winreg",
    "xmlrpc", "zipfile", "zipimport",
})  # fmt: skip
#: Imported by name at run time, because they are extras; import-linter cannot see those.
BY_NAME = {"import_module", "find_spec"}


def imported(tree: ast.AST) -> Iterator[str]:
    """Every absolute module name that a file imports, by statement or by ``import_module("…")``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{one.name}" for one in node.names)
        elif isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name in BY_NAME and isinstance(node.args[0].value, str):
                yield node.args[0].value


def users() -> dict[str, set[str]]:
    """Library (top-level package, or a name of REACHES_OUT) -> modules of ours that import it."""
    found = defaultdict(set)
    for path in sorted((ROOT / "monitor").rglob("*.py")):
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for name in imported(ast.parse(path.read_text("utf-8"))):
            top = name.partition(".")[0]
            if top == "monitor":
                continue
            if top not in sys.stdlib_module_names:
                found[top].add(module)
                continue
            for reaching in {top, name} & REACHES_OUT:
                found[reaching].add(module)
    return found


USERS = users()
PROTECTED = {
    name: contract
    for contract in CONTRACTS
    if contract["type"] == "protected"
    for name in contract["protected_modules"]
}
#: Lists that import-linter cannot hold, so this file does: extras imported by name, and parts of a package of which
#: it sees the whole only. ``urllib.request`` and ``http.client`` serve for their types, nothing is asked through them.
HELD_HERE = {
    "warcio": {"monitor.fetch.warc_keeper"},
    "playwright": {"monitor.fetch.browser"},
    "urllib.request": {"monitor.check.cookies", "monitor.fetch.aiohttp_fetcher"},
    "http.client": {"monitor.check.cookies"},
}


@pytest.mark.parametrize("library", sorted(USERS))
def test_every_library_in_use_has_a_closed_list_of_users(library):
    allowed = HELD_HERE.get(library)
    if allowed is None:
        assert library in PROTECTED, (
            f"name who may import {library} in pyproject.toml; today: {USERS[library]}"
        )
        allowed = PROTECTED[library]["allowed_importers"]
    outside = {one for one in USERS[library] if not any(one == a or one.startswith(f"{a}.") for a in allowed)}
    assert not outside


@pytest.mark.parametrize("contract", PROTECTED.values(), ids=lambda one: one["id"])
def test_no_list_names_a_user_that_is_gone(contract):
    using = set().union(*(USERS[name] for name in contract["protected_modules"]))
    for allowed in contract["allowed_importers"]:
        assert any(one == allowed or one.startswith(f"{allowed}.") for one in using), allowed


def test_every_dependency_is_used():
    # Names on the index that differ from the package's name in code.
    other = {
        "pyyaml": "yaml", "markdown-it-py": "markdown_it",
        "prometheus-client": "prometheus_client", "ahocorasick-rs": "ahocorasick_rs",
    }  # fmt: skip
    # Used without an import: by zoneinfo.
    unseen = {"tzdata"}
    for line in PROJECT["project"]["dependencies"]:
        name = line.partition(">")[0].partition("[")[0].partition("=")[0].strip()
        assert name in unseen or other.get(name, name) in USERS, name


PURE = next(one for one in CONTRACTS if one["id"] == "model-is-plain")["source_modules"]
CLOCKS = {"now", "today", "utcnow", "monotonic", "perf_counter", "localtime", "gmtime"}


def asks_clock_or_chance(tree: ast.AST) -> set[str]:
    """What a file asks of the world by itself: the time, a pause, chance."""
    modules = set(imported(tree)) & {"time", "random", "secrets", "uuid"}
    calls = (node.func for node in ast.walk(tree) if isinstance(node, ast.Call))
    return modules | {one.attr for one in calls if isinstance(one, ast.Attribute) and one.attr in CLOCKS}


@pytest.mark.parametrize("room", PURE)
def test_pure_rooms_are_handed_clock_and_chance(room):
    for path in ROOT.joinpath(*room.split(".")).rglob("*.py"):
        assert not asks_clock_or_chance(ast.parse(path.read_text("utf-8"))), path


def test_a_clock_would_be_seen():
    assert asks_clock_or_chance(ast.parse("import random\nx = dt.datetime.now(dt.UTC)")) == {"random", "now"}


LAYERED = [one for one in CONTRACTS if one["type"] == "layers"]


def modules_in(container: str) -> set[str]:
    folder = ROOT.joinpath(*container.split("."))
    return {
        path.stem
        for path in folder.iterdir()
        if (path.suffix == ".py" or (path / "__init__.py").exists()) and path.stem != "__init__"
    }


@pytest.mark.parametrize("contract", LAYERED, ids=lambda one: one["id"])
def test_every_module_of_a_layered_room_has_its_floor(contract):
    assert contract["exhaustive"]
    listed = [name for layer in contract["layers"] for name in layer.split(" | ")]
    assert len(listed) == len(set(listed))
    for container in contract["containers"]:
        assert modules_in(container) == {*listed, *contract.get("exhaustive_ignores", ())}


def test_the_house_extraction_and_pages_are_layered():
    assert {"monitor", "monitor.extract", "monitor.page"} <= {
        container for one in LAYERED for container in one["containers"]
    }


def test_the_design_draws_the_house_as_it_is():
    layers = next(one for one in CONTRACTS if one["id"] == "layers")["layers"]
    page = (ROOT / "docs" / "design.md").read_text("utf-8")
    drawn = page.partition("Top may import what is below:")[2].split("```")[1].splitlines()[1:]
    rooms = [re.split(r" {2,}", line)[0] for line in drawn]
    assert rooms == layers, "docs/design.md, The house: one line a layer, rooms as in pyproject.toml"


def test_a_new_import_would_be_seen():
    source = "import requests\nfrom urllib import request\nfrom http.client import HTTPException\nimport_module('cffi.api')"
    assert {"requests", "urllib.request", "http.client", "cffi.api"} <= set(imported(ast.parse(source)))
