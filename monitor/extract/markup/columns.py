"""Text typeset in two columns: the gutter between them, by geometry alone."""

from collections.abc import Sequence

_FEWEST_LINES = 4
_MOST_LINES = 400
_NARROWEST = 15
"""Characters of a column; a narrower one is a number or a label."""
_GUTTER = 3
"""Blanks that part two columns in every line."""
_BOTH_SIDES = 0.6
"""The share of lines that must have text on both sides."""


def gutter(lines: Sequence[str]) -> int | None:
    """Return where the right one of two columns begins; None for one column, and for more than two.

    Between the columns every line is blank, in at least three places; nowhere else in the text is that so.
    """
    parted = sum("   " in line.strip() for line in lines)
    if not _FEWEST_LINES <= len(lines) <= _MOST_LINES or parted < _BOTH_SIDES * len(lines):
        return None
    width = max(map(len, lines))
    filled = [
        any(place < len(line) and not line[place].isspace() for line in lines) for place in range(width)
    ]
    gaps = [
        (start, end)
        for start, end in _runs(filled)
        if end - start >= _GUTTER and any(filled[:start]) and any(filled[end:])
    ]
    if len(gaps) != 1:
        return None
    start, end = gaps[0]
    both = sum(bool(line[:start].strip()) and bool(line[end:].strip()) for line in lines)
    wide = max(len(line[:start].strip()) for line in lines) >= _NARROWEST
    return end if wide and width - end >= _NARROWEST and both >= _BOTH_SIDES * len(lines) else None


def _runs(filled: Sequence[bool]) -> list[tuple[int, int]]:
    """Return start and end of each stretch of blank places."""
    runs: list[tuple[int, int]] = []
    begin: int | None = None
    for place, one in enumerate([*filled, True]):
        if not one and begin is None:
            begin = place
        elif one and begin is not None:
            runs.append((begin, place))
            begin = None
    return runs
