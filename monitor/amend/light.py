"""Light markups: a link in their own notation after the date, or after the link where there is no date."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from monitor.amend import places
from monitor.amend.interface import NoPlace
from monitor.amend.span_writer import ArchiveLink, SpanWriter, anchor
from monitor.model.document import Document
from monitor.model.finding import Edit

_REACH = 4000


@dataclass(frozen=True, slots=True)
class Notation:
    """How a markup writes a link, and what it writes links and code as: nothing is put inside those."""

    link: str
    constructs: re.Pattern[str]


NOTATIONS: Mapping[str, Notation] = {
    # docs.asciidoctor.org/asciidoc/latest/macros/links
    "asciidoc": Notation(
        "(link:{url}[archived])",
        re.compile(
            r"(?:link:|xref:)?[a-z]+:(?://)?[^\s\[\]<>]*\[(?:[^\]\\]|\\.)*\]|`[^`\n]+`|\+[^+\n]+\+|<<[^<>\n]*>>"
        ),
    ),
    # orgmode.org/manual/Link-Format.html
    "org": Notation(
        "([[{url}][archived]])",
        re.compile(r"\[\[[^\[\]]*\](?:\[[^\[\]]*\])?\]|(?<!\w)[=~][^=~\n]+[=~](?!\w)|<[a-z]+:[^<>\s]*>"),
    ),
    # typst.app/docs/reference/model/link
    "typst": Notation(
        '(#link("{url}")[archived])',
        re.compile(r"#link\(\s*\"[^\"]*\"\s*\)(?:\[[^\[\]]*\])?|`[^`\n]+`"),
    ),
    # textile-lang.com/doc/links: in brackets nothing after the address belongs to it.
    "textile": Notation(
        '["archived":{url}]', re.compile(r"\[?\"[^\"\n]+\":\S+?(?=[.,;:!?)]{0,3}(?:\s|$))|@[^@\n]+@")
    ),
    # www.dokuwiki.org/wiki:syntax#links
    "dokuwiki": Notation("([[{url}|archived]])", re.compile(r"\[\[[^\[\]]*\]\]|''[^'\n]+''|%%[^\n]+?%%")),
}


class LightWriter(SpanWriter):
    """Writes AsciiDoc, Org, Typst, Textile and DokuWiki."""

    date_markup = re.compile(r"[*_/]{1,2}|\{nbsp\}|\\?~")

    def archive_text(self, link: ArchiveLink) -> str:
        """Return the link to copy."""
        return NOTATIONS[link.document.format].link.format(url=link.url)

    def archive(self, link: ArchiveLink) -> list[Edit] | NoPlace:
        """Put the link after the date's bracket, past the link or code that holds the place."""
        document, text = link.document, link.document.text
        place = anchor(document, link.assessment)
        if place is None:
            return NoPlace.NOWHERE
        at = places.past_bracket(text, _outside(document, *place))
        return [places.edit(document, at, at, " " + self.archive_text(link))]

    def addresses(self, document: Document, start: int, end: int, url: str) -> list[Edit] | NoPlace:
        """Write the address, and where the link's text repeats it."""
        text, written = document.text, document.text[start:end]
        edits = [places.edit(document, start, end, url)]
        for one in _constructs(document, start, end):
            before, after = text.find(written, one.start(), start), text.find(written, end, one.end())
            edits += [places.edit(document, at, at + len(written), url) for at in (before, after) if at >= 0]
        return edits


def _constructs(document: Document, start: int, end: int) -> list[re.Match[str]]:
    """Return the links and code that hold a place, on its lines."""
    line_start, _ = places.line_bounds(document.text, max(0, start - 1))
    _, line_end = places.line_bounds(document.text, end)
    pattern = NOTATIONS[document.format].constructs
    found = pattern.finditer(document.text, max(line_start, start - _REACH), min(line_end, end + _REACH))
    return [one for one in found if one.start() < end and start < one.end()]


def _outside(document: Document, start: int, end: int) -> int:
    return max((one.end() for one in _constructs(document, start, end)), default=end)
