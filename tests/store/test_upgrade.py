"""Migrations, and databases that cannot be used as they are."""

import asyncio
import datetime as dt
import json
import os
import sqlite3
import sys
import tempfile
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect, text

from monitor.archive.ledger import Ledger
from monitor.errors import ExitCode, StoreError, UsageError
from monitor.model.snapshot import CaptureRefusal
from monitor.model.source import Source
from monitor.store.addresses import database_url
from monitor.store.engine import enter_wal, make_engine
from monitor.store.rows import digest
from monitor.store.sql_store import open_store
from monitor.store.tables import metadata
from monitor.store.upgrade import head, migrations, upgrade

NOW = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)


async def opened(address):
    store = await open_store(str(address), lambda: NOW)
    await store.close()


async def read_all(path):
    store = await open_store(str(path), lambda: NOW)
    try:
        return [case async for case in store.cases()]
    finally:
        await store.close()


def structure(connection):
    """Return everything the database says of its tables, in an order of our own."""
    seen = inspect(connection)
    tables = {}
    for name in sorted(seen.get_table_names()):
        if name == "alembic_version":
            continue
        tables[name] = {
            "columns": [
                (c["name"], str(c["type"]), c["nullable"], str(c["default"])) for c in seen.get_columns(name)
            ],
            "primary key": seen.get_pk_constraint(name),
            "foreign keys": sorted(map(str, seen.get_foreign_keys(name))),
            "unique": sorted(map(str, seen.get_unique_constraints(name))),
            "indexes": sorted(
                str(one | {"dialect_options": {k: str(v) for k, v in one.get("dialect_options", {}).items()}})
                for one in seen.get_indexes(name)
            ),
            "checks": sorted(map(str, seen.get_check_constraints(name))),
        }
    return tables


def structure_at(address, *, create):
    engine = make_engine(database_url(address))
    with engine.begin() as connection:
        if create:
            metadata.create_all(connection)
        found = structure(connection)
    engine.dispose()
    return found


async def test_migrations_build_exactly_the_tables_the_code_knows_on_sqlite(tmp_path):
    upgrade(str(tmp_path / "migrated.db"))
    migrated = structure_at(str(tmp_path / "migrated.db"), create=False)
    assert len(migrated) == len(metadata.tables)
    assert migrated == structure_at(str(tmp_path / "created.db"), create=True)


@pytest.mark.slow
async def test_migrations_build_exactly_the_tables_the_code_knows_on_postgresql(postgres_server):
    migrated, created = postgres_server(), postgres_server()
    upgrade(migrated)
    assert structure_at(migrated, create=False) == structure_at(created, create=True)


def test_there_is_one_head_and_files_are_dated_and_numbered():
    script = ScriptDirectory.from_config(migrations())
    assert script.get_heads() == [head()]
    for revision in script.walk_revisions():
        assert Path(revision.path).name.startswith(f"{revision.revision}_")
        assert revision.doc.endswith(".") or revision.doc


async def test_an_empty_database_is_made_and_a_second_opening_changes_nothing(tmp_path):
    address = str(tmp_path / "deep" / "er" / "monitor.db")
    first, second = upgrade(address), upgrade(address)
    assert (first.before, first.changed, second.changed) == (None, True, False)


async def test_a_database_in_use_is_opened_without_loading_the_migration_library(tmp_path):
    await opened(tmp_path / "monitor.db")
    code = (
        "import asyncio, datetime, sys; from monitor.store.sql_store import open_store\n"
        "async def main():\n"
        "    for address in (sys.argv[1], 'sqlite:///:memory:'):\n"
        "        store = await open_store(address, lambda: None); await store.documents(); await store.close()\n"
        "asyncio.run(main()); sys.exit('alembic' in sys.modules)"
    )
    done = await asyncio.create_subprocess_exec(sys.executable, "-c", code, str(tmp_path / "monitor.db"))
    assert await done.wait() == 0


