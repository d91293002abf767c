"""Days of other calendars as days of ours.

The year tells the calendar where no month does: 2564 is of the Buddhist era (Thai: ours plus 543),
1400 a Persian year and 1442 one of the Hijra, for no page was seen in those years of ours. In the
1360s to 1400s the two can be told apart, too: as years of the Hijra they end before the web begins.
"""

import datetime as dt
from enum import StrEnum


class Calendar(StrEnum):
    """A calendar whose dates are read."""

    GREGORIAN = "gregorian"
    BUDDHIST = "buddhist"
    PERSIAN = "persian"
    HIJRI = "hijri"
    ETHIOPIC = "ethiopic"


_BUDDHIST_YEARS = 543
_MIDDLE = 15
# The proleptic ordinal of the day before 1 Meskerem of the year 1: 29 August 8 of the Julian calendar.
_ETHIOPIC_EPOCH = 2795


def calendar_of(year: int) -> Calendar:
    """Return the calendar that a year in full is of, if nothing else tells."""
    if 2450 <= year <= 2699:
        return Calendar.BUDDHIST
    if 1360 <= year <= 1410:
        return Calendar.PERSIAN
    if 1411 <= year <= 1499:
        return Calendar.HIJRI
    return Calendar.GREGORIAN


def ours(
    calendar: Calendar, year: int, month: int | None, day: int | None
) -> tuple[int, int | None, int | None]:
    """Return year, month and day in our calendar; ValueError for a day the other one does not have.

    A month of another calendar lies in two of ours: the one that holds its middle stands for it. A year
    alone is the one it begins in.
    """
    if calendar is Calendar.GREGORIAN:
        return year, month, day
    if calendar is Calendar.BUDDHIST:
        return year - _BUDDHIST_YEARS, month, day
    try:
        found = _converted(calendar, year, month or 1, day or (_MIDDLE if month else 1))
    except (ValueError, OverflowError) as error:
        raise ValueError(f"no such day: {day}.{month}.{year} of the {calendar} calendar") from error
    return found.year, found.month if month else None, found.day if day else None


def _converted(calendar: Calendar, year: int, month: int, day: int) -> dt.date:
    if calendar is Calendar.PERSIAN:
        from persiantools.jdatetime import JalaliDate

        return JalaliDate(year, month, day).to_gregorian()  # type: ignore[no-untyped-call]
    if calendar is Calendar.HIJRI:
        from hijridate import Hijri

        return dt.date.fromordinal(Hijri(year, month, day).to_gregorian().toordinal())
    if not (1 <= month <= 13 and 1 <= day <= 30):
        raise ValueError("an Ethiopic year has twelve months of 30 days, and a short one")
    return dt.date.fromordinal(_ETHIOPIC_EPOCH + 365 * (year - 1) + year // 4 + 30 * (month - 1) + day)
