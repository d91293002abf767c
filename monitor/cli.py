"""Commands: parse, call `app`, print, exit code; decides nothing.

Heavy modules are imported inside the commands, so that `monitor --help` stays under 0.3 s.
"""

import re
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from monitor.errors import ConfigError, ExitCode, MonitorError, UsageError
from monitor.model.archive_use import ArchiveUse

if TYPE_CHECKING:
    from monitor.run.fix_choice import Prompter
    from monitor.settings import Settings

app = typer.Typer(
    name="monitor",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
database_app = typer.Typer(no_args_is_help=True, help="Look after the database.")
app.add_typer(database_app, name="db")

_UNITS = {
    "m": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
    "w": timedelta(weeks=1),
}

Paths = Annotated[
    list[Path] | None, typer.Argument(help="Documents or folders; without any, those of the configuration.")
]
Inputs = Annotated[
    list[str] | None,
    typer.Argument(
        help="Files, folders, patterns, addresses of pages, or - for standard input; "
        "without any, the documents of the configuration."
    ),
]
Links = Annotated[
    str | None, typer.Option("--links", help="cited (the default), or all: every link of the documents.")
]
FilesFrom = Annotated[
    list[str] | None,
    typer.Option("--files-from", help="Read what to check from this file, one a line; - for stdin."),
]
StdinName = Annotated[
    str | None,
    typer.Option("--stdin-name", help="Name of what standard input holds; its ending tells the format."),
]
ConfigFile = Annotated[
    Path | None, typer.Option("--config", help="Configuration file.", show_default="config.toml, if there")
]
Database = Annotated[str | None, typer.Option("--database", help="Database file or SQLAlchemy URL.")]
Now = Annotated[
    str | None, typer.Option("--now", help="Take this ISO instant for the present (reproducible runs).")
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress, no notes; only the result.")]
NoProgress = Annotated[bool, typer.Option("--no-progress", help="Plain lines instead of progress bars.")]
Formats = Annotated[
    list[str] | None,
    typer.Option("--format", "-f", help="text, json, junit, sarif, github, gitlab, markdown, csv; repeats."),
]
Outputs = Annotated[
    list[Path] | None,
    typer.Option("--output", "-o", help="File for the --format at the same place; else stdout."),
]
Resolve = Annotated[
    list[str] | None,
    typer.Option("--resolve", help="HOST:PORT:ADDRESS[:PORT] as curl's; '*' allowed. For rehearsals."),
]
Archives = Annotated[
    ArchiveUse | None,
    typer.Option(
        "--archive",
        help="Ask archives for all sources, for those where it changes what is said (needed), or not at all.",
        show_default="needed",
    ),
]
NoArchive = Annotated[bool, typer.Option("--no-archive", help="Short for --archive off.")]
NoEvidence = Annotated[
    bool, typer.Option("--no-evidence", help="Only addresses: no quotes, no sibling probes.")
]
CaptureFlag = Annotated[
    bool, typer.Option("--capture", help="Ask for captures of live sources no archive holds.")
]
FailOn = Annotated[
    str | None, typer.Option("--fail-on", help="Exit 1 from this severity on: error, warning, info, never.")
]
Baseline = Annotated[
    Path | None, typer.Option("--baseline", help="report.json of an earlier check: fail only on what is new.")
]
Since = Annotated[
    str | None,
    typer.Option("--since", metavar="REV", help="Fail only on citations changed since this git revision."),
]
NewOnly = Annotated[
    bool, typer.Option("--new-only", help="Also print only what is new; needs --baseline or --since.")
]
Include = Annotated[
    list[str] | None,
    typer.Option("--include", help="Watch addresses this regular expression fits, whatever --exclude says."),
]
Exclude = Annotated[
    list[str] | None, typer.Option("--exclude", help="Leave out addresses that this regular expression fits.")
]
ExcludePath = Annotated[
    list[str] | None,
    typer.Option("--exclude-path", help="Leave out files and folders, patterns as in .gitignore."),
]
MaxAge = Annotated[
    str | None,
    typer.Option(
        "--max-age",
        help="With --database: do not ask again for good answers this young, such as 12h or 1d; "
        "failures and what failed lately always are.",
    ),
]
Identifiers = Annotated[
    bool, typer.Option("--identifiers", help="Also references by DOI and the like alone, without a date.")
]


def _settings(**given: Any) -> "Settings":
    from monitor.settings import Settings

    now = given.pop("now")
    return Settings(now=_instant(now) if now else None, **given)


def _instant(text: str) -> datetime:
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise UsageError(f"--now {text!r}: not an ISO 8601 instant such as 2026-11-21T03:00:00Z") from None
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)


def _age(text: str) -> timedelta:
    match = re.fullmatch(r"(\d{1,5})\s*(m|h|d|w)", text.strip())
    if match is None:
        raise UsageError(f"--max-age {text!r}: write a number and m, h, d or w, such as 12h or 1d")
    return int(match[1]) * _UNITS[match[2]]


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


@app.command()
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
    include: Include = None,
    exclude: Exclude = None,
    exclude_path: ExcludePath = None,
    identifiers: Identifiers = False,
    links: Links = None,
    max_age: MaxAge = None,
    files_from: FilesFrom = None,
    stdin_name: StdinName = None,
    kind: Annotated[str | None, typer.Option("--as", help="Read every document as this format.")] = None,
    fail_if_empty: Annotated[
        bool, typer.Option("--fail-if-empty", help="Exit 1 where not a single citation is found.")
    ] = False,
    quiet: Quiet = False,
    no_progress: NoProgress = False,
) -> None:
    """Check documents once, now: findings on standard output, the verdict as exit code (for CI)."""
    from monitor import commands as house
    from monitor.inputs import sort_out

    settings = _settings(
        config=config,
        database=database,
        now=now,
        resolve=resolve,
        archives=ArchiveUse.OFF if no_archive else archive,
        evidence=not no_evidence,
        capture=capture,
        fail_on=fail_on,
        include=include or (),
        exclude=exclude or (),
        exclude_path=exclude_path or (),
        identifiers=identifiers,
        links=links,
        max_age=_age(max_age) if max_age else None,
        quiet=quiet,
        bars=not no_progress,
    )
    wanted = house.outputs(formats or ["text"], outputs or [])
    novelty = house.Novelty(baseline=baseline, since=since, new_only=new_only)
    reading = house.Reading(
        inputs=sort_out(inputs or (), files_from or ()),
        stdin_name=stdin_name,
        kind=kind,
        fail_if_empty=fail_if_empty,
    )
    raise typer.Exit(house.check(settings, reading, wanted, novelty))


