"""Lengths of time as people read them; one way for judgements and reports, so that one finding tells one age."""

import datetime as dt

import pytest

from monitor.model.wording import count, elapsed
from monitor.report.words import age


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        ("2026-11-20", "2026-11-21", "1 day"),
        (
            "2026-05-22",
            "2026-11-21",
            "5 months",
        ),  # a round 6.0 months of 30.44 days, not yet 6 by the calendar
        ("2011-02-17", "2026-11-21", "15 years"),  # 15.76 years are not 16
        ("2024-02-29", "2026-02-28", "23 months"),
    ],
)
def test_time_elapsed_is_told_in_whole_units_of_the_calendar(start, end, said):
    assert elapsed(dt.date.fromisoformat(start), dt.date.fromisoformat(end)) == said
    assert age(start, dt.date.fromisoformat(end)) == f"{said} ago"


def test_thousands_are_parted():
    assert count(12345, "citation") == "12,345 citations"
    assert count(1, "entry", "entries") == "1 entry"
