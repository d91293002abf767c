"""A whole database copied into another, SQLite to PostgreSQL or back; verified, and resumable after a kill.

Rows keep their numbers. Each table is walked in parts by its key: a part that is the same on both sides is
passed over, another is made so in one transaction, so that a second call goes on where the first was ended.
Until everything is copied and its digests agree, the target names no revision but `copying-…`: no program,
of whatever version, takes half a database for a whole one.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Engine,
    Integer,
    Table,
    delete,
    func,
    inspect,
    select,
    text,
)

from monitor.errors import StoreError, UsageError
from monitor.store.addresses import database_url, is_memory, shown
from monitor.store.bulk import upsert
from monitor.store.engine import make_engine
from monitor.store.faults import explained
from monitor.store.policy import DEFAULT_POLICY, PostgresPolicy
from monitor.store.tables import metadata
from monitor.store.upgrade import COPYING, head, upgrade_engine

PART = 500
"""Rows compared and written at a time, in one transaction."""

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Copied:
    """One table: its rows, how many of them this call wrote, and the SHA-256 of all, equal on both sides."""

    table: str
    rows: int
    written: int
    digest: str


def copy_database(
    source: str,
    target: str,
    policy: PostgresPolicy = DEFAULT_POLICY,
    stage: Callable[[str, int], None] = lambda _name, _rows: None,
    step: Callable[[int], None] = lambda _rows: None,
) -> list[Copied]:
    """Copy the database at one address into the empty one at another.

    `stage` is told what begins, "copying" or "comparing", and how many rows that takes; `step` of rows
    gone through.

    UsageError where the two are one, or the target holds something else; StoreError where one of
    them fails or the digests differ in the end. The source is only read.
    """
    old, new = database_url(source), database_url(target)
    if is_memory(old) or is_memory(new):
        raise UsageError("a database in memory cannot be copied; name files or PostgreSQL addresses")
    if old == new:
        raise UsageError("source and target are the same database")
    mark = COPYING + hashlib.sha256(shown(old).encode()).hexdigest()[:16]
    with ExitStack() as stack:
        reading, writing = make_engine(old, policy), make_engine(new, policy)
        stack.callback(reading.dispose)
        stack.callback(writing.dispose)
        with explained(old):
            # One snapshot for everything: a run may go on writing to the source.
            level = {} if old.get_backend_name() == "sqlite" else {"isolation_level": "REPEATABLE READ"}
            seen = stack.enter_context(reading.execution_options(**level).connect())
            _check_source(seen, shown(old))
        _prepare(writing, mark, shown(new))
        done = []
        with explained(old):
            stage("copying", _all_rows(seen))
        for table in metadata.sorted_tables:
            with explained(new):
                done.append(_copy(seen, writing, table, step))
        stage("comparing", sum(one.rows for one in done))
        for one in done:
            with writing.connect() as written:
                found = _digest(written, metadata.tables[one.table], step)
            if found != (one.rows, one.digest):
                raise StoreError(
                    f"{shown(new)}: {one.table} is not as it was read ({found[0]} rows for {one.rows}); "
                    "somebody else writes there: stop that, and copy again"
                )
        _complete(writing)
    return done


def _check_source(connection: Connection, name: str) -> None:
    there = inspect(connection).has_table("alembic_version")
    revision = connection.execute(text("SELECT version_num FROM alembic_version")).scalar() if there else None
    if revision != head():
        raise UsageError(
            f"{name}: its tables are not those of this version ({revision or 'none'}); "
            "run `monitor db upgrade` on it first"
        )


def _prepare(engine: Engine, mark: str, name: str) -> None:
    """Make the target's tables and mark it as being copied into; UsageError where it holds something else."""
    with explained(engine.url), engine.connect() as connection:
        there = inspect(connection).has_table("alembic_version")
        found = (
            connection.execute(text("SELECT version_num FROM alembic_version")).scalar() if there else None
        )
    if found == mark:
        return
    if found is not None and found.startswith(COPYING):
        raise UsageError(
            f"{name} holds part of a copy of another database; finish that, or name an empty one"
        )
    if found is None:
        upgrade_engine(engine)
    with explained(engine.url), engine.execution_options(writes=True).begin() as connection:
        for table in metadata.sorted_tables:
            if connection.execute(select(table).limit(1)).first() is not None:
                raise UsageError(f"{name} holds something already; name an empty database, or a new file")
        connection.execute(text("UPDATE alembic_version SET version_num = :mark"), {"mark": mark})


