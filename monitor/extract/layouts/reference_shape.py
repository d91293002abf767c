"""What a reference looks like, where neither a heading nor list markup says that it is one."""

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from monitor.extract.dates.found import DateKind
from monitor.extract.layouts.entry import NUMBERED, Entry
from monitor.extract.passage import HOLE, Kind
from monitor.extract.references.authors import LAST_FIRST, PERSONS, VANCOUVER
from monitor.extract.references.title_marks import quoted
from monitor.extract.references.titles import part
from monitor.extract.words.purposes import Words
from monitor.extract.words.reference_words import retrieval_pattern
from monitor.extract.words.vocabulary import any_of
from monitor.patterns import lazy

YEARISH = lazy(r"[(（\[][^()（）]{0,24}(?:1[6-9]\d\d|20\d\d|n\.\s?d\.)[^()（）]{0,16}[)）\]]")
# "B. Marsh, July 2004, *Title*, [accessed 3 May 2011]"
_YEAR_BETWEEN = lazy(r",\s(?:[^\W\d_]{3,9}\.?\s(?:\d{1,2},?\s)?)?(?:19|20)\d\d,\s")
# A Japanese sentence ends in its verb; a title seldom does.
_TOLD = lazy(lambda: rf"{any_of(Words.TOLD)}[。\s（(]*$")
# "… of the vendors (accessed 3 May 2011) says that": a sentence that goes on.
_TOLD_ON = lazy(r"^[(（].*[)）]\s{1,2}[a-zß-ÿа-я]{2}", re.DOTALL)
_KEY_VALUE = lazy(r"^[^\n:]{2,40}:\s\S")
_STOPS = frozenset([".", ",", ";", "]", ")", "”", '"', "»", "’", "'", ">", "?", "!", ""])
_WORD = lazy(r"[^\W\d_]{2}")
_GOES_ON = lazy(r"[\s\"”’)\]]*[^\W_]")
# "[^2]: https://… "Name of the page"": the title of a link target, kept in a note.
_NAMED_AFTER = lazy(r"\A\s{1,4}[\"“][^\"”\n]{1,200}[\"”]\s*\Z")
_NOTE_MARK = lazy(r"\[\^[^\]\s]{1,40}\]:")
_LONGEST = 900
_HEAD = 240
_TAIL = 60
_REACH = 200
"""Entries looked at on either side of a dated one."""


def dated_shape(entry: Entry) -> bool:
    """Tell whether an entry with a date but no address reads as a reference: author, title, stops."""
    dates = entry.of_kind(DateKind.ACCESSED, DateKind.UNAVAILABLE)
    if not dates or len(entry.text) > _LONGEST:
        return False
    date = dates[0]
    before = entry.passage.text[entry.start : date.outer_start]
    named = part(before).title
    if not named or len(named) < 4:
        return False
    own_line = before.rpartition("\n")[2].strip(" */#")
    keyed = sum(_KEY_VALUE.match(line.strip()) is not None for line in entry.text.splitlines())
    if not own_line and keyed > 1 and not (entry.in_references or entry.numbered):
        return False
    if _TOLD.search(before) or _TOLD_ON.search(entry.passage.text[date.outer_start : date.outer_end + 4]):
        return False
    if before.rstrip()[-1:] not in _STOPS and not entry.in_references:
        bracketed = entry.passage.text[date.outer_start : date.outer_start + 1] in {"[", "("}
        return bracketed and (entry.numbered or _YEAR_BETWEEN.search(before) is not None)
    return (
        entry.in_references
        or entry.numbered
        or YEARISH.search(before) is not None
        or _YEAR_BETWEEN.search(before) is not None
        or quoted(before) is not None
    )


def note_of_source(entry: Entry) -> bool:
    """Tell whether a footnote names a source and no more: its address stands first or last in it."""
    certain = [one for one in entry.addresses if one.certain]
    if entry.passage.kind is not Kind.NOTE or not certain:
        return False
    mark = _NOTE_MARK.match(entry.text)
    before = entry.passage.text[entry.start + (mark.end() if mark else 0) : certain[0].start]
    before = retrieval_pattern().sub("", before)
    after = _NAMED_AFTER.sub("", entry.passage.text[certain[-1].end : entry.end])
    return not _WORD.search(after) or not (_WORD.search(before) or _GOES_ON.match(after))


def beside_dated(found: Sequence[Entry], dated: AbstractSet[int]) -> set[int]:
    """Return which entries go on with the list, paragraph by paragraph, that dated citations belong to.

    A dated one among them goes on for itself.
    """
    joined: set[int] = set()
    for place in dated:
        for step in (1, -1):
            near = place + step
            while (
                abs(near - place) <= _REACH
                and 0 <= near < len(found)
                and near not in joined
                and near not in dated
                and found[near].section == found[place].section
                and found[near].passage.kind is found[place].passage.kind
                and listed_shape(found[near])
            ):
                joined.add(near)
                near += step
    return joined


def listed_shape(entry: Entry) -> bool:
    """Tell whether a paragraph reads as an item of a reference list: its address, if any, comes last."""
    text = entry.text.strip()
    if not 20 <= len(text) <= _LONGEST:
        return False
    certain = [one for one in entry.addresses if one.certain]
    end = max([one.end for one in certain] + [one.outer_end for one in entry.dates], default=entry.end)
    if certain and len(entry.passage.text[end : entry.end].strip()) > _TAIL:
        return False
    head = text[:_HEAD]
    if NUMBERED.match(entry.text):
        return (
            bool(certain) or YEARISH.search(text) is not None or bool(re.search(r"\b(?:19|20)\d\d\b", text))
        )
    begun = PERSONS.match(head) or LAST_FIRST.match(head) or VANCOUVER.match(head)
    introduced = certain and retrieval_pattern().search(
        entry.passage.text[max(entry.start, certain[0].start - 50) : certain[0].start] + HOLE
    )
    return bool(begun or YEARISH.search(head) or introduced or quoted(head))
