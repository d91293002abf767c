"""Every page of the site, in two passes over the assessments and with bounded memory."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from hashlib import blake2b
from itertools import groupby, islice
from math import ceil
from pathlib import Path
from typing import Any, NamedTuple, Protocol, Self

from monitor.model import wording
from monitor.model.run import Assessment, Report
from monitor.report import names, words
from monitor.report.gist import Gist
from monitor.report.site import chart, view
from monitor.report.site.data import Data, Write
from monitor.report.site.grouping import Grouping, Often
from monitor.report.site.index import LISTED_CITATIONS, index, worst_first
from monitor.report.site.pages import ASSETS, asset, joined, listed, listed_before, look, marked, page
from monitor.report.site.timeline import timeline
from monitor.report.spool import Spool, SpooledEntry, spooled
from monitor.report.summary import Summary, Tally, summarise

CITATIONS_PER_SOURCE = 100
"""A source cited more often shows so many of its citations; the finder has them all."""


class Earlier(Protocol):
    """The pages of an earlier run."""

    def stands(self, address: str, key: str, /) -> bool:
        """Tell whether a page of this address and key is there; the key names what it shows."""
        ...

    def text(self, address: str, /) -> str:
        """Return a page; "" where there is none."""
        ...


class _Nothing:
    """A site that is written for the first time."""

    def stands(self, _address: str, _key: str, /) -> bool:
        """Say that it is not there."""
        return False

    def text(self, _address: str, /) -> str:
        """Return nothing."""
        return ""


def write_pages(
    report: Report,
    write: Write,
    scratch: Path,
    beside: Sequence[str] = (),
    earlier: Earlier | None = None,
    advance: Callable[[], None] = lambda: None,
) -> Summary:
    """Hand every page to `write(address, pieces)`; `scratch` is an empty folder for the spools.

    `beside` are the formats written into the same folder, so that pages may link to them. A page that
    stands from an `earlier` run, made of the same, is not made again.
    """
    spool = spooled(report.assessments)
    try:
        site = _Site(
            replace(report, assessments=spool), spool, write, tuple(beside), earlier or _Nothing(), advance
        )
        return _write(site, scratch)
    finally:
        if spool is not report.assessments:
            spool.close()


def _write(site: "_Site", scratch: Path) -> Summary:
    with Grouping(scratch / "sources") as sources, Grouping(scratch / "hosts") as hosts:
        site.documents(sources, hosts)
        site.sources(sources)
        site.hosts(hosts)
    site.groups("documents.html", "Documents", "Document", site.summary.documents)
    site.groups("hosts.html", "Hosts", "Host", site.summary.hosts)
    for name in ASSETS:
        site.write(f"assets/{name}", [asset(name)])
    site.write("index.html", [index(site.report, site.summary, site.listed, site.later_pages, site.beside)])
    return site.summary


class _Cited(NamedTuple):
    """A citation as pages of sources and hosts find it: where it is, on what page of its document."""

    at: int
    page: int

    @classmethod
    def unpack(cls, packed: bytes) -> Self:
        """Return what `_packed` turned into bytes."""
        return cls(int.from_bytes(packed[:8], "big"), int(packed[8:].partition(b" ")[0]))


def _packed(at: int, page: int, shows: bytes) -> bytes:
    """Return a citation as bytes: where it is in the first eight, then what pages show of it and where."""
    return b"%b%d %b" % (at.to_bytes(8, "big"), page, shows)


class _Site:
    def __init__(
        self,
        report: Report,
        spool: Spool,
        write: Write,
        beside: tuple[str, ...],
        earlier: Earlier,
        advance: Callable[[], None],
    ) -> None:
        self.report = report
        self.beside = beside
        self.summary = summary = summarise(report)
        self.later_pages: dict[str, int] = {}
        self.listed: list[Assessment] = []
        self.write = write
        self._advance = advance
        self._earlier = earlier
        self._look = look(beside)
        self._today = report.run.now.date()
        self._spool = spool
        self._cited = Often(CITATIONS_PER_SOURCE)
        self._linked = summary.shown_keys()

    def _stands(self, address: str, *made_of: object) -> bool:
        """Tell whether a page need not be made again; what it is made of stands for it."""
        return self._earlier.stands(address, self._mark(*made_of))

    def _mark(self, *made_of: object) -> str:
        """Name what something is made of, templates and code included."""
        return blake2b(b"\0".join(map(_bytes, made_of)), digest_size=12, key=self._look).hexdigest()

    def _page(self, address: str, template: str, /, **values: Any) -> None:
        """Write a page that stands until what it shows changes, so that it names no run."""
        root = "../" * address.count("/")
        self.write(address, [page(template, root, run=None, beside=self.beside, **values)])

    def documents(self, sources: Grouping, hosts: Grouping) -> None:
        """Write the pages of documents and the finder's data; spool what sources and hosts need."""
        data = Data(self.write)
        titles = {document.path: document for document in self.report.documents}
        keep_all = self.summary.citations <= LISTED_CITATIONS
        found = self._spool.entries()
        for path, group in groupby(found, key=lambda entry: entry.gist.document):
            counts = self.summary.documents[path]
            pages = max(1, ceil(counts.citations / names.PAGE_SIZE))
            document = titles.get(path)
            for number, part in _pages(group):
                shown = []
                for entry in part:
                    one = entry.gist
                    if number > 1 and (keep_all or one.key in self._linked):
                        self.later_pages[one.key] = number
                    if keep_all:
                        self.listed.append(entry.load())
                    data.add(one, number)
                    self._advance()
                    shown.append(one.shows(self._today, one.change(entry.previous)))
                    self._put(sources, hosts, one, entry.at, number, shown[-1])
                about = {
                    "path": words.plain(path, 300),
                    "title": document and document.title and words.plain(document.title, 300),
                    "error": document and document.error,
                }
                address = names.document_page(path, number)
                if not self._stands(address, about, counts.told(), pages, *shown):
                    self._page(
                        address,
                        "document.html",
                        document=about,
                        counts=counts,
                        cards=self._listed(address, number, part, shown),
                        page=number,
                        pages=pages,
                        address=_addresses(names.document_page, path),
                    )
        data.finish()

    def _listed(self, address: str, number: int, part: Sequence[SpooledEntry], shown: Sequence[bytes]) -> str:
        """Return the citations of a document's page, each with its mark; what it lists already is kept."""
        before = listed_before(self._earlier.text(address))
        made = []
        for entry, shows in zip(part, shown, strict=True):
            mark = self._mark(b"%d" % number, shows)
            kept = before.get(mark)
            card = listed(view.card(entry.load(), self._today, number), "../") if kept is None else kept
            made.append(marked(mark, card))
        return joined(made)

    def _put(self, sources: Grouping, hosts: Grouping, one: Gist, at: int, page: int, shows: bytes) -> None:
        if one.source_page is None:
            return
        name = one.source_page.encode("utf-8", "surrogatepass")
        often = self._cited.too_often(name)
        sources.put(name, b"" if often else _packed(at, page, shows))  # those too many are counted
        if one.host:  # a line of a host's page tells no ages and no change
            hosts.put(one.host.encode("utf-8", "surrogatepass"), _packed(at, page, one.mark))

    def _cards(self, cited: Iterable[bytes]) -> list[view.Card]:
        found = map(_Cited.unpack, cited)
        return [view.card(self._spool.load(one.at), self._today, one.page) for one in found]

    def sources(self, spool: Grouping) -> None:
        """Write a page per source."""
        for address, items in spool.groups():
            self._advance()
            cited = [one for one in items if one][:CITATIONS_PER_SOURCE]
            if not self._stands(address, b"%d" % len(items), *map(_told, cited)):
                self._page(address, "source.html", **_source(self._cards(cited), len(items)))

    def hosts(self, spool: Grouping) -> None:
        """Write the pages of hosts."""
        for host, items in spool.groups():
            self._advance()
            pages = max(1, ceil(len(items) / names.PAGE_SIZE))
            counts = self.summary.hosts[host]
            told = repr(counts.told()).encode()
            for number, part in _pages(iter(items)):
                address = names.host_page(host, number)
                if not self._stands(address, told, pages, *map(_told, part)):
                    cited = map(_Cited.unpack, part)
                    self._page(
                        address,
                        "host.html",
                        host=words.plain(host, 300),
                        counts=counts,
                        cards=[view.row(self._spool.load(one.at), one.page) for one in cited],
                        page=number,
                        pages=pages,
                        address=_addresses(names.host_page, host),
                    )

    def groups(self, address: str, heading: str, noun: str, tallies: dict[str, Tally]) -> None:
        """Write the list of all documents or hosts, worst first."""
        stem = address.removesuffix(".html")
        page_of = names.document_page if noun == "Document" else names.host_page
        entries = worst_first(tallies)
        pages = max(1, ceil(len(entries) / names.PAGE_SIZE))

        def numbered(number: int) -> str:
            return address if number == 1 else f"{stem}-p{number}.html"

        for number in range(1, pages + 1):
            part = entries[(number - 1) * names.PAGE_SIZE : number * names.PAGE_SIZE]
            told = [(name, counts.counted()) for name, counts in part]
            if self._stands(numbered(number), heading, pages, told):
                continue
            self._page(
                numbered(number),
                "groups.html",
                heading=heading,
                noun=noun,
                entries=part,
                page_of=page_of,
                page=number,
                pages=pages,
                address=numbered,
            )


