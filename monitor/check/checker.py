"""The Checker: requests stream in, reports stream out, memory stays bounded."""

import asyncio
import logging
from collections.abc import AsyncGenerator, AsyncIterable, AsyncIterator, Awaitable, Callable
from contextlib import aclosing
from datetime import timedelta
from email.utils import parsedate_to_datetime
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from monitor.check.browser_look import BrowserLooks
from monitor.check.hosts import HostQueues, Lane, Pace
from monitor.check.interface import CheckReport, CheckRequest
from monitor.check.kinds import Treatments
from monitor.check.local import LocalFiles, Places
from monitor.check.offload import PageThreads
from monitor.check.policy import CheckPolicy
from monitor.check.probe import Prober
from monitor.check.redirects import Follower, Validators
from monitor.check.remap import as_cited, remapped, with_remap
from monitor.check.requester import Probing, Requester
from monitor.check.robots import Robots
from monitor.check.sibling import Siblings
from monitor.fetch.interface import Browser, Fetcher, FetchFailure, FetchRequest, FetchResponse, NameLookup
from monitor.model.observation import Evidence, Observation, Outcome
from monitor.model.ports import Chance, Clock, Monotonic, Sleep
from monitor.model.urls import host_key, masked

Answer = TypeVar("Answer")

_LOG = logging.getLogger(__name__)
_NO_HOST = Pace(gap_s=0.0, concurrency=1_000_000)
_SENTINEL_BYTES = 4096
_WRONG_CLOCK = timedelta(days=1)
"""How far this machine's clock may be from a sentinel's: dates are whole days, and a cache may answer."""


class HostChecker:
    """A Checker and PageReader over a transport, one queue per host. Use one `check` or `read` at a time.

    `wall` is the clock that sentinels may contradict. `browser` looks where the transport's answers could
    not tell, at `pages_at_once`; `site` are the folders in which links to files are looked for, `places`
    reads what fragments may name in them.
    """

    def __init__(
        self,
        policy: CheckPolicy,
        fetcher: Fetcher,
        clock: Clock,
        sleep: Sleep,
        monotonic: Monotonic,
        chance: Chance,
        wall: Clock | None = None,
        browser: Browser | None = None,
        pages_at_once: int = 1,
        places: Places | None = None,
        site: tuple[Path, ...] = (),
    ) -> None:
        self._policy, self._fetcher, self._wall = policy, fetcher, wall
        self._browser, self._pages_at_once = browser, pages_at_once
        self._places, self._site = places or _no_places, site
        self._clock, self._sleep, self._monotonic, self._chance = clock, sleep, monotonic, chance

    @cached_property
    def _treatments(self) -> Treatments:
        return Treatments(self._policy, self._clock().date())

    @cached_property
    def _queues(self) -> HostQueues:
        """The hosts' turns: kept between calls, for a host's pause does not end with one of them."""
        return _queues(self._policy, self._treatments, self._sleep, self._monotonic, self._chance)

    @cached_property
    def _robots(self) -> Robots:
        return Robots()

    def _follower(self, pages: PageThreads, *, robots: bool = False) -> Follower:
        requester = Requester(
            self._policy,
            treatments=self._treatments,
            fetcher=self._fetcher,
            queues=self._queues,
            clock=self._clock,
            chance=self._chance,
        )
        heeded = self._robots if robots or self._policy.respect_robots else None
        return Follower(requester, self._treatments, pages, self._policy, heeded)

    def _looks(self) -> BrowserLooks | None:
        if self._browser is None:
            return None
        return BrowserLooks(self._browser, self._pages_at_once, self._treatments.excluded)

    async def check(self, requests: AsyncIterable[CheckRequest]) -> AsyncGenerator[CheckReport, None]:
        """Probe every request; see `Checker`."""
        pages = PageThreads()
        prober = Prober(
            policy=self._policy,
            treatments=self._treatments,
            follower=self._follower(pages),
            siblings=Siblings(self._chance),
            pages=pages,
            names=self._fetcher if isinstance(self._fetcher, NameLookup) else None,
            files=LocalFiles(self._places, self._site),
            clock=self._clock,
            looks=self._looks(),
        )

        rules = self._policy.remap

        async def work(request: CheckRequest, lane: Lane) -> CheckReport:
            try:
                asked = with_remap(request, rules)
                report = await prober.probe(asked, lane)
                return report if asked is request else as_cited(report, asked)
            except Exception:  # noqa: BLE001 - a bug on one page
                # One page must not end the night; the fault is ours, so nothing is concluded.
                _LOG.exception("cannot check %s", masked(request.source.url))
                return CheckReport(observation=self._unchecked(request))

        async def jobs() -> AsyncIterator[tuple[str, CheckRequest]]:
            async for request in requests:
                yield host_key(remapped(request.source.url, rules)), request

        try:
            async with aclosing(self._queues.run(jobs(), work)) as reports:
                async for report in reports:
                    yield report
        finally:
            pages.close()

    async def read(self, url: str, validators: Validators | None = None) -> FetchResponse | FetchFailure:
        """Ask for one page, as politely as for a cited one; see `PageReader`."""

        async def ask(follower: Follower, lane: Lane) -> FetchResponse | FetchFailure:
            return (await follower.follow(url, Probing(lane), validators=validators)).answer

        return await self.in_turn(url, ask, robots=False)

    def crawler(self) -> "Crawler":
        """Return what reads a site's own pages: only where robots.txt allows it."""
        return Crawler(self)

    async def in_turn(
        self, url: str, ask: Callable[[Follower, Lane], Awaitable[Answer]], *, robots: bool
    ) -> Answer:
        """Carry out one question in its host's turn."""
        pages = PageThreads()
        follower = self._follower(pages, robots=robots)

        async def job() -> AsyncIterator[tuple[str, str]]:
            yield host_key(url), url

        async def work(_url: str, lane: Lane) -> Answer:
            return await ask(follower, lane)

        answers = self._queues.run(job(), work)
        try:
            return await anext(answers)
        finally:
            await answers.aclose()
            pages.close()

    def rest(self, host: str, seconds: float) -> None:
        """Ask a host nothing for so long: another worker asked it a moment ago."""
        self._queues.pause(host, seconds)

    def rest_s(self, host: str) -> float:
        """Return the seconds for which a host may not be asked yet."""
        return self._queues.rest_s(host)

    def gap_s(self, host: str) -> float:
        """Return the seconds kept between two visits to a host."""
        return self._queues.gap_s(host)

    async def connected(self) -> str | None:
        """Try the sentinels, the first answer counts; see `Checker`. No sentinels means trust."""
        failures = []
        asked = [asyncio.ensure_future(self._sentinel(url)) for url in self._policy.sentinels]
        try:
            for answer in asyncio.as_completed(asked):
                failure = await answer
                if failure is None:
                    return None
                failures.append(failure)
        finally:
            for task in asked:
                task.cancel()
            await asyncio.gather(*asked, return_exceptions=True)
        if not failures:
            return None
        return (
            f"none of the sentinels answered well: {', '.join(failures)}. Check this machine's network and "
            "clock, or name reachable addresses in check.sentinels ([] switches the test off)"
        )

    async def _sentinel(self, url: str) -> str | None:
        answer = await self._fetcher.fetch(
            FetchRequest(
                url=url,
                timeout_s=self._policy.timeout_s,
                connect_timeout_s=self._policy.connect_timeout_s,
                max_body_bytes=_SENTINEL_BYTES,
                stop_after_s=1.0,
            )
        )
        if isinstance(answer, FetchFailure):
            return f"{url} ({answer.cause})"
        wrong = self._wrong_clock(answer)
        return f"{url} ({wrong})" if wrong else None

    def _wrong_clock(self, answer: FetchResponse) -> str | None:
        """Say that this machine's clock is days away from a server's, or None.

        A night on a wrong clock would prove deaths by days that never were, and put off every next look.
        """
        try:
            there = parsedate_to_datetime(answer.header("date") or "")
            here = self._wall() if self._wall else there
            apart = abs(here - there)
        except (ValueError, TypeError):  # no date, an unreadable one, or one without a zone
            return None
        if apart <= _WRONG_CLOCK:
            return None
        return f"it is {there:%d %B %Y, %H:%M} there, and {here:%d %B %Y, %H:%M} by this machine's clock"

    def _unchecked(self, request: CheckRequest) -> Observation:
        return Observation(
            source=request.source.canonical_url,
            url=masked(request.source.url),
            observed_at=self._clock(),
            outcome=Outcome.UNCHECKED,
            cause="internal-error",
            evidence=(Evidence("fault", "see the log"),),
        )


