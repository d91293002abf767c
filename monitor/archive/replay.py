"""Looking at a capture through `id_`: the bytes of the past, its redirects, or why there are none.

Serves archive.org and pywb alike: archived redirects come rewritten or raw, an instant without a
capture is answered by 302, 307 or at once by the nearest one.
"""

import asyncio
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin

from monitor.archive.addresses import linked_captures, linked_original, parse_capture, raw_url
from monitor.archive.captures import GOOD, IndexRow, Look, Seen, instant, requestable, stamp_of
from monitor.archive.errors import ArchiveTrouble, ExcludedByArchive
from monitor.archive.judgement.verify import gone_astray, judge_body, other_site
from monitor.archive.transport import Cost, Transport
from monitor.fetch.interface import FetchFailure, FetchResponse
from monitor.fetch.redirects import REDIRECTS, redirect_target

MAX_HOPS = 5
MAX_REQUESTS = 14
LONG_BYTES = 200_000
"""Longer bodies are read beside the loop: they take long enough for other workers to notice."""
CHAIN_WINDOW = timedelta(hours=24)
EXCUSE_BYTES = 400_000
_EXCLUDED = re.compile(
    r"has been excluded|is excluded from (?:the )?wayback|accesscontrolexception|blocked site error"
    r"|(?:blocked|cannot be (?:crawled|displayed)|not (?:be )?(?:displayed|available))[^.<]{0,60}robots\.txt"
    r"|robots\.txt[^.<]{0,60}(?:exclu|prohibit|disallow|block)",
    re.IGNORECASE,
)
"""How archives say that they will not show an address."""


@dataclass(frozen=True, slots=True)
class ReplayAnswer:
    """One replay answer: `when` is the capture's instant, None where the status is the archive's own."""

    response: FetchResponse
    when: datetime | None
    pointer: tuple[str, str] | None
    """Where the archive itself sends us: (timestamp, original) of another capture."""


@dataclass(frozen=True, slots=True)
class Replayer:
    """Looks at captures of one archive."""

    transport: Transport
    replay_url: str
    pool: str = "replay"

    async def ask(self, stamp: str, original: str, cost: Cost) -> ReplayAnswer:
        """Ask for the bytes at an instant; raises Excluded and ArchiveTrouble."""
        url = raw_url(self.replay_url, stamp, original)
        response = await self.transport.ask(
            self.pool, url, cost, headers={"Accept": "*/*"}, whole=True, fault=_own_page
        )
        when = _memento_datetime(response)
        pointer = None
        if when is None:
            if response.status in REDIRECTS and response.location:
                pointer = parse_capture(response.location, url)
                if pointer is None:
                    raise ArchiveTrouble(f"the archive redirects to {response.location[:100]}")
            elif response.status != 404 or _says_excluded(response):
                _explain(response)
        return ReplayAnswer(response, when, pointer)

    async def nearest(self, stamp: str, url: str, cost: Cost) -> IndexRow | None:
        """Return the capture nearest to an instant, of whatever kind; None where there is none at all."""
        answer = await self.ask(stamp, url, cost)
        if answer.when is not None:
            return IndexRow(stamp=stamp_of(answer.when), when=answer.when, original=url)
        if answer.pointer is None:
            return None
        when = instant(answer.pointer[0])
        return IndexRow(stamp=answer.pointer[0], when=when, original=answer.pointer[1]) if when else None

    async def read(self, stamp: str, url: str) -> bytes | None:
        """Return the bytes of the good capture nearest to an instant; None where none can be had."""
        cost = Cost()
        try:
            row = await self.nearest(stamp, url, cost)
            answer = await self.ask(row.stamp, row.original, cost) if row else None
        except ArchiveTrouble:
            return None
        good = answer is not None and answer.when is not None and answer.response.status in GOOD
        return answer.response.body if answer and good else None

    async def look(self, row: IndexRow, url: str, cost: Cost) -> Seen:
        """Fetch a capture, following its archived redirects; never raises but ArchiveStopped's kin.

        `url` is the cited address, which decides what "went home" means.
        """
        try:
            return await self._look(row, url, cost)
        except ExcludedByArchive as trouble:
            return Seen(row=row, look=Look.ELSEWHERE, reason=str(trouble), hard=True)
        except ArchiveTrouble as trouble:
            return Seen(row=row, look=Look.TROUBLE, reason=str(trouble))

    async def _look(self, row: IndexRow, url: str, cost: Cost) -> Seen:
        stamp, original = row.stamp, row.original
        chain: list[str] = []
        met = {(stamp, requestable(original))}
        first: ReplayAnswer | None = None
        for _ in range(MAX_REQUESTS):
            answer = await self.ask(stamp, original, cost)
            first = first or answer
            if answer.when is None:
                if answer.pointer is None:
                    reason = "its redirect's target was never archived" if chain else "cannot be played"
                    return _rejected(row, first, reason, chain)
                when = instant(answer.pointer[0])
                if when is None or abs(when - row.when) > (CHAIN_WINDOW if chain else timedelta(0)):
                    reason = (
                        "its redirect's target was not captured within 24 h" if chain else "cannot be played"
                    )
                    return _rejected(row, first, reason, chain)
                stamp, original = answer.pointer
            elif not chain and answer.when != row.when:
                return _rejected(
                    row, first, f"cannot be played; {stamp_of(answer.when)} shown instead", chain
                )
            elif abs(answer.when - row.when) > CHAIN_WINDOW:
                return _rejected(row, first, "its redirect's target was not captured within 24 h", chain)
            elif (target := self._target(answer.response, original)) is not None:
                if len(chain) == MAX_HOPS:
                    return _rejected(row, first, f"more than {MAX_HOPS} redirects", chain)
                if isinstance(target, FetchFailure):
                    return _rejected(row, first, "its redirect leads nowhere", chain)
                original = target
                chain.append(original)
                if (astray := gone_astray(original, url)) is not None:
                    return _rejected(row, first, astray, chain)
            else:
                parts = (row, first, answer, chain, original, url)
                if len(answer.response.body) < LONG_BYTES:
                    return _judged(*parts)
                return await asyncio.to_thread(_judged, *parts)
            if (stamp, requestable(original)) in met:
                return _rejected(row, first, "redirects in a circle", chain)
            met.add((stamp, requestable(original)))
        return _rejected(row, first, "too many redirects", chain)

    def _target(self, response: FetchResponse, original: str) -> str | FetchFailure | None:
        """Return where an archived redirect leads, rewritten (archive.org) or raw (pywb); None at the end."""
        absolute = redirect_target(response, response.url)
        if isinstance(absolute, str) and absolute.startswith(self._prefix(response.url)):
            rewritten = parse_capture(absolute)
            if rewritten is not None:
                return rewritten[1]
        return redirect_target(response, original)

    def _prefix(self, url: str) -> str:
        """Return the replay prefix with the scheme in use."""
        return urljoin(url, self.replay_url.rstrip("/") + "/")


