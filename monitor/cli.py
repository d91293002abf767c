"""The command line as a whole, and what becomes of a failure; decides nothing.

Heavy modules are imported inside the commands, so that `monitor --help` stays under 0.3 s.
"""

import atexit
import gc
import sys
from collections.abc import Callable
from typing import Annotated, Any, NoReturn

import typer

from monitor.command_line.registry import Commands
from monitor.errors import ConfigError, ExitCode, MonitorError, refused_by_system

app = typer.Typer(
    name="monitor",
    cls=Commands,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


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
