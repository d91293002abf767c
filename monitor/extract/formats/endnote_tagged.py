"""EndNote's tagged export (.enw), after refer(1): "%U https://…", records parted by blank lines.

Tags: the table of refer and EndNote's additions, "%[" the access date, "%0" the kind of work.
"""

import re
from collections.abc import Iterator

from monitor.extract.dates.hints import collect_hints
from monitor.extract.dates.values import DateHints
from monitor.extract.records.records import Record, field_date, ordered, prose_dates, whole, year_of
from monitor.model.citation import Citation, Extraction
from monitor.model.document import Document
from monitor.patterns import lazy

_LINE = lazy(r"^%(?P<tag>[\w!@#$&*()+=?<>\[\]^:;~'\"-])[ \t]+(?P<value>[^\r\n]*)", re.MULTILINE)
_BLANK = lazy(r"^[ \t]*\r?\n", re.MULTILINE)
_MAX_FIELDS = 2_000
_NOTES = "ZXF>"
Place = tuple[int, int]


class EndnoteTaggedExtractor:
    """Reads EndNote's tagged export."""

    name = "endnote-tagged"

    def extract(self, document: Document) -> Extraction:
        """Return every citation in document order."""
        hints = collect_hints(document.text)
        found = [one for fields in _records(document.text) for one in _citations(document, fields, hints)]
        return Extraction(document=document.path, format=self.name, citations=ordered(found))


def _records(text: str) -> Iterator[list[tuple[str, Place]]]:
    """Yield the fields of each record: "%0" begins one, and so does a field after a blank line."""
    fields: list[tuple[str, Place]] = []
    last = 0
    for match in _LINE.finditer(text):
        parted = _BLANK.search(text, last, match.start()) is not None
        if fields and (match["tag"] == "0" or parted):
            yield fields
            fields = []
        start, end = match.span("value")
        if len(fields) < _MAX_FIELDS:
            fields.append((match["tag"], (start, start + len(text[start:end].rstrip()))))
        last = match.end()
    if fields:
        yield fields


def _citations(document: Document, fields: list[tuple[str, Place]], hints: DateHints) -> Iterator[Citation]:
    text = document.text
    begin = text.rfind("\n", 0, fields[0][1][0]) + 1
    record = Record(start=begin, end=max(begin, fields[-1][1][1]), reason="the record has no %U")
    said: dict[str, list[str]] = {}
    for tag, (start, end) in fields:
        if start >= end:
            continue
        said.setdefault(tag, []).append(text[start:end])
        if tag == "U":
            record.locate_also(text[start:end], start, end)
        elif tag == "R":
            record.identify(text[start:end], start, end)
        elif tag == "[" and (date := field_date(document, whole(document, start, end), hints)):
            record.add_date(date)
    for tag, (start, end) in fields:
        if tag in _NOTES and start < end:
            passage = whole(document, start, min(end, start + 2000))
            for date in prose_dates(document, passage, hints)[0]:
                record.add_date(date)
            if record.dates:
                record.locate_in(passage)
            record.archived_in(passage)
    record.title = next((said[tag][0] for tag in "TB" if tag in said), None)
    record.attribution = [
        "; ".join(_name(name) for name in said.get("A", said.get("E", []))[:30]) or None,
        next((said[tag][0] for tag in "JBI" if tag in said), None),
    ]
    record.published = year_of(next((said[tag][0] for tag in "8D" if tag in said), None), hints)
    yield from record.citations(document)


def _name(written: str) -> str:
    """Return "Ada Pilot" of "Pilot, Ada"."""
    family, comma, given = written.rstrip(",").partition(", ")
    return f"{given} {family}" if comma else family


EXTRACTOR = EndnoteTaggedExtractor()
