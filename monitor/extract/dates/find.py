"""Finds access dates in running text, and the dates that only look like them.

A date is an access date only when a phrase (`phrases.py`) or its place (`brackets.py`) claims
it; a date that a phrase of updating, archiving or publishing claims is reported with its kind, so that
`monitor extract --explain` can show why it was not taken.
"""

from collections.abc import Iterable
from operator import attrgetter

from msgspec import Struct

from monitor.extract.dates.brackets import placed
from monitor.extract.dates.found import DIGIT, DateKind, FoundDate
from monitor.extract.dates.phrases import phrases_in, said_by
from monitor.extract.dates.values import NO_HINTS, DateHints, plain_digits
from monitor.extract.dates.weak import outweighed
from monitor.extract.words.caseless import lowered
from monitor.extract.words.purposes import Words
from monitor.extract.words.vocabulary import words
from monitor.patterns import lazy

# Neither date, nor placeholder, nor the note that there is none can do without a digit or one of these.
_HOLE_SIGNS = ("<", "{", "_", "$", "…", "...")


def _may_have_hole(low: str) -> bool:
    for sign in words(Words.HOLE_SIGNS):
        if sign in low:
            return True
    return any(sign in low for sign in _HOLE_SIGNS)


_START = attrgetter("start")


def find_access_dates(text: str, hints: DateHints = NO_HINTS) -> tuple[FoundDate, ...]:
    """Return every dated phrase of a text in order: access dates, and what only looks like one."""
    return find_all_access_dates((text,), hints)[0]


def find_all_access_dates(texts: Iterable[str], hints: DateHints) -> list[tuple[FoundDate, ...]]:
    """Return the dated phrases of each of some texts, as `find_access_dates` does.

    The texts of a document take each step together: its patterns and words stay in the processor's cache.
    """
    readings = [_reading(plain_digits(text)) for text in texts]
    read = [one for one in readings if one is not None]
    phrases = [phrases_in(one.text, one.low) for one in read]
    said = [said_by(one.text, one.low, *heard, hints) for one, heard in zip(read, phrases, strict=True)]
    beside = [placed(one.text, one.low, hints) if one.numbered else [] for one in read]
    settled = iter([_settled(one.text, [*a, *b]) for one, a, b in zip(read, said, beside, strict=True)])
    return [next(settled) if one is not None else () for one in readings]


def says_access(name: str) -> bool:
    """Tell whether a date is an access date for standing in a field or column of this name."""
    return any(one.kind is DateKind.ACCESSED for one in find_access_dates(f"{name}: 3 May 2011"))


class _Reading(Struct, frozen=True, gc=False):
    """A text that may say a date, as it is read: with words broken at line ends whole, and in lower case."""

    text: str
    low: str
    numbered: bool


def _reading(text: str) -> _Reading | None:
    numbered, low = DIGIT.search(text) is not None, lowered(text)
    if not numbered and not _may_have_hole(low):
        return None
    if "-\n" in text or "-\r\n" in text:
        text = _whole_words(text)
        low = lowered(text)
    return _Reading(text, low, numbered)


def _settled(text: str, found: list[FoundDate]) -> tuple[FoundDate, ...]:
    """Return what was found in order, each date once."""
    if not found:
        return ()
    found.sort(key=_START)
    kept: list[FoundDate] = []
    for one in found:
        if kept and one.start < kept[-1].end:
            # Two phrases claim one date: "Last updated and accessed on" goes to the nearer, the later one.
            if one.kind is DateKind.ACCESSED and kept[-1].kind not in {
                DateKind.UNAVAILABLE,
                DateKind.ACCESSED,
            }:
                kept[-1] = one
            continue
        kept.append(one)
    return tuple(outweighed(text, kept))


_HYPHENATED = lazy(r"(?<=[^\W\d_])-(\r?\n[ \t]{0,40})([^\W\d_]{1,24})")


def _whole_words(text: str) -> str:
    """Move each line end that broke a word behind it, so that every other place stays what it was."""
    return _HYPHENATED.sub(r"\2 \1", text)
