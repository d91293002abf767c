"""Dates that a phrase claims: "accessed on", "zuletzt abgerufen am", "閲覧", and "access date unavailable".

The words are in the language files (`words/languages`), the shapes of dates in `values.py`.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from msgspec.structs import replace

from monitor.extract.dates.found import DIGIT, LONGEST_URL, DateKind, FoundDate
from monitor.extract.dates.several import days_of_month
from monitor.extract.dates.unavailable import unavailable
from monitor.extract.dates.values import (
    IN_DOUBT,
    DateFault,
    DateHints,
    ParsedDate,
    match_date,
    parse_date,
    plain_date,
    uncommon_date,
)
from monitor.extract.words.phrase_index import Phrase, PhraseIndex
from monitor.extract.words.purposes import Words
from monitor.extract.words.vocabulary import any_of, any_word, filed, words
from monitor.patterns import lazy

_WINDOW = 48


@lru_cache(maxsize=1)
def _words() -> PhraseIndex:
    kinds = (
        ("either", Words.ACCESSED_EITHER),
        ("after", Words.ACCESSED),
        ("updated", Words.UPDATED),
        ("archived", Words.ARCHIVED),
        ("published", Words.PUBLISHED),
    )
    return PhraseIndex(
        ((kind, words(purpose), filed(purpose)) for kind, purpose in kinds),
        beside=filed(Words.UNAVAILABLE),
    )


@lru_cache(maxsize=1)
def _signs() -> re.Pattern[str]:
    kinds = (
        ("updated_cjk", Words.UPDATED_SIGNS),
        ("archived_cjk", Words.ARCHIVED_SIGNS),
        ("published_cjk", Words.PUBLISHED_SIGNS),
        ("accessed_cjk", Words.ACCESSED_SIGNS),
    )
    return lazy("|".join(f"(?P<{kind}>{any_of(purpose)})" for kind, purpose in kinds))


# A class of what it is not: compiling a range of forty thousand characters takes milliseconds.
_HAS_SIGNS = lazy("[^\\x00-\\u303f]")


def _signed(text: str) -> Iterator[Phrase]:
    """Yield the phrases of languages that write no blanks between words."""
    for match in _signs().finditer(text):
        # These words are common; only beside a number do they matter.
        if DIGIT.search(text, max(0, match.start() - _WINDOW), match.end() + _WINDOW):
            yield Phrase(match.lastgroup or "", match.start(), match.end())


_KINDS = {
    "updated": DateKind.UPDATED, "archived": DateKind.ARCHIVED, "published": DateKind.PUBLISHED,
    "updated_cjk": DateKind.UPDATED, "archived_cjk": DateKind.ARCHIVED, "published_cjk": DateKind.PUBLISHED,
}  # fmt: skip


@lru_cache(maxsize=1)
def _connectors() -> re.Pattern[str]:
    word = rf"(?<![^\W\d_]){any_word(Words.CONNECTORS)}(?![^\W\d_])\.?"
    return lazy(rf"(?:[\s:：,;=*_'\"“”„«»\\{{}}()\[\]<>~‑–—־-]{{1,24}}|\.(?=\s?\d)|{word}){{0,7}}")


_CONNECTED = 250
"""Characters that connecting words can reach over; further dates are not this phrase's."""
_CLOCK = lazy(
    lambda: (
        rf"\d{{1,2}}[:.h]\d{{2}}(?::\d\d)?(?:\s?{any_of(Words.CLOCK_MARKS)})?,?\s{{1,4}}(?:{any_of(Words.ON_DAY)}\s)?"
    )
)
_THROUGH_URL = lazy(
    lambda: (
        rf"[\s:,]{{0,8}}(?:(?:{any_of(Words.FROM)}|:)[\s:,]{{1,8}}){{0,4}}"
        # Word's own lists name the site first: "Retrieved from Weirs: https://…".
        r"(?:[^\W\d_][^\n:<>\"“]{1,80}:\s{1,3})?"
        r"[<(\[]?(?:https?://|www\.)[^\s<>]{3,500}[>)\]]?[\s,;(\[]{1,8}"
        rf"{any_of(Words.ON)}\s{{1,8}}"
    ),
    re.IGNORECASE,
)
# "Retrieved from encyclopedia.org, 24 January 2010".
_THROUGH_HOST = lazy(
    lambda: (
        rf"[\s:]{{1,4}}{any_of(Words.FROM)}\s{{1,4}}(?:[a-z\d-]{{1,40}}\.){{1,4}}[a-z]{{2,10}}"
        rf"(?:,|\s{{1,4}}{any_of(Words.ON)})\s{{1,4}}"
    ),
    re.IGNORECASE,
)
_PLACEHOLDER = lazy(
    lambda: (
        r"[\s:：,;=\-–—(\[`*_'\"on]{0,12}(?:"
        r"<[^<>\n]{1,40}>|\{+[^{}\n]{1,40}\}+|&lt;[^<>&\n]{1,40}&gt;|\$\w+|%\w|"
        rf"{any_of(Words.PLACEHOLDERS)}|"
        rf"{any_of(Words.DATE_LETTERS)}[\s./\-‑]{{1,2}}{any_of(Words.DATE_LETTERS)}\b|"
        r"20(?:xx|--|__)|_{3,}|\.{3}|…)"
    ),
    re.IGNORECASE,
)
_ANOTHER = lazy(
    lambda: (
        rf"\s{{0,4}}(?:,|;|/|\b(?:{any_of(Words.AND)}|{any_of(Words.UNTIL)})\b|&|、){{1,2}}\s{{1,4}}"
        rf"(?:(?:{any_of(Words.AGAIN)}|{any_of(Words.ON)})\s{{1,4}}){{0,2}}"
    ),
    re.IGNORECASE,
)
_COUNTED = lazy(lambda: rf"\s{{0,3}}{any_of(Words.COUNTED)}", re.IGNORECASE)
_ENDS_YEAR = lazy(
    lambda: rf"\s{{0,3}}(?:$|[.,;:)\]}}>。，、）］】|]|{any_of(Words.AFTER_YEAR)}\b|https?:|www\.|\n)"
)
_GARBLED = lazy(
    lambda: (
        rf"[\s:]{{1,4}}(?:{any_of(Words.ON_DAY)}\s)?(?P<date>[^\s\]\[][^\]\[\n]{{2,28}}\b(?:19|20)\d\d)\s?\]"
    )
)
_FROM_URL = lazy(
    lambda: rf"\s{{1,4}}{any_of(Words.FROM)}\s{{1,4}}<?(?:https?://|www\.)[^\s<>]{{3,300}}>?\s{{1,4}}$"
)
_QUOTES = ("'", '"')
_KEY_IN_CODE = lazy(r"[\"']\s?:\s?[\"']")
_CLOSED = lazy(r"[\s:.]{0,2}[)\]]")
_OPENED = lazy(r"[\s,;:–-]{0,3}(?P<bracket>[(\[])?\s?$")
_ENGLISH = lazy(lambda: rf"\b{any_of(Words.MONTH_FIRST_CUES)}\b", re.IGNORECASE)
_OPENERS = {"[": "]", "(": ")", "{": "}", "（": "）", "［": "］", "【": "】", "〔": "〕", "<": ">"}
_BEFORE_PHRASE = lazy(
    lambda: rf"[\[(（［【〔{{]\s{{0,2}}(?:\s{{0,2}}{any_of(Words.BEFORE_ACCESS)}\b[;,:.]?\s{{0,3}}){{0,2}}$",
    re.IGNORECASE,
)
_FROM = lazy(
    lambda: (
        rf"\s{{0,3}},?\s{{1,8}}{any_of(Words.FROM)}(?: {any_of(Words.ARTICLES)})?:?"
        rf"(?=[\s:]{{1,8}}(?:<?(?:https?:|www\.|\w[\w-]+\.\w)|{any_of(Words.ARTICLES)}\b|$))\s{{0,2}}:?"
    ),
    re.IGNORECASE,
)
# "URL accesat la", "link consultato il"
_LABEL_BEFORE = lazy(lambda: rf"(?<![\w/]){any_of(Words.ADDRESS_LABEL)}\s$", re.IGNORECASE)
# Polish, Russian, Bulgarian, Ukrainian: "12.05.2019 r.", "12.05.2019 г."
_YEAR_MARK = lazy(lambda: rf"(?<=\d)\s?{any_of(Words.YEAR_MARKS)}(?![^\W\d_])\.?")
_DATE_START = lazy(r"(?<![\w.])\w|(?<=\D)\d|[令平昭民]")
# "访问日期：2019-05-12": the date that follows is told, whatever stands before.
_TELLS = lazy(r"\s?[:：]\s?[\d令平昭民]")
_ENDS = frozenset(["", ".", ")", "]"])
"""What stands after most dates; nothing that goes on with one begins so."""
_FILLER = lazy(lambda: rf"[\s、,.]{{0,4}}{any_of(Words.AFTER_DATE)}?[\s、,]{{0,4}}$")


