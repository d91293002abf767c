"""Writing a new day the way the old one is written.

`restyle("17 February 2011", "2011-02-17", day)` keeps order, language, width, case, separators and
padding. Whatever it cannot account for, character by character, gives None: then a person edits.
"""

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import permutations, product

from monitor.extract.words.cldr import CONTEXTS, WIDTHS, month_names

LANGUAGES = (
    "en", "de", "fr", "es", "it", "pt", "nl", "sv", "da", "nb", "fi", "is", "pl", "cs", "sk", "sl", "hr",
    "hu", "ro", "bg", "ru", "uk", "be", "sr", "mk", "el", "tr", "az", "ca", "eu", "gl", "et", "lv", "lt",
    "sq", "id", "ms", "vi",
)  # fmt: skip
"""Languages whose months can be written the way they are."""

_ENGLISH_CLAIM = re.compile(
    r"\b(?:access(?:ed)?|retrieved|viewed|visited|consulted|checked|downloaded|seen|accessdate|urldate)\b",
    re.IGNORECASE,
)
_ENGLISH_SHORT = {"sept": 9, "febr": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8}
_DOT_AFTER_DAY = frozenset({"de", "da", "nb", "fi", "is", "cs", "sk", "sl", "hr", "sr", "et", "lv"})
_TOKEN = re.compile(r"\d+|[^\W\d_]+|[\W_]+")
_JOINERS = frozenset({"of", "de", "del", "di", "do", "da", "d"})
_MARKS = frozenset("年月日년월일")


@dataclass(frozen=True, slots=True)
class _Word:
    language: str
    context: str
    width: str
    month: int


@lru_cache(maxsize=64)
def _months(language: str) -> dict[str, tuple[_Word, ...]]:
    """Return folded month names of a language with what they mean."""
    found: dict[str, tuple[_Word, ...]] = {}
    for context, width in product(CONTEXTS, WIDTHS):
        for month, name in enumerate(month_names(language, context, width), start=1):
            word = _Word(language, context, width, month)
            key = name.rstrip(".").casefold()
            found[key] = (*found.get(key, ()), word)
    return found


def _name(word: _Word, month: int) -> str:
    return month_names(word.language, word.context, word.width)[month - 1]


def restyle(text: str, iso: str, day: dt.date, before: str = "") -> str | None:
    """Return `text`, a date that means `iso`, rewritten to mean `day` at the same precision.

    `before` is what stands in front of it ("Accessed "), a hint of the language. None where the
    style is not understood or two readings would give different texts.
    """
    tokens = _TOKEN.findall(text)
    # Every reading keeps the rest of the text; readings that agree on the result need no decision.
    results = {
        result
        for reading in _readings(tokens, iso)
        if (result := _write(tokens, reading, iso, day, before)) is not None
    }
    return results.pop() if len(results) == 1 else None


def _readings(tokens: list[str], iso: str) -> list[tuple[int, ...]]:
    """Return the token positions of (year, month, day) that account for every digit and word."""
    values = [int(part) for part in iso.split("-")]
    meaning = [
        position
        for position, token in enumerate(tokens)
        if token.isdigit() or _is_month_word(tokens, position, iso)
    ]
    if len(meaning) != len(values) or len(values) > 3:
        return []
    found = []
    for order in permutations(meaning):
        year, *rest = (tokens[position] for position in order)
        if not _year_fits(year, values[0]):
            continue
        if len(values) > 1 and rest[0].isdigit() and int(rest[0]) != values[1]:
            continue
        if len(values) > 2 and not (rest[1].isdigit() and int(rest[1]) == values[2]):
            continue
        found.append(order)
    return found if all(_is_known(tokens, position, meaning) for position in range(len(tokens))) else []


def _year_fits(token: str, year: int) -> bool:
    return token.isdigit() and len(token) in (2, 4) and int(token) in (year, year % 100)


def _is_month_word(tokens: list[str], position: int, iso: str) -> bool:
    token = tokens[position]
    if not token.isalpha() or iso.count("-") < 1 or len(token) < 3:
        return False
    return bool(_meanings(token, int(iso.split("-")[1])))


def _is_known(tokens: list[str], position: int, meaning: list[int]) -> bool:
    token = tokens[position]
    if position in meaning or token in _MARKS:
        return True
    if token.isalpha():
        return token.casefold() in _JOINERS or _is_ordinal(tokens, position)
    return all(char in " \t\n\r\xa0\u202f\u2009-‐‑–./,'’" for char in token)


def _is_ordinal(tokens: list[str], position: int) -> bool:
    return (
        position > 0
        and tokens[position - 1].isdigit()
        and tokens[position].casefold() in ("st", "nd", "rd", "th")
    )


