"""Markdown: "([archived](ADDRESS))" after the access date, or after the link; never inside code or a link."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from monitor.amend import places
from monitor.amend.interface import NoPlace
from monitor.amend.span_writer import ArchiveLink, SpanWriter, anchor
from monitor.model.document import Document
from monitor.model.finding import Edit
from monitor.patterns import lazy

_DEFINITION = lazy(r"[ \t>]*\[(?!\^)(?P<label>(?:[^\[\]\\\n]|\\.){1,200})\]:[ \t]*\n?[ \t]*<?")
_TARGET = lazy(r"[^\s<>]+")
_FRONT_MATTER = lazy(r"\A\ufeff?(---|\+\+\+)[ \t]*\r?\n.*?\r?\n\1[ \t]*\r?(?:\n|\Z)", re.DOTALL)
_LABEL = r"(?:[^\[\]\\`]|\\.|`[^`\n]{0,200}`|\[(?:[^\[\]\\]|\\.|\[[^\[\]]{0,300}\])*\])"
_DESTINATION = (
    r"\(\s*(?:<[^<>\n]*>|(?:[^\s()\\]|\\.|\((?:[^\s()\\]|\\.|\([^\s()]*\))*\))*)"
    r"(?:\s+(?:\"[^\"]*\"|'[^']*'|\([^)]*\)))?\s*\)"
)
_CONSTRUCT = lazy(
    rf"(?P<escape>\\.)|(?P<code>(?<!`)(?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`))|(?P<auto><[a-zA-Z][a-zA-Z0-9+.-]{{1,31}}:[^\s<>]*>)"
    rf"|(?P<anchor><a\b[^<>]*>.*?</a\s*>)|(?P<tag></?[a-zA-Z][^<>]*>)|(?P<comment><!--.*?-->)"
    rf"|(?P<link>!?\[(?P<label>{_LABEL}*)\](?:{_DESTINATION}|\s?\[[^\[\]]*\])?)",
    re.DOTALL,
)
_BLOCK_HTML = lazy(
    r"(?:[ \t]{0,3}>)*[ \t]{0,3}</?(?:p|div|ul|ol|li|table|tr|td|th|dl|dd|dt|section|article|aside|details"
    r"|blockquote|h[1-6]|figure|footer)\b",
    re.IGNORECASE,
)
_CLOSERS = lazy(r"(?:\*{1,3}|_{1,3}|~~)(?!\w)")
_BLOCK_BEGINS = lazy(
    r"\n(?:[ \t>]*\r?\n|(?=[ \t>]*(?:[-*+]|\d{1,9}[.)])[ \t])"
    r"|(?=[ \t>]*(?:\||\[\^?[^\[\]\n]{1,200}\]:[ \t])))"
)
_LONGEST = 6000


class MarkdownWriter(SpanWriter):
    """Writes Markdown (CommonMark and its common dialects)."""

    date_markup = lazy(r"\*{1,3}|(?<!\w)_{1,3}|_{1,3}(?!\w)|&nbsp;|&#160;|</?[a-zA-Z][^<>]{0,200}>|\\(?=\W)")

    def spell_url(self, url: str) -> str:
        """Brackets that do not pair would end a link's target; some readers take none at all."""
        return url.replace("(", "%28").replace(")", "%29")

    def archive_text(self, link: ArchiveLink) -> str:
        """Return the link to copy."""
        return f"([archived]({self.spell_url(link.url)}))"

    def archive(self, link: ArchiveLink) -> list[Edit] | NoPlace:
        """Put the link after the date's bracket, past code, links and emphasis that hold the place.

        Where the date stands in code, it goes behind the link instead.
        """
        document, text = link.document, link.document.text
        place = anchor(document, link.assessment)
        if place is None:
            return NoPlace.DEFINITION
        front = _FRONT_MATTER.match(text)
        if front and place[0] < front.end():
            return NoPlace.FRONT_MATTER
        begin, finish = _paragraph(text, place[0])
        span = link.assessment.citation.url_span
        address = places.local(document, span) if span else place
        beside = begin <= address[0] < finish
        in_code = any(mark["code"] for mark in _around(text, begin, finish, *place))
        if in_code and beside:
            place = address
        line_start, line_end = places.line_bounds(text, place[0])
        if _DEFINITION.match(text, line_start, line_end):
            return NoPlace.DEFINITION
        at = _outside(text, begin, finish, *place)
        in_html = _BLOCK_HTML.match(text, begin) is not None
        within = None if place == address or in_html else _shared_bracket(text, at, address[0])
        if within is not None:
            at, link_text = within, f", {self.archive_text(link)[1:-1]}"
            return [places.edit(document, at, at, link_text)]
        at = at if place == address else places.past_bracket(text, at)
        at = _outside(text, begin, finish, at, at)
        if in_html:
            written = f'(<a href="{link.url.replace("&", "&amp;")}">archived</a>)'
        else:
            written = self.archive_text(link)
        return [places.edit(document, at, at, " " + written)]

    def addresses(self, document: Document, start: int, end: int, url: str) -> list[Edit] | NoPlace:
        """Write the address in the link, in its text if that repeats it, or in the definition."""
        text, spelled = document.text, self.spell_url(url)
        begin, finish = _paragraph(text, start)
        if text[start] == "[":
            found = _definition(text, text[start:end])
            return [places.edit(document, *found, spelled)] if found else NoPlace.DEFINITION
        edits = [places.edit(document, start, end, spelled)]
        for mark in _around(text, begin, finish, start, end):
            if mark["link"] and mark["label"].strip("<>") == text[start:end] and mark.end("label") < start:
                shown = mark.start("label") + mark["label"].index(text[start:end])
                edits.insert(0, places.edit(document, shown, shown + end - start, url))
        return edits


