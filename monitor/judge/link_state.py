"""What the history of a source's observations amounts to (docs/design.md#link-state).

Dead needs strikes on several days; one good observation resets. "Too many requests", blocks and void
runs are no strikes. The archive's own failed captures after its last good one are dated evidence, so
that the first night can already tell when a source died.
"""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from monitor.judge.domains import domain_is_gone
from monitor.judge.policy import JudgePolicy
from monitor.model.case import StoredObservation
from monitor.model.history import LinkHistory, LinkState
from monitor.model.observation import FAILING, READABLE, Observation, Outcome
from monitor.model.site import is_local
from monitor.model.snapshot import ArchivedRot
from monitor.model.wording import count, day

_NOT_PROBED = frozenset({Outcome.UNCHECKED, Outcome.RATE_LIMITED})
"""Outcomes that say nothing of the source: the state before them holds."""


@dataclass(frozen=True, slots=True)
class _Streak:
    """The failing observations since the last good one."""

    rows: tuple[StoredObservation, ...]

    @property
    def days(self) -> tuple[dt.date, ...]:
        return _days(self.rows)

    @property
    def gone_days(self) -> tuple[dt.date, ...]:
        return _days([row for row in self.rows if says_gone(row.observation)])


def _days(rows: Sequence[StoredObservation]) -> tuple[dt.date, ...]:
    found: set[dt.date] = set()
    for row in rows:
        if row.days:
            found.update(dt.date.fromisoformat(text) for text in row.days)
        else:
            found.update((row.observation.observed_at.date(), row.last_seen_at.date()))
    return tuple(sorted(found))


def says_gone(observation: Observation) -> bool:
    """Tell whether an answer means "for good": 410, or no such registrable domain."""
    if observation.outcome is Outcome.GONE:
        return observation.http_status == 410
    return observation.outcome is Outcome.UNREACHABLE and domain_is_gone(observation)


def link_history(
    observations: Sequence[StoredObservation], rot: ArchivedRot | None, policy: JudgePolicy, now: dt.datetime
) -> LinkHistory:
    """Judge a source's observations, oldest first; void ones are passed over.

    `rot` is what the archive's own captures say of its death.
    """
    rows = [row for row in observations if not row.void]
    telling = [row for row in rows if row.observation.outcome not in _NOT_PROBED]
    since_good = len(telling)
    while since_good and telling[since_good - 1].observation.outcome not in READABLE:
        since_good -= 1
    known = _Known(
        last_alive_at=telling[since_good - 1].last_seen_at if since_good else None,
        strikes_needed=policy.strikes,
    )
    known.count(rows)
    if not telling:
        limited = any(row.observation.outcome is Outcome.RATE_LIMITED for row in rows)
        return known.history(
            reason="The site answered only: too many requests." if limited else "Not checked yet."
        )
    latest = telling[-1].observation
    if is_local(latest.url):
        # A file is there or not: no strikes to wait for.
        state = LinkState.ALIVE if latest.outcome.readable else LinkState.DEAD
        return known.history(state, reason="Looked for on disk.")
    if latest.outcome.readable:
        reason = f"It answered with a readable page on {day(telling[-1].last_seen_at)}."
        since = _begin_of(telling, READABLE)
        return known.history(LinkState.ALIVE, since=since, reason=reason)
    streak = _Streak(tuple(row for row in telling[since_good:] if row.observation.outcome in FAILING))
    known.strikes = len(streak.days)
    if latest.outcome.failing:
        return _failing(streak, rot, policy, now, known)
    if latest.outcome is Outcome.BLOCKED:
        since = _begin_of(telling, (Outcome.BLOCKED,))
        reason = f"The site has refused this program since {day(since)}; that says nothing of the page."
        return known.history(LinkState.BLOCKED, since=since, reason=reason)
    reason = "The address cannot be requested, so nothing is known of the page."
    return known.history(since=latest.observed_at, reason=reason)


