"""What an extractor takes and gives."""

from typing import Protocol

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
