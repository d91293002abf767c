"""Composition root: the only place that names concrete classes together.

`Session` holds what one command needs (store, fetchers, checker, archive, judge) and closes it.
"""

import asyncio
import random
import time
import uuid
from collections.abc import AsyncGenerator, AsyncIterable, AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from msgspec import Struct, field

from monitor.config import Config
from monitor.errors import UsageError
from monitor.judge.guard import Guard
from monitor.logs import configure, of_run
from monitor.model.ports import Chance, Clock, Monotonic, Progress
from monitor.model.run import Report, Run
from monitor.model.values import replaced
from monitor.report.kept_sheets import KeptSheets
from monitor.report.spool import Spool
from monitor.run.assess import assess
from monitor.run.cycle import Extractions, Probing, Read, each, execute, probe_here
from monitor.run.ports import Parts, RunOptions
from monitor.run.unfinished import settle_unfinished

if TYPE_CHECKING:
    from monitor.archive.facade import Provider
    from monitor.archive.interface import Archive, LookUpMemory
    from monitor.archive.policy import ArchivePolicy
    from monitor.check.checker import HostChecker
    from monitor.check.interface import Checker, CheckReport, CheckRequest
    from monitor.fetch.aiohttp_fetcher import AiohttpFetcher
    from monitor.fetch.browser import ChromiumBrowser
    from monitor.fetch.interface import Fetcher
    from monitor.fetch.policy import FetchPolicy
    from monitor.judge.judge import Judge
    from monitor.judge.policy import JudgePolicy
    from monitor.model.finding import Waiver
    from monitor.model.page import DriftResult, PageText
    from monitor.run.amender import Amender
    from monitor.store.interface import Store

    class SessionStore(Store, LookUpMemory, Protocol):
        """What a session keeps its facts in; also what the archive stage remembers across runs."""


_JUDGING = ("model", "judge", "domains.py", "run", "store", "report")
"""What decides what is made of a citation's facts: another version of it judges everything anew."""

_SUFFIXES = "publicsuffixlist"
"""The package whose list tells what a registrable domain is."""


def utc_now() -> datetime:
    """Return the present instant."""
    return datetime.now(UTC)


def _way(policy: str) -> str:
    """Name how citations are judged: this program, the list of suffixes it reads, and a policy."""
    from monitor.unchanged import package, program

    return f"{program(*_JUDGING)} {package(_SUFFIXES)} {policy}"


def _places(file: Path) -> frozenset[str] | None:
    """Return the fragments that name something in a file of the site's own; None where nothing tells."""
    from monitor.documents import read_document
    from monitor.extract.links.anchors import TELLING, places
    from monitor.extract.registry import FORMATS, extractor_for

    if FORMATS.detect(file.name, b"") not in TELLING:
        return None
    document = read_document(file, FORMATS)
    return places(document, extractor_for(document.format))


def _drift(then: "PageText", now: "PageText") -> "DriftResult":
    from monitor.page.quote.drift import measure_drift  # a quiet night compares nothing

    return measure_drift(then, now)


def _judge(policy: "JudgePolicy", chance: Chance, waivers: "Sequence[Waiver]", *, one_off: bool) -> "Judge":
    from monitor.judge.judge import Judge  # a quiet night judges nothing

    return Judge(policy, chance, waivers, one_off=one_off)


class _WhenAsked:
    """A checker that is built, with all it imports, when it is first asked: a quiet night asks nothing."""

    def __init__(self, build: Callable[[], "Checker"]) -> None:
        self._build = build

    def check(self, requests: "AsyncIterable[CheckRequest]") -> "AsyncGenerator[CheckReport, None]":
        """Probe every request."""
        return self._build().check(requests)

    async def connected(self) -> str | None:
        """Try the connectivity sentinels."""
        return await self._build().connected()


def _site(config: Config) -> tuple[Path, ...]:
    """Return the folders in which links to files are looked for: none, unless such links are asked for.

    They are this folder and the configuration's, each with the repository it lies in, and what "/" means.
    """
    if config.selection.links != "all":
        return ()
    here = (Path.cwd(), config.base.resolve())
    folders = [next((up for up in (one, *one.parents) if (up / ".git").exists()), one) for one in here]
    if config.selection.root_dir is not None:
        folders.append(config.path(config.selection.root_dir).resolve())
    return tuple(dict.fromkeys(folders))


