"""HTML: Robust Links attributes on the link itself for programs, and a second link for readers.

`data-versionurl` and `data-versiondate`: Van de Sompel et al., "Robust Links", robustlinks.mementoweb.org.
"""

import re
from collections.abc import Iterable
from html import escape

from monitor.amend import places
from monitor.amend.interface import NoPlace
from monitor.amend.span_writer import ArchiveLink, SpanWriter, anchor
from monitor.model.citation import Citation
from monitor.model.document import Document
from monitor.model.finding import Edit
from monitor.text_io.html_tokens import Token, attributes

_WINDOW = 4200
_OPENING = re.compile(r"<(?P<name>[a-zA-Z][^\s/>]{0,60})(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>")
_HREF_BEFORE = re.compile(r"<a\b[^<>]{0,2000}?\shref\s*=\s*(?P<quote>[\"']?)\s*$", re.IGNORECASE | re.DOTALL)
_LINK_ENDS = re.compile(r"</a\s*>", re.IGNORECASE)
_LINK = re.compile(r"<a\b[^<>]*>|</a\s*>", re.IGNORECASE)
_CLOSING = re.compile(
    r"\s*</(?:b|i|em|strong|small|span|time|cite|abbr|code|q|u|font|nobr)\s*>", re.IGNORECASE
)
_TEXT_ONLY = re.compile(r"<(/?)(?:title|textarea|option|select|button|script|style|svg)\b", re.IGNORECASE)
_TIME = re.compile(r"<time\b[^<>]*>(?:[^<>]|<(?!/?time\b)[^<>]*>){0,200}$", re.IGNORECASE)


class HtmlWriter(SpanWriter):
    """Writes HTML."""

    date_markup = re.compile(r"</?[a-zA-Z][^<>]{0,300}>|&(?:nbsp|thinsp|ensp|#160|#xA0);", re.IGNORECASE)

    def spell_url(self, url: str) -> str:
        """Escape what ends an attribute."""
        return escape(url, quote=True).replace("&#x27;", "&#39;")

    def archive_text(self, link: ArchiveLink) -> str:
        """Return the attributes to copy into the link."""
        day = link.snapshot.timestamp.date().isoformat()
        return f'data-versionurl="{self.spell_url(link.url)}" data-versiondate="{day}"'

    def archive(self, link: ArchiveLink) -> list[Edit] | NoPlace:
        """Put the attributes after `href`, and a link to see after the date's bracket or the link."""
        document, text = link.document, link.document.text
        place = anchor(document, link.assessment)
        if place is None:
            return NoPlace.NOWHERE
        edits = []
        span = link.assessment.citation.url_span
        href = _href(text, *places.local(document, span)) if span is not None else None
        if href is not None:
            edits = self._attributes(link, href)
        at = self._behind(text, *place, dated=span is None or place != places.local(document, span))
        if at is None:
            return edits or NoPlace.IN_TAG
        shown = f' (<a href="{self.spell_url(link.url)}">archived</a>)'
        return [*edits, places.edit(document, at, at, shown)]

    def addresses(self, document: Document, start: int, end: int, url: str) -> list[Edit] | NoPlace:
        """Write the address in the attribute, and in the link's text where that repeats it."""
        text = document.text
        edits = [places.edit(document, start, end, self.spell_url(url))]
        if _href(text, start, end) is not None:
            opened = text.find(">", end) + 1
            closed = _LINK_ENDS.search(text, opened, opened + _WINDOW) if opened else None
            if closed and text[opened : closed.start()].strip() == text[start:end]:
                begin = text.index(text[start:end], opened)
                edits.append(places.edit(document, begin, begin + end - start, escape(url, quote=False)))
        return edits

    def repeated_dates(self, document: Document, citation: Citation) -> Iterable[tuple[int, int]]:
        """Return the `datetime` of the <time> element that holds the date."""
        claim = citation.access_date
        if claim is None:
            return
        start, _ = places.local(document, claim.span)
        text = document.text
        opened = _TIME.search(text, max(0, start - _WINDOW), start)
        if opened is None:
            return
        tag = Token("time", opened.start(), text.index(">", opened.start()) + 1)
        if "datetime" in (found := attributes(text, tag)):
            _, begin, finish = found["datetime"]
            if not begin <= start < finish:
                yield begin, finish
            return

    def _attributes(self, link: ArchiveLink, href: tuple[int, int, int]) -> list[Edit]:
        """Return the edit that adds the attributes the tag does not have; the first of a name counts."""
        text = link.document.text
        begin, finish, at = href
        there = attributes(text, Token("a", begin, finish))
        if there.get("data-versionurl", ("", 0, 0))[0]:
            return []
        if "data-versionurl" in there:
            _, begin, finish = there["data-versionurl"]
            return [places.edit(link.document, begin, finish, self.spell_url(link.url))]
        wanted = self.archive_text(link)
        if "data-versiondate" in there:
            wanted = wanted[: wanted.index(" data-versiondate")]
        return [places.edit(link.document, at, at, " " + wanted)]

    def _behind(self, text: str, start: int, end: int, *, dated: bool) -> int | None:
        """Return the place for a second link: behind the link or the date; None inside tags and raw text."""
        at = places.past_bracket(text, end) if dated else end
        low = max(0, at - _WINDOW)
        tags = list(_LINK.finditer(text, low, at))
        if _in_tag(text, at) or (tags and not tags[-1][0].startswith("</")):
            closed = _LINK_ENDS.search(text, at, at + _WINDOW)
            if closed is None or _in_tag(text, closed.start()):
                return None
            if not (tags and not tags[-1][0].startswith("</")) and _href(text, start, end) is None:
                return None
            at = closed.end()
        while closing := _CLOSING.match(text, at):
            at = closing.end()
        # A date's bracket may close behind the tags in it.
        at = places.past_bracket(text, at) if dated else at
        raw = list(_TEXT_ONLY.finditer(text, max(0, at - 20_000), at))
        return None if raw and not raw[-1][1] else at


def _href(text: str, start: int, end: int) -> tuple[int, int, int] | None:
    """Return start and end of the <a> tag whose href holds a place, and the place after the attribute."""
    low = max(0, start - _WINDOW // 2)
    inside = _HREF_BEFORE.search(text, low, start)
    if inside is None:
        return None
    quote = inside["quote"]
    at = end + len(quote)
    tag = _OPENING.match(text, inside.start())
    if text[end:at] != quote or tag is None:
        return None
    return inside.start(), tag.end(), at


def _in_tag(text: str, position: int) -> bool:
    """Tell whether a place lies between < and >, where nothing may be put."""
    window = text[max(0, position - _WINDOW) : position]
    return window.rfind("<") > window.rfind(">")
