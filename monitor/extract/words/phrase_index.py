"""Finds phrases of a large dictionary in text, fast: by how they begin.

One alternation of five hundred phrases costs microseconds at every character. Here one automaton passes
over the text for all their beginnings at once (Aho and Corasick, CACM 18, 1975), and only where one of
them stands at the beginning of a word are the phrases that begin so tried.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ahocorasick_rs import AhoCorasick
from msgspec import Struct

from monitor.patterns import lazy

_FILED = 3
"""Characters of a beginning that phrases are filed under; fewer where it has but two."""
# A capital after a small letter begins a word, too: words glued together.
_GLUED = lazy(r"[A-ZÀ-ÞА-Я](?<=[a-z0-9/].)")
_LEAVE = r"(?![^\W\d_])"
_BLANK = r"(?:[\s\-]{1,8})"
_BLANKS = lazy(r"[\s\-]")


# What parts words: signs of ASCII, through a table of C that `str.translate` has for ASCII alone, and others.
_EDGES = bytes(code if code > 127 or chr(code).isalnum() else ord(" ") for code in range(256))
_SIGNS = lazy(r"[^\x00-\x7f\w]")


def _edged(text: str) -> str:
    """Return a text with a blank for every character that is no letter or number."""
    if not text.isascii():
        text = _SIGNS.sub(" ", text)
    return text.encode().translate(_EDGES).decode()


def _written(beginning: str) -> Iterator[str]:
    """Yield what stands for a beginning in an edged text: where more blanks part words, those before."""
    yield " " + _edged(beginning).rstrip()
    for place, char in enumerate(beginning):
        if char == " ":
            yield " " + _edged(beginning[:place]) + "  "


class Beginnings:
    """Tells at which words of a text one of many beginnings stands; a blank of theirs is white space.

    Those beside others are told by themselves, from the same pass.
    """

    def __init__(self, heads: Iterable[str], beside: Iterable[str] = ()) -> None:
        sought = [sorted({one for head in some for one in _written(head)}) for some in (heads, beside)]
        self._beside = len(sought[0])
        known = [*sought[0], *sought[1]]
        self._automaton = AhoCorasick(known, store_patterns=False) if known else None

    def starts(self, low: str) -> list[int]:
        """Return where those words begin in a text in lower case, in order."""
        found = self._matches(low)
        return sorted({start for _, start, _ in found}) if found else []

    def both(self, low: str) -> tuple[list[int], list[int]]:
        """Return where the first ones' words begin, and where the others'."""
        matches, first = self._matches(low), self._beside
        if not matches:
            return [], []
        starts = {start for number, start, _ in matches if number < first}
        others = {start for number, start, _ in matches if number >= first}
        return sorted(starts), sorted(others)

    def _matches(self, low: str) -> list[tuple[int, int, int]]:
        if self._automaton is None:
            return []
        # A blank before the text, so that places in the two are the same.
        return self._automaton.find_matches_as_indexes(" " + _edged(low), overlapping=True)


class Phrase(Struct, frozen=True, gc=False):
    """A phrase found at `start:end`, of the `kind` it was filed with."""

    kind: str
    start: int
    end: int


Filed = Mapping[str, tuple[Sequence[str], Sequence[int]]]
"""By first letters: the beginnings there, and the numbers of the entries."""


def _first_words(heads: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(head.partition(" ")[0] for head in heads))


@dataclass(slots=True)
class _Drawer:
    """The phrases that may begin with the same letters, and their first words."""

    words: tuple[str, ...] = ()
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


_MOST_DRAWERS = 4096


class _Drawers(dict[str, _Drawer | None]):
    """Drawers by the letters they are filed under, then by those of a text that lead to one."""

    def __missing__(self, letters: str) -> _Drawer | None:
        found = self.get(key_of(letters)) or self.get(letters[:2])
        if len(self) < _MOST_DRAWERS:
            self[letters] = found
        return found


class PhraseIndex:
    """Phrases by kind, each a regular expression fragment in lower case; a blank stands for white space.

    `beside` are beginnings of other phrases, whose places are told.
    """

    def __init__(self, kinds: Iterable[tuple[str, Sequence[str], Filed]], beside: Iterable[str] = ()) -> None:
        drawers: dict[str, _Drawer] = {}
        heads: list[str] = []
        for kind, entries, filed in kinds:
            for key, (begun, numbers) in filed.items():
                if not begun:
                    continue
                drawer = drawers.setdefault(key, _Drawer())
                drawer.words += _first_words(begun)
                drawer.phrases += [(kind, entries[number]) for number in numbers]
                heads += begun
        self._drawers = _Drawers(drawers)
        self._beginnings = Beginnings(heads, beside)

    def find(self, text: str, low: str) -> tuple[list[Phrase], list[int]]:
        """Return the phrases of a text in order, none inside another, and where those beside them may begin.

        `low` is the text in lower case.
        """
        starts, beside = self._beginnings.both(low)
        if glued := [match.start() for match in _GLUED.finditer(text)]:
            starts = sorted({*starts, *glued})
        position, found = 0, []
        for start in starts:
            if start < position:
                continue
            drawer = self._drawers[low[start : start + _FILED]]
            # That a beginning stands here is known, but for glued words.
            if drawer is None or (glued and not low.startswith(drawer.words, start)):
                continue
            match = drawer.compiled().match(low, start)
            if match is not None and match.end() > start:
                position = match.end()
                found.append(Phrase((match.lastgroup or "").rstrip("0123456789"), start, position))
        return found, beside


def key_of(beginning: str) -> str:
    """Return the letters a beginning is filed under."""
    return _BLANKS.sub(" ", beginning[:_FILED]).rstrip()


def entries_in(low: str, entries: Sequence[str], filed: Filed, beginnings: Beginnings) -> tuple[str, ...]:
    """Return the entries that may begin at a word of a text in lower case."""
    starts, anywhere = beginnings.starts(low), filed.get("")
    if not starts and anywhere is None:
        return ()
    found = dict.fromkeys(anywhere[1] if anywhere else ())
    for start in starts:
        letters = low[start : start + _FILED]
        for key in {letters, key_of(letters), letters[:2]}:
            heads, numbers = filed.get(key, ((), ()))
            if heads and low.startswith(_first_words(heads), start):
                found.update(dict.fromkeys(numbers))
    return tuple(entries[number] for number in sorted(found))


def _spaced(fragment: str) -> str:
    return fragment.replace(" ", _BLANK)
