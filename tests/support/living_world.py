"""Everything outside the program, as one Fetcher: pages with a fate, an archive, and our network, on a virtual clock."""

import asyncio
import random
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from monitor.fetch.interface import FetchFailure, FetchResponse
from monitor.model.observation import Phase
from tests.support.archive_server import InProcess
from tests.support.archive_standin import StandIn
from tests.support.timeline_maker import GONE, PARKED, WORDS

DEATHS = ("gone", "gone-for-good", "no-host", "refuses", "soft-404", "parked", "broken")
WEATHER = ("503", "timeout", "reset")
CHALLENGE = (("cf-mitigated", "challenge"), ("content-type", "text/html"), ("server", "cloudflare"))
HTML = (("content-type", "text/html; charset=utf-8"),)
FAILED = {
    "no-host": (Phase.DNS, "dns-not-found"),
    "refuses": (Phase.CONNECT, "connect-refused"),
    "timeout": (Phase.CONNECT, "connect-timeout"),
    "reset": (Phase.HTTP, "connection-reset"),
    "down": (Phase.DNS, "dns-temporary"),
}


@dataclass
class Page:
    """One cited page; `fate` lists (night, kind) from which on it is so."""

    url: str
    title: str
    quote: str
    text: list[str]
    fate: list[tuple[int, str]] = field(default_factory=list)
    asked: tuple[int, str] | None = None
    """When it was last asked on a night that counts, and what it was then."""

    @property
    def host(self) -> str:
        return urlsplit(self.url).hostname or ""

    def kind(self, night: int) -> str:
        return next((kind for since, kind in reversed(self.fate) if since <= night), "lives")

    def dead_since(self, night: int) -> int | None:
        """Return the night of the death it lies in, whatever kinds of failing followed each other."""
        since = None
        for at, kind in self.fate:
            if at <= night:
                since = (since if since is not None else at) if kind in DEATHS else None
        return since

    def body(self, kind: str) -> bytes:
        text = self.text
        if kind == "edited":
            text = [*text[:6], "A correction was made here by the editors.", *text[6:]]
        if kind == "drifted":
            text = [line.translate(str.maketrans("aeiou", "eioua")) for line in reversed(text)]
        elif self.quote:
            text = [*text[:4], self.quote, *text[4:]]
        rows = "".join(f"<p>{line}</p>" for line in text)
        return f"<html><head><title>{self.title}</title></head><body><h1>{self.title}</h1>{rows}</body></html>".encode()


def sentence(chance: random.Random, words: int = 14) -> str:
    return " ".join(chance.choices(WORDS, k=words)).capitalize() + "."


@dataclass
class World:
    """Everything outside this program, as a Fetcher; `night` and `offset_s` are moved by who plays the nights."""

    seed: int
    pages: list[Page]
    night: int = 0
    asks: int = 0
    down_from: float = float("inf")
    down_until: float = float("inf")
    dated: tuple[tuple[str, str], ...] = ()
    """The sentinel's Date, which tells a wrong clock of ours; not every server sends one."""

    def __post_init__(self) -> None:
        limits = {"cdx": 24, "replay": 120, "availability": 20, "save": 7, "status": 30}
        self.archive = StandIn(base="https://archive.test", monotonic=self.elapsed, **limits)
        self.archived = InProcess(self.archive)
        self.by_url = {page.url: page for page in self.pages}
        self.moved = {page.url + "/moved": page for page in self.pages}
        self.by_host: dict[str, list[Page]] = {}
        for page in self.pages:
            self.by_host.setdefault(page.host, []).append(page)
        self.asked_tonight: dict[str, str] = {}

    def elapsed(self) -> float:
        """Return the true seconds since the world began."""
        return self.night * 86400.0 + asyncio.get_running_loop().time()

    @property
    def down(self) -> bool:
        return self.down_from <= self.asks < self.down_until

    async def lookup(self, host: str) -> FetchFailure | None:
        if self.down:
            return _failed("down")
        gone = any(page.kind(self.night) == "no-host" for page in self.by_host.get(host, ()))
        return _failed("no-host") if gone or self._unknown(host) else None

    def _unknown(self, host: str) -> bool:
        return host not in self.by_host and host not in ("sentinel.test", "archive.test")

    async def fetch(self, request):
        await asyncio.sleep(0.05)
        host = urlsplit(request.url).hostname or ""
        if self.down:
            self.asks += 1
            await asyncio.sleep(2.0)
            return _failed("down")
        if host == "archive.test":
            return await self.archived.fetch(request)
        if host == "sentinel.test":
            return FetchResponse(url=request.url, status=200, headers=(*HTML, *self.dated), body=b"<p>here")
        self.asks += 1
        if self._unknown(host):
            return _failed("no-host")
        return self._page(request.url)

    async def close(self) -> None:
        pass

    def _page(self, url: str):
        page = self.by_url.get(url) or self.moved.get(url)
        if page is None:
            kinds = {one.kind(self.night) for one in self.by_host[urlsplit(url).hostname or ""]}
            return self._as(kinds.pop() if len(kinds) == 1 and kinds <= set(DEATHS) else "gone", None, url)
        kind = page.kind(self.night)
        if url in self.moved:
            return self._as("lives" if kind == "moved" else "gone", page, url)
        bad = random.Random(f"{self.seed} {self.night} {url}").random()
        if bad < 0.03:
            kind = random.Random(f"{self.seed} {self.night} {url}!").choice(WEATHER)
        else:
            self.asked_tonight[url] = kind
        return self._as(kind, page, url)

    def _as(self, kind: str, page: Page | None, url: str):
        if kind in FAILED:
            return _failed(kind)
        if kind == "blocked":
            return FetchResponse(
                url=url, status=403, headers=CHALLENGE, body=b"<title>Just a moment...</title>"
            )
        if kind == "moved":
            return FetchResponse(
                url=url, status=301, headers=(("location", url + "/moved"),), location=url + "/moved"
            )
        status = {"gone": 404, "gone-for-good": 410, "503": 503, "broken": 500}.get(kind, 200)
        if kind in ("gone", "gone-for-good", "soft-404"):
            return FetchResponse(url=url, status=status, headers=HTML, body=GONE)
        if kind == "parked":
            return FetchResponse(
                url=url, status=200, headers=HTML, body=PARKED % urlsplit(url).hostname.encode()
            )
        if page is None or status >= 500:
            return FetchResponse(url=url, status=status, headers=HTML, body=b"<p>Try again later.")
        return FetchResponse(url=url, status=200, headers=HTML, body=page.body(kind))


def _failed(kind: str) -> FetchFailure:
    phase, cause = FAILED[kind]
    return FetchFailure(phase=phase, cause=cause)
