"""A browser's look: only where the plain look could not tell, in the host's turn, never past a challenge."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from monitor.check.classify import Ruling
from monitor.check.facts import ProbeFacts
from monitor.check.redirects import Trip
from monitor.check.requester import Probing
from monitor.fetch.interface import Browser, FetchFailure, FetchResponse
from monitor.model.observation import PICTURE, Attempt, Evidence, Outcome
from monitor.model.urls import host_key
from monitor.page.signs.walls import find_wall
from monitor.page.text.read import page_text

LET_IN = frozenset({"forbidden", "bot-wall"})
"""Refusals that browsers may be let past; a login, a price, a region or a law is none of them."""

ABSENT = frozenset({Outcome.GONE, Outcome.SOFT_404, Outcome.PARKED})

HALTING = frozenset({"challenge", "login", "paywall"})
"""Walls before which nothing is run: a challenge is not ours to pass, and the others are an answer."""

LOOKED = "browser: the page was read as a browser shows it"
NO_MORE = "browser: it was shown no more than the plain look"


@dataclass(slots=True)
class BrowserLooks:
    """Looks with a browser for the checks of one run; `concurrency` pages are open at once at most."""

    browser: Browser
    concurrency: int
    excluded: Callable[[str], str | None]
    _seats: asyncio.Semaphore = field(init=False)
    _hosts: dict[str, asyncio.Lock] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._seats = asyncio.Semaphore(self.concurrency)

    async def look(
        self, facts: ProbeFacts, ruling: Ruling, probing: Probing
    ) -> tuple[Trip, Evidence | None] | None:
        """Return what a browser was shown, and its picture, where that may tell more; None otherwise."""
        if probing.tls is not None or not worth_a_look(facts, ruling):
            return None
        url = f"{facts.requested}#{facts.trip.fragment}" if facts.trip.fragment else facts.requested
        host = host_key(url)
        async with self._hosts.setdefault(host, asyncio.Lock()), self._seats:
            await probing.lane.to(host)
            try:
                seen = await self.browser.look(url, halt=_halts(facts.requested), excluded=self.excluded)
            finally:
                probing.lane.leave()
        answer = seen.answer
        if isinstance(answer, FetchFailure):
            probing.attempts.append(
                Attempt(url=facts.requested, purpose="browser", phase=answer.phase, cause=answer.cause)
            )
            probing.note(f"browser: it could not look ({answer.cause}: {answer.detail})")
            return None
        probing.attempts.append(
            Attempt(
                url=facts.requested,
                purpose="browser",
                status=answer.status,
                duration_s=round(answer.duration_s, 4),
            )
        )
        picture = Evidence(PICTURE, seen.picture) if seen.picture else None
        if seen.halted:
            probing.note(NO_MORE)
            return None
        page = page_text(answer.body, answer.header("content-type"), answer.url)
        hops = list(seen.hops) if ruling.outcome is Outcome.BLOCKED else facts.trip.hops
        return replace(facts.trip, url=answer.url, answer=answer, page=page, hops=hops), picture


def worth_a_look(facts: ProbeFacts, ruling: Ruling) -> bool:
    """Tell whether a browser may be shown what the plain look was not: a filled page, or an open door."""
    if ruling.outcome.readable:
        return facts.page is not None and facts.page.shell and not facts.quoted and facts.status == 200
    challenged = facts.wall is not None and facts.wall.cause in HALTING
    return ruling.outcome is Outcome.BLOCKED and ruling.cause in LET_IN and not challenged


def tells_more(facts: ProbeFacts, ruling: Ruling) -> bool:
    """Tell whether what a browser was shown is an answer: a page with a text of its own, or its absence."""
    if ruling.outcome in ABSENT:
        return True
    page = facts.page
    if ruling.outcome is Outcome.BLOCKED or page is None or page.shell:
        return False
    return facts.success and page.words > 0


def _halts(asked: str) -> Callable[[FetchResponse], bool]:
    def halt(answer: FetchResponse) -> bool:
        page = page_text(answer.body, answer.header("content-type"), answer.url) if answer.body else None
        wall = find_wall(answer.status, answer.headers, page, answer.body, answer.url, asked)
        return wall is not None and wall.cause in HALTING

    return halt
