"""The last year of a document or a host as one bar: when all was well, failing, or could not be told."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field

from monitor.model.observation import Outcome
from monitor.model.run import Check

DAYS = 365
KEPT_TROUBLES = 400
"""Stretches kept of one group; a host with more is drawn by the first ones, newest sources last."""

_OK, _UNKNOWN, _ERROR = 1, 2, 3
_TONES = {_OK: "ok", _UNKNOWN: "unknown", _ERROR: "error"}


@dataclass(frozen=True, slots=True)
class Stretch:
    """So many days of one tone, `start` days after the bar begins."""

    start: int
    days: int
    tone: str


@dataclass(frozen=True, slots=True)
class Bar:
    """The days from `first` to `last`; every day belongs to one stretch."""

    first: dt.date
    last: dt.date
    stretches: tuple[Stretch, ...]

    def days(self, tone: str) -> int:
        """Return how many days have a tone."""
        return sum(stretch.days for stretch in self.stretches if stretch.tone == tone)


@dataclass(slots=True)
class Nights:
    """What the checks of a group say of each day; small, because there may be a hundred thousand groups."""

    first: int = 0
    last: int = 0
    _troubles: dict[tuple[int, int, int], None] = field(default_factory=dict)

    def add(self, checks: tuple[Check, ...]) -> None:
        """Add one source's stretches of equal answers; the same source may come again."""
        for check in checks:
            start, end = check.first_at.toordinal(), check.last_at.toordinal()
            self.first = min(self.first or start, start)
            self.last = max(self.last, end)
            level = _level(check.outcome)
            if level != _OK and len(self._troubles) < KEPT_TROUBLES:
                self._troubles[(start, end, level)] = None

    def bar(self) -> Bar | None:
        """Return the year up to the last check; None where nothing was checked on two days or more.

        It ends with the last check, not today: a page whose facts did not change is not written again.
        """
        if self.last <= self.first:
            return None
        begin = max(self.first, self.last - DAYS + 1)
        days = bytearray([_OK]) * (self.last - begin + 1)
        for start, end, level in sorted(self._troubles, key=lambda trouble: trouble[2]):
            if end >= begin:
                low, high = max(start, begin) - begin, end - begin + 1
                days[low:high] = bytes([level]) * (high - low)
        return Bar(dt.date.fromordinal(begin), dt.date.fromordinal(self.last), tuple(_runs(days)))


def _level(outcome: Outcome) -> int:
    return _OK if outcome.readable else _ERROR if outcome.failing else _UNKNOWN


def _runs(days: bytearray) -> Iterator[Stretch]:
    start = 0
    for at in range(1, len(days) + 1):
        if at == len(days) or days[at] != days[start]:
            yield Stretch(start, at - start, _TONES[days[start]])
            start = at
