"""JATS (ANSI/NISO Z39.96): the references of a scholarly article, `<ref-list><ref>`.

A citation's elements become one passage; its links are the `ext-link` and `uri` elements, and what a
`date-in-citation` of access holds is told as the grammar expects it.
"""

from collections.abc import Iterator

from monitor.extract.dates.values import collect_hints
from monitor.extract.markup.xml_nodes import Node, read_xml
from monitor.extract.passage import Builder, Group, Kind, Link, Passage
from monitor.extract.reading import read
from monitor.model.citation import Extraction
from monitor.model.document import Document

_CITATIONS = ("mixed-citation", "element-citation", "nlm-citation", "citation")
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
            for ref in root.all("ref")
            for citation in [one for one in ref.children if one.name in _CITATIONS]
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
    _add(document, citation, builder, mixed=citation.name == "mixed-citation")
    return builder.passage(kind=Kind.ITEM, group=group, listed=True)


def _add(document: Document, node: Node, builder: Builder, *, mixed: bool) -> None:
    """Add an element's text; where the elements alone part it, blanks and stops are put between them."""
    for one, begins in _walk(node):
        if isinstance(one, Node):
            if begins:
                _begin(document, one, builder, mixed=mixed)
            elif one.name in _PARTED and not mixed:
                _end(one, builder)
            continue
        text, start, length = one
        if text.strip() or not builder.ends_blank:
            builder.add(" " if not text.strip() else text, start, length)


def _end(node: Node, builder: Builder) -> None:
    """Part one field of an element citation from the next as a reference in prose does."""
    stop = node.name in _SENTENCES and not "".join(builder.parts[-2:]).rstrip().endswith((".", "?", "!"))
    if stop or not builder.ends_blank:
        builder.add(". " if stop else " ", node.end, 0)


def _begin(document: Document, node: Node, builder: Builder, *, mixed: bool) -> None:
    if node.name == "date-in-citation" and node.attributes.get("content-type") in _ACCESS:
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