def _pages(items: Iterator[Any]) -> Iterator[tuple[int, list[Any]]]:
    number = 0
    while part := list(islice(items, names.PAGE_SIZE)):
        number += 1
        yield number, part


def _addresses(page_of: Any, name: str) -> Any:
    """Return the address of page n as seen from its sibling pages."""
    return lambda number: page_of(name, number).rpartition("/")[2]


def _told(packed: bytes) -> bytes:
    """Return what pages of sources and hosts show of a citation, and where its document shows it."""
    return packed[8:]


def _bytes(part: object) -> bytes:
    return part if isinstance(part, bytes) else repr(part).encode("utf-8", "surrogatepass")


def _source(cards: Sequence[view.Card], total: int) -> dict[str, Any]:
    first = cards[0].assessment
    observation = first.observation
    final = observation.final_url if observation else None
    return {
        "cards": cards,
        "observation": observation,
        "history": first.history,
        "state": words.history(first.history) or words.STATES[first.history.state],
        "life": timeline([shown.assessment for shown in cards]),
        "strip": chart.strip([check.outcome for check in first.checks]),
        "final": view.web_link(final) if observation and final != observation.url else None,
        "hops": [
            (hop.status, hop.permanent, view.web_link(hop.url), view.web_link(hop.location))
            for hop in (observation.hops[:20] if observation else ())
        ],
        "cited": [_cited(shown) for shown in cards],
        "more": total - len(cards),
    }


def _cited(shown: view.Card) -> tuple[Any, ...]:
    assessment = shown.assessment
    coverage, capture = assessment.coverage, assessment.capture
    asked = None
    if capture is not None:
        day = wording.day(capture.requested_at)
        asked = f"Capture asked of {capture.archive} on {day}: {words.capture(capture)}"
    return (
        shown,
        view.quote_words(assessment),
        view.drift_words(assessment),
        view.archived(coverage.before) if coverage else None,
        view.archived(coverage.after) if coverage else None,
        asked,
    )
