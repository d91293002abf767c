"""Formats without a writer of their own: dates and addresses in place, archive links to copy."""

from monitor.amend.span_writer import ArchiveLink, SpanWriter
from monitor.model.finding import Edit


class PlainWriter(SpanWriter):
    """Shows what to write where; only a date, which is spelled the same everywhere, is edited."""

    spells_addresses = False

    def archive(self, link: ArchiveLink) -> list[Edit]:  # noqa: ARG002 - the base class's signature
        """Return no edit: where an archive link belongs is not known."""
        return []