class Crawler:
    """Reads a site's own pages in their host's turn, where robots.txt allows it."""

    def __init__(self, checker: HostChecker) -> None:
        self._checker = checker

    async def read(self, url: str, validators: Validators | None = None) -> FetchResponse | FetchFailure:
        """Ask for one page; a failure `robots-txt` where it is not wanted."""

        async def ask(follower: Follower, lane: Lane) -> FetchResponse | FetchFailure:
            return (await follower.follow(url, Probing(lane), validators=validators)).answer

        return await self._checker.in_turn(url, ask, robots=True)

    async def sitemaps(self, url: str) -> list[str]:
        """Return the sitemaps that a host's robots.txt names."""

        async def ask(follower: Follower, lane: Lane) -> list[str]:
            return await follower.sitemaps(url, Probing(lane))

        return await self._checker.in_turn(url, ask, robots=True)


def _queues(
    policy: CheckPolicy, treatments: Treatments, sleep: Sleep, monotonic: Monotonic, chance: Chance
) -> HostQueues:
    def pace(host: str) -> Pace:
        if not host:
            return _NO_HOST
        treatment = treatments.of(f"https://{host}/")
        gap_s, concurrency = treatment.kind.gap_s, policy.per_host_concurrency
        if treatment.rule is not None:
            gap_s = gap_s if treatment.rule.gap_s is None else treatment.rule.gap_s
            concurrency = treatment.rule.concurrency or concurrency
        return Pace(policy.host_gap_s if gap_s is None else gap_s, concurrency)

    return HostQueues(
        pace,
        concurrency=policy.concurrency,
        backlog=policy.backlog,
        jitter=policy.host_gap_jitter,
        sleep=sleep,
        monotonic=monotonic,
        chance=chance,
    )


def _no_places(_file: Path) -> None:
    return None
