"""Commands that look after the installation: doctor, and the database's own."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from monitor.command_line.given import settings
from monitor.command_line.options import (
    ConfigFile,
    Database,
    Quiet,
    Resolve,
)


def database_upgrade(config: ConfigFile = None, database: Database = None) -> None:
    """Bring the database to this program's schema."""
    from monitor.commands.database import upgrade

    raise typer.Exit(upgrade(settings(config=config, database=database, now=None)))


def database_check(config: ConfigFile = None, database: Database = None) -> None:
    """Look for damage in the database; exit 3 where there is some."""
    from monitor.commands.database import check_database

    raise typer.Exit(check_database(settings(config=config, database=database, now=None)))


def database_backup(
    target: Annotated[Path, typer.Argument(help="The file to make.")],
    config: ConfigFile = None,
    database: Database = None,
) -> None:
    """Copy the SQLite database, whole even while a run writes to it."""
    from monitor.commands.database import backup

    raise typer.Exit(backup(settings(config=config, database=database, now=None), target))


def database_copy(
    source: Annotated[str, typer.Argument(help="The database to copy: a file or an SQLAlchemy URL.")],
    target: Annotated[str, typer.Argument(help="The empty database, or new file, to copy it into.")],
    config: ConfigFile = None,
    quiet: Quiet = False,
) -> None:
    """Copy a whole database, SQLite to PostgreSQL or back; verified, and resumed by a second call."""
    from monitor.commands.database import copy_database

    raise typer.Exit(
        copy_database(settings(config=config, database=None, now=None, quiet=quiet), source, target)
    )


def init(
    folder: Annotated[Path, typer.Argument(help="The folder to look at.")] = Path(),
    force: Annotated[bool, typer.Option("--force", help="Write over a configuration that is there.")] = False,
) -> None:
    """Look at a folder and write a configuration for what it cites."""
    from monitor.commands.init import init as carry_out

    raise typer.Exit(carry_out(folder, force=force))


def doctor(config: ConfigFile = None, database: Database = None, resolve: Resolve = None) -> None:
    """Look at configuration, documents, database, clock, disk, network and archives; say what to mend."""
    from monitor.doctor import doctor as look

    raise typer.Exit(look(settings(config=config, database=database, now=None, resolve=resolve)))


DATABASE: dict[str, Callable[..., None]] = {
    "upgrade": database_upgrade,
    "check": database_check,
    "backup": database_backup,
    "copy": database_copy,
}
"""The commands of `monitor db`, by name."""
