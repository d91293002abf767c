"""Markdown: "([archived](ADDRESS))" after the access date, or after the link where there is no date."""

import re

from monitor.amend import places
from monitor.amend.span_writer import ArchiveLink, SpanWriter, anchor
from monitor.model.finding import Edit

_DEFINITION = re.compile(r"[ \t>]*\[(?!\^)[^\]]+\]:[ \t]")
_LINK_END = re.compile(r">?(?:[ \t]+(?:\"[^\"\n]*\"|'[^'\n]*'|\([^()\n]*\)))?[ \t]*\)")


class MarkdownWriter(SpanWriter):
    """Writes Markdown (CommonMark and its common dialects)."""

    formats = ("markdown",)

    def spell_url(self, url: str) -> str:
        """Brackets would end a link's target."""
        return url.replace("(", "%28").replace(")", "%29")

    def archive_text(self, link: ArchiveLink) -> str:
        """Return the link to copy."""
        return f"([archived]({self.spell_url(link.url)}))"

    def archive(self, link: ArchiveLink) -> list[Edit]:
        """Put the link after the date's bracket; a link definition has no room for one."""
        document, text = link.document, link.document.text
        place = anchor(document, link.assessment)
        if place is None:
            return []
        start, end = place
        line_start, line_end = places.line_bounds(text, end)
        if _DEFINITION.match(text, line_start, line_end):
            return []
        at = (
            places.past_bracket(text, end)
            if link.assessment.citation.access_dates
            else _after_link(text, start, end)
        )
        return [places.edit(document, at, at, " " + self.archive_text(link))]


def _after_link(text: str, start: int, end: int) -> int:
    """Return the place after the construct that holds the address: [text](address "title"), <address>."""
    before = text[max(0, start - 2) : start]
    if before.endswith(("(", "(<")) and (closed := _LINK_END.match(text, end, end + 500)):
        return closed.end()
    return end + 1 if before.endswith("<") and text[end : end + 1] == ">" else end
