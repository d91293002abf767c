"""What each command does: open a session, carry it out, write the result, return the exit code."""

import asyncio
import os
import signal
import sys
from collections.abc import Callable, Coroutine, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from monitor.app import MEMORY, Session, open_session
from monitor.collect import collect, locate
from monitor.config import Config, DocumentRule
from monitor.console import progress
from monitor.errors import ExitCode, IncompleteError, StoreError, UsageError
from monitor.inputs import Inputs
from monitor.model.archive_use import ArchiveUse
from monitor.model.case import Case
from monitor.model.finding import Severity
from monitor.model.run import Assessment, Report
from monitor.model.snapshot import at_risk
from monitor.model.source import Source
from monitor.model.urls import canonical_url
from monitor.model.wording import count
from monitor.notify import notify
from monitor.run.capture import capture as ask_captures
from monitor.run.capture import cover
from monitor.run.ports import RunOptions
from monitor.settings import Settings

if TYPE_CHECKING:
    from monitor.run.fix_carry import FixOptions

Output = tuple[str, Path | None]
"""A report format and the file it goes to; None is standard output."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Novelty:
    """What counts as old: an earlier report, or a git revision."""

    baseline: Path | None = None
    since: str | None = None
    new_only: bool = False


def outputs(formats: Sequence[str], files: Sequence[Path]) -> list[Output]:
    """Pair formats with files in order; the one left over goes to standard output.

    Raises UsageError for unknown formats, more files than formats, or two formats on standard output.
    """
    from monitor.report.registry import NAMES

    unknown = [name for name in formats if name not in NAMES]
    if unknown:
        raise UsageError(f"unknown --format {', '.join(unknown)}; known: {', '.join(NAMES)}")
    if len(files) > len(formats):
        raise UsageError("more --output than --format; give one --format for each --output, in order")
    if len(formats) - len(files) > 1:
        raise UsageError("only one format can go to standard output; give the others an --output each")
    return [(name, files[index] if index < len(files) else None) for index, name in enumerate(formats)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What `check` reads: `stdin_name` and `kind` tell how; `fail_if_empty` wants a citation at least."""

    inputs: Inputs
    stdin_name: str | None = None
    kind: str | None = None
    fail_if_empty: bool = False


def check(settings: Settings, reading: Reading, wanted: Sequence[Output], novelty: Novelty) -> int:
    """Check documents once and print the findings."""
    from monitor.inputs import scratch

    if novelty.new_only and not (novelty.baseline or novelty.since):
        raise UsageError("--new-only needs --baseline FILE or --since REV to know what is old")
    if settings.max_age is not None and settings.database is None:
        raise UsageError("--max-age needs --database FILE, where the answers of earlier checks are kept")
    config = settings.load()
    is_new = _novelty(novelty)

    async def work(session: Session) -> int:
        with scratch() as folder:
            return await once(session, folder)

    async def once(session: Session, folder: Path) -> int:
        given = await _given(session, folder, reading)
        session.files.update({rule.called: rule.path for rule in given if rule.called and rule.path})
        paths = reading.inputs.paths
        read = collect(config, paths, session.progress, strict=True, kind=reading.kind, given=given)
        extractions = [one async for one in locate(session, read)]
        options = RunOptions(
            everything=True,
            capture=settings.capture,
            evidence=settings.evidence,
            archives=settings.archives or ArchiveUse.NEEDED,
            only=tuple(summary.path for summary, _ in extractions),
            max_age=settings.max_age,
        )
        report = await session.execute(session.new_run(), extractions, options)
        shown = _narrowed(report, is_new) if novelty.new_only else report
        emit(replace(shown, fail_level=_fail_level(config)), wanted)
        found = any(extraction and extraction.citations for _, extraction in extractions)
        if not found:
            session.progress.note("no citations found; `monitor extract --explain` shows what was looked at")
        code = exit_code(report, config, counts=is_new)
        return ExitCode.FINDINGS if reading.fail_if_empty and not found and code == ExitCode.OK else code

    return _in_session(settings, config, work, database=settings.database or MEMORY, one_off=True)


