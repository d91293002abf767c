"""Finds phrases of a large dictionary in text, fast: by the first letters of each word.

One alternation of five hundred phrases costs microseconds at every character. Here one automaton passes
over the text for all their beginnings at once (Aho and Corasick, CACM 18, 1975), and only where one of
them stands at the beginning of a word are the phrases that begin so tried.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from ahocorasick_rs import AhoCorasick
from msgspec import Struct

from monitor.extract.words.caseless import lowered
from monitor.patterns import lazy

_FILED = 3
"""Characters of a beginning that phrases are filed under; fewer where it has but two."""
# A capital after a small letter begins a word, too: words glued together.
_GLUED = lazy(r"[A-ZÀ-ÞА-Я](?<=[a-z0-9/].)")
_LEAVE = r"(?![^\W\d_])"
_BLANK = r"(?:[\s\-]{1,8})"
_BLANKS = lazy(r"[\s\-]")


class _Edges(dict[int, int]):
    """Makes a blank of every character that is no letter or number, for `str.translate`."""

    def __missing__(self, code: int) -> int:
        self[code] = kept = code if chr(code).isalnum() else ord(" ")
        return kept


_EDGES = _Edges()
# `str.translate` asks the table for each letter anew; bytes go through a table of C.
_ASCII_EDGES = bytes(_EDGES[code] if code < 128 else code for code in range(256))


def _edged(text: str) -> str:
    """Return a text with a blank for every character that is no letter or number."""
    if text.isascii():
        return text.encode("ascii").translate(_ASCII_EDGES).decode("ascii")
    return text.translate(_EDGES)


class Beginnings:
    """Tells at which words of a text one of many beginnings stands."""

    def __init__(self, heads: Iterable[str]) -> None:
        known = {" " + _edged(head).rstrip() for head in heads}
        self._automaton = AhoCorasick(sorted(known), store_patterns=False) if known else None

    def starts(self, low: str) -> list[int]:
        """Return where those words begin in a text in lower case, in order."""
        if self._automaton is None:
            return []
        # A blank before the text, so that places in the two are the same.
        found = self._automaton.find_matches_as_indexes(" " + _edged(low), overlapping=True)
        return sorted({start for _, start, _ in found})


class Phrase(Struct, frozen=True, gc=False):
    """A phrase found at `start:end`, of the `kind` it was filed with."""

    kind: str
    start: int
    end: int


Filed = Mapping[str, tuple[Sequence[str], Sequence[int]]]
"""By first letters: the first words of the beginnings there, and the numbers of the entries."""


@dataclass(slots=True)
class _Drawer:
    """The phrases that may begin with the same letters, and the first words of their beginnings."""

    heads: tuple[str, ...] = ()
    phrases: list[tuple[str, str]] = field(default_factory=list)
    pattern: re.Pattern[str] | None = None

    def compiled(self) -> re.Pattern[str]:
        if self.pattern is None:
            fitting = sorted(self.phrases, key=lambda pair: -len(pair[1]))
            joined = "|".join(
                f"(?P<{kind}{number}>{_spaced(text)})" for number, (kind, text) in enumerate(fitting)
            )
            self.pattern = re.compile(f"(?:{joined}){_LEAVE}")
        return self.pattern


class PhraseIndex:
    """Phrases by kind, each a regular expression fragment in lower case; a blank stands for white space."""

    def __init__(self, kinds: Iterable[tuple[str, Sequence[str], Filed]]) -> None:
        self._drawers: dict[str, _Drawer] = {}
        for kind, entries, filed in kinds:
            for key, (heads, numbers) in filed.items():
                if not heads:
                    continue
                drawer = self._drawers.setdefault(key, _Drawer())
                drawer.heads += tuple(heads)
                drawer.phrases += [(kind, entries[number]) for number in numbers]
        self._beginnings = Beginnings(head for one in self._drawers.values() for head in one.heads)

    def find(self, text: str) -> Iterator[Phrase]:
        """Return the phrases of a text in order, none inside another."""
        low = lowered(text)
        starts = self._beginnings.starts(low)
        if glued := [match.start() for match in _GLUED.finditer(text)]:
            starts = sorted({*starts, *glued})
        position, drawers = 0, self._drawers
        for start in starts:
            if start < position:
                continue
            letters = low[start : start + _FILED]
            drawer = drawers.get(letters) or drawers.get(key_of(letters)) or drawers.get(letters[:2])
            if drawer is None or not low.startswith(drawer.heads, start):
                continue
            match = drawer.compiled().match(low, start)
            if match is not None and match.end() > start:
                position = match.end()
                yield Phrase((match.lastgroup or "").rstrip("0123456789"), start, position)


@lru_cache(maxsize=4096)
def key_of(beginning: str) -> str:
    """Return the letters a beginning is filed under."""
    return _BLANKS.sub(" ", beginning[:_FILED]).rstrip()


def entries_in(low: str, entries: Sequence[str], filed: Filed, beginnings: Beginnings) -> tuple[str, ...]:
    """Return the entries that may begin at a word of a text in lower case."""
    starts, found = beginnings.starts(low), dict.fromkeys(filed.get("", ((), ()))[1])
    for start in starts:
        letters = low[start : start + _FILED]
        for key in {letters, key_of(letters), letters[:2]}:
            heads, numbers = filed.get(key, ((), ()))
            if heads and low.startswith(tuple(heads), start):
                found.update(dict.fromkeys(numbers))
    return tuple(entries[number] for number in sorted(found))


def _spaced(fragment: str) -> str:
    return fragment.replace(" ", _BLANK)
