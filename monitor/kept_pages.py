"""What watched pages answered the last time: asked again, they may say that nothing changed (RFC 9110 §13).

A page that fails for a night is read as it was; why is said, and its citations stand.
"""

import base64
import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from monitor.archive.interface import LookUpMemory
from monitor.check.redirects import Validators
from monitor.fetch.interface import FetchFailure, FetchResponse
from monitor.inputs import GONE, page_fault
from monitor.model.observation import Phase
from monitor.model.ports import Clock

MEMORY = "watched page"
"""The name under which the store remembers answers."""

_VALIDATORS = {"etag": "If-None-Match", "last-modified": "If-Modified-Since"}
_HEADERS = ("content-type", *_VALIDATORS)
_NEVER_READ = FetchFailure(phase=Phase.URL, cause="never read")


class Asking(Protocol):
    """Asks for a page, conditionally where validators are given; the checker and its crawler do."""

    async def read(self, url: str, validators: Validators | None = None) -> FetchResponse | FetchFailure:
        """Return the last answer; never raises for what the far side does."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptPages:
    """Reads pages, with what was kept in place of "not modified" and of failures.

    With None as `asking` nobody is asked. With `gone_goes` a page that answers 404 or 410 is one no more.
    `faults` says, by address, why what was kept had to stand in.
    """

    memory: LookUpMemory
    asking: Asking | None
    clock: Clock
    gone_goes: bool = False
    faults: dict[str, str] = field(default_factory=dict)

    async def read(self, url: str) -> FetchResponse | FetchFailure:
        """Return what a page answers now, or what it answered when it last did."""
        found = await self.memory.recall(MEMORY, url)
        text = found[0] if found else None
        kept = _answer(text) if text else None
        if self.asking is None:
            return kept or _NEVER_READ
        answer = await self.asking.read(url, _validators(kept) if kept else None)
        if isinstance(answer, FetchResponse):
            if kept and answer.status == 304:
                return kept
            if self.gone_goes and answer.status in GONE:
                return answer
        fault = page_fault(answer)
        if fault is None and isinstance(answer, FetchResponse):
            if (now := _text(answer)) != text:
                await self.memory.remember(MEMORY, url, now, self.clock())
            return answer
        if kept is None:
            return answer
        self.faults[url] = f"{url}: {fault}; its citations stand as they were"
        return kept


class SitemapNames(Asking, Protocol):
    """Also knows the sitemaps that a host's robots.txt names."""

    async def sitemaps(self, url: str) -> list[str]:
        """Return their addresses."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptSite(KeptPages):
    """Reads the pages of a site in the same way."""

    crawler: SitemapNames

    async def sitemaps(self, url: str) -> Sequence[str]:
        """Return the sitemaps that the host's robots.txt names."""
        return await self.crawler.sitemaps(url)


def _validators(kept: FetchResponse) -> Validators | None:
    headers = {ask: value for name, ask in _VALIDATORS.items() if (value := kept.header(name))}
    return Validators(kept.url, headers) if headers else None


def _text(answer: FetchResponse) -> str:
    headers = {name: value for name in _HEADERS if (value := answer.header(name))}
    body = base64.b64encode(zlib.compress(answer.body)).decode()
    return json.dumps({"url": answer.url, "headers": headers, "body": body, "truncated": answer.truncated})


def _answer(text: str) -> FetchResponse:
    kept = json.loads(text)
    body = zlib.decompress(base64.b64decode(kept["body"]))
    return FetchResponse(
        url=kept["url"], status=200, headers=tuple(kept["headers"].items()), body=body,
        truncated=kept["truncated"],
    )  # fmt: skip
