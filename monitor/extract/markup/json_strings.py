"""JSON with places: where each string value is written, and its contents piece by piece (RFC 8259 §7)."""

import re
from collections.abc import Iterator

from monitor.patterns import lazy

_TOKEN = lazy(
    r'[\s,:]*(?:(?P<open>[\[{])|(?P<close>[\]}])|"(?P<string>(?:[^"\\]|\\.)*)"|(?P<atom>[^\s,:\[\]{}"]+))',
    re.DOTALL,
)
_ESCAPE = lazy(r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.)", re.DOTALL)
_CONTROL = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}
_DEPTH = 100

Path = tuple[str | int, ...]
"""Where a value stands: keys and positions from the root."""


class _Level:
    """An object or a list under way, and the key or position of its present member."""

    __slots__ = ("key", "listed")

    def __init__(self, *, listed: bool) -> None:
        self.listed = listed
        self.key: str | int | None = -1 if listed else None

    def enter(self) -> None:
        """Come to the next member of a list; an object's members are named by their keys."""
        if isinstance(self.key, int):
            self.key += 1

    def leave(self) -> None:
        """Have read a member."""
        if not self.listed:
            self.key = None


def strings(text: str) -> Iterator[tuple[Path, int, int]]:
    """Yield the path and the place (inside the quotes) of every string value, in order.

    Damaged JSON ends the walk; what came before counts. Linear, and bounded in depth.
    """
    levels: list[_Level] = []
    for token in _TOKEN.finditer(text):
        level = levels[-1] if levels else None
        if token["close"]:
            if level is None:
                return
            levels.pop()
            if levels:
                levels[-1].leave()
        elif level is not None and level.key is None and token["string"] is not None:
            level.key = token["string"]
        else:
            if level is not None:
                level.enter()
            if token["open"]:
                if len(levels) >= _DEPTH:
                    return
                levels.append(_Level(listed=token["open"] == "["))
            elif level is not None:
                if token["string"] is not None:
                    yield tuple(one.key for one in levels if one.key is not None), *token.span("string")
                level.leave()


def decoded(text: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """Yield a string's contents as (decoded, start, length): what is written plainly, and each escape."""
    at = start
    for escape in _ESCAPE.finditer(text, start, end):
        if escape.start() > at:
            yield text[at : escape.start()], at, escape.start() - at
        yield _character(escape[0]), escape.start(), len(escape[0])
        at = escape.end()
    if at < end:
        yield text[at:end], at, end - at


def _character(escape: str) -> str:
    if escape[1] != "u" or len(escape) == 2:  # a damaged "\\u" stands for its letter
        return _CONTROL.get(escape[1], escape[1])
    code = [int(part, 16) for part in escape.split("\\u")[1:]]
    if len(code) == 2:  # a surrogate pair
        return chr(0x10000 + ((code[0] - 0xD800) << 10) + (code[1] - 0xDC00))
    return chr(code[0])
