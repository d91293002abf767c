"""What an extractor takes and gives, and what some tell beside citations."""

from collections.abc import Iterator
from typing import Protocol, runtime_checkable

from monitor.extract.passage import Passage
from monitor.model.citation import Extraction
from monitor.model.document import Document


class Extractor(Protocol):
    """Reads one format. Pure, and total: hostile text ends in a capped result with a note."""

    @property
    def name(self) -> str:
        """Return the format's name as in config and reports: "text", "html", "markdown" …"""
        ...

    def extract(self, document: Document) -> Extraction:
        """Return every citation, in document order, and what was rejected and why."""
        ...


@runtime_checkable
class Paged(Protocol):
    """An extractor that shows a document as its reader sees it."""

    def passages(self, document: Document) -> tuple[Passage, ...]:
        """Return the document's passages."""
        ...


@runtime_checkable
class Stretched(Protocol):
    """An extractor that tells which parts of a document are text with inline markup, code left out."""

    def stretches(self, document: Document) -> Iterator[tuple[int, int]]:
        """Yield their places in document order."""
        ...
