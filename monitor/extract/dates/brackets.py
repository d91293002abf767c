"""Dates no word claims but their place does: "[2019-05-12]" of GB/T 7714, "http://… (12.05.2019)".

Also MLA's "2 Aug. 2001. 23 Jan. 2002 <http://…>", and "[en ligne (13 novembre 2015) : http://…]".
"""

import re
from collections.abc import Iterator

from monitor.extract.dates.found import IS_URL, LONGEST_URL, DateKind, FoundDate
from monitor.extract.dates.values import DateHints, ParsedDate, match_date
from monitor.extract.words.purposes import Words
from monitor.extract.words.vocabulary import any_of
from monitor.patterns import lazy

_CLOSE = lazy(r"\s{0,2}[\])］）]")
_OPENING = lazy(lambda: rf"[\[(](?:{any_of(Words.ONLINE)}[,:]?\s)?(?=\d{{1,4}}[\s./-]|[^\W\d_]{{3,10}}\s\d)")
_GBT = lazy(r"[\[［](?=(?:19|20)\d\d\s?[-./年])")
_GBT_ADDRESS = lazy(r"\d{4}-\d\d-\d\d[\]］]\s?[.．]\s{0,3}(?:https?://|www\.)", re.IGNORECASE)
# GB/T 7714-2005: "[EB/OL]. http://…, published/accessed".
_GBT_2005 = lazy(r"[,，.]\s?(?:19|20)\d\d-\d\d?-\d\d?\s?/\s?(?P<date>(?:19|20)\d\d-\d\d?-\d\d?)(?!\d)")
_GBT_MARK = lazy(r"/\s?OL\s?[\]］]", re.IGNORECASE)
_GBT_CONTEXT = lazy(
    r"/\s?OL\s?[\]］]|[（(]\s?\d{4}[-\d年月日/.]*\s?[)）]\s{0,2}$|\d{4}\s{0,2}$", re.IGNORECASE
)


# The day of the visit stands right before the address, after that of publication (MLA Handbook, 6th edition).
_MLA = lazy(
    r"\d{1,2}\s[^\W\d_]{3,9}\.?\s(?:19|20)\d\d\.?\s{1,3}(?P<angle><)?(?:https?://|www\.)",
    re.IGNORECASE,
)
_SENTENCE_ENDS = frozenset('.”"’)')
_ENDS_IN_YEAR = lazy(r"(?:19|20)\d\d\.\s$")
_ONLINE_ON = lazy(
    lambda: rf"(?<![^\W_])(?P<open>\[\s?)?{any_of(Words.BEFORE_ACCESS)}\s?\((?=\d)", re.IGNORECASE
)
_ON_BEFORE_ADDRESS = lazy(r"\d\)\s?[:,]?\s{0,2}<?(?:https?://|www\.)", re.IGNORECASE)
_ON_ADDRESS = lazy(r"\)\s?[:,]?\s{0,2}<?(?=https?://|www\.)", re.IGNORECASE)


# "…, https://…, 13.1.2022." and "… -- https://… -- 2022-01-13": the day ends the line.
_AFTER_ADDRESS = lazy(
    r"(?:,|(?<=\S)\s[-–—]{1,2})\s(?=\d{1,2}(?P<sign>[./])\s?\d{1,2}(?P=sign)\s?(?:19|20)\d\d(?!\d)|(?:19|20)\d\d-\d\d-\d\d(?![\d-]))"
)
# What each of these holds.
_DAY_AFTER_SIGN = lazy(r"[,–—-]\s\d{1,4}[./-]")
_LINE_ENDS = lazy(r"[.;]?[ \t]*(?:\r?\n|$)")
_DAY = len("2022-01-13")


def placed(text: str, low: str, hints: DateHints) -> list[FoundDate]:
    """Return the dates no word claims but their place does; `low` is the text in lower case."""
    found: list[FoundDate] = []
    addressed = "://" in low or "www." in low
    opened, squared = "(" in text, "[" in text or "［" in text
    if "//" in text:
        found += _before_address(text, hints)
    if (address := text.find("://")) >= 0 and _DAY_AFTER_SIGN.search(text, address):
        found += _behind_address(text, hints)
    if addressed and opened and _ON_BEFORE_ADDRESS.search(text):
        found += _online_on(text, hints)
    if addressed and (opened or squared):
        found += _in_brackets(text, hints)
    if squared and _GBT.search(text):
        found += _gbt(text, hints)
    if "ol" in low and _GBT_MARK.search(text):
        found += _gbt_2005(text, hints)
    return found


def _before_address(text: str, hints: DateHints) -> Iterator[FoundDate]:
    for match in _MLA.finditer(text):
        if text[match.start() - 2 : match.start()][:1] not in _SENTENCE_ENDS:
            continue
        date = match_date(text, match.start(), hints)
        if date is not None and (match["angle"] or _ENDS_IN_YEAR.search(text, 0, match.start())):
            yield _accessed(date, match.start(), date.end)


def _behind_address(text: str, hints: DateHints) -> Iterator[FoundDate]:
    for match in _AFTER_ADDRESS.finditer(text):
        date = match_date(text, match.end(), hints) if _behind_url(text, match.start()) else None
        if date is not None and date.date and len(date.date) == _DAY and _LINE_ENDS.match(text, date.end):
            yield _accessed(date, date.start, date.end)


def _online_on(text: str, hints: DateHints) -> Iterator[FoundDate]:
    for match in _ONLINE_ON.finditer(text):
        date = match_date(text, match.end(), hints)
        if date is not None and (close := _ON_ADDRESS.match(text, date.end)):
            yield _accessed(date, match.start(), close.end())


def _in_brackets(text: str, hints: DateHints) -> Iterator[FoundDate]:
    for match in _OPENING.finditer(text):
        if text[max(0, match.start() - 1) : match.start()].isspace() and _behind_url(text, match.start()):
            yield from _bracketed(text, match.start(), hints)


def _gbt(text: str, hints: DateHints) -> Iterator[FoundDate]:
    for match in _GBT.finditer(text):
        before = text[max(0, match.start() - 320) : match.start()]
        if _GBT_CONTEXT.search(before) or (before.strip() and _GBT_ADDRESS.match(text, match.end())):
            yield from _bracketed(text, match.start(), hints)


def _gbt_2005(text: str, hints: DateHints) -> Iterator[FoundDate]:
    for match in _GBT_2005.finditer(text):
        date = match_date(text, match.start("date"), hints)
        if date is not None and _GBT_MARK.search(text, max(0, match.start() - LONGEST_URL), match.start()):
            yield _accessed(date, match.start("date"), date.end)


def _behind_url(text: str, place: int) -> bool:
    words = text[max(0, place - LONGEST_URL) : place].rsplit(maxsplit=1)
    return bool(words) and IS_URL.match(words[-1]) is not None


def _accessed(date: ParsedDate, start: int, end: int) -> FoundDate:
    return FoundDate(
        start=date.start, end=date.end, outer_start=start, outer_end=end,
        date=date.date, text=date.text, repair=date.repair, kind=DateKind.ACCESSED,
    )  # fmt: skip


def _bracketed(text: str, opening: int, hints: DateHints) -> Iterator[FoundDate]:
    inside = _OPENING.match(text, opening)
    date = match_date(text, inside.end() if inside else opening + 1, hints)
    if date is None or date.date is None or len(date.date) < 10:
        return
    close = _CLOSE.match(text, date.end)
    if close:
        yield _accessed(date, opening, close.end())
