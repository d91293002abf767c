"""HTML: Robust Links attributes on the link itself, else a second link after the access date.

`data-versionurl` and `data-versiondate`: Van de Sompel et al., "Robust Links", robustlinks.mementoweb.org.
"""

import re
from html import escape

from monitor.amend import places
from monitor.amend.span_writer import ArchiveLink, SpanWriter, anchor
from monitor.model.finding import Edit

_HREF_BEFORE = re.compile(r"<a\b[^<>]{0,2000}?\shref\s*=\s*(?P<quote>[\"']?)\s*$", re.IGNORECASE | re.DOTALL)
_TAG_WINDOW = 2100


class HtmlWriter(SpanWriter):
    """Writes HTML."""

    formats = ("html",)

    def spell_url(self, url: str) -> str:
        """Escape what ends an attribute."""
        return escape(url, quote=True).replace("&#x27;", "&#39;")

    def archive_text(self, link: ArchiveLink) -> str:
        """Return the attributes to copy into the link."""
        day = link.snapshot.timestamp.date().isoformat()
        return f'data-versionurl="{self.spell_url(link.url)}" data-versiondate="{day}"'

    def archive(self, link: ArchiveLink) -> list[Edit]:
        """Put the attributes after `href`; where the address is mere text, a link after the date."""
        document, text = link.document, link.document.text
        span = link.assessment.citation.url_span
        if span is not None:
            start, end = places.local(document, span)
            inside = _HREF_BEFORE.search(text[max(0, start - _TAG_WINDOW) : start])
            if inside is not None:
                at = end + len(inside["quote"])
                if text[end:at] != inside["quote"]:
                    return []
                return [places.edit(document, at, at, " " + self.archive_text(link))]
        place = anchor(document, link.assessment)
        if place is None:
            return []
        at = places.past_bracket(text, place[1])
        if _in_tag(text, at):
            return []
        return [places.edit(document, at, at, f' [<a href="{self.spell_url(link.url)}">archived</a>]')]


def _in_tag(text: str, position: int) -> bool:
    """Tell whether a place lies between < and >, where nothing may be put."""
    window = text[max(0, position - _TAG_WINDOW) : position]
    return window.rfind("<") > window.rfind(">")
