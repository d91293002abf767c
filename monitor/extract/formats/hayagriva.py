"""Hayagriva, the bibliography of Typst: a YAML mapping of entries (Hayagriva file format)."""

from yaml.nodes import MappingNode, Node, ScalarNode

from monitor.extract.dates.hints import collect_hints
from monitor.extract.dates.values import DateHints
from monitor.extract.markup.yaml_nodes import documents, members, place_of, value_of
from monitor.extract.records.records import Record, field_date, ordered, prose_dates, whole, year_of
from monitor.model.citation import Citation, Extraction
from monitor.model.document import Document

_PARENTS = 4
"""How deep a work may stand in its parents: an article in a proceedings in a series."""


class HayagrivaExtractor:
    """Reads Hayagriva."""

    name = "hayagriva"

    def extract(self, document: Document) -> Extraction:
        """Return every citation in document order; what cannot be read stands in the notes, with its line."""
        hints = collect_hints(document.text)
        notes: list[str] = []
        found = [
            _citation(document, node, hints)
            for root in documents(document.text, notes)
            for node in members(root).values()
            if isinstance(node, MappingNode)
        ]
        return Extraction(
            document=document.path, format=self.name, citations=ordered(found), notes=tuple(notes)
        )


def _citation(document: Document, node: Node, hints: DateHints) -> Citation | None:
    fields = members(node)
    start, end = place_of(node, document.text)
    record = Record(start=start, end=end, reason="the entry has no url")
    holder: Node | None = node
    for _ in range(_PARENTS):
        _locate(document, record, members(holder) if holder is not None else {}, hints)
        holder = _first(members(holder).get("parent")) if holder is not None else None
    serial = fields.get("serial-number")
    doi = members(serial).get("doi", serial) if serial is not None else None
    if isinstance(doi, ScalarNode):
        record.identify(str(doi.value), *place_of(doi, document.text))
    if "note" in fields and isinstance(fields["note"], ScalarNode):
        for date in prose_dates(document, whole(document, *place_of(fields["note"], document.text)), hints)[
            0
        ]:
            record.add_date(date)
    record.title = _text(fields.get("title"))
    parent = members(_first(fields.get("parent")) or node) if "parent" in fields else {}
    record.attribution = [
        _people(fields.get("author")),
        _people(fields.get("organization")) or _text(parent.get("title")) or _text(fields.get("publisher")),
    ]
    record.published = year_of(_text(fields.get("date")), hints)
    return record.citation(document)


def _locate(document: Document, record: Record, fields: dict[str, Node], hints: DateHints) -> None:
    """Take "url: https://…" or "url: {value: https://…, date: 2021-05-03}"; the nearest address counts."""
    url = fields.get("url")
    if url is None or record.url is not None:
        return
    inner = members(url)
    value, date = inner.get("value", url), inner.get("date")
    if isinstance(value, ScalarNode):
        record.locate(str(value.value), *place_of(value, document.text))
    if isinstance(date, ScalarNode) and (
        read := field_date(document, whole(document, *place_of(date, document.text)), hints)
    ):
        record.add_date(read)


def _first(node: Node | None) -> Node | None:
    """Return a parent, or the first of several."""
    if isinstance(node, MappingNode) or node is None:
        return node
    return next((one for one in getattr(node, "value", ()) if isinstance(one, MappingNode)), None)


def _text(node: Node | None) -> str | None:
    """Return a string, or the `value` of a formattable one."""
    if isinstance(node, ScalarNode):
        return str(value_of(node))
    value = members(node).get("value") if node is not None else None
    return str(value_of(value)) if isinstance(value, ScalarNode) else None


def _people(node: Node | None) -> str | None:
    """Return "Given Name, Other Name" of one name, a list of names, or names in parts."""
    if node is None:
        return None
    value = value_of(node)
    names = value if isinstance(value, list) else [value]
    return "; ".join(shown for name in names[:30] if (shown := _name(name))) or None


def _name(name: object) -> str:
    if isinstance(name, dict):
        return " ".join(str(name[key]) for key in ("given-name", "prefix", "name") if name.get(key))
    family, comma, given = str(name).partition(", ")
    return f"{given} {family}" if comma else family


EXTRACTOR = HayagrivaExtractor()
