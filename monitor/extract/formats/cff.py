"""CITATION.cff: the references a work gives (Citation File Format 1.2.0, `references`, `preferred-citation`).

The work's own address at the top level is no citation.
"""

from collections.abc import Iterator, Mapping

from yaml.nodes import MappingNode, Node, ScalarNode

from monitor.extract.dates.hints import collect_hints
from monitor.extract.dates.values import DateHints
from monitor.extract.markup.yaml_nodes import documents, items, members, place_of, value_of
from monitor.extract.records.csl_records import people
from monitor.extract.records.records import Record, field_date, ordered, prose_dates, whole, year_of
from monitor.model.citation import Citation, Extraction
from monitor.model.document import Document

_ADDRESSES = ("url", "repository-artifact", "repository-code", "repository")
_PUBLISHED = ("date-published", "date-released", "issue-date", "year")
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
    _located(document, record, fields)
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
    record.attribution = list(_attribution(fields))
    dated = next((fields[name] for name in _PUBLISHED if name in fields), None)
    record.published = year_of(str(dated.value), hints) if isinstance(dated, ScalarNode) else None
    return record.citation(document)


def _located(document: Document, record: Record, fields: Mapping[str, Node]) -> None:
    """Take the address, else the identifiers that are one; a DOI where there is no other."""
    for name in _ADDRESSES:
        if isinstance(node := fields.get(name), ScalarNode):
            record.locate(str(node.value), *place_of(node, document.text))
    named = [members(one) for one in (items(fields["identifiers"]) if "identifiers" in fields else ())]
    typed = [(value_of(one["type"]), one["value"]) for one in named if "type" in one and "value" in one]
    for kind, node in typed:
        if kind == "url":
            record.locate(str(value_of(node)), *place_of(node, document.text))
    own = [fields["doi"]] if isinstance(fields.get("doi"), ScalarNode) else []
    for node in (*own, *(node for kind, node in typed if kind == "doi")):
        record.identify(str(value_of(node)), *place_of(node, document.text))


def _attribution(fields: Mapping[str, Node]) -> Iterator[str | None]:
    """Yield who made the work, and who or what published it."""
    yield people(value_of(fields["authors"])) if "authors" in fields else None
    for name in _ATTRIBUTION:
        if name in fields:
            value = value_of(fields[name])
            yield value.get("name") if isinstance(value, dict) else str(value)


EXTRACTOR = CffExtractor()
