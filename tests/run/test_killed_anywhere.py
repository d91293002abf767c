"""SIGKILL at a random moment of every command that writes: nothing lost, nothing half, and the next one carries on.

A few kills here; by hand hundreds: KILLS=300 pytest tests/run/test_killed_anywhere.py -s
"""

import importlib
import json
import os
import pkgutil
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

import monitor
from monitor import cli
from monitor.store.upkeep import integrity

KILLS = int(os.environ.get("KILLS", "5"))
NIGHTS = ("2026-11-04T03:00:00Z", "2026-11-08T03:00:00Z", "2026-11-12T03:00:00Z", "2026-11-21T03:00:00Z")
NEXT = "2026-11-28T03:00:00Z"
COMMANDS = {
    "run": ("run", "--all", "-q", "--no-progress", "--now", NEXT),
    "fix": ("fix", "--write", "-q", "--now", NIGHTS[-1]),
    "report": ("report", "-q", "--now", NIGHTS[-1]),
    "capture": ("capture", "-q", "--now", NIGHTS[-1]),
    "upgrade": ("db", "upgrade"),
}
SCHEMA = Path(__file__).parent.parent / "store" / "data" / "20261121_01.sql"
LIST = (
    "# Sources\n\n- [Cool URIs](https://www.w3.org/Provider/Style/URI). Accessed 4 March 2026.\n"
    "- [Athens Forum](http://www.geocities.com/Athens/Forum/). Accessed 8 June 2004.\n"
)


WEB = (
    "import json, sys; from tests.support.rehearsal_world import options, world\n"
    "with world() as running: print(json.dumps(options(running)), flush=True); sys.stdin.read()"
)


@contextmanager
def web() -> Iterator[dict[str, str]]:
    """Serve the rehearsal's web from another process: one that forks has no threads beside it."""
    with subprocess.Popen(
        [sys.executable, "-c", WEB], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as server:
        yield json.loads(server.stdout.readline())
        server.stdin.close()


def started(folder: Path, words: tuple[str, ...]) -> int:
    """Start a command in a process of its own that has everything imported already; return its number."""
    child = os.fork()
    if child:
        return child
    try:
        os.chdir(folder)
        out = os.open(folder.parent / "said.txt", os.O_CREAT | os.O_TRUNC | os.O_WRONLY)
        os.dup2(out, 1)
        os.dup2(out, 2)
        sys.stdout, sys.stderr = open(1, "w", closefd=False), open(2, "w", closefd=False)  # noqa: SIM115
        sys.argv = ["monitor", *words]
        cli.main()
    except SystemExit as end:
        os._exit(int(end.code or 0))
    finally:
        os._exit(99)


def ended(folder: Path, words: tuple[str, ...]) -> int:
    code = os.waitstatus_to_exitcode(os.waitpid(started(folder, words), 0)[1])
    assert code in (0, 1, 3), (words, code, (folder.parent / "said.txt").read_text())
    return code


def documents(folder: Path) -> dict[str, str]:
    return {file.name: file.read_text() for file in sorted(folder.glob("docs/*.md"))}


def states(folder: Path) -> Counter:
    report = json.loads((folder / "reports" / "report.json").read_text())
    return Counter((one["url"], one["link_state"], one["coverage"]) for one in report["citations"])


def rows(folder: Path) -> dict[str, int]:
    with closing(sqlite3.connect(folder / "d.sqlite3")) as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: len(connection.execute(f'SELECT 1 FROM "{name}"').fetchall()) for name in names}  # noqa: S608


def strewn(folder: Path) -> list[str]:
    """Return what a killed process left beside the files it was making."""
    known = {".citation-monitor.json"}
    return [
        str(file.relative_to(folder))
        for file in folder.rglob(".*")
        if file.name not in known and ".lock" not in file.name
    ]


@pytest.fixture(scope="module")
def templates(tmp_path_factory: pytest.TempPathFactory):
    """Folders as they are before each command, and where the rehearsal's web listens."""
    for module in pkgutil.walk_packages(monitor.__path__, "monitor."):
        if "migrations" not in module.name and not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    made = tmp_path_factory.mktemp("killed")
    judged, old = made / "judged", made / "old"
    for folder in (judged, old):
        (folder / "docs").mkdir(parents=True)
        for number in range(6):
            (folder / "docs" / f"list-{number}.md").write_text(LIST.replace("Sources", f"Sources {number}"))
        (folder / "config.toml").write_text('database = "d.sqlite3"\n[[documents]]\nglob = "docs/*.md"\n')
    with closing(sqlite3.connect(old / "d.sqlite3")) as connection:
        connection.executescript(SCHEMA.read_text("utf-8"))
        connection.commit()
    with web() as environment, pytest.MonkeyPatch.context() as patch:
        for name, value in environment.items():
            patch.setenv(name, value)
        for night in NIGHTS:
            ended(judged, ("run", "--all", "-q", "--no-progress", "--now", night))
        yield {name: old if name == "upgrade" else judged for name in COMMANDS}


@pytest.mark.timeout(7200 if KILLS > 50 else 300)
def test_a_kill_loses_nothing_and_the_next_start_carries_on(templates, tmp_path: Path) -> None:
    chance = random.Random(16)
    whole, wanted, tally = {}, {}, Counter()
    for name, words in COMMANDS.items():
        folder = shutil.copytree(templates[name], tmp_path / f"whole-{name}")
        begun = time.monotonic()
        ended(folder, words)
        whole[name], wanted[name] = time.monotonic() - begun, folder
    for number in range(KILLS):
        name = list(COMMANDS)[number % len(COMMANDS)]
        words, before = COMMANDS[name], documents(templates[name])
        folder = shutil.copytree(templates[name], tmp_path / "killed" / "it")
        child = started(folder, words)
        time.sleep(chance.random() * whole[name])
        os.kill(child, signal.SIGKILL)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        tally[name, "killed" if code == -signal.SIGKILL else "had ended"] += 1
        tally["left behind"] += bool(strewn(folder))
        assert integrity(str(folder / "d.sqlite3")) is None, (number, name)
        for file, text in documents(folder).items():
            assert text in (before[file], documents(wanted[name])[file]), (number, name, file)
        if (folder / "reports" / "report.json").exists():
            assert states(folder)
        for left in (folder / name for name in strewn(folder)):
            os.utime(left, (0, 0))  # what is young may be another run's, and is left to it
        ended(folder, words)
        assert documents(folder) == documents(wanted[name]), (number, name)
        assert integrity(str(folder / "d.sqlite3")) is None, (number, name)
        assert strewn(folder) == [], (number, name)
        if name == "upgrade":
            assert rows(folder) == rows(wanted[name]), number
        else:
            assert states(folder) == states(wanted[name]), (number, name)
        shutil.rmtree(folder)
        if number % 20 == 19:
            print(number + 1, dict(tally), flush=True)
    print(f"\n{dict(tally)}\nseconds a command takes whole: { {n: round(s, 2) for n, s in whole.items()} }")
    assert sum(count for key, count in tally.items() if "killed" in key) > KILLS / 3
