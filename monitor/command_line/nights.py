"""Commands of the watch: run, worker, serve, report, demo."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from monitor.command_line.options import Formats, Outputs
from monitor.command_line.shared import (
    CONFIG,
    DATABASE,
    FAIL_ON,
    LOG,
    NO_PROGRESS,
    NOW,
    PROBES,
    QUIET,
    QUIET_NIGHT,
    RESOLVE,
    takes,
)

if TYPE_CHECKING:
    from monitor.settings import Settings


@takes(CONFIG, DATABASE, NOW, FAIL_ON, RESOLVE, *PROBES, QUIET_NIGHT, NO_PROGRESS, *LOG)
def run(
    said: "Settings",
    everything: Annotated[
        bool, typer.Option("--all", help="Probe every source, not only those due.")
    ] = False,
    engine: Annotated[
        str | None, typer.Option(help='"procrastinate": workers probe, see `monitor worker`.')
    ] = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on with a shared run whose starter died.")
    ] = False,
) -> None:
    """Carry out the nightly cycle: probe what is due, store, judge, write the reports folder."""
    from monitor.commands.night import run as carry_out
    from monitor.model.values import replaced

    raise typer.Exit(carry_out(replaced(said, engine=engine), everything=everything, resume=resume))


@takes(CONFIG, DATABASE, NOW, RESOLVE, QUIET)
def worker(said: "Settings") -> None:
    """Probe for runs started with `--engine procrastinate`, until told to stop; start as many as you like."""
    from monitor.commands.night import worker as carry_out
    from monitor.model.values import replaced

    raise typer.Exit(carry_out(replaced(said, bars=False)))


@takes(CONFIG, DATABASE, RESOLVE, QUIET, NO_PROGRESS, *LOG)
def serve(
    said: "Settings",
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on; 0 picks one.")] = None,
) -> None:
    """Run every night by itself and serve the status page, JSON, health and metrics."""
    from monitor.model.values import replaced
    from monitor.serve import web

    raise typer.Exit(web.main(replaced(said, host=host, port=port)))


@takes(CONFIG, DATABASE, NOW, QUIET_NIGHT, NO_PROGRESS, *LOG)
def report(
    said: "Settings",
    formats: Formats = None,
    outputs: Outputs = None,
) -> None:
    """Judge again what the database holds and write the reports; no network."""
    from monitor.commands.night import report as carry_out
    from monitor.commands.output import outputs as paired

    wanted = paired(formats, outputs or []) if formats else []
    raise typer.Exit(carry_out(said, wanted))


@takes(QUIET, NO_PROGRESS)
def demo(
    said: "Settings",
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder for the reports.")] = Path("reports"),
    keep: Annotated[
        Path | None, typer.Option("--keep", help="Keep documents and database here, to try `monitor fix`.")
    ] = None,
) -> None:
    """Rehearse the whole job offline: an embedded web and archive, the shipped seeds, a real page."""
    from monitor.demo.rehearsal import main as rehearse

    raise typer.Exit(rehearse(output, quiet=said.quiet, bars=said.bars, keep=keep))
