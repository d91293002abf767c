"""What the status page's finder shows of a citation."""

from functools import lru_cache

from monitor.model.finding import AccessDateStatus, Severity
from monitor.model.observation import Outcome
from monitor.report.gist import Gist

SEVERITY_CODES = {one: number for number, one in enumerate(reversed(Severity))}
STATUS_CODES = {one: number for number, one in enumerate(AccessDateStatus)}
OUTCOME_CODES = {one: number for number, one in enumerate(Outcome)}


def row(one: Gist, page: int) -> tuple[object, ...]:
    """Return the row of a citation on a page of its document; the document's number comes after it."""
    return (
        one.name,
        one.url,
        page,
        one.line,
        one.anchor,
        *_codes(one.severity, one.status, one.outcome),
        one.date,
    )


@lru_cache(maxsize=1024)
def _codes(severity: Severity, status: AccessDateStatus, outcome: Outcome) -> tuple[int, int, int]:
    return SEVERITY_CODES[severity], STATUS_CODES[status], OUTCOME_CODES[outcome]
