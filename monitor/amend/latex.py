r"""LaTeX and Texinfo: the archived copy after the date or the address, as the document writes its links."""

import re
from functools import lru_cache

from monitor.amend import places
from monitor.amend.interface import NoPlace
from monitor.amend.span_writer import ArchiveLink, SpanWriter, anchor
from monitor.extract.markup.tex_inline import closing
from monitor.model.document import Document
from monitor.model.finding import Edit

_LOOK = 4000
_ADDRESS_OPENS = re.compile(
    r"(?:\\(?P<macro>url|href|nolinkurl|path|htmladdnormallink)\*?|@(?P<texi>url|uref|indicateurl))\s{0,3}"
    r"(?:\[[^\]\n]{0,200}\]\s{0,3})?(?P<open>[{|!+])\s{0,9}$"
)
_LINKS = re.compile(
    r"\\(?:href|hyperref|htmladdnormallink|url|nolinkurl|path)\*?\s{0,3}(?:\[[^\]\n]{0,200}\]\s{0,3})?(?=\{)"
)
_VERB = re.compile(r"\\(?:verb|lstinline)\*?(?P<mark>[^\w\s*{])(?:(?!(?P=mark)).){0,2000}(?P=mark)")
_COMMENT = re.compile(r"(?<!\\)%")
_HYPERREF = re.compile(r"\\href\b|\{[^{}]*\bhyperref\b")
_TEXINFO = re.compile(r"\.(?:texi|texinfo)$|^\s*\\input texinfo|@(?:uref|url)\{", re.IGNORECASE)
_SPECIAL = re.compile(r"[&_%#$~^\\{}]")


class LatexWriter(SpanWriter):
    """Writes LaTeX bibliographies and running text, and Texinfo."""

    date_markup = re.compile(r"~|\\[ ,;:!]|\\(?:th|st|nd|rd|textsuperscript|mbox|hbox)\b|[{}]")

    def spell_url(self, url: str) -> str:
        r"""Escape what ends a line or a parameter even inside \url."""
        return url.replace("%", r"\%").replace("#", r"\#")

    def archive_text(self, link: ArchiveLink) -> str:
        r"""Return the text to copy: a short link where the document has \href, else the address."""
        if _texinfo(link.document):
            return f"(@uref{{{_texinfo_url(link.url)}, archived}})"
        url = self.spell_url(link.url)
        if _has_links(link.document.text):
            return rf"(\href{{{url}}}{{archived}})"
        return rf"(archived at \url{{{url}}})"

    def archive(self, link: ArchiveLink) -> list[Edit] | NoPlace:
        r"""Put the link after the date's bracket or the address's macro; never in a link or in \verb."""
        document, text = link.document, link.document.text
        place = anchor(document, link.assessment)
        if place is None:
            return NoPlace.NOWHERE
        start, end = place
        opening = _ADDRESS_OPENS.search(text, max(0, start - 240), start)
        at = _past_macro(text, opening, end) if opening else places.past_bracket(text, end)
        at = _outside(text, at)
        line, _ = places.line_bounds(text, at)
        if _COMMENT.search(text, line, at):
            return NoPlace.COMMENT
        return [places.edit(document, at, at, " " + self.archive_text(link))]

    def addresses(self, document: Document, start: int, end: int, url: str) -> list[Edit] | NoPlace:
        """Write the address in its macro, and where the link's text repeats it."""
        text = document.text
        opening = _ADDRESS_OPENS.search(text, max(0, start - 240), start)
        if opening is None:
            # Bare, the address is ordinary text: what TeX reads as a sign has no one spelling there.
            return NoPlace.SPELLING if _SPECIAL.search(url) else [places.edit(document, start, end, url)]
        spelled = _texinfo_url(url) if opening["texi"] else self.spell_url(url)
        edits = [places.edit(document, start, end, spelled)]
        past = _past_macro(text, opening, end)
        shown = text[end:past].find(text[start:end])
        if opening["macro"] and shown >= 0:
            begin = end + shown
            edits.append(places.edit(document, begin, begin + end - start, spelled))
        return edits


@lru_cache(maxsize=2)
def _has_links(text: str) -> bool:
    return _HYPERREF.search(text) is not None


def _texinfo(document: Document) -> bool:
    return _TEXINFO.search(document.path) is not None or _TEXINFO.search(document.text[:_LOOK]) is not None


def _texinfo_url(url: str) -> str:
    """Return an address as an argument of @uref: a comma would end it, an @ begin a command."""
    return url.replace("@", "@@").replace(",", "@comma{}")


def _past_macro(text: str, opening: re.Match[str], end: int) -> int:
    r"""Return the place after \url{…} or \href{…}{…} whose address ends at `end`."""
    sign = opening["open"]
    close = closing(text, opening.start("open"), len(text)) if sign == "{" else text.find(sign, end, end + 9)
    if close < end:
        return end
    past = close + 1
    label = re.compile(r"\s{0,4}\{").match(text, past)
    if label and opening["macro"] in {"href", "htmladdnormallink"}:
        finish = closing(text, label.end() - 1, len(text))
        return finish + 1 if finish >= 0 else past
    return past


def _outside(text: str, at: int) -> int:
    r"""Return the first place at or after `at` that stands neither in a link's arguments nor in \verb."""
    line, _ = places.line_bounds(text, at)
    for verb in _VERB.finditer(text, line, min(len(text), at + _LOOK)):
        if verb.start() < at < verb.end():
            return verb.end()
    for link in _LINKS.finditer(text, max(0, at - _LOOK), at):
        past = link.end()
        while (opened := re.compile(r"\s{0,4}\{").match(text, past)) and (
            close := closing(text, opened.end() - 1, len(text))
        ) >= 0:
            past = close + 1
            if not link[0].startswith(("\\href", "\\hyperref", "\\htmladd")):
                break
        if link.start() < at < past:
            return past
    return at
