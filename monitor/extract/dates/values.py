"""Reads one date, in whatever shape people write it, at a given place of a text.

Orders: day month year, month day year, year month day, month year, year alone; months as words of
any language of `months.py`, as numbers, Roman ones too ("21-IX-2014"), or with 年月日 / 년월일 / tháng marks
(`shapes.py`); Japanese eras, Minguo years and other calendars (`calendars.py`). An ambiguous 03/04/2019 follows the document's own unambiguous dates (`DateHints`).
"""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from monitor.extract.dates import shapes
from monitor.extract.dates.calendars import Calendar, calendar_of, ours
from monitor.extract.dates.months import MonthName, is_weekday, meanings, month_of
from monitor.extract.words.caseless import lowered
from monitor.extract.words.purposes import Words
from monitor.extract.words.vocabulary import any_of, eras, heads
from monitor.patterns import lazy


@dataclass(frozen=True, slots=True)
class DateHints:
    """Evidence from a whole document: how often a day or a month stands first, and which languages
    its month names belong to, likeliest first.
    """

    day_first: int = 0
    month_first: int = 0
    languages: tuple[str, ...] = ()

    @property
    def silent(self) -> bool:
        """Tell whether the document has no evidence of an order."""
        return not (self.day_first or self.month_first)

    @property
    def month_leads(self) -> bool:
        """Tell whether 03/04/2019 is 4 March; without evidence it is 3 April, as in most of the world."""
        return self.month_first > self.day_first


NO_HINTS = DateHints()


def month_in(word: str, hints: DateHints, *, mend: bool = False) -> MonthName | None:
    """Return the month a word names in a document, as `month_of` does; most words name one alone."""
    meant = meanings(word)
    if len(meant) == 1:
        return meant[0]
    return month_of(word, hints.languages, mend=mend) if meant or mend else None


class DateFault(Enum):
    """Why something that looks like a date is none."""

    NO_YEAR = auto()
    NO_SUCH_DAY = auto()
    UNREADABLE = auto()


class ParsedDate(Struct, frozen=True, kw_only=True, gc=False):
    """A date at `text[start:end]`. `date` is ISO at the precision written, None with a `fault`."""

    start: int
    end: int
    text: str
    date: str | None
    repair: str | None = None
    fault: DateFault | None = None


_GAP_AFTER_YEAR = lazy(r"\s{1,2}")
_DAY_AND_WORD = lazy(lambda: rf"\d{{1,2}}(?:{any_of(Words.ORDINAL_ENDS)}|\.)?\s[^\W\d_]{{3}}")
_NUMBER = lazy(r"[\d元]")
_DIGITS_RUN = lazy(r"\d{1,9}")
_DAY_DIGITS = 2
_YEAR_DIGITS = 4
_MOST_LETTERS = 60
# The last group of each branch of `shapes.PLAIN`.
_DAY_FIRST, _ISO, _BARE_YEAR = 3, 9, 10
_EVERY_MONTH_HAS = 28
_OURS = "2199"
"""The last of the years of our calendar that are read."""
_LONGEST_MONTH = 20
"""Characters within which the day follows a month without a year."""


# The zeros of scripts with digits of their own (Unicode, general category Nd); nine more follow each.
_ZEROS = "٠۰߀०০੦૦୦௦౦೦൦෦๐໐༠၀០᠐０"
DIGIT_SETS = tuple("".join(chr(ord(zero) + digit) for digit in range(10)) for zero in _ZEROS)
"""Digits 0-9 of every such script."""
_OTHER_DIGITS = lazy(r"[^\D0-9]")
_DIGITS = str.maketrans("".join(DIGIT_SETS), "0123456789" * len(DIGIT_SETS))


def plain_digits(text: str) -> str:
    """Return a text with the digits of other scripts as 0-9, each in its place."""
    return text if text.isascii() or not _OTHER_DIGITS.search(text) else text.translate(_DIGITS)


def match_date(text: str, position: int, hints: DateHints = NO_HINTS) -> ParsedDate | None:
    """Return the date that begins exactly at `position`, or None."""
    return plain_date(text, position, hints) or uncommon_date(text, position, hints)


