"""What importing does: nothing but importing. No connection, no look-up, no file written."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
#: Alembic runs these inside its own context only.
ELSEWHERE = ("monitor.store.migrations", "monitor.__main__")

WATCH = """
import importlib, os, sys

reached = []

def watch(event, arguments):
    if event in {"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.bind", "subprocess.Popen",
                 "os.system", "os.exec", "os.fork", "os.remove", "os.rename", "os.mkdir", "urllib.Request"}:
        reached.append((event, str(arguments)[:200]))
        # croniter (of procrastinate) asks `file` how many bits this Python has.
        if arguments[1][:2] == ["file", "-b"]:
            reached.pop()
    elif event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wax+"):
        reached.append((event, str(arguments)[:200]))

sys.dont_write_bytecode = True
sys.addaudithook(watch)
for name in sys.argv[1:]:
    importlib.import_module(name)
print("\\n".join(map(str, reached)))
"""


def modules() -> list[str]:
    names = (
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for path in sorted((ROOT / "monitor").rglob("*.py"))
    )
    return [name for name in names if not name.startswith(ELSEWHERE)]


def imported(*names: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", WATCH, *names], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_importing_reaches_nothing_outside():
    assert len(modules()) > 200
    assert imported(*modules()) == ""


@pytest.mark.parametrize(
    "act", ["import socket; socket.socket().connect_ex(('127.0.0.1', 9))", "open('x.txt', 'w')"]
)
def test_the_watch_sees(act, tmp_path):
    (tmp_path / "acting.py").write_text(act)
    seen = subprocess.run(
        [sys.executable, "-c", WATCH, "acting"], capture_output=True, text=True, check=True, cwd=tmp_path
    )
    assert seen.stdout.strip()
