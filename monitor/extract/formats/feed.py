"""RSS 2.0, Atom (RFC 4287) and WordPress exports: the HTML of each entry, read as one page."""

from collections.abc import Iterator
from dataclasses import replace

from monitor.extract.embedded import embedded
from monitor.extract.formats import html
from monitor.extract.markup.link_lists import href_place, link_passage, outward
from monitor.extract.markup.xml_nodes import Node, read_xml
from monitor.extract.passage import Passage
from monitor.model.citation import Extraction
from monitor.model.document import Document

_ENTRIES = ("item", "entry")
_BODIES = ("encoded", "content", "description", "summary")


class FeedExtractor:
    """Reads feeds and exports of weblogs: what their entries cite, not the entries' own addresses."""

    name = "feed"

    def passages(self, document: Document) -> tuple[Passage, ...]:
        """Return the address of each entry, called by its title, and what the entries hold."""
        root = read_xml(document.text, [])
        inner = embedded(document, _written(root), "html")
        return (*_entries(document.text, root), *outward(inner, html.EXTRACTOR.passages(inner)))

    def extract(self, document: Document) -> Extraction:
        """Return every citation in the entries, in document order; faults of the XML stand in the notes."""
        notes: list[str] = []
        root = read_xml(document.text, notes)
        inner = embedded(document, _written(root), "html")
        found = html.EXTRACTOR.extract(inner)
        channel = next(root.all("channel", "feed"), None)
        named = channel.first("title") if channel else None
        return replace(
            found, format=self.name, title=named.text if named else None, notes=(*notes, *found.notes)
        )


def _entries(text: str, root: Node) -> Iterator[Passage]:
    """Yield the entries' own addresses: RSS writes them as text, Atom as `href` of an alternate link."""
    for entry in root.all(*_ENTRIES):
        for link in (one for one in entry.children if one.name == "link"):
            href = link.text or link.attributes.get("href", "")
            place = link.place() if link.text else href_place(text, link)
            if place is not None and link.attributes.get("rel", "alternate") == "alternate":
                yield link_passage(entry.first("title"), href, place)


def _written(root: Node) -> Iterator[tuple[str, int, int]]:
    """Yield the HTML of the entries with its places; of a full text and a summary only the full text."""
    for entry in root.all(*_ENTRIES):
        bodies = [one for name in _BODIES for one in entry.children if one.name == name and one.text]
        for body in bodies[:1]:
            yield "<div>\n", body.start, 0
            yield from body.pieces()
            yield "\n</div>\n", body.end, 0


EXTRACTOR = FeedExtractor()
