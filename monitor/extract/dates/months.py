"""Month and weekday names of many languages, from CLDR, and those people write beside it.

The tables are built once, when the first date is read.
"""

import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from msgspec import Struct, json

from monitor.extract.words.cldr import LANGUAGES

PATH = Path(__file__).with_name("months.json")


class MonthName(Struct, frozen=True, gc=False):
    """A month a word may mean: 1..12, the languages that use it so, and what was mended."""

    month: int
    languages: frozenset[str]
    repair: str | None = None


def fold(word: str) -> str:
    """Return a word without case, accents and trailing dot, as the tables hold it."""
    if word.isascii():
        return word.casefold().rstrip(".")
    plain = unicodedata.normalize("NFKD", word.replace("İ", "I").replace("ı", "i").casefold())
    return "".join(char for char in plain if not unicodedata.combining(char)).rstrip(".")


@lru_cache(maxsize=1)
def _data() -> tuple[Mapping[str, list[tuple[int, list[str]]]], frozenset[str]]:
    data = json.decode(PATH.read_bytes())
    return data["months"], frozenset(data["weekdays"])


@lru_cache(maxsize=4096)
def meanings(word: str) -> tuple[MonthName, ...]:
    """Return the months a word may name, as it is written; () for no month."""
    return _meanings(fold(word))


def _meanings(name: str) -> tuple[MonthName, ...]:
    """Return what a folded name may mean; () for no month."""
    return tuple(MonthName(month, frozenset(used)) for month, used in _data()[0].get(name, ()))


@lru_cache(maxsize=4096)
def month_of(word: str, languages: tuple[str, ...] = (), *, mend: bool = False) -> MonthName | None:
    """Return the month a word names; with `mend` also a misspelt one, with the repair said.

    `languages` are those the document is known to use, likeliest first.
    """
    if meant := meanings(word):
        return _likeliest(meant, languages)
    return _mended(word, languages) if mend else None


def _likeliest(meant: tuple[MonthName, ...], languages: tuple[str, ...]) -> MonthName:
    if len(meant) > 1:
        for language in (*languages, *LANGUAGES):
            for meaning in meant:
                if language in meaning.languages:
                    return meaning
    return meant[0]


@lru_cache(maxsize=1)
def _long_names() -> tuple[str, ...]:
    # Abbreviations are too near to ordinary words to be guessed.
    return tuple(name for name in _data()[0] if len(name) >= 4)


def _mended(word: str, languages: tuple[str, ...]) -> MonthName | None:
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    key = fold(word)
    if not 4 <= len(key) <= 14:
        return None
    allowed = 1 if len(key) < 7 else 2
    near = process.extract(key, _long_names(), scorer=OSA.distance, score_cutoff=allowed, limit=8)
    if not near:
        return None
    best = min(distance for _, distance, _ in near)
    known = [(_likeliest(_meanings(name), languages), name) for name, distance, _ in near if distance == best]
    rank = {language: place for place, language in enumerate((*languages, *LANGUAGES))}
    known.sort(key=lambda pair: min(rank[language] for language in pair[0].languages))
    chosen, name = known[0]
    if "en" not in chosen.languages and len({meaning.month for meaning, _ in known}) > 1:
        return None
    return MonthName(chosen.month, chosen.languages, f"misspelt month {word} read as {name}")


@lru_cache(maxsize=4096)
def is_weekday(word: str) -> bool:
    """Tell whether a word names a day of the week in any of the languages."""
    return fold(word) in _data()[1]
