"""Tells a writer's line ends from those a program put in to keep lines short."""

from collections.abc import Sequence

from monitor.patterns import lazy

_NARROWEST, _WIDEST = 40, 110
_WORD = lazy(r"\S+")


def wrap_width(texts: Sequence[str]) -> int | None:
    """Return the width a document was wrapped to; None where its line ends are the writer's.

    Wrapped text has many lines just below one width, and none but unbreakable ones above it.
    """
    lengths: dict[int, int] = {}
    for text in texts:
        for line in text.split("\n")[:-1] if "\n" in text else ():
            # A long single token says nothing: it could not be broken.
            if " " in line.strip():
                length = len(line.rstrip())
                lengths[length] = lengths.get(length, 0) + 1
    total = sum(lengths.values())
    if total < 3:
        return None
    width = max(lengths)
    if not _NARROWEST <= width <= _WIDEST:
        return None
    near = sum(count for length, count in lengths.items() if length >= width - 12)
    return width if 2 * near >= total else None


_FILLED = 0.8
_FEWEST_FILLED = 4


def _filled(text: str, width: int) -> bool:
    """Tell whether every line of a paragraph but its last is nearly full: wrapped by hand, it is ragged."""
    lines = text.strip("\n").split("\n")
    return len(lines) > _FEWEST_FILLED and all(
        _FILLED * width <= len(line.strip()) <= width for line in lines[:-1]
    )


def line_starts(text: str, width: int | None) -> list[int]:
    """Return where lines begin that the writer began: after a line that had room for the next word."""
    if width is not None and _filled(text, width):
        return []
    starts = []
    begin = 0
    place = text.find("\n")
    while place >= 0:
        if width is None:
            starts.append(place + 1)
        else:
            following = _WORD.search(text, place + 1)
            word = following.end() - following.start() if following else 0
            if len(text[begin:place].rstrip()) + 1 + word <= width:
                starts.append(place + 1)
        begin = place + 1
        place = text.find("\n", begin)
    return starts
