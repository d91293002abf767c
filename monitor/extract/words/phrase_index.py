"""Finds phrases of a large dictionary in text, fast: by the first letters of each word.

One alternation of five hundred phrases costs microseconds at every character. Here every phrase is
filed under the letters it can begin with, and only words with such a beginning are looked at.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from monitor.extract.patterns import lazy
from monitor.extract.words.caseless import lowered

_FILED = 3
"""Characters of a beginning that phrases are filed under; fewer where it has but two."""
_FEW = 4000
"""Characters that are searched word by word; a longer document is worth a compiled pattern."""
_ANY_WORD = lazy(rf"(?<![^\W_])(?=([^\W_].{{0,{_FILED - 1}}}))", re.DOTALL)
# A capital after a small letter begins a word, too: words glued together.
_GLUED = lazy(r"[A-ZÀ-ÞА-Я](?<=[a-z0-9/].)")
_ANY = "\x00"
_LEAVE = r"(?![^\W\d_])"
_BLANK = r"(?:[\s\-]{1,8})"
_WORDS = lazy(r"[^\W_]+")
_BLANKS = lazy(r"[\s\-]")


@dataclass(frozen=True, slots=True)
class Phrase:
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
        self._begin = lazy(lambda: rf"(?<![^\W_])(?=({_first_letters(self._drawers)}))")
        self._left = _FEW

    def find(self, text: str) -> Iterator[Phrase]:
        """Return the phrases of a text in order, none inside another."""
        low = lowered(text)
        # Compiling the pattern of all beginnings takes longer than a short document.
        self._left -= len(low)
        begin = _ANY_WORD if self._left > 0 else self._begin
        starts = [(match.start(), match[1]) for match in begin.finditer(low)]
        if _GLUED.search(text):
            glued = ((match.start(), low[match.start() :][:_FILED]) for match in _GLUED.finditer(text))
            starts = sorted({*starts, *glued})
        position, drawers = 0, self._drawers
        for start, letters in starts:
            drawer = drawers.get(letters) or drawers.get(key_of(letters)) or drawers.get(letters[:2])
            if drawer is None or start < position or not low.startswith(drawer.heads, start):
                continue
            match = drawer.compiled().match(low, start)
            if match is not None and match.end() > start:
                position = match.end()
                yield Phrase((match.lastgroup or "").rstrip("0123456789"), start, position)


def _first_letters(keys: Iterable[str]) -> str:
    """Return a pattern of the first letters of keys; those of two letters go on with anything."""
    tree: dict[str, dict[str, str]] = {}
    for key in sorted(keys):
        thirds = tree.setdefault(key[0], {})
        thirds[key[1]] = thirds.get(key[1], "") + (key[2] if len(key) > 2 else _ANY)
    return "|".join(
        re.escape(first)
        + f"(?:{'|'.join(re.escape(second) + _third(third) for second, third in found.items())})"
        for first, found in tree.items()
    )


def _third(letters: str) -> str:
    known = re.escape(letters.replace(" ", ""))
    return "(?s:.?)" if _ANY in letters else rf"[{known}\s\-]" if " " in letters else f"[{known}]"


def key_of(beginning: str) -> str:
    """Return the letters a beginning is filed under."""
    return _BLANKS.sub(" ", beginning[:_FILED]).rstrip()


def entries_in(low: str, entries: Sequence[str], filed: Filed) -> tuple[str, ...]:
    """Return the entries that may begin at a word of a text in lower case."""
    found = dict.fromkeys(filed.get("", ((), ()))[1])
    for start in _WORDS.finditer(low):
        letters = low[start.start() :][:_FILED]
        for key in {letters, key_of(letters), letters[:2]}:
            heads, numbers = filed.get(key, ((), ()))
            if heads and low.startswith(tuple(heads), start.start()):
                found.update(dict.fromkeys(numbers))
    return tuple(entries[number] for number in sorted(found))


def _spaced(fragment: str) -> str:
    return fragment.replace(" ", _BLANK)
