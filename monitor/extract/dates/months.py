# ruff: noqa: E501 - one language list
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

# Forms people write that CLDR does not list.
_EXTRA: Mapping[str, tuple[int, str]] = {
    "sept": (9, "en"), "janv": (1, "fr"), "févr": (2, "fr"), "fév": (2, "fr"), "juil": (7, "fr"),
    "déc": (12, "fr"), "set": (9, "pt"), "sett": (9, "it"), "genn": (1, "it"), "ene": (1, "es"),
    "setiembre": (9, "es"), "jänner": (1, "de"), "jän": (1, "de"), "feber": (2, "de"), "mrz": (3, "de"),
    "märz": (3, "de"), "mär": (3, "de"), "mei": (5, "nl"), "mrt": (3, "nl"), "янв": (1, "ru"),
    "сент": (9, "ru"), "ноя": (11, "ru"), "нояб": (11, "ru"), "февр": (2, "ru"), "tem": (7, "tr"),
    "maj": (5, "sv"), "mai": (5, "nb"), "सितम्बर": (9, "hi"), "अक्टूबर": (10, "hi"), "नवम्बर": (11, "hi"),
    "दिसम्बर": (12, "hi"), "জানুয়ারি": (1, "bn"), "ফেব্রুয়ারি": (2, "bn"),
}  # fmt: skip


# "u avgustu 2026", "в августе 2026": CLDR has no locative.
_LOCATIVES: Mapping[str, str] = {
    "pl": "styczniu lutym marcu kwietniu maju czerwcu lipcu sierpniu wrześniu październiku listopadzie grudniu",
    "cs": "lednu únoru březnu dubnu květnu červnu červenci srpnu září říjnu listopadu prosinci",
    "sk": "januári februári marci apríli máji júni júli auguste septembri októbri novembri decembri",
    "ru": "январе феврале марте апреле мае июне июле августе сентябре октябре ноябре декабре",
    "uk": "січні лютому березні квітні травні червні липні серпні вересні жовтні листопаді грудні",
    "sr": "januaru februaru martu aprilu maju junu julu avgustu septembru oktobru novembru decembru",
    "hr": "siječnju veljači ožujku travnju svibnju lipnju srpnju kolovozu rujnu listopadu studenom prosincu",
    "sl": "januarju februarju marcu aprilu maju juniju juliju avgustu septembru oktobru novembru decembru",
    "lv": "janvārī februārī martā aprīlī maijā jūnijā jūlijā augustā septembrī oktobrī novembrī decembrī",
    "fi": "tammikuussa helmikuussa maaliskuussa huhtikuussa toukokuussa kesäkuussa heinäkuussa elokuussa syyskuussa lokakuussa marraskuussa joulukuussa",
}  # fmt: skip


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
    for name, (month, language) in _EXTRA.items():
        add(name, month, language)
    for language, locatives in _LOCATIVES.items():
        for month, name in enumerate(locatives.split(), start=1):
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
