"""Transactions of an event loop: each a plain function of a connection, carried out whole in a thread."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Lock
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine

from monitor.store.addresses import is_memory
from monitor.store.faults import explained
from monitor.store.policy import DEFAULT_POLICY, PostgresPolicy

T = TypeVar("T")

_READERS = 4
"""Threads that read an SQLite file at a time, beside the one that writes."""

_INTERRUPTING_S, _AGAIN_S = 5.0, 0.2
"""How long PostgreSQL is told to stop; and how soon what goes on after that is interrupted again."""


class _GivenUpError(Exception):
    """Nobody waits for the transaction any more: it is rolled back."""


class _Doing:
    """What a thread does for somebody, who may give it up."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._lock = Lock()
        self._given_up = False
        self._driver: Any = None
        """The driver's connection, while it may be interrupted."""

    def transaction(self, work: Callable[[Connection], T]) -> T:
        """Carry one out: all of it or, on any failure, nothing; StoreError for what the database does."""
        with explained(self._engine.url), self._engine.connect() as connection:
            try:
                self._hold(connection.connection.driver_connection)
                with connection.begin():
                    done = work(connection)
                    self._hold(None)  # from here on it is committed, and that is not interrupted
                return done
            finally:
                self._let_go()

    def _hold(self, driver: Any) -> None:
        with self._lock:
            if self._given_up:
                raise _GivenUpError
            self._driver = driver

    def _let_go(self) -> None:
        """Wait until an interruption under way has been sent: the next transaction is not to get it."""
        with self._lock:
            self._driver = None

    def give_up(self) -> None:
        """Let a transaction be rolled back, unless it is being committed."""
        self._given_up = True

    def interrupt(self) -> None:
        """End the statement that a transaction is at, if it is at one: another may follow."""
        with self._lock, suppress(self._engine.dialect.loaded_dbapi.Error, OSError):
            if self._driver is None:
                return
            if self._engine.dialect.name == "sqlite":
                self._driver.interrupt()
            else:
                self._driver.cancel_safe(timeout=_INTERRUPTING_S)


class ThreadedEngine:
    """An engine, and the threads that carry out its transactions while the event loop goes on.

    SQLite takes one writer at a time: writers of this process queue for one thread instead of polling the
    file's lock. A database in memory lives in one connection, so there readers queue for that thread too.
    PostgreSQL is given as many threads as there may be connections.

    Who is cancelled while a transaction of his is carried out waits until its thread is done with it: it is
    interrupted and rolled back, unless it is being committed already. So no connection goes to another while
    somebody works with it, and what was cancelled is in the database whole or not at all.
    """

    def __init__(self, engine: Engine, policy: PostgresPolicy = DEFAULT_POLICY) -> None:
        self.sync_engine = engine
        self.url, self.dialect = engine.url, engine.dialect
        self._writing = engine.execution_options(writes=True)
        one_writer = engine.dialect.name == "sqlite"
        most = _READERS if one_writer else policy.pool_size + policy.pool_overflow
        self._writers = ThreadPoolExecutor(1 if one_writer else most, "monitor-store")
        alike = is_memory(engine.url) or not one_writer
        self._readers = self._writers if alike else ThreadPoolExecutor(most, "monitor-store-reader")

    async def read(self, work: Callable[[Connection], T]) -> T:
        """Carry out a short transaction that only reads."""
        doing = _Doing(self.sync_engine)
        return await _done(doing, self._readers, lambda: doing.transaction(work))

    async def write(self, work: Callable[[Connection], T]) -> T:
        """Carry out a transaction that writes: all of it or, on any failure, nothing."""
        doing = _Doing(self._writing)
        return await _done(doing, self._writers, lambda: doing.transaction(work))

    async def carry_out(self, work: Callable[[], T]) -> T:
        """Do something short in a thread, without a transaction; who is cancelled waits until it is done."""
        return await _done(_Doing(self.sync_engine), self._writers, work)

    async def dispose(self) -> None:
        """Wait for work that is under way, end the threads, and close the connections."""
        await asyncio.to_thread(self._dispose)

    def _dispose(self) -> None:
        self._writers.shutdown()
        self._readers.shutdown()
        self.sync_engine.dispose()


async def _done(doing: _Doing, threads: ThreadPoolExecutor, work: Callable[[], T]) -> T:
    begun = threads.submit(work)
    done = asyncio.wrap_future(begun)
    try:
        await asyncio.wait([done])
    except asyncio.CancelledError:
        if not begun.cancel():
            await _ended(doing, done)
        raise
    return done.result()


async def _ended(doing: _Doing, done: asyncio.Future[Any]) -> None:
    """Wait until nothing is done any more of what nobody waits for."""
    doing.give_up()
    while not done.done():
        with suppress(asyncio.CancelledError):  # who is cancelled again waits all the same
            await asyncio.to_thread(doing.interrupt)
            await asyncio.wait([done], timeout=_AGAIN_S)
    if not done.cancelled():
        done.exception()  # taken, so that it is not reported as missed
