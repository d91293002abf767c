"""Names of months and weekdays as CLDR (Unicode TR 35) has them, for every language known here.

They stand in `cldr.json`, which `tests/tools/cldr_names.py` makes with Babel; nothing is read before the
first name is asked for.
"""

import json
from functools import lru_cache
from pathlib import Path
from typing import cast

PATH = Path(__file__).with_name("cldr.json")

# The order decides when a name means different months in different languages and nothing in the
# document says which language it is: Polish and Czech "listopad" (November) before Croatian (October).
LANGUAGES = (
    "en", "de", "fr", "es", "it", "pt", "nl", "pl", "cs", "sk", "ru", "uk", "be", "bg", "sr", "tr", "sv",
    "da", "nb", "nn", "fi", "et", "lv", "lt", "hu", "ro", "ca", "gl", "eu", "sl", "hr", "bs", "el", "id",
    "ms", "vi", "ar", "he", "fa", "hi", "is", "ga", "cy", "eo", "sq", "mk", "af", "az", "kk", "ka", "hy",
    "bn", "mr", "ta", "te", "ml", "ur",
    "th", "fil", "am", "sw",
)  # fmt: skip
CONTEXTS = ("format", "stand-alone")
"""As part of a date ("3 stycznia") and alone ("styczeń")."""
WIDTHS = ("wide", "abbreviated")

_Names = dict[str, dict[str, dict[str, str]]]


@lru_cache(maxsize=1)
def _data() -> dict[str, _Names]:
    return cast("dict[str, _Names]", json.loads(PATH.read_text(encoding="utf-8")))


def month_names(language: str, context: str, width: str) -> tuple[str, ...]:
    """Return the names of January to December in a language, of one of `CONTEXTS` and `WIDTHS`."""
    return tuple(_data()[language]["months"][context][width].split("|"))


def weekday_names(language: str, context: str, width: str) -> tuple[str, ...]:
    """Return the names of Monday to Sunday in a language, of one of `CONTEXTS` and `WIDTHS`."""
    return tuple(_data()[language]["weekdays"][context][width].split("|"))
