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
        return [places.edit(document, at, at, " " + self.archive_text(link))]

    def fitted(self, document: Document, edits: list[Edit]) -> list[Edit] | NoPlace:
        """Return the edits with blanks given or taken, so that the columns of a drawn table stay in line."""
        text, made = document.text, []
        for edit in edits:
            start, end = places.local(document, edit.span)
            cell = _cell_end(text, end)
            if cell is None:
                made.append(edit)
                continue
            room = cell - end - (len(edit.after) - len(edit.before))
            if text[end:cell].strip() or room < 1:
                return NoPlace.TABLE
            made.append(places.edit(document, start, cell, edit.after + " " * room))
        return made

    def addresses(self, document: Document, start: int, end: int, url: str) -> list[Edit] | NoPlace:
        """Write the address, and where the link's text repeats it."""
        text, spelled = document.text, self.spell_url(url)
        line_start, line_end = places.line_bounds(text, start)
        if text[start - 1 : start] != "<" and not _TARGET.match(text, line_start, line_end):
            # In running text docutils ends an address at a bracket it finds odd.
            spelled = spelled.replace("(", "%28").replace(")", "%29")
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


def _cell_end(text: str, at: int) -> int | None:
    """Return where the cell of a drawn table ends that holds a place; None where a line may grow.

    So may the last column of a simple table. A cell of CSV counts as full.
    """
    begin = max(0, at - _LONGEST_TABLE)
    line_start, line_end = places.line_bounds(text, at)
    for ruling in _RULING.finditer(text, begin, at):
        drawn = drawn_table(text, ruling.start())
        if drawn is None or drawn[1] < at:
            continue
        if "+" in ruling[0]:
            border = text.find("|", at, line_end)
            return border if border >= 0 else at
        ends = [run.end() for run in re.finditer(r"=+", ruling[0])]
        column = at - line_start
        inner = next((end for end in ends[:-1] if column <= end), None)
        return None if inner is None else min(line_start + inner + 1, line_end)
    for csv in _CSV.finditer(text, begin, at):
        lines = text[csv.end() : at].split("\n")[1:]
        margin = len(csv["indent"])
        if lines and all(not line.strip() or len(line) - len(line.lstrip()) > margin for line in lines):
            return at
    return None
