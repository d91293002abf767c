"""`monitor check`: documents once, now."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from monitor.app import Session
from monitor.collect import Collected, collect, locate, not_asked
from monitor.commands.novelty import Novelty, narrowed, novelty_test
from monitor.commands.output import Output, emit, exit_code, fail_level
from monitor.commands.session import in_session
from monitor.errors import ExitCode, UsageError
from monitor.inputs import Fetched, Inputs
from monitor.model.archive_use import ArchiveUse
from monitor.model.values import replaced
from monitor.report.words import plain
from monitor.run.ports import RunOptions
from monitor.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What `check` reads: `stdin_name` and `kind` tell how; `fail_if_empty` wants a citation at least.

    `dump` ends with the addresses that would be checked; of each of `sites`, `max_pages` pages are read.
    """

    inputs: Inputs
    stdin_name: str | None = None
    kind: str | None = None
    fail_if_empty: bool = False
    dump: bool = False
    sites: Sequence[str] = ()
    max_pages: int = 100


def check(settings: Settings, reading: Reading, wanted: Sequence[Output], novelty: Novelty) -> int:
    """Check documents once and print the findings."""
    from monitor.files import scratch

    if novelty.new_only and not (novelty.baseline or novelty.since):
        raise UsageError("--new-only needs --baseline FILE or --since REV to know what is old")
    if settings.max_age is not None and settings.database is None:
        raise UsageError("--max-age needs --database FILE, where the answers of earlier checks are kept")
    named = (*reading.inputs.addresses, *reading.sites)
    if settings.offline and named:
        raise UsageError(f"{named[0]}: --offline asks nobody; save the page as a file")
    config = settings.load()
    is_new = novelty_test(novelty)

    async def work(session: Session) -> int:
        with scratch() as folder:
            return await once(session, folder)

    async def once(session: Session, folder: Path) -> int:
        extractions = await _read(session, folder, reading, offline=settings.offline)
        if reading.dump:
            session.progress.clear()
            return _dumped(extractions)
        options = RunOptions(
            everything=True,
            capture=settings.capture,
            evidence=settings.evidence,
            archives=settings.archives or ArchiveUse.NEEDED,
            only=tuple(summary.path for summary, _ in extractions),
            max_age=settings.max_age,
            offline=settings.offline,
            guard=not settings.offline,
        )
        report = await session.execute(session.new_run(), extractions, options)
        shown = narrowed(report, is_new) if novelty.new_only else report
        session.progress.clear()
        emit(replaced(shown, fail_level=fail_level(config)), wanted)
        found = any(extraction and extraction.citations for _, extraction in extractions)
        if not found:
            session.progress.note("no citations found; `monitor extract --explain` shows what was looked at")
        code = exit_code(report, config, counts=is_new)
        return ExitCode.FINDINGS if reading.fail_if_empty and not found and code == ExitCode.OK else code

    return in_session(settings, config, work, database=settings.database, one_off=True)


def _dumped(read: Sequence[Collected]) -> int:
    """Print every address that would be asked for, once, as cited."""
    urls = (one.url for _, found in read if found for one in found.citations if one.url)
    sys.stdout.writelines(f"{plain(url)}\n" for url in dict.fromkeys(urls))
    return ExitCode.OK


async def _read(session: Session, folder: Path, reading: Reading, *, offline: bool) -> list[Collected]:
    """Return what was named, or else the configured documents, with all that they hold."""
    config, progress = session.config, session.progress
    found = await _given(session, folder, reading)
    session.files.update({rule.called: rule.path for rule in found.rules if rule.called and rule.path})
    configured = not (reading.inputs.paths or found.rules)
    if configured and not offline:
        from monitor.commands.watched import watched

        return [one async for one in watched(session, folder, strict=True, kind=reading.kind)]
    if configured and (left := not_asked(config)):
        progress.note(left)
    read = collect(
        config,
        reading.inputs.paths,
        progress,
        strict=True,
        kind=reading.kind,
        known={} if session.kept else None,
        given=found.rules,
    )
    located = list(read) if offline else [one async for one in locate(session, read)]
    if not found.unread:
        return located
    from monitor.commands.watched import not_read

    return [*not_read(found.unread), *located]


async def _given(session: Session, folder: Path, reading: Reading) -> Fetched:
    """Keep what is no file of its own: standard input, the pages of addresses and of sites."""
    from monitor.inputs import from_address, from_site, from_stdin

    found = Fetched()
    if reading.inputs.stdin:
        found.rules.append(from_stdin(folder, reading.stdin_name, reading.kind))
    if reading.inputs.addresses:
        session.progress.stage("fetching", len(reading.inputs.addresses))
    for url in reading.inputs.addresses:
        found.rules.append(await from_address(folder, url, session.checker, reading.kind, session.progress))
        session.progress.advance()
    for start in reading.sites:
        crawler = session.checker.crawler()
        site = await from_site(folder, start, crawler, reading.max_pages, session.progress)
        found.rules.extend(site.rules)
        found.unread.update(site.unread)
    for said in found.unread.values():
        session.progress.note(said)
    return found
