"""Following redirects ourselves: hops kept, guard at each, fresh cookies, no leaks."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urldefrag, urlsplit

from monitor.check.cookies import Cookies
from monitor.check.kinds import Treatments
from monitor.check.offload import PageThreads
from monitor.check.policy import CheckPolicy
from monitor.check.requester import Probing, Requester
from monitor.check.robots import Robots
from monitor.check.secrets import basic_login
from monitor.fetch.interface import FetchFailure, FetchResponse
from monitor.fetch.redirects import REDIRECTS, redirect_target
from monitor.fetch.target import HTTP_PORTS, Target, parse_target, resolve_location
from monitor.model.observation import Hop, Phase
from monitor.model.page import PageText
from monitor.model.urls import fragment_of, masked
from monitor.page.signs.walls import find_wall
from monitor.page.text.read import page_text

ROBOTS = "robots"
"""The purpose of a request for robots.txt."""

STUB_WORDS = 100
"""A refreshing page with more words than this is a page of its own, which only reloads or moves on later."""

MAX_MARKUP_BYTES = 2_000_000
"""No page for readers is longer; what is (endless lists, hostile nesting) is read this far."""

_PDF = b"%PDF-"
_NOT_ASKED = FetchFailure(phase=Phase.URL, cause="bad-url")
_REFRESH_HEADER = re.compile(r"\s*\d*(?:\.\d*)?\s*[;,]\s*url\s*=\s*['\"]?([^'\"]+)", re.IGNORECASE)


@dataclass(slots=True, kw_only=True)
class Trip:
    """Where following an address ended.

    `url` is the last address asked. `answer` is a failure also where the redirects themselves are
    at fault. `first_hop` tells that a redirect was seen and, by the kind's rule, not followed.
    """

    url: str
    answer: FetchResponse | FetchFailure
    hops: list[Hop] = field(default_factory=list)
    page: PageText | None = None
    fragment: str = ""
    first_hop: bool = False
    stubs: list[tuple[PageText, FetchResponse]] = field(default_factory=list)
    """Pages passed that only sent on; a parking service may show itself in these alone."""

    @property
    def final_url(self) -> str:
        """Return the address with the fragment carried along (RFC 9110 §10.2.2)."""
        return f"{self.url}#{self.fragment}" if self.fragment else self.url


@dataclass(frozen=True, slots=True)
class Validators:
    """Conditional headers for the one address they were learnt from."""

    url: str
    headers: Mapping[str, str]


class Follower:
    """Follows addresses to their end."""

    def __init__(
        self,
        requester: Requester,
        treatments: Treatments,
        pages: PageThreads,
        policy: CheckPolicy,
        robots: Robots | None = None,
    ) -> None:
        self._requester, self._treatments, self._pages = requester, treatments, pages
        self._max, self._credentials = policy.max_redirects, policy.url_credentials
        self._robots = robots

    async def follow(
        self,
        url: str,
        probing: Probing,
        *,
        validators: Validators | None = None,
        first_hop: bool = False,
        purpose: str = "page",
    ) -> Trip:
        """Ask for an address and follow where it leads."""
        fragment = fragment_of(url)
        cookies = Cookies()
        seen: set[tuple[str, str | None]] = set()
        trip = Trip(url=url, answer=_NOT_ASKED, fragment=fragment)
        upgraded = False
        while True:
            target = parse_target(trip.url)
            if isinstance(target, FetchFailure):
                trip.answer = _bad_target(target, trip.hops)
                return trip
            trip.url = target.url
            trip.fragment = target.fragment or trip.fragment
            if reason := self._treatments.excluded(trip.url):
                trip.answer = FetchFailure(phase=Phase.URL, cause="excluded", detail=reason)
                return trip
            if reason := await self._kept_out(trip.url, probing, purpose):
                trip.answer = FetchFailure(phase=Phase.URL, cause="robots-txt", detail=reason)
                return trip
            cookie = cookies.header(trip.url)
            headers = self._headers(trip, target, cookie, validators)
            if (trip.url, cookie) in seen:
                trip.answer = FetchFailure(phase=Phase.HTTP, cause="redirect-loop", detail=trip.url)
                return trip
            seen.add((trip.url, cookie))
            trip.answer = await self._requester.ask(
                trip.url, probing, headers=headers, purpose=purpose, unverified_look=not upgraded
            )
            if isinstance(trip.answer, FetchFailure):
                return trip
            cookies.learn(trip.answer)
            onward = await self._onward(trip)
            if onward is None:
                return trip
            if isinstance(onward, FetchFailure):
                trip.answer = onward
                return trip
            trip.hops.append(Hop(trip.url, trip.answer.status, masked(onward)))
            if trip.page is not None:
                trip.stubs.append((trip.page, trip.answer))
            if first_hop and trip.answer.status in REDIRECTS:
                trip.first_hop = True
                return trip
            if len(trip.hops) > self._max:
                trip.answer = FetchFailure(
                    phase=Phase.HTTP, cause="too-many-redirects", detail=f"more than {self._max}"
                )
                return trip
            # An http citation that now leads into broken TLS works for nobody (hard case 51).
            upgraded = urlsplit(trip.url).scheme == "http" and urlsplit(onward).scheme.lower() == "https"
            trip.url, trip.page = onward, None

    def _headers(
        self, trip: Trip, target: Target, cookie: str | None, validators: Validators | None
    ) -> dict[str, str]:
        headers = {}
        if self._credentials and target.userinfo and target.scheme == "https" and not trip.hops:
            headers["Authorization"] = basic_login(target.userinfo)
        if cookie:
            headers["Cookie"] = cookie
        if validators is not None and validators.url == trip.url:
            headers.update(validators.headers)
        return headers

    async def _kept_out(self, url: str, probing: Probing, purpose: str) -> str | None:
        """Return why robots.txt keeps this program from an address; None where nobody asks."""
        if self._robots is None or purpose == ROBOTS:
            return None
        return await self._robots.refusal(url, lambda file: self._file(file, probing))

    async def _file(self, url: str, probing: Probing) -> FetchResponse | FetchFailure:
        return (await self.follow(url, probing, purpose=ROBOTS)).answer

    async def sitemaps(self, url: str, probing: Probing) -> list[str]:
        """Return the sitemaps that a host's robots.txt names."""
        if self._robots is None:
            return []
        return await self._robots.sitemaps(url, lambda file: self._file(file, probing))

    async def _onward(self, trip: Trip) -> str | FetchFailure | None:
        """Return where the answer leads, why it cannot be followed, or None at the end."""
        answer = trip.answer
        if isinstance(answer, FetchFailure):
            return None
        if (target := redirect_target(answer, trip.url)) is not None:
            return target
        trip.page = await self._pages.run(len(answer.body), _read, answer)
        if not 200 <= answer.status < 300:
            return None
        return _stub_target(trip.url, answer, trip.page)


