"""What a finding says of the archive link a citation carries, where that link shows something else."""

from monitor.judge import phrases
from monitor.judge.verdicts import keeping
from monitor.judge.view import View
from monitor.model.citation import misdated_copy
from monitor.model.finding import AccessDateStatus, AmendmentKind, Finding, Severity
from monitor.model.snapshot import ArchiveLinkFault
from monitor.model.values import replaced
from monitor.model.wording import day

_FAULTS = {
    ArchiveLinkFault.NO_CAPTURE: "leads to no archived copy",
    ArchiveLinkFault.VANISHED: "is gone from the archive",
    ArchiveLinkFault.OTHER_PAGE: "leads to a copy of another page",
    ArchiveLinkFault.SHOWS_NO_PAGE: "leads to a copy that shows no page",
    ArchiveLinkFault.LACKS_QUOTE: "leads to a copy without the quoted words",
    ArchiveLinkFault.DATED_OTHERWISE: "bears another date than the copy it leads to",
}


def with_own_link(finding: Finding, view: View) -> Finding:
    """Return a finding with what is wrong with the citation's own archive link, and the edit for it."""
    fault = view.link_fault
    if fault is None or view.void is not None:
        return finding
    named = replaced(
        finding,
        severity=max(finding.severity, Severity.WARNING, key=lambda one: one.rank),
        reason=f"{finding.reason} The citation's archive link {_FAULTS[fault]}.",
    )
    if fault is ArchiveLinkFault.DATED_OTHERWISE:
        return _dated(named, view)
    if finding.edit not in (None, AmendmentKind.ADD_ARCHIVE):
        remedy = f"{finding.remedy} Remove the archive link, or put one that shows what was cited."
        return replaced(named, remedy=remedy)
    if view.snapshot is None:
        remedy = keeping(view, "remove the archive link, or put one that shows what was cited.")
        return replaced(named, remedy=remedy, edit=None, proven=False)
    return replaced(
        named,
        remedy=keeping(view, f"replace the archive link by {phrases.copy_named(view.snapshot)}."),
        edit=AmendmentKind.ADD_ARCHIVE,
        proven=view.snapshot.verified,
    )


def _dated(named: Finding, view: View) -> Finding:
    """Return the finding with the day the copy was made, which its own address tells."""
    remedy = f"Date the archived copy {day(misdated_copy(view.case.citation))}."
    if named.edit is not None:
        return replaced(named, remedy=f"{named.remedy} {remedy}")
    if named.status not in (AccessDateStatus.PINNED, AccessDateStatus.FRESH):
        remedy = f"{named.remedy} {remedy}"
    return replaced(named, remedy=remedy, edit=AmendmentKind.ADD_ARCHIVE, proven=True)
