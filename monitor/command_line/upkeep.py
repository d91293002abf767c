"""Commands that look after the installation: init, doctor, man."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from monitor.command_line.shared import CONFIG, DATABASE, RESOLVE, takes

if TYPE_CHECKING:
    from monitor.settings import Settings


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


def man(context: typer.Context) -> None:
    """Print the manual page, made from the same texts as --help."""
    from monitor.command_line.manual import page

    print(page(context.find_root().command), end="")