def read_in_part(answer: FetchResponse) -> bool:
    """Tell whether a page goes on beyond what was read of it."""
    return answer.truncated or (len(answer.body) > MAX_MARKUP_BYTES and _PDF not in answer.body[:1024])


def _read(answer: FetchResponse) -> PageText | None:
    if not answer.body:
        return None
    body = answer.body[:MAX_MARKUP_BYTES] if read_in_part(answer) else answer.body
    return page_text(body, answer.header("content-type"), answer.url)


def _stub_target(url: str, answer: FetchResponse, page: PageText | None) -> str | None:
    """Return the target of a page that only sends on: Refresh header, meta refresh, script stub."""
    match = _REFRESH_HEADER.match(answer.header("refresh") or "")
    location = match[1].strip() if match else (page.refresh if page is not None else None)
    if not location or (page is not None and page.words > STUB_WORDS):
        return None
    try:
        found = resolve_location(url, location)
    except ValueError:
        return None
    if urlsplit(found).scheme.lower() not in HTTP_PORTS:
        return None
    # A page that reloads itself is no redirect, and a challenge that sends a browser on is no way for us.
    if urldefrag(found)[0] == urldefrag(url)[0]:
        return None
    wall = find_wall(answer.status, answer.headers, page, answer.body, url, url)
    return None if wall is not None and wall.cause in ("challenge", "bot-wall") else found


def _bad_target(failure: FetchFailure, hops: list[Hop]) -> FetchFailure:
    """Name an address that cannot be asked: the cited one's own fault, or a redirect's."""
    if not hops:
        return failure
    cause = "redirect-scheme" if failure.cause == "scheme" else "bad-redirect"
    return FetchFailure(phase=Phase.HTTP, cause=cause, detail=failure.detail)
