"""Zotero's RDF export: Dublin Core, BIBO and Zotero's own terms, one element a work.

A reader of RDF graphs (rdflib) is heavy and gives no places; Zotero writes one plain tree of elements.
`dcterms:dateSubmitted` is what Zotero calls "Accessed".
"""

from monitor.extract.dates.values import DateHints
from monitor.extract.markup.xml_nodes import Node
from monitor.extract.records.records import Record, year_of
from monitor.extract.records.xml_records import accessed, locate, noted, read_records, said
from monitor.model.citation import Extraction
from monitor.model.document import Document

_WORKS = (
    "Description", "Document", "Article", "Book", "BookSection", "Report", "Thesis", "Patent", "Letter",
    "Manuscript", "Interview", "Recording", "Image", "MotionPicture", "ConferenceProceedings", "Illustration",
    "Legislation", "Memo", "Script", "Data",
)  # fmt: skip


class ZoteroRdfExtractor:
    """Reads Zotero's RDF."""

    name = "zotero-rdf"

    def extract(self, document: Document) -> Extraction:
        """Return every citation in document order; faults of the XML stand in the notes."""
        return read_records(document, _WORKS, _fill, reason="the work has no URI")


def _fill(document: Document, node: Node, record: Record, hints: DateHints) -> None:
    kind = said(node.first("itemType"))
    if kind in ("attachment", "note"):
        return
    for identifier in (child for child in node.children if child.name == "identifier"):
        locate(record, identifier.first("URI", "value"))
    accessed(document, record, node.first("dateSubmitted"), hints)
    noted(document, record, node.first("description"), hints)
    record.title = said(node.first("title"))
    people = node.first("authors") or node.first("editors")
    names = [
        " ".join(part for part in (said(one.first("givenName")), said(one.first("surname"))) if part)
        for one in (people.all("Person") if people else ())
    ]
    holder = node.first("isPartOf")
    record.attribution = [
        "; ".join(name for name in names[:30] if name) or None,
        said(next(holder.all("title"), None)) if holder else said(next(node.all("name"), None)),
    ]
    record.published = year_of(said(node.first("date")), hints)


EXTRACTOR = ZoteroRdfExtractor()
