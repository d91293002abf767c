"""Texts that are a few entries of purposes in a row, told entry by entry: headings, labels of links.

One pattern of all entries, or of those that may stand in a text, would have to hold each of them as often
as one may follow another: compiling it costs more than reading a short document. Here each entry is
compiled by itself, once, where it first may begin.
"""

import re
from collections.abc import Iterator, Sequence

from monitor.extract.words.purposes import Words
from monitor.extract.words.vocabulary import BLANK, begun, filed, words
from monitor.patterns import lazy

_EDGE = lazy(r"\W|\Z")


class WordChain:
    """At most so many entries in a row, a `joint` between two; one is of `named`, others may be of `beside`.

    No entry begins or ends within a word, and every joint ends in a blank or a sign. `rest` is what may
    follow the last entry.
    """

    def __init__(
        self,
        named: Words,
        beside: Sequence[Words],
        joint: re.Pattern[str],
        rest: re.Pattern[str],
        most: int,
    ) -> None:
        self._named, self._purposes = named, (named, *beside)
        self._joint, self._rest, self._most = joint, rest, most
        self._single: dict[tuple[Words, int], re.Pattern[str]] = {}

    def fills(self, low: str, start: int) -> bool:
        """Tell whether such a row fills a text in lower case from a place on."""
        places = {purpose: begun(purpose, low) for purpose in self._purposes}
        ends = [edge.start() for edge in _EDGE.finditer(low, start)]
        reached = {(start, False)}
        for _ in range(self._most):
            ended = {
                (end, named or purpose is self._named)
                for place, named in reached
                for purpose in self._purposes
                for end in self._ends(purpose, places[purpose].get(place, ()), low, place, ends)
            }
            if any(named and self._rest.fullmatch(low, end) for end, named in ended):
                return True
            reached = {
                (edge + 1, named)
                for end, named in ended
                for edge in ends
                if edge >= end and self._joint.fullmatch(low, end, edge + 1)
            }
        return False

    def _ends(
        self, purpose: Words, numbers: Sequence[int], low: str, place: int, ends: Sequence[int]
    ) -> Iterator[int]:
        """Yield where entries of a purpose end that begin at a place."""
        for number in (*numbers, *filed(purpose).get("", ())):
            key = purpose, number
            if key not in self._single:
                self._single[key] = re.compile(f"(?:{words(purpose)[number].replace(' ', BLANK)})")
            if self._single[key].match(low, place):
                yield from (end for end in ends if self._single[key].fullmatch(low, place, end))