def _copy(seen: Connection, engine: Engine, table: Table, step: Callable[[int], None]) -> Copied:
    total, written, digest = 0, 0, hashlib.sha256()
    for low, high, part in _parts(seen, table):
        with engine.execution_options(writes=True).begin() as connection:
            written += _make_equal(connection, table, part, _rows(connection, table, low, high))
        for row in part:
            digest.update(_bytes(row))
        total += len(part)
        step(len(part))
    return Copied(table.name, total, written, digest.hexdigest())


def _parts(connection: Connection, table: Table) -> Iterator[tuple[int, int | None, list[Row]]]:
    """Yield a table in parts that leave nothing out: the numbers each covers (low, high], and its rows.

    A table without numbers holds a row an archive: it is one part.
    """
    low, number = -1, _number(table)
    while True:
        part = _rows(connection, table, low, None, limit=PART)
        high = None if number is None or len(part) < PART else part[-1][number.name]
        yield low, high, part
        if high is None:
            return
        low = high


def _rows(
    connection: Connection, table: Table, low: int, high: int | None, *, limit: int | None = None
) -> list[Row]:
    query, number = select(table), _number(table)
    if number is not None:
        query = query.where(number > low).order_by(number).limit(limit)
        if high is not None:
            query = query.where(number <= high)
    found = [dict(row._mapping) for row in connection.execute(query)]  # noqa: SLF001 - public in SQLAlchemy
    return found if number is not None else sorted(found, key=lambda row: _key(table, row))


def _number(table: Table) -> ColumnElement[int] | None:
    """Return the number a table's rows are told by: their own, or that of what they say something of."""
    first, *others = table.primary_key.columns
    return first if not others and isinstance(first.type, Integer | BigInteger) else None


def _key(table: Table, row: Row) -> tuple[Any, ...]:
    return tuple(row[column.name] for column in table.primary_key.columns)


def _make_equal(connection: Connection, table: Table, wanted: Sequence[Row], there: Sequence[Row]) -> int:
    """Write what is wanted and not there, take away what is there and not wanted; return the rows written."""
    known = {_key(table, row): _bytes(row) for row in there}
    kept = {_key(table, row) for row in wanted}
    for key in known.keys() - kept:
        same = (column == part for column, part in zip(table.primary_key.columns, key, strict=True))
        connection.execute(delete(table).where(*same))
    fresh = [row for row in wanted if known.get(_key(table, row)) != _bytes(row)]
    keys = [column.name for column in table.primary_key.columns]
    change = [column.name for column in table.columns if column.name not in keys]
    upsert(connection, table, fresh, keys=keys, change=change)
    return len(fresh)


def _all_rows(connection: Connection) -> int:
    counts = [connection.execute(select(func.count()).select_from(table)) for table in metadata.sorted_tables]
    return sum(one.scalar_one() for one in counts)


def _digest(connection: Connection, table: Table, step: Callable[[int], None]) -> tuple[int, str]:
    """Return how many rows a table holds, and the SHA-256 of all of them in the order of their keys."""
    total, digest = 0, hashlib.sha256()
    for _, _, part in _parts(connection, table):
        for row in part:
            digest.update(_bytes(row))
        total += len(part)
        step(len(part))
    return total, digest.hexdigest()


def _bytes(row: Mapping[str, Any]) -> bytes:
    """Return a row's values as both databases must give them back; the order of keys says nothing."""
    return json.dumps(row, sort_keys=True, default=str).encode()


def _complete(engine: Engine) -> None:
    """Let the target be used: numbers go on after the highest, and its revision is named."""
    with explained(engine.url), engine.execution_options(writes=True).begin() as connection:
        if engine.dialect.name == "postgresql":
            for table in metadata.sorted_tables:
                if "id" in table.c:
                    highest = select(func.coalesce(func.max(table.c.id), 0) + 1).scalar_subquery()
                    sequence = func.pg_get_serial_sequence(table.name, "id")
                    connection.execute(select(func.setval(sequence, highest, False)))
        connection.execute(text("UPDATE alembic_version SET version_num = :head"), {"head": head()})