@lru_cache(maxsize=1024)
def _meanings(word: str, month: int) -> tuple[_Word, ...]:
    folded = word.casefold()
    found = [
        meant for language in LANGUAGES for meant in _months(language).get(folded, ()) if meant.month == month
    ]
    if _ENGLISH_SHORT.get(folded) == month and not any(meant.language == "en" for meant in found):
        found.append(_Word("en", "format", "abbreviated", month))
    return tuple(found)


def _write(tokens: list[str], order: tuple[int, ...], iso: str, day: dt.date, before: str) -> str | None:
    new = list(tokens)
    old = [int(part) for part in iso.split("-")]
    year, month, number = (*order, None, None)[:3]
    assert year is not None  # noqa: S101 - every reading has a year
    new[year] = f"{day.year:04d}" if len(tokens[year]) == 4 else f"{day.year % 100:02d}"
    named = month is not None and not tokens[month].isdigit()
    if month is not None and not named:
        new[month] = _padded(day.month, _pads(tokens, month, number))
    if number is not None:
        pads = _pads(tokens, number, month) if not named else tokens[number].startswith("0")
        new[number] = _padded(day.day, pads)
        if number + 1 < len(tokens) and _is_ordinal(tokens, number + 1):
            new[number + 1] = _ordinal(day.day, tokens[number + 1])
    if month is not None and named:
        written = _month_name(tokens, month, old[1], day.month, before)
        if written is None:
            return None
        word, dotted = written
        new[month] = word
        if dotted is not None and month + 1 < len(tokens):
            rest = tokens[month + 1]
            new[month + 1] = rest.removeprefix(".") if not dotted else rest
    return "".join(new)


def _month_name(
    tokens: list[str], position: int, old: int, month: int, before: str
) -> tuple[str, bool | None] | None:
    """Return the new name and whether a following dot stays (None: there is none)."""
    token = tokens[position]
    dotted = position + 1 < len(tokens) and tokens[position + 1].startswith(".")
    meanings = _meanings(token, old)
    meanings = _likely(tokens, position, _meanings(token, old), before)
    choices: set[tuple[str, bool | None]] = set()
    for meant in meanings:
        name = _name(meant, month)
        # An abbreviation that is the whole word (May) takes no dot; a cut one keeps it.
        whole = (
            name.rstrip(".").casefold()
            == _name(_Word(meant.language, meant.context, "wide", month), month).casefold()
        )
        was_whole = (
            token.casefold() == _name(_Word(meant.language, meant.context, "wide", old), old).casefold()
        )
        if was_whole and meant.width == "abbreviated" and not dotted:
            continue  # "May" alone is the whole word
        if dotted and was_whole and meant.width == "wide":
            choices.add((_cased(name.rstrip("."), token), True))  # the dot ends a sentence or the day
        elif dotted:
            choices.add((_cased(name.rstrip("."), token), not whole))
        else:
            choices.add((_cased(name.rstrip("."), token), None))
    return choices.pop() if len(choices) == 1 else None


def _likely(tokens: list[str], position: int, meanings: tuple[_Word, ...], before: str) -> tuple[_Word, ...]:
    """Return the meanings of a month word that its spelling and surroundings leave.

    English writes months with a capital and no dot after the day; German has the capital and the
    dot; most others write them small.
    """
    token = tokens[position]
    same_case = tuple(meant for meant in meanings if _name(meant, meant.month).rstrip(".") == token)
    left = same_case or meanings
    english = tuple(meant for meant in left if meant.language == "en")
    day_dot = position > 1 and tokens[position - 2].isdigit() and tokens[position - 1].startswith(".")
    if english and (not day_dot or _ENGLISH_CLAIM.search(before)):
        return english
    dotting = tuple(meant for meant in left if meant.language in _DOT_AFTER_DAY)
    return dotting if day_dot and dotting else left


def _cased(name: str, like: str) -> str:
    if like.isupper() and len(like) > 1:
        return name.upper()
    return name[:1].upper() + name[1:] if like[:1].isupper() else name[:1].lower() + name[1:]


def _padded(value: int, pads: bool) -> str:
    return f"{value:02d}" if pads else str(value)


def _pads(tokens: list[str], position: int, other: int | None) -> bool:
    """Tell whether a day or month number is written with two digits."""
    seen = [tokens[position], *([tokens[other]] if other is not None and tokens[other].isdigit() else [])]
    if any(token.startswith("0") for token in seen):
        return True
    return not any(len(token) == 1 for token in seen)


def _ordinal(day: int, like: str) -> str:
    suffix = "th" if 11 <= day <= 13 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return suffix.upper() if like.isupper() else suffix
