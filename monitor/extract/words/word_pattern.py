"""Patterns around the entries of a purpose, each compiled by itself where it first may begin."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from monitor.extract.words.caseless import Caseless, Needs, lowered
from monitor.extract.words.purposes import Words
from monitor.extract.words.vocabulary import BLANK, any_of, begun, filed, unfiled_words, words


class WordPattern(Caseless):
    """A caseless pattern: `shape` puts a group of a purpose's entries into it, at the beginning of a word.

    It is tried only where one of them may begin, and with those alone: compiling a few hundred entries
    costs more than reading a short document. One of the signs `before` may stand in front; those of
    `plain` are read as others that the shape holds and no entry does.
    """

    def __init__(
        self,
        purpose: Words,
        shape: Callable[[str], str],
        needs: Needs = (),
        before: str = "",
        plain: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(lambda: shape(any_of(purpose)), needs)
        self._purpose, self._shape, self._before, self._plain = purpose, shape, before, plain or {}
        self._single: dict[int, re.Pattern[str]] = {}

    def first(self, low: str) -> re.Match[str] | None:
        """Return the first match in a text in lower case."""
        return next(self.matches(low), None)

    def match(self, text: str) -> re.Match[str] | None:
        """Return the match at the beginning."""
        low = self._read(lowered(text))
        places = begun(self._purpose, low)
        numbers = {*self._anywhere(low), *places.get(0, ())}
        if low[:1] and low[0] in self._before:
            numbers.update(places.get(1, ()))
        return self._first_at(low, 0, sorted(numbers))

    def matches(self, low: str) -> Iterator[re.Match[str]]:
        """Return every match in a text in lower case, in order."""
        low = low if low.isascii() else self._read(low)
        places, anywhere = begun(self._purpose, low), self._anywhere(low)
        return self._found(low, places, anywhere) if places or anywhere else iter(())

    def _read(self, low: str) -> str:
        for sign, other in self._plain.items():
            low = low.replace(sign, other)
        return low

    def _anywhere(self, low: str) -> list[int]:
        """Return the numbers of the entries that can begin with anything and may stand in a text."""
        return [number for number, word in self._loose if word in low]

    @cached_property
    def _loose(self) -> tuple[tuple[int, str], ...]:
        return tuple(zip(filed(self._purpose).get("", ()), unfiled_words(self._purpose), strict=True))

    def _found(
        self, low: str, places: Mapping[int, Sequence[int]], anywhere: Collection[int]
    ) -> Iterator[re.Match[str]]:
        position = 0
        ahead = {number: self._one(number).search(low) for number in anywhere}
        for start in sorted(places):
            if start < position:
                continue
            numbers = places[start]
            if anywhere:
                for found in self._until(low, position, start, ahead):
                    position = found.end()
                    yield found
                if start < position:
                    continue
                numbers = sorted({*numbers, *anywhere})
            signed = start > position and low[start - 1] in self._before
            for place in (start - 1, start) if signed else (start,):
                if match := self._first_at(low, place, numbers):
                    position = match.end()
                    yield match
                    break
        if anywhere:
            yield from self._until(low, position, len(low) + 1, ahead)

    def _until(
        self, low: str, position: int, until: int, ahead: dict[int, re.Match[str] | None]
    ) -> Iterator[re.Match[str]]:
        """Yield the matches of entries that can begin with anything, up to where another may begin.

        `ahead` keeps the next match of each such entry: no part of a text is searched for it twice.
        """
        signed = position < until <= len(low) and low[until - 1] in self._before
        while True:
            for number, match in ahead.items():
                if match is not None and match.start() < position:
                    ahead[number] = self._one(number).search(low, position)
            first = min((one for one in ahead.values() if one is not None), key=re.Match.start, default=None)
            if first is None or first.start() >= until - signed:
                return
            position = first.end()
            yield first

    def _first_at(self, low: str, place: int, numbers: Iterable[int]) -> re.Match[str] | None:
        for number in numbers:
            if match := self._one(number).match(low, place):
                return match
        return None

    def _one(self, number: int) -> re.Pattern[str]:
        if number not in self._single:
            entry = words(self._purpose)[number].replace(" ", BLANK)
            self._single[number] = re.compile(self._shape(f"(?:{entry})"))
        return self._single[number]
