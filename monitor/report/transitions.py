"""What changed since the last complete run, and when a notice is due; pure."""

import datetime as dt
from collections.abc import Iterable, Iterator
from enum import StrEnum

from msgspec import Struct

from monitor.model.finding import AccessDateStatus
from monitor.model.history import LinkState
from monitor.model.observation import FAILING, READABLE, Outcome
from monitor.model.run import Assessment

DEAD_STATUSES = frozenset({AccessDateStatus.STALE_DEAD, AccessDateStatus.UNSUPPORTED})
REMIND_EVERY = dt.timedelta(days=7)


class Transition(StrEnum):
    """One way a citation changed, most telling first."""

    DIED = "died"
    UNCOVERED = "uncovered"
    DRIFTED = "drifted"
    RECOVERED = "recovered"
    FAILING = "failing"
    MOVED = "moved"
    ARRIVED = "arrived"
    OTHER = "other"


NOTICED = (Transition.DIED, Transition.UNCOVERED, Transition.DRIFTED, Transition.RECOVERED)
"""The transitions worth a message (alive→dead, newly uncovered, drifted, dead→alive)."""

WORDS = {
    Transition.DIED: "died",
    Transition.UNCOVERED: "dead without an archived copy",
    Transition.DRIFTED: "no longer as cited",
    Transition.RECOVERED: "came back",
    Transition.FAILING: "failing",
    Transition.MOVED: "moved",
    Transition.ARRIVED: "newly cited",
    Transition.OTHER: "status changed",
}


SHOWN = frozenset(Transition) - {Transition.ARRIVED, Transition.OTHER}
"""The transitions that pages show beside a citation."""


class Changed(Struct, frozen=True):
    """A citation and what became of it since the last complete run."""

    transition: Transition
    assessment: Assessment


def present(assessment: Assessment) -> str:
    """Return the state as the next run will see it in `previous`: "status/outcome"."""
    observation = assessment.observation
    outcome = observation.outcome if observation else Outcome.UNCHECKED
    return f"{assessment.finding.status}/{outcome}"


def transition(assessment: Assessment) -> Transition | None:
    """Return how a citation changed since the last complete run; None if it did not."""
    observation = assessment.observation
    return became(
        assessment.previous,
        assessment.finding.status,
        observation.outcome if observation else Outcome.UNCHECKED,
        dead=assessment.history.state is LinkState.DEAD,
    )


def became(
    previous: str | None, status: AccessDateStatus, outcome: Outcome, *, dead: bool
) -> Transition | None:
    """Return how a citation changed since it was `previous` ("status/outcome"); None if it did not."""
    if previous is None:
        return Transition.ARRIVED
    if previous == f"{status}/{outcome}":
        return None
    was_status, _, was_outcome = previous.partition("/")
    # Dead too, and no archive has answered yet; what cannot be requested has no failing outcome.
    waited = was_status == AccessDateStatus.PENDING and was_outcome in FAILING
    was_dead = was_status in DEAD_STATUSES or waited
    is_dead = status in DEAD_STATUSES or dead
    if status is AccessDateStatus.UNSUPPORTED and was_status != status:
        return Transition.UNCOVERED
    if (
        is_dead
        and not was_dead
        and (was_outcome in READABLE or status in {*DEAD_STATUSES, AccessDateStatus.PENDING})
    ):
        return Transition.DIED
    if status is AccessDateStatus.STALE_DRIFTED and was_status != status:
        return Transition.DRIFTED
    if outcome in READABLE and (was_dead or was_outcome in FAILING):
        return Transition.RECOVERED
    if outcome in FAILING and was_outcome in READABLE:
        return Transition.FAILING
    if outcome is Outcome.MOVED and was_outcome in READABLE and was_outcome != outcome:
        return Transition.MOVED
    return Transition.OTHER


def changes(assessments: Iterable[Assessment]) -> Iterator[Changed]:
    """Yield what changed, in document order."""
    for assessment in assessments:
        found = transition(assessment)
        if found is not None:
            yield Changed(found, assessment)


def reminder_due(
    now: dt.datetime, last_sent: dt.datetime | None, unresolved: int, every: dt.timedelta = REMIND_EVERY
) -> bool:
    """Tell whether unresolved findings deserve a reminder: at most one message in `every`."""
    return unresolved > 0 and (last_sent is None or now - last_sent >= every)
