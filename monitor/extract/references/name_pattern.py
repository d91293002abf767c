"""Patterns of people's names, cheap to compile: capitals of two scripts and both apostrophes read as one class.

Characters outside of Latin-1 make the engine's compiler build a map of 65,536 entries for each class that
holds them, and the shapes of authors hold such classes some ninety times.
"""

import re
from collections.abc import Callable
from functools import lru_cache

from monitor.patterns import lazy

INITIAL = "[A-ZÀ-Þª]"
"""A capital letter in a text as names are sought in it, where "ª" stands for a Cyrillic one."""
NAME = rf"{INITIAL}[\w'-]+"

_CYRILLIC = lazy("[А-ЯЁІЇЄ]")


@lru_cache(maxsize=8)  # one text is held against shape after shape
def _read(text: str) -> str:
    return _CYRILLIC.sub("ª", text.replace("’", "'").replace("ª", "º"))


class NamePattern:
    """A pattern made of `INITIAL` and `NAME`. Its matches tell places; their words are not those of the text."""

    def __init__(self, pattern: str | Callable[[], str]) -> None:
        self._compiled = lazy(pattern)

    def match(self, text: str, place: int = 0) -> re.Match[str] | None:
        """Return the match at a place."""
        return self._compiled.match(text if text.isascii() else _read(text), place)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """Return the match of the whole text."""
        return self._compiled.fullmatch(text if text.isascii() else _read(text))

    def without(self, text: str) -> str:
        """Return a text without the match at its beginning."""
        match = self.match(text)
        return text[match.end() :] if match else text