def plain_date(text: str, position: int, hints: DateHints) -> ParsedDate | None:
    """Return the date at `position` if it is as most are written (`shapes.PLAIN`)."""
    match = shapes.PLAIN.match(text, position)
    if match is None:
        return None
    shape, groups, repair = match.lastindex, match.groups(), None
    if shape == _BARE_YEAR:
        return _made(match, int(groups[9]), None, None, None)
    if shape == _ISO:
        year, month, day = groups[6], int(groups[7]), int(groups[8])
    else:
        named, word, year = groups[:3] if shape == _DAY_FIRST else (groups[4], groups[3], groups[5])
        name = month_in(word, hints, mend=True)
        if name is None:
            return None
        month, day, repair = name.month, int(named), name.repair
    if not 1 <= day <= _EVERY_MONTH_HAS or year > _OURS:
        return _made(match, int(year), month, day, repair)
    return ParsedDate(
        start=position, end=match.end(), text=match[0], date=f"{year}-{month:02d}-{day:02d}", repair=repair
    )


def uncommon_date(text: str, position: int, hints: DateHints) -> ParsedDate | None:
    """Return the date at `position` that is written otherwise."""
    first = text[position : position + 1]
    word = shapes.PLAIN_WORD.match(text, position) if first.isalpha() else None
    if _begins_none(first, word):
        return None
    if not first.isdecimal() and not _NUMBER.search(text, position, position + _MOST_LETTERS):
        return None
    found = _full(text, position, hints) or _partial(text, position)
    if found is None and word is not None and not (_begins_rough(word[1]) or meanings(word[1])):
        return None
    if found is None and (lead := shapes.LEAD.match(text, position)) and is_weekday(lead["w"]):
        position = lead.end()
        found = _full(text, position, hints) or _partial(text, position)
    if found is None:
        found = _rough(text, position, hints)
    return _fuller(text, found, hints) or _yearless(text, position, hints)


def _begins_none(first: str, word: re.Match[str] | None) -> bool:
    """Tell whether no date begins with a character, and the plain word there if it is a letter's."""
    if word is None:
        return first.isascii() and not first.isalnum()
    return word[2] is None and not _begins_rough(word[1])


def _fuller(text: str, found: ParsedDate | None, hints: DateHints) -> ParsedDate | None:
    """Return the date that follows a year and holds it: "[cited 2019 28/08/2019]" says the year twice."""
    if found is None or found.date is None or len(found.date) != 4:
        return found
    after = _GAP_AFTER_YEAR.match(text, found.end)
    fuller = _full(text, after.end(), hints) if after else None
    told = fuller is not None and fuller.date is not None and fuller.date.startswith(found.date)
    return fuller if told else found


@lru_cache(maxsize=4096)
def _begins_rough(word: str) -> bool:
    """Tell whether a date without a number so near may begin with a word: a weekday, "early", "Spring"."""
    return is_weekday(word) or lowered(word).startswith(heads(Words.ABOUT) + heads(Words.SEASONS))


def _rough(text: str, position: int, hints: DateHints) -> ParsedDate | None:
    """Return a date that is no day by its own words: "early May 2019" is a month, "Spring 2019" a year."""
    if text[position : position + 1].isdigit():
        return None
    head = lowered(text[position : position + _LONGEST_MONTH])
    if head.startswith(heads(Words.ABOUT)) and (about := shapes.ABOUT.match(text, position)):
        found = _full(text, about.end(), hints)
        if found is not None and found.date is not None and len(found.date) == 7:
            return replace(found, start=position, text=text[position : found.end])
    season = shapes.SEASON.match(text, position) if head.startswith(heads(Words.SEASONS)) else None
    return _made(season, int(season["y"]), None, None, None) if season else None


def parse_date(text: str, hints: DateHints = NO_HINTS) -> ParsedDate | None:
    """Return the date a bare field value holds ("2011-02-17", "June 2020"), or None if it is none."""
    text = plain_digits(text)
    start = len(text) - len(text.lstrip(" \t\r\n[({<\"'"))
    found = match_date(text, start, hints)
    if found is None or found.fault is DateFault.NO_YEAR:
        return None
    return found


