"""`monitor doctor`: whether everything a night needs is there, and what to do where it is not."""

import asyncio
import os
import platform
import shutil
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from monitor.app import Session, open_session
from monitor.collect import collect, not_asked
from monitor.config import Config
from monitor.console import progress
from monitor.errors import ExitCode, MonitorError
from monitor.model.values import replaced
from monitor.model.wording import count, day
from monitor.settings import Settings
from monitor.store.addresses import database_url, is_memory, shown
from monitor.store.integrity import integrity

LEAST_FREE_BYTES = 200 * 2**20
"""Less room on a disk than this deserves a warning: a night's pages and its database grow."""

ANSWER_S = 20.0
"""Seconds in which an archive should answer one question."""

_EXTRAS = {
    "apprise": "notify",
    "warcio": "keep",
    "psycopg": "scale",
    "playwright": "browser",
    "pypdf": "pdf",
    "pyyaml": "yaml",
}


class CheckState(StrEnum):
    """How a check ended."""

    OK = "ok"
    LOOK = "look"
    FAIL = "fail"


_DOCUMENTS = "mend [[documents]] in the configuration"
_SCHEDULE = "[schedule] cron takes five fields (17 3 * * *), timezone an IANA name (UTC)"
_REPORTS = "give leave to write there, or name another folder in [report] directory"
_STORE = "`monitor db check` looks for damage; a copy by `monitor db backup` is the way back"


@dataclass(frozen=True, slots=True)
class Line:
    """One line: what was looked at, how it is, and what to do; what is not well always has a remedy."""

    mark: CheckState
    name: str
    said: str
    remedy: str = ""

    def __post_init__(self) -> None:
        if self.mark is not CheckState.OK and not self.remedy:
            raise ValueError(f"{self.name}: {self.said}: what to do?")

    def text(self) -> str:
        """Return the line as shown."""
        advice = f"\n        → {self.remedy}" if self.remedy else ""
        return f"{self.mark:<6}{self.name}: {self.said}{advice}\n"


def doctor(settings: Settings) -> int:
    """Look at everything and say how it is; exit 2 for the configuration, 3 for the rest."""
    try:
        config = settings.load()
    except MonitorError as error:
        for fault in str(error).splitlines():
            sys.stdout.write(Line(CheckState.FAIL, "configuration", fault, "mend it and look again").text())
        return ExitCode.USAGE
    sys.stdout.write(Line(CheckState.OK, "configuration", "read, every key and value is known").text())

    async def whole() -> CheckState:
        worst = CheckState.OK
        async for line in examine(config):
            sys.stdout.write(line.text())
            worst = max(worst, line.mark, key=list(CheckState).index)
        return worst

    return ExitCode.INCOMPLETE if asyncio.run(whole()) is CheckState.FAIL else ExitCode.OK


async def examine(config: Config) -> AsyncIterator[Line]:
    """Yield a line for each thing a night needs."""
    for line in (
        *_versions(),
        *_documents(config),
        *_schedule(config),
        *_disks(config),
    ):
        yield line
    try:
        async with open_session(config, progress(quiet=True, bars=False)) as session:
            async for line in _with_session(session):
                yield line
    except MonitorError as error:
        yield Line(CheckState.FAIL, "database", str(error), _STORE)


async def _with_session(session: Session) -> AsyncIterator[Line]:
    checks: tuple[Callable[[Session], Awaitable[list[Line]]], ...] = (
        *(_database, _engine, _clock, _network, _archives, _browser),
    )
    for check in checks:
        try:
            lines = await check(session)
        except MonitorError as error:
            lines = [Line(CheckState.FAIL, check.__name__.strip("_"), str(error), "mend that and look again")]
        for line in lines:
            yield line


def _versions() -> Iterator[Line]:
    named = f"citation-monitor {version('citation-monitor')}, Python {platform.python_version()}"
    there = [extra for package, extra in _EXTRAS.items() if _installed(package)]
    yield Line(CheckState.OK, "versions", f"{named}; extras: {', '.join(there) or 'none'}")


def _installed(package: str) -> bool:
    try:
        version(package)
    except PackageNotFoundError:
        return False
    return True