async def _given(session: Session, folder: Path, reading: Reading) -> list[DocumentRule]:
    """Keep what is no file of its own: standard input, and the pages of addresses."""
    from monitor.inputs import from_address, from_stdin

    given = [from_stdin(folder, reading.stdin_name, reading.kind)] if reading.inputs.stdin else []
    asked = reading.inputs.addresses
    return [*given, *[await from_address(folder, url, session.checker, reading.kind) for url in asked]]


def run(settings: Settings, *, everything: bool) -> int:
    """Carry out the nightly cycle and write the reports folder."""
    config = settings.load()

    async def work(session: Session) -> int:
        asking = settings.archives or ArchiveUse.NEEDED
        report = await nightly(session, everything=everything, capture=settings.capture, archives=asking)
        if not settings.quiet:
            emit(report, [("text", None)])
            sys.stdout.flush()
        if asking is ArchiveUse.NEEDED:
            await spread(session, report, capture=settings.capture)
        return exit_code(report, config)

    return _in_session(settings, config, work)


async def nightly(
    session: Session,
    *,
    everything: bool = False,
    capture: bool = False,
    archives: ArchiveUse = ArchiveUse.NEEDED,
) -> Report:
    """Read the watched documents, probe what is due, judge, write the reports; return the report.

    What archives are asked for that can wait is for `spread`, once this returns.
    """
    from monitor.report.publish import check_writable, write_site

    config = session.config
    directory = config.path(config.report.directory)
    check_writable(directory)  # before hours of work, not after
    known = {document.path: document for document in await session.store.documents()}
    read = collect(config, (), session.progress, strict=False, known=known)
    options = RunOptions(
        everything=everything,
        capture=capture or config.archive.capture == "auto",
        archives=archives,
        spread=archives is ArchiveUse.NEEDED,
        forget=True,
    )
    report = await session.execute(session.new_run(), locate(session, read), options)
    report = replace(report, fail_level=_fail_level(config))
    write_site(report, directory, config.report.formats)
    await notify(session, report)
    return report


async def spread(session: Session, report: Report, *, capture: bool = False) -> int:
    """Ask archives for what could wait until a night's verdicts were out; their answers show the next night.

    Return how many sources were asked.
    """
    from monitor.run.coverage import Spreading
    from monitor.run.coverage import spread as ask

    if report.run.void:
        return 0
    policy = session.config.archive
    allowed = Spreading(
        minutes=policy.minutes_per_night,
        positive_days=policy.positive_days,
        negative_days=policy.negative_days,
    )
    options = RunOptions(capture=capture or policy.capture == "auto", spread=True)
    return await ask(session.parts(), report.run, options, allowed)


def report(settings: Settings, wanted: Sequence[Output]) -> int:
    """Judge again and write the reports; with formats named, print those instead."""
    from monitor.report.publish import write_site

    config = settings.load()

    async def work(session: Session) -> int:
        made = await session.report()
        made = replace(made, fail_level=_fail_level(config))
        if wanted:
            emit(made, wanted)
        else:
            directory = config.path(config.report.directory)
            write_site(made, directory, config.report.formats)
            if not settings.quiet:
                emit(made, [("text", None)])
                sys.stdout.write(f"\nwritten to {directory}\n")
        return exit_code(made, config)

    return _in_session(settings, config, work)


def fix(settings: Settings, paths: Sequence[Path], options: "FixOptions") -> int:
    """Show the diff of the proven edits, write them, or keep them as a patch or a commit."""
    from monitor.run.fix import Tally, Wanted, fixes
    from monitor.run.fix_carry import carry_out, check

    kinds = check(options)
    config = settings.load()

    async def work(session: Session) -> int:
        tally = Tally()
        made = await session.report()
        wanted = Wanted(kinds=kinds, paths=paths, choose=options.choose)
        for line in carry_out(fixes(made, session.amender, wanted, tally), tally, options):
            sys.stdout.write(line)
        sys.stderr.writelines(tally.lines(written=options.writes))
        return tally.exit_code(written=options.writes)

    return _in_session(settings, config, work)


