"""What an amendment writer takes and gives."""

from datetime import date
from typing import Protocol

from monitor.model.document import Document
from monitor.model.finding import Amendment
from monitor.model.run import Assessment


class Writer(Protocol):
    """Writes the edit a finding asks for in one document format. Pure."""

    @property
    def formats(self) -> tuple[str, ...]:
        """Return the document formats this writer serves."""
        ...

    def amend(self, document: Document, assessment: Assessment, today: date) -> Amendment | None:
        """Return the exact edit for the assessment's finding, or None where there is nothing to write."""
        ...
