"""The last year of a document or a host as a bar of days: how much of it failed, or could not be told."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import IntEnum

from msgspec import Struct

from monitor.model.observation import Outcome
from monitor.model.run import Check

DAYS = 365
KEPT_TROUBLES = 400
"""Stretches kept of one group; a host with more is drawn by the first ones, newest sources last."""

_TICKS = 6


class Stretch(Struct, frozen=True):
    """So many equal days, `start` days after the bar begins: citations that failed, or were not told of."""

    start: int
    days: int
    failing: int
    unknown: int

    @property
    def tone(self) -> str:
        """Return the worst of the stretch."""
        return "error" if self.failing else "unknown" if self.unknown else "ok"


class NightBar(Struct, frozen=True):
    """The days from `first` to `last` of `citations`; every day belongs to one stretch."""

    first: dt.date
    last: dt.date
    citations: int
    stretches: tuple[Stretch, ...]

    def days(self, tone: str) -> int:
        """Return how many days have a tone as their worst."""
        return sum(stretch.days for stretch in self.stretches if stretch.tone == tone)

    @property
    def worst(self) -> int:
        """Return how many citations failed on the worst day."""
        return max(stretch.failing for stretch in self.stretches)

    def months(self) -> list[tuple[int, str]]:
        """Return the days on which a month begins, a few of them: (days after the first, name)."""
        begins, month = [], self.first.replace(day=1)
        if month < self.first:
            month = _next_month(month)
        while month <= self.last:
            begins.append(month)
            month = _next_month(month)
        shown = begins[:: max(1, -(-len(begins) // _TICKS))]
        return [((date - self.first).days, f"{date:%b %Y}") for date in shown]


def _next_month(first: dt.date) -> dt.date:
    """Return the first day of the month after one that begins on `first`."""
    return (first + dt.timedelta(days=31)).replace(day=1)


class Level(IntEnum):
    """How an answer counts in the year."""

    READABLE = 0
    UNKNOWN = 1
    FAILING = 2


Told = tuple[int, int, Level]
"""First and last day of a stretch of equal answers, as ordinals, and what it was."""


def troubles(checks: Iterable[Check]) -> tuple[Told, ...]:
    """Return a source's stretches of equal answers."""
    return tuple((one.first_at.toordinal(), one.last_at.toordinal(), _level(one.outcome)) for one in checks)


def _level(outcome: Outcome) -> Level:
    return Level.READABLE if outcome.readable else Level.FAILING if outcome.failing else Level.UNKNOWN


class Nights(Struct, array_like=True, gc=False):
    """What the checks of a group say of each day; small, because there may be a hundred thousand groups."""

    first: int = 0
    last: int = 0
    citations: int = 0
    troubles: dict[tuple[int, int, bool], int] | None = None
    """By first and last day, and whether it failed: how many citations were in such trouble."""

    def add(self, stretches: Sequence[Told]) -> None:
        """Add one citation: its source's stretches of equal answers."""
        self.citations += bool(stretches)
        for start, end, level in stretches:
            self.first = min(self.first or start, start)
            self.last = max(self.last, end)
            if level is not Level.READABLE:
                self._note((start, end, level is Level.FAILING), 1)

    def take(self, other: "Nights") -> None:
        """Add what another part of the group says, which comes after this one."""
        self.citations += other.citations
        if other.first and not 0 < self.first <= other.first:
            self.first = other.first
        self.last = max(self.last, other.last)
        if other.troubles:
            for trouble, times in other.troubles.items():
                self._note(trouble, times)

    def _note(self, trouble: tuple[int, int, bool], times: int) -> None:
        if self.troubles is None:
            self.troubles = {}
        if trouble in self.troubles:
            self.troubles[trouble] += times
        elif len(self.troubles) < KEPT_TROUBLES:
            self.troubles[trouble] = times

    def told(self) -> tuple[object, ...]:
        """Return all that the bar is drawn from."""
        troubles = sorted(self.troubles.items()) if self.troubles else ()
        return self.first, self.last, self.citations, troubles

    def bar(self) -> NightBar | None:
        """Return the year up to the last check; None where nothing was checked on two days or more.

        It ends with the last check, not today: a page whose facts did not change is not written again.
        """
        if self.last <= self.first:
            return None
        begin = max(self.first, self.last - DAYS + 1)
        length = self.last - begin + 1
        steps: dict[int, list[int]] = {}
        for (start, end, failing), times in (self.troubles or {}).items():
            if end >= begin:
                for day, more in ((max(start, begin), times), (end + 1, -times)):
                    steps.setdefault(day - begin, [0, 0])[not failing] += more
        first, last = dt.date.fromordinal(begin), dt.date.fromordinal(self.last)
        return NightBar(first, last, self.citations, tuple(_runs(steps, length)))


def _runs(steps: Mapping[int, Sequence[int]], length: int) -> Iterator[Stretch]:
    """Yield stretches of equal days; steps are how many more fail, or are not told of, from a day on."""
    start = failing = unknown = 0
    for day in sorted(steps):
        if day >= length:
            break
        if day > start and any(steps[day]):
            yield Stretch(start, day - start, failing, unknown)
            start = day
        failing, unknown = failing + steps[day][0], unknown + steps[day][1]
    yield Stretch(start, length - start, failing, unknown)
