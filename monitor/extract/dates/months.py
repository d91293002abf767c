"""Month and weekday names of many languages, from CLDR, and those people write beside it.

The tables are built once, when the first date is read.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from monitor.extract.words.cldr import CONTEXTS, LANGUAGES, WIDTHS, month_names, weekday_names
from monitor.extract.words.vocabulary import written_months

_PARTICLE = re.compile(r"^(?:de\s+|d['’])")


@dataclass(frozen=True, slots=True)
class MonthName:
    """A month a word may mean: 1..12, the languages that use it so, and what was mended."""

    month: int
    languages: frozenset[str]
    repair: str | None = None


def fold(word: str) -> str:
    """Return a word without case, accents and trailing dot, as the tables hold it."""
    plain = unicodedata.normalize("NFKD", word.replace("İ", "I").replace("ı", "i").casefold())
    return "".join(char for char in plain if not unicodedata.combining(char)).rstrip(".")


@lru_cache(maxsize=1)
def _tables() -> tuple[Mapping[str, tuple[MonthName, ...]], frozenset[str]]:
    months: dict[str, dict[int, set[str]]] = {}
    weekdays: set[str] = set()

    def add(name: str, month: int, language: str) -> None:
        key = fold(name)
        if len(key) > 1 and not any(char.isdigit() for char in key):
            months.setdefault(key, {}).setdefault(month, set()).add(language)

    for language in LANGUAGES:
        for context, width in product(CONTEXTS, WIDTHS):
            for month, name in enumerate(month_names(language, context, width), start=1):
                add(name, month, language)
                # "de maig", "d’abril": CLDR gives the genitive with its particle.
                add(_PARTICLE.sub("", name), month, language)
                if language == "he":
                    add(f"ב{name}", month, language)
            folded = map(fold, weekday_names(language, context, width))
            weekdays.update(name for name in folded if len(name) > 1)
    for language, written in written_months().items():
        for name, month in written.items():
            add(name, month, language)
    table = {
        key: tuple(MonthName(month, frozenset(used)) for month, used in meanings.items())
        for key, meanings in months.items()
    }
    return table, frozenset(weekdays)


@lru_cache(maxsize=4096)
def month_of(word: str, languages: tuple[str, ...] = (), *, mend: bool = False) -> MonthName | None:
    """Return the month a word names; with `mend` also a misspelt one, with the repair said.

    `languages` are those the document is known to use, likeliest first.
    """
    table, _ = _tables()
    meanings = table.get(fold(word))
    if meanings is not None:
        return _likeliest(meanings, languages)
    return _mended(word, languages) if mend else None


def _likeliest(meanings: tuple[MonthName, ...], languages: tuple[str, ...]) -> MonthName:
    if len(meanings) > 1:
        for language in (*languages, *LANGUAGES):
            for meaning in meanings:
                if language in meaning.languages:
                    return meaning
    return meanings[0]


@lru_cache(maxsize=1)
def _long_names() -> tuple[str, ...]:
    # Abbreviations are too near to ordinary words to be guessed.
    return tuple(name for name in _tables()[0] if len(name) >= 4)


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
    known = [
        (_likeliest(_tables()[0][name], languages), name) for name, distance, _ in near if distance == best
    ]
    rank = {language: place for place, language in enumerate((*languages, *LANGUAGES))}
    known.sort(key=lambda pair: min(rank[language] for language in pair[0].languages))
    chosen, name = known[0]
    if "en" not in chosen.languages and len({meaning.month for meaning, _ in known}) > 1:
        return None
    return MonthName(chosen.month, chosen.languages, f"misspelt month {word} read as {name}")


@lru_cache(maxsize=4096)
def is_weekday(word: str) -> bool:
    """Tell whether a word names a day of the week in any of the languages."""
    return fold(word) in _tables()[1]
