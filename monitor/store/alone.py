"""One run at a time on one database, and no upgrade under it: who is first holds a lock its end releases.

PostgreSQL: a session's advisory lock on a connection of its own. SQLite: a lock on the file `…-run` beside
the database. Both end with their process, however that ends, so nothing is ever left to be cleared away.
"""

import asyncio
import fcntl
import os
import platform
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from functools import partial
from pathlib import Path

from sqlalchemy import Connection, Engine, text

from monitor.errors import StoreError
from monitor.store.addresses import is_memory, shown
from monitor.store.database import Database
from monitor.store.engine import PROGRAM
from monitor.store.faults import PassingStoreError, explained

CHECK_S = 5.0
"""Seconds between two looks at whether PostgreSQL still knows of the lock: a restart forgets it."""

_KEY = 734927
_TAKE = text("SELECT pg_try_advisory_lock(:key, hashtext(current_schema()))")
_GIVE_BACK = text("SELECT pg_advisory_unlock(:key, hashtext(current_schema()))")
_HOLDER = text("""
    SELECT a.application_name || to_char(
        a.backend_start AT TIME ZONE 'UTC', '" since" YYYY-MM-DD HH24MI "UTC"'
    ) FROM pg_locks l JOIN pg_stat_activity a USING (pid)
    WHERE l.locktype = 'advisory' AND l.granted AND l.classid = :key
    AND l.objid::bigint = (hashtext(current_schema())::bigint & 4294967295)
    AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
""")
# Those that wait for a lock are about to upgrade themselves, and find it done.
_OTHERS = text("""
    SELECT application_name FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
    AND application_name LIKE :ours AND wait_event IS DISTINCT FROM 'advisory'
""")


class RunUnderWayError(PassingStoreError):
    """Another process carries out a run on this database."""


def _under_way(holder: str | None) -> RunUnderWayError:
    return RunUnderWayError(f"a run is under way already ({holder or 'elsewhere'}); wait until it has ended")


@asynccontextmanager
async def alone(database: Database) -> AsyncIterator[None]:
    """Hold the right to carry out a run; RunUnderWayError at once where another process has it.

    Where the right is lost on the way (PostgreSQL restarted, and another run was quicker), what is being
    done is cancelled and the error raised.
    """
    url = database.engine.url
    if is_memory(url):
        yield
    elif url.get_backend_name() == "sqlite":
        with alone_on_file(url.database or ""):
            yield
    else:
        async with _alone_on_server(database):
            yield


@contextmanager
def alone_on_file(path: str) -> Iterator[None]:
    """Hold the lock beside an SQLite file; RunUnderWayError where another process does."""
    beside = Path(f"{path}-run")
    while True:
        number = os.open(beside, os.O_RDWR | os.O_CREAT, 0o666)
        try:
            fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.read(number, 200).decode("utf-8", "replace")
            os.close(number)
            raise _under_way(holder) from None
        if beside.exists() and os.fstat(number).st_ino == beside.stat().st_ino:
            break
        os.close(number)  # its last holder has taken the file away meanwhile
    try:
        os.truncate(number, 0)
        os.write(number, f"{PROGRAM} {platform.node()}/{os.getpid()}".encode())
        yield
    finally:
        beside.unlink(missing_ok=True)
        os.close(number)


@asynccontextmanager
async def _alone_on_server(database: Database) -> AsyncIterator[None]:
    task, engine = asyncio.current_task(), database.engine
    held: list[Connection] = []
    lost: list[StoreError] = []

    async def take() -> None:
        await engine.carry_out(lambda: held.append(_take(engine.sync_engine)))

    async def keep() -> None:
        while True:
            await asyncio.sleep(CHECK_S)
            try:
                await engine.carry_out(lambda: _look(held[0]))
            except StoreError:
                await engine.carry_out(lambda: _let_go(held.pop()))
                try:
                    await database.again(take)
                except StoreError as error:
                    lost.append(error)
                    if task is not None:
                        task.cancel()
                    return

    try:
        await take()
        keeper = asyncio.create_task(keep())
        try:
            yield
        except asyncio.CancelledError:
            if not lost:
                raise
            if task is not None:
                task.uncancel()
            raise lost[0] from None
        finally:
            keeper.cancel()
            await asyncio.gather(keeper, return_exceptions=True)
    finally:
        for connection in held:
            await engine.carry_out(partial(_give_back, connection))


def _take(engine: Engine) -> Connection:
    with explained(engine.url):
        connection = engine.execution_options(isolation_level="AUTOCOMMIT").connect()
        try:
            if connection.execute(_TAKE, {"key": _KEY}).scalar():
                return connection
            holder = connection.execute(_HOLDER, {"key": _KEY}).scalar()
        except BaseException:
            _let_go(connection)
            raise
        connection.close()
        raise _under_way(holder)


def _look(connection: Connection) -> None:
    with explained(connection.engine.url):
        connection.execute(text("SELECT 1"))


def _give_back(connection: Connection) -> None:
    """Give the lock back: the server notices that a connection has ended only a moment after it has."""
    try:
        with suppress(StoreError), explained(connection.engine.url):
            connection.execute(_GIVE_BACK, {"key": _KEY})
    finally:
        _let_go(connection)


def _let_go(connection: Connection) -> None:
    """End a connection for good: the lock ends with it, and the pool must not hand it to another."""
    try:
        connection.invalidate()
    finally:
        connection.close()


def refuse_others(connection: Connection) -> None:
    """Wait a little for other processes of this program to leave; StoreError naming those that stay."""
    others: list[str] = []
    for _ in range(25):
        connection.exec_driver_sql("SELECT pg_stat_clear_snapshot()")
        others = list(connection.execute(_OTHERS, {"ours": f"{PROGRAM} %"}).scalars())
        if not others:
            return
        connection.exec_driver_sql("SELECT pg_sleep(0.2)")
    raise StoreError(
        f"the database {shown(connection.engine.url)} is in use by {', '.join(sorted(set(others)))}; "
        "its tables are of an earlier version: stop those, then run `monitor db upgrade`"
    )
