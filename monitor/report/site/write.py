"""Every page of the site, in two passes over the assessments and with bounded memory."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby, islice
from math import ceil
from pathlib import Path
from typing import Any

from monitor.model import wording
from monitor.model.run import Assessment, Report
from monitor.report import words
from monitor.report.site import chart, names, view
from monitor.report.site.data import Data, Write
from monitor.report.site.grouping import Grouping
from monitor.report.site.index import LISTED_CITATIONS, index, worst_first
from monitor.report.site.pages import ASSETS, asset, page
from monitor.report.site.timeline import timeline
from monitor.report.summary import Summary, Tally, summarise

CITATIONS_PER_SOURCE = 100
"""A source cited more often shows so many of its citations; the finder has them all."""


def write_pages(report: Report, write: Write, scratch: Path, beside: Sequence[str] = ()) -> Summary:
    """Hand every page to `write(address, pieces)`; `scratch` is an empty folder for the spools.

    `beside` are the formats written into the same folder, so that pages may link to them.
    """
    site = _Site(report, summarise(report), write, tuple(beside))
    with Grouping(scratch / "sources") as sources, Grouping(scratch / "hosts") as hosts:
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
    def __init__(self, report: Report, summary: Summary, write: Write, beside: tuple[str, ...]) -> None:
        self.report = report
        self.beside = beside
        self.summary = summary
        self.later_pages: dict[str, int] = {}
        self.listed: list[Assessment] = []
        self._write = write
        self._today = report.run.now.date()
        self._cited: Counter[str] = Counter()

    def _page(self, address: str, template: str, /, **values: Any) -> None:
        root = "../" * address.count("/")
        self._write(address, [page(template, root, run=self.report.run, beside=self.beside, **values)])

    def documents(self, sources: Grouping, hosts: Grouping) -> None:
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
                    if number > 1:
                        self.later_pages[assessment.citation.key] = number
                    if keep_all:
                        self.listed.append(assessment)
                    data.add(shown, number)
                    _spool(sources, hosts, shown, self._cited)
                self._page(
                    names.document_page(path, number),
                    "document.html",
                    document={
                        "path": words.plain(path, 300),
                        "title": document and document.title and words.plain(document.title, 300),
                        "error": document and document.error,
                    },
                    counts=counts,
                    cards=cards,
                    page=number,
                    pages=pages,
                    address=_addresses(names.document_page, path),
                )
        data.finish()

    def sources(self, spool: Grouping) -> None:
        """Write a page per source."""
        for address, cards in spool.groups():
            self._page(address, "source.html", **_source(cards, self._cited[address]))

    def hosts(self, spool: Grouping) -> None:
        """Write the pages of hosts."""
        for host, rows in spool.groups():
            pages = max(1, ceil(len(rows) / names.PAGE_SIZE))
            for number, part in _pages(iter(rows)):
                self._page(
                    names.host_page(host, number),
                    "host.html",
                    host=words.plain(host, 300),
                    counts=self.summary.hosts[host],
                    cards=part,
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


def _spool(sources: Grouping, hosts: Grouping, shown: view.Card, cited: Counter[str]) -> None:
    if shown.source_href is None:
        return
    if cited[shown.source_href] < CITATIONS_PER_SOURCE:
        sources.put(shown.source_href, shown)
    cited[shown.source_href] += 1
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
