"""A source's life on one axis: access dates, archived copies, checks, and when it died."""

import datetime as dt
from collections.abc import Iterable, Sequence

from msgspec import Struct

from monitor.model import wording
from monitor.model.citation import last_day
from monitor.model.observation import Outcome
from monitor.model.run import Assessment, Check
from monitor.model.snapshot import Snapshot
from monitor.report import words

WIDTH, INSET = 640.0, 8.0
LANE_HEIGHT = 46
SHOWN_DATES = 40
"""Access dates and copies drawn; a source cited a thousand times has a few hundred."""

_SPLIT_BELOW = 0.3
"""Checks that fill less of the axis than this get the right half for themselves."""
_LEAST_WIDTH = 5.0


class Mark(Struct, frozen=True, gc=False):
    """Something on a lane: at `x`, `width` wide, 0 for a point in time."""

    x: float
    width: float
    tone: str
    said: str


class TimelineLane(Struct, frozen=True, gc=False):
    """One kind of events."""

    name: str
    marks: tuple[Mark, ...]


class Timeline(Struct, frozen=True, gc=False):
    """What the template draws; `said` tells the same in words, oldest first."""

    lanes: tuple[TimelineLane, ...]
    ticks: tuple[tuple[float, str, str], ...]
    """(x, label, anchor): anchor is start, middle or end as SVG spells it."""
    break_at: float | None
    """Where the scale changes from years to the days of our own checks."""
    death: Mark | None
    height: int
    said: tuple[str, ...]


class _Event(Struct, frozen=True, gc=False):
    start: dt.date
    end: dt.date
    tone: str
    said: str


class _Axis:
    """Days to places: one scale, or years on the left and the time of the checks on the right."""

    def __init__(self, first: dt.date, checked: dt.date | None, last: dt.date) -> None:
        self.first, self.last = first, last
        total = max((last - first).days, 1)
        split = (
            checked is not None and first < checked < last and (last - checked).days < _SPLIT_BELOW * total
        )
        self.checked = checked if split else None
        self.middle = WIDTH / 2

    def at(self, day: dt.date) -> float:
        """Return the place of a day."""
        day = min(max(day, self.first), self.last)
        if self.checked is None:
            low, high, start, end = self.first, self.last, INSET, WIDTH - INSET
        elif day < self.checked:
            low, high, start, end = self.first, self.checked, INSET, self.middle - INSET
        else:
            low, high, start, end = self.checked, self.last, self.middle + INSET, WIDTH - INSET
        return round(start + (end - start) * (day - low).days / max((high - low).days, 1), 1)


def timeline(assessments: Sequence[Assessment]) -> Timeline | None:
    """Return the time line of one source from its citations; None where fewer than two days are known."""
    accessed = _accessed(assessments)
    copies = _copies(assessments)
    checks = assessments[0].checks
    checked = [_checked(check) for check in checks]
    death = _death(assessments[0])
    days = [day for event in (*accessed, *copies, *checked, *death) for day in (event.start, event.end)]
    if not days or min(days) == max(days):
        return None
    axis = _Axis(min(days), checked[0].start if checked else None, max(days))
    lanes = [
        TimelineLane(name, tuple(_mark(event, axis) for event in events))
        for name, events in (("Accessed", accessed), ("Archived", copies), ("Checked", checked))
        if events
    ]
    events = sorted((*accessed, *copies, *checked, *death), key=lambda event: (event.start, event.end))
    return Timeline(
        lanes=tuple(lanes),
        ticks=tuple(_ticks(axis)),
        break_at=axis.middle if axis.checked else None,
        death=next((_mark(event, axis) for event in death), None),
        height=LANE_HEIGHT * len(lanes),
        said=tuple(event.said for event in events),
    )


def _mark(event: _Event, axis: _Axis) -> Mark:
    x, end = axis.at(event.start), axis.at(event.end)
    width = round(max(end - x, _LEAST_WIDTH), 1)
    return Mark(min(x, WIDTH - width), width, event.tone, event.said)


def _accessed(assessments: Iterable[Assessment]) -> list[_Event]:
    found: dict[dt.date, _Event] = {}
    for assessment in assessments:
        for date in assessment.citation.access_dates:
            day = last_day(date.date)
            if day is not None and dt.date(1991, 1, 1) < day and len(found) < SHOWN_DATES:
                found[day] = _Event(day, day, "info", f"{wording.date_text(date.date)}: accessed")
    return sorted(found.values(), key=lambda event: event.start)


def _copies(assessments: Iterable[Assessment]) -> list[_Event]:
    found: dict[str, Snapshot] = {}
    for assessment in assessments:
        if (answer := assessment.coverage) and len(found) < SHOWN_DATES:
            for one in (answer.before, answer.snapshot, answer.after):
                if one is not None and not (one.url in found and found[one.url].verified):
                    found[one.url] = one
    return [
        _Event(
            day := one.timestamp.date(),
            day,
            "ok" if one.verified else "unknown",
            f"{wording.day(day)}: archived copy, {'verified' if one.verified else 'not verified'}",
        )
        for one in sorted(found.values(), key=lambda one: one.timestamp)
    ]


def _checked(check: Check) -> _Event:
    start, end = check.first_at.date(), check.last_at.date()
    tone = "ok" if check.outcome.readable else "error" if check.outcome.failing else "unknown"
    when = wording.day(start) if start == end else f"{wording.day(start)} to {wording.day(end)}"
    times = f", {wording.count(check.times, 'check')}" if check.times > 1 else ""
    return _Event(start, end, tone, f"{when}: {words.OUTCOMES[Outcome(check.outcome)]}{times}")


def _death(assessment: Assessment) -> list[_Event]:
    good, bad = assessment.history.dead_between or (None, None)
    if good is None or bad is None:
        return []
    said = f"{wording.day(good)} to {wording.day(bad)}: died in this time"
    return [_Event(good.date(), bad.date(), "error", said)]


def _ticks(axis: _Axis) -> Iterable[tuple[float, str, str]]:
    """Yield at most four labels, far enough apart for a phone."""
    if axis.checked is None:
        yield INSET, wording.day(axis.first), "start"
        yield WIDTH - INSET, wording.day(axis.last), "end"
        return
    yield INSET, str(axis.first.year), "start"
    yield axis.middle, wording.day(axis.checked), "middle"
    yield WIDTH - INSET, wording.day(axis.last), "end"
