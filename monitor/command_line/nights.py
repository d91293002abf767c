"""Commands of the watch: run, worker, serve, report, demo."""

from pathlib import Path
from typing import Annotated

import typer

from monitor.command_line.given import settings
from monitor.command_line.options import (
    Archives,
    BrowserFlag,
    CaptureFlag,
    ConfigFile,
    Database,
    FailOn,
    Formats,
    LogFormat,
    NoArchive,
    NoProgress,
    Now,
    Outputs,
    Quiet,
    QuietNight,
    Resolve,
    Verbose,
)
from monitor.model.archive_use import ArchiveUse


def run(
    config: ConfigFile = None,
    database: Database = None,
    now: Now = None,
    fail_on: FailOn = None,
    resolve: Resolve = None,
    archive: Archives = None,
    no_archive: NoArchive = False,
    capture: CaptureFlag = False,
    browser: BrowserFlag = False,
    everything: Annotated[
        bool, typer.Option("--all", help="Probe every source, not only those due.")
    ] = False,
    engine: Annotated[
        str | None, typer.Option(help='"procrastinate": workers probe, see `monitor worker`.')
    ] = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on with a shared run whose starter died.")
    ] = False,
    quiet: QuietNight = False,
    no_progress: NoProgress = False,
    verbose: Verbose = 0,
    log_format: LogFormat = None,
) -> None:
    """Carry out the nightly cycle: probe what is due, store, judge, write the reports folder."""
    from monitor.commands.night import run as carry_out

    said = settings(
        config=config,
        database=database,
        now=now,
        resolve=resolve,
        archives=ArchiveUse.OFF if no_archive else archive,
        capture=capture,
        browser=browser,
        fail_on=fail_on,
        quiet=quiet,
        bars=not no_progress,
        engine=engine,
        verbosity=verbose,
        log_format=log_format,
    )
    raise typer.Exit(carry_out(said, everything=everything, resume=resume))


def worker(
    config: ConfigFile = None,
    database: Database = None,
    now: Now = None,
    resolve: Resolve = None,
    quiet: Quiet = False,
) -> None:
    """Probe for runs started with `--engine procrastinate`, until told to stop; start as many as you like."""
    from monitor.commands.night import worker as carry_out

    said = settings(config=config, database=database, now=now, resolve=resolve, quiet=quiet, bars=False)
    raise typer.Exit(carry_out(said))


def serve(
    config: ConfigFile = None,
    database: Database = None,
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on; 0 picks one.")] = None,
    resolve: Resolve = None,
    quiet: Quiet = False,
    no_progress: NoProgress = False,
    verbose: Verbose = 0,
    log_format: LogFormat = None,
) -> None:
    """Run every night by itself and serve the status page, JSON, health and metrics."""
    from monitor.serve import web

    said = settings(
        config=config,
        database=database,
        now=None,
        resolve=resolve,
        host=host,
        port=port,
        quiet=quiet,
        bars=not no_progress,
        verbosity=verbose,
        log_format=log_format,
    )
    raise typer.Exit(web.main(said))


def report(
    config: ConfigFile = None,
    database: Database = None,
    now: Now = None,
    formats: Formats = None,
    outputs: Outputs = None,
    quiet: QuietNight = False,
    no_progress: NoProgress = False,
    verbose: Verbose = 0,
    log_format: LogFormat = None,
) -> None:
    """Judge again what the database holds and write the reports; no network."""
    from monitor.commands.night import report as carry_out
    from monitor.commands.output import outputs as paired

    said = settings(
        config=config,
        database=database,
        now=now,
        quiet=quiet,
        bars=not no_progress,
        verbosity=verbose,
        log_format=log_format,
    )
    wanted = paired(formats, outputs or []) if formats else []
    raise typer.Exit(carry_out(said, wanted))


def demo(
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder for the reports.")] = Path("reports"),
    keep: Annotated[
        Path | None, typer.Option("--keep", help="Keep documents and database here, to try `monitor fix`.")
    ] = None,
    quiet: Quiet = False,
    no_progress: NoProgress = False,
) -> None:
    """Rehearse the whole job offline: an embedded web and archive, the shipped seeds, a real page."""
    from monitor.demo.rehearsal import main as rehearse

    raise typer.Exit(rehearse(output, quiet=quiet, bars=not no_progress, keep=keep))
