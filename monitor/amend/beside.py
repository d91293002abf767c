"""LaTeX and reStructuredText: the archived copy right after the access date, as their own kind of link."""

import re

from monitor.amend import places
from monitor.amend.span_writer import ArchiveLink, SpanWriter, anchor
from monitor.model.finding import Edit

_TEX_ADDRESS_END = re.compile(r"\s{0,4}\}(?:\s{0,4}\{[^{}\n]{0,300}\})?")
_RST_TARGET = re.compile(r"\s*\.\. _[^:\n]{1,300}:\s")
_RST_LINK_END = re.compile(r">`__?")


class _BesideWriter(SpanWriter):
    """Puts the link after the date's bracket, or after the construct that holds the address."""

    def after_address(self, text: str, start: int, end: int) -> int | None:
        """Return the place after the address's construct; None where nothing may follow it."""
        raise NotImplementedError

    def archive(self, link: ArchiveLink) -> list[Edit]:
        """Return the one insertion."""
        document, text = link.document, link.document.text
        place = anchor(document, link.assessment)
        if place is None:
            return []
        start, end = place
        dated = bool(link.assessment.citation.access_dates)
        at = places.past_bracket(text, end) if dated else self.after_address(text, start, end)
        return [] if at is None else [places.edit(document, at, at, " " + self.archive_text(link))]


class LatexWriter(_BesideWriter):
    """Writes LaTeX bibliographies and running text."""

    formats = ("latex",)

    def spell_url(self, url: str) -> str:
        r"""Escape what ends a line or a parameter even inside \\url."""
        return url.replace("%", r"\%").replace("#", r"\#")

    def archive_text(self, link: ArchiveLink) -> str:
        r"""Return the text to copy: a short link where the document has \href, else the address."""
        url = self.spell_url(link.url)
        if re.search(r"\\href\b|\{[^{}]*\bhyperref\b", link.document.text):
            return rf"(\href{{{url}}}{{archived}})"
        return rf"(archived at \url{{{url}}})"

    def after_address(self, text: str, start: int, end: int) -> int:
        r"""Return the place after \\url{…} or \\href{…}{…}; after a bare address itself."""
        closed = _TEX_ADDRESS_END.match(text, end)
        inside = re.search(r"\\(?:url|href|nolinkurl|path)\s*\{\s*$", text[max(0, start - 40) : start])
        return closed.end() if closed and inside else end


class RstWriter(_BesideWriter):
    """Writes reStructuredText."""

    formats = ("rst",)

    def archive_text(self, link: ArchiveLink) -> str:
        """Return the anonymous link to copy; named ones must be unique in a document."""
        return f"(`archived <{self.spell_url(link.url)}>`__)"

    def spell_url(self, url: str) -> str:
        """A trailing underscore would make the address a reference."""
        return url[:-1] + "%5F" if url.endswith("_") else url

    def after_address(self, text: str, start: int, end: int) -> int | None:  # noqa: ARG002 - the base's
        """Return the place after `text <address>`_ or a bare address; a target line has no room."""
        line_start, line_end = places.line_bounds(text, end)
        if _RST_TARGET.match(text, line_start, line_end):
            return None
        closed = _RST_LINK_END.match(text, end)
        return closed.end() if closed else end
