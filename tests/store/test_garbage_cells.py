"""SQLite keeps anything in any cell: whatever stands there is read, passed over, or a named error with its remedy."""

import datetime as dt
import re
import sqlite3
from contextlib import closing

import pytest
from sqlalchemy import event

from monitor.errors import StoreError
from monitor.model.run import Run
from monitor.report import bodies
from monitor.report.packing import Packer
from monitor.store.sql_store import open_store
from tests.store.test_copying import filled

NOW = dt.datetime(2026, 3, 5, tzinfo=dt.UTC)
GARBAGE = ("garbage", b"\xff\x00\x81", "[]", '"x"', 1e30, "9999-99-99 99:99:99")


async def every(stream):
    return [one async for one in stream]


READERS = (
    lambda store: store.documents(),
    lambda store: store.last_run(complete=True),
    lambda store: store.unfinished(),
    lambda store: store.trend(9),
    lambda store: store.captures(),
    lambda store: store.load_pool("wayback", "cdx"),
    lambda store: store.recall("wayback", "what"),
    lambda store: store.host_nights(Run(id="later", started_at=NOW, now=NOW)),
    lambda store: every(store.cases()),
    lambda store: every(store.due(NOW, everything=True)),
    lambda store: store.history("https://h0.example/0"),
)


async def readers_of(store, tables):
    """Return, by table, who asks it: others cannot meet what stands in its cells."""
    found = {table: [] for table in tables}
    asked = []
    event.listen(
        store.engine.sync_engine, "before_cursor_execute", lambda *given: asked.append(given[2]), named=False
    )
    for reader in READERS:
        asked.clear()
        await reader(store)
        for table in tables:
            if re.search(rf"\b{table}\b", " ".join(asked)):
                found[table].append(reader)
    return found


async def test_no_cell_is_a_bug(tmp_path):
    path = tmp_path / "d.db"
    await filled(str(path), sources=1)
    told, bugs = [], []
    store = await open_store(str(path), lambda: NOW)
    with closing(sqlite3.connect(path)) as connection, closing(sqlite3.connect(":memory:")) as whole:
        connection.backup(whole)
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        cells = [
            (name, row[1]) for name in tables for row in connection.execute(f"PRAGMA table_info({name})")
        ]
        readers = await readers_of(store, tables)
        assert {one for several in readers.values() for one in several} == set(READERS)
        for number, (table, column) in enumerate(cells):
            garbage = GARBAGE[number % len(GARBAGE)]
            try:
                connection.execute(f"UPDATE OR IGNORE {table} SET {column} = ?", (garbage,))  # noqa: S608
                connection.commit()
                for reader in readers[table]:
                    await reader(store)
            except sqlite3.IntegrityError:
                connection.rollback()
            except StoreError as error:
                told.append(str(error))
            except Exception as error:  # noqa: BLE001 - which cell it was is what matters
                bugs.append(f"{table}.{column} = {garbage!r}: {error!r}")
            whole.backup(connection)
    await store.close()
    assert bugs == []
    assert len(told) > 10
    assert all(";" in one for one in told)


async def test_a_damaged_name_of_the_schema_is_told(tmp_path):
    await filled(str(tmp_path / "d.db"), sources=1)
    with closing(sqlite3.connect(tmp_path / "d.db")) as connection:
        connection.execute("UPDATE alembic_version SET version_num = x'ff'")
        connection.commit()
    with pytest.raises(StoreError, match="is damaged"):
        await open_store(str(tmp_path / "d.db"), lambda: NOW)


def test_a_damaged_kept_finding_is_told():
    for kept in (b"m\xc1", b"m", b"m\x80"):
        with pytest.raises(StoreError, match="restore a backup"):
            Packer(Run).unpack(kept)
    assert not Packer.lasting(b"pwhatever")
    assert not Packer.lasting(b"")
    assert not any(bodies.lasting(kept) for kept in (b"", b"m", b"pwhatever", b"\x00\x00\x00\x02m"))
