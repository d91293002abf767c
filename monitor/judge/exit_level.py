"""What makes `check` fail: a finding at or above the level, or a hard failure seen for the first time.

Gone, soft 404, parked, malformed and "no such host" are facts a person can act on at once. Server
errors, time-outs, blocks and "too many requests" are weather: they never fail a check at first sight.
"""

from enum import StrEnum

from monitor.judge.domains import NAME_CAUSES
from monitor.model.finding import Severity
from monitor.model.observation import Observation, Outcome

HARD = frozenset({Outcome.GONE, Outcome.SOFT_404, Outcome.PARKED, Outcome.MALFORMED})


class FailOn(StrEnum):
    """The levels of `--fail-on`."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    NEVER = "never"


def is_hard(observation: Observation | None) -> bool:
    """Tell whether an outcome is a failure at first sight in a one-off check (docs/design.md#exit-codes)."""
    if observation is None:
        return False
    if observation.outcome is Outcome.UNREACHABLE:
        return observation.cause in NAME_CAUSES
    return observation.outcome in HARD


def fails(severity: Severity, level: FailOn, *, waived: bool = False) -> bool:
    """Tell whether one finding makes the process exit with 1; a waived one never does."""
    return not waived and level is not FailOn.NEVER and severity.rank >= Severity(level.value).rank
