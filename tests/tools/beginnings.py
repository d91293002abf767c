"""Files the entries of a purpose under the words they can begin with, for `phrase_index.py`."""

from collections.abc import Sequence

KEY = 9
"""Characters of an entry's beginning that are looked for."""
_COMMON = 5
"""Letters of a first word that is too common to be looked for alone, as "was" and "date" are."""


def filed(entries: Sequence[str]) -> dict[str, list[int]]:
    """Return by each beginning the numbers of the entries that can begin so.

    Those that can begin with anything are filed under no letters.
    """
    found: dict[str, list[int]] = {}
    for number, entry in enumerate(entries):
        heads = {_head(beginning) for beginning in beginnings(entry)}
        for head in sorted(heads | {""} if _anywhere(entry) else heads):
            found.setdefault(head, []).append(number)
    return found


def _head(beginning: str) -> str:
    first, *more = beginning.replace("-", " ").split()
    return " ".join((first, *more)) if len(first) <= _COMMON else first


def beginnings(fragment: str) -> frozenset[str]:
    """Return every beginning, up to `KEY` characters, of what a fragment matches; a blank is white space.

    Understands literals, classes without ranges, groups, alternation, `?`, `*`, `{1,3}` and lookahead:
    what the phrase lists use. A beginning ends before anything else.
    """
    found = _Expander(fragment).alternatives()
    return frozenset(text.partition(_ANYTHING)[0][:KEY].rstrip() for text in found if len(text.strip()) > 1)


def _anywhere(entry: str) -> bool:
    """Tell whether an entry can begin with something else than the letters of a word."""
    found = _Expander(entry).alternatives()
    return any(len(one) < 2 or not one[0].isalpha() or one[1] == _ANYTHING for one in found)


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
            return frozenset({_ANYTHING} if inside[0] == "^" or "\\" in inside else inside)
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
