"""Commands of the database: upgrade, check, backup, copy."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from monitor.command_line.shared import CONFIG, DATABASE, NO_PROGRESS, QUIET, takes

if TYPE_CHECKING:
    from monitor.settings import Settings

db = typer.Typer(name="db", no_args_is_help=True, add_completion=False, help="Look after the database.")


@db.command()
@takes(CONFIG, DATABASE, QUIET, NO_PROGRESS)
def upgrade(said: "Settings") -> None:
    """Bring the database to this program's schema."""
    from monitor.commands.database import upgrade as carry_out

    raise typer.Exit(carry_out(said))


@db.command()
@takes(CONFIG, DATABASE, QUIET, NO_PROGRESS)
def check(said: "Settings") -> None:
    """Look for damage in the database; exit 3 where there is some."""
    from monitor.commands.database import check_database

    raise typer.Exit(check_database(said))


@db.command()
@takes(CONFIG, DATABASE, QUIET, NO_PROGRESS)
def backup(
    said: "Settings",
    target: Annotated[Path, typer.Argument(help="The file to make.")],
) -> None:
    """Copy the SQLite database, whole even while a run writes to it."""
    from monitor.commands.database import backup as carry_out

    raise typer.Exit(carry_out(said, target))


@db.command()
@takes(CONFIG, QUIET, NO_PROGRESS)
def copy(
    said: "Settings",
    source: Annotated[str, typer.Argument(help="The database to copy: a file or an SQLAlchemy URL.")],
    target: Annotated[str, typer.Argument(help="The empty database, or new file, to copy it into.")],
) -> None:
    """Copy a whole database, SQLite to PostgreSQL or back; verified, and resumed by a second call."""
    from monitor.commands.database import copy_database

    raise typer.Exit(copy_database(said, source, target))
