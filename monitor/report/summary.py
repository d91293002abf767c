"""The counts every report shows, made in one pass, with bounded memory."""

import heapq
from collections import Counter
from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

from monitor.model.finding import Severity
from monitor.model.observation import Confidence, Outcome
from monitor.model.run import Assessment, DocumentSummary, Report
from monitor.model.snapshot import Coverage, at_risk
from monitor.model.urls import host_key
from monitor.report.nights import Nights
from monitor.report.spool import Spool
from monitor.report.transitions import Changed, Transition, transition
from monitor.report.words import heading

KEPT_ACTIONS = 400
KEPT_CHANGES = 200
KEPT_UNCHECKED = 100
KEPT_COPIES = 30


@dataclass(slots=True, kw_only=True)
class Tally:
    """Counts of one group: a document or a host."""

    citations: int = 0
    by_tone: Counter[str] = field(default_factory=Counter)
    failing: int = 0
    unreachable: int = 0
    first_source: str | None = None
    several: bool = False
    """Whether more than one source was counted."""
    nights: Nights = field(default_factory=Nights)

    @property
    def actions(self) -> int:
        """Return how many citations want a person: errors and warnings, waived ones left out."""
        return self.by_tone["error"] + self.by_tone["warning"]

    @property
    def down(self) -> bool:
        """Tell whether the host itself is the likely cause: several pages, and none could be reached.

        Pages that a server answers for, if only with an error, say nothing of their host.
        """
        return self.several and self.unreachable == self.citations

    def add(self, assessment: Assessment) -> None:
        """Count one citation; a waived one counts as a note."""
        what, source = outcome(assessment), assessment.citation.canonical_url
        self.citations += 1
        self.by_tone[tone(assessment)] += 1
        self.failing += what.failing
        self.unreachable += what is Outcome.UNREACHABLE
        self.several = self.several or self.first_source not in (None, source)
        self.first_source = self.first_source or source
        self.nights.add(assessment.checks)


@dataclass(slots=True, kw_only=True)
class Summary:
    """Everything counted once.

    `actions` are the citations that want a person, most urgent first, at most `KEPT_ACTIONS`;
    `actions_total` says how many there are. `changes` likewise. `unchecked` are those for which
    nothing could be said because nothing was asked, unlocated ones included; what wants a person is
    among the actions only. `ready` are proven edits of citations that want nobody.
    """

    first_run: bool = True
    total: Tally = field(default_factory=Tally)
    sources: int = 0
    by_severity: Counter[str] = field(default_factory=Counter)
    by_outcome: Counter[str] = field(default_factory=Counter)
    by_status: Counter[str] = field(default_factory=Counter)
    by_coverage: Counter[str] = field(default_factory=Counter)
    by_remedy: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    """How many want a person, by severity, heading and status."""
    by_transition: Counter[Transition] = field(default_factory=Counter)
    unlocated: Counter[str] = field(default_factory=Counter)
    documents: dict[str, Tally] = field(default_factory=dict)
    hosts: dict[str, Tally] = field(default_factory=dict)
    waived: int = 0
    proven: int = 0
    actions: list[Assessment] = field(default_factory=list)
    changes: list[Changed] = field(default_factory=list)
    unchecked: list[Assessment] = field(default_factory=list)
    ready: list[Assessment] = field(default_factory=list)
    ready_total: int = 0
    at_risk: list[Assessment] = field(default_factory=list)
    """Live pages no archive shows: the next death among them is a loss. At most `KEPT_COPIES`."""
    at_risk_total: int = 0
    vanished: list[Assessment] = field(default_factory=list)
    """Citations whose archived copy is gone from the archive."""

    @property
    def by_tone(self) -> Counter[str]:
        """Return the counts of the tiles."""
        return self.total.by_tone

    @property
    def unchecked_total(self) -> int:
        """Return for how many citations nothing could be said."""
        return self.total.by_tone["unknown"]

    def shown_keys(self) -> frozenset[str]:
        """Return the keys of the citations that lists of a few name: what a front page links to."""
        kept = (*self.actions, *self.ready, *self.unchecked, *self.at_risk, *self.vanished)
        changed = (one.assessment for one in self.changes)
        return frozenset(one.citation.key for one in (*kept, *changed))

    @property
    def citations(self) -> int:
        """Return how many citations there are."""
        return self.total.citations

    @property
    def actions_total(self) -> int:
        """Return how many citations want a person."""
        return self.total.actions


def outcome(assessment: Assessment) -> Outcome:
    """Return the outcome, `unchecked` where nothing was observed."""
    return assessment.observation.outcome if assessment.observation else Outcome.UNCHECKED


def effective(assessment: Assessment) -> Severity:
    """Return the severity that counts: an accepted finding is at most a note."""
    finding = assessment.finding
    if finding.waived is not None and finding.severity.rank > Severity.INFO.rank:
        return Severity.INFO
    return finding.severity


def needs_action(assessment: Assessment) -> bool:
    """Tell whether a person should look: an error or a warning that nobody has accepted."""
    return effective(assessment) in (Severity.ERROR, Severity.WARNING)


def tone(assessment: Assessment) -> str:
    """Return error, warning, info or ok, or unknown where nothing was asked: the colour of pages."""
    if outcome(assessment) is Outcome.UNCHECKED and not needs_action(assessment):
        return "unknown"
    return effective(assessment).value


