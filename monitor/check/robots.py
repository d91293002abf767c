"""What a host's robots.txt allows this program (RFC 9309), where that is asked for.

By default nobody asks: robots.txt speaks to crawlers that follow links, and a cited page is asked for once in
weeks, as a reader would. Following a site's own pages is crawling, and always asks.
"""

from collections.abc import Awaitable, Callable
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from monitor.fetch.interface import FetchFailure, FetchResponse

if TYPE_CHECKING:
    from protego import Protego

AGENT = "citation-monitor"
"""The product token that robots.txt addresses this program by."""
MAX_BYTES = 512 * 1024
"""How much of a file is heeded; RFC 9309 §2.5 asks for 500 kiB at least."""

Ask = Callable[[str], Awaitable[FetchResponse | FetchFailure]]
"""Fetches one address and follows its redirects."""


MAX_KEPT_BYTES = 8 * 2**20
"""How much of all hosts' files is kept; those read first are forgotten, and read again."""


class Robots:
    """The rules of the hosts asked so far; a host's file is read once, or again after thousands of others."""

    def __init__(self) -> None:
        self._known: dict[str, _Rules] = {}
        self._kept_bytes = 0

    async def refusal(self, url: str, ask: Ask) -> str | None:
        """Return why an address must not be asked for, or None."""
        rules = await self._rules(url, ask)
        if rules is None:
            return None
        if rules.unreachable:
            return f"robots.txt could not be read ({rules.unreachable})"
        return None if rules.allow(url) else "robots.txt asks this program to stay away"

    async def sitemaps(self, url: str, ask: Ask) -> list[str]:
        """Return the sitemaps that a host's file names."""
        rules = await self._rules(url, ask)
        return [] if rules is None else rules.sitemaps

    async def _rules(self, url: str, ask: Ask) -> "_Rules | None":
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or parts.path == "/robots.txt":
            return None
        origin = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
        if origin not in self._known:
            self._known[origin] = rules = _Rules(await ask(f"{origin}/robots.txt"))
            self._kept_bytes += rules.size
            while self._kept_bytes > MAX_KEPT_BYTES and len(self._known) > 1:
                self._kept_bytes -= self._known.pop(next(iter(self._known))).size
            return rules
        return self._known[origin]


class _Rules:
    """One host's file: none (4xx) allows everything, one that cannot be read nothing (RFC 9309 §2.3.1)."""

    def __init__(self, answer: FetchResponse | FetchFailure) -> None:
        self.unreachable: str | None = None
        self._text = ""
        if isinstance(answer, FetchFailure):
            self.unreachable = answer.cause
        elif answer.status >= 500:
            self.unreachable = f"HTTP {answer.status}"
        elif answer.status < 300:
            self._text = answer.body[:MAX_BYTES].decode("utf-8", "replace")

    @property
    def size(self) -> int:
        """Return about how many bytes it takes, unparsed."""
        return 1000 + len(self._text)

    @cached_property
    def _parsed(self) -> "Protego":
        from protego import Protego

        return Protego.parse(self._text)

    def allow(self, url: str) -> bool:
        """Tell whether this program may ask for an address."""
        return not self._text or self._parsed.can_fetch(url, AGENT)

    @property
    def sitemaps(self) -> list[str]:
        """Return the sitemaps the file names."""
        return list(self._parsed.sitemaps) if self._text else []