def _full(text: str, position: int, hints: DateHints) -> ParsedDate | None:
    digits = _DIGITS_RUN.match(text, position)
    if digits is None:
        return _without_number_first(text, position, hints)
    count = digits.end() - position
    # "3 May 2019": nearly always this.
    worded = _DAY_AND_WORD.match(text, position) and shapes.NAMED[0].match(text, position)
    if worded and (found := _named(worded, hints)):
        return found
    if count <= _DAY_DIGITS and (match := shapes.NUMERIC.match(text, position)):
        return _numeric(match, hints)
    if not text.isascii() and (other := _other_calendar(text, position)):
        return other
    if count == _YEAR_DIGITS and (week := _week(text, position)):
        return week
    for pattern in shapes.MARKED.get(count, ()):
        if (match := pattern.match(text, position)) and (found := _marked(match)):
            return found
    if count > _DAY_DIGITS:
        dotted = text[digits.end() : digits.end() + 1] == "."
        patterns = shapes.YEAR_FIRST if dotted else shapes.YEAR_FIRST[:1]
        return _with_name(patterns, text, position, hints) if count == _YEAR_DIGITS else None
    end = digits.end()
    if text[end : end + 1] == "/" and (match := shapes.DAY_MONTH_APART.match(text, position)):
        return _made(match, int(match["y"]), int(match["m"]), int(match["d"]), None)
    if not _ROMAN.isdisjoint(text[end : end + _TO_ROMAN]) and (match := shapes.ROMAN.match(text, position)):
        month = shapes.ROMAN_MONTHS.index(match["r"]) + 1
        return _made(match, int(match["y"]), month, int(match["d"]), None)
    return _with_name(shapes.DAY_FIRST, text, position, hints)


def _without_number_first(text: str, position: int, hints: DateHints) -> ParsedDate | None:
    first = text[position : position + 1]
    if not first.isalnum() or first.isdigit():
        return None
    if first > "\x7f" and (other := _other_calendar(text, position)):
        return other
    # "September" begins with no era.
    worded = first <= "\x7f" and (second := text[position + 1 : position + 2]).isascii() and second.isalpha()
    for pattern in shapes.ERAS if first in _ERA_BEGINS and not worded else ():
        if (match := pattern.match(text, position)) and (found := _marked(match)):
            return found
    if not shapes.WORD_BEFORE_NUMBER.match(text, position):
        return None
    return _with_name(shapes.MONTH_FIRST, text, position, hints)


def _with_name(
    patterns: Iterable[re.Pattern[str]], text: str, position: int, hints: DateHints
) -> ParsedDate | None:
    """Return the date whose month is a word."""
    for pattern in patterns:
        if (match := pattern.match(text, position)) and (found := _named(match, hints)):
            return found
    return None


_ERA_BEGINS = "令平昭民RHS"
_ROMAN = frozenset("IVX")
_TO_ROMAN = 4
"""Characters after the day of which one is a Roman month's first: a blank, a sign and a blank before it at most."""


def _other_calendar(text: str, position: int) -> ParsedDate | None:
    """Return the date whose month is one of another calendar: "۱۳ اردیبهشت ۱۴۰۰", "25 ጥር 2013"."""
    if not shapes.OTHER_SCRIPTS.match(text, position):
        return None
    for calendar, patterns in shapes.OTHER_CALENDARS.items():
        for pattern in patterns:
            if match := pattern.match(text, position):
                groups = match.groupdict()
                month = next(int(name[1:]) for name, found in groups.items() if name[0] == "m" and found)
                day = int(groups["d"]) if groups.get("d") else None
                return _made(match, int(groups["y"]), month, day, None, Calendar(calendar))
    return None


def _week(text: str, position: int) -> ParsedDate | None:
    """Return a day written with its ISO 8601 week; a week alone is its month, or its year."""
    match = shapes.ISO_WEEK.match(text, position)
    if match is None:
        return None
    try:
        first, last = (
            dt.date.fromisocalendar(int(match["y"]), int(match["w"]), int(match["d"] or day))
            for day in (1, 7)
        )
    except ValueError:
        return ParsedDate(
            start=match.start(), end=match.end(), text=match[0], date=None, fault=DateFault.NO_SUCH_DAY
        )
    if match["d"]:
        return _made(match, first.year, first.month, first.day, None)
    same = first.month == last.month
    return _made(match, last.year, last.month if same else None, None, "a week, read as what holds it")


