"""RIS: a note line (N1) after the line of the access date or the address; RIS has no tag for archives."""

import re

from monitor.amend import places
from monitor.amend.span_writer import ArchiveLink, SpanWriter, anchor
from monitor.model.finding import Edit

_TAGGED = re.compile(r"[A-Z][A-Z0-9]  - ")


class RisWriter(SpanWriter):
    """Writes RIS files."""

    formats = ("ris",)

    def archive_text(self, link: ArchiveLink) -> str:
        """Return the line to copy."""
        return f"N1  - Archived {link.snapshot.timestamp.date().isoformat()}: {link.url}"

    def archive(self, link: ArchiveLink) -> list[Edit]:
        """Put the line after the tagged line; elsewhere there is no place."""
        document, text = link.document, link.document.text
        place = anchor(document, link.assessment)
        if place is None:
            return []
        start, end = places.line_bounds(text, place[1])
        if not _TAGGED.match(text, start, end):
            return []
        new = places.newline_after(text, end) + self.archive_text(link)
        return [places.edit(document, end, end, new)]
