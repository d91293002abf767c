"""What was given on the command line, as settings; what cannot be meant is a UsageError."""

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from monitor.errors import UsageError
from monitor.model.archive_use import ArchiveUse

if TYPE_CHECKING:
    from monitor.settings import Settings

EARLIEST, LATEST = 1990, 9000
"""Years `--now` may name: the web is no older, and what is judged looks some years further."""

_UNITS = {
    "m": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
    "w": timedelta(weeks=1),
}


def settings(**given: Any) -> "Settings":
    """Return what was given with options as settings; values are as Typer hands them over."""
    from monitor.settings import Settings

    if now := given.pop("now", None):
        given["now"] = _instant(now)
    if given.pop("no_archive", False):
        given["archive"] = ArchiveUse.OFF
    if "archive" in given:
        given["archives"] = given.pop("archive")
    given["verbosity"] = given.pop("verbose", 0)
    # Bars and log lines would write over each other.
    given["bars"] = not (given.pop("no_progress", False) or given["verbosity"])
    for several in ("include", "exclude", "exclude_path"):
        if several in given:
            given[several] = given[several] or ()
    return Settings(**given)


def _instant(text: str) -> datetime:
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise UsageError(f"--now {text!r}: not an ISO 8601 instant such as 2026-11-21T03:00:00Z") from None
    if not EARLIEST <= instant.year <= LATEST:
        raise UsageError(f"--now {text!r}: name a year from {EARLIEST} to {LATEST}")
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)


def pair(text: str) -> tuple[str, str]:
    """Return pattern and target of a --remap, which a blank parts."""
    words = text.split()
    if len(words) != 2:
        raise UsageError(f"--remap {text!r}: write pattern and target with a blank between, in quotes")
    return words[0], words[1]


def age(text: str) -> timedelta:
    """Return how long "12h" or "1d" is."""
    match = re.fullmatch(r"(\d{1,5})\s*(m|h|d|w)", text.strip())
    if match is None:
        raise UsageError(f"--max-age {text!r}: write a number and m, h, d or w, such as 12h or 1d")
    return int(match[1]) * _UNITS[match[2]]
