"""reStructuredText: an anonymous link to the archived copy after the date, or after the link."""

import re

from monitor.amend import places
from monitor.amend.interface import NoPlace
from monitor.amend.span_writer import ArchiveLink, SpanWriter, anchor
from monitor.extract.markup.rst_tables import drawn_table
from monitor.model.document import Document
from monitor.model.finding import Edit

_TARGET = re.compile(r"\s*(?:\.\. _[^:\n]{1,300}:|\.\. __:|__)\s")
_MARKUP = re.compile(
    r"(?P<literal>``[^`]{1,2000}``)|(?P<link>(?<!`)(?::[\w:+.-]{1,40}:)?`[^`]{1,4000}`(?:__?)?)"
    r"|(?P<emphasis>\*\*(?=\S)[^*]{1,400}\*\*|\*(?=[^\s*])[^*]{1,400}\*)"
)
_RULING = re.compile(r"^[ \t]*(?:=+(?:[ \t]+=+)+|\+(?:[-=]{2,}\+)+)[ \t\r]*$", re.MULTILINE)
_CSV = re.compile(r"^(?P<indent>[ \t]*)\.\.[ \t]+csv-table::", re.MULTILINE)
_LONGEST_TABLE = 40_000


class RstWriter(SpanWriter):
    """Writes reStructuredText."""

    formats = ("rst",)
    date_markup = re.compile(r"\*{1,2}|\\ ")

    def archive_text(self, link: ArchiveLink) -> str:
        """Return the anonymous link to copy; named ones must be unique in a document."""
        return f"(`archived <{self.spell_url(link.url)}>`__)"

    def spell_url(self, url: str) -> str:
        """A trailing underscore would make the address a reference."""
        return url[:-1] + "%5F" if url.endswith("_") else url

    def archive(self, link: ArchiveLink) -> list[Edit] | NoPlace:
        """Put the link after the date's bracket, or the link; in no literal, link, target or drawn cell."""
        document, text = link.document, link.document.text
        place = anchor(document, link.assessment)
        if place is None:
            return NoPlace.DEFINITION
        start, end = place
        line_start, line_end = places.line_bounds(text, end)
        if _TARGET.match(text, line_start, line_end):
            return NoPlace.DEFINITION
        at = places.past_bracket(text, _outside(text, start, end))
        if _in_table(text, at):
            return NoPlace.TABLE
        return [places.edit(document, at, at, " " + self.archive_text(link))]

    def addresses(self, document: Document, start: int, end: int, url: str) -> list[Edit] | NoPlace:
        """Write the address, and where the link's text repeats it."""
        text, spelled = document.text, self.spell_url(url)
        edits = [places.edit(document, start, end, spelled)]
        label = re.compile(r"`(?P<label>[^`<]{1,4000}?)\s<$").search(text, max(0, start - 4010), start)
        if label and label["label"].strip() == text[start:end]:
            begin = label.start("label") + label["label"].index(text[start:end])
            edits.insert(0, places.edit(document, begin, begin + end - start, spelled))
        return edits


def _outside(text: str, start: int, end: int) -> int:
    """Return the first place at or after `end` that stands in no inline markup."""
    begin = max(text.rfind("\n\n", 0, start), start - 4000, 0)
    for mark in _MARKUP.finditer(text, begin, min(len(text), end + 4000)):
        if mark.start() >= end:
            break
        if mark.end() > end:
            return mark.end()
    return end


def _in_table(text: str, at: int) -> bool:
    """Tell whether a cell cannot grow: of a grid, of CSV, of a simple table's inner columns."""
    begin = max(0, at - _LONGEST_TABLE)
    for ruling in _RULING.finditer(text, begin, at):
        drawn = drawn_table(text, ruling.start())
        if drawn is None or drawn[1] < at:
            continue
        line_start, _ = places.line_bounds(text, at)
        last = max(ruling[0].rfind(" "), ruling[0].rfind("\t")) + 1
        return "+" in ruling[0] or at - line_start < last
    for csv in _CSV.finditer(text, begin, at):
        lines = text[csv.end() : at].split("\n")[1:]
        margin = len(csv["indent"])
        if all(not line.strip() or len(line) - len(line.lstrip()) > margin for line in lines):
            return True
    return False