def phrases_in(text: str, low: str) -> tuple[list[Phrase], list[int]]:
    """Return the phrases of a text, and where notes that there is no access date may begin.

    `low` is the text in lower case.
    """
    phrases, notes = _words().find(text, low)
    if not text.isascii() and _HAS_SIGNS.search(text):
        phrases += _signed(text)
    return phrases, notes


def said_by(
    text: str, low: str, phrases: Sequence[Phrase], notes: Sequence[int], hints: DateHints
) -> list[FoundDate]:
    """Return what phrases say: every note that there is no access date, and the dates that they claim."""
    found = list(unavailable(text, low, notes)) if notes else []
    if phrases:
        found += _claimed(text, low, phrases, hints)
    return found


def _claimed(text: str, low: str, phrases: Sequence[Phrase], hints: DateHints) -> Iterator[FoundDate]:
    """Yield the dates that phrases claim, each with what its phrase says."""
    for phrase in phrases:
        group = phrase.kind
        kind = _KINDS.get(group, DateKind.ACCESSED)
        position = _connected(low, phrase.end)
        first = plain_date(text, position, hints)
        if first is not None and "cjk" not in group and _stands_alone(text, phrase.end, position, first):
            yield _found(text, phrase.start, first, kind)
            continue
        first = first or uncommon_date(text, position, hints)
        # "2019年5月12日閲覧": where the date may stand before, the nearer one wins.
        either_way = (
            first is None if group == "either" else "cjk" in group and not _TELLS.match(text, phrase.end)
        )
        if either_way and (before := _preceding(text, phrase.start, hints)):
            yield _found(text, before.start, before, kind, phrase.end)
            continue
        if dates := list(_following(text, phrase, position, first, hints)):
            for one in dates:
                yield _found(text, phrase.start, one, kind)
        elif kind is DateKind.ACCESSED and (told := _told_after(text, phrase, hints)):
            yield _found(text, told[0].start, told[0], kind, told[1])
        elif kind is DateKind.ACCESSED and (hole := _PLACEHOLDER.match(text, phrase.end)):
            yield _hole(text, phrase.start, hole)
        elif kind is DateKind.ACCESSED and (garbled := _garbled(text, phrase)):
            yield _found(text, phrase.start, garbled, kind)