class Session(Struct, kw_only=True, dict=True):
    """Everything one command works with."""

    config: Config
    store: "SessionStore"
    progress: Progress
    now: datetime | None = None
    one_off: bool = False
    kept: bool = True
    """Whether what is stored outlives the session."""
    stack: AsyncExitStack
    formats: dict[str, str] = field(default_factory=dict)
    read: set[str] = field(default_factory=set)
    """Documents that were read in this session, or found as they were when the store came to know them."""
    files: dict[str, str] = field(default_factory=dict)
    """Where documents stand that go by another name, while they do."""

    def clock(self) -> datetime:
        """Return the judged present: `--now` if given, else the real one."""
        return self.now or utc_now()

    def new_run(self, *notes: str) -> Run:
        """Return a run beginning now."""
        now = self.clock()
        return Run(
            id=f"{now:%Y%m%dT%H%M%SZ}-{uuid.uuid4().hex[:6]}",
            started_at=now,
            now=now,
            notes=notes,
        )

    def fetcher(self, base: "FetchPolicy | None" = None, **changes: Any) -> "AiohttpFetcher":
        """Return a transport that lives as long as the session; `base` is by default that of cited pages."""
        from monitor.fetch.aiohttp_fetcher import AiohttpFetcher

        fetcher = AiohttpFetcher(replaced(base or self.config.check.fetch(), **changes))
        self.stack.push_async_callback(fetcher.close)
        return fetcher

    @cached_property
    def plain_fetcher(self) -> "AiohttpFetcher":
        """Return the transport for cited pages itself; a browser dials the way it does."""
        return self.fetcher()

    @cached_property
    def browser(self) -> "ChromiumBrowser | None":
        """Return the browser that looks where the plain look could not tell; None where it is off."""
        policy = self.config.browser
        if not policy.enabled:
            return None
        from monitor.fetch.browser import ChromiumBrowser

        folder = policy.screenshots
        browser = ChromiumBrowser(
            policy,
            self.plain_fetcher.dialler,
            folder=self.config.path(folder) if folder is not None else None,
            contact=self.config.check.contact,
            clock=utc_now,
            monotonic=time.monotonic,
        )
        self.stack.push_async_callback(browser.close)
        return browser

    @cached_property
    def page_fetcher(self) -> "Fetcher":
        """Return the transport for cited pages; with `[archive] keep` it keeps what it fetches as WARC."""
        folder = self.config.archive.keep
        if folder is None:
            return self.plain_fetcher
        from monitor.fetch.warc_keeper import KeepingFetcher

        keeper = KeepingFetcher(self.plain_fetcher, self.config.path(folder), self.store, utc_now)
        self.stack.push_async_callback(keeper.close)
        return keeper

    @cached_property
    def archive(self) -> "Archive | None":
        """Return the configured archives as one, or None where they are switched off."""
        policy = self.config.archive
        if not policy.enabled or not policy.providers:
            return None
        from monitor.archive.fallback import Fallback

        built = self.archives(policy)
        return built[0] if len(built) == 1 else Fallback(built)

    def archives(self, policy: "ArchivePolicy") -> "list[Provider]":
        """Return the archives a policy names, each by itself."""
        from monitor.archive.registry import build_providers

        route = policy.routed(self.config.check.fetch())
        # Archive endpoints come from the configuration, not from documents: an intranet archive is fine.
        return build_providers(
            policy,
            lambda ca_file: self.fetcher(
                route, ca_file=ca_file or route.ca_file, allow_private_addresses=True
            ),
            self.store,
            clock=utc_now,
            sleep=asyncio.sleep,
            monotonic=time.monotonic,
        )

    @cached_property
    def chance(self) -> Chance:
        """Return the session's randomness; with `--now` the same every time."""
        return random.Random(0).random if self.now else random.random

    @cached_property
    def checker(self) -> "HostChecker":
        """Return the checker; one per session, so that whoever asks a host waits for its turn."""
        return self.checker_over(self.page_fetcher, time.monotonic)

    def checker_over(self, fetcher: "Fetcher", monotonic: Monotonic) -> "HostChecker":
        """Return a checker over a transport, with turns of its own."""
        from monitor.check.checker import HostChecker

        return HostChecker(
            self.config.check,
            fetcher,
            clock=self.clock,
            sleep=asyncio.sleep,
            monotonic=monotonic,
            chance=self.chance,
            wall=None if self.now else utc_now,
            browser=self.browser,
            pages_at_once=self.config.browser.concurrency,
            places=_places,
            site=_site(self.config),
        )

    @cached_property
    def amender(self) -> "Amender":
        """Return what proposes edits; it knows afterwards what it could not propose."""
        from monitor.run.amender import Amender

        return Amender(self.clock(), self.formats, self.files)

    def parts(self) -> Parts:
        """Wire a run."""
        policy, waivers = self.config.judge, self.config.waivers
        return Parts(
            store=self.store,
            checker=_WhenAsked(lambda: self.checker),
            archive=self.archive,
            guard=Guard(policy),
            judging=lambda: _judge(policy, self.chance, waivers, one_off=self.one_off),
            way=None if self.one_off else _way(repr((policy, waivers))),
            drift=_drift,
            amend=self.amender,
            spool=self.new_spool,
            clock=self.clock,
            progress=self.progress,
            kept=self.kept,
        )

    def new_spool(self) -> Spool:
        """Return room for a report's assessments; a report lives as long as its session."""
        from monitor.unchanged import program

        folder = self.config.path(self.config.report.directory)
        spool = Spool(None if self.one_off else KeptSheets(folder, program("report", "model")))
        self.stack.callback(spool.close)
        return spool

    async def execute(
        self,
        run: Run,
        extractions: Extractions,
        options: RunOptions,
        probing: Probing = probe_here,
    ) -> Report:
        """Carry out one run over these documents; StoreError where another is under way on the database."""
        async with self.store.alone():
            with of_run(run.id):
                return await execute(self.parts(), run, self._noting_formats(extractions), options, probing)

    async def _noting_formats(self, extractions: Extractions) -> AsyncIterator[Read]:
        async for summary, extraction in each(extractions):
            self.formats[summary.path] = summary.format
            self.read.add(summary.path)
            yield summary, extraction

    async def report(self) -> Report:
        """Judge again what the store holds, without any request; UsageError where nothing is to be judged."""
        self.formats.update({one.path: one.format for one in await self.store.documents()})
        parts = self.parts()
        await self._settle(parts)
        run = await self.store.last_run(cut_off=True)
        if run is None:
            raise UsageError(f"{self.config.database}: no run has ended yet; `monitor run` carries one out")
        return await assess(parts, replaced(run, now=self.clock()), record=False)

    async def _settle(self, parts: Parts) -> None:
        """Judge the runs that were cut off; where a run is under way, it does so itself before it begins."""
        from monitor.store.alone import RunUnderWayError

        if await self.store.unfinished():
            with suppress(RunUnderWayError):
                async with self.store.alone():
                    await settle_unfinished(parts)


async def _store(
    config: Config, database: str | None, clock: Clock, progress: Progress, *, kept: bool
) -> "SessionStore":
    if not kept:
        from monitor.store.one_run import OneRunStore

        return OneRunStore()
    from monitor.store.sql_store import open_store

    return await open_store(database or config.database_url, clock, config.postgresql, progress)


@asynccontextmanager
async def open_session(
    config: Config,
    progress: Progress,
    *,
    database: str | None = None,
    now: datetime | None = None,
    one_off: bool = False,
    reads: bool = False,
) -> AsyncIterator[Session]:
    """Open what a command needs and close it again; raises StoreError for an unusable database.

    A one-off check keeps its facts in this process unless a database is named: nothing is left behind. One
    that only `reads` makes no database: UsageError where there is none.
    """
    configure(config.log)
    if reads:
        from monitor.store.addresses import must_exist

        must_exist(database or config.database_url)
    async with AsyncExitStack() as stack:
        clock = (lambda: now) if now else utc_now
        kept = not one_off or database is not None
        store = await _store(config, database, clock, progress, kept=kept)
        stack.push_async_callback(store.close)
        yield Session(
            config=config, store=store, progress=progress, now=now, one_off=one_off, kept=kept, stack=stack
        )
