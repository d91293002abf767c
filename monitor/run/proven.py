"""All edits that have proof as one patch, for readers of the status page who would rather use `git apply`."""

from itertools import islice

from monitor.amend.patch import patch
from monitor.model.ports import UNWATCHED, Progress
from monitor.model.run import ProvenPatch, Report
from monitor.report.summary import summarise
from monitor.run.amender import Amender
from monitor.run.fix import FixTally, Wanted, fixes

DOCUMENTS = 100
"""Documents in one patch at most: a night is no time to read thousands; `monitor fix` takes them all."""


def proven_patch(
    report: Report, amender: Amender, limit: int = DOCUMENTS, progress: Progress = UNWATCHED
) -> ProvenPatch | None:
    """Return what `monitor fix --patch` would keep, of `limit` documents; None where nothing waits."""
    if not summarise(report).amended:
        return None
    progress.stage("edits", min(limit, len(report.documents)))
    tally = FixTally()
    found = (one for one in fixes(report, amender, Wanted(), tally) if one.made and not one.elsewhere)
    taken = []
    for one in islice(found, limit):
        taken.append(one)
        progress.advance()
    whole = next(found, None) is None
    if not taken:
        return None
    return ProvenPatch(
        data=b"".join(piece for one in taken for piece in patch(one.document.path, one.before, one.after)),
        edits=sum(len(one.made) for one in taken),
        documents=len(taken),
        whole=whole,
    )
