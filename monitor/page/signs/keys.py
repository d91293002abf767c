"""Which of a list of words stand in a page, told in one pass for all of them.

Nearly every page holds none of the words that marks and phrases are made of, and looking for one after
the other took as long as reading the page. One automaton looks for all (Aho and Corasick, CACM 18, 1975).
"""

from collections.abc import Iterable
from functools import cached_property

from ahocorasick_rs import AhoCorasick, BytesAhoCorasick


class TextKeys:
    """Words to look for in folded text."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = tuple(dict.fromkeys(words))

    @cached_property
    def _automaton(self) -> AhoCorasick:
        return AhoCorasick(self._words, store_patterns=False)

    def any_in(self, text: str) -> bool:
        """Tell whether one of them stands in a text."""
        return bool(self._automaton.find_matches_as_indexes(text))


class BodyKeys:
    """Words to look for in a body in lower case."""

    def __init__(self, words: Iterable[bytes]) -> None:
        self._words = tuple(dict.fromkeys(words))

    @cached_property
    def _automaton(self) -> BytesAhoCorasick:
        return BytesAhoCorasick(self._words)

    def held_in(self, low: bytes) -> set[bytes]:
        """Return those that stand in a body."""
        found = self._automaton.find_matches_as_indexes(low, overlapping=True)
        return {self._words[number] for number, _, _ in found}
