"""What counts and pages need of a citation, in little: made once, kept with it, read where a sheet is made.

Reading an assessment back costs more than all that is counted of it. Where nothing changed, the gist tells so
(`mark`), and nobody reads the rest.
"""

import datetime as dt
from functools import lru_cache
from hashlib import blake2b

import msgspec

from monitor.model.finding import AccessDateStatus, Severity
from monitor.model.history import LinkState
from monitor.model.observation import Outcome
from monitor.model.run import Assessment
from monitor.model.snapshot import Coverage, at_risk
from monitor.model.urls import host_key
from monitor.report import names, words
from monitor.report.naming import aged, name, written
from monitor.report.nights import Told, troubles
from monitor.report.packing import Packer
from monitor.report.shown import anchor, shown_url
from monitor.report.transitions import SHOWN, WORDS, Transition, became
from monitor.report.weight import WANTING, effective, lost_copy, outcome, tone_of, urgency


class Gist(msgspec.Struct, frozen=True, array_like=True, kw_only=True, gc=False):
    """One citation in little. Nothing of it turns on the day or on the last night."""

    mark: bytes
    """Names everything that an assessment says; two of one mark look the same on the same day."""
    document: str
    key: str
    anchor: str
    line: int
    name: str
    url: str | None
    """As shown; None where the citation has no address."""
    source: str | None
    source_page: str | None
    host: str
    date: str | None
    dates: tuple[tuple[str, str | None], ...]
    """The access dates as written and as dates."""
    undated: bool
    """Whether the citation says that it has no access date."""
    outcome: Outcome
    status: AccessDateStatus
    severity: Severity
    """The severity that counts; `judged` is the one before a waiver."""
    judged: Severity
    tone: str
    coverage: Coverage
    heading: str
    urgency: tuple[int, int, int]
    state: str
    """As the next night compares it: "status/outcome"."""
    failing: bool
    unreachable: bool
    dead: bool
    waived: bool
    needs_action: bool
    amended: bool
    proven: bool
    edit: bytes
    """Names a proven edit, what it is to say and by what it is read back; empty where there is none."""
    at_risk: bool
    lost: bool
    unlocated: str | None
    nights: tuple[Told, ...]

    def change(self, previous: str | None) -> Transition | None:
        """Return how it changed since it was `previous`; None if it did not."""
        if previous == self.state:
            return None
        return became(previous, self.status, self.outcome, dead=self.dead)

    def shows(self, today: dt.date, change: Transition | None) -> bytes:
        """Name what pages show of it: all an assessment says, the ages of its dates, what became of it."""
        said = WORDS[change].encode() if change is not None and change in SHOWN else b""
        return b"%b\0%b\0%b" % (self.mark, _ages(self.dates, today, self.undated), said)


@lru_cache(maxsize=4096)
def _ages(dates: tuple[tuple[str, str | None], ...], today: dt.date, missing: bool) -> bytes:
    return aged(dates, today, missing=missing).encode("utf-8", "replace")


def gist(assessment: Assessment, packed: bytes) -> Gist:
    """Return an assessment in little; `packed` is it without `previous` in bytes."""
    citation, finding = assessment.citation, assessment.finding
    url, answer, amendment = citation.url, assessment.coverage, assessment.amendment
    date = citation.access_date
    what, severity = outcome(assessment), effective(assessment)
    return Gist(
        mark=blake2b(packed, digest_size=12).digest(),
        document=citation.document,
        key=citation.key,
        anchor=anchor(citation),
        line=citation.line,
        name=name(assessment),
        url=shown_url(url) if url else None,
        source=citation.canonical_url,
        source_page=names.source_page(url) if url else None,
        host=host_key(url) if url else "",
        date=date.date if date else None,
        dates=written(citation),
        undated=citation.access_date_missing,
        outcome=what,
        status=finding.status,
        severity=severity,
        judged=finding.severity,
        tone=tone_of(what, severity),
        coverage=answer.coverage if answer else Coverage.UNKNOWN,
        heading=words.heading(assessment),
        urgency=urgency(assessment),
        state=f"{finding.status}/{what}",
        failing=what.failing,
        unreachable=what is Outcome.UNREACHABLE,
        dead=assessment.history.state is LinkState.DEAD,
        waived=finding.waived is not None,
        needs_action=severity in WANTING,
        amended=amendment is not None,
        proven=amendment is not None and amendment.proven,
        edit=_edit(assessment) if amendment is not None and amendment.proven else b"",
        at_risk=answer is not None and at_risk(what, (answer,)),
        lost=lost_copy(assessment) is not None,
        unlocated=None if url else citation.unlocated_reason or "no address found",
        nights=troubles(assessment.checks),
    )


_MEANT = Packer(tuple)


def _edit(assessment: Assessment) -> bytes:
    """Name an edit with all that decides whether the document, read with it, says what was meant."""
    seen, snapshot = assessment.observation, assessment.coverage and assessment.coverage.snapshot
    meant = (
        assessment.citation.key,
        assessment.amendment,
        snapshot.url if snapshot else None,
        (seen.outcome, seen.permanent_target) if seen else None,
        assessment.missing_fragment,
    )
    return blake2b(_MEANT.pack(meant), digest_size=12).digest()
