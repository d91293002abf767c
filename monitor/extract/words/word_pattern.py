"""Patterns around the entries of a purpose that a short document need not compile whole."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property

from monitor.extract.words.caseless import Caseless, Needs
from monitor.extract.words.phrase_index import Beginnings
from monitor.extract.words.purposes import Words
from monitor.extract.words.vocabulary import BLANK, any_of, beginnings, unfiled, words_in

_FEW = 24
"""Texts that are looked at with the entries that may begin in them; from then on with all, at once."""
_NONE = "(?!)"


class WordPattern(Caseless):
    """A caseless pattern: `shape` puts a group of a purpose's entries into it, at the beginning of a word.

    It is tried only where one of them may begin; one of the signs `before` may stand in front.
    Compiling a few hundred entries costs more than reading a short document. The first texts are
    therefore searched for those entries alone that begin at one of their words.
    """

    def __init__(
        self,
        purpose: Words,
        shape: Callable[[str], str],
        needs: Needs = (),
        before: str = "",
        few: int = _FEW,
    ) -> None:
        super().__init__(lambda: shape(any_of(purpose)), needs)
        self._purpose, self._shape, self._before, self._left = purpose, shape, before, few
        self._small: dict[tuple[str, ...], re.Pattern[str]] = {}

    def pattern(self, low: str) -> re.Pattern[str]:
        """Return the pattern for a text in lower case."""
        if not self._left:
            return self.compiled
        self._left -= 1
        entries = words_in(self._purpose, low)
        if entries not in self._small:
            group = "|".join(entries).replace(" ", BLANK) or _NONE
            self._small[entries] = re.compile(self._shape(f"(?:{group})"))
        return self._small[entries]

    def first(self, low: str) -> re.Match[str] | None:
        """Return the first match in a text in lower case."""
        return next(self.matches(low), None)

    def matches(self, low: str) -> Iterator[re.Match[str]]:
        """Return every match in a text in lower case, in order."""
        for word in self._unfiled:
            if word in low:
                return self.pattern(low).finditer(low)
        starts = self._beginnings.starts(low)
        return self._begun(low, starts) if starts else iter(())

    @cached_property
    def _unfiled(self) -> tuple[str, ...]:
        return unfiled(self._purpose)

    @cached_property
    def _beginnings(self) -> Beginnings:
        return beginnings(self._purpose)

    def _begun(self, low: str, starts: Sequence[int]) -> Iterator[re.Match[str]]:
        pattern, position = self.pattern(low), 0
        for start in starts:
            signed = start > position and low[start - 1] in self._before
            match = (pattern.match(low, start - 1) if signed else None) or (
                pattern.match(low, start) if start >= position else None
            )
            if match is not None:
                position = match.end()
                yield match
