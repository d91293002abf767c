"""Formats without a writer of their own (PDF, DOCX): what to write is shown, dates are edited."""

from monitor.amend.interface import NoPlace
from monitor.amend.span_writer import ArchiveLink, SpanWriter
from monitor.model.document import Document
from monitor.model.finding import Edit


class PlainWriter(SpanWriter):
    """Shows what to write where; only a date, which is spelled the same everywhere, is edited."""

    def archive(self, link: ArchiveLink) -> NoPlace:  # noqa: ARG002 - the base class's signature
        """Return no edit: where an archive link belongs is not known."""
        return NoPlace.NO_FIELD

    def addresses(self, document: Document, start: int, end: int, url: str) -> list[Edit] | NoPlace:  # noqa: ARG002 - the base class's signature
        """Return no edit: how the format spells an address is not known."""
        return NoPlace.NO_WRITER