def urgency(assessment: Assessment, changed: Transition | None) -> tuple[int, int, int, int]:
    """Order of the action list, smallest first: worst, newly changed, surest, with a proven edit."""
    finding, amendment = assessment.finding, assessment.amendment
    fix = 0 if amendment and amendment.proven else 1 if amendment else 2
    new = 0 if changed not in (None, Transition.ARRIVED) else 1
    return (-finding.severity.rank, new, list(Confidence).index(finding.confidence), fix)


_counted: WeakKeyDictionary[Spool, tuple[int, tuple[DocumentSummary, ...], Summary]] = WeakKeyDictionary()


def summarise(report: Report) -> Summary:
    """Count a report in one pass over its assessments; several formats of one night share the count.

    A first run has nothing to compare with: then nothing counts as changed.
    """
    spool = report.assessments
    if not isinstance(spool, Spool):
        return _summarise(report)
    length, documents, summary = _counted.get(spool, (-1, (), Summary()))
    if length != len(spool) or documents != report.documents:
        summary = _summarise(report)
        _counted[spool] = len(spool), report.documents, summary
    return summary


def _summarise(report: Report) -> Summary:
    summary = Summary(documents={document.path: Tally() for document in report.documents})
    sources: set[int] = set()
    # A heap of the most urgent: (negated urgency, negated position) keeps the least urgent on top.
    heap: list[tuple[tuple[int, ...], int, Assessment]] = []
    arrived: list[Changed] = []
    for position, assessment in enumerate(report.assessments):
        _count(summary, assessment)
        if assessment.citation.canonical_url:
            sources.add(hash(assessment.citation.canonical_url))
        changed = transition(assessment)
        summary.first_run = summary.first_run and assessment.previous is None
        if changed is not None:
            summary.by_transition[changed] += 1
            kept = arrived if changed is Transition.ARRIVED else summary.changes
            if len(kept) < KEPT_CHANGES:
                kept.append(Changed(changed, assessment))
        if needs_action(assessment):
            entry = (tuple(-part for part in urgency(assessment, changed)), -position, assessment)
            if len(heap) < KEPT_ACTIONS:
                heapq.heappush(heap, entry)
            else:
                heapq.heappushpop(heap, entry)
    summary.sources = len(sources)
    summary.actions = [assessment for _, _, assessment in sorted(heap, key=lambda e: e[:2], reverse=True)]
    if summary.first_run:
        summary.by_transition.clear()
    else:
        order = list(Transition)
        summary.changes = sorted([*summary.changes, *arrived], key=lambda c: order.index(c.transition))[
            :KEPT_CHANGES
        ]
    return summary


def lost_copy(assessment: Assessment) -> str | None:
    """Return what is known of an archived copy that vanished: the citation's own, or one named earlier."""
    coverage = assessment.coverage
    if coverage is None:
        return None
    if coverage.vanished:
        return f"its own archive link {assessment.citation.archive_url} is no longer in the archive"
    return next((one.detail for one in coverage.evidence if one.kind == "vanished"), None)


def _count(summary: Summary, assessment: Assessment) -> None:
    citation, finding = assessment.citation, assessment.finding
    what = outcome(assessment)
    summary.total.add(assessment)
    summary.by_severity[effective(assessment).value] += 1
    summary.by_outcome[what.value] += 1
    summary.by_status[finding.status.value] += 1
    covered = assessment.coverage.coverage if assessment.coverage else Coverage.UNKNOWN
    summary.by_coverage[covered.value] += 1
    summary.documents.setdefault(citation.document, Tally()).add(assessment)
    if citation.url is not None and (host := host_key(citation.url)):
        summary.hosts.setdefault(host, Tally()).add(assessment)
    if finding.waived is not None:
        summary.waived += 1
    if needs_action(assessment):
        summary.by_remedy[(finding.severity.value, heading(assessment), finding.status.value)] += 1
    if assessment.amendment is not None and assessment.amendment.proven:
        summary.proven += 1
        if not needs_action(assessment):
            summary.ready_total += 1
            if len(summary.ready) < KEPT_COPIES:
                summary.ready.append(assessment)
    unchecked = tone(assessment) == "unknown"
    if unchecked and citation.url is None:
        summary.unlocated[citation.unlocated_reason or "no address found"] += 1
    if at_risk(what, [assessment.coverage] if assessment.coverage else ()):
        summary.at_risk_total += 1
        if len(summary.at_risk) < KEPT_COPIES:
            summary.at_risk.append(assessment)
    if lost_copy(assessment) and len(summary.vanished) < KEPT_COPIES:
        summary.vanished.append(assessment)
    if unchecked and len(summary.unchecked) < KEPT_UNCHECKED:
        summary.unchecked.append(assessment)


def headline(report: Report, summary: Summary) -> str:
    """Return the overall state in one line."""
    if report.run.void:
        return "The last run was void: nothing was concluded from it"
    errors, looks = (summary.by_tone[tone] for tone in ("error", "warning"))
    total = summary.citations
    if not total:
        return "No citations found in the watched documents"
    noun = "citation" if total == 1 else "citations"
    if errors:
        verb = "needs" if errors == 1 else "need"
        return f"{errors:,} of {total:,} {noun} {verb} action" + (f", {looks:,} a look" if looks else "")
    if looks:
        verb = "deserves" if looks == 1 else "deserve"
        return f"{looks:,} of {total:,} {noun} {verb} a look, none needs action"
    unsure = summary.unchecked_total
    if unsure == total:
        return f"None of the {total:,} {noun} could be checked"
    tail = f"; {unsure:,} could not be checked" if unsure else ""
    return f"Nothing to do for {total:,} {noun}{tail}"
