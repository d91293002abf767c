"""reStructuredText's tables: where their cells stand.

List tables (docutils, "Directives: List Table"), grid and simple tables (docutils, "reStructuredText
Markup Specification: Tables"); spans over columns are read as far as they stand in each column.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from monitor.patterns import lazy

_ROW = lazy(r"(?P<indent>[ \t]*)[*+-][ \t]+(?=[*+-](?:[ \t]|$))")
_CELL = lazy(r"(?P<indent>[ \t]*)(?:[*+-][ \t]+)?[*+-](?:[ \t]+|$)")
_LINE = lazy(r"[^\n]*(?:\n|\Z)")
_MOST_CELLS = 20_000
_RULINGS = 3

Place = tuple[int, int]
"""Where text begins and ends in the document."""
Cell = tuple[Place, ...]
"""Where the lines of a cell stand; a list table's cell is one place."""
Row = tuple[Cell, ...]
_GRID = lazy(r"[ \t]*\+(?:[-=]{2,}\+)+[ \t\r]*$", re.MULTILINE)
_SIMPLE = lazy(r"[ \t]*=+(?:[ \t]+=+)+[ \t\r]*$", re.MULTILINE)
_RUN = lazy(r"=+")


def list_table(text: str, start: int) -> Iterator[Row]:
    """Return the rows of the list table whose directive's line holds `start`, heading rows included."""
    begin = text.rfind("\n", 0, start) + 1
    margin = _margin(text[begin : text.find("\n", begin)])
    row: list[Place] = []
    count = inner = 0
    position = text.find("\n", start) + 1
    while 0 < position < len(text) and count < _MOST_CELLS:
        line = _LINE.match(text, position)
        assert line is not None  # noqa: S101 - the pattern matches everywhere
        end = line.end()
        shown = line[0].rstrip()
        if shown and _margin(shown) <= margin:
            break
        opening = _ROW.match(shown)
        cell = _CELL.match(shown) if opening or row else None
        if opening and row:
            yield tuple((cell,) for cell in row)
            row = []
        if opening:
            inner = opening.end()
        if cell and (opening or cell.end("indent") == inner):
            row.append((position + cell.end(), position + len(shown)))
            count += 1
        elif shown and row:
            row[-1] = (row[-1][0], position + len(shown))
        position = end
    if row:
        yield tuple((cell,) for cell in row)


def _margin(line: str) -> int:
    return len(line) - len(line.lstrip())


def drawn_table(text: str, start: int) -> tuple[tuple[Row, ...], int] | None:
    """Return the rows of the grid or simple table that begins in the line of `start`, and where it ends."""
    begin = text.rfind("\n", 0, start) + 1
    if _GRID.match(text, begin):
        return _grid(text, begin)
    if _SIMPLE.match(text, begin):
        return _simple(text, begin)
    return None


def _lines(text: str, begin: int) -> Iterator[Place]:
    while begin < len(text):
        end = text.find("\n", begin)
        end = len(text) if end < 0 else end
        yield begin, end
        begin = end + 1


def _grid(text: str, begin: int) -> tuple[tuple[Row, ...], int]:
    """A grid is one block; a line of plus signs ends each row."""
    top = text[begin : text.find("\n", begin)] if "\n" in text[begin:] else text[begin:]
    edges = [place for place, sign in enumerate(top) if sign == "+"]
    columns = [(left + 1, right) for left, right in pairwise(edges)]
    rows: list[Row] = []
    row: list[list[Place]] = []
    end = begin
    for first, last in _lines(text, begin):
        shown = text[first:last].strip()
        if not shown or shown[0] not in "+|":
            break
        end = last
        if shown[0] == "+":
            rows += [tuple(tuple(cell) for cell in row)] if any(row) else []
            row = [[] for _ in columns]
            continue
        for cell, place in zip(row, _cells(text, first, last, columns), strict=False):
            cell.extend([place] if place[0] < place[1] else [])
        if len(rows) * len(columns) > _MOST_CELLS:
            break
    return tuple(rows), end


def _simple(text: str, begin: int) -> tuple[tuple[Row, ...], int] | None:
    """A simple table ends at its third ruling, or its second where no heading stands above it.

    A line whose first column is blank goes on with the row before; words between two columns, or no
    ruling below, and it is no table.
    """
    ruling = text[begin : text.find("\n", begin)] if "\n" in text[begin:] else text[begin:]
    runs = [match.span() for match in _RUN.finditer(ruling)]
    gaps = [(right, left) for (_, right), (left, _) in pairwise(runs)]
    columns = [*((left, right) for (left, _), (right, _) in pairwise(runs)), (runs[-1][0], _MOST_CELLS)]
    rows: list[list[list[Place]]] = []
    rulings = 0
    ruled = False
    end = begin
    for first, last in _lines(text, begin):
        shown = text[first:last].strip()
        if ruled and (rulings == _RULINGS or (rulings > 1 and not shown)):
            break
        if not shown.strip("-= \t"):
            rulings += shown.startswith("=")
            ruled = bool(shown)
            end = last if shown else end
            continue
        if any(text[first + left : min(first + right, last)].strip() for left, right in gaps):
            return None
        ruled = False
        cells = _cells(text, first, last, columns)
        if cells[0][0] < cells[0][1] or not rows:
            rows.append([[] for _ in columns])
        for cell, place in zip(rows[-1], cells, strict=True):
            cell.extend([place] if place[0] < place[1] else [])
        end = last
        if len(rows) * len(columns) > _MOST_CELLS:
            break
    return (tuple(tuple(tuple(cell) for cell in row) for row in rows), end) if rulings > 1 else None


def _cells(text: str, first: int, last: int, columns: Sequence[Place]) -> list[Place]:
    """Return what a line holds in each column, without the blanks around."""
    places = []
    for left, right in columns:
        shown = text[min(first + left, last) : min(first + right, last)]
        begin = min(first + left, last) + len(shown) - len(shown.lstrip(" \t|"))
        places.append((begin, max(begin, min(first + left, last) + len(shown.rstrip(" \t\r|")))))
    return places
