"""RIS: a note line (N1) after the line of the access date or the address; RIS has no tag for archives."""

import re
from collections.abc import Iterable

from monitor.amend import places
from monitor.amend.interface import NoPlace
from monitor.amend.span_writer import ArchiveLink, SpanWriter, anchor, hints
from monitor.extract.dates.find import find_access_dates
from monitor.extract.dates.found import DateKind
from monitor.model.citation import Citation
from monitor.model.document import Document
from monitor.model.finding import Edit

_TAGGED = re.compile(r"[A-Z][A-Z0-9] {1,3}- ?")
_NOTE = re.compile(r"^(?:N1|M1|M2|AN|C1|C2|ET|RN|CN|NV) {1,3}- ?(?P<value>[^\r\n]*)", re.MULTILINE)
_DATED = re.compile(r"^(?:Y2|RD) {1,3}- ?(?P<value>\d{4}[/-]\d{1,2}[/-]\d{1,2})(?!\d)", re.MULTILINE)


class RisWriter(SpanWriter):
    """Writes RIS files."""

    def archive_text(self, link: ArchiveLink) -> str:
        """Return the line to copy."""
        return f"N1  - Archived {link.snapshot.timestamp.date().isoformat()}: {link.url}"

    def archive(self, link: ArchiveLink) -> list[Edit] | NoPlace:
        """Put the line after the tagged line and what it goes on with; elsewhere there is no place."""
        document, text = link.document, link.document.text
        place = anchor(document, link.assessment)
        if place is None:
            return NoPlace.NOWHERE
        start, end = places.line_bounds(text, place[1])
        if not _TAGGED.match(text, start, end):
            return NoPlace.UNCLOSED
        while end < len(text):
            _, following = places.line_bounds(text, end + len(places.newline_after(text, end)))
            line = text[end:following].strip()
            if not line or _TAGGED.match(line):
                break
            end = following
        new = places.newline_after(text, end) + self.archive_text(link)
        return [places.edit(document, end, end, new)]

    def repeated_dates(self, document: Document, citation: Citation) -> Iterable[tuple[int, int]]:
        """Return where the record's other lines claim the same day: "N1  - Accessed 3 May 2015"."""
        claim = citation.access_date
        if claim is None or claim.date is None:
            return
        begin, finish = places.local(document, citation.span)
        text = document.text
        for line in _DATED.finditer(text, begin, finish):
            parts = [int(part) for part in re.split("[/-]", line["value"])]
            if parts == [int(part) for part in claim.date.split("-")]:
                yield line.span("value")
        for line in _NOTE.finditer(text, begin, finish):
            for found in find_access_dates(line["value"][:4000], hints(text)):
                if found.kind is DateKind.ACCESSED and found.date == claim.date:
                    yield line.start("value") + found.start, line.start("value") + found.end
