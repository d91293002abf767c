"""How a document writes its dates, told by those of them that are clear."""

from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Any

from monitor.extract.dates import shapes
from monitor.extract.dates.months import fold, month_of
from monitor.extract.dates.values import DateHints
from monitor.extract.words.cldr import LANGUAGES
from monitor.extract.words.purposes import Words
from monitor.extract.words.vocabulary import any_of
from monitor.patterns import lazy

_DATELIKE = lazy(r"(?<!\w)(?:\d{1,2}\s?[/\-.]\s?\d{1,2}\s?[/\-.]\s?\d{4}|\d{1,2}\W{0,3}[^\W\d_]{3,12}\W{1,3}\d{4}|[^\W\d_]{3,12}\W{1,2}\d{1,2},?\s\d{4}|(?<!/)\d{1,2}/\d{1,2}/\d\d(?!/))(?!\d)")  # fmt: skip
# How every branch of it ends, from its last number but one; few numbers of a text have another one so near.
_TWO_NUMBERS = lazy(
    r"\d(?!\d)(?:(?:\s?[/\-.]\s?|,?\s|\W{0,3}+[^\W\d_]{3,12}+\W{1,3}+)\d{4}(?!\d)|/\d\d(?![/\d]))"
)
_SHARED_MONTH = lazy(lambda: any_of(Words.SHARED_MONTHS))
_CROATIAN = lazy(lambda: rf"\b{any_of(Words.SHARED_MONTH_CUES)}\b")
_BEFORE = 15
_TELLING = 200_000
_ENOUGH = 400


class _Gathered(DateHints):
    """The hints of a text, gathered when a date first needs them: few documents have one that does."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        object.__setattr__(self, "_text", text)

    def __getattr__(self, name: str) -> Any:
        if name not in DateHints.__slots__:
            raise AttributeError(name)
        gathered = _gathered(self._text)
        for one in DateHints.__slots__:
            object.__setattr__(self, one, getattr(gathered, one))
        return getattr(gathered, name)


def collect_hints(text: str) -> DateHints:
    """Return order and language evidence from a document's own unambiguous dates."""
    return _Gathered(text)


def _gathered(text: str) -> DateHints:
    orders = {"day": 0, "month": 0, "day month": 0, "month day": 0}
    words: dict[str, int] = {}
    # A list says the same day again and again.
    for written, count in Counter(islice(_datelike(text), _ENOUGH)).items():
        if evidence := _evidence(written):
            orders[evidence[0]] += count
            for language in evidence[1]:
                words[language] = words.get(language, 0) + count
    # "listopada" is November in Polish and October in Croatian, which says "pristupljeno".
    if _SHARED_MONTH.search(text) and (told := len(_CROATIAN.findall(text[:_TELLING]))):
        words["hr"] = words.get("hr", 0) + 2 * told
    ranked = tuple(sorted(words, key=lambda language: (-words[language], LANGUAGES.index(language)))[:6])
    # However many "June 1, 2020" say nothing of what 03/04/2019 means beside one 25/12/2019.
    return DateHints(
        day_first=orders["day"] * _ENOUGH + orders["day month"],
        month_first=orders["month"] * _ENOUGH + orders["month day"],
        languages=ranked,
    )


def _datelike(text: str) -> Iterator[str]:
    """Return what looks like a date, in order: looked for around two numbers that stand as in one."""
    position = place = 0
    while numbers := _TWO_NUMBERS.search(text, place):
        start, place = numbers.span()
        match = _DATELIKE.search(text, max(position, start - _BEFORE), place)
        if match is None:
            place = start + 1
        else:
            position = place = match.end()
            yield match[0]


def _evidence(text: str) -> tuple[str, frozenset[str]] | None:
    """Return which of day and month a date shows to stand first, and the languages its month is of."""
    by_number = text[0].isdigit()
    plain = shapes.PLAIN.match(text)
    if plain is None and by_number and (numeric := shapes.NUMERIC.match(text)):
        first, second = int(numeric["a"]), int(numeric["b"])
        if numeric["s"] == "." or (first > 12) == (second > 12):
            return None
        return "day" if first > 12 else "month", frozenset()
    match = plain or shapes.NAMED[0 if by_number else 1].match(text)
    word = match and (match[2] or match[4] if plain else match["m"])
    name = month_of(word) if word else None
    if word is None or name is None:
        return None
    # A name that thirty languages share tells nothing.
    told = len(name.languages) < 6 or len(fold(word)) > 5
    return "day month" if by_number else "month day", name.languages if told else frozenset()
