"""Commands that read documents now: check, extract."""

from typing import Annotated

import typer

from monitor.command_line.given import age, pair, settings
from monitor.command_line.options import (
    Archives,
    Baseline,
    BaseUrl,
    BrowserFlag,
    Cache,
    CaptureFlag,
    ConfigFile,
    Database,
    Dump,
    Exclude,
    ExcludePath,
    FailOn,
    FilesFrom,
    Formats,
    Identifiers,
    Include,
    Inputs,
    Links,
    LogFormat,
    MaxAge,
    MaxPages,
    NewOnly,
    NoArchive,
    NoEvidence,
    NoProgress,
    Now,
    Offline,
    Outputs,
    Quiet,
    Remap,
    Resolve,
    RootDir,
    Since,
    Sites,
    StdinName,
    Verbose,
)
from monitor.errors import UsageError
from monitor.model.archive_use import ArchiveUse


def check(
    inputs: Inputs = None,
    config: ConfigFile = None,
    database: Database = None,
    now: Now = None,
    formats: Formats = None,
    outputs: Outputs = None,
    fail_on: FailOn = None,
    baseline: Baseline = None,
    since: Since = None,
    new_only: NewOnly = False,
    resolve: Resolve = None,
    archive: Archives = None,
    no_archive: NoArchive = False,
    no_evidence: NoEvidence = False,
    capture: CaptureFlag = False,
    browser: BrowserFlag = False,
    include: Include = None,
    exclude: Exclude = None,
    exclude_path: ExcludePath = None,
    identifiers: Identifiers = False,
    links: Links = None,
    root_dir: RootDir = None,
    base_url: BaseUrl = None,
    cache: Cache = None,
    max_age: MaxAge = None,
    remap: Remap = None,
    offline: Offline = False,
    dump: Dump = False,
    sites: Sites = None,
    max_pages: MaxPages = 100,
    files_from: FilesFrom = None,
    stdin_name: StdinName = None,
    kind: Annotated[str | None, typer.Option("--as", help="Read every document as this format.")] = None,
    fail_if_empty: Annotated[
        bool, typer.Option("--fail-if-empty", help="Exit 1 where not a single citation is found.")
    ] = False,
    quiet: Quiet = False,
    no_progress: NoProgress = False,
    verbose: Verbose = 0,
    log_format: LogFormat = None,
) -> None:
    """Check documents once, now: findings on standard output, the verdict as exit code (for CI)."""
    from monitor.commands.check import Reading
    from monitor.commands.check import check as carry_out
    from monitor.commands.novelty import Novelty
    from monitor.commands.output import outputs as paired
    from monitor.inputs import sort_out

    if cache is not None and database is not None:
        raise UsageError("--cache and --database both name where answers are kept; give one of them")
    if cache is not None:
        database, max_age = str(cache), max_age or "1d"
    said = settings(
        config=config,
        database=database,
        now=now,
        resolve=resolve,
        archives=ArchiveUse.OFF if no_archive else archive,
        evidence=not no_evidence,
        capture=capture,
        browser=browser,
        fail_on=fail_on,
        include=include or (),
        exclude=exclude or (),
        exclude_path=exclude_path or (),
        identifiers=identifiers,
        links=links,
        root_dir=root_dir,
        base_url=base_url,
        max_age=age(max_age) if max_age else None,
        remap=[pair(one) for one in remap or ()],
        offline=offline,
        quiet=quiet,
        bars=not no_progress,
        verbosity=verbose,
        log_format=log_format,
    )
    wanted = paired(formats or ["text"], outputs or [])
    novelty = Novelty(baseline=baseline, since=since, new_only=new_only)
    reading = Reading(
        inputs=sort_out(inputs or (), files_from or ()),
        stdin_name=stdin_name,
        kind=kind,
        fail_if_empty=fail_if_empty,
        dump=dump,
        sites=sites or (),
        max_pages=max_pages,
    )
    raise typer.Exit(carry_out(said, reading, wanted, novelty))


def extract(
    inputs: Inputs = None,
    config: ConfigFile = None,
    formats: Annotated[str, typer.Option("--format", "-f", help="table or json.")] = "table",
    kind: Annotated[str | None, typer.Option("--as", help="Read every document as this format.")] = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Also what was rejected or mended, and why.")
    ] = False,
    database: Database = None,
    now: Now = None,
    include: Include = None,
    exclude: Exclude = None,
    exclude_path: ExcludePath = None,
    identifiers: Identifiers = False,
    links: Links = None,
    root_dir: RootDir = None,
    base_url: BaseUrl = None,
    files_from: FilesFrom = None,
    stdin_name: StdinName = None,
    quiet: Quiet = False,
    no_progress: NoProgress = False,
) -> None:
    """Show which citations, addresses and access dates documents hold; no network."""
    from monitor.commands.extract import extract as carry_out
    from monitor.inputs import sort_out

    said = settings(
        config=config, database=database, now=now, quiet=quiet, bars=not no_progress,
        include=include or (), exclude=exclude or (), exclude_path=exclude_path or (),
        identifiers=identifiers,
        links=links,
        root_dir=root_dir,
        base_url=base_url,
    )  # fmt: skip
    raise typer.Exit(
        carry_out(
            said,
            sort_out(inputs or (), files_from or ()),
            formats,
            kind=kind,
            explain=explain,
            stdin_name=stdin_name,
        )
    )
