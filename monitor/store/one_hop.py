"""SQLite under asyncio with one way to the connection's thread and back for most transactions.

aiosqlite goes there once for a cursor, once for its statement, once for its rows and once to close it; a way
costs more than SQLite takes for a page of rows. So a statement takes its rows along, and one that names its
rows, which ends soon, is carried out in the thread of the loop: the loop is given way to when a transaction
begins, and again where it has taken a while.
"""

import asyncio
import sqlite3
from collections.abc import Callable, Generator, Iterable, Sequence
from functools import partial
from threading import Thread
from time import thread_time
from typing import Any, Self, TypeVar

import aiosqlite

T = TypeVar("T")

_ROWS_AT_ONCE = 64
"""What aiosqlite reads at a time where its own cursors are used; here none is."""


_MANY = 10_000
"""Rows taken on the way there; a statement that has more stays open for whoever reads it part by part."""


_AT_ONCE_S = 0.01
"""How much of its CPU time the loop's thread may spend before a transaction gives way to the loop.

Time by the clock would count what other programs take of a busy machine.
"""

_BY_LIST = "json_each(?)"
"""Stands in statements on listed rows (`among.py`): a page of them at most."""


class _Cursor:
    """A statement and its rows, as SQLAlchemy's asyncio adaptation asks for them."""

    def __init__(self, connection: "_Connection") -> None:
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
        soon = _BY_LIST in statement
        await self._connection.carry_out(self._whole, sqlite3.Cursor.execute, statement, values, soon=soon)
        return self

    async def executemany(self, statement: str, values: Iterable[Sequence[Any]]) -> Self:
        """Carry out a statement for each set of values: a batch of them at most."""
        await self._connection.carry_out(
            self._whole, sqlite3.Cursor.executemany, statement, values, soon=True
        )
        return self

    def _whole(self, carry_out: Callable[..., Any], statement: str, values: Any) -> None:
        cursor = self._connection.driver.cursor()
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
            rows += await self._connection.carry_out(self._open.fetchall)
            await self.close()
        return rows

    async def fetchmany(self, size: int) -> list[Any]:
        """Return the next rows, none at the end."""
        if len(self._rows) < size and self._open is not None:
            self._rows += await self._connection.carry_out(self._open.fetchmany, size)
        part, self._rows = self._rows[:size], self._rows[size:]
        return part

    async def close(self) -> None:
        """End a statement whose rows were not all taken; any other ended with them."""
        if self._open is not None:
            cursor, self._open = self._open, None
            await self._connection.carry_out(cursor.close)


class _Connection(aiosqlite.Connection):
    """aiosqlite's connection and thread, with cursors of ours."""

    _gave_way = -_AT_ONCE_S
    _changes = 0
    _quiet = True
    """False once nobody waited for what the thread does: it may be at it still."""

    @property
    def driver(self) -> sqlite3.Connection:
        """Return the connection itself; ValueError where it is closed."""
        return self._conn

    def cursor(self) -> Any:
        """Return a cursor; nobody need go to the thread for it."""
        return _Cursor(self)

    async def carry_out(self, work: Callable[..., T], *given: Any, soon: bool = False) -> T:
        """Do some work on the connection: in its thread, or here where it is done `soon`."""
        if soon and self._quiet and thread_time() - self._gave_way < _AT_ONCE_S:
            return work(*given)
        try:
            done: T = await self._execute(work, *given)  # type: ignore[no-untyped-call]
        except asyncio.CancelledError:
            self._quiet = False
            raise
        self._gave_way = thread_time()
        return done

    async def commit(self) -> None:
        """Commit; a transaction that only read has nothing to wait for."""
        read = self._quiet and self.driver.total_changes == self._changes
        await self.carry_out(self.driver.commit, soon=read)
        self._changes = self.driver.total_changes

    async def rollback(self) -> None:
        """Roll back, where there is anything."""
        if self.driver.in_transaction or not self._quiet:
            await self.carry_out(self.driver.rollback)


def connect(database: str, **arguments: Any) -> aiosqlite.Connection:
    """Return a connection to a database file as `aiosqlite.connect` does: to be awaited."""
    arguments["check_same_thread"] = False  # used by its thread and the loop's, never by both at a time
    connection = _Connection(partial(sqlite3.connect, database, **arguments), _ROWS_AT_ONCE)
    # As SQLAlchemy does for its own; before 0.22 a connection was its thread.
    (connection if isinstance(connection, Thread) else connection._thread).daemon = True  # noqa: SLF001
    return connection
