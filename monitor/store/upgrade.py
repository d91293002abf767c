"""Open a database, create or upgrade its tables, and say in one line why one cannot be used.

Migrations ship inside the package and run without an alembic.ini. A database whose revision this
program does not know was written by a newer version and is left alone.
"""

import logging
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from sqlalchemy import Connection, Engine, inspect
from sqlalchemy.engine import URL

from monitor.errors import StoreError
from monitor.model.ports import UNWATCHED, Progress
from monitor.store.addresses import database_url, is_file, is_memory, shown
from monitor.store.alone import alone_on_file, refuse_others
from monitor.store.engine import make_engine
from monitor.store.faults import explained
from monitor.store.json_text import damaged
from monitor.store.tables import metadata

if TYPE_CHECKING:
    from alembic.config import Config

_LOG = logging.getLogger(__name__)

COPYING = "copying-"
"""How the revision begins of a database that is being copied into (see copying.py)."""


class Upgraded(Struct, frozen=True):
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


def bring_up(connection: Connection, url: URL, progress: Progress = UNWATCHED) -> Upgraded:
    """Bring a database to the newest tables, in the transaction of a connection that writes.

    `progress` is told of each step of an old one.
    """
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


def warn_of_empty(url: URL) -> None:
    """Say that a file which is there holds nothing at all: it may have held something."""
    there = Path(url.database or "")
    if is_file(url) and there.is_file() and not there.stat().st_size:
        _LOG.warning("%s is empty and is begun anew; restore a backup if it held something", there)


def upgrade_engine(engine: Engine, progress: Progress = UNWATCHED) -> Upgraded:
    """Bring an engine's database to the newest tables; StoreError with a remedy where that fails."""
    warn_of_empty(engine.url)
    with explained(engine.url), engine.execution_options(writes=True).begin() as connection:
        return bring_up(connection, engine.url, progress)


def upgrade(address: str, progress: Progress = UNWATCHED) -> Upgraded:
    """Create or upgrade the database at an address; StoreError where it cannot be used."""
    engine = make_engine(database_url(address))
    try:
        return upgrade_engine(engine, progress)
    finally:
        engine.dispose()
