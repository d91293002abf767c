"""MODS 3 (loc.gov/standards/mods): `<location><url dateLastAccessed="2021-05-03">`."""

import re

from monitor.extract.dates.values import DateHints
from monitor.extract.markup.xml_nodes import Node
from monitor.extract.records.records import Record, field_date, whole, year_of
from monitor.extract.records.xml_records import accessed, identify, locate, noted, read_records, said
from monitor.model.citation import Extraction
from monitor.model.document import Document
from monitor.patterns import lazy

_ACCESSED = lazy(r"\bdateLastAccessed\s*=\s*([\"'])(?P<date>.*?)\1", re.DOTALL)


class ModsExtractor:
    """Reads MODS records, one or a collection."""

    name = "mods"

    def extract(self, document: Document) -> Extraction:
        """Return every citation in document order; faults of the XML stand in the notes."""
        return read_records(document, ("mods",), _fill, reason="the record has no location")


def _fill(document: Document, node: Node, record: Record, hints: DateHints) -> None:
    for child in node.children:
        if child.name == "location":
            _located(document, child, record, hints)
        elif child.name == "identifier" and child.attributes.get("type") == "doi":
            identify(record, child)
    for child in node.children:
        if child.name == "note" and "access" in child.attributes.get("type", "").lower():
            accessed(document, record, child, hints)
        elif child.name == "note":
            noted(document, record, child, hints)
    titles = node.first("titleInfo")
    parts = [said(titles.first(name)) for name in ("nonSort", "title", "subTitle")] if titles else []
    record.title = " ".join(part for part in parts if part) or None
    people = [
        " ".join(part.text for part in name.all("namePart")) for name in node.children if name.name == "name"
    ]
    host = next((one for one in node.children if one.attributes.get("type") == "host"), None)
    record.attribution = [
        "; ".join(person for person in people if person) or None,
        said(host.first("titleInfo", "title")) if host else said(next(node.all("publisher"), None)),
    ]
    record.published = year_of(said(next(node.all("dateIssued", "dateCreated"), None)), hints)


def _located(document: Document, location: Node, record: Record, hints: DateHints) -> None:
    """Take the addresses of a location, and when each was read."""
    for url in [one for one in location.all("url") if one.attributes.get("access") != "preview"][:20]:
        locate(record, url)
        if "dateLastAccessed" in url.attributes:
            written = _ACCESSED.search(document.text, url.start, document.text.find(">", url.start))
            if written and (date := field_date(document, whole(document, *written.span("date")), hints)):
                record.add_date(date)


EXTRACTOR = ModsExtractor()
