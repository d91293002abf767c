"""The database's own commands: `monitor db …`."""

import sys
from pathlib import Path

from monitor.console import progress
from monitor.errors import ExitCode, StoreError, UsageError
from monitor.model.wording import count
from monitor.settings import Settings


def upgrade(settings: Settings) -> int:
    """Bring the database to this program's schema."""
    from monitor.store.addresses import database_url, shown
    from monitor.store.upgrade import upgrade as upgrade_database

    config = settings.load()
    with progress(quiet=settings.quiet, bars=settings.bars, terse=True) as bar:
        done = upgrade_database(config.database_url, bar)
    word = (
        f"upgraded from {done.before or 'nothing'} to {done.after}" if done.changed else "already up to date"
    )
    sys.stdout.write(f"{shown(database_url(config.database_url))}: {word}\n")
    return ExitCode.OK


def check_database(settings: Settings) -> int:
    """Look for damage in an SQLite database."""
    from monitor.store.addresses import database_url, shown
    from monitor.store.integrity import integrity

    url = database_url(settings.load().database_url)
    if url.get_backend_name() != "sqlite":
        raise UsageError("`db check` reads SQLite files; PostgreSQL checks itself (amcheck)")
    if not Path(url.database or "").is_file():
        raise UsageError(f"{shown(url)}: no such database; name it with --database")
    if not Path(url.database or "").stat().st_size:
        remedy = "restore a backup if it held something, or run again to start afresh"
        raise StoreError(f"{shown(url)} is empty: nothing was stored in it yet, or it was lost; {remedy}")
    with progress(quiet=settings.quiet, bars=settings.bars, terse=True) as bar:
        bar.stage("looking for damage")
        fault = integrity(url.database or "")
    if fault:
        remedy = "restore a backup, or move it away and run again to start afresh"
        raise StoreError(f"{shown(url)} is damaged: {fault}; {remedy}")
    sys.stdout.write(f"{shown(url)}: sound\n")
    return ExitCode.OK


def backup(settings: Settings, target: Path) -> int:
    """Copy the database while it may be in use."""
    from monitor.store.upkeep import backup as copy

    with progress(quiet=settings.quiet, bars=settings.bars, terse=True) as bar:
        size = copy(settings.load().database_url, target, bar)
    sys.stdout.write(f"{target}: {size:,} bytes\n")
    return ExitCode.OK


def copy_database(settings: Settings, source: str, target: str) -> int:
    """Copy one database into another, and say what was copied."""
    from monitor.store.addresses import database_url, shown
    from monitor.store.copying import copy_database as copy

    policy = settings.load().postgresql
    bar = progress(quiet=settings.quiet, bars=settings.bars)
    with bar:
        done = copy(source, target, policy, bar.stage, bar.advance)
    for one in done:
        sys.stdout.write(
            f"{one.table}: {count(one.rows, 'row')}, {one.written:,} written, sha256 {one.digest[:16]}\n"
        )
    sys.stdout.write(f"{shown(database_url(target))} holds what {shown(database_url(source))} holds\n")
    return ExitCode.OK
