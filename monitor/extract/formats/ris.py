"""RIS: one tag a line, records from TY to ER.

rispy gives no places and reads one dialect; lines are matched here. Tags: Reference Manager's list
and what Zotero, Mendeley, EndNote and publishers write. `Y2` is an access date beside an address
(elsewhere it is the second date of a patent or a conference).
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from msgspec import Struct

from monitor.extract.dates.hints import collect_hints
from monitor.extract.dates.values import DateHints
from monitor.extract.records.records import Record, field_date, ordered, prose_dates, whole, year_of
from monitor.extract.words.purposes import Words
from monitor.extract.words.vocabulary import any_of
from monitor.model.citation import Citation, Extraction, Rejected
from monitor.model.document import Document
from monitor.patterns import lazy

_TAG = lazy(r"^[ \t\ufeff]{0,3}(?P<tag>[A-Z][A-Z0-9]) {1,3}- ?(?P<value>[^\r\n]*)", re.MULTILINE)
_DATE = lazy(r"\s*(?P<date>\d{4}(?:[/-]\d{1,2}){0,2}(?!\d))(?P<rest>/.*)?$")
_WEB_TYPES = frozenset(
    {"ELEC", "WEB", "BLOG", "ICOMM", "EJOUR", "EBOOK", "ONLINE", "MULTI", "AGGR", "EDBOOK", "DBASE"}
)
_NOTES = ("N1", "M1", "M2", "AN", "C1", "C2", "ET", "RN", "CN", "NV")
_ARCHIVED = lazy(
    lambda: rf"{any_of(Words.ARCHIVED_LABEL)}\b[^:\n]{{0,30}}:\s{{0,4}}(?P<url>https?://\S{{4,4000}})",
    re.IGNORECASE,
)
_COPIES = ("L2", "LK", "L1", "L3")
"""Full texts and attachments: the source's address where it has no other."""
_NEXT = lazy(r"(?<=[\s;])<?https?://", re.IGNORECASE)
_MAX_FIELDS = 5_000


class TaggedLine(Struct, frozen=True, gc=False):
    """One field: its tag and the place of its value."""

    tag: str
    start: int
    end: int


class RisExtractor:
    """Reads RIS."""

    name = "ris"

    def extract(self, document: Document) -> Extraction:
        """Return every citation in document order, and what was rejected and why."""
        hints = collect_hints(document.text)
        rejected: list[Rejected] = []
        notes: list[str] = []
        found = [
            citation
            for record in _records(document.text, notes)
            for citation in _citations(document, record, hints, rejected)
        ]
        return Extraction(
            document=document.path,
            format=self.name,
            citations=ordered(found),
            rejected=tuple(rejected),
            notes=tuple(notes),
        )


def _records(text: str, notes: list[str]) -> Iterator[list[TaggedLine]]:
    lines: list[TaggedLine] = []
    for match in _TAG.finditer(text):
        tag = match["tag"]
        if tag == "TY" and lines:
            notes.append("a record does not end with ER")
            yield lines
            lines = []
        start, end = match.span("value")
        stripped = text[start:end].rstrip()
        line = TaggedLine(tag, start + len(stripped) - len(stripped.lstrip()), start + len(stripped))
        if tag == "ER":
            if lines:
                yield lines
            lines = []
        elif len(lines) < _MAX_FIELDS:
            lines.append(TaggedLine(tag, min(line.start, line.end), line.end))
    if lines:
        notes.append("the last record does not end with ER")
        yield lines


def _citations(
    document: Document, lines: list[TaggedLine], hints: DateHints, rejected: list[Rejected]
) -> Iterator[Citation]:
    text = document.text
    fields: dict[str, list[TaggedLine]] = {}
    for line in lines:
        if line.end > line.start:
            fields.setdefault(line.tag, []).append(line)
    begin = text.rfind("\n", 0, lines[0].start) + 1
    record = Record(start=begin, end=max(lines[-1].end, begin))
    for line in fields.get("UR", ())[:20]:
        for raw, start in _addresses(text, line):
            record.locate_also(raw, start, start + len(raw))
    for tag in _COPIES:
        for line in fields.get(tag, ()):
            for raw, start in _addresses(text, line):
                record.archived_at(raw)
                record.locate(raw, start, start + len(raw))
    for line in fields.get("DO", ())[:1]:
        record.identify(text[line.start : line.end], line.start, line.end)
    for tag in _NOTES:
        for line in fields.get(tag, ())[:20]:
            if archived := _ARCHIVED.match(text, line.start, line.end):
                record.archive_url = archived["url"]
                continue
            passage = whole(document, line.start, min(line.end, line.start + 2000))
            dates, missing = prose_dates(document, passage, hints)
            record.missing = record.missing or missing
            for date in dates:
                record.add_date(date)
            if dates:
                record.locate_in(passage)
            record.archived_in(passage)
    _accessed(document, fields, record, hints, rejected)
    title = next((fields[tag][0] for tag in ("T1", "TI", "CT", "BT", "ST") if tag in fields), None)
    record.title = text[title.start : title.end] if title else None
    people = [
        text[line.start : line.end] for tag in ("AU", "A1", "ED", "A2") for line in fields.get(tag, ())[:30]
    ]
    record.attribution = [
        *(people[:30]),
        *(
            text[fields[tag][0].start : fields[tag][0].end]
            for tag in ("T2", "JF", "JO", "BT", "PB")
            if tag in fields
        ),
    ]
    dated = next((fields[tag][0] for tag in ("DA", "PY", "Y1") if tag in fields), None)
    record.published = year_of(text[dated.start : dated.end].rstrip("/"), hints) if dated else None
    return record.citations(document)


def _addresses(text: str, line: TaggedLine) -> Iterator[tuple[str, int]]:
    """Return the addresses of one field with their places: blanks or semicolons part them."""
    starts = [line.start, *(match.start() for match in _NEXT.finditer(text, line.start + 1, line.end))]
    for start, end in pairwise([*starts, line.end]):
        bracket = text.startswith("<", start)
        yield (
            re.split(r"[\s>]" if bracket else r"\s", text[start + bracket : end], maxsplit=1)[0].rstrip(";"),
            start + bracket,
        )


def _accessed(
    document: Document,
    fields: dict[str, list[TaggedLine]],
    record: Record,
    hints: DateHints,
    rejected: list[Rejected],
) -> None:
    text = document.text
    for line in (*fields.get("Y2", ()), *fields.get("RD", ())):
        kind = text[fields["TY"][0].start : fields["TY"][0].end].upper() if "TY" in fields else ""
        if record.url is None and not fields.get("DO") and kind not in _WEB_TYPES:
            rejected.append(
                Rejected(
                    text=text[line.start : line.end][:80],
                    reason="the second date of a record without address",
                    line=document.span(line.start, line.start).line,
                )
            )
            continue
        written = _DATE.match(text, line.start, line.end)
        end = written.end("date") if written else line.end
        date = field_date(document, whole(document, line.start, end), hints)
        if date is not None:
            record.add_date(date)


EXTRACTOR = RisExtractor()
