"""Open a database, create or upgrade its tables, and say in one line why one cannot be used.

Migrations ship inside the package and run without an alembic.ini. A database whose revision this
program does not know was written by a newer version and is left alone.
"""

import asyncio
import logging
import sqlite3
from contextlib import closing, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncEngine

from monitor.errors import StoreError
from monitor.model.ports import UNWATCHED, Progress
from monitor.store.addresses import database_url, is_file, is_memory, shown
from monitor.store.alone import alone_on_file, refuse_others
from monitor.store.engine import BUSY_TIMEOUT_S, enter_wal, make_engine
from monitor.store.faults import explained
from monitor.store.json_text import damaged
from monitor.store.tables import metadata

if TYPE_CHECKING:
    from alembic.config import Config

_LOG = logging.getLogger(__name__)

COPYING = "copying-"
"""How the revision begins of a database that is being copied into (see copying.py)."""


@dataclass(frozen=True, slots=True)
class Upgraded:
    """Revisions before (None for an empty database) and after an upgrade."""

    before: str | None
    after: str

    @property
    def changed(self) -> bool:
        """Tell whether there was anything to do."""
        return self.before != self.after


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


def _revision(connection: Connection) -> object:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()


def _upgrade(connection: Connection, url: URL, progress: Progress) -> Upgraded:
    newest = head()
    if is_memory(url):
        metadata.create_all(connection)  # never opened twice, so no history of its tables is kept
        return Upgraded(None, newest)
    if connection.dialect.name == "postgresql":
        # Two nodes that start together must not both create the tables.
        connection.exec_driver_sql("SELECT pg_advisory_xact_lock(7349270118)")
        connection.exec_driver_sql("SET LOCAL statement_timeout = 0")  # a migration takes the time it takes
    before = _revision(connection)
    if before == newest:
        return Upgraded(before, newest)
    if before is not None and not isinstance(before, str):
        raise StoreError(damaged("the name of its schema", before))
    if before is not None and before.startswith(COPYING):
        raise StoreError(
            f"the database {shown(url)} holds part of a copy; call `monitor db copy` again until it has ended"
        )

    from alembic import command
    from alembic.script import ScriptDirectory

    config = migrations()
    scripts = ScriptDirectory.from_config(config)
    known = {revision.revision for revision in scripts.walk_revisions()}
    if before is not None and before not in known:
        raise StoreError(
            f"the database {shown(url)} was written by a newer version of this program (revision {before}); "
            "upgrade citation-monitor, or name another database with --database"
        )
    config.attributes["connection"] = connection
    if before is not None:
        progress.stage("upgrading", len(list(scripts.iterate_revisions(newest, before))))
        config.attributes["applied"] = progress.advance
    if before is not None and connection.dialect.name == "postgresql":
        refuse_others(connection)
    with alone_on_file(url.database or "") if before and is_file(url) else nullcontext():
        command.upgrade(config, "head")
    return Upgraded(before, newest)


def _try_file(path: str) -> None:
    """Open an SQLite file once, for writing; raises what SQLite raises.

    A driver thread whose connection never came about may still be ending when the loop is closed, and
    complains on the terminal; so what cannot be opened is found out here, without a thread.
    """
    there = Path(path)
    if there.is_file() and not there.stat().st_size:
        _LOG.warning("%s is empty and is begun anew; restore a backup if it held something", path)
    with closing(sqlite3.connect(path, timeout=BUSY_TIMEOUT_S, isolation_level=None)) as connection:
        enter_wal(connection)
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("ROLLBACK")


async def upgrade_engine(engine: AsyncEngine, progress: Progress = UNWATCHED) -> Upgraded:
    """Bring an engine's database to the newest tables; StoreError with a remedy where that fails.

    `progress` is told of each step of an old one.
    """
    with explained(engine.url):
        if engine.dialect.name == "sqlite" and not is_memory(engine.url):
            await asyncio.to_thread(_try_file, engine.url.database or "")
        async with engine.execution_options(writes=True).begin() as connection:
            return await connection.run_sync(_upgrade, engine.url, progress)


async def upgrade(address: str, progress: Progress = UNWATCHED) -> Upgraded:
    """Create or upgrade the database at an address; StoreError where it cannot be used."""
    engine = make_engine(database_url(address))
    try:
        return await upgrade_engine(engine, progress)
    finally:
        await engine.dispose()
