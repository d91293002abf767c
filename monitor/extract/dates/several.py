"""Several days of one month, each a date of its own: "3 & 4 May 2011", "May 3, 5 and 9, 2011".

The last day is written in full and keeps its place with month and year; a day before it is its number.
A range ("3-5 May") is no list of days: its last one counts.
"""

import datetime as dt
import re

from monitor.extract.dates.values import DateHints, ParsedDate, match_date, month_in
from monitor.extract.words.purposes import Words
from monitor.extract.words.vocabulary import any_of
from monitor.patterns import lazy


def _joint() -> str:
    return (
        rf"\s{{0,2}}(?:,\s{{0,2}}(?:{any_of(Words.AND)}\s)?|&|/|\+|(?<!\d){any_of(Words.AND)}(?=\s))\s{{0,2}}"
    )


_BEFORE = lazy(
    lambda: rf"(?P<d>\d{{1,2}})(?!\d)(?:{any_of(Words.ORDINALS)}|\.)?{_joint()}(?=\d{{1,2}}(?!\d))",
    re.IGNORECASE,
)
_MONTH_FIRST = lazy(
    lambda: (
        rf"(?P<m>[^\W\d_]{{3,12}})\.?\s(?P<days>\d{{1,2}}(?!\d){any_of(Words.ORDINALS)}?"
        rf"(?:{_joint()}\d{{1,2}}(?!\d){any_of(Words.ORDINALS)}?){{1,6}}),?\s(?P<y>(?:19|20)\d\d)(?!\d)"
    ),
    re.IGNORECASE,
)
# Two numbers of two digits, which most dates do not begin with; the joints of all languages are shorter.
_TWO_DAYS = lazy(r"(?:[^\W\d_]{3,12}\.?\s)?\d{1,2}\D{1,40}\d{1,2}(?!\d)")
_NUMBER = lazy(r"\d{1,2}")
_MOST = 8


def days_of_month(text: str, position: int, hints: DateHints) -> list[ParsedDate]:
    """Return the days that begin at `position`, in order; [] where fewer than two stand there."""
    if not _TWO_DAYS.match(text, position):
        return []
    if text[position : position + 1].isdigit():
        return _day_first(text, position, hints)
    match = _MONTH_FIRST.match(text, position)
    name = month_in(match["m"], hints) if match else None
    if match is None or name is None:
        return []
    begin = match.start("days")
    numbers = [(begin + one.start(), begin + one.end()) for one in _NUMBER.finditer(match["days"])]
    return _each(text, numbers, f"{match['y']}-{name.month:02d}", match.end())


def _day_first(text: str, position: int, hints: DateHints) -> list[ParsedDate]:
    before: list[tuple[int, int]] = []
    while len(before) < _MOST and (match := _BEFORE.match(text, position)):
        before.append(match.span("d"))
        position = match.end()
    last = match_date(text, position, hints) if before else None
    if last is None or last.date is None or len(last.date) < 10 or not re.search(r"[^\W\d_]", last.text):
        return []
    days = _each(text, before, last.date[:7], 0)
    return [*days, last] if days else []


def _each(text: str, numbers: list[tuple[int, int]], month: str, end: int) -> list[ParsedDate]:
    """Return a day of a month for each number; the last one reaches to `end` if that is further on."""
    found = []
    for start, stop in numbers:
        iso = f"{month}-{int(text[start:stop]):02d}"
        try:
            dt.date.fromisoformat(iso)
        except ValueError:
            return []
        reach = max(stop, end) if (start, stop) == numbers[-1] else stop
        found.append(ParsedDate(start=start, end=reach, text=text[start:reach], date=iso))
    return found
