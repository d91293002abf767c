"""One access date for a whole list.

Said of all: "All links last accessed on 14 March 2022.", "Hepsine 14.03.2022 tarihinde erişildi";
said above or below the list with no other words: "Accessed 14 March 2022:"; under the list's heading also
at the beginning of any sentence: "Accessed 14 March 2022 and may have changed."; or in the heading itself:
"Sources (accessed 14 March 2022)".
"""

import re
from collections.abc import Sequence

from msgspec.structs import replace

from monitor.extract.dates.found import DateKind
from monitor.extract.layouts.entry import Entry
from monitor.extract.layouts.reference_shape import YEARISH, listed_shape
from monitor.extract.passage import Group, Kind
from monitor.extract.references.title_marks import quoted
from monitor.extract.words.caseless import Caseless
from monitor.extract.words.purposes import Words
from monitor.extract.words.vocabulary import any_of
from monitor.patterns import lazy

_ALL = Caseless(
    lambda: (
        rf"\b{any_of(Words.ALL_LINKS)}\b|{any_of(Words.ALL_LINKS_SIGNS)}"
        # Without a noun, right beside the phrase.
        rf"|(?:^|[.:]\s)[(\[]?{any_of(Words.ALL_ALONE)}(?=\s{{1,2}}(?:\w{{2,9}}\s)?\x00)"
    )
)
_ALONE = lazy(r"[^\w\x00]{0,8}\x00[^\w\x00]{0,8}")
_LAST_SENTENCE = lazy(r"[.!?。][^\w\x00]{0,4}\x00[^\w\x00]{0,6}$")
_FIRST_SENTENCE = lazy(r"[^\w\x00]{0,8}\x00(?:\.\s|。)")
_BEGINS_SENTENCE = lazy(r"(?:^|[.!?。]\s)[^\w\x00]{0,8}\x00(?=[\s.,:;!。，：)\]*_]|$)")
_ANNOUNCED = lazy(r"\x00[^\w\x00]{0,8}[:：]\W*$")
_SEVERAL = 2
_LONGEST = 240
_REACH = 2000
"""Entries a list is looked at for, either way."""
_MOST = 100_000
"""Entries that are given dates, or looked at in vain, before a document is taken for bait."""
_MISSED = 50
_MOST_PASSED = 100
"""Entries in a row without an address that a list may hold."""


def with_shared_dates(found: Sequence[Entry]) -> tuple[Entry, ...]:
    """Return the entries, each with the date said of its whole list if it has none of its own.

    The list is what follows (else what stands before) in the same reference section or the same list,
    or paragraph by paragraph as lists are written.
    """
    told = list(found)
    places: dict[Entry, int] = {}
    looked = 0
    for place, entry in enumerate(found):
        dates = () if entry.located else entry.of_kind(DateKind.ACCESSED)
        if not dates:
            continue
        after, before = found[place + 1 : place + 1 + _REACH], found[max(0, place - _REACH) : place][::-1]
        listed = _governed(entry, after, before)
        looked += len(listed) or _MISSED
        places = places or {one: at for at, one in enumerate(found)}
        if looked > _MOST:
            break
        for one in listed:
            if not _tells(one):
                at = places[one]
                told[at] = replace(told[at], shared=tuple((entry.passage, date) for date in dates))
        if listed:
            others = tuple(date for date in entry.dates if date.kind is not DateKind.ACCESSED)
            told[place] = replace(told[place], dates=others)
    return tuple(told)


def _governed(entry: Entry, after: Sequence[Entry], before: Sequence[Entry]) -> list[Entry]:
    """Return the entries of the list an entry without address speaks of; [] where it speaks for itself."""
    told = entry.masked()
    if len(told) <= _LONGEST and _ALL.search(told):
        return _listed(after, entry) or _listed(before, entry)
    if entry.passage.kind is Kind.HEADING:
        return _undated(_headed(after, entry))
    if entry.passage.kind is not Kind.PARAGRAPH:
        return []
    if _ANNOUNCED.search(told):
        return _undated(_list(after, within=entry.group))
    if _ALONE.fullmatch(told):
        return _undated(_list(after), _SEVERAL) or _undated(_list(before), _SEVERAL)
    if entry.numbered or _names_work(told):
        return []
    if entry.in_references and _BEGINS_SENTENCE.search(told):
        return _undated(_listed(after, entry)) or _undated(_listed(before, entry))
    last_or_first = _LAST_SENTENCE.search(told) or _FIRST_SENTENCE.match(told)
    return _undated(_list(after), _SEVERAL) if last_or_first else []


def _names_work(told: str) -> bool:
    return YEARISH.search(told) is not None or quoted(told) is not None


def _tells(entry: Entry) -> bool:
    """Tell whether an entry says itself when it was accessed, or that nobody knows."""
    return bool(
        entry.of_kind(DateKind.ACCESSED, DateKind.UNAVAILABLE, DateKind.PLACEHOLDER, DateKind.NO_YEAR)
    )


def _undated(listed: list[Entry], least: int = 1) -> list[Entry]:
    """Return a list whose entries all wait for a date; what has dates of its own needs none."""
    return listed if len(listed) >= least and not any(map(_tells, listed)) else []


def _list(near: Sequence[Entry], within: Group | None = None) -> list[Entry]:
    """Return the list right beside: items, lines that are addresses alone, or any line of a paragraph
    that announced them.
    """
    listed: list[Entry] = []
    for one in near:
        if listed and one.group != listed[0].group:
            break
        located = any(address.certain for address in one.addresses)
        if not listed and not located and one.passage.kind is Kind.ROW:
            continue
        if not located or (
            one.passage.kind not in {Kind.ITEM, Kind.ROW}
            and one.group != within
            and re.search(r"\w", one.masked())
        ):
            break
        listed.append(one)
    return listed


def _headed(near: Sequence[Entry], heading: Entry) -> list[Entry]:
    listed = []
    for one in near:
        if one.section != heading.section:
            break
        if any(address.certain for address in one.addresses) and (
            one.in_references or one.passage.kind is Kind.ITEM
        ):
            listed.append(one)
    return listed


def _listed(near: Sequence[Entry], entry: Entry) -> list[Entry]:
    group: Group | None = None
    listed: list[Entry] = []
    passed = 0
    for one in near:
        if not any(address.certain for address in one.addresses):
            passed += 1
            if passed > _MOST_PASSED:
                break
            continue
        passed = 0
        cited = entry.in_references and one.in_references
        if one.section != entry.section and not cited:
            break
        group = one.group if group is None else group
        if not (cited or one.group == group or listed_shape(one)):
            break
        listed.append(one)
    return listed
