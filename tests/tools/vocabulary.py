"""Writes `words.json`, the words of `languages/*.toml` by purpose, and the table of months.

Run it as `python -m tests.tools.vocabulary` when a language file has changed; a test compares the two.
"""

import json
import tomllib
from collections.abc import Mapping
from typing import cast

from monitor.extract.dates.months import PATH as TABLE
from monitor.extract.words.purposes import Words
from monitor.extract.words.vocabulary import LANGUAGE_FILES, PATH
from tests.tools import month_table
from tests.tools.beginnings import filed

FILED = (
    *(Words.ACCESSED_EITHER, Words.ACCESSED, Words.UPDATED, Words.ARCHIVED, Words.PUBLISHED),
    *(Words.HEADINGS, Words.HEADING_QUALIFIERS, Words.HEADING_COMPANIONS, Words.HEADING_TAILS),
    *(Words.RETRIEVAL, Words.LABELS, Words.UNAVAILABLE),
)
"""Purposes whose entries are looked up by how they begin."""
NAMES = frozenset({"name", "months", "locative", "eras", "calendar", "calendar_months"})
"""Keys of a language file beside the purposes: its English name, more forms of its months, its eras, and
the months of another calendar it uses."""


def languages() -> dict[str, Mapping[str, object]]:
    """Return every language file by its code; ValueError names a key that means nothing."""
    found: dict[str, Mapping[str, object]] = {}
    for path in sorted(LANGUAGE_FILES.glob("*.toml")):
        found[path.stem] = tomllib.loads(path.read_text(encoding="utf-8"))
        if unknown := found[path.stem].keys() - NAMES - set(Words):
            raise ValueError(f"{path.name}: unknown {', '.join(sorted(unknown))}")
    return found


def document() -> str:
    """Return the text of the data file: one entry a line."""
    known = languages()
    data: dict[str, object] = {
        purpose: sorted(
            {entry for one in known.values() for entry in one.get(purpose, ())},  # type: ignore[attr-defined]
            key=lambda entry: (-len(entry), entry),
        )
        for purpose in Words
    }
    data["filed"] = {purpose: filed(cast("list[str]", data[purpose])) for purpose in FILED}
    data["eras"] = {name: year for one in known.values() for name, year in one.get("eras", {}).items()}  # type: ignore[attr-defined]
    data["calendars"] = {
        one["calendar"]: one["calendar_months"] for one in known.values() if "calendar" in one
    }
    lines = (f"{json.dumps(key)}: {_text(entries)}" for key, entries in data.items())
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _text(entries: object) -> str:
    """Return JSON with an entry a line, so that changes can be read."""
    if isinstance(entries, list):
        return "[\n" + ",\n".join(_compact(one) for one in entries) + "\n]"
    if isinstance(entries, dict):
        return "{\n" + ",\n".join(f"{_compact(key)}:{_compact(one)}" for key, one in entries.items()) + "\n}"
    return _compact(entries)


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def months() -> dict[str, dict[str, int]]:
    """Return by language the month names people write beside those of CLDR."""
    return {language: _months(one) for language, one in languages().items() if _months(one)}


def _months(language: Mapping[str, object]) -> dict[str, int]:
    locative = str(language.get("locative", "")).split()
    written = dict(language.get("months", {}))  # type: ignore[call-overload]
    return written | {name: month for month, name in enumerate(locative, start=1)}


if __name__ == "__main__":
    PATH.write_text(document(), encoding="utf-8")
    TABLE.write_text(month_table.document(months()), encoding="utf-8")