async def test_two_openings_at_once_both_succeed(tmp_path):
    await asyncio.gather(*(opened(tmp_path / "monitor.db") for _ in range(4)))


class LockedTwice:
    """A connection that SQLite refuses as it refuses one of two that turn a new file to WAL together."""

    def __init__(self, code):
        self.error = sqlite3.OperationalError("refused")
        self.error.sqlite_errorcode = code
        self.asked = 0

    def execute(self, _statement):
        self.asked += 1
        if self.asked < 3:
            raise self.error


def test_a_file_that_another_turns_to_wal_at_the_same_moment_is_asked_again():
    connection = LockedTwice(sqlite3.SQLITE_BUSY)
    enter_wal(connection)
    assert connection.asked == 3


def test_what_is_no_lock_is_not_asked_again():
    connection = LockedTwice(sqlite3.SQLITE_IOERR)
    with pytest.raises(sqlite3.OperationalError, match="refused"):
        enter_wal(connection)
    assert connection.asked == 1


@pytest.mark.slow
async def test_two_nodes_that_start_together_make_the_tables_once(postgres_server):
    address = postgres_server()
    await asyncio.gather(*(opened(address) for _ in range(4)))


async def test_a_kept_old_database_is_upgraded_with_its_rows(tmp_path):
    path = tmp_path / "old.db"
    with sqlite3.connect(path) as connection:
        connection.executescript((Path(__file__).parent / "data" / "20261121_01.sql").read_text("utf-8"))
    connection.close()
    cases = await read_all(path)
    store = await open_store(str(path), lambda: NOW)
    try:
        assert [(c.citation.title, c.observations[0].times) for c in cases] == [
            ("The mills of the lower river", 2)
        ]
        assert cases[0].previous == "fresh/alive"
        assert cases[0].confirmed_at is not None
        assert (await store.last_run(complete=True)).id == "old-2"
    finally:
        await store.close()


async def test_refusals_written_as_sentences_become_kinds(tmp_path):
    path = tmp_path / "old.db"
    line = {
        "source": "https://example.org/mills", "url": "https://example.org/mills", "archive": "wayback",
        "state": "refused", "requested_at": "2026-02-05T03:00:00+00:00", "job": None, "snapshot_url": None,
        "updated_at": "2026-02-05T03:00:00+00:00", "timestamp": None,
    }  # fmt: skip
    told = {
        "permanent: blocked-url (This address is blocked.)": CaptureRefusal.PERMANENT,
        "temporary: today's 100 captures are spent": CaptureRefusal.DAY_SPENT,
        "temporary: too-many-daily-captures (Try again.)": CaptureRefusal.PASSING,
        "unauthorized: the keys were not accepted": CaptureRefusal.BAD_KEYS,
        "no-keys: set access and secret key": CaptureRefusal.NO_KEYS,
    }
    with sqlite3.connect(path) as connection:
        connection.executescript((Path(__file__).parent / "data" / "20261121_01.sql").read_text("utf-8"))
        for number, reason in enumerate(told, 2):
            body = json.dumps({**line, "reason": reason})
            at = f"2026-02-{number:02} 03:00:00.000000"
            connection.execute(
                "INSERT INTO capture VALUES (?, 1, 'wayback', ?, ?, 'refused', ?)", (number, at, at, body)
            )
        kept = json.dumps(json.dumps({**line, "reason": "permanent: blocked-url"}))
        question = digest(json.dumps(["capture", line["source"]]))
        connection.execute(
            "INSERT INTO archive_answer (archive, digest, answered_at, answer) VALUES ('wayback', ?, ?, ?)",
            (question, "2026-02-05 03:00:00.000000", kept),
        )
    connection.close()
    store = await open_store(str(path), lambda: NOW)
    try:
        captures = await store.captures()
        assert [one.refusal for one in captures] == [None, *told.values()]
        assert captures[1].reason == "blocked-url (This address is blocked.)"
        ledger = Ledger("wayback", None, store, per_day=5)
        again = await ledger.capture(Source(line["source"], line["url"]), NOW)
        assert (again.refusal, again.reason) == (CaptureRefusal.PERMANENT, "blocked-url")
    finally:
        await store.close()


