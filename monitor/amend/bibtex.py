r"""BibTeX and biblatex: `archiveurl` for programs, and a printed note for readers.

No standard style prints an archive field; biblatex prints `addendum` last (biblatex manual §2.2.2),
classic styles print `note`. Both take `\url{…}`. An entry that has the printed field already gets
the link appended to it, unless that field is a macro or put together from parts.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from monitor.amend import places
from monitor.amend.interface import NoPlace
from monitor.amend.span_writer import ArchiveLink, SpanWriter, hints
from monitor.extract.dates.find import find_access_dates
from monitor.extract.dates.found import DateKind
from monitor.model.citation import Citation
from monitor.model.document import Document
from monitor.model.finding import Edit

_WINDOW = 50_000
_ENTRY = re.compile(r"^[ \t]*@[ \t]*\w+[ \t]*[{(]", re.MULTILINE)
_NAME = re.compile(r"(?P<lead>\s*(?:,\s*)*)(?P<name>[^\s,={}()\"#%']+)(?P<equals>\s*=\s*)")
_PIECE = re.compile(r"\s*(?:(?P<open>[{\"])|(?P<bare>[^\s,={}()\"#%]+))")
_JOIN = re.compile(r"\s*#")
_MODERN = re.compile(
    r"\b(?:urldate|journaltitle|langid|addendum|location)\s*="
    r"|@[ \t]*(?:online|electronic|www|report|thesis|dataset)\b",
    re.IGNORECASE,
)
_CLOSERS = {"{": "}", "(": ")", '"': '"'}


@dataclass(frozen=True, slots=True)
class _Field:
    """A field: what stands before its name, the name, the sign, and its value at `start:end`.

    `literal` is true for one value in braces or quotes: neither a macro nor a concatenation.
    """

    lead: str
    name: str
    equals: str
    start: int
    end: int
    literal: bool


class BibtexWriter(SpanWriter):
    """Writes .bib files."""

    date_markup = re.compile(r"~|\\[ ,;:!]|[{}]")

    def archive_text(self, link: ArchiveLink) -> str:
        """Return the field's value to copy; a printed field is TeX, where % begins a comment."""
        url = link.url.replace("%", r"\%").replace("#", r"\#")
        return rf"Archived {link.snapshot.timestamp.date().isoformat()} at \url{{{url}}}"

    def archive(self, link: ArchiveLink) -> list[Edit] | NoPlace:
        """Add the fields after the address, in the entry's own layout; or append to the one that is there."""
        document, text = link.document, link.document.text
        span = link.assessment.citation.url_span
        if span is None:
            return NoPlace.NOWHERE
        start, end = places.local(document, span)
        entry = _entry(text, start)
        if entry is None:
            return NoPlace.UNCLOSED
        fields = list(_fields(text, *entry))
        held = next((field for field in fields if field.start <= start and end <= field.end), None)
        if held is None:
            return NoPlace.UNCLOSED
        if held is not fields[0] and "," not in held.lead:
            return NoPlace.UNPARTED
        if not held.literal:
            return NoPlace.ASSEMBLED
        named = {field.name.lower(): field for field in fields}
        if "archiveurl" in named:
            return NoPlace.TAKEN
        printed = "addendum" if _MODERN.search(text[slice(*entry)]) else "note"
        after = _made(held, "archiveurl", link.url)
        there = named.get(printed)
        if there is None:
            after += _made(held, printed, self.archive_text(link))
        edits = [places.edit(document, held.end, held.end, after)]
        if there is not None and there.literal:
            at = there.end - 1
            glue = ". " if text[there.start + 1 : at].strip() else ""
            added = glue + self.archive_text(link)
            edits = [*edits, places.edit(document, at, at, added)] if there != held else edits
        return edits

    def addresses(self, document: Document, start: int, end: int, url: str) -> list[Edit] | NoPlace:
        """Write the address; not where the file puts it together from parts."""
        entry = _entry(document.text, start)
        fields = _fields(document.text, *entry) if entry else ()
        held = next((field for field in fields if field.start <= start and end <= field.end), None)
        if held is not None and not held.literal:
            return NoPlace.ASSEMBLED
        return [places.edit(document, start, end, self.spell_url(url))]

    def repeated_dates(self, document: Document, citation: Citation) -> Iterable[tuple[int, int]]:
        """Return where the entry's other fields claim the same day: "note = {Accessed: 2015-05-03}"."""
        claim = citation.access_date
        if claim is None or (entry := _entry(document.text, places.local(document, claim.span)[0])) is None:
            return
        for field in _fields(document.text, *entry):
            if field.end - field.start > _LONGEST_NOTE:
                continue
            for found in find_access_dates(document.text[field.start : field.end], hints(document.text)):
                if found.kind is DateKind.ACCESSED and found.date == claim.date:
                    yield field.start + found.start, field.start + found.end


_LONGEST_NOTE = 4000


def _made(like: _Field, name: str, value: str) -> str:
    lead = like.lead if "," in like.lead else ", "
    return f"{lead}{name}{like.equals}{{{value}}}"


def _entry(text: str, position: int) -> tuple[int, int] | None:
    """Return start and closing brace of the entry that holds `position`."""
    found = None
    for match in _ENTRY.finditer(text, max(0, position - _WINDOW), position):
        found = match
    if found is None:
        return None
    end = _closing(text, found.end() - 1, len(text))
    return (found.start(), end) if end is not None and end > position else None


def _fields(text: str, begin: int, close: int) -> Iterator[_Field]:
    """Return the fields of an entry in order; reading ends where they cease to be BibTeX."""
    key = re.compile(r"[^,{}()]*[{(][^,{}()=\"]*").match(text, begin, close)
    position = key.end() if key else close
    while named := _NAME.match(text, position, close):
        start = position = named.end()
        while True:
            piece = _PIECE.match(text, position, close)
            if piece is None:
                return
            if piece["open"]:
                last = _closing(text, piece.start("open"), close)
                if last is None:
                    return
                position = last + 1
            else:
                position = piece.end()
            joined = _JOIN.match(text, position, close)
            if joined is None:
                break
            position = joined.end()
        whole = text[start] in '{"' and _closing(text, start, close) == position - 1
        yield _Field(named["lead"], named["name"], named["equals"], start, position, literal=whole)


def _closing(text: str, opened: int, limit: int) -> int | None:
    """Return the place of what closes the brace, bracket or quote at `opened`; None if nothing does.

    As BibTeX counts: a backslash hides no brace, and a quote inside braces closes nothing.
    """
    closer, depth = _CLOSERS[text[opened]], 0
    for at in range(opened + 1, min(limit, opened + _WINDOW, len(text))):
        char = text[at]
        if char == closer and depth == 0:
            return at
        depth += (char == "{") - (char == "}")
        if depth < 0:
            return None
    return None
