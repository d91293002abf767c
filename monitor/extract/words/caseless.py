"""Patterns matched without regard to case, fast.

With `re.IGNORECASE` the engine loses every short cut it has for literals, and a long alternation is
tried branch by branch at each character. The same pattern in lower case, on a lower-case copy of
the text, takes a third to a seventh of the time.
"""

import re
from collections.abc import Callable, Iterator

from monitor.patterns import lazy


def lowered(text: str) -> str:
    """Return text in lower case, character for character: a place in one is the same place in the other."""
    # "İ" alone grows when lowered (Unicode SpecialCasing.txt).
    return text.replace("İ", "i").lower()


Needs = tuple[str, ...] | Callable[[], tuple[str, ...]]


class Caseless:
    """A pattern written in lower case. Its matches tell places; their words are in lower case.

    Texts are taken whole: whoever looks at one place of a long text cuts it out first. `needs` are
    words one of which every match holds; a text without any of them is not searched at all.
    """

    def __init__(self, pattern: str | Callable[[], str], needs: Needs = ()) -> None:
        self.compiled = lazy(pattern)
        self._needs = needs

    def pattern(self, _low: str) -> re.Pattern[str]:
        """Return the pattern for a text in lower case."""
        return self.compiled

    def search(self, text: str) -> re.Match[str] | None:
        """Return the first match."""
        low = lowered(text)
        return self.first(low) if self._may_match(low) else None

    def first(self, low: str) -> re.Match[str] | None:
        """Return the first match in a text in lower case."""
        return self.pattern(low).search(low)

    def match(self, text: str) -> re.Match[str] | None:
        """Return the match at the beginning."""
        low = lowered(text)
        return self.pattern(low).match(low)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """Return the match of the whole text."""
        low = lowered(text)
        return self.pattern(low).fullmatch(low)

    def matches(self, low: str) -> Iterator[re.Match[str]]:
        """Return every match in a text in lower case, in order."""
        return self.pattern(low).finditer(low)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Return every match in order."""
        low = lowered(text)
        return self.matches(low) if self._may_match(low) else iter(())

    def _may_match(self, low: str) -> bool:
        needs = self._needs() if callable(self._needs) else self._needs
        for word in needs:
            if word in low:
                return True
        return not needs

    def sub(self, replacement: str, text: str) -> str:
        """Return the text with each match replaced; the rest keeps its case."""
        low = lowered(text)
        if self._needs and not self._may_match(low):
            return text
        parts, position = [], 0
        for match in self.matches(low):
            parts += [text[position : match.start()], replacement]
            position = match.end()
        return "".join([*parts, text[position:]]) if parts else text
