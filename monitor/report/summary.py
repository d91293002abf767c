"""The counts every report shows, made in one pass, with bounded memory."""

import heapq
from collections import Counter
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass, field
from hashlib import blake2b
from weakref import WeakKeyDictionary

from monitor.model.run import Assessment, DocumentSummary, Report
from monitor.report.digests import Digests
from monitor.report.sheet import SIZE, Counted, Kind, Urgent, by
from monitor.report.spool import Spool, spooled
from monitor.report.tally import Tally
from monitor.report.transitions import Changed, Transition

KEPT_ACTIONS = 400
KEPT_CHANGES = 200
KEPT_UNCHECKED = 100
KEPT_COPIES = 30


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
    kinds: Counter[Kind] = field(default_factory=Counter)
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
    pages: dict[str, int] = field(default_factory=dict)
    """Of what lists of a few name, by key: on what page of its document it is."""

    @property
    def by_tone(self) -> dict[str, int]:
        """Return the counts of the tiles."""
        return self.total.by_tone

    @property
    def unchecked_total(self) -> int:
        """Return for how many citations nothing could be said."""
        return self.total.by_tone["unknown"]

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
    """Count a report in one pass over its sheets; several formats of one night share the count.

    A first run has nothing to compare with: then nothing counts as changed.
    """
    spool = report.assessments
    if not isinstance(spool, Spool):
        with closing(spooled(spool)) as own:
            return _Counting(report, own).summary()
    length, documents, summary = _counted.get(spool, (-1, (), Summary()))
    if length != len(spool) or documents != report.documents:
        summary = _Counting(report, spool).summary()
        _counted[spool] = len(spool), report.documents, summary
    return summary


class _Counting:
    """Counts the sheets of a report one after another."""

    def __init__(self, report: Report, spool: Spool) -> None:
        self._spool = spool
        self._sheets = spool.sheets(report.run.now.date())
        self._summary = Summary(documents={document.path: Tally() for document in report.documents})
        self._sources = Digests()
        # A heap of the most urgent: (urgency, negated position) keeps the least urgent on top.
        self._urgent: list[tuple[tuple[int, ...], int]] = []
        self._changed: list[tuple[Transition, int]] = []
        self._arrived: list[tuple[Transition, int]] = []

    def summary(self) -> Summary:
        """Return the counts of the whole report."""
        made = self._summary
        for number, sheet in self._sheets.counted():
            self._count(number * SIZE, sheet)
        for tally in made.documents.values():
            made.total.take(tally)
        made.sources = self._sources.distinct()
        for counter, name in (
            (made.by_severity, "severity"),
            (made.by_outcome, "outcome"),
            (made.by_status, "status"),
            (made.by_coverage, "coverage"),
        ):
            counter.update(by(name, made.kinds))
        most = sorted(self._urgent, reverse=True)
        made.actions = [self._loaded(-position) for _, position in most]
        if made.first_run:
            made.by_transition.clear()
            self._arrived.clear()
        order = list(Transition)
        told = sorted([*self._changed, *self._arrived], key=lambda one: order.index(one[0]))[:KEPT_CHANGES]
        made.changes = [Changed(change, self._loaded(at)) for change, at in told]
        return made

    def _count(self, begin: int, sheet: Counted) -> None:
        """Count a sheet; a citation is known by its place after `begin`."""
        made = self._summary
        _taken(made.documents, ((sheet.document, sheet.tally),))
        _taken(made.hosts, sheet.hosts)
        self._sources.add_all(sheet.sources)
        for kind, number in sheet.kinds:
            made.kinds[kind] += number
            made.waived += number * kind.waived
        for severity, heading, status, number in sheet.remedies:
            made.by_remedy[severity, heading, status] += number
        made.first_run = made.first_run and not sheet.compared
        for place, change in sheet.changes:
            made.by_transition[change] += 1
            some = self._arrived if change is Transition.ARRIVED else self._changed
            if len(some) < KEPT_CHANGES:
                some.append((change, begin + place))
        self._weigh(begin, sheet.urgent)
        if sheet.edits:
            made.proven += len(sheet.edits)
            before = made.edits.get(sheet.document, b"")
            for edit in sheet.edits:
                before = blake2b(before + edit, digest_size=12).digest()
            made.edits[sheet.document] = before
        made.ready_total += len(sheet.ready)
        made.at_risk_total += len(sheet.at_risk)
        made.unlocated.update(sheet.unlocated)
        for shown, most, places in (
            (made.ready, KEPT_COPIES, sheet.ready),
            (made.at_risk, KEPT_COPIES, sheet.at_risk),
            (made.vanished, KEPT_COPIES, sheet.lost),
            (made.unchecked, KEPT_UNCHECKED, sheet.unknown),
        ):
            shown += [self._loaded(begin + place) for place in places[: max(0, most - len(shown))]]

    def _weigh(self, begin: int, some: Iterable[Urgent]) -> None:
        kept = self._urgent
        for urgency, place in some:
            if len(kept) < KEPT_ACTIONS:
                heapq.heappush(kept, (urgency, -begin - place))
            elif urgency > kept[0][0]:
                heapq.heapreplace(kept, (urgency, -begin - place))
            else:  # those that follow are no more urgent, and stand further on
                break

    def _loaded(self, at: int) -> Assessment:
        assessment = self._spool.load(at)
        self._summary.pages[assessment.citation.key] = self._spool.page(at // SIZE)
        return assessment


def _taken(groups: dict[str, Tally], parts: Iterable[tuple[str, Tally]]) -> None:
    """Add parts of groups to them; the first of a group becomes its own."""
    for name, part in parts:
        known = groups.get(name)
        if known is None:
            groups[name] = part
        else:
            known.take(part)


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