def _marked(match: re.Match[str]) -> ParsedDate | None:
    groups = match.groupdict()
    if groups.get("roc"):
        year = int(groups["roc"]) + eras()["民國"]
    else:
        year = 1 if groups["y"] == "元" else int(groups["y"])
        year += eras().get(groups.get("era") or "", 0)
    named = groups["m"] or groups.get("n")
    written = groups["d"] or groups.get("p") or groups.get("q")
    month, day = named and int(named), written and int(written)
    separator = groups.get("s")
    if (
        separator is not None
        and separator.isspace()
        and not (1 <= (month or 0) <= 12 and 1 <= (day or 0) <= 31)
    ):
        return None
    repair = None
    if month and day and month > 12 >= day:
        month, day, repair = day, month, "day and month were swapped"
    return _made(match, year, month or None, day or None, repair)


def _numeric(match: re.Match[str], hints: DateHints) -> ParsedDate | None:
    first, second = int(match["a"]), int(match["b"])
    if match["s"].isspace() and not (1 <= first <= 31 and 1 <= second <= 12 and len(match["y"]) == 4):
        return None
    open_order = max(first, second) <= 12 and first != second and match["s"] != "."
    month_leads = hints.month_leads if open_order else second > 12 >= first
    month, day = (first, second) if month_leads else (second, first)
    return _made(match, _year(match["y"]), month, day, IN_DOUBT if open_order and hints.silent else None)


IN_DOUBT = "day or month first? nothing in the document tells; read as day first"


def _named(match: re.Match[str], hints: DateHints) -> ParsedDate | None:
    groups = match.groupdict()
    name = month_in(groups["m"], hints, mend=groups.get("d") is not None)
    if name is None:
        return None
    day = int(groups["d"]) if groups.get("d") else None
    repair = "range of days, the last one taken" if groups.get("range") else name.repair
    return _made(match, _year(groups["y"]), name.month, day, repair)


def _partial(text: str, position: int) -> ParsedDate | None:
    for pattern in shapes.PARTIAL if text[position : position + 1].isdigit() else ():
        if match := pattern.match(text, position):
            month = match.groupdict().get("m")
            if month is None or 1 <= int(month) <= 12:
                return _made(match, int(match["y"]), int(month) if month else None, None, None)
    return None


def _yearless(text: str, position: int, hints: DateHints) -> ParsedDate | None:
    digit = text[position : position + 1].isdigit()
    if not digit and not _NUMBER.search(text, position, position + _LONGEST_MONTH):
        return None
    for pattern in shapes.YEARLESS_BY_DAY if digit else shapes.YEARLESS_BY_MONTH:
        match = pattern.match(text, position)
        if match is None:
            continue
        month = match["m"]
        known = 1 <= int(month) <= 12 if month.isdigit() else month_in(month, hints) is not None
        if known and 1 <= int(match["d"]) <= 31:
            return ParsedDate(
                start=match.start(), end=match.end(), text=match[0], date=None, fault=DateFault.NO_YEAR
            )
    return None


def _year(written: str) -> int:
    digits = written.lstrip("'’")
    if len(digits) == 4:
        return int(digits)
    # Two digits: the web is younger than 1970.
    return int(digits) + (2000 if int(digits) < 70 else 1900)


def _made(
    match: re.Match[str],
    year: int,
    month: int | None,
    day: int | None,
    repair: str | None,
    calendar: Calendar | None = None,
) -> ParsedDate:
    iso, fault = None, None
    try:
        calendar = calendar or calendar_of(year)
        if calendar is not Calendar.GREGORIAN:
            year, month, day = ours(calendar, year, month, day)
        dt.date(year, month or 1, day or 1)
    except ValueError:
        fault = DateFault.NO_SUCH_DAY
    else:
        iso = f"{year:04d}" + (f"-{month:02d}" if month else "") + (f"-{day:02d}" if month and day else "")
    return ParsedDate(
        start=match.start(), end=match.end(), text=match[0], date=iso, repair=repair, fault=fault
    )