def _paragraph(text: str, position: int) -> tuple[int, int]:
    """Return the bounds of the block around a place: paragraph, list item, row; some thousand characters."""
    low, high = max(0, position - _LONGEST), min(len(text), position + _LONGEST)
    begin = max((match.end() for match in _BLOCK_BEGINS.finditer(text, low, position)), default=low)
    end = _BLOCK_BEGINS.search(text, position, high)
    return begin, end.start() if end else high


def _around(text: str, begin: int, finish: int, start: int, end: int) -> Iterator[re.Match[str]]:
    """Return the inline constructs of a block that hold, or reach into, a place."""
    for mark in _CONSTRUCT.finditer(text, begin, finish):
        if mark.start() > end:
            return
        if mark.start() < end and mark.end() > start and not mark["escape"]:
            yield mark


def _outside(text: str, begin: int, finish: int, start: int, end: int) -> int:
    """Return the first place at or after `end` outside inline constructs, past what closes emphasis."""
    for mark in _around(text, begin, finish, start, end):
        if mark.end() > end and mark.start() < end:
            end = mark.end()
    closed = _CLOSERS.match(text, end, finish)
    if closed and text[begin:end].count(closed[0]) % 2:
        end = closed.end()
    return end


def _shared_bracket(text: str, at: int, address: int) -> int | None:
    """Return the end of what a round bracket holds beside the link: "([Weirs](…), accessed 3 May)"."""
    past = places.past_bracket(text, at)
    if past == at or text[past - 1] != ")":
        return None
    between = text[address:at]
    open_now = between.count("(") - between.count(")")
    # The bracket of the link's own target closes in between; where another opens, it is the date's alone.
    target = re.search(r"\]\(<?$", text[max(0, address - 3) : address]) is not None
    return past - 1 if open_now == -target else None


def _definition(text: str, written: str) -> tuple[int, int] | None:
    """Return where the target of a reference link stands: "[Weirs][w]", "[w][]", "[w]"."""
    named = re.fullmatch(r"(\[(?P<text>.*)\])?\s?\[(?P<label>[^\[\]]*)\]", written, re.DOTALL)
    label = (named["label"] or named["text"] or "") if named else written.strip("[]")
    return _definitions(text).get(_folded(label))


@lru_cache(maxsize=2)
def _definitions(text: str) -> Mapping[str, tuple[int, int]]:
    """Return where the targets of reference links stand, by folded label; the first of a name counts."""
    found: dict[str, tuple[int, int]] = {}
    for match in _DEFINITION.finditer(text):
        target = _TARGET.match(text, match.end())
        if target and (match.start() == 0 or text[match.start() - 1] == "\n"):
            found.setdefault(_folded(match["label"]), target.span())
    return found


def _folded(label: str) -> str:
    return " ".join(label.split()).casefold()
