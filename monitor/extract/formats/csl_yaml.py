"""CSL-YAML, as pandoc reads and writes it: `references:` with one mapping an item, or a bare list."""

from collections.abc import Iterator

from yaml.nodes import MappingNode

from monitor.extract.dates.hints import collect_hints
from monitor.extract.markup.yaml_nodes import documents, items, members, place_of, value_of
from monitor.extract.records.csl_records import Item, item_citation
from monitor.extract.records.records import ordered
from monitor.model.citation import Citation, Extraction
from monitor.model.document import Document

_PLACED = ("URL", "DOI", "accessed", "note")
_READ = frozenset(
    {
        "URL",
        "DOI",
        "accessed",
        "note",
        "title",
        "container-title",
        "author",
        "editor",
        "publisher",
        "issued",
        "archive_location",
    }
)


class CslYamlExtractor:
    """Reads CSL-YAML."""

    name = "csl-yaml"

    def extract(self, document: Document) -> Extraction:
        """Return every citation in document order; what cannot be read stands in the notes, with its line."""
        notes: list[str] = []
        found = ordered(listed_items(document, document.text, notes))
        return Extraction(document=document.path, format=self.name, citations=found, notes=tuple(notes))


def listed_items(document: Document, text: str, notes: list[str]) -> Iterator[Citation | None]:
    """Yield the citation of each item of `references:`, or of a bare list.

    `text` is the document's, or its YAML head with what stands around it blanked.
    """
    hints = collect_hints(document.text)
    for root in documents(text, notes):
        listed = members(root).get("references") if isinstance(root, MappingNode) else root
        for node in items(listed) if listed is not None else []:
            fields = members(node)
            values = {name: value_of(fields[name]) for name in fields.keys() & _READ}
            places = {name: place_of(fields[name], text) for name in _PLACED if name in fields}
            start, end = place_of(node, text)
            yield item_citation(document, Item(values, start, end, places), hints)


EXTRACTOR = CslYamlExtractor()
