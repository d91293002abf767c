"""Finds phrases of a large dictionary in text, fast: by the first letters of each word.

One alternation of five hundred phrases costs microseconds at every character. Here every phrase is
filed under the letters it can begin with, and only words with such a beginning are looked at.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

KEY = 3
"""Letters a phrase is filed under."""

# A word's first letters; also where a capital follows a small letter: words glued together.
_WORD_START = re.compile(
    r"(?:(?<![^\W_])|(?<=[a-z0-9/])(?=[A-ZÀ-ÞА-Я]))[^\W\d_](?:[^\W\d_A-ZÀ-ÞА-Я]{1,2}|(?<=[A-ZÀ-ÞА-Я])[A-ZÀ-ÞА-Я]{1,2})"
)
_LEAVE = r"(?![^\W\d_])"


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase found at `start:end`, of the `kind` it was filed with."""

    kind: str
    start: int
    end: int


class PhraseIndex:
    """Phrases by kind, each a regular expression fragment in which a blank stands for white space."""

    def __init__(self, phrases: Iterable[tuple[str, str]]) -> None:
        filed: dict[str, list[tuple[str, str]]] = {}
        for kind, fragment in phrases:
            for key in beginnings(fragment):
                filed.setdefault(key, []).append((kind, fragment))
        self._patterns: Mapping[str, re.Pattern[str]] = {}
        self._filed = filed
        self._keys = frozenset(filed)

    def find(self, text: str) -> Iterator[Phrase]:
        """Return the phrases of a text in order, none inside another."""
        position = 0
        keys = self._keys
        for word in _WORD_START.finditer(text):
            key = word[0].lower()
            if key in keys and word.start() >= position:
                match = self._pattern(key).match(text, word.start())
                if match is not None and match.end() > match.start():
                    position = match.end()
                    yield Phrase((match.lastgroup or "").rstrip("0123456789"), match.start(), match.end())

    def _pattern(self, key: str) -> re.Pattern[str]:
        known = self._patterns.get(key)
        if known is None:
            fitting = sorted(self._filed[key], key=lambda pair: -len(pair[1]))
            joined = "|".join(
                f"(?P<{kind}{number}>{_spaced(text)})" for number, (kind, text) in enumerate(fitting)
            )
            known = re.compile(f"(?:{joined}){_LEAVE}", re.IGNORECASE)
            self._patterns = {**self._patterns, key: known}
        return known


def _spaced(fragment: str) -> str:
    return fragment.replace(" ", r"[\s\-]{1,8}")


def beginnings(fragment: str, length: int = KEY) -> frozenset[str]:
    """Return every beginning, up to `length` letters and lower case, of what a fragment matches.

    A blank ends a beginning: one of two letters is a whole word.
    Understands literals, classes without ranges, groups, alternation,
    `?` and lookahead: what the phrase lists use.
    """
    found = _Expander(fragment).alternatives()
    return frozenset(text.split(" ")[0][:length] for text in found if len(text.split(" ")[0]) > 1)


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
            atom = self.atom()
            if self.source[self.place : self.place + 1] in {"?", "*"}:
                self.place += 1
                atom |= {""}
            done = frozenset(
                (begun + more)[: KEY + 1] for begun in done for more in (atom if len(begun) <= KEY else {""})
            )
        return done

    def atom(self) -> frozenset[str]:
        char = self.source[self.place]
        self.place += 1
        if char == "\\":
            self.place += 1
            escaped = self.source[self.place - 1]
            return frozenset({" " if escaped in "sd." else escaped})
        if char == "[":
            close = self.source.index("]", self.place)
            inside = self.source[self.place : close].replace("\\s", " ")
            self.place = close + 1
            return frozenset(" " if one in "-'’" else one for one in inside.lower())
        if char == "(":
            ahead = self.source.startswith("?=", self.place)
            self.place += 2
            found = self.alternatives()
            self.place += 1
            return frozenset({""}) if ahead else found
        return frozenset({char.lower()})