@app.command()
def run(
    config: ConfigFile = None,
    database: Database = None,
    now: Now = None,
    fail_on: FailOn = None,
    resolve: Resolve = None,
    archive: Archives = None,
    no_archive: NoArchive = False,
    capture: CaptureFlag = False,
    everything: Annotated[
        bool, typer.Option("--all", help="Probe every source, not only those due.")
    ] = False,
    quiet: Quiet = False,
    no_progress: NoProgress = False,
) -> None:
    """Carry out the nightly cycle: probe what is due, store, judge, write the reports folder."""
    from monitor import commands as house

    settings = _settings(
        config=config,
        database=database,
        now=now,
        resolve=resolve,
        archives=ArchiveUse.OFF if no_archive else archive,
        capture=capture,
        fail_on=fail_on,
        quiet=quiet,
        bars=not no_progress,
    )
    raise typer.Exit(house.run(settings, everything=everything))


@app.command()
def serve(
    config: ConfigFile = None,
    database: Database = None,
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on; 0 picks one.")] = None,
    resolve: Resolve = None,
    quiet: Quiet = False,
    no_progress: NoProgress = False,
) -> None:
    """Run every night by itself and serve the status page, JSON, health and metrics."""
    from monitor.serve import web

    settings = _settings(
        config=config,
        database=database,
        now=None,
        resolve=resolve,
        host=host,
        port=port,
        quiet=quiet,
        bars=not no_progress,
    )
    raise typer.Exit(web.main(settings))


@app.command()
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
    files_from: FilesFrom = None,
    stdin_name: StdinName = None,
    quiet: Quiet = False,
    no_progress: NoProgress = False,
) -> None:
    """Show which citations, addresses and access dates documents hold; no network."""
    from monitor.inputs import sort_out
    from monitor.listing import extract as listed

    settings = _settings(
        config=config, database=database, now=now, quiet=quiet, bars=not no_progress,
        include=include or (), exclude=exclude or (), exclude_path=exclude_path or (),
        identifiers=identifiers,
        links=links,
    )  # fmt: skip
    raise typer.Exit(
        listed(
            settings,
            sort_out(inputs or (), files_from or ()),
            formats,
            kind=kind,
            explain=explain,
            stdin_name=stdin_name,
        )
    )


@app.command()
def report(
    config: ConfigFile = None,
    database: Database = None,
    now: Now = None,
    formats: Formats = None,
    outputs: Outputs = None,
    quiet: Quiet = False,
    no_progress: NoProgress = False,
) -> None:
    """Judge again what the database holds and write the reports; no network."""
    from monitor import commands as house

    settings = _settings(config=config, database=database, now=now, quiet=quiet, bars=not no_progress)
    wanted = house.outputs(formats, outputs or []) if formats else []
    raise typer.Exit(house.report(settings, wanted))


