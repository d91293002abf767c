"""Finds phrases of a large dictionary in text, fast: by the first letters of each word.

One alternation of five hundred phrases costs microseconds at every character. Here every phrase is
filed under the letters it can begin with, and only words with such a beginning are looked at.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from monitor.extract.patterns import lazy
from monitor.extract.words.caseless import lowered

KEY = 6
"""Characters of a phrase's beginning that are looked for."""

_FILED = 3
"""Characters of a beginning that phrases are filed under; fewer where it has but two."""
# A capital after a small letter begins a word, too: words glued together.
_GLUED = lazy(r"[A-ZÀ-ÞА-Я](?<=[a-z0-9/].)")
_LEAVE = r"(?![^\W\d_])"
_BLANK = r"[\s\-]{1,8}"
_BLANKS = lazy(r"[\s\-]")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase found at `start:end`, of the `kind` it was filed with."""

    kind: str
    start: int
    end: int


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

    def __init__(self, phrases: Iterable[tuple[str, str]]) -> None:
        self._drawers: dict[str, _Drawer] = {}
        for kind, fragment in phrases:
            heads: dict[str, set[str]] = {}
            for beginning in beginnings(fragment):
                heads.setdefault(_key(beginning), set()).add(_BLANKS.split(beginning, maxsplit=1)[0])
            for key, words in heads.items():
                drawer = self._drawers.setdefault(key, _Drawer())
                drawer.heads = (*drawer.heads, *words.difference(drawer.heads))
                drawer.phrases.append((kind, fragment))
        self._begin = re.compile(rf"(?<![^\W_])(?=({_first_letters(self._drawers)}))")

    def find(self, text: str) -> Iterator[Phrase]:
        """Return the phrases of a text in order, none inside another."""
        low = lowered(text)
        starts = [(match.start(), match[1]) for match in self._begin.finditer(low)]
        if _GLUED.search(text):
            glued = ((match.start(), low[match.start() :][:_FILED]) for match in _GLUED.finditer(text))
            starts = sorted({*starts, *glued})
        position, drawers = 0, self._drawers
        for start, letters in starts:
            drawer = drawers.get(letters)
            if drawer is None and not letters.isalpha():
                drawer = drawers.get(_key(letters)) or drawers.get(letters[:-1])
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
        thirds[key[1]] = thirds.get(key[1], "") + (key[2] if len(key) > 2 else _ANYTHING)
    return "|".join(
        re.escape(first)
        + f"(?:{'|'.join(re.escape(second) + _third(third) for second, third in found.items())})"
        for first, found in tree.items()
    )


def _third(letters: str) -> str:
    known = re.escape(letters.replace(" ", ""))
    return "(?s:.?)" if _ANYTHING in letters else rf"[{known}\s\-]" if " " in letters else f"[{known}]"


def _key(beginning: str) -> str:
    return _BLANKS.sub(" ", beginning[:_FILED]).rstrip()


def _spaced(fragment: str) -> str:
    return fragment.replace(" ", _BLANK)


def beginnings(fragment: str) -> frozenset[str]:
    """Return every beginning, up to `KEY` characters, of what a fragment matches; a blank is white space.

    Understands literals, classes without ranges, groups, alternation, `?`, `*`, `{1,3}` and lookahead:
    what the phrase lists use. A beginning ends before anything else.
    """
    found = _Expander(fragment).alternatives()
    return frozenset(text.partition(_ANYTHING)[0][:KEY].rstrip() for text in found if len(text.strip()) > 1)


_ANYTHING = "\x00"


class _Expander:
    """Expands a fragment to the set of its beginnings by recursive descent."""

    def __init__(self, source: str) -> None:
        self.source, self.place = source, 0

    def alternatives(self) -> frozenset[str]:
        found = self.sequence()
        while self.place < len(self.source) and self.source[self.place] == "|":
            self.place += 1
            found |= self.sequence()
        return found

    def sequence(self) -> frozenset[str]:
        done: frozenset[str] = frozenset({""})
        while self.place < len(self.source) and self.source[self.place] not in "|)":
            done = _joined(done, self.repeated(self.atom()))
        return done

    def repeated(self, atom: frozenset[str]) -> frozenset[str]:
        char = self.source[self.place : self.place + 1]
        if char and char in "?*":
            self.place += 1
            return atom | {""}
        if char != "{":
            return atom
        close = self.source.index("}", self.place)
        least, _, most = self.source[self.place + 1 : close].partition(",")
        self.place = close + 1
        found, once = frozenset[str](), frozenset({""})
        for number in range(int(most or least) + 1):
            found |= once if number >= int(least) else frozenset()
            once = _joined(once, atom)
        return found

    def atom(self) -> frozenset[str]:
        char = self.source[self.place]
        self.place += 1
        if char == "\\":
            self.place += 1
            escaped = self.source[self.place - 1]
            return frozenset({" " if escaped == "s" else _ANYTHING if escaped.isalnum() else escaped})
        if char == "[":
            close = self.source.index("]", self.place)
            inside = self.source[self.place : close].replace("\\s", " ")
            self.place = close + 1
            return frozenset({_ANYTHING} if inside[0] == "^" else inside)
        if char == "(":
            ahead = self.source.startswith("?=", self.place)
            self.place += 2
            found = self.alternatives()
            self.place += 1
            return frozenset({""}) if ahead else found
        return frozenset({_ANYTHING if char == "." else char})


def _joined(begun: frozenset[str], more: frozenset[str]) -> frozenset[str]:
    done = frozenset(one for one in begun if len(one) > KEY or one.endswith(_ANYTHING))
    return done | {(one + other)[: KEY + 1] for one in begun - done for other in more}
