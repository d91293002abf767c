"""Patterns around the entries of a purpose that a short document need not compile whole."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from monitor.extract.words.caseless import Caseless, Needs, lowered
from monitor.extract.words.purposes import Words
from monitor.extract.words.vocabulary import (
    BLANK,
    any_of,
    beginnings,
    begun,
    unfiled,
    unfiled_words,
    words,
    words_in,
)
from monitor.patterns import lazy

_FEW = 24
"""Texts that are looked at with the entries that may begin in them; from then on with all, at once."""
_NONE = "(?!)"
_SIGNS = lazy(r"\W*")


class WordPattern(Caseless):
    """A caseless pattern: `shape` puts a group of a purpose's entries into it, at the beginning of a word.

    It is tried only where one of them may begin, and with those alone; one of the signs `before` may stand
    in front. Compiling a few hundred entries costs more than reading a short document. The first texts
    that are matched whole are therefore held against the entries that begin at one of their words.
    """

    def __init__(
        self,
        purpose: Words,
        shape: Callable[[str], str],
        needs: Needs = (),
        before: str = "",
        few: int = _FEW,
    ) -> None:
        super().__init__(lambda: shape(any_of(purpose)), needs)
        self._purpose, self._shape, self._before, self._left = purpose, shape, before, few
        self._small: dict[tuple[str, ...], re.Pattern[str]] = {}
        self._single: dict[int, re.Pattern[str]] = {}
        self._without = lazy(lambda: shape(f"(?:{_NONE})"))
        self._unfiled = lazy(lambda: rf"\W*?(?:{'|'.join(unfiled(purpose)).replace(' ', BLANK) or _NONE})")

    def pattern(self, low: str) -> re.Pattern[str]:
        """Return the pattern for a text in lower case."""
        if not self._left:
            return self.compiled
        self._left -= 1
        entries = words_in(self._purpose, low)
        if entries not in self._small:
            self._small[entries] = self._shaped(entries)
        return self._small[entries]

    def first(self, low: str) -> re.Match[str] | None:
        """Return the first match in a text in lower case."""
        return next(self.matches(low), None)

    def match(self, text: str) -> re.Match[str] | None:
        """Return the match at the beginning."""
        low = lowered(text)
        return self._opening(low).match(low)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """Return the match of the whole text."""
        low = lowered(text)
        return self._opening(low).fullmatch(low)

    def _opening(self, low: str) -> re.Pattern[str]:
        """Return the pattern for the beginning of a text: without entries where none may stand there."""
        starts, signs = beginnings(self._purpose).starts(low), _SIGNS.match(low)
        filed = starts and signs and starts[0] <= signs.end()
        return self.pattern(low) if filed or self._unfiled.match(low) else self._without

    def matches(self, low: str) -> Iterator[re.Match[str]]:
        """Return every match in a text in lower case, in order."""
        for word in self._needed:
            if word in low:
                return self.pattern(low).finditer(low)
        places = begun(self._purpose, low)
        return self._begun(low, places) if places else iter(())

    @cached_property
    def _needed(self) -> tuple[str, ...]:
        return unfiled_words(self._purpose)

    def _begun(self, low: str, places: Mapping[int, Sequence[int]]) -> Iterator[re.Match[str]]:
        position = 0
        for start, numbers in sorted(places.items()):
            if start < position:
                continue
            signed = start > position and low[start - 1] in self._before
            for place in (start - 1, start) if signed else (start,):
                if match := self._first_at(low, place, numbers):
                    position = match.end()
                    yield match
                    break

    def _first_at(self, low: str, place: int, numbers: Iterable[int]) -> re.Match[str] | None:
        for number in numbers:
            if number not in self._single:
                self._single[number] = self._shaped(words(self._purpose)[number : number + 1])
            if match := self._single[number].match(low, place):
                return match
        return None

    def _shaped(self, entries: Iterable[str]) -> re.Pattern[str]:
        group = "|".join(entries).replace(" ", BLANK) or _NONE
        return re.compile(self._shape(f"(?:{group})"))
