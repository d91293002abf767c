"""What an access date is worth today: the table of docs/design.md#access-dates as one list, first match wins.

An access date is a person's claim about the past. Age alone gives at most a reminder, evidence gives an
error, and a date is refreshed on proof only: never because a server answered 200, never backwards.
"""

from collections.abc import Callable
from dataclasses import dataclass

from monitor.judge import verdicts
from monitor.judge.verdicts import ANCHORED, Verdict
from monitor.judge.view import FIRST_WEB_PAGE, ZONE_DAYS, View
from monitor.model.finding import AccessDateStatus, Severity
from monitor.model.history import LinkState
from monitor.model.observation import Outcome
from monitor.model.snapshot import Coverage
from monitor.model.values import replaced


@dataclass(frozen=True, slots=True)
class Rule:
    """One row: its number in docs/design.md#access-dates, the name reports show, and both halves.

    Raise `version` when the meaning changes: stored findings say by which one they were judged.
    """

    row: str
    name: str
    status: AccessDateStatus
    severity: Severity
    applies: Callable[[View], bool]
    verdict: Callable[[View], Verdict]
    version: int = 1


def _is_invalid(view: View) -> bool:
    if view.claim is None:
        return False
    first, last = view.claim.first_day, view.claim.last_day
    if first is None or last is None:
        return True
    return first > view.today + ZONE_DAYS or last < FIRST_WEB_PAGE


def _is_fresh(view: View) -> bool:
    return view.proof is not None and view.claim_days is not None and not view.outdated


def _is_refreshable(view: View) -> bool:
    return view.proof is not None and view.outdated


def _is_waiting(view: View) -> bool:
    return view.void is not None or view.history.state is LinkState.SUSPECT


def _missing(view: View) -> Verdict:
    """Judge a citation without an access date: for information, unless its source itself needs work."""
    for rule in ACCESS_DATE_RULES:
        if rule.row in _SOURCE_ROWS and rule.applies(view):
            found = rule.verdict(view)
            reason = f"The citation carries no access date. {found.reason}"
            return replaced(found, severity=rule.severity, reason=reason)
    return verdicts.undated(view)


_SOURCE_ROWS = frozenset({"5", "6", "7", "8", "9", "10"})
"""Rows that speak of the source, not of the date's age."""

_STATUS, _LEVEL = AccessDateStatus, Severity

ACCESS_DATE_RULES: tuple[Rule, ...] = (
    Rule("0", "invalid", _STATUS.INVALID, _LEVEL.ERROR, _is_invalid, verdicts.invalid),
    Rule(
        "1", "contradicted", _STATUS.CONTRADICTED, _LEVEL.WARNING,
        lambda view: view.published_after is not None, verdicts.contradicted,
    ),
    Rule("2", "pinned", _STATUS.PINNED, _LEVEL.OK, lambda view: view.pinned, verdicts.pinned),
    Rule("-", "missing", _STATUS.MISSING, _LEVEL.INFO, lambda view: view.claim is None, _missing),
    Rule("3", "fresh", _STATUS.FRESH, _LEVEL.OK, _is_fresh, verdicts.fresh),
    Rule("4", "refreshable", _STATUS.REFRESHABLE, _LEVEL.INFO, _is_refreshable, verdicts.refreshable),
    Rule(
        "5", "stale-drifted", _STATUS.STALE_DRIFTED, _LEVEL.ERROR,
        lambda view: view.contradiction is not None, verdicts.drifted,
    ),
    Rule(
        "6", "stale-dead", _STATUS.STALE_DEAD, _LEVEL.ERROR,
        lambda view: view.dead and view.coverage in ANCHORED, verdicts.recoverable,
    ),
    Rule(
        "7", "stale-dead-weak", _STATUS.STALE_DEAD, _LEVEL.ERROR,
        lambda view: view.dead and view.coverage is Coverage.NEAR, verdicts.weak,
    ),
    Rule(
        "8", "unsupported", _STATUS.UNSUPPORTED, _LEVEL.ERROR,
        lambda view: view.dead and view.coverage is Coverage.NONE, verdicts.unsupported,
    ),
    Rule(
        "9", "pending", _STATUS.PENDING, _LEVEL.WARNING,
        lambda view: view.dead or view.outcome is Outcome.MALFORMED, verdicts.pending,
    ),
    Rule("10", "failing", _STATUS.UNCONFIRMED, _LEVEL.INFO, _is_waiting, verdicts.waiting),
    Rule("11", "due", _STATUS.DUE, _LEVEL.WARNING, lambda view: view.aged, verdicts.due),
    Rule(
        "12", "unconfirmed", _STATUS.UNCONFIRMED, _LEVEL.INFO, lambda _: True, verdicts.unconfirmed
    ),
)  # fmt: skip
"""The last rule always applies, so the table is total; the first match wins, so it is exclusive.

A citation without an access date stands before row 3: nothing after it can be said of a date.
"""
