"""CSV and TSV (RFC 4180): rows under a head that names an address and when it was seen.

The csv module gives no places; cells are told here as it tells them.
"""

import re
from collections.abc import Iterator

from monitor.extract.dates.hints import collect_hints
from monitor.extract.layouts.fields import telling
from monitor.extract.passage import Builder, Group, Kind, Passage
from monitor.extract.reading import read
from monitor.model.citation import Extraction
from monitor.model.document import Document
from monitor.patterns import lazy

_MOST_COLUMNS = 400
_QUOTED = lazy(r'"((?:[^"]|"")*)"')
_DELIMITERS = "\t;,|"

Cell = tuple[int, int, bool]
"""Where a cell's contents stand, and whether it is quoted."""


class TableExtractor:
    """Reads tables of sources: a row is a reference, its cells are named by the head."""

    name = "table"

    def extract(self, document: Document) -> Extraction:
        """Return every citation in document order; a table whose head names nothing known is left alone."""
        rows = _rows(document.text, _delimiter(document.text))
        head = [document.text[start:end].strip() for start, end, _ in next(rows, [])]
        if not telling(head):
            note = "its first line names no column for an address and an access date; nothing was read"
            return Extraction(document=document.path, format=self.name, notes=(note,))
        group = Group()
        passages = [one for cells in rows if (one := _passage(document.text, head, cells, group)) is not None]
        return read(document, passages, collect_hints(document.text))


def _delimiter(text: str) -> str:
    head = text[: text.find("\n")] if "\n" in text else text
    return max(_DELIMITERS, key=lambda mark: (head.count(mark), mark == ","))


def _rows(text: str, delimiter: str) -> Iterator[list[Cell]]:
    """Yield the cells of each row that is not blank."""
    plain = re.compile(rf"[^{re.escape(delimiter)}\r\n]*")
    at, row = (1 if text.startswith("\ufeff") else 0), list[Cell]()
    while at <= len(text):
        quoted = _QUOTED.match(text, at)
        if quoted is not None:
            cell, at = (quoted.start(1), quoted.end(1), True), quoted.end()
        else:
            bare = plain.match(text, at)
            end = bare.end() if bare else len(text)
            cell, at = (at, end, False), end
        row.append(cell)
        if text.startswith(delimiter, at) and len(row) < _MOST_COLUMNS:
            at += 1
            continue
        if any(end > start for start, end, _ in row):
            yield row
        row = []
        newline = re.compile(r"[^\n]*\n?").match(text, at)
        if newline is None or newline.end() == at:
            return
        at = newline.end()


def _passage(text: str, head: list[str], cells: list[Cell], group: Group) -> Passage | None:
    """Return a row as named fields, one a line."""
    builder = Builder()
    for name, (start, end, quoted) in zip(head, cells, strict=False):
        if not text[start:end].strip():
            continue
        builder.add(f"\n{name}: " if builder.length else f"{name}: ", start, 0)
        at = start
        while quoted and (doubled := text.find('""', at, end)) >= 0:
            builder.add(text[at : doubled + 1], at)
            builder.add("", doubled + 1, 1)
            at = doubled + 2
        builder.add(text[at:end], at)
    return builder.passage(kind=Kind.RECORD, group=group, listed=True)


EXTRACTOR = TableExtractor()
