"""Regular expressions compiled when first used.

The rooms of extraction and of pages hold some seven hundred patterns, and a short document or one page needs
a third of them; compiling all costs more than everything else a start does.
"""

import re
from collections.abc import Callable
from typing import Any, AnyStr, cast

_NAMES = ("search", "match", "fullmatch", "finditer", "findall", "sub", "split", "pattern")


class _Lazy:
    """Stands in for `re.Pattern`; at the first use its methods become those of the compiled pattern."""

    def __init__(self, source: str | bytes | Callable[[], str | bytes], flags: int) -> None:
        self._source, self._flags = source, flags

    def __getattr__(self, name: str) -> Any:
        source = self._source() if callable(self._source) else self._source
        compiled = re.compile(source, self._flags)
        for one in _NAMES:
            setattr(self, one, getattr(compiled, one))
        return getattr(compiled, name)


def next_at(
    sign: re.Pattern[str], pattern: re.Pattern[str], text: str, start: int, end: int
) -> re.Match[str] | None:
    """Return what `pattern.search` would, faster: every match of it begins where `sign` matches.

    The engine skips to the next of a few characters only where each branch of a pattern begins with one.
    """
    position = start
    while begun := sign.search(text, position, end):
        if found := pattern.match(text, begun.start(), end):
            return found
        position = begun.start() + 1
    return None


def lazy(source: AnyStr | Callable[[], AnyStr], flags: int = 0) -> re.Pattern[AnyStr]:
    """Return a pattern that is compiled, and its source made, at the first use.

    It has the methods and attributes of `re.Pattern`; the functions of `re` do not take it.
    """
    return cast("re.Pattern[AnyStr]", _Lazy(source, flags))
