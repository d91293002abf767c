"""Makes `monitor/extract/dates/months.json`: what every folded month name means, and the weekdays.

It holds the names of `cldr.json` and those of the language files; `python -m tests.tools.vocabulary` writes it.
"""

import json
import re
from itertools import product

from monitor.extract.dates.months import fold
from monitor.extract.words.cldr import CONTEXTS, LANGUAGES, WIDTHS, month_names, weekday_names

_PARTICLE = re.compile(r"^(?:de\s+|d['’])")

Months = dict[str, dict[int, list[str]]]


def document(written: dict[str, dict[str, int]]) -> str:
    """Return the text of the data file; `written` are months beside those of CLDR, by language."""
    months: Months = {}
    weekdays: set[str] = set()
    for language in LANGUAGES:
        for context, width in product(CONTEXTS, WIDTHS):
            for month, name in enumerate(month_names(language, context, width), start=1):
                _add(months, name, month, language)
                # "de maig", "d’abril": CLDR gives the genitive with its particle.
                _add(months, _PARTICLE.sub("", name), month, language)
                if language == "he":
                    _add(months, f"ב{name}", month, language)
            weekdays.update(map(fold, weekday_names(language, context, width)))
    for language, names in written.items():
        for name, month in names.items():
            _add(months, name, month, language)
    lines = (f"{_text(name)}: {_text(list(meant.items()))}" for name, meant in months.items())
    days = _text(sorted(day for day in weekdays if len(day) > 1))
    return '{"months": {\n' + ",\n".join(lines) + '\n}, "weekdays": ' + days + "}\n"


def _add(months: Months, name: str, month: int, language: str) -> None:
    key = fold(name)
    if len(key) < 2 or any(char.isdigit() for char in key):
        return
    languages = months.setdefault(key, {}).setdefault(month, [])
    if language not in languages:
        languages.append(language)


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
