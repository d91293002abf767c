"""The shapes in which people write a date: patterns with the groups `y`, `m`, `d`, and what else they tell.

`m` may be a word in `NAMED` and `YEARLESS_…` shapes; everything else is numbers.
"""

import re

from monitor.extract.words.purposes import Words
from monitor.extract.words.vocabulary import any_of, eras, months_of
from monitor.patterns import lazy

_BREAK = r"\r?\n[ \t]{0,40}"
# The vowel signs of Indic and Thai scripts are no letters to `re`.
_WORD = r"(?:[\u0e00-\u0e7f]{1,3}\.[\u0e00-\u0e7f]\.|(?:[^\W\d_]|(?!\w)[\u0900-\u0eff]){2,16})"
_GAP = rf"[\s.,\-‐‑–/]{{0,4}}(?:{_BREAK})?"
_FULL_YEAR = r"(?:1[89]|2[01]|25)\d\d"
_YEAR = rf"(?P<y>{_FULL_YEAR}|[’']\d\d)(?![\d])"
_SHORT_YEAR = rf"(?P<y>{_FULL_YEAR}(?!\d)|[’']?\d\d(?![\d:%]))"
# Of any calendar that is read: 1400 and 1442 are years of the Hijra, 2564 one of the Buddhist era.
_ANY_YEAR = r"(?:1[3489]|2[01]|25)\d\d"


def said(purpose: Words) -> str:
    """Return a group that matches any entry of a purpose, in whatever case.

    Words alone are told without regard to case: for a class of letters that has no case at all the compiler
    would look up every one of them.
    """
    return f"(?i:{any_of(purpose)})"


def _of() -> str:
    return rf"(?:{_word_of()}|{said(Words.ERA_MARKS)}\s?)?"


def _word_of() -> str:
    return rf"{said(Words.OF)}\s*(?<=[\s'’])"


def _ordinal() -> str:
    # "9 stycznia" has no ordinal; "21stMarch" has one.
    return rf"(?:[\s-]?{said(Words.ORDINALS)})?"


def _to_number() -> str:
    return rf"{_GAP}(?:{said(Words.ARTICLES)}\s)?{_of()}[’']?\d"


def _range() -> str:
    return r"(?:\d{1,2}\.?\s?(?:[\-–—&+]|[^\W\d_]{1,3}(?![^\W\d_]))\s?)?"


NAMED = (
    lazy(
        lambda: (
            rf"(?P<range>{_range()})(?P<d>\d{{1,2}}){_ordinal()}{_GAP}{_of()}(?P<m>{_WORD}){_GAP}{_of()}{_SHORT_YEAR}"
        )
    ),
    lazy(
        lambda: (
            rf"(?P<m>{_WORD})[\s.\-–/]{{0,3}}(?:{_BREAK})?(?:{said(Words.ARTICLES)}\s)?(?P<d>\d{{1,2}}){_ordinal()}(?:\s?[,.\-–/]\s*|\s+){_of()}{_SHORT_YEAR}"
        )
    ),
    lazy(
        lambda: (
            rf"{_YEAR}(?:\s?(?i:m|g|г)\.)?{_GAP}{_of()}(?P<m>{_WORD})(?:{_GAP}(?P<d>\d{{1,2}})(?![\d:]){_ordinal()})?"
        )
    ),
    lazy(lambda: rf"(?P<m>{_WORD}){_GAP}{_of()}{_YEAR}"),
    # Latvian: "2010. gada 2. janvāris".
    lazy(lambda: rf"{_YEAR}\.\s{said(Words.YEAR_OF)}\s(?P<d>\d{{1,2}})\.\s(?P<m>{_WORD})"),
    # What Unix and e-mail write: "Wed Aug 05 12:00:00 2015".
    lazy(
        lambda: (
            rf"(?P<m>{_WORD})\s{{1,2}}(?P<d>\d{{1,2}})\s\d\d:\d\d(?::\d\d)?(?:\s(?i:[A-Z]{{3,4}}))?\s{_YEAR}"
        )
    ),
    # Vietnamese: "3 tháng Năm 2021".
    lazy(
        lambda: (
            rf"(?P<d>\d{{1,2}})\s(?P<m>{said(Words.MONTH_SAID)}\s[^\W\d_]{{2,6}}(?:\s{said(Words.MONTH_NUMBER_ENDS)})?)(?:,?\s+{said(Words.YEAR_SAID)}\s+|,?\s+){_YEAR}"
        )
    ),
)
"""A month in words; the first two are day and month first."""
PLAIN = lazy(
    lambda: (
        rf"(\d\d?)\.?\s(?!{said(Words.ORDINALS)}|{_word_of()}|{said(Words.ERA_MARKS)})"
        rf"([^\W\d_]{{3,16}})\.?\s({_FULL_YEAR})(?!\d)"
        rf"|((?i:[a-z]{{3,16}}))\.?\s(\d\d?),\s({_FULL_YEAR})(?!\d)"
        r"|((?:19|20)\d\d)-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(?!\d)"
        r"|((?:19|20)\d\d)(?=[)\]]|[.,;]?\Z)"
    )
)
"""What most dates are: "3 May 2019", "24. Juni 2020", "May 3, 2019", "2019-05-03", "(2019)".

Its groups are day, month and year in that order, then month, day and year, then year, month and day, then
a year. Where it matches, the other patterns find the same, each in its turn, and as far.
"""
DAY_FIRST = (NAMED[0], NAMED[6])
YEAR_FIRST = (NAMED[2], NAMED[4])
MONTH_FIRST = (NAMED[5], NAMED[1], NAMED[3])

