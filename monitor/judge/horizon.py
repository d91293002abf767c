"""How long a finding stands while no fact changes: until the first day or instant that could change it.

A finding turns on the present only through ages and ends: of the access date and of its confirmation
against their limit, of a death the archives date, of a waiver. Too soon costs a judgement; too late would
be a lie, so `tests/judge/test_horizon.py` tries it on random cases.
"""

import datetime as dt
from collections.abc import Iterable, Iterator

from monitor.judge.view import View
from monitor.judge.waivers import waives
from monitor.model.finding import Finding, Waiver
from monitor.model.wording import next_elapsed

_DAY = dt.timedelta(days=1)


def stands_until(view: View, finding: Finding, waivers: Iterable[Waiver]) -> dt.datetime | None:
    """Return the first instant at which a finding may be another one; None if only facts can change it.

    `view` is the one that was judged: it knows what the finding turned on.
    """
    ends = [_midnight(day) for day in _days(view, finding, waivers) if day > view.today]
    rot = view.case.rot
    if rot is not None and rot.first_bad is not None:
        proven = rot.first_bad + dt.timedelta(days=view.policy.strike_span_days)
        ends += [proven] * (proven > view.now)
    return min(ends, default=None)


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), dt.UTC)


def _days(view: View, finding: Finding, waivers: Iterable[Waiver]) -> Iterator[dt.date]:
    today, accessed = view.today, view.accessed
    if accessed is not None and view.claim is not None:
        if view.claim.last_day != accessed:  # it lies ahead, and is taken for today
            yield today + _DAY
        confirmed = max(accessed, view.confirmed or accessed) if view.weighs_confirmation else accessed
        yield next_elapsed(accessed, today)  # of a confirmation the day is told, never how long ago it was
        for day in {accessed, confirmed}:
            yield day + dt.timedelta(days=view.limit_days + 1)
    seen = view.case.observations[-1].last_seen_at if view.case.observations else None
    proven = view.case.confirmed_at if view.weighs_confirmation else None
    lived = view.history.last_alive_at
    if any(at is not None and at.astimezone(dt.UTC).date() > today for at in (seen, lived, proven)):
        yield today + _DAY  # a clock went wrong
    for waiver in waivers:
        if waives(waiver, finding, view.case.citation):
            yield waiver.until + _DAY
