"""CITATION.cff: the references a work gives (Citation File Format 1.2.0, `references`, `preferred-citation`).

The work's own address at the top level is no citation.
"""

from yaml.nodes import MappingNode, Node, ScalarNode

from monitor.extract.dates.values import DateHints, collect_hints
from monitor.extract.markup.yaml_nodes import documents, items, members, place_of, value_of
from monitor.extract.records.csl_records import people
from monitor.extract.records.records import Record, field_date, ordered, prose_dates, whole, year_of
from monitor.model.citation import Citation, Extraction
from monitor.model.document import Document

_ADDRESSES = ("url", "repository-artifact", "repository-code", "repository")
_ATTRIBUTION = ("journal", "collection-title", "publisher", "institution", "conference")


class CffExtractor:
    """Reads CITATION.cff."""

    name = "cff"

    def extract(self, document: Document) -> Extraction:
        """Return every citation in document order; what cannot be read stands in the notes, with its line."""
        hints = collect_hints(document.text)
        notes: list[str] = []
        found: list[Citation | None] = []
        title = None
        for root in documents(document.text, notes):
            fields = members(root)
            title = title or (value_of(fields["title"]) if "title" in fields else None)
            cited = items(fields["references"]) if "references" in fields else []
            if "preferred-citation" in fields and isinstance(fields["preferred-citation"], MappingNode):
                cited = [*cited, fields["preferred-citation"]]
            found.extend(_citation(document, node, hints) for node in cited)
        return Extraction(
            document=document.path, format=self.name, title=title if isinstance(title, str) else None,
            citations=ordered(found), notes=tuple(notes),
        )  # fmt: skip


def _citation(document: Document, node: Node, hints: DateHints) -> Citation | None:
    fields = members(node)
    start, end = place_of(node, document.text)
    record = Record(start=start, end=end, reason="the reference has no url")
    for name in _ADDRESSES:
        if name in fields and isinstance(fields[name], ScalarNode):
            record.locate(str(fields[name].value), *place_of(fields[name], document.text))
    for one in map(members, items(fields["identifiers"]) if "identifiers" in fields else ()):
        if "value" in one and "type" in one and value_of(one["type"]) == "url":
            record.locate(str(value_of(one["value"])), *place_of(one["value"], document.text))
    if "date-accessed" in fields and isinstance(fields["date-accessed"], ScalarNode):
        date = field_date(document, whole(document, *place_of(fields["date-accessed"], document.text)), hints)
        if date is not None:
            record.add_date(date)
    if "notes" in fields and isinstance(fields["notes"], ScalarNode):
        for date in prose_dates(document, whole(document, *place_of(fields["notes"], document.text)), hints)[
            0
        ]:
            record.add_date(date)
    title = fields.get("title")
    record.title = str(value_of(title)) if isinstance(title, ScalarNode) else None
    record.attribution = [people(value_of(fields["authors"])) if "authors" in fields else None]
    for name in _ATTRIBUTION:
        if name in fields:
            value = value_of(fields[name])
            record.attribution = [
                *record.attribution,
                value.get("name") if isinstance(value, dict) else str(value),
            ]
    dated = next(
        (
            fields[name]
            for name in ("date-published", "date-released", "issue-date", "year")
            if name in fields
        ),
        None,
    )
    record.published = (
        year_of(str(dated.value), hints) if dated is not None and isinstance(dated, ScalarNode) else None
    )
    return record.citation(document)


EXTRACTOR = CffExtractor()