def capture(settings: Settings, urls: Sequence[str]) -> int:
    """Follow captures asked for earlier, then ask for new ones: those named, or those at risk."""
    config = settings.load()

    async def work(session: Session) -> int:
        from monitor.report.words import capture as capture_words
        from monitor.report.words import plain

        archive = session.archive
        if archive is None:
            raise UsageError("archives are switched off ([archive] enabled, --no-archive)")
        wanted = {canonical_url(url) for url in urls}
        asked = {one.source for one in await session.store.captures()}
        seen: dict[str, Source] = {}
        risky: dict[str, bool] = {}
        async for case in session.store.cases():
            if case.source is not None:
                name = case.source.canonical_url
                seen[name] = case.source
                risky[name] = risky.get(name, True) and _at_risk(case)
        chosen = [one for name, one in seen.items() if (name in wanted if wanted else risky[name])]
        lines = await ask_captures(session.store, archive, chosen, session.clock())
        if (last := await session.store.last_run()) is not None:
            await cover(session.store, archive, last, lines)
        missing = wanted - seen.keys() - asked
        for url in sorted(missing):
            sys.stderr.write(
                f"monitor: {plain(url)}: not a watched source; cite it in a watched document first\n"
            )
        for one in lines:
            sys.stdout.write(f"{plain(one.url)} {one.snapshot_url or ''} {capture_words(one)}\n")
        if not lines:
            sys.stdout.write(
                "nothing to capture: every live source has a snapshot, or was asked for already\n"
            )
        return ExitCode.USAGE if missing else ExitCode.OK

    return _in_session(settings, config, work)


def _at_risk(case: Case) -> bool:
    latest = case.observations[-1].observation if case.observations else None
    return latest is not None and at_risk(latest.outcome, [case.coverage] if case.coverage else ())


def history(settings: Settings, url: str) -> int:
    """Explain a source's verdict."""
    config = settings.load()

    async def work(session: Session) -> int:
        from monitor.report.explain import explain

        name = canonical_url(url)
        stored = await session.store.history(name)
        if not stored:
            raise UsageError(
                f"{url}: never probed with this database; spell it as cited, or run `monitor run`"
            )
        judge = session.parts().judge
        judged = [
            (case, *judge.judge(case, session.clock())) async for case in session.store.cases(source=name)
        ]
        sys.stdout.writelines(explain(name, stored, judged))
        return ExitCode.OK

    return _in_session(settings, config, work)


def upgrade(settings: Settings) -> int:
    """Bring the database to this program's schema."""
    from monitor.store.addresses import database_url, shown
    from monitor.store.upgrade import upgrade as upgrade_database

    config = settings.load()
    done = asyncio.run(upgrade_database(config.database_url))
    word = (
        f"upgraded from {done.before or 'nothing'} to {done.after}" if done.changed else "already up to date"
    )
    sys.stdout.write(f"{shown(database_url(config.database_url))}: {word}\n")
    return ExitCode.OK


def check_database(settings: Settings) -> int:
    """Look for damage in an SQLite database."""
    from monitor.store.addresses import database_url, shown
    from monitor.store.upkeep import integrity

    url = database_url(settings.load().database_url)
    if url.get_backend_name() != "sqlite":
        raise UsageError("`db check` reads SQLite files; PostgreSQL checks itself (amcheck)")
    if not Path(url.database or "").is_file():
        raise UsageError(f"{shown(url)}: no such database; name it with --database")
    fault = integrity(url.database or "")
    if fault:
        remedy = "restore a backup, or move it away and run again to start afresh"
        raise StoreError(f"{shown(url)} is damaged: {fault}; {remedy}")
    sys.stdout.write(f"{shown(url)}: sound\n")
    return ExitCode.OK


