"""Every page of the site, of a report's sheets and the citations they name, with bounded memory."""

import struct
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from itertools import chain, groupby, islice
from math import ceil
from pathlib import Path
from typing import Any, NamedTuple, Self

from monitor.model.run import Assessment, Report
from monitor.model.values import replaced
from monitor.report import names, words
from monitor.report.sheet import SIZE, Shown
from monitor.report.site import view
from monitor.report.site.data import Data, Write
from monitor.report.site.earlier import NOTHING, Earlier
from monitor.report.site.grouping import Grouping, Often, Once
from monitor.report.site.index import LISTED_CITATIONS, index, worst_first
from monitor.report.site.listing import joined, listed_before, piece
from monitor.report.site.pages import ASSETS, Made, asset, line, listed, look, page
from monitor.report.site.source import source
from monitor.report.site.touched import touched
from monitor.report.spool import Spool, spooled
from monitor.report.summary import Summary, summarise
from monitor.report.tally import Tally

CITATIONS_PER_SOURCE = 100
"""A source cited more often shows so many of its citations; the finder has them all."""


def write_pages(
    report: Report,
    write: Write,
    scratch: Path,
    beside: Sequence[str] = (),
    earlier: Earlier | None = None,
    advance: Callable[[int], None] = lambda _steps: None,
) -> Summary:
    """Hand every page to `write(address, text)`; `scratch` is an empty folder for the spools.

    `beside` are the formats written into the same folder, so that pages may link to them. A page that
    stands from an `earlier` run, made of the same, is not made again.
    """
    spool = spooled(report.assessments)
    try:
        site = _Site(
            replaced(report, assessments=spool), spool, write, tuple(beside), earlier or NOTHING, advance
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
    site.keep()
    site.groups("documents.html", "Documents", "Document", site.summary.documents)
    site.groups("hosts.html", "Hosts", "Host", site.summary.hosts)
    for name in ASSETS:
        site.write(f"assets/{name}", asset(name))
    site.write("index.html", index(site.report, site.summary, site.listed, site.pages, site.beside))
    return site.summary


_CITED = struct.Struct(">QI12s")


class _Cited(NamedTuple):
    """A citation as pages of sources and hosts find it: where it is, on what page of its document."""

    at: int
    page: int
    shows: bytes
    """Names what pages show of it."""

    @classmethod
    def unpack(cls, packed: bytes) -> Self:
        """Return what `pack` turned into bytes, whatever comes after them."""
        return cls(*_CITED.unpack_from(packed))

    def pack(self) -> bytes:
        """Return it as bytes, always as many: where it is in the first eight, then what pages tell of it."""
        return _CITED.pack(*self)


class _Site:
    def __init__(
        self,
        report: Report,
        spool: Spool,
        write: Write,
        beside: tuple[str, ...],
        earlier: Earlier,
        advance: Callable[[int], None],
    ) -> None:
        self.report = report
        self.beside = beside
        self.summary = summarise(report)
        self.pages = dict(self.summary.pages)
        """The page of its document that a citation is on, by key, of those that the front page names."""
        self.listed: list[Assessment] = []
        self.write = write
        self._advance = advance
        self._earlier = earlier
        self._look = look(beside)
        self._today = report.run.now.date()
        self._spool = spool
        self._sheets = spool.sheets(self._today)
        self._touched = touched(self._sheets) if earlier.made_of(self._sheets, self._look.hex()) else None
        self._once = self._cited_once()
        self._often = Often(CITATIONS_PER_SOURCE)
        self._sources_left = self.summary.sources

    def _cited_once(self) -> Once:
        """Count the pages of sources that may be written: of most sources there is but one citation."""
        wanted = self._touched
        numbers = range(len(self._sheets)) if wanted is None or wanted.pages else ()
        placed = (one for number in numbers for one in self._sheets.shown(number).placed if one is not None)
        pages = (one.page for one in placed if wanted is None or one.page in wanted.pages)
        return Once(pages, 8 * (self.summary.citations if wanted is None else len(wanted.pages)))

    def _stands(self, address: str, *made_of: object) -> bool:
        """Tell whether a page need not be made again; what it is made of stands for it."""
        return self._earlier.stands(address, self._mark(*made_of))

    def _mark(self, *made_of: object) -> str:
        """Name what something is made of, templates and code included."""
        return blake2b(b"\0".join(map(_bytes, made_of)), digest_size=12, key=self._look).hexdigest()

    def _page(self, address: str, template: str, /, **values: Any) -> None:
        self.write(address, self._drawn(address, template, **values))

    def _drawn(self, address: str, template: str, /, **values: Any) -> str:
        """Return a page that stands until what it shows changes, so that it names no run."""
        root = "../" * address.count("/")
        return page(template, root, run=None, beside=self.beside, **values)

    def documents(self, sources: Grouping, hosts: Grouping) -> None:
        """Write the pages of documents and the finder's data; spool what sources and hosts need."""
        data = Data(self.write, self._stands)
        titles = {document.path: document for document in self.report.documents}
        every = ((number, self._sheets.shown(number)) for number in range(len(self._sheets)))
        for path, of_document in groupby(every, key=lambda one: one[1].document):
            document = titles.get(path)
            about = {
                "path": words.plain(path, 300),
                "title": document and document.title and words.plain(document.title, 300),
                "error": document and document.error,
            }
            for number, found in groupby(of_document, key=lambda one: one[1].page):
                part = list(found)
                cards = self._document_page(path, number, about, part)
                self._put(sources, hosts, part, cards)
                for _, sheet in part:
                    data.add(path, number, sheet.rows)
                    self._advance(len(sheet.shown))
        data.finish()

    def _document_page(
        self, path: str, number: int, about: Mapping[str, object], part: Sequence[tuple[int, Shown]]
    ) -> dict[int, view.Card]:
        """Write a page of a document; return the cards that were made for it, by where the citations are."""
        if self.summary.citations <= LISTED_CITATIONS:
            self._list_all(part)
        address, counts = names.document_page(path, number), self.summary.documents[path]
        pages = ceil(counts.citations / names.PAGE_SIZE)
        cards: dict[int, view.Card] = {}
        if not self._stands(address, about, counts.told(), pages, *(sheet.mark for _, sheet in part)):
            self._page(
                address,
                "document.html",
                document=about,
                counts=counts,
                cards=self._listed(address, number, part, cards),
                page=number,
                pages=pages,
                address=_addresses(names.document_page, path),
            )
        return cards

    def _list_all(self, part: Sequence[tuple[int, Shown]]) -> None:
        """Have the front page list what a page of a document does."""
        for at, sheet in part:
            some = [self._spool.load(at * SIZE + place) for place in range(len(sheet.shown))]
            self.listed += some
            self.pages |= {one.citation.key: sheet.page for one in some}

    def _listed(
        self, address: str, number: int, part: Sequence[tuple[int, Shown]], cards: dict[int, view.Card]
    ) -> Made:
        """Return the citations of a document's page: kept if it lists them, or of `cards` made now."""
        made_of = self._mark(b"%d" % number)
        pieces = listed_before(self._earlier.text(address), made_of)
        marks: list[str] = []
        new: list[tuple[int, str]] = []
        found: list[Assessment] = []
        for at, sheet in part:
            of_sheet = [one.hex() for one in sheet.shown]
            places = [place for place, mark in enumerate(of_sheet) if mark not in pieces]
            found += self._spool.load_some(at, places) if places else ()
            new += [(at * SIZE + place, of_sheet[place]) for place in places]
            marks += of_sheet
        # All of a page go through a step before the next, here and below: half as long again in turns.
        made = [view.card(one, self._today, number) for one in found]
        drawn = [listed(card, "../") for card in made]
        for (at, mark), card, text in zip(new, made, drawn, strict=True):
            cards[at], pieces[mark] = card, piece(mark, text)
        return joined(made_of, (pieces[mark] for mark in marks))

    def _put(
        self,
        sources: Grouping,
        hosts: Grouping,
        part: Sequence[tuple[int, Shown]],
        cards: Mapping[int, view.Card],
    ) -> None:
        """Have what is touched of the pages of some sources and hosts made: now, or of what is spooled.

        `cards` are those that are at hand, by where their citations are.
        """
        wanted = self._touched
        if wanted is not None and not wanted.pages and not wanted.hosts:
            return
        once: list[tuple[str, Sequence[bytes]]] = []
        rows: list[tuple[str, bytes, view.Card | None]] = []
        for number, sheet in part:
            for at, one in enumerate(sheet.placed, number * SIZE):
                if one is None:
                    continue
                if wanted is None or one.page in wanted.pages:
                    cited = _Cited(at, sheet.page, one.shown).pack()
                    if one.page in self._once:
                        once.append((one.page, [cited]))
                    else:
                        name = one.page.encode("utf-8", "surrogatepass")
                        too_often = self._often.too_often(name)  # those too many are counted
                        sources.put(name, b"" if too_often else cited)
                if one.host and (wanted is None or one.host in wanted.hosts):
                    # A line of a host's page tells no ages and no change.
                    rows.append((one.host, _Cited(at, sheet.page, one.mark).pack(), cards.get(at)))
        self._source_pages(once, cards)
        drawn = [line(card, "../").encode("utf-8", "surrogatepass") if card else b"" for *_, card in rows]
        for (host, cited, _), row in zip(rows, drawn, strict=True):
            hosts.put(host.encode("utf-8", "surrogatepass"), cited + row)

    def _card(self, at: int, page: int) -> view.Card:
        return view.card(self._spool.load(at), self._today, page)

    def sources(self, spool: Grouping) -> None:
        """Write the pages of sources that are cited more than once."""
        for one in spool.groups():
            self._source_pages([one], {})
        self._advance(self._sources_left)

    def _source_pages(
        self, some: Sequence[tuple[str, Sequence[bytes]]], cards: Mapping[int, view.Card]
    ) -> None:
        self._advance(len(some))
        self._sources_left -= len(some)
        made: list[tuple[str, dict[str, Any]]] = []
        for address, items in some:
            cited = [one for one in items if one][:CITATIONS_PER_SOURCE]
            if not self._stands(address, b"%d" % len(items), *map(_told, cited)):
                found = [
                    cards.get(one.at) or self._card(one.at, one.page) for one in map(_Cited.unpack, cited)
                ]
                made.append((address, source(found, len(items))))
        drawn = [self._drawn(address, "source.html", **values) for address, values in made]
        for (address, _), text in zip(made, drawn, strict=True):
            self.write(address, text)

    def hosts(self, spool: Grouping) -> None:
        """Write the pages of hosts."""
        left = len(self.summary.hosts)
        for host, items in spool.groups():
            self._advance(1)
            left -= 1
            pages = max(1, ceil(len(items) / names.PAGE_SIZE))
            counts = self.summary.hosts[host]
            told = repr(counts.told()).encode()
            for number, part in _pages(iter(items)):
                address = names.host_page(host, number)
                if not self._stands(address, told, pages, *map(_told, part)):
                    self._page(
                        address,
                        "host.html",
                        host=words.plain(host, 300),
                        counts=counts,
                        rows=self._rows(address, part),
                        page=number,
                        pages=pages,
                        address=_addresses(names.host_page, host),
                    )
        self._advance(left)

    def _rows(self, address: str, part: Iterable[bytes]) -> Made:
        """Return the citations of a host's page; what it lists already is kept."""
        made_of = self._mark()
        pieces = listed_before(self._earlier.text(address), made_of)
        marks = []
        for packed in part:
            at, page, shows = _Cited.unpack(packed)
            mark = f"{shows.hex()}{page}"
            if mark not in pieces:
                drawn = packed[_CITED.size :].decode("utf-8", "surrogatepass")
                pieces[mark] = piece(mark, drawn or line(self._card(at, page), "../"))
            marks.append(mark)
        return joined(made_of, (pieces[mark] for mark in marks))

    def keep(self) -> None:
        """Let pages of sources and hosts stand that nothing touched, and keep what all of them show."""
        if self._touched is not None:
            self._earlier.keep_others(chain(self._touched.pages, self._touched.stems), self._touched.touches)
        self._earlier.keep_sheets(self._sheets, self._look.hex())

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
    return packed[8 : _CITED.size]


def _bytes(part: object) -> bytes:
    return part if isinstance(part, bytes) else repr(part).encode("utf-8", "surrogatepass")