@app.command()
def fix(
    paths: Paths = None,
    config: ConfigFile = None,
    database: Database = None,
    now: Now = None,
    write: Annotated[
        bool, typer.Option("--write", help="Make the proven edits; without it, show a diff.")
    ] = False,
    interactive: Annotated[
        bool, typer.Option("--interactive", "-i", help="Ask about each edit, those without proof too.")
    ] = False,
    select: Annotated[
        list[str] | None,
        typer.Option("--select", help="add-archive, replace-url, refresh-date, fix-url; may be repeated."),
    ] = None,
    patch: Annotated[
        Path | None, typer.Option("--patch", help="Keep the edits as a patch for `git apply`.")
    ] = None,
    commit: Annotated[bool, typer.Option("--commit", help="Make the edits and commit them.")] = False,
    branch: Annotated[
        str | None, typer.Option("--branch", help="With --commit: the new branch to commit on.")
    ] = None,
    quiet: Quiet = False,
    no_progress: NoProgress = False,
) -> None:
    """Show or make the edits that have proof, from the last run's findings.

    Ends with 0 where nothing is left to do, 1 where edits wait to be written, 3 where some could not be made.
    """
    from monitor import commands as house
    from monitor.run.fix_carry import FixOptions

    if branch is not None and not commit:
        raise typer.BadParameter("--branch needs --commit")
    settings = _settings(config=config, database=database, now=now, quiet=quiet, bars=not no_progress)
    options = FixOptions(
        write=write, select=select or [], patch=patch, commit=commit, branch=branch,
        choose=_prompter() if interactive else None,
    )  # fmt: skip
    raise typer.Exit(house.fix(settings, paths or [], options))


def _prompter() -> "Prompter":
    """Return what asks about each edit on this terminal."""
    from monitor.console import answer, edit_text
    from monitor.run.fix_choice import Prompter

    return Prompter(answer, edit_text, sys.stdout.writelines)


@app.command()
def capture(
    urls: Annotated[
        list[str] | None, typer.Argument(help="Sources to capture; without any, those at risk.")
    ] = None,
    config: ConfigFile = None,
    database: Database = None,
    now: Now = None,
    resolve: Resolve = None,
    quiet: Quiet = False,
    no_progress: NoProgress = False,
) -> None:
    """Ask the archive for captures of live, uncovered sources and follow those asked for earlier."""
    from monitor import commands as house

    settings = _settings(
        config=config, database=database, now=now, resolve=resolve, quiet=quiet, bars=not no_progress
    )
    raise typer.Exit(house.capture(settings, urls or []))


@app.command()
def history(
    url: Annotated[str, typer.Argument(help="The source, as cited.")],
    config: ConfigFile = None,
    database: Database = None,
    now: Now = None,
    quiet: Quiet = False,
    no_progress: NoProgress = False,
) -> None:
    """Explain a verdict: every observation of a source, what was sent, what decided, which rule."""
    from monitor import commands as house

    settings = _settings(config=config, database=database, now=now, quiet=quiet, bars=not no_progress)
    raise typer.Exit(house.history(settings, url))


@app.command()
def explain(
    rule: Annotated[
        str, typer.Argument(help="A rule's name, as reports have it: stale-dead, access-date/due.")
    ],
) -> None:
    """Say what a rule means, with an example, and what to do."""
    from monitor.rule_pages import rule_page

    print(rule_page(rule), end="")


@app.command()
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


@database_app.command("upgrade")
def database_upgrade(config: ConfigFile = None, database: Database = None) -> None:
    """Bring the database to this program's schema."""
    from monitor import commands as house

    raise typer.Exit(house.upgrade(_settings(config=config, database=database, now=None)))


@database_app.command("check")
def database_check(config: ConfigFile = None, database: Database = None) -> None:
    """Look for damage in the database; exit 3 where there is some."""
    from monitor import commands as house

    raise typer.Exit(house.check_database(_settings(config=config, database=database, now=None)))


@database_app.command("backup")
def database_backup(
    target: Annotated[Path, typer.Argument(help="The file to make.")],
    config: ConfigFile = None,
    database: Database = None,
) -> None:
    """Copy the SQLite database, whole even while a run writes to it."""
    from monitor import commands as house

    raise typer.Exit(house.backup(_settings(config=config, database=database, now=None), target))


@database_app.command("copy")
def database_copy(
    source: Annotated[str, typer.Argument(help="The database to copy: a file or an SQLAlchemy URL.")],
    target: Annotated[str, typer.Argument(help="The empty database, or new file, to copy it into.")],
    config: ConfigFile = None,
    quiet: Quiet = False,
) -> None:
    """Copy a whole database, SQLite to PostgreSQL or back; verified, and resumed by a second call."""
    from monitor import commands as house

    raise typer.Exit(
        house.copy_database(_settings(config=config, database=None, now=None, quiet=quiet), source, target)
    )


@app.command()
def doctor(config: ConfigFile = None, database: Database = None, resolve: Resolve = None) -> None:
    """Look at configuration, documents, database, clock, disk, network and archives; say what to mend."""
    from monitor.doctor import doctor as look

    raise typer.Exit(look(_settings(config=config, database=database, now=None, resolve=resolve)))


def main() -> NoReturn:
    """Run a command; turn every failure into one clear message and its exit code."""
    sys.exit(_guarded(lambda: app(prog_name="monitor")))


def _guarded(command: Callable[[], Any]) -> int:
    try:
        command()
    except SystemExit as end:  # how Typer ends a command, wrong usage (2) included
        return int(end.code or 0)
    except MonitorError as error:
        lines = error.faults if isinstance(error, ConfigError) else str(error).splitlines()
        for line in lines:
            _complain(line)
        return error.exit_code
    except BrokenPipeError:
        sys.stderr.close()
        return ExitCode.OK
    except Exception as error:  # noqa: BLE001 - the last line of defence names a bug as a bug
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
