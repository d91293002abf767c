"""Open a database, create or upgrade its tables, and say in one line why one cannot be used.

Migrations ship inside the package and run without an alembic.ini. A database whose revision this
program does not know was written by a newer version and is left alone.
"""

import asyncio
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep
from typing import TYPE_CHECKING, Protocol

from sqlalchemy import Connection, event, inspect, make_url
from sqlalchemy.engine import URL
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry, StaticPool

from monitor.errors import StoreError, UsageError
from monitor.store.json_text import dumps, loads
from monitor.store.tables import metadata

if TYPE_CHECKING:
    from alembic.config import Config

BUSY_TIMEOUT_S = 30.0
"""How long a writer waits for another process's transaction before it gives up."""

_WAL_RETRY_S = 0.01

_DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "sqlite+aiosqlite": "sqlite+aiosqlite",
    "postgresql": "postgresql+psycopg",
    "postgres": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
    # The same server by another driver's name: it is ours that asks.
    "postgres+psycopg": "postgresql+psycopg",
    "postgresql+asyncpg": "postgresql+psycopg",
    "postgresql+psycopg2": "postgresql+psycopg",
}

_REMEDIES = (
    ("file is not a database", "is not a database of this program; name another file with --database"),
    ("malformed", "is damaged; restore it from a backup, or move it away and run again to start afresh"),
    ("locked", "is in use by another program; wait until that run has ended, or stop it"),
    ("readonly database", "may not be written; give this user write permission on the file and its folder"),
    (
        "read-only database",
        "may not be written; give this user write permission on the file and its folder",
    ),
    ("unable to open", "cannot be opened; check that the folder exists and may be written"),
    ("disk is full", "has no room: the disk is full; free space and run again"),
    ("disk i/o error", "cannot be read or written: the disk reports an error; check the disk"),
    ("no such table", "lacks tables; run `monitor db upgrade`"),
    ("undefinedtable", "lacks tables; run `monitor db upgrade`"),
    ("invalid connection option", "has an option that libpq does not know; leave it out of the address"),
    ("invalid sslmode", "has an sslmode that libpq does not know; sslmode=require wants TLS"),
    (
        "does not support ssl",
        "speaks no TLS, which the address wants; leave sslmode out, or set the server up",
    ),
    ("permission denied", "gives this role too few rights; GRANT it CREATE and USAGE on the schema"),
    ("insufficientprivilege", "gives this role too few rights; GRANT it CREATE and USAGE on the schema"),
    ("no schema has been selected", "has no such schema; create it, or correct the address"),
    ("terminating connection", "ended the connection: it is being restarted; run again, nothing is lost"),
    ("adminshutdown", "ended the connection: it is being restarted; run again, nothing is lost"),
    ("starting up", "is starting up; try again in a moment"),
    (
        "server closed the connection",
        "closed the connection; check the server and run again, nothing is lost",
    ),
    ("connection is closed", "closed the connection; check the server and run again, nothing is lost"),
    ("password authentication failed", "refuses the user name or password; correct the address"),
    ("does not exist", "does not exist on that server; create it, or correct the address"),
    ("connection failed", "cannot be reached; check that the server runs and that the address is right"),
    ("connection refused", "cannot be reached; check that the server runs and that the address is right"),
)


_DSN = re.compile(r"(?:^|\s)(?:host|dbname|user|port)\s*=")


@dataclass(frozen=True, slots=True)
class Upgraded:
    """Revisions before (None for an empty database) and after an upgrade."""

    before: str | None
    after: str

    @property
    def changed(self) -> bool:
        """Tell whether there was anything to do."""
        return self.before != self.after


def database_url(address: str) -> URL:
    """Return the URL for a configured address; a bare path is an SQLite file. UsageError if it is neither."""
    scheme, separator, rest = address.partition("://")
    if not separator and _DSN.search(address):
        raise UsageError(
            "database: this is a libpq connection string; write it as an address: postgresql://USER@HOST/NAME"
        )
    text = f"{scheme.lower()}://{rest}" if separator else f"sqlite:///{address}"
    try:
        url = make_url(text)
        driver = _DRIVERS[url.drivername]
    except (ArgumentError, KeyError, ValueError) as error:
        raise UsageError(
            f"database: {_without_password(address)!r} is no address this program can use; "
            "write a file name, sqlite:///FILE, or postgresql://USER@HOST/NAME"
        ) from error
    if driver.startswith("postgresql"):
        url = _libpq_options(url)
    return url.set(drivername=driver)


def _libpq_options(url: URL) -> URL:
    """Return a PostgreSQL address with options as libpq knows them; others' names for them are taken too."""
    query = dict(url.query)
    if "ssl" in query:
        wanted = str(query.pop("ssl")).lower()
        query.setdefault("sslmode", "disable" if wanted in ("false", "0", "disable") else "require")
    schema = query.pop("schema", None) or query.pop("search_path", None)
    if schema is not None:
        query.setdefault("options", f"-csearch_path={schema}")
    return url.set(query=query)


def _without_password(address: str) -> str:
    """Return an address that cannot be parsed as a message may show it."""
    return re.sub(r"(?<=:)[^:@/\s]*(?=@)", "***", address)


