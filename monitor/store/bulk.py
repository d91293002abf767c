"""Many rows at once, past SQLAlchemy: it compiles a statement once, and the rows go straight to the driver.

Bound by SQLAlchemy, a row costs several times what the database takes to write it.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, Dialect, Executable, Table, bindparam, insert, update

_COMPILED = 256
"""Statements kept: a few for each table and engine."""

Write = Callable[[Any], Any]


class _Prepared(Struct, frozen=True):
    """A statement as its driver takes it, and how each of the named values is written."""

    sql: str
    names: tuple[str, ...]
    writers: tuple[Write | None, ...]
    positional: bool

    def __call__(self, conn: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
        columns = ([row[name] for row in rows] for name in self.names)
        written = (
            column if write is None else map(write, column)
            for write, column in zip(self.writers, columns, strict=True)
        )
        values: list[Any] = list(zip(*written, strict=True))
        if not self.positional:
            values = [dict(zip(self.names, row, strict=True)) for row in values]
        conn.exec_driver_sql(self.sql, values)


def _prepare(statement: Any, dialect: Dialect, names: tuple[str, ...] | None = None) -> _Prepared:
    compiled = statement.compile(dialect=dialect, column_keys=None if names is None else list(names))
    order = tuple(compiled.positiontup or compiled.binds)
    writers = (compiled.binds[name].type.dialect_impl(dialect).bind_processor(dialect) for name in order)
    return _Prepared(str(compiled), order, tuple(writers), bool(compiled.positional))


@lru_cache(_COMPILED)
def _insertion(dialect: Dialect, table: Table, names: tuple[str, ...]) -> _Prepared:
    return _prepare(insert(table), dialect, names)


@lru_cache(_COMPILED)
def _upsertion(
    dialect: Dialect, table: Table, names: tuple[str, ...], keys: tuple[str, ...], change: tuple[str, ...]
) -> _Prepared:
    statement = inserting(dialect.name)(table)
    if change:
        done = statement.on_conflict_do_update(
            index_elements=keys, set_={name: statement.excluded[name] for name in change}
        )
    else:
        done = statement.on_conflict_do_nothing(index_elements=keys)
    return _prepare(done, dialect, names)


@lru_cache(_COMPILED)
def _change(dialect: Dialect, table: Table, names: tuple[str, ...]) -> _Prepared:
    # What is called as a column is that column's new value to SQLAlchemy, so the number goes by another name.
    changed = tuple(name for name in names if name != "row_id")
    return _prepare(update(table).where(table.c.id == bindparam("row_id")), dialect, changed)


@lru_cache(_COMPILED)
def _compiled(dialect: Dialect, statement: Executable) -> _Prepared:
    return _prepare(statement, dialect)


def inserting(dialect: str) -> Any:
    """Return what makes an INSERT with a conflict clause; only the dialect in use is imported."""
    if dialect == "postgresql":
        from sqlalchemy.dialects.postgresql import insert as on_postgresql

        return on_postgresql
    from sqlalchemy.dialects.sqlite import insert as on_sqlite

    return on_sqlite


def carry_out(conn: Connection, statement: Executable, rows: Sequence[Mapping[str, Any]]) -> None:
    """Carry out a statement, always the same object, once for each row of the values that it names."""
    if rows:
        _compiled(conn.dialect, statement)(conn, rows)


def add(conn: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows that name the same columns, all that the table wants a value for."""
    if rows:
        _insertion(conn.dialect, table, tuple(rows[0]))(conn, rows)


def upsert(
    conn: Connection,
    table: Table,
    rows: Sequence[Mapping[str, Any]],
    *,
    keys: Sequence[str],
    change: Sequence[str],
) -> None:
    """Insert rows; where a row with the same `keys` stands, set its `change` columns (none: leave it)."""
    if rows:
        statement = _upsertion(conn.dialect, table, tuple(rows[0]), tuple(keys), tuple(change))
        statement(conn, rows)


def update_rows(conn: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Set columns of many rows by "row_id", in one statement for all that name the same columns."""
    alike: dict[tuple[str, ...], list[Mapping[str, Any]]] = {}
    for row in rows:
        alike.setdefault(tuple(row), []).append(row)
    for names, some in alike.items():
        _change(conn.dialect, table, names)(conn, some)