@dataclass(slots=True)
class _Known:
    """What holds whatever the state is: how often the source was seen, failed, and changed its text."""

    last_alive_at: dt.datetime | None
    strikes_needed: int
    strikes: int = 0
    observations: int = 0
    changes: int = 0
    observed_days: float = 0.0

    def count(self, rows: Sequence[StoredObservation]) -> None:
        """Count the probes, and how often the page's text changed in how many days."""
        first: Observation | None = None
        newest: StoredObservation | None = None
        last: str | None = None
        for row in rows:
            seen = row.observation
            if seen.outcome is not Outcome.UNCHECKED:
                self.observations += row.times
            if seen.outcome not in READABLE:
                continue
            first, newest = first or seen, row
            self.changes += row.changes
            if seen.fingerprint:
                self.changes += last is not None and seen.fingerprint != last
                last = seen.fingerprint
        if first is not None and newest is not None:
            days = (newest.last_seen_at - first.observed_at).total_seconds() / 86400
            self.observed_days = round(max(days, 0.0), 3)

    def history(
        self,
        state: LinkState = LinkState.UNKNOWN,
        *,
        reason: str,
        since: dt.datetime | None = None,
        dead_between: tuple[dt.datetime | None, dt.datetime | None] | None = None,
    ) -> LinkHistory:
        """Return the history with the state it amounts to."""
        return LinkHistory(
            state=state,
            strikes=self.strikes,
            strikes_needed=self.strikes_needed,
            since=since,
            last_alive_at=self.last_alive_at,
            dead_between=dead_between,
            observations=self.observations,
            changes=self.changes,
            observed_days=self.observed_days,
            reason=reason,
        )


def _begin_of(rows: Sequence[StoredObservation], outcomes: Collection[Outcome]) -> dt.datetime:
    """Return when the run of observations of these outcomes began that ends with the last row."""
    begin = rows[-1].observation
    for row in reversed(rows):
        if row.observation.outcome not in outcomes:
            break
        begin = row.observation
    return begin.observed_at


def _failing(
    streak: _Streak, rot: ArchivedRot | None, policy: JudgePolicy, now: dt.datetime, known: _Known
) -> LinkHistory:
    """Judge a source whose newest telling observation failed: dead or suspect."""
    first = streak.rows[0].observation.observed_at
    alive = known.last_alive_at
    needed = policy.strikes_gone if says_gone(streak.rows[-1].observation) else policy.strikes
    known.strikes_needed = needed
    if rot is not None and _archived_death(rot, alive, policy, now):
        bad = min(first, rot.first_bad or first)
        good = max((at for at in (rot.last_good, alive) if at is not None and at <= bad), default=None)
        reason = (
            f"It fails now, and the archive holds {count(rot.failures, 'failed capture')} of it since "
            f"{day(rot.first_bad)}{f' and a good one of {day(rot.last_good)}' if rot.last_good else ''}."
        )
        return known.history(LinkState.DEAD, since=bad, dead_between=(good, bad), reason=reason)
    strikes = count(known.strikes, "day")
    if _proven(streak, policy):
        reason = (
            f"It failed on {strikes} between {day(streak.days[0])} and {day(streak.days[-1])} "
            "and never answered well in between."
        )
        return known.history(LinkState.DEAD, since=first, dead_between=(alive, first), reason=reason)
    failed = (
        f"It failed on {strikes}, first on {day(first)}"
        if known.strikes > 1
        else f"It first failed on {day(first)}"
    )
    reason = f"{failed}; {_needs(streak, policy, needed)}."
    return known.history(LinkState.SUSPECT, since=first, reason=reason)


def _needs(streak: _Streak, policy: JudgePolicy, needed: int) -> str:
    """Say what is missing before the word dead."""
    days = needed if needed != policy.strikes else max(needed, policy.strike_days)
    earliest = streak.days[0] + dt.timedelta(days=policy.strike_span_days)
    return (
        f"it is called dead after failing on {count(days, 'day')} that span "
        f"{count(policy.strike_span_days, 'day')}, not before {day(earliest)}"
    )


def _proven(streak: _Streak, policy: JudgePolicy) -> bool:
    def met(days: Sequence[dt.date], needed: int) -> bool:
        return len(days) >= needed and (days[-1] - days[0]).days >= policy.strike_span_days

    return met(streak.days, max(policy.strikes, policy.strike_days)) or met(
        streak.gone_days, policy.strikes_gone
    )


def _archived_death(
    rot: ArchivedRot, last_alive: dt.datetime | None, policy: JudgePolicy, now: dt.datetime
) -> bool:
    """Tell whether the archive's captures prove a death that no good observation of ours contradicts."""
    if rot.first_bad is None or rot.failures < policy.archived_strikes:
        return False
    if last_alive is not None and last_alive >= rot.first_bad:
        return False
    return now - rot.first_bad >= dt.timedelta(days=policy.strike_span_days)
