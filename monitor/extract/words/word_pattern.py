"""Patterns around the entries of a purpose, each compiled by itself where it first may begin."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

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
        low = self._read(low)
        anywhere, places = self._anywhere(low), begun(self._purpose, low)
        return self._found(low, places, anywhere) if places or anywhere else iter(())

    def _read(self, low: str) -> str:
        if not low.isascii():
            for sign, other in self._plain.items():
                low = low.replace(sign, other)
        return low

    def _anywhere(self, low: str) -> list[int]:
        """Return the numbers of the entries that can begin with anything and may stand in a text."""
        loose = zip(filed(self._purpose).get("", ()), unfiled_words(self._purpose), strict=True)
        return [number for number, word in loose if word in low]

    def _found(
        self, low: str, places: Mapping[int, Sequence[int]], anywhere: Collection[int]
    ) -> Iterator[re.Match[str]]:
        position = 0
        for start in (*sorted(places), len(low) + 1):
            if start < position:
                continue
            signed = position < start <= len(low) and low[start - 1] in self._before
            while found := self._next(low, position, anywhere):
                if found.start() >= start - signed:
                    break
                position = found.end()
                yield found
            if start < position or start > len(low):
                continue
            numbers = sorted({*places[start], *anywhere}) if anywhere else places[start]
            for place in (start - 1, start) if signed and start > position else (start,):
                if match := self._first_at(low, place, numbers):
                    position = match.end()
                    yield match
                    break

    def _next(self, low: str, position: int, numbers: Iterable[int]) -> re.Match[str] | None:
        found = [match for number in numbers if (match := self._one(number).search(low, position))]
        return min(found, key=re.Match.start, default=None)

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
