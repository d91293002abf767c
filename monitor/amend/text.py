"""Plain text, the gvnet layout first: a line "[archived ADDRESS]" after the line "[accessed DATE]"."""

import re

from monitor.amend import places
from monitor.amend.interface import NoPlace
from monitor.amend.span_writer import ArchiveLink, SpanWriter, anchor
from monitor.model.finding import Edit

_WHOLE_LINE = re.compile(r"[ \t]*\[[^\[\]]*\][ \t]*")


class TextWriter(SpanWriter):
    """Writes plain text."""

    def archive_text(self, link: ArchiveLink) -> str:
        """Return the line to copy."""
        return f"[archived {link.url}]"

    def archive(self, link: ArchiveLink) -> list[Edit] | NoPlace:
        """Put the link on its own line where the access date (or the address) has one, else beside it."""
        document, text = link.document, link.document.text
        place = anchor(document, link.assessment)
        if place is None:
            return NoPlace.NOWHERE
        start, end = place
        line_start, line_end = places.line_bounds(text, end)
        line = text[line_start:line_end]
        alone = _WHOLE_LINE.fullmatch(line) or line.strip() == text[start:end]
        if alone:
            indent = line[: len(line) - len(line.lstrip())]
            new = places.newline_after(text, line_end) + indent + self.archive_text(link)
            return [places.edit(document, line_end, line_end, new)]
        at = places.past_bracket(text, end)
        return [places.edit(document, at, at, " " + self.archive_text(link))]
