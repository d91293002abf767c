"""An SQLite database looked after: looked over for damage, and copied whole while a run writes to it."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from monitor.errors import StoreError, UsageError
from monitor.store.addresses import database_url, is_memory
from monitor.store.faults import explained


def backup(address: str, target: Path) -> int:
    """Copy the database at an address to a new file (SQLite's online backup); return its size in bytes.

    UsageError for another database than SQLite or a file that is there already; StoreError where it fails.
    """
    url = database_url(address)
    if url.get_backend_name() != "sqlite" or is_memory(url):
        raise UsageError("`db backup` copies SQLite files; PostgreSQL has pg_dump")
    source = Path(url.database or "")
    if not source.is_file():
        raise UsageError(f"{source}: no such database; name it with --database")
    if target.exists():
        raise UsageError(f"{target} is there already; name another file")
    part = target.with_name(f".{target.name}.part")
    try:
        with explained(url):
            with (
                closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as old,
                closing(sqlite3.connect(part)) as new,
            ):
                old.backup(new, pages=1024)
                new.execute("PRAGMA journal_mode=DELETE")
            with part.open("rb") as written:
                os.fsync(written.fileno())
            part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    size = target.stat().st_size
    if not size:
        raise StoreError(f"{target}: the copy is empty; check the disk")
    return size


def integrity(path: str) -> str | None:
    """Return the first fault SQLite finds in a database file; None for a sound one."""
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            found = connection.execute("PRAGMA quick_check(1)").fetchone()
            broken = connection.execute("PRAGMA foreign_key_check").fetchone()
    except sqlite3.Error as error:
        return str(error)
    if found is None or found[0] != "ok":
        return str(found[0]) if found else "no answer"
    return f"a row of {broken[0]} refers to one that is not there" if broken else None
