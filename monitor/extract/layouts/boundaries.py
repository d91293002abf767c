"""Finds where one reference ends and the next begins inside a paragraph. One pass, linear time."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from monitor.extract.words.purposes import Words
from monitor.extract.words.reference_words import is_heading, retrieval_pattern
from monitor.extract.words.vocabulary import any_of
from monitor.patterns import lazy

Event = tuple[int, int, str]
"""Start, end and kind ("url" or "date") of what a reference holds."""

_ENUMERATED = lazy(
    lambda: (
        rf"[ \t]*(?:(?://|[#%;>]+)[ \t]*)?(?:(?!\[{any_of(Words.NO_ENUMERATORS)}\])\[\^?[\w.:+-]{{1,16}}\](?!\()"
        r"|\((?:\d{1,3}|@[\w-]{0,24})\)\s|\d{1,3}(?:\.(?=\s|[^\W\d_])|\)\s|\s?[-–]\s|[ \t]{2,4}(?=[^\W\d_]))"
        r"|[•·‣▪◦*+](?=\s)|[-–—](?=\s))"
    ),
    re.IGNORECASE,
)
_PREFIX = lazy(r"[ \t]*(?:(?://|[#%;>*]{1,3})[ \t]*)?")
_ENDED = lazy(r"[.,;:)\]}>|\s。）」』\"”’*_]*$")
_STOPPED = lazy(r"[.!?。]\W{0,8}$")
_FINISHED = lazy(r"[^\w\n]{0,6}[.;)\]。）]\s{0,3}|\s*\n")
# "[archived https://…]" in a line of its own goes with what stands before.
_AFTERWORD = lazy(lambda: rf"[\[(]?\s?{any_of(Words.ARCHIVE_STEM)}", re.IGNORECASE)
_FAR = 300
_LONGEST_PHRASE = 100


def cuts(text: str, events: Sequence[Event]) -> list[int]:
    """Return where new references begin: at lines, and after a complete reference within a line.

    `events` come in order of place.
    """
    found = _between_lines(text, events) if "\n" in text else []
    if len(events) < 2 or (len(events) == 2 and events[0][2] != events[1][2]):
        # Within a line a reference ends where an address or a date comes again.
        return found
    extra: list[int] = []
    begun: set[str] = set()
    last_end = position = 0
    for start, end, what in events:
        place = bisect_left(found, position + 1)
        if place < len(found) and found[place] <= start:
            begun = set()
        position = start
        if what in begun and (cut := _sentence_cut(text, last_end, start, begun)):
            extra.append(cut)
            begun = set()
        begun.add(what)
        last_end = max(last_end, end)
    return sorted({*found, *extra})


def _between_lines(text: str, events: Sequence[Event]) -> list[int]:
    """Return the lines that begin a reference, in order."""
    headed = _headed(text, events)
    found = (
        _hanging(text, events)
        or _whole_lines(text, events, max(headed, default=0))
        or _linked_lines(text, events)
        or list(_line_cuts(text, events))
    )
    if headed:
        return sorted({*found, *headed})
    announced = _announced(text, events)
    return sorted({*found, announced}) if announced else found


_ANY_LINE = lazy(r"^[^\n]*", re.MULTILINE)
_SHORT_LINE = 40
_LONGEST_HEADING = 80
_WHOLE = 3
_AUTHOR_YEAR = lazy(r"[^\n(]{3,120}\((?:(?:19|20)\d\d[a-z]?|n\.\s?d\.)\)")


def _whole_lines(text: str, events: Sequence[Event], body: int) -> list[int]:
    """Return where references begin that fill a line each, from `body` on; [] where the lines tell of none.

    Every line ends with a stop, an address or a date, or stands before an author and a year, and says too
    much to be a part of a reference. A heading right above the first is none of them.
    """
    if text.count("\n") < _WHOLE - 1:
        return []
    opened = {place for start, _, _ in events for place in (start - 1, start)}
    closed = {place for _, end, _ in events for place in range(end, end + 4)}
    found: list[int] = []
    for line in _ANY_LINE.finditer(text, body):
        first, last = line.start(), line.start() + len(line[0].rstrip())
        if last - first < _SHORT_LINE or text[first].islower() or text[first].isspace():
            return []
        if found and first in opened:
            return []
        ended = last in closed or _STOPPED.search(text, last - 9, last)
        if line.end() < len(text) and not ended and not _AUTHOR_YEAR.match(text, line.end() + 1):
            return []
        found.append(line.start())
    return found[1:]


_TOLD_AFTER = lazy(r"[^\n]*[^\W\d_]{2}[^\n]*(?<![,\s])[ \t]*(?:\n|\Z)")


def _linked_lines(text: str, events: Sequence[Event]) -> list[int]:
    """Return where references begin that are a line each, a link first; [] where the lines tell of none.

    "[The eel ladder](…) - Weir Press, 2019": each line goes on after its one link, none ends in a comma.
    """
    found = [line.end() for line in _LINE.finditer(text)]
    if len(found) < _HANGING or len(found) != len(events):
        return []
    for first, (start, end, what) in zip(found, events, strict=True):
        if what != "url" or start - first not in range(3) or not _TOLD_AFTER.match(text, end):
            return []
        if _AFTERWORD.match(text, start):
            return []
    return found[1:]


_LINE = lazy(r"^(?P<indent>[ \t]*)(?=\S)", re.MULTILINE)
_HANGING = 2


def _hanging(text: str, events: Sequence[Event]) -> list[int]:
    """Return where references of a list with hanging indents begin; [] where the lines tell of none.

    Every line that is not indented begins a reference: with a capital, a sign or a number, never with an
    address or a date.
    """
    if text.count("\n") < _HANGING:
        return []
    flush, indented = [], 0
    for line in _LINE.finditer(text):
        if line.start() and len(line["indent"].expandtabs(4)) >= _HANGING:
            indented += 1
        elif not line["indent"]:
            flush.append(line.end())
    if len(flush) < _HANGING or 3 * indented < len(flush) or text[:1].isspace():
        return []
    starts = {start for start, _, _ in events}
    enumerated = sum(_ENUMERATED.match(text, place) is not None for place in flush[1:])
    if 0 < enumerated < len(flush) - 1 or any(
        text[place].islower() or place in starts or place + 1 in starts for place in flush[1:]
    ):
        return []
    return flush[1:]


def _headed(text: str, events: Sequence[Event]) -> list[int]:
    """Return where a heading begins and ends that no blank line parts from its list.

    Before the first reference of a list it may also stand below prose, never right above an address:
    "Source:" alone in a line is a label there.
    """
    starts = {start for start, _, what in events if what == "url"}
    line = 0
    while 0 <= line <= (events[0][0] if events else 0):
        place = text.find("\n", line)
        if place < 0 or place + 1 >= len(text):
            break
        heads = place - line <= _LONGEST_HEADING and is_heading(text[line:place].strip())
        if heads and not line:
            return [place + 1]
        if heads and len(starts) > 1 and place + 1 not in starts:
            return [line, place + 1]
        line = place + 1
    return []


_COLON = lazy(r"[\s)\]*_.]{0,4}[:：][ \t*_]*\n")


def _announced(text: str, events: Sequence[Event]) -> int | None:
    """Return where the list begins that follows its access date: "Sources (accessed 3 May):", or the date alone."""
    if len(events) < 2 or any((what == "date") != (place == 0) for place, (_, _, what) in enumerate(events)):
        return None
    start, end, _ = events[0]
    line = text.find("\n", end)
    if line < 0 or events[1][0] < line:
        return None
    alone = len(events) > 2 and not re.search(r"\w", text[:start] + text[end:line])
    return line + 1 if alone or _COLON.match(text, end) else None


# Law notes: "…, https://…; Ona Reed, Another Title, https://…".
_NEXT_IN_NOTE = lazy(
    lambda: rf"\s?;\s{{1,4}}(?:{any_of(Words.SEE)} )?(?-i:(?=[A-ZÀ-Þ“\"‘']))(?!{any_of(Words.SAME_SOURCE)})",
    re.IGNORECASE,
)
_LEAST_NAMED = 25


def _sentence_cut(text: str, last_end: int, start: int, begun: set[str]) -> int | None:
    """Return where a new reference begins between a finished one and the next address or date."""
    between = text[last_end:start]
    if sum(char.isalnum() for char in between) < _LEAST_NAMED:
        return None
    ended = _FINISHED.match(between) if len(begun) > 1 else _NEXT_IN_NOTE.match(between)
    return last_end + ended.end() if ended else None


_NUMBER = lazy(r"^[ \t]*(?P<number>\d{1,3})[ \t]+(?=[^\W\d_]|[“\"‘«„])", re.MULTILINE)


def _counted(text: str) -> frozenset[int]:
    """Return where lines begin that count on from one another: "4 Marsh, …", "5 See …" of law notes."""
    lines = [(match.start(), int(match["number"])) for match in _NUMBER.finditer(text)]
    counted: set[int] = set()
    for (start, number), (later, following) in pairwise(lines):
        if following == number + 1:
            counted |= {start, later}
    return frozenset(counted)


def _line_cuts(text: str, events: Sequence[Event]) -> Iterator[int]:
    """Walk the lines with what the reference under way has shown so far; a deeper line goes on with it."""
    kinds: set[str] = set()
    counted = _counted(text)
    last_end = number = 0
    indent = len(text) - len(text.lstrip(" \t"))
    place = text.find("\n")
    while 0 <= place < len(text) - 1:
        line = place + 1
        place = text.find("\n", line)
        while number < len(events) and events[number][0] < line:
            kinds.add(events[number][2])
            last_end = max(last_end, events[number][1])
            number += 1
        if last_end > line:
            continue
        content = _PREFIX.match(text, line)
        first = content.end() if content else line
        if first >= len(text) or text[first] in "\r\n":
            continue
        following = events[number] if number < len(events) and events[number][0] - first in range(3) else None
        deeper, indent = first - line > indent, first - line
        if (
            line in counted
            or (not kinds and not deeper and _authored(text, line))
            or _begins(text, line, kinds, events[number : number + 1])
            or (
                kinds
                and not deeper
                and _complete(text, last_end, line, kinds)
                and _opens(text, first, kinds, following)
            )
        ):
            kinds = set()
            yield line


_AUTHOR = lazy(r"[A-ZÀ-Þ][\w'’-]{1,40},\s(?:[A-ZÀ-Þ]\.[\s-]?){1,3}(?=[:(&,]|[A-ZÀ-Þ])")
_YEAR = lazy(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def _authored(text: str, line: int) -> bool:
    """Tell whether a line begins with "Marsh, B.", below one that begins so, too, gives a year and ended."""
    before = text.rfind("\n", 0, line - 1) + 1
    return (
        _AUTHOR.match(text, line) is not None
        and _AUTHOR.match(text, before) is not None
        and _YEAR.search(text, before, line) is not None
        and _STOPPED.search(text, max(before, line - 9), line) is not None
    )


def _begins(text: str, line: int, kinds: set[str], following: Sequence[Event]) -> bool:
    """Tell whether a line is enumerated; "- accessed 3 May 2019" below an address is that one's date."""
    mark = _ENUMERATED.match(text, line)
    if mark is None:
        return False
    dated = kinds == {"url"} and following and following[0][2] == "date"
    return not (
        dated and mark[0].lstrip(" \t/#%;>") in {"-", "–", "—"} and following[0][0] - mark.end() in range(3)
    )


def _complete(text: str, last_end: int, line: int, kinds: set[str]) -> bool:
    """Tell whether the line before ended a reference: at its address, its date, or a full stop."""
    if line - last_end < _FAR and (ended := _ENDED.match(text[last_end:line])):
        # After an address, a comma says that more is to come.
        return len(kinds) > 1 or not ended[0].rstrip().endswith(",")
    return _STOPPED.search(text[max(last_end, line - 20) : line]) is not None


def _opens(text: str, first: int, kinds: set[str], following: Event | None) -> bool:
    """Tell whether a line opens a reference, given what the one under way has and what the line begins with."""
    if following is not None:
        return following[2] == "url" and kinds == {"url", "date"}
    if _AFTERWORD.match(text, first) or (text[first] == "(" and kinds == {"url"}):
        return False
    return (
        not text[first].islower() and retrieval_pattern().match(text[first : first + _LONGEST_PHRASE]) is None
    )
