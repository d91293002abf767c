"""Commands that look after the installation: doctor, and the database's own."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from monitor.command_line.shared import CONFIG, DATABASE, NO_PROGRESS, QUIET, RESOLVE, takes

if TYPE_CHECKING:
    from monitor.settings import Settings


@takes(CONFIG, DATABASE, QUIET, NO_PROGRESS)
def database_upgrade(said: "Settings") -> None:
    """Bring the database to this program's schema."""
    from monitor.commands.database import upgrade

    raise typer.Exit(upgrade(said))


@takes(CONFIG, DATABASE, QUIET, NO_PROGRESS)
def database_check(said: "Settings") -> None:
    """Look for damage in the database; exit 3 where there is some."""
    from monitor.commands.database import check_database

    raise typer.Exit(check_database(said))


@takes(CONFIG, DATABASE, QUIET, NO_PROGRESS)
def database_backup(
    said: "Settings",
    target: Annotated[Path, typer.Argument(help="The file to make.")],
) -> None:
    """Copy the SQLite database, whole even while a run writes to it."""
    from monitor.commands.database import backup

    raise typer.Exit(backup(said, target))


@takes(CONFIG, QUIET, NO_PROGRESS)
def database_copy(
    said: "Settings",
    source: Annotated[str, typer.Argument(help="The database to copy: a file or an SQLAlchemy URL.")],
    target: Annotated[str, typer.Argument(help="The empty database, or new file, to copy it into.")],
) -> None:
    """Copy a whole database, SQLite to PostgreSQL or back; verified, and resumed by a second call."""
    from monitor.commands.database import copy_database

    raise typer.Exit(copy_database(said, source, target))


def init(
    folder: Annotated[Path, typer.Argument(help="The folder to look at.")] = Path(),
    force: Annotated[bool, typer.Option("--force", help="Write over a configuration that is there.")] = False,
) -> None:
    """Look at a folder and write a configuration for what it cites."""
    from monitor.commands.init import init as carry_out

    raise typer.Exit(carry_out(folder, force=force))


@takes(CONFIG, DATABASE, RESOLVE)
def doctor(said: "Settings") -> None:
    """Look at configuration, documents, database, clock, disk, network and archives; say what to mend."""
    from monitor.doctor import doctor as look

    raise typer.Exit(look(said))


DATABASE_COMMANDS: dict[str, Callable[..., None]] = {
    "upgrade": database_upgrade,
    "check": database_check,
    "backup": database_backup,
    "copy": database_copy,
}
"""The commands of `monitor db`, by name."""
