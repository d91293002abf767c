"""The lines of a plain text without what only draws: comment signs, comment brackets, rulings.

Reference lists stand in the comments of programs, and there every line begins with the comment's
sign. A sign that begins every line of a run is none of the text; one before a single line may be a bullet.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from msgspec import Struct

from monitor.patterns import lazy

_SIGN = lazy(r"[ \t]*(?P<sign>//+|#+'?|%+|;+|\*(?![*/])|>+|--(?!-))")
_RULE = lazy(r"[ \t]*(?:([=\-_*~#+/%;])\1{2,}[^\w\n]*|/\*+|\*+/|\"{3}|'{3}|<!--|-->)[ \t\r]*$")
_DOCSTRING = lazy(r"[ \t]*(?:\"{3}|'{3})(?=[^\"'])[ \t]*")
_OPENS = lazy(r"[ \t]*/\*+")
_CLOSES = lazy(r"[ \t]*\*+/")
_SIGNS = frozenset("/#'%;*>-=_~+\"<")
"""What a sign, a ruling, or a comment's bracket begins with."""
_LEAST = {"-": 3}
"""Lines in a row that make a comment of this sign; two do for the others."""


class CommentLine(Struct, frozen=True, gc=False):
    """What a line says is `text[start:end]` of the document; empty for a blank line and a ruling.

    `run` numbers the stretches with and without comment signs; `signed` tells which this is.
    """

    start: int
    end: int
    run: int
    signed: bool


Written = tuple[int, int, re.Match[str]]
"""Where a line begins and ends, and its comment sign."""


def lines(text: str) -> Iterator[CommentLine]:
    """Return the lines of a text in order, without line ends, comment signs and the blanks around."""
    run = 0
    stretch: list[Written] = []
    before = ""
    for position, end in chain(_bounds(text), [(len(text), len(text))]):
        if not stretch:
            before_it, before = before, text[position:end]
            shown = before.strip()
            if not shown:
                yield CommentLine(end, end, run, signed=False)
                continue
            if shown[0] not in _SIGNS:
                yield CommentLine(position, position + len(before.rstrip()), run, signed=False)
                continue
            before = before_it
        match = _sign(text, position, end)
        if stretch and (match is None or match["sign"] != stretch[0][2]["sign"]):
            comments = _comments(text, stretch, before, text[position:end])
            run += comments
            for first, last, sign in stretch:
                inner = sign.end() + text.startswith(" ", sign.end(), last)
                yield _line(text, inner if comments else first, last, run, signed=comments)
            run += comments
            before = text[slice(*stretch[-1][:2])]
            stretch = []
        if match is not None:
            stretch.append((position, end, match))
        else:
            yield _line(text, position, end, run, signed=False)
            before = text[position:end]


def _bounds(text: str) -> Iterator[tuple[int, int]]:
    position = 0
    while position < len(text):
        end = text.find("\n", position)
        end = len(text) if end < 0 else end
        yield position, end
        position = end + 1


def _sign(text: str, start: int, end: int) -> re.Match[str] | None:
    if text[start : start + 1].isalnum():
        return None
    return None if _RULE.match(text, start, end) else _SIGN.match(text, start, end)


def _line(text: str, start: int, end: int, run: int, *, signed: bool) -> CommentLine:
    last = start + len(text[start:end].rstrip())
    if start < end and text[start].isalnum():
        return CommentLine(start, last, run, signed)
    if opened := _DOCSTRING.match(text, start, end):
        start = opened.end()
        last = start + len(text[start:end].rstrip())
    if last <= start or _RULE.match(text, start, end):
        return CommentLine(end, end, run, signed)
    return CommentLine(start, last, run, signed)


def _comments(text: str, stretch: Sequence[Written], before: str, after: str) -> bool:
    """Tell whether a run of lines that begin with one sign is a comment, and not a list."""
    sign = stretch[0][2]["sign"]
    if len(stretch) < _LEAST.get(sign[0], 2):
        return False
    if sign != "*":
        return True
    # Stars are bullets, unless a line has nothing but one or the comment's brackets stand around.
    bare = any(not text[match.end() : end].strip() for _, end, match in stretch)
    return bare or _OPENS.match(before) is not None or _CLOSES.match(after) is not None