def _stands_alone(text: str, begin: int, position: int, day: ParsedDate) -> bool:
    """Tell whether a plain day follows a phrase so near, and so little it, that it is what the phrase says."""
    between = text[begin:position]
    return (
        text[day.end : day.end + 1] in _ENDS
        and "\n" not in between
        and between[:1] not in _QUOTES
        and (day.date is None or len(day.date) > 4)
    )


def _told_after(text: str, phrase: Phrase, hints: DateHints) -> tuple[ParsedDate, int] | None:
    """Return the date of "6 April 2012 (date accessed)" or "(6 April 2012, accessed)", and where that ends."""
    closing = _CLOSED.match(text, phrase.end)
    opening = _OPENED.search(text, max(0, phrase.start - 6), phrase.start) if closing else None
    if closing is None or opening is None:
        return None
    date = _preceding(text, opening.start(), hints)
    if date is None or date.date is None or date.end != opening.start():
        return None
    return date, closing.end() if opening["bracket"] else phrase.end


def _garbled(text: str, phrase: Phrase) -> ParsedDate | None:
    """Return what stands for a date in "[accessed 8 Xuxly 2020]": a year, but no day anyone can read."""
    match = _GARBLED.match(text, phrase.end) if text[phrase.start - 1 : phrase.start] == "[" else None
    if match is None:
        return None
    return ParsedDate(
        start=match.start("date"),
        end=match.end("date"),
        text=match["date"],
        date=None,
        fault=DateFault.UNREADABLE,
    )


def _connected(low: str, position: int) -> int:
    """Return where the date may begin after a phrase: past connecting words and signs."""
    if low[position : position + 1] == " " and low[position + 1 : position + 2].isdecimal():
        return position + 1
    connect = _connectors().match(low[position : position + _CONNECTED])
    return position + (connect.end() if connect else 0)


