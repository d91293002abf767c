"""Numbers, dates and lengths of time as a person reads them: one way for judgements and reports."""

import datetime as dt
from functools import lru_cache

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip


def day(at: dt.datetime | dt.date | None) -> str:
    """Return "4 March 2026"; "an unknown day" for None. Instants are read in UTC."""
    if at is None:
        return "an unknown day"
    if isinstance(at, dt.datetime) and at.tzinfo is not dt.UTC:
        at = at.astimezone(dt.UTC)
    return f"{at.day} {_MONTHS[at.month - 1]} {at.year}"


@lru_cache(maxsize=4096)
def date_text(iso: str | None) -> str:
    """Return an ISO date of any precision as words: "4 March 2026", "March 2026", "2026"."""
    if iso is None:
        return "an unreadable date"
    year, *rest = (int(part) for part in iso.split("-"))
    if not rest:
        return str(year)
    month = f"{_MONTHS[rest[0] - 1]} {year}"
    return month if len(rest) == 1 else f"{rest[1]} {month}"


def count(number: int, noun: str, plural: str | None = None) -> str:
    """Return "1 citation", "12,345 citations"."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


@lru_cache(maxsize=1024)
def span(days: int) -> str:
    """Return a limit of so many days in the unit a person would use: "12 days", "5 months", "7 years"."""
    if days < 60:
        return count(days, "day")
    if days < 730:
        return count(round(days / 30.44), "month")
    return count(round(days / 365.25), "year")


def about(seconds: float) -> str:
    """Return how long something takes, roughly: "about 40 s", "about 3 min", "about 2.5 h"."""
    minutes = seconds / 60
    if minutes < 1.5:
        return f"about {max(round(seconds), 1)} s"
    return f"about {round(minutes)} min" if minutes < 90 else f"about {minutes / 60:.1f} h"


@lru_cache(maxsize=4096)
def elapsed(start: dt.date, end: dt.date) -> str:
    """Return the whole days, months or years from one day to a later one, by the calendar."""
    days = (end - start).days
    if days < 60:
        return count(days, "day")
    months = (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day)
    return count(months, "month") if months < 24 else count(months // 12, "year")


def next_elapsed(start: dt.date, today: dt.date) -> dt.date:
    """Return the first day after `today` on which `elapsed` since `start` says something else."""
    if (today - start).days < 60:
        return today + dt.timedelta(days=1)
    months = (today.year - start.year) * 12 + today.month - start.month - (today.day < start.day)
    months = months + 1 if months < 24 else (months // 12 + 1) * 12
    first = _month(start, months)
    try:
        return first.replace(day=start.day)
    except ValueError:  # no such day in that month
        return _month(start, months + 1)


def _month(start: dt.date, later: int) -> dt.date:
    years, month = divmod(start.month - 1 + later, 12)
    return dt.date(start.year + years, month + 1, 1)


def upper(clause: str) -> str:
    """Return a clause as the beginning of a sentence."""
    return clause[:1].upper() + clause[1:]
