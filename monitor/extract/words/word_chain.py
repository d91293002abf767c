"""Texts that are a few entries of purposes in a row, told entry by entry: headings, labels of links.

One pattern of all entries, or of those that may stand in a text, would have to hold each of them as often
as one may follow another: compiling it costs more than reading a short document. Here each entry is
compiled by itself, once, where it first may begin.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cached_property

from monitor.extract.words.purposes import Words
from monitor.extract.words.vocabulary import BLANK, filed, unfiled, words
from monitor.patterns import lazy

_Entries = Sequence[tuple[Words, re.Pattern[str]]]
_LONGEST_BLANK = 4
"""Characters that one blank of an entry matches at most (`BLANK`)."""
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

    @cached_property
    def _loose(self) -> re.Pattern[str] | None:
        """What tells whether an entry that can begin with anything begins at a place, if there is one."""
        entries = [one for purpose in self._purposes for one in unfiled(purpose)]
        return re.compile(_group(entries)) if entries else None

    @cached_property
    def _filed(self) -> Mapping[str, Sequence[tuple[str, Words, Sequence[int]]]]:
        """What the others can begin with, by its first letter, with the purpose and numbers of those."""
        found: dict[str, list[tuple[str, Words, Sequence[int]]]] = {}
        for purpose in self._purposes:
            for head, numbers in filed(purpose).items():
                if head:
                    found.setdefault(head[0], []).append((head, purpose, numbers))
        return found

    @cached_property
    def _heads(self) -> Mapping[str, tuple[str, ...]]:
        """The same beginnings alone."""
        return {letter: tuple([head for head, _, _ in told]) for letter, told in self._filed.items()}

    @cached_property
    def _reach(self) -> int:
        """How many characters of a text hold the longest of those, whatever blanks part its words."""
        heads = (head for beginnings in self._filed.values() for head, _, _ in beginnings)
        return max((len(head) + head.count(" ") * _LONGEST_BLANK for head in heads), default=0)

    def fills(self, low: str, start: int) -> bool:
        """Tell whether such a row fills a text in lower case from a place on."""
        begins = self._begin(low, start)
        if not begins:
            return False
        if self._is_one(begins, low, start):
            return True
        ends = [edge.start() for edge in _EDGE.finditer(low, start)]
        reached = {(start, False)}
        for _ in range(self._most):
            ended = {
                (end, named or purpose is self._named)
                for place, named in reached
                for purpose, entry in (begins if place == start else self._begin(low, place))
                for end in ends
                if entry.fullmatch(low, place, end)
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

    def _is_one(self, begins: _Entries, low: str, start: int) -> bool:
        """Tell whether a single entry, as far as it goes, is all: most rows are one."""
        return any(
            purpose is self._named
            and (found := entry.match(low, start))
            and self._rest.fullmatch(low, found.end())
            for purpose, entry in begins
        )

    def _begin(self, low: str, place: int) -> _Entries:
        """Return the entries that begin at a place, with their purposes."""
        told = " ".join(low[place : place + self._reach].split())
        letter = told[:1]
        begun: set[tuple[Words, int]] = set()
        if told.startswith(self._heads.get(letter, ())):
            begun = {
                (purpose, number)
                for head, purpose, numbers in self._filed[letter]
                if told.startswith(head)
                for number in numbers
            }
        if self._loose is not None and self._loose.match(low, place):
            begun.update(
                (purpose, number) for purpose in self._purposes for number in filed(purpose).get("", ())
            )
        if not begun:
            # Most words are the first of none.
            return ()
        return [
            (purpose, entry)
            for purpose, number in begun
            if (entry := self._one(purpose, number)).match(low, place)
        ]

    def _one(self, purpose: Words, number: int) -> re.Pattern[str]:
        key = purpose, number
        if key not in self._single:
            self._single[key] = re.compile(_group(words(purpose)[number : number + 1]))
        return self._single[key]


def _group(entries: Sequence[str]) -> str:
    return f"(?:{'|'.join(entries)})".replace(" ", BLANK)