def is_memory(url: URL) -> bool:
    """Tell whether a URL names a database that lives in memory only."""
    return url.get_backend_name() == "sqlite" and url.database in (None, "", ":memory:")


def shown(url: URL) -> str:
    """Return the address as a message may show it: the file, or the URL without its password."""
    if url.get_backend_name() == "sqlite":
        return url.database or ":memory:"
    return url.render_as_string(hide_password=True)


@contextmanager
def explained(url: URL) -> Iterator[None]:
    """Turn the database's failures into a StoreError that says what to do; bugs pass through."""
    try:
        yield
    except (DBAPIError, sqlite3.Error, OSError, PoolTimeoutError) as error:
        words = " ".join(str(getattr(error, "orig", None) or error).split())
        kind = type(getattr(error, "orig", error)).__name__.lower()
        for sign, remedy in _REMEDIES:
            if sign in words.lower() or sign in kind:
                raise StoreError(f"the database {shown(url)} {remedy}") from error
        if isinstance(error, DBAPIError) and kind not in ("operationalerror", "databaseerror"):
            raise
        raise StoreError(
            f"the database {shown(url)} failed: {words[:300]}; mend that and run again"
        ) from error


def make_engine(url: URL) -> AsyncEngine:
    """Return an engine: SQLite with WAL, foreign keys and a busy timeout; PostgreSQL with psycopg 3."""
    if url.get_backend_name() != "sqlite":
        try:
            return create_async_engine(
                url, pool_pre_ping=True, pool_size=4, json_serializer=dumps, json_deserializer=loads
            )
        except (NoSuchModuleError, ModuleNotFoundError) as error:
            raise UsageError(
                "database: PostgreSQL needs psycopg; install it with pip install 'psycopg[binary]'"
            ) from error
    memory = is_memory(url)
    if not memory:
        _make_folder(url)
    engine = create_async_engine(
        url,
        poolclass=StaticPool if memory else None,
        connect_args={"timeout": BUSY_TIMEOUT_S},
        json_serializer=dumps,
        json_deserializer=loads,
    )

    def configure(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
        # The driver would begin transactions by itself, and late: a reader that turns writer then
        # fails at once instead of waiting. So transactions begin by our own word, see `begin`.
        connection.isolation_level = None
        try:
            cursor = connection.cursor()
            enter_wal(cursor)
            for pragma in ("synchronous=NORMAL", "foreign_keys=ON"):
                cursor.execute(f"PRAGMA {pragma}")
            cursor.close()
        except BaseException:
            connection.close()  # nobody else knows of it yet, and its thread would outlive the loop
            raise

    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    event.listen(engine.sync_engine, "connect", configure)
    event.listen(engine.sync_engine, "begin", begin)
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
            if "locked" not in str(error) or monotonic() > last:
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


def migrations() -> "Config":
    """Return Alembic's configuration for the migrations inside the package."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    return config


def head() -> str:
    """Return the newest revision this program knows: dated file names sort as the chain does.

    Reading the names spares every command the import of Alembic; a test holds them to the truth.
    """
    names = (Path(__file__).parent / "migrations" / "versions").glob("[0-9]*.py")
    return max("_".join(path.stem.split("_")[:2]) for path in names)


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()


def _upgrade(connection: Connection, url: URL) -> Upgraded:
    newest = head()
    if is_memory(url):
        metadata.create_all(connection)  # never opened twice, so no history of its tables is kept
        return Upgraded(None, newest)
    if connection.dialect.name == "postgresql":
        # Two nodes that start together must not both create the tables.
        connection.exec_driver_sql("SELECT pg_advisory_xact_lock(7349270118)")
    before = _revision(connection)
    if before == newest:
        return Upgraded(before, newest)

    from alembic import command
    from alembic.script import ScriptDirectory

    config = migrations()
    known = {revision.revision for revision in ScriptDirectory.from_config(config).walk_revisions()}
    if before is not None and before not in known:
        raise StoreError(
            f"the database {shown(url)} was written by a newer version of this program (revision {before}); "
            "upgrade citation-monitor, or name another database with --database"
        )
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    return Upgraded(before, newest)


def _try_file(path: str) -> None:
    """Open an SQLite file once, for writing; raises what SQLite raises.

    A driver thread whose connection never came about may still be ending when the loop is closed, and
    complains on the terminal; so what cannot be opened is found out here, without a thread.
    """
    with closing(sqlite3.connect(path, timeout=BUSY_TIMEOUT_S, isolation_level=None)) as connection:
        enter_wal(connection)
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("ROLLBACK")


async def upgrade_engine(engine: AsyncEngine) -> Upgraded:
    """Bring an engine's database to the newest tables; StoreError with a remedy where that fails."""
    with explained(engine.url):
        if engine.dialect.name == "sqlite" and not is_memory(engine.url):
            await asyncio.to_thread(_try_file, engine.url.database or "")
        async with engine.execution_options(writes=True).begin() as connection:
            return await connection.run_sync(_upgrade, engine.url)


async def upgrade(address: str) -> Upgraded:
    """Create or upgrade the database at an address; StoreError where it cannot be used."""
    engine = make_engine(database_url(address))
    try:
        return await upgrade_engine(engine)
    finally:
        await engine.dispose()
