"""A document that calls a link dead whose page lives: the mark is to go."""

from monitor.judge.view import View
from monitor.model.finding import AccessDateStatus, AmendmentKind, Finding, Severity
from monitor.model.values import replaced

_TAKE = "take away the mark that calls the link dead"
_GOES_ALONG = frozenset({AmendmentKind.REFRESH_DATE, AmendmentKind.REPLACE_URL})
"""Edits that take the mark away on the way."""
_DONE = frozenset({AccessDateStatus.FRESH, AccessDateStatus.UNCONFIRMED})


def with_dead_mark(finding: Finding, view: View) -> Finding:
    """Return a finding that asks for the mark to go, where the page cited was read; proven as a date is.

    A citation that links an archived copy stays as it is: there the mark says which of the two to open. So
    does one whose page says something else than it is cited for.
    """
    cited = view.case.citation
    marked = cited.marked_dead and cited.archive_url is None
    if view.void is not None or not marked or not view.readable or view.contradiction is not None:
        return finding
    named = replaced(
        finding,
        severity=max(finding.severity, Severity.INFO, key=lambda one: one.rank),
        reason=f"{finding.reason} The document marks the link as dead, but the page is there.",
    )
    if finding.edit in _GOES_ALONG:
        return replaced(named, remedy=f"{finding.remedy} The mark goes with it.")
    proven = view.proof is not None
    remedy = f"{_TAKE.capitalize()}." if proven else f"Look at the page; if it shows what is cited, {_TAKE}."
    if finding.edit is not None or finding.status not in _DONE:
        remedy = f"{finding.remedy} {remedy}"
    if finding.edit is not None:
        return replaced(named, remedy=remedy)
    return replaced(named, remedy=remedy, edit=AmendmentKind.UNMARK_DEAD, proven=proven)
