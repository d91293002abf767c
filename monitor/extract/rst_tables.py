"""reStructuredText's `list-table`: where its cells stand (docutils, "Directives: List Table")."""

import re
from collections.abc import Iterator

_ROW = re.compile(r"(?P<indent>[ \t]*)[*+-][ \t]+(?=[*+-](?:[ \t]|$))")
_CELL = re.compile(r"(?P<indent>[ \t]*)(?:[*+-][ \t]+)?[*+-](?:[ \t]+|$)")
_LINE = re.compile(r"[^\n]*(?:\n|\Z)")
_MOST_CELLS = 20_000

Cell = tuple[int, int]
"""Where a cell begins and ends in the document."""


def list_table(text: str, start: int) -> Iterator[tuple[Cell, ...]]:
    """Return the rows of the list table whose directive's line holds `start`, heading rows included."""
    begin = text.rfind("\n", 0, start) + 1
    margin = _margin(text[begin : text.find("\n", begin)])
    row: list[Cell] = []
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
            yield tuple(row)
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
        yield tuple(row)


def _margin(line: str) -> int:
    return len(line) - len(line.lstrip())
