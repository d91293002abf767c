"""What an assessment weighs: its outcome and severity as reports count them, and how urgent it is."""

from monitor.model.finding import Severity
from monitor.model.observation import Confidence, Outcome
from monitor.model.run import Assessment

_CONFIDENCES = list(Confidence)
WANTING = (Severity.ERROR, Severity.WARNING)
"""Severities that want a person, unless somebody has accepted the finding."""


def outcome(assessment: Assessment) -> Outcome:
    """Return the outcome, `unchecked` where nothing was observed."""
    return assessment.observation.outcome if assessment.observation else Outcome.UNCHECKED


def effective(assessment: Assessment) -> Severity:
    """Return the severity that counts: an accepted finding is at most a note."""
    finding = assessment.finding
    if finding.waived is not None and finding.severity in WANTING:
        return Severity.INFO
    return finding.severity


def needs_action(assessment: Assessment) -> bool:
    """Tell whether a person should look: an error or a warning that nobody has accepted."""
    return effective(assessment) in WANTING


def tone(assessment: Assessment) -> str:
    """Return error, warning, info or ok, or unknown where nothing was asked: the colour of pages."""
    return tone_of(outcome(assessment), effective(assessment))


def tone_of(what: Outcome, severity: Severity) -> str:
    """Return the tone of an outcome and the severity that counts."""
    return "unknown" if what is Outcome.UNCHECKED and severity not in WANTING else severity.value


def urgency(assessment: Assessment) -> tuple[int, int, int]:
    """Order of what wants a person, smallest first: worst, surest, with a proven edit."""
    finding, amendment = assessment.finding, assessment.amendment
    fix = 0 if amendment and amendment.proven else 1 if amendment else 2
    return (-finding.severity.rank, _CONFIDENCES.index(finding.confidence), fix)


def lost_copy(assessment: Assessment) -> str | None:
    """Return what is known of an archived copy that vanished: the citation's own, or one named earlier."""
    coverage = assessment.coverage
    if coverage is None:
        return None
    if coverage.vanished:
        return f"its own archive link {assessment.citation.archive_url} is no longer in the archive"
    return next((one.detail for one in coverage.evidence if one.kind == "vanished"), None)
