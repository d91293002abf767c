"""SQLite under asyncio with one way to the connection's thread and back for a statement, instead of four.

aiosqlite goes there once for the cursor, once for the statement, once for its rows and once to close it.
SQLAlchemy wants all four of every statement, and takes all rows at once: a quarter of what the store cost.
"""

import sqlite3
from collections.abc import Awaitable, Callable, Generator, Iterable, Sequence
from functools import partial
from threading import Thread
from typing import Any, Self

import aiosqlite

_ROWS_AT_ONCE = 64
"""What aiosqlite reads at a time where its own cursors are used; here none is."""


_MANY = 10_000
"""Rows taken on the way there; a statement that has more stays open for whoever reads it part by part."""


class _Cursor:
    """A statement and its rows, as SQLAlchemy's asyncio adaptation asks for them."""

    def __init__(
        self, run: Callable[..., Awaitable[Any]], connection: Callable[[], sqlite3.Connection]
    ) -> None:
        self._run = run
        self._connection = connection
        self._rows: list[Any] = []
        self._open: sqlite3.Cursor | None = None
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None
        self.arraysize = 1

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        """Leave nothing open."""
        await self.close()

    def __await__(self) -> Generator[Any, None, Self]:
        return self.__aenter__().__await__()

    async def execute(self, statement: str, values: Sequence[Any] = ()) -> Self:
        """Carry out a statement and take its rows."""
        await self._run(self._whole, sqlite3.Cursor.execute, statement, values)
        return self

    async def executemany(self, statement: str, values: Iterable[Sequence[Any]]) -> Self:
        """Carry out a statement for each set of values."""
        await self._run(self._whole, sqlite3.Cursor.executemany, statement, values)
        return self

    def _whole(self, carry_out: Callable[..., Any], statement: str, values: Any) -> None:
        cursor = self._connection().cursor()
        try:
            carry_out(cursor, statement, values)
            self.description, self.rowcount = cursor.description, cursor.rowcount
            self.lastrowid = cursor.lastrowid
            self._rows = cursor.fetchmany(_MANY) if cursor.description else []
            self._open = cursor if len(self._rows) == _MANY else None
        finally:
            if self._open is None:
                cursor.close()

    async def fetchall(self) -> list[Any]:
        """Return the rows."""
        rows, self._rows = self._rows, []
        if self._open is not None:
            rows += await self._run(self._open.fetchall)
            await self.close()
        return rows

    async def fetchmany(self, size: int) -> list[Any]:
        """Return the next rows, none at the end."""
        if len(self._rows) < size and self._open is not None:
            self._rows += await self._run(self._open.fetchmany, size)
        part, self._rows = self._rows[:size], self._rows[size:]
        return part

    async def close(self) -> None:
        """End a statement whose rows were not all taken; any other ended with them."""
        if self._open is not None:
            cursor, self._open = self._open, None
            await self._run(cursor.close)


class _Connection(aiosqlite.Connection):
    """aiosqlite's connection and thread, with cursors of ours."""

    def cursor(self) -> Any:
        """Return a cursor; nobody need go to the thread for it."""
        return _Cursor(self._execute, lambda: self._conn)


def connect(database: str, **arguments: Any) -> aiosqlite.Connection:
    """Return a connection to a database file as `aiosqlite.connect` does: to be awaited."""
    connection = _Connection(partial(sqlite3.connect, database, **arguments), _ROWS_AT_ONCE)
    # As SQLAlchemy does for its own; before 0.22 a connection was its thread.
    (connection if isinstance(connection, Thread) else connection._thread).daemon = True  # noqa: SLF001
    return connection
