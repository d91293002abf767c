"""Every page of the site, in two passes over the assessments and with bounded memory."""

from collections.abc import Callable, Iterator, Sequence
from hashlib import blake2b
from itertools import groupby, islice
from math import ceil
from pathlib import Path
from typing import Any

from monitor.model import wording
from monitor.model.run import Assessment, Report
from monitor.report import words
from monitor.report.packing import Packer
from monitor.report.site import chart, names, view
from monitor.report.site.data import Data, Write
from monitor.report.site.grouping import Grouping, Often
from monitor.report.site.index import LISTED_CITATIONS, index, worst_first
from monitor.report.site.pages import ASSETS, asset, look, page
from monitor.report.site.timeline import timeline
from monitor.report.summary import Summary, Tally, summarise

CITATIONS_PER_SOURCE = 100
"""A source cited more often shows so many of its citations; the finder has them all."""


Stands = Callable[[str, str], bool]
"""Tells whether a page of this address and key stands from an earlier run; the key names what it shows."""


def write_pages(
    report: Report,
    write: Write,
    scratch: Path,
    beside: Sequence[str] = (),
    stands: Stands = lambda _address, _key: False,
) -> Summary:
    """Hand every page to `write(address, pieces)`; `scratch` is an empty folder for the spools.

    `beside` are the formats written into the same folder, so that pages may link to them. A page that
    `stands` at its address, made of the same, is not made again.
    """
    site = _Site(report, summarise(report), write, tuple(beside), stands)
    with Grouping(scratch / "sources", view.Card) as sources, Grouping(scratch / "hosts", view.Row) as hosts:
        site.documents(sources, hosts)
        site.sources(sources)
        site.hosts(hosts)
    site.groups("documents.html", "Documents", "Document", site.summary.documents)
    site.groups("hosts.html", "Hosts", "Host", site.summary.hosts)
    for name in ASSETS:
        write(f"assets/{name}", [asset(name)])
    write("index.html", [index(report, site.summary, site.listed, site.later_pages, site.beside)])
    return site.summary


class _Site:
    def __init__(
        self, report: Report, summary: Summary, write: Write, beside: tuple[str, ...], stands: Stands
    ) -> None:
        self.report = report
        self.beside = beside
        self.summary = summary
        self.later_pages: dict[str, int] = {}
        self.listed: list[Assessment] = []
        self._write = write
        self._standing = stands
        self._look = look(beside)
        self._cards = Packer(view.Card)
        self._today = report.run.now.date()
        self._cited = Often(CITATIONS_PER_SOURCE)
        self._linked = summary.shown_keys()

    def _stands(self, address: str, *made_of: object) -> bool:
        """Tell whether a page need not be made again; what it is made of stands for it."""
        key = blake2b(self._look, digest_size=12)
        for part in made_of:
            key.update(part if isinstance(part, bytes) else repr(part).encode("utf-8", "surrogatepass"))
            key.update(b"\0")
        return self._standing(address, key.hexdigest())

    def _page(self, address: str, template: str, /, **values: Any) -> None:
        """Write a page that stands until what it shows changes, so that it names no run."""
        root = "../" * address.count("/")
        self._write(address, [page(template, root, run=None, beside=self.beside, **values)])

    def documents(self, sources: Grouping[view.Card], hosts: Grouping[view.Row]) -> None:
        """Write the pages of documents and the finder's data; spool what sources and hosts need."""
        data = Data(self._write)
        titles = {document.path: document for document in self.report.documents}
        keep_all = self.summary.citations <= LISTED_CITATIONS
        for path, group in groupby(self.report.assessments, key=lambda a: a.citation.document):
            counts = self.summary.documents[path]
            pages = max(1, ceil(counts.citations / names.PAGE_SIZE))
            document = titles.get(path)
            for number, part in _pages(group):
                cards = [view.card(assessment, self._today, number) for assessment in part]
                for assessment, shown in zip(part, cards, strict=True):
                    if number > 1 and (keep_all or assessment.citation.key in self._linked):
                        self.later_pages[assessment.citation.key] = number
                    if keep_all:
                        self.listed.append(assessment)
                    data.add(shown, number)
                    _spool(sources, hosts, shown, self._cited)
                about = {
                    "path": words.plain(path, 300),
                    "title": document and document.title and words.plain(document.title, 300),
                    "error": document and document.error,
                }
                packed = map(self._cards.pack, cards)
                if not self._stands(names.document_page(path, number), about, counts, pages, *packed):
                    self._page(
                        names.document_page(path, number),
                        "document.html",
                        document=about,
                        counts=counts,
                        cards=cards,
                        page=number,
                        pages=pages,
                        address=_addresses(names.document_page, path),
                    )
        data.finish()

    def sources(self, spool: Grouping[view.Card]) -> None:
        """Write a page per source."""
        for address, packed in spool.groups():
            shown = [one for one in packed if one][:CITATIONS_PER_SOURCE]
            if not self._stands(address, len(packed), *shown):
                self._page(address, "source.html", **_source(spool.items(shown), len(packed)))

    def hosts(self, spool: Grouping[view.Row]) -> None:
        """Write the pages of hosts."""
        for host, packed in spool.groups():
            pages = max(1, ceil(len(packed) / names.PAGE_SIZE))
            counts = self.summary.hosts[host]
            for number, part in _pages(iter(packed)):
                if not self._stands(names.host_page(host, number), counts, pages, *part):
                    self._page(
                        names.host_page(host, number),
                        "host.html",
                        host=words.plain(host, 300),
                        counts=counts,
                        cards=spool.items(part),
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
            if self._stands(numbered(number), heading, pages, part):
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


def _spool(sources: Grouping[view.Card], hosts: Grouping[view.Row], shown: view.Card, cited: Often) -> None:
    if shown.source_href is None:
        return
    sources.put(shown.source_href, None if cited.too_often(shown.source_href) else shown)
    if shown.host:
        hosts.put(shown.host, view.row(shown))


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
