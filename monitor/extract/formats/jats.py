"""JATS (ANSI/NISO Z39.96): the references of a scholarly article, `<ref-list><ref>`.

A citation's elements become one passage; its links are the `ext-link` and `uri` elements, and what a
`date-in-citation` of access holds is told as the grammar expects it.
"""

from collections.abc import Iterator

from monitor.extract.dates.hints import collect_hints
from monitor.extract.markup.xml_nodes import Node, read_xml
from monitor.extract.passage import Builder, Group, Kind, Link, Passage
from monitor.extract.reading import read
from monitor.model.citation import Extraction
from monitor.model.document import Document

_CITATIONS = ("mixed-citation", "element-citation", "nlm-citation", "citation")
_NOTE_BLOCKS = {"ref": (), "fn": ("p",)}
_LINKS = frozenset({"ext-link", "uri", "self-uri"})
_TITLES = frozenset({"article-title", "source", "chapter-title", "part-title", "data-title"})
_ACCESS = frozenset({"access-date", "accessed", "access"})
_PARTED = frozenset(
    {
        "name",
        "string-name",
        "person-group",
        "collab",
        "year",
        "date-in-citation",
        "surname",
        "given-names",
        *_TITLES,
    }
)

_SENTENCES = _TITLES | {"person-group", "collab"}
"""Fields that end with a stop."""


class JatsExtractor:
    """Reads JATS articles."""

    name = "jats"

    def extract(self, document: Document) -> Extraction:
        """Return every citation of the reference lists, in document order; faults stand in the notes."""
        notes: list[str] = []
        root = read_xml(document.text, notes)
        group = Group()
        passages = [
            passage
            for ref in root.all("ref", "fn")
            for citation in [
                one for one in ref.children if one.name in (*_CITATIONS, *_NOTE_BLOCKS[ref.name])
            ]
            if (passage := _passage(document, citation, group)) is not None
        ]
        title = next((node.text for node in root.all("title-group")), None)
        found = read(document, passages, collect_hints(document.text), title=title)
        return Extraction(
            document=found.document, format=self.name, title=found.title, citations=found.citations,
            rejected=found.rejected, notes=(*notes, *found.notes),
        )  # fmt: skip


def _passage(document: Document, citation: Node, group: Group) -> Passage | None:
    builder = Builder()
    note = citation.name == "p"
    _add(document, citation, builder, mixed=note or citation.name == "mixed-citation")
    if note:
        return builder.passage(kind=Kind.NOTE)
    return builder.passage(kind=Kind.ITEM, group=group, listed=True)


def _add(document: Document, node: Node, builder: Builder, *, mixed: bool) -> None:
    """Add an element's text; where the elements alone part it, blanks and stops are put between them."""
    dated: Node | None = None
    for one, begins in _walk(node):
        if dated is not None:
            dated = None if one is dated else dated
        elif not isinstance(one, Node):
            text, start, length = one
            if text.strip() or not builder.ends_blank:
                builder.add(" " if not text.strip() else text, start, length)
        elif begins:
            _begin(document, one, builder, mixed=mixed)
            if (day := _day(one)) is not None:
                builder.add(*day)
                dated = one
        elif one.name in _PARTED and not mixed:
            _end(one, builder)


def _day(node: Node) -> tuple[str, int, int] | None:
    """Return the date that an access date's `day`, `month` and `year` make, with its place."""
    if node.name != "date-in-citation" or node.first("year") is None:
        return None
    parts = [one for name in ("year", "month", "day") if (one := node.first(name)) is not None and one.text]
    places = [place for one in parts if (place := one.place()) is not None]
    start, end = min(place[0] for place in places), max(place[1] for place in places)
    if all(one.text.isascii() and one.text.isdigit() for one in parts):
        return "-".join(one.text.zfill(2) for one in parts), start, end - start
    return " ".join(one.text for one in reversed(parts)), start, end - start


def _end(node: Node, builder: Builder) -> None:
    """Part one field of an element citation from the next as a reference in prose does."""
    stop = node.name in _SENTENCES and not "".join(builder.parts[-2:]).rstrip().endswith((".", "?", "!"))
    if stop or not builder.ends_blank:
        builder.add(". " if stop else " ", node.end, 0)


def _begin(document: Document, node: Node, builder: Builder, *, mixed: bool) -> None:
    if node.name == "date-in-citation" and node.attributes.get("content-type", "accessed") in _ACCESS:
        if "access" not in "".join(builder.parts[-3:]).lower():
            builder.add(" Accessed ", node.start, 0)
    elif node.name in _PARTED and not mixed and not builder.ends_blank:
        builder.add(" ", node.start, 0)
    if node.name in _LINKS and (href := node.attributes.get("href")):
        at = document.text.find(href, node.start, node.end)
        if at >= 0:
            begin = builder.length
            length = sum(len(text) for text, _, _ in node.pieces())
            builder.links.append(
                Link(
                    start=begin, end=begin + max(length, 0), href=href, href_start=at, href_end=at + len(href)
                )
            )


def _walk(node: Node) -> Iterator[tuple["Node | tuple[str, int, int]", bool]]:
    """Yield texts and elements in order, an element when it begins (True) and when it ends (False)."""
    waiting: list[tuple[Node | tuple[str, int, int], bool]] = [(one, True) for one in reversed(node.content)]
    while waiting:
        one, begins = waiting.pop()
        yield one, begins
        if isinstance(one, Node) and begins:
            waiting.append((one, False))
            waiting.extend((inner, True) for inner in reversed(one.content))


EXTRACTOR = JatsExtractor()
