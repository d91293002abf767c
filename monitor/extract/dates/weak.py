"""Phrases that may tell of a page's state as well as of a visit: "as of", "Stand:", "stan na"."""

import re
from collections.abc import Iterator

from msgspec.structs import replace

from monitor.extract.dates.found import IS_URL, LONGEST_URL, DateKind, FoundDate
from monitor.extract.words.purposes import Words
from monitor.extract.words.vocabulary import any_of
from monitor.patterns import lazy

# "Stand: 1.3.2020, abgerufen am 2.11.2020": what says "as of" is an access date only while nothing
# better is near, and only after its address.
_WEAK = lazy(lambda: rf"[\[(]?{any_of(Words.STATE)}(?!\w)", re.IGNORECASE)
_BESIDE = 120
# "As of 3 May 2014 the room can be visited" tells of the room, "not functional as of 2014" of the end.
_GONE = lazy(lambda: rf"\b{any_of(Words.GONE)}\b[^.;,]{{0,30}}$", re.IGNORECASE)
# "The site is down as of 28 May 2019": so are other things that are so as of a day.
_TELLS_STATE = lazy(r"[a-z]\s{1,4}$")
_AS_OF = lazy(lambda: rf"{any_of(Words.AS_OF)}\b", re.IGNORECASE)
# What each of them begins with, and few phrases do.
_MAY_BE_WEAK = lazy(lambda: rf"[\[(]?(?:{any_of(Words.STATE)}|{any_of(Words.AS_OF)})", re.IGNORECASE)
_SENTENCE_START = lazy(
    lambda: rf"(?=[A-Z][a-z]\s{{1,4}}[a-z]{{2}}\s)(?i:{any_of(Words.AS_OF)})\s[^.;)\]]{{4,24}}\s[a-z]"
)


def outweighed(text: str, found: list[FoundDate]) -> Iterator[FoundDate]:
    """Yield the dates again, those of weak phrases as dates of an update where all else says so."""
    for place, one in enumerate(found):
        if one.kind is not DateKind.ACCESSED or not _MAY_BE_WEAK.match(text, one.outer_start):
            yield one
            continue
        beside = found[max(0, place - 1) : place] + found[place + 1 : place + 2]
        weak = _tells_state(text, one) or _gives_way(text, one, beside)
        yield replace(one, kind=DateKind.UPDATED) if weak else one


def _tells_state(text: str, one: FoundDate) -> bool:
    """Tell whether the sentence around a date says how something was on that day."""
    start = one.outer_start
    return bool(
        _SENTENCE_START.match(text, start)
        or (_WEAK.match(text, start) and _GONE.search(text, max(0, start - 40), start))
        or (_AS_OF.match(text, start) and _TELLS_STATE.search(text, max(0, start - 5), start))
    )


def _gives_way(text: str, one: FoundDate, beside: list[FoundDate]) -> bool:
    """Tell whether a weak phrase leads to its address, or has a plain access date beside it."""
    if not _WEAK.match(text, one.outer_start):
        return False
    return _leads(text, one) or any(
        other.kind is DateKind.ACCESSED
        and not _WEAK.match(text, other.outer_start)
        and max(other.start - one.end, one.start - other.end) < _BESIDE
        and not IS_URL.search(text, min(one.end, other.end), max(one.start, other.start))
        for other in beside
    )


def _leads(text: str, one: FoundDate) -> bool:
    """Tell whether an address follows soon and none stands before: then the page's state is told."""
    before, after = max(0, one.outer_start - LONGEST_URL), one.outer_end + _BESIDE // 2
    return not IS_URL.search(text, before, one.outer_start) and bool(
        IS_URL.search(text, one.outer_end, after)
    )
