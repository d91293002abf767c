"""A source's life on one axis: access dates, archived copies, checks, and when it died."""

import datetime as dt
from collections.abc import Iterable, Sequence
from functools import lru_cache

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
    """One kind of events; `top` is where its drawing begins."""

    name: str
    top: int
    marks: tuple[Mark, ...]


class Timeline(Struct, frozen=True, eq=False, gc=False):
    """What the template draws; `said` tells the same in words, oldest first."""

    lanes: tuple[TimelineLane, ...]
    ticks: tuple[tuple[float, str, str], ...]
    """(x, label, anchor): anchor is start, middle or end as SVG spells it."""
    break_at: float | None
    """Where the scale changes from years to the days of our own checks."""
    death: Mark | None
    height: int
    said: tuple[str, ...]


class _Event(Struct, frozen=True, eq=False, gc=False):
    """Made once for all sources it is told of, and looked up as that one."""

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
    first = assessments[0]
    return _timeline(
        tuple(_accessed(assessments)),
        tuple(_copies(assessments)),
        tuple(map(_checked, first.checks)),
        _death(first),
    )


@lru_cache(maxsize=1024)
def _timeline(
    accessed: tuple[_Event, ...],
    copies: tuple[_Event, ...],
    checked: tuple[_Event, ...],
    death: _Event | None,
) -> Timeline | None:
    """Draw events; sources that were found there on the days when many others were share a drawing."""
    events = (*accessed, *copies, *checked, *((death,) if death else ()))
    days = [day for event in events for day in (event.start, event.end)]
    if not days or min(days) == max(days):
        return None
    axis = _Axis(min(days), checked[0].start if checked else None, max(days))
    lanes = [
        (name, of) for name, of in (("Accessed", accessed), ("Archived", copies), ("Checked", checked)) if of
    ]
    return Timeline(
        lanes=tuple(
            TimelineLane(name, number * LANE_HEIGHT, tuple(_mark(event, axis) for event in of))
            for number, (name, of) in enumerate(lanes)
        ),
        ticks=tuple(_ticks(axis)),
        break_at=axis.middle if axis.checked else None,
        death=_mark(death, axis) if death else None,
        height=LANE_HEIGHT * len(lanes),
        said=tuple(event.said for event in sorted(events, key=lambda event: (event.start, event.end))),
    )


def _mark(event: _Event, axis: _Axis) -> Mark:
    x, end = axis.at(event.start), axis.at(event.end)
    width = round(max(end - x, _LEAST_WIDTH), 1)
    return Mark(min(x, WIDTH - width), width, event.tone, event.said)


def _accessed(assessments: Iterable[Assessment]) -> list[_Event]:
    found: dict[dt.date, _Event] = {}
    for assessment in assessments:
        for date in assessment.citation.access_dates:
            event = _access(date.date)
            if event is not None and len(found) < SHOWN_DATES:
                found[event.start] = event
    return sorted(found.values(), key=lambda event: event.start)


@lru_cache(maxsize=4096)
def _access(iso: str | None) -> _Event | None:
    day = last_day(iso)
    if day is None or day <= dt.date(1991, 1, 1):
        return None
    return _Event(day, day, "info", f"{wording.date_text(iso)}: accessed")


def _copies(assessments: Iterable[Assessment]) -> list[_Event]:
    found: dict[str, Snapshot] = {}
    for assessment in assessments:
        if (answer := assessment.coverage) and len(found) < SHOWN_DATES:
            for one in (answer.before, answer.snapshot, answer.after):
                if one is not None and not (one.url in found and found[one.url].verified):
                    found[one.url] = one
    every = sorted(found.values(), key=lambda one: one.timestamp)
    return [_copy(one.timestamp.date(), one.verified) for one in every]


@lru_cache(maxsize=1024)
def _copy(day: dt.date, verified: bool) -> _Event:
    said = f"{wording.day(day)}: archived copy, {'verified' if verified else 'not verified'}"
    return _Event(day, day, "ok" if verified else "unknown", said)


def _checked(check: Check) -> _Event:
    return _stretch(check.first_at.date(), check.last_at.date(), Outcome(check.outcome), check.times)


@lru_cache(maxsize=1024)
def _stretch(start: dt.date, end: dt.date, outcome: Outcome, times: int) -> _Event:
    tone = "ok" if outcome.readable else "error" if outcome.failing else "unknown"
    when = wording.day(start) if start == end else f"{wording.day(start)} to {wording.day(end)}"
    often = f", {wording.count(times, 'check')}" if times > 1 else ""
    return _Event(start, end, tone, f"{when}: {words.OUTCOMES[outcome]}{often}")


def _death(assessment: Assessment) -> _Event | None:
    good, bad = assessment.history.dead_between or (None, None)
    if good is None or bad is None:
        return None
    return _died(good.date(), bad.date(), f"{wording.day(good)} to {wording.day(bad)}: died in this time")


@lru_cache(maxsize=1024)
def _died(good: dt.date, bad: dt.date, said: str) -> _Event:
    return _Event(good, bad, "error", said)


def _ticks(axis: _Axis) -> Iterable[tuple[float, str, str]]:
    """Yield at most four labels, far enough apart for a phone."""
    if axis.checked is None:
        yield INSET, wording.day(axis.first), "start"
        yield WIDTH - INSET, wording.day(axis.last), "end"
        return
    yield INSET, str(axis.first.year), "start"
    yield axis.middle, wording.day(axis.checked), "middle"
    yield WIDTH - INSET, wording.day(axis.last), "end"