def backup(settings: Settings, target: Path) -> int:
    """Copy the database while it may be in use."""
    from monitor.store.upkeep import backup as copy

    size = copy(settings.load().database_url, target)
    sys.stdout.write(f"{target}: {size:,} bytes\n")
    return ExitCode.OK


def copy_database(settings: Settings, source: str, target: str) -> int:
    """Copy one database into another, and say what was copied."""
    from monitor.store.addresses import database_url, shown
    from monitor.store.copying import copy_database as copy

    policy = settings.load().postgresql
    bar = progress(quiet=settings.quiet, bars=settings.bars)
    with bar:
        bar.stage("copying")
        done = asyncio.run(copy(source, target, policy, bar.advance))
    for one in done:
        sys.stdout.write(
            f"{one.table}: {count(one.rows, 'row')}, {one.written:,} written, sha256 {one.digest[:16]}\n"
        )
    sys.stdout.write(f"{shown(database_url(target))} holds what {shown(database_url(source))} holds\n")
    return ExitCode.OK


def emit(report: Report, wanted: Iterable[Output]) -> None:
    """Write a report in each wanted format to its file or to standard output."""
    from monitor.files import replace_file
    from monitor.report.registry import render
    from monitor.report.text import text_summary

    for name, file in wanted:
        colour = file is None and sys.stdout.isatty() and "NO_COLOR" not in os.environ
        pieces = text_summary(report, colour=colour) if name == "text" else render(name, report)
        if file is None:
            if hasattr(sys.stdout, "reconfigure"):
                sys.stdout.reconfigure(encoding="utf-8", errors="replace")
            sys.stdout.writelines(pieces)
            sys.stdout.flush()
        else:
            replace_file(file, "".join(pieces).encode("utf-8", "replace"))


def exit_code(
    report: Report,
    config: Config,
    *,
    counts: Callable[[Assessment], bool] | None = None,
) -> int:
    """Return what the process says: void first, then findings, then incomplete."""
    from monitor.judge.exit_level import FailOn, fails

    if report.run.void:
        return ExitCode.INCOMPLETE
    level = FailOn(config.report.fail_on)
    for one in report.assessments:
        if (counts is None or counts(one)) and fails(one.finding, level):
            return ExitCode.FINDINGS
    return ExitCode.OK if report.run.complete else ExitCode.INCOMPLETE


def _fail_level(config: Config) -> Severity | None:
    """Return the severity from which on a finding fails the command, for reports that mark what fails."""
    level = config.report.fail_on
    return None if level == "never" else Severity(level)


def _novelty(novelty: Novelty) -> Callable[[Assessment], bool] | None:
    """Return the test "is this finding new", or None where everything counts."""
    if novelty.baseline:
        from monitor.report.baseline import is_new, load

        try:
            known = load(novelty.baseline.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError(f"{novelty.baseline}: the baseline cannot be read: {error}") from error
        return lambda assessment: is_new(assessment, known)
    if novelty.since:
        from monitor.git import changed_lines

        lines = changed_lines(novelty.since)
        return lambda one: one.citation.line in lines.get(one.citation.document, frozenset())
    return None


def _narrowed(report: Report, is_new: Callable[[Assessment], bool] | None) -> Report:
    if is_new is None:
        return report
    return replace(report, assessments=[one for one in report.assessments if is_new(one)])


def _in_session(
    settings: Settings,
    config: Config,
    work: Callable[[Session], Coroutine[Any, Any, int]],
    *,
    database: str | None = None,
    one_off: bool = False,
) -> int:
    """Run a command's coroutine in a session; SIGTERM ends it as an interruption does."""

    async def whole() -> int:
        task = asyncio.current_task()
        if task is not None:
            asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
        bar = progress(quiet=settings.quiet, bars=settings.bars)
        with bar:
            async with open_session(
                config, bar, database=database, now=settings.now, one_off=one_off
            ) as session:
                return await work(session)

    try:
        return asyncio.run(whole())
    except (asyncio.CancelledError, KeyboardInterrupt):
        raise IncompleteError("interrupted; what was learnt so far is stored") from None
