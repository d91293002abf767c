"""Notes that there is no access date: "access date unavailable", "no access date"."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from monitor.extract.dates.found import DateKind, FoundDate
from monitor.extract.words.purposes import Words
from monitor.extract.words.vocabulary import BLANK, any_of, filed, words
from monitor.patterns import lazy

_INSIDE_WORD = lazy(r"(?<=\w)")
_OPENS = lazy(lambda: rf"[\[(]\s?(?:{any_of(Words.LAST)}\s)?$", re.IGNORECASE)
_HEAD = 20
"""Characters that hold what a note is filed under, whatever blanks part its words."""


@lru_cache(maxsize=1)
def _notes() -> tuple[re.Pattern[str], ...]:
    """Return a pattern for each note that there is no access date; few texts begin another than one or two."""
    entries = (one.replace(" ", BLANK) for one in words(Words.UNAVAILABLE))
    return tuple(lazy(rf"(?:{one})(?!\w)\s{{0,3}}[\])]?") for one in entries)


@lru_cache(maxsize=4096)
def _begun(head: str) -> tuple[re.Pattern[str], ...]:
    """Return the patterns of the notes that may begin so, in order."""
    plain = " ".join(head.split())
    begun = (told for beginning, told in filed(Words.UNAVAILABLE).items() if plain.startswith(beginning))
    return tuple(_notes()[number] for number in sorted({number for told in begun for number in told}))


def _note(low: str, start: int) -> re.Match[str] | None:
    """Return the note that there is no access date which begins at a place of a text in lower case."""
    for pattern in _begun(low[start : start + _HEAD]):
        if match := pattern.match(low, start):
            return match
    return None


def unavailable(text: str, low: str, starts: Sequence[int]) -> Iterator[FoundDate]:
    """Yield the notes that there is no access date, of which one may begin at each of some places."""
    position = 0
    for begin in starts:
        match = _note(low, begin) if begin >= position else None
        if match is None:
            continue
        start, position = match.span()
        if _INSIDE_WORD.match(text, start):
            continue
        if opening := _OPENS.search(text, max(0, start - 8), start):
            start = opening.start()
        yield FoundDate(
            start=start, end=position, outer_start=start, outer_end=position,
            date=None, text=text[start:position], repair=None, kind=DateKind.UNAVAILABLE,
        )  # fmt: skip