def _documents(config: Config) -> Iterator[Line]:
    if not config.documents:
        yield Line(CheckState.LOOK, "documents", "none are watched", "name them in [[documents]]")
        return
    try:
        read = list(collect(config, (), progress(quiet=True, bars=False), strict=False))
    except MonitorError as error:
        yield Line(CheckState.FAIL, "documents", str(error), _DOCUMENTS)
        return
    citations = sum(summary.citations for summary, _ in read)
    broken = [summary.error for summary, _ in read if summary.error]
    left = not_asked(config)
    said = f"{count(len(read), 'document')} with {count(citations, 'citation')}"
    if left:
        said = f"{said}; {left}" if read else left
    mark = CheckState.LOOK if broken or not (citations or (left and not read)) else CheckState.OK
    advice = broken[0] if broken else "`monitor extract --explain` shows what was looked at"
    yield Line(mark, "documents", said, "" if mark is CheckState.OK else advice)
    yield from _permissions(config, [summary.path for summary, _ in read])


def _schedule(config: Config) -> Iterator[Line]:
    from monitor.schedule_policy import trigger

    following = trigger(config.schedule).get_next_fire_time(None, datetime.now(UTC))
    shown_time = f"{following:%d %B %Y, %H:%M %Z}" if following else "never"
    yield Line(
        CheckState.OK if following else CheckState.FAIL,
        "schedule",
        f"`monitor serve` would run next {shown_time}",
        "" if following else _SCHEDULE,
    )


def _disks(config: Config) -> Iterator[Line]:
    from monitor.report.publish import check_writable

    reports = config.path(config.report.directory)
    try:
        check_writable(reports)
    except MonitorError as error:
        yield Line(CheckState.FAIL, "reports", str(error), _REPORTS)
    else:
        yield Line(CheckState.OK, "reports", f"{reports} can be written")
    url = database_url(config.database_url)
    places = {reports}
    if url.get_backend_name() == "sqlite" and not is_memory(url):
        places.add(Path(url.database or ".").absolute().parent)
    for place in sorted(places):
        if not place.exists():
            continue
        free = shutil.disk_usage(place).free
        said = f"{free / 2**30:,.1f} GiB free at {place}"
        low = free < LEAST_FREE_BYTES
        yield Line(CheckState.LOOK if low else CheckState.OK, "disk", said, "free some space" if low else "")


def _permissions(config: Config, documents: Sequence[str]) -> Iterator[Line]:
    """Look at what a night writes (the database and its folder) and what `fix` edits (the documents)."""
    places: list[Path] = []
    url = database_url(config.database_url)
    if url.get_backend_name() == "sqlite" and not is_memory(url):
        file = Path(url.database or ".").absolute()
        places += [one for one in (file, file.parent) if one.exists()]
    denied = [place for place in places if not os.access(place, os.W_OK)]
    if denied:
        said = f"no leave to write {', '.join(map(str, denied))}"
        remedy = "chown or chmod them for the user who runs monitor, or name another file as `database`"
        yield Line(CheckState.FAIL, "permissions", said, remedy)
    named = (config.path(document) for document in documents)  # one read from the web is no file
    fixed = [path for path in named if path.exists() and not os.access(path, os.W_OK)]
    if fixed:
        said = f"{count(len(fixed), 'document')} cannot be written, such as {fixed[0]}"
        yield Line(
            CheckState.LOOK, "permissions", said, "`monitor fix --write` needs leave to write; a run does not"
        )
    if not denied and not fixed:
        yield Line(CheckState.OK, "permissions", "database and documents can be written")


async def _database(session: Session) -> list[Line]:
    url = database_url(session.config.database_url)
    newest = await session.store.last_run()
    run = f"last run {day(newest.finished_at)}" if newest and newest.finished_at else "no run yet"
    lines = [
        Line(CheckState.OK, "database", f"{shown(url)}: opens, its tables are those of this version; {run}")
    ]
    if url.get_backend_name() == "sqlite" and not is_memory(url):
        fault = await asyncio.to_thread(integrity, url.database or "")
        if fault:
            remedy = "restore a backup (`monitor db backup` makes them), or move it away and start afresh"
            lines.append(Line(CheckState.FAIL, "database", f"is damaged: {fault}", remedy))
    return lines