WORD_BEFORE_NUMBER = lazy(lambda: rf"{_WORD}{_to_number()}")
"""What every one of the last three begins with: most words are followed by another."""
PLAIN_WORD = lazy(lambda: rf"((?i:[a-z]{{2,16}}+))(?![^\W\d_]|[\u0900-\u0eff])({_to_number()})?")
"""A whole word of English letters, and what leads from it to a number."""

ERAS = (
    lazy(lambda: rf"(?P<era>{'|'.join(eras())})\s*(?P<y>\d{{1,3}}|元)\s*年\s*(?:(?P<m>\d{{1,2}})\s*月\s*(?:(?P<d>\d{{1,2}})\s*日)?)?"),
    # "R3.5.3", "H31/4/30", "令和3.5.3": short.
    lazy(lambda: rf"(?P<era>{'|'.join(eras())})\s?(?P<y>\d{{1,2}}|元)\s?(?P<s>[./-])\s?(?P<m>\d{{1,2}})\s?(?P=s)\s?(?P<d>\d{{1,2}})(?!\d)"),
)  # fmt: skip
"""Dates that begin with the name of a Japanese era."""
# Minguo without its name: "110年5月3日", "110/05/03", "110.5.3".
_MINGUO = lazy(r"(?P<roc>1[0-4]\d|[89]\d)\s*年\s*(?P<m>\d{1,2})\s*月\s*(?P<d>\d{1,2})\s*日?")
_DAY_BEGINS = (
    _MINGUO,
    lazy(lambda: rf"(?P<d>\d{{1,2}})\s*{said(Words.MONTH_SAID)}\s*(?P<m>\d{{1,2}})(?:,?\s*{said(Words.YEAR_SAID)}\s*|\s*,\s*|\s+)(?P<y>\d{{4}})"),
    # Word's own lists, where the month was given as a number: "02 20, 2023", "20. 02 2023", "20 de 02 de 2023".
    lazy(r"(?P<m>\d{1,2})\s(?P<d>\d{1,2}),\s(?P<y>(?:19|20)\d\d)(?!\d)"),
    lazy(lambda: rf"(?P<d>\d{{1,2}})(?:\.\s(?P<m>\d{{1,2}})\s|\s{any_of(Words.NUMBER_OF)}\s(?P<n>\d{{1,2}})\s{any_of(Words.NUMBER_OF)}\s)(?P<y>(?:19|20)\d\d)(?!\d|:\d)"),
)  # fmt: skip
MARKED = {
    1: _DAY_BEGINS,
    2: _DAY_BEGINS,
    3: (_MINGUO, lazy(r"(?P<roc>1[0-4]\d)(?P<s>[./-])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})(?![\d./-])")),
    4: (
        lazy(rf"(?P<y>{_ANY_YEAR})\s*[年년]\s*(?:(?P<m>\d{{1,2}})\s*[月월]\s*(?:(?P<d>\d{{1,2}})\s*[日號号일]|(?<=[月월])(?P<p>\d{{1,2}})(?![\d.:])|(?P<q>\d{{1,2}})(?=\s?[)）\]】.。,，;；]|\s*$))?)?"),
        lazy(rf"(?P<y>{_ANY_YEAR})\s?(?P<s>[\-‐‑–—./]|\s)\s?(?P<m>\d{{1,2}})\s?(?P=s)\s{{0,8}}(?P<d>\d{{1,2}})(?!\d)"),
        lazy(r"(?P<y>(?:19|20)\d\d)\.\s(?P<m>\d{1,2})\s(?P<d>\d{1,2})(?!\d)"),
    ),
    8: (lazy(r"(?P<y>(?:19|20)\d\d)(?P<m>\d\d)(?P<d>\d\d)(?!\d)"),),
}  # fmt: skip
"""Dates of numbers and marks, by how many digits they begin with."""
NUMERIC = lazy(
    rf"(?P<a>\d{{1,2}})\s?(?P<s>[./\-‐‑–]|\s)\s?(?P<b>\d{{1,2}})\s?(?P=s)\s?(?P<y>{_ANY_YEAR}|\d\d)(?!\d|:\d)"
)
# Nordic: "14/12 - 2023", "1/5 2025".
DAY_MONTH_APART = lazy(r"(?P<d>\d{1,2})/(?P<m>\d{1,2})(?:\s?[-–]\s?|\s)(?P<y>(?:19|20)\d\d)(?!\d|:\d)")
ROMAN = lazy(
    r"(?P<d>\d{1,2})\s?(?P<s>[./\-‐‑–]|\s)\s?(?P<r>(?:X(?:I{1,2})?|IX|IV|V?I{1,3}|V))\s?(?P=s)\s?(?P<y>(?:1[89]|2[01])\d\d)(?!\d)"
)
ROMAN_MONTHS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
ISO_WEEK = lazy(r"(?P<y>(?:19|20)\d\d)-?W(?P<w>\d\d)(?:-?(?P<d>[1-7]))?(?!\w)")
PARTIAL = (
    lazy(r"(?P<y>(?:19|20)\d\d)\s?[\-‐‑–./]\s?(?P<m>\d{1,2})(?!\d|[./\-]\s?\d)"),
    lazy(r"(?P<m>\d{1,2})\s?[./\-‐‑–]\s?(?P<y>(?:19|20)\d\d)(?!\d)"),
    lazy(r"(?P<y>(?:19|20)\d\d)(?!\d)"),
)
YEARLESS_BY_MONTH = (lazy(lambda: rf"(?P<m>{_WORD})[\s.]{{0,2}}(?P<d>\d{{1,2}})(?!\d){_ordinal()}"),)
YEARLESS_BY_DAY = (
    lazy(lambda: rf"(?P<d>\d{{1,2}}){_ordinal()}{_GAP}{_of()}(?P<m>{_WORD})"),
    lazy(r"(?P<m>\d{1,2})\s*[月월]\s*(?P<d>\d{1,2})\s*[日일]"),
    lazy(r"(?P<d>\d{1,2})[./](?P<m>\d{1,2})(?![\d./])\.?"),
)
LEAD = lazy(lambda: rf"(?P<w>{_WORD})\.?,?\s+(?:{said(Words.DAY_ARTICLES)}\s+)?")
"""A weekday before its date."""
ABOUT = lazy(lambda: rf"{said(Words.ABOUT)}[\s-]{{1,2}}{_of()}(?=[^\W\d_])")
"""What makes a month of a date no day: "early May 2019"."""
SEASON = lazy(
    lambda: (
        rf"{said(Words.SEASONS)}(?:\s+{said(Words.SEASON_OF)})?,?\s+(?P<y>(?:19|20)\d\d)(?:[/–-]\d\d(?:\d\d)?)?(?!\d)"
    )
)
"""A season and its year: "Spring 2019", "Winter 2019/20"."""


def _other(calendar: str) -> tuple[re.Pattern[str], ...]:
    def names() -> str:
        return "|".join(f"(?P<m{number}>{name})" for number, name in months_of(calendar))

    def after() -> str:
        return rf"[\s,،]{{1,3}}(?:{any_of(Words.CALENDAR_YEAR_SAID)}\s)?"

    day, year = r"(?P<d>\d{1,2})", r"(?P<y>\d{4})(?!\d)"
    return (
        lazy(lambda: rf"{day}\s{{1,3}}(?:{any_of(Words.CALENDAR_OF)}\s)?(?:{names()})(?:{after()}{year})"),
        lazy(lambda: rf"(?:{names()})\s{{1,3}}{day}{after()}{year}"),
        lazy(lambda: rf"(?:{names()})\s{{1,3}}{year}"),
    )


OTHER_CALENDARS = {calendar: _other(calendar) for calendar in ("persian", "hijri", "ethiopic")}
"""Dates with a month of another calendar; the group `m3` is its third month."""
OTHER_SCRIPTS = lazy(r"\d{1,4}\s{1,3}[\u0600-\u06ff\u1200-\u137f]|[\u0600-\u06ff\u1200-\u137f]")
"""Begins such a date; use with `match`."""
