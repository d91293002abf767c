"""The counts every report shows, made in one pass, with bounded memory."""

import heapq
from collections import Counter
from dataclasses import dataclass, field
from hashlib import blake2b
from weakref import WeakKeyDictionary

from monitor.model.run import Assessment, DocumentSummary, Report
from monitor.report.digests import Digests
from monitor.report.gist import Gist
from monitor.report.nights import Nights
from monitor.report.spool import Spool, SpooledEntry, entries
from monitor.report.transitions import Changed, Transition

KEPT_ACTIONS = 400
KEPT_CHANGES = 200
KEPT_UNCHECKED = 100
KEPT_COPIES = 30
TONES = ("error", "warning", "info", "ok", "unknown")


@dataclass(slots=True, kw_only=True)
class Tally:
    """Counts of one group: a document or a host; small, because there may be a hundred thousand."""

    citations: int = 0
    error: int = 0
    warning: int = 0
    info: int = 0
    ok: int = 0
    unknown: int = 0
    failing: int = 0
    unreachable: int = 0
    first_source: int | None = field(default=None, repr=False)
    """The hash of its name, another in every process: what a page is made of is told by the rest."""
    several: bool = False
    """Whether more than one source was counted."""
    nights: Nights = field(default_factory=Nights)

    @property
    def actions(self) -> int:
        """Return how many citations want a person: errors and warnings, waived ones left out."""
        return self.error + self.warning

    @property
    def by_tone(self) -> dict[str, int]:
        """Return how many citations have each tone."""
        return {tone: getattr(self, tone) for tone in TONES}

    @property
    def down(self) -> bool:
        """Tell whether the host itself is the likely cause: several pages, and none could be reached.

        Pages that a server answers for, if only with an error, say nothing of their host.
        """
        return self.several and self.unreachable == self.citations

    def counted(self) -> tuple[object, ...]:
        """Return what lists of groups tell of it, to name what they are made of."""
        tones = (self.error, self.warning, self.info, self.ok, self.unknown)
        return self.citations, tones, self.failing, self.down

    def told(self) -> tuple[object, ...]:
        """Return what a page of its own tells of it, its year included."""
        return *self.counted(), self.nights.told()

    def take(self, other: "Tally") -> None:
        """Add the counts of another group; of hosts and days nothing is told."""
        self.citations += other.citations
        for tone, number in other.by_tone.items():
            setattr(self, tone, getattr(self, tone) + number)
        self.failing += other.failing
        self.unreachable += other.unreachable

    def add(self, one: Gist) -> None:
        """Count one citation; a waived one counts as a note."""
        self.citations += 1
        setattr(self, one.tone, getattr(self, one.tone) + 1)
        self.failing += one.failing
        self.unreachable += one.unreachable
        if not self.several and one.source is not None:
            source = hash(one.source)
            self.several = self.first_source not in (None, source)
            self.first_source = source
        self.nights.add(one.nights)


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
    edits: dict[str, bytes] = field(default_factory=dict)
    """By document: what names its proven edits, each with what it is to say."""
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
    def by_tone(self) -> dict[str, int]:
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
    sources = Digests()
    kinds: Counter[tuple[str, ...]] = Counter()
    # A heap of the most urgent: (negated urgency, negated position) keeps the least urgent on top.
    heap: list[tuple[tuple[int, ...], int, SpooledEntry]] = []
    changed: list[tuple[Transition, SpooledEntry]] = []
    arrived: list[tuple[Transition, SpooledEntry]] = []
    for position, entry in enumerate(entries(report.assessments)):
        one = entry.gist
        _count(summary, entry)
        kinds[one.severity, one.outcome, one.status, one.coverage] += 1
        if one.source:
            sources.add(one.source)
        change = one.change(entry.previous)
        summary.first_run = summary.first_run and entry.previous is None
        if change is not None:
            summary.by_transition[change] += 1
            kept = arrived if change is Transition.ARRIVED else changed
            if len(kept) < KEPT_CHANGES:
                kept.append((change, entry))
        if one.needs_action:
            worst, surest, fix = one.urgency
            new = 0 if change not in (None, Transition.ARRIVED) else 1
            item = ((-worst, -new, -surest, -fix), -position, entry)
            if len(heap) < KEPT_ACTIONS:
                heapq.heappush(heap, item)
            else:
                heapq.heappushpop(heap, item)
    for tally in summary.documents.values():
        summary.total.take(tally)
    summary.sources = sources.distinct()
    counted = (summary.by_severity, summary.by_outcome, summary.by_status, summary.by_coverage)
    for kind, number in kinds.items():
        for counter, word in zip(counted, kind, strict=True):
            counter[str(word)] += number
    summary.actions = [entry.load() for _, _, entry in sorted(heap, key=lambda e: e[:2], reverse=True)]
    if summary.first_run:
        summary.by_transition.clear()
        arrived.clear()
    order = list(Transition)
    told = sorted([*changed, *arrived], key=lambda one: order.index(one[0]))[:KEPT_CHANGES]
    summary.changes = [Changed(change, entry.load()) for change, entry in told]
    return summary


def _count(summary: Summary, entry: SpooledEntry) -> None:
    one = entry.gist
    document = summary.documents.get(one.document)
    if document is None:
        document = summary.documents[one.document] = Tally()
    document.add(one)
    if one.host:
        host = summary.hosts.get(one.host)
        if host is None:
            host = summary.hosts[one.host] = Tally()
        host.add(one)
    summary.waived += one.waived
    if one.needs_action:
        summary.by_remedy[(one.judged.value, one.heading, one.status.value)] += 1
    if one.proven:
        summary.proven += 1
        before = summary.edits.get(one.document, b"")
        summary.edits[one.document] = blake2b(before + one.edit, digest_size=12).digest()
        if not one.needs_action:
            summary.ready_total += 1
            if len(summary.ready) < KEPT_COPIES:
                summary.ready.append(entry.load())
    if one.at_risk:
        summary.at_risk_total += 1
        if len(summary.at_risk) < KEPT_COPIES:
            summary.at_risk.append(entry.load())
    if one.lost and len(summary.vanished) < KEPT_COPIES:
        summary.vanished.append(entry.load())
    if one.tone == "unknown":
        if one.unlocated is not None:
            summary.unlocated[one.unlocated] += 1
        if len(summary.unchecked) < KEPT_UNCHECKED:
            summary.unchecked.append(entry.load())


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