def _judged(
    row: IndexRow, first: ReplayAnswer, answer: ReplayAnswer, chain: list[str], final: str, url: str
) -> Seen:
    status = answer.response.status
    if status not in GOOD:
        return _rejected(row, first, f"archived HTTP {status}", chain)
    asked = url if chain else final
    body = judge_body(answer.response, final if chain else asked, asked)
    look = Look.PAGE
    if body.unreadable:
        look = Look.UNREADABLE
    elif body.reason:
        look = Look.REJECTED
    reason = body.reason
    offsite = look is Look.PAGE and bool(chain) and other_site(final, url)
    if offsite:
        reason = f"redirected to {final[:200]}"
    return Seen(
        row=row, look=look, reason=reason, page=body.page, pdf=body.pdf, hard=body.hard, offsite=offsite,
        neighbours=_neighbours(first), chain=tuple(chain), original=_original(first),
    )  # fmt: skip


def _rejected(row: IndexRow, first: ReplayAnswer | None, reason: str, chain: list[str]) -> Seen:
    archived = first is not None and first.when is not None and first.when == row.when
    return Seen(
        row=row,
        look=Look.REJECTED if archived else Look.ELSEWHERE,
        reason=reason,
        hard=True,
        neighbours=_neighbours(first) if archived else _pointed(first),
        chain=tuple(chain),
    )


def _neighbours(first: ReplayAnswer | None) -> tuple[IndexRow, ...]:
    """Return the captures a memento's own `Link` header names: a free second index."""
    if first is None or first.when is None:
        return ()
    links = ", ".join(v for n, v in first.response.headers if n == "link")
    return tuple(r for r in linked_captures(links) if r.when != first.when)


def _original(first: ReplayAnswer | None) -> str | None:
    """Return the address an archive says it shows a capture of."""
    links = ", ".join(v for n, v in first.response.headers if n == "link") if first is not None else ""
    return linked_original(links)


def _pointed(first: ReplayAnswer | None) -> tuple[IndexRow, ...]:
    if first is None or first.pointer is None or (when := instant(first.pointer[0])) is None:
        return ()
    return (IndexRow(stamp=first.pointer[0], when=when, original=first.pointer[1]),)


def _memento_datetime(response: FetchResponse) -> datetime | None:
    value = response.header("memento-datetime")
    if value is None:
        return None
    try:
        when = parsedate_to_datetime(value)
    except ValueError:
        return None
    return when.replace(tzinfo=when.tzinfo or UTC).astimezone(UTC)


def _says_excluded(response: FetchResponse) -> bool:
    """Tell whether an answer of the archive's own says that it will not show an address."""
    if response.header("memento-datetime") is not None:
        return False
    text = response.body[:EXCUSE_BYTES].decode("utf-8", "replace")
    header = response.header("x-archive-wayback-runtime-error") or ""
    return _EXCLUDED.search(f"{header}\n{text}") is not None


def _own_page(response: FetchResponse) -> str | None:
    """Say why a page with success status is none of the past's: a challenge or a notice, which pass."""
    if response.status != 200 or response.header("memento-datetime") is not None or _says_excluded(response):
        return None
    return "HTTP 200 without Memento-Datetime"


def _explain(response: FetchResponse) -> None:
    """Raise what an answer of the archive's own means."""
    if response.status == 451 or _says_excluded(response):
        raise ExcludedByArchive("excluded from the archive")
    if response.status == 403:
        raise ArchiveTrouble("HTTP 403")
    raise ArchiveTrouble(f"HTTP {response.status} without Memento-Datetime")
