"""Engines: SQLite with WAL and foreign keys; PostgreSQL through psycopg 3, within limits."""

import os
import platform
import sqlite3
from pathlib import Path
from time import monotonic, sleep
from typing import Any, Protocol

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import NoSuchModuleError
from sqlalchemy.pool import ConnectionPoolEntry, StaticPool

from monitor.errors import StoreError, UsageError
from monitor.store.addresses import is_memory
from monitor.store.json_text import as_text
from monitor.store.policy import DEFAULT_POLICY, PostgresPolicy

PROGRAM = "citation-monitor"
"""How connections of this program are named in pg_stat_activity."""

BUSY_TIMEOUT_S = 30.0
"""How long a writer waits for another process's transaction before it gives up."""

_CACHE_KIB = 8_000
"""Pages of the file that a connection keeps: SQLite's own 2,000 do not hold the indexes of a small night."""


_WAL_RETRY_S = 0.01


def make_engine(url: URL, policy: PostgresPolicy = DEFAULT_POLICY) -> Engine:
    """Return an engine: SQLite with WAL, foreign keys and a busy timeout; PostgreSQL within a policy."""
    return _sqlite(url) if url.get_backend_name() == "sqlite" else _postgres(url, policy)


def _sqlite(url: URL) -> Engine:
    memory = is_memory(url)
    if not memory:
        _make_folder(url)
    # The connection used last is used next: what others kept of the file went when it wrote.
    pool: dict[str, Any] = {"poolclass": StaticPool} if memory else {"pool_use_lifo": True}
    # A connection goes from one thread to another, and is in the hands of one at a time.
    engine = create_engine(url, connect_args={"timeout": BUSY_TIMEOUT_S, "check_same_thread": False}, **pool)

    def configure(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
        # The driver would begin transactions by itself, and late: a reader that turns writer then
        # fails at once instead of waiting. So transactions begin by our own word, see `begin`.
        connection.isolation_level = None
        try:
            cursor = connection.cursor()
            enter_wal(cursor)
            for pragma in ("synchronous=NORMAL", "foreign_keys=ON", f"cache_size=-{_CACHE_KIB}"):
                cursor.execute(f"PRAGMA {pragma}")
            cursor.close()
        except BaseException:
            connection.close()  # nobody else knows of it yet
            raise

    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    event.listen(engine, "connect", configure)
    event.listen(engine, "begin", begin)
    return engine


class _Executes(Protocol):
    def execute(self, statement: str, /) -> object: ...


def enter_wal(connection: _Executes) -> None:
    """Set the file's journal to WAL, waiting for others as long as any writer would.

    Two that turn a new file to WAL at once would wait for each other for ever, so SQLite answers one of
    them "locked" without its busy handler (sqlite3_busy_handler, "deadlock"); asked again, the file is
    in WAL already and nothing is left to do.
    """
    last = monotonic() + BUSY_TIMEOUT_S
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or monotonic() > last:
                raise
            sleep(_WAL_RETRY_S)
        else:
            return


def _make_folder(url: URL) -> None:
    folder = Path(url.database or ".").parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"the folder {folder} for the database cannot be made ({error.strerror}); "
            "make it, or name another file with --database"
        ) from error


def libpq_arguments(url: URL, policy: PostgresPolicy) -> dict[str, Any]:
    """Return what psycopg connects to a PostgreSQL address with, for those that do without SQLAlchemy."""
    _, named = url.get_dialect()().create_connect_args(url)
    return {**named, **_limits(url, policy)}


def _limits(url: URL, policy: PostgresPolicy) -> dict[str, Any]:
    limits = {
        "statement_timeout": policy.statement_timeout_s,
        "lock_timeout": policy.lock_timeout_s,
        "idle_in_transaction_session_timeout": policy.idle_transaction_timeout_s,
    }
    ours = [f"-c {name}={int(seconds * 1000)}" for name, seconds in limits.items()]
    # What the address says comes last and wins.
    given = url.query.get("options", ())
    ours += [given] if isinstance(given, str) else given
    connection = {
        "connect_timeout": int(policy.connect_timeout_s),
        "application_name": f"{PROGRAM} {platform.node()[:30]}/{os.getpid()}",
        "keepalives_idle": 30,
        "keepalives_interval": 10,
        "keepalives_count": 3,
        "tcp_user_timeout": 60_000,
    }
    named = {key: value for key, value in connection.items() if key not in url.query}
    return {**named, "options": " ".join(ours)}


def _postgres(url: URL, policy: PostgresPolicy) -> Engine:
    try:
        return create_engine(
            url,
            pool_pre_ping=True,
            pool_size=policy.pool_size,
            max_overflow=policy.pool_overflow,
            pool_timeout=policy.pool_timeout_s,
            connect_args=_limits(url, policy),
            json_serializer=as_text,
            json_deserializer=as_text,
        )
    except (NoSuchModuleError, ModuleNotFoundError) as error:
        raise UsageError(
            "database: PostgreSQL needs psycopg; install it with pip install 'citation-monitor[scale]'"
        ) from error
