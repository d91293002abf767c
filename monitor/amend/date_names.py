"""Month and weekday names by form (Unicode TR 35): which form a word is, and another name in the same.

What a word means is told by extraction's own table (`extract/dates/months.py`); here it is written anew.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from monitor.extract.dates.months import fold, month_of
from monitor.extract.words.cldr import CONTEXTS, LANGUAGES, WIDTHS, month_names, weekday_names

# Catalan keeps it with the name: "de maig", "d’abril".
_PARTICLE = re.compile(r"^(?:de\s+|d['’])")
_HEBREW_IN = "ב"


@dataclass(frozen=True, slots=True)
class Form:
    """How a name is written: language, CLDR's context and width, and a prefix glued to it (Hebrew)."""

    language: str
    context: str
    width: str
    prefix: str = ""

    @property
    def whole(self) -> "Form":
        """Return the unabbreviated form."""
        return Form(self.language, self.context, "wide", self.prefix)


@lru_cache(maxsize=1024)
def _names(language: str, context: str, width: str, kind: str) -> Mapping[int, str]:
    """Return names by number: months 1..12, days of the week from Monday, 0."""
    if kind == "months":
        months = month_names(language, context, width)
        return {number: _PARTICLE.sub("", name) for number, name in enumerate(months, start=1)}
    return dict(enumerate(weekday_names(language, context, width)))


def month_name(form: Form, month: int) -> str:
    """Return the name of a month (1..12) in a form, without a trailing dot."""
    return form.prefix + _names(form.language, form.context, form.width, "months")[month].rstrip(".")


def weekday_name(form: Form, day: int) -> str:
    """Return the name of a day of the week (Monday is 0) in a form, without a trailing dot."""
    return _names(form.language, form.context, form.width, "days")[day].rstrip(".")


@lru_cache(maxsize=2)
def _forms(kind: str) -> Mapping[str, tuple[tuple[int, Form], ...]]:
    """Return every name of a kind (`months` or `days`), folded, with what it means in which form."""
    found: dict[str, list[tuple[int, Form]]] = {}
    for language in LANGUAGES:
        prefixes = ("", _HEBREW_IN) if language == "he" and kind == "months" else ("",)
        for context, width, prefix in product(CONTEXTS, WIDTHS, prefixes):
            form = Form(language, context, width, prefix)
            for number, name in _names(language, context, width, kind).items():
                found.setdefault(fold(prefix + name), []).append((number, form))
    return {name: tuple(dict.fromkeys(meant)) for name, meant in found.items()}


@lru_cache(maxsize=1024)
def month_forms(word: str, month: int, languages: tuple[str, ...] = ()) -> tuple[Form, ...]:
    """Return the forms in which a word names this month; a misspelt or unlisted one in its usual form.

    A locative ("w lutym") has none: CLDR does not list it, so the next month's cannot be written.
    """
    found = tuple(form for number, form in _forms("months").get(fold(word), ()) if number == month)
    if found:
        return found
    meant = month_of(word, languages, mend=True)
    if meant is None or meant.month != month:
        return ()
    forms = tuple(Form(one, "format", "wide") for one in _in_order(meant.languages))
    if meant.repair is not None:
        return forms
    # "sept", "févr": abbreviations people write beside CLDR's.
    return tuple(
        Form(form.language, "format", "abbreviated")
        for form in forms
        if fold(month_name(form, month)).startswith(fold(word))
    )


def weekday_forms(word: str, day: int) -> tuple[Form, ...]:
    """Return the forms in which a word names this day of the week (Monday is 0)."""
    return tuple(form for number, form in _forms("days").get(fold(word), ()) if number == day)


def _in_order(languages: Iterable[str]) -> list[str]:
    return sorted(languages, key=LANGUAGES.index)