def _following(
    text: str, phrase: Phrase, position: int, first: ParsedDate | None, hints: DateHints
) -> Iterator[ParsedDate]:
    """Yield the dates after a phrase: `first` is what begins at `position`, past connecting words."""
    quoted = text[phrase.end : phrase.end + 1] in _QUOTES
    if _blank_line(text, phrase.end, position) or (quoted and _KEY_IN_CODE.match(text, phrase.end)):
        return
    if text[position : position + 1].isdigit() and (clock := _CLOCK.match(text, position)):
        first = match_date(text, clock.end(), hints)
    if several := days_of_month(text, position, hints):
        yield from several[:-1]
        first = several[-1]
    if first is None and (through := _through_address(text, phrase.end)):
        first = match_date(text, through.end(), hints)
    if first is None or not _plausible(text, first):
        return
    if (
        first.date is not None
        and len(first.date) == 4
        and text[phrase.start : phrase.end].lower() in words(Words.MEDIUM_PHRASES)
    ):
        # MLA's "Web. 12 Apr. 2015." names the day; "Art of the Web. 2015." names a site.
        return
    last = first
    for number in range(8):
        joint = None if text[last.end : last.end + 1] in _ENDS else _ANOTHER.match(text, last.end)
        following = match_date(text, joint.end(), hints) if joint else None
        if not number:
            yield _of_year(first, following, hints)
        # "accessed 12 May 2019, 2020 edition": only whole days are taken as further dates.
        if following is None or following.date is None or len(following.date) < 10:
            return
        yield following
        last = following


def _of_year(first: ParsedDate, following: ParsedDate | None, hints: DateHints) -> ParsedDate:
    """Return a day without a year with that of the day after it: "3 May and 9 June 2021"."""
    if first.fault is not DateFault.NO_YEAR or following is None or following.date is None:
        return first
    whole = parse_date(f"{first.text} {following.date[:4]}", hints) if len(following.date) == 10 else None
    return replace(first, date=whole.date, fault=None) if whole and whole.date else first


def _through_address(text: str, position: int) -> re.Match[str] | None:
    ahead = text[position : position + _CONNECTED]
    if "." not in ahead and "://" not in ahead:
        return None
    return _THROUGH_URL.match(text, position) or _THROUGH_HOST.match(text, position)


def _blank_line(text: str, start: int, end: int) -> bool:
    return text.count("\n", start, end) > 1 and re.search(r"\n[ \t\r]*\n", text[start:end]) is not None


def _plausible(text: str, found: ParsedDate) -> bool:
    if found.date is not None and len(found.date) == 4:
        return _COUNTED.match(text, found.end) is None and _ENDS_YEAR.match(text, found.end) is not None
    return True


def _preceding(text: str, end: int, hints: DateHints) -> ParsedDate | None:
    if through := _FROM_URL.search(text, max(0, end - LONGEST_URL), end):
        end = through.start()
    begin = max(0, end - _WINDOW)
    for start in _DATE_START.finditer(text, begin, end):
        found = match_date(text, start.start(), hints)
        if found is not None and found.end <= end and _FILLER.match(text[found.end : end]):
            return found
    return None


def _found(text: str, begin: int, date: ParsedDate, kind: DateKind, tail: int = 0) -> FoundDate:
    if kind is DateKind.ACCESSED and date.fault is DateFault.NO_YEAR:
        kind = DateKind.NO_YEAR
    start, end = _outer(text, min(begin, date.start), max(date.end, tail))
    return FoundDate(
        start=date.start, end=date.end, outer_start=start, outer_end=end,
        date=date.date, text=date.text, kind=kind,
        # Only in English may the month stand first.
        repair=None if date.repair == IN_DOUBT and not _ENGLISH.search(text, start, end) else date.repair,
    )  # fmt: skip


def _hole(text: str, begin: int, hole: re.Match[str]) -> FoundDate:
    start, end = _outer(text, begin, hole.end())
    return FoundDate(
        start=hole.start(), end=hole.end(), outer_start=start, outer_end=end,
        date=None, text=hole[0].strip(), repair=None, kind=DateKind.PLACEHOLDER,
    )  # fmt: skip


def _outer(text: str, start: int, end: int) -> tuple[int, int]:
    """Widen a phrase to its brackets, or over a trailing "from"."""
    opening = _BEFORE_PHRASE.search(text, max(0, start - 40), start)
    if opening is not None:
        closer = _OPENERS[text[opening.start()]]
        close = text.find(closer, end, end + 60)
        line = text.find("\n\n", end, end + 60)
        if close >= 0 and (line < 0 or close < line) and closer not in text[start:end]:
            return opening.start(), close + 1
        return opening.start(), end
    word_before = text[start - 1 : start].isspace() and text[start - 2 : start - 1].isalpha()
    if word_before and (label := _LABEL_BEFORE.search(text, max(0, start - 12), start)):
        start = label.start()
    if text[end : end + 1] in _ENDS:
        return start, end
    if mark := _YEAR_MARK.match(text, end):
        end = mark.end()
    if following := _FROM.match(text, end):
        end = following.end()
    return start, end
