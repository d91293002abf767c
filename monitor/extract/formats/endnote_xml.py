"""EndNote's XML export: `<records><record>` with `<related-urls>` and `<access-date>`."""

from monitor.extract.dates.values import DateHints
from monitor.extract.markup.xml_nodes import Node
from monitor.extract.records.records import Record, year_of
from monitor.extract.records.xml_records import accessed, identify, joined, locate, noted, read_records, said
from monitor.model.citation import Extraction
from monitor.model.document import Document


class EndnoteXmlExtractor:
    """Reads EndNote's XML export."""

    name = "endnote-xml"

    def extract(self, document: Document) -> Extraction:
        """Return every citation in document order; faults of the XML stand in the notes."""
        return read_records(document, ("record",), _fill, reason="the record has no url")


def _fill(document: Document, node: Node, record: Record, hints: DateHints) -> None:
    for holder in ("web-urls", "related-urls", "text-urls"):
        for url in [one for found in node.all(holder) for one in found.all("url")][:20]:
            locate(record, url)
    identify(record, next(node.all("electronic-resource-num"), None))
    accessed(document, record, next(node.all("access-date"), None), hints)
    for name in ("notes", "research-notes", *(f"custom{number}" for number in range(1, 8))):
        noted(document, record, node.first(name), hints)
    record.title = said(node.first("titles", "title"))
    record.attribution = [
        joined(list(node.all("author"))[:30]),
        said(node.first("titles", "secondary-title")) or said(node.first("publisher")),
    ]
    dated = next(node.all("pub-dates"), None) or node.first("dates", "year")
    record.published = year_of(said(node.first("dates", "year")) or said(dated), hints)


EXTRACTOR = EndnoteXmlExtractor()
