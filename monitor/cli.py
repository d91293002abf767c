"""The commands there are, and what becomes of a failure; decides nothing.

Heavy modules are imported inside the commands, so that `monitor --help` stays under 0.3 s.
"""

import atexit
import gc
import sys
from collections.abc import Callable
from typing import Annotated, Any, NoReturn

import typer

from monitor.command_line import checking, mending, nights, upkeep
from monitor.command_line.help_texts import epilog
from monitor.errors import ConfigError, ExitCode, MonitorError, refused_by_system

app = typer.Typer(
    name="monitor",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
database_app = typer.Typer(no_args_is_help=True, help="Look after the database.")
app.add_typer(database_app, name="db")


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        print(f"citation-monitor {version('citation-monitor')}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and end.")
    ] = False,
) -> None:
    """Check cited sources, find the archived copy the author saw, and flag stale access dates."""


for _command in (
    checking.check, nights.run, nights.worker, nights.serve, checking.extract, nights.report,
    mending.fix, mending.capture, mending.history, mending.explain,
    upkeep.init, nights.demo, upkeep.doctor,
):  # fmt: skip
    app.command(epilog=epilog(_command.__name__))(_command)
for _name, _command in upkeep.DATABASE_COMMANDS.items():
    database_app.command(_name)(_command)


@app.command(epilog=epilog("man"))
def man() -> None:
    """Print the manual page, made from the same texts as --help."""
    from typer.main import get_command

    from monitor.command_line.manual import page

    print(page(get_command(app)), end="")


_GARBAGE_AFTER = 200_000
"""New objects between two searches for dead circles: more than a start makes, which hardly makes any circle.

At Python's 700 the searches are a seventh of a start, at 10,000 a twelfth; a night is no larger for it.
"""


def main() -> NoReturn:
    """Run a command; turn every failure into one clear message and its exit code."""
    gc.set_threshold(_GARBAGE_AFTER)
    # What is left goes with the process; searched for dead circles before, it would cost a fifth of a night.
    atexit.register(gc.freeze)
    sys.exit(_guarded(lambda: app(prog_name="monitor")))


def _guarded(command: Callable[[], Any]) -> int:
    try:
        command()
    except SystemExit as end:  # how Typer ends a command, wrong usage (2) included
        return int(end.code or 0)
    except BrokenPipeError:
        sys.stderr.close()
        return ExitCode.OK
    except Exception as error:  # noqa: BLE001 - the last line of defence names a bug as a bug
        named = refused_by_system(error) if isinstance(error, OSError) else error
        if isinstance(named, MonitorError):
            for line in named.faults if isinstance(named, ConfigError) else str(named).splitlines():
                _complain(line)
            return named.exit_code
        import traceback

        traceback.print_exc()
        _complain(
            f"this is a bug in citation-monitor ({type(error).__name__}); please report the lines above"
        )
        return ExitCode.BUG
    return ExitCode.OK


def _complain(message: str) -> None:
    printable = "".join(char if char.isprintable() else "�" for char in message)
    sys.stderr.write(f"monitor: {printable}\n")