async def _engine(session: Session) -> list[Line]:
    policy = session.config.scale
    if policy.engine == "none":
        return [
            Line(CheckState.OK, "engine", "is off: the process that runs asks by itself ([scale] engine)")
        ]
    if not _installed("procrastinate"):
        remedy = "pip install 'citation-monitor[scale]'"
        return [Line(CheckState.FAIL, "engine", "procrastinate is not installed", remedy)]
    from monitor.scale.engine_schema import lacking
    from monitor.scale.share import frontier_of
    from monitor.store.queue_state import engine_functions, queue_state

    frontier = frontier_of(session)
    if missing := lacking(await engine_functions(frontier)):
        said = f"the tables of procrastinate are of another version: no function {missing[0]}"
        remedy = (
            "stop the workers and apply procrastinate's migrations (`procrastinate schema --migrations-path`)"
        )
        return [Line(CheckState.FAIL, "engine", said, remedy)]
    state = await queue_state(frontier, datetime.now(UTC), policy.stalled_s)
    said = (
        f"procrastinate {version('procrastinate')}; {count(state.workers, 'worker')} alive, "
        f"{count(state.left, 'source')} to ask at {count(state.hosts + state.hosts_held, 'host')}"
    )
    if not state.workers:
        return [
            Line(CheckState.LOOK, "engine", said, "start some: `monitor worker`, on any number of machines")
        ]
    if state.silent:
        remedy = "look after those machines; what they held goes to others"
        return [Line(CheckState.LOOK, "engine", f"{said}; {count(state.silent, 'worker')} silent", remedy)]
    return [Line(CheckState.OK, "engine", said)]


async def _clock(session: Session) -> list[Line]:
    now = datetime.now(UTC)
    newest = await session.store.last_run()
    ahead = newest.started_at - now if newest else timedelta()
    if ahead > timedelta(minutes=5):
        said = (
            f"the last run began {newest.started_at:%d %B %Y, %H:%M} UTC, which is to come" if newest else ""
        )
        return [
            Line(CheckState.FAIL, "clock", said, "set the system's clock; what was stored keeps its times")
        ]
    return [Line(CheckState.OK, "clock", f"{now:%d %B %Y, %H:%M} UTC")]


async def _network(session: Session) -> list[Line]:
    if not session.config.check.sentinels:
        return [
            Line(CheckState.LOOK, "network", "no sentinels are configured", "name some in [check] sentinels")
        ]
    failure = await session.checker.connected()
    if failure is None:
        return [Line(CheckState.OK, "network", "a sentinel answered")]
    remedy = "check connection, proxy and firewall; without it a run is void"
    return [Line(CheckState.FAIL, "network", failure, remedy)]


async def _archives(session: Session) -> list[Line]:
    policy = session.config.archive
    if session.archive is None:
        return [Line(CheckState.LOOK, "archives", "are switched off", "[archive] enabled = true asks them")]
    if await session.checker.connected() is not None:
        return [Line(CheckState.LOOK, "archives", "not asked: there is no network", "mend the network first")]
    keys = policy.wayback.access_key and policy.wayback.secret_key
    captures = "captures can be asked for" if keys else "no keys for captures are set"
    per_minute = policy.wayback.cdx_per_minute
    said = f"{', '.join(policy.providers)}; {per_minute:g} look-ups a minute; {captures}"
    # Asked once: who looks now has no patience for a night's further tries.
    once = replaced(
        policy,
        wayback=replaced(policy.wayback, retries=0),
        memento={name: replaced(own, retries=0) for name, own in policy.memento.items()},
    )
    lines = [Line(CheckState.OK, "archives", said)]
    for one in session.archives(once):
        try:
            async with asyncio.timeout(ANSWER_S):
                trouble = await one.trouble(datetime.now(UTC))
        except TimeoutError:
            trouble = f"no answer within {ANSWER_S:g} s"
        remedy = (
            "runs go on without it, and ask again; if it lasts, see its addresses in [archive], and the proxy"
        )
        lines.append(
            Line(CheckState.LOOK, f"archive {one.name}", trouble, remedy)
            if trouble
            else Line(CheckState.OK, f"archive {one.name}", "answers")
        )
    return lines


async def _browser(session: Session) -> list[Line]:
    if not session.config.browser.enabled:
        said = "is off: pages that only a script fills cannot be read ([browser] enabled = true)"
        return [Line(CheckState.OK, "browser", said)]
    browser = session.browser
    return [Line(CheckState.OK, "browser", f"{await browser.version()} starts")] if browser else []
