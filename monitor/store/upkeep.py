"""An SQLite database copied whole while a run writes to it."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from monitor.errors import StoreError, UsageError
from monitor.model.ports import UNWATCHED, Progress
from monitor.store.addresses import database_url, is_memory
from monitor.store.faults import explained
from monitor.store.integrity import opened

_OF_THE_TARGET = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR_WRITE)


_PAGES = 1024
"""Pages copied at a time; a writer may come in between."""


def backup(address: str, target: Path, progress: Progress = UNWATCHED) -> int:
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
            with closing(opened(source)) as old, _writable(target, part) as new, closing(new):
                old.backup(new, pages=_PAGES, progress=_Pages(progress).say)
                new.execute("PRAGMA journal_mode=DELETE")
            with part.open("rb") as written:
                os.fsync(written.fileno())
            part.replace(target)
    finally:
        with suppress(OSError):  # what hindered the copy may hinder this too, and is what matters
            part.unlink(missing_ok=True)
    size = target.stat().st_size
    if not size:
        raise StoreError(f"{target}: the copy is empty; check the disk")
    return size


class _Pages:
    """Says how many pages are copied; SQLite begins anew where another process wrote meanwhile."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._done = 0
        progress.stage("copying pages")

    def say(self, _status: int, remaining: int, total: int) -> None:
        """Take what SQLite tells after each part."""
        self._progress.expect(total)
        self._progress.advance(total - remaining - self._done)
        self._done = total - remaining


@contextmanager
def _writable(target: Path, part: Path) -> Iterator[sqlite3.Connection]:
    """Open the copy in the making; StoreError naming the target for what hinders writing it."""
    try:
        new = sqlite3.connect(part)
    except sqlite3.OperationalError as error:
        remedy = "check that its folder exists and may be written, or name another place"
        raise StoreError(f"{target} cannot be made: {error}; {remedy}") from error
    try:
        yield new
    except sqlite3.Error as error:
        if error.sqlite_errorcode not in _OF_THE_TARGET:
            raise
        raise StoreError(f"{target} cannot be written: {error}; free space, or name another place") from error
