"""Writes `monitor/extract/words/cldr.json`: month and weekday names of each language, from CLDR.

Run it as `python -m tests.tools.cldr_names` with a new Babel; a test compares the file with what this makes.
"""

import json
from pathlib import Path

from babel import Locale

from monitor.extract.words.cldr import CONTEXTS, LANGUAGES, PATH, WIDTHS


def document() -> str:
    """Return the text of the data file: one language a line."""
    lines = (
        f"{json.dumps(language)}: {json.dumps(_names(language), ensure_ascii=False)}"
        for language in LANGUAGES
    )
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _names(language: str) -> dict[str, dict[str, dict[str, str]]]:
    locale = Locale(language)
    return {
        kind: {
            context: {
                width: "|".join(name for _, name in sorted(forms[context][width].items())) for width in WIDTHS
            }
            for context in CONTEXTS
        }
        for kind, forms in (("months", locale.months), ("weekdays", locale.days))
    }


if __name__ == "__main__":
    Path(PATH).write_text(document(), encoding="utf-8")
