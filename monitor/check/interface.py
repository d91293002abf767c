"""What the check stage takes and gives."""

from collections.abc import AsyncGenerator, AsyncIterable, Mapping
from typing import Protocol

from msgspec import Struct, field

from monitor.fetch.interface import FetchFailure, FetchResponse
from monitor.model.observation import CitationFacts, Observation
from monitor.model.page import PageText
from monitor.model.source import Source


class CheckRequest(Struct, frozen=True, kw_only=True):
    """One source to probe now.

    `quotes`, `titles` and `fragments` map citation keys to what each citation quotes and calls the page,
    and the place on it that its address names; every citation of the source has a key in `titles` (the
    value may be None). `previous` is the last
    observation with a readable page, for conditional requests, and `previous_facts` what it found
    for each citation: after a 304 they still hold.
    """

    source: Source
    titles: Mapping[str, str | None] = field(default_factory=dict)
    quotes: Mapping[str, str] = field(default_factory=dict)
    fragments: Mapping[str, str] = field(default_factory=dict)
    other_spellings: tuple[str, ...] = ()
    """Addresses the document may mean instead: tried once where the one asked is not found."""
    previous: Observation | None = None
    previous_facts: Mapping[str, CitationFacts] = field(default_factory=dict)


class CheckReport(Struct, frozen=True, kw_only=True):
    """What a probe found. `page` is the text that was read, for drift; it is not stored."""

    observation: Observation
    facts: Mapping[str, CitationFacts] = field(default_factory=dict)
    page: PageText | None = None


class PageReader(Protocol):
    """Reads single pages, through the same host queues as a Checker's probes."""

    async def read(self, url: str) -> FetchResponse | FetchFailure:
        """Ask for a page, follow its redirects, return its last answer; never raises for what it does."""
        ...


class Checker(Protocol):
    """Probes sources, one queue per host, and yields reports as they end."""

    def check(self, requests: AsyncIterable[CheckRequest]) -> AsyncGenerator[CheckReport, None]:
        """Probe every request; never raises for what a source does. Closing it ends what is under way."""
        ...

    async def connected(self) -> str | None:
        """Try the connectivity sentinels: None if the network is there, else why not, in words."""
        ...
