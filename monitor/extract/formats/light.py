"""One reader for the lightweight markups; each format is a dialect of its own (`markup/light_markup.py`)."""

from msgspec import Struct

from monitor.extract.dates.hints import collect_hints
from monitor.extract.layouts.fields import telling
from monitor.extract.markup.light_markup import Dialect, passages, title
from monitor.extract.passage import Passage
from monitor.extract.reading import read
from monitor.model.citation import Extraction
from monitor.model.document import Document


class LightExtractor(Struct, frozen=True, gc=False):
    """Reads one lightweight markup."""

    name: str
    dialect: Dialect

    def passages(self, document: Document) -> tuple[Passage, ...]:
        """Return the document as its reader sees it."""
        return passages(document.text, self.dialect, telling)

    def extract(self, document: Document) -> Extraction:
        """Return every citation in document order, and what was rejected and why."""
        found = self.passages(document)
        named = title(document.text, self.dialect, found)
        return read(document, found, collect_hints(document.text), title=named)