async def test_a_database_from_a_newer_version_is_left_alone(tmp_path):
    path = tmp_path / "monitor.db"
    await opened(path)
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '20990101_07'"))
    engine.dispose()
    before = path.read_bytes()
    with pytest.raises(StoreError, match=r"newer version .*20990101_07.*upgrade citation-monitor") as caught:
        await opened(path)
    assert caught.value.exit_code is ExitCode.INCOMPLETE
    assert path.read_bytes() == before


@pytest.mark.parametrize("content", [b"this is no database at all, only a text file" * 40, os.urandom(8192)])
async def test_a_file_that_is_no_database_is_named_and_kept(tmp_path, content):
    path = tmp_path / "notes.txt"
    path.write_bytes(content)
    with pytest.raises(StoreError, match=r"notes\.txt is not a database of this program; name another"):
        await opened(path)
    assert path.read_bytes() == content


async def test_a_damaged_database_says_so(tmp_path):
    path = tmp_path / "monitor.db"
    await opened(path)
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * (path.stat().st_size - 4096))
    with pytest.raises(StoreError, match=r"is damaged; restore it from a backup"):
        await read_all(path)


async def test_a_locked_database_says_who_to_wait_for(tmp_path, monkeypatch):
    monkeypatch.setattr("monitor.store.engine.BUSY_TIMEOUT_S", 0.1)
    path = tmp_path / "monitor.db"
    await opened(path)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    try:
        with pytest.raises(StoreError, match=r"in use by another program; wait until that run has ended"):
            await opened(path)
    finally:
        other.close()


async def test_a_path_that_is_a_folder_or_lies_under_a_file(tmp_path):
    with pytest.raises(StoreError, match="cannot be opened; check that the folder exists"):
        await opened(tmp_path)
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError, match=r"folder .*file for the database cannot be made"):
        await opened(tmp_path / "file" / "monitor.db")


@pytest.fixture
def not_root():
    """Be somebody who may not write everywhere."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    yield
    os.seteuid(0)


@pytest.fixture
def open_folder():
    """A folder that anybody may read."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


async def test_a_file_that_may_not_be_written(open_folder, request):
    path = open_folder / "monitor.db"
    await opened(path)
    path.chmod(0o444)
    open_folder.chmod(0o555)
    request.getfixturevalue("not_root")
    with pytest.raises(StoreError, match=r"monitor\.db may not be written; give this user write permission"):
        await opened(path)


async def test_a_folder_that_may_not_be_written(open_folder, request):
    open_folder.chmod(0o555)
    request.getfixturevalue("not_root")
    with pytest.raises(
        StoreError, match=r"monitor\.db cannot be opened; check that the folder exists and may be"
    ):
        await opened(open_folder / "monitor.db")


@pytest.mark.parametrize(
    "address", ["mysql://host/name", "ftp://x", "sqlite+pysqlite:///x", "://", "postgresql://host:port/x"]
)
async def test_an_address_that_is_none_is_a_usage_error(address):
    with pytest.raises(UsageError, match="write a file name"):
        await opened(address)


@pytest.mark.parametrize(
    ("address", "driver"),
    [
        ("monitor.db", "sqlite"),
        ("/var/lib/monitor.db", "sqlite"),
        ("sqlite:///monitor.db", "sqlite"),
        ("sqlite+aiosqlite:///monitor.db", "sqlite"),
        ("postgresql://u@h/n", "postgresql+psycopg"),
    ],
)
def test_plain_addresses_name_their_driver(address, driver):
    assert database_url(address).drivername == driver


async def test_a_server_that_is_not_there_and_a_password_that_is_never_shown():
    with pytest.raises(StoreError, match="cannot be reached; check that the server runs") as caught:
        await opened("postgresql://ada:secret@127.0.0.1:1/monitor")
    assert "secret" not in str(caught.value)
