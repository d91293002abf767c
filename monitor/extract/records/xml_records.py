"""What bibliographic records in XML have in common: an element each, its fields by name."""

from collections.abc import Callable, Iterable

from monitor.extract.dates.hints import collect_hints
from monitor.extract.dates.values import DateHints
from monitor.extract.markup.xml_nodes import Node, read_xml
from monitor.extract.records.records import Record, field_date, ordered, prose_dates, whole
from monitor.model.citation import Citation, Extraction
from monitor.model.document import Document

Fill = Callable[[Document, Node, Record, DateHints], None]
"""Puts what one element says into a record."""


def read_records(document: Document, names: Iterable[str], fill: Fill, *, reason: str) -> Extraction:
    """Return a citation for each element of these names; faults of the XML stand in the notes."""
    notes: list[str] = []
    hints = collect_hints(document.text)
    found: list[Citation] = []
    for node in read_xml(document.text, notes).all(*names):
        record = Record(start=node.start, end=node.end, reason=reason)
        fill(document, node, record, hints)
        found.extend(record.citations(document))
    return Extraction(
        document=document.path, format=document.format, citations=ordered(found), notes=tuple(notes)
    )


def locate(record: Record, node: Node | None) -> None:
    """Take the address an element holds; one after the first is a citation of its own."""
    place = node.place() if node is not None else None
    if node is not None and place is not None:
        record.locate_also(node.text, *place)


def identify(record: Record, node: Node | None) -> None:
    """Take the DOI an element holds."""
    place = node.place() if node is not None else None
    if node is not None and place is not None:
        record.identify(node.text, *place)


def accessed(document: Document, record: Record, node: Node | None, hints: DateHints) -> None:
    """Take the access date an element holds."""
    place = node.place() if node is not None else None
    if place is not None and (date := field_date(document, whole(document, *place), hints)) is not None:
        record.add_date(date)


def noted(document: Document, record: Record, node: Node | None, hints: DateHints) -> None:
    """Take access dates, and the address beside them, from a note in prose."""
    place = node.place() if node is not None else None
    if place is None:
        return
    passage = whole(document, place[0], min(place[1], place[0] + 2000))
    for date in prose_dates(document, passage, hints)[0]:
        record.add_date(date)
    if record.dates:
        record.locate_in(passage)
    record.archived_in(passage)


def said(node: Node | None) -> str | None:
    """Return an element's text; None for a missing or blank one."""
    return (node.text or None) if node is not None else None


def joined(nodes: Iterable[Node]) -> str | None:
    """Return the texts of several elements, "; " between them."""
    return "; ".join(text for node in nodes if (text := node.text)) or None
