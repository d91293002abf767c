"""A run: collect > extract > check > archive > judge > report, over Protocols.

Sources stream through: the store hands out what is due, the checker probes it host by host, a few
archive workers look up what the checker has done with, and results are written in batches. Nothing
here knows a concrete class; `app.py` wires them.
"""

import asyncio
import pickle
import tempfile
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import IO, Protocol, TypeVar

from monitor.archive.interface import Archive, LookUp
from monitor.check.interface import Checker, CheckReport, CheckRequest
from monitor.model.case import Case, StoredObservation
from monitor.model.citation import Extraction
from monitor.model.finding import Amendment, Finding
from monitor.model.history import LinkHistory
from monitor.model.observation import CitationFacts, Observation, Outcome
from monitor.model.page import DriftResult, PageText, QuoteMatch, QuoteResult
from monitor.model.ports import Clock
from monitor.model.run import Assessment, Check, DocumentSummary, Report, Run, RunTotals
from monitor.model.snapshot import ArchiveAnswer, Capture, CaptureState, Coverage, SnapshotWanted
from monitor.model.source import Source
from monitor.store.interface import DueSource, SourceResult, Store

T = TypeVar("T")

NO_MORE_TODAY = ("no-keys", "temporary: today's")
"""How a refusal begins that every other source would get too."""

BATCH = 50
"""Results written per transaction: large enough to be cheap, small enough to lose little in a crash."""

STRIP = 30
"""Outcomes shown in a report's history strip."""

TREND = 60
"""Earlier runs shown in a report's trend."""


class Progress(Protocol):
    """Where a run says how far it is."""

    def stage(self, name: str, total: int | None = None) -> None:
        """Begin a stage with so many steps, if known."""
        ...

    def advance(self, steps: int = 1) -> None:
        """Report steps done."""
        ...

    def note(self, message: str) -> None:
        """Say something worth a line."""
        ...


class Judge(Protocol):
    """The judge stage as the pipeline calls it; bound to its policy by the wiring."""

    def judge(self, case: Case, now: datetime, *, void: str | None = None) -> tuple[LinkHistory, Finding]:
        """Judge one citation."""
        ...

    def next_check(self, case: Case, now: datetime) -> datetime:
        """Return when to probe the case's source again."""
        ...

    def void_reason(self, observations: Iterable[tuple[str, Observation, bool]]) -> str | None:
        """Return why a run over these (host, observation, failing before) is void, or None."""
        ...


Drifter = Callable[[PageText, PageText], DriftResult]
Amender = Callable[[Assessment], Amendment | None]


@dataclass(frozen=True, kw_only=True)
class Parts:
    """What a run is made of."""

    store: Store
    checker: Checker
    archive: Archive | None
    judge: Judge
    drift: Drifter
    amend: Amender
    spool: "Callable[[], Spool]"
    clock: Clock
    progress: Progress


@dataclass(frozen=True, slots=True, kw_only=True)
class RunOptions:
    """How a run differs from another.

    `everything` probes sources that are not due too; `capture` asks for captures; without `evidence`
    quotes are not tested; `only` narrows the run to these documents of the store.
    """

    everything: bool = False
    capture: bool = False
    evidence: bool = True
    archive_workers: int = 4
    guard: bool = True
    only: tuple[str, ...] | None = None


@dataclass
class _Tally:
    """What the run guard needs of each source, and the counts a run reports."""

    probes: list[tuple[str, Observation, bool]] = field(default_factory=list)
    requests: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)
    archive_errors: Counter[str] = field(default_factory=Counter)
    at_risk: list[tuple[tuple[int, int], Source]] = field(default_factory=list)
    """Live sources nothing is archived of, with (failures in their history, citations)."""


async def execute(
    parts: Parts,
    run: Run,
    extractions: Iterable[tuple[DocumentSummary, Extraction]],
    options: RunOptions,
) -> Report:
    """Carry out one run and return its report; the store holds everything when this returns.

    A run that cannot reach the network is void: nothing is probed and nothing concluded.
    """
    await parts.store.begin(run)
    unread = 0
    for some in batched(extractions, BATCH):
        unread += sum(summary.error is not None for summary, _ in some)
        await parts.store.put_documents(run, some)
    tally = _Tally()
    reason = await parts.checker.connected()
    if reason is None:
        await _probe(parts, run, options, tally)
        if options.guard:
            reason = parts.judge.void_reason(tally.probes)
        if options.capture and reason is None and parts.archive is not None:
            await capture(parts.store, parts.archive, _riskiest(tally), run.now)
    errors = [f"{error} ({count} sources)" for error, count in tally.archive_errors.most_common(5)]
    run = replace(
        run,
        finished_at=parts.clock(),
        void=reason is not None,
        void_reason=reason,
        complete=reason is None and not errors and not unread,
        requests=dict(tally.requests),
        notes=(*run.notes, *tally.notes, *errors),
    )
    return await assess(parts, run, record=True, only=options.only)


async def assess(parts: Parts, run: Run, *, record: bool, only: tuple[str, ...] | None = None) -> Report:
    """Judge every citation from what the store holds; with `record`, keep findings and totals."""
    parts.progress.stage("judging")
    spool = parts.spool()
    totals = (Counter[str](), Counter[str](), Counter[str]())
    findings: list[Finding] = []
    last = await parts.store.last_run(complete=True)
    trend = await parts.store.trend(TREND)
    async for case in parts.store.cases(run, only=only):
        history, finding = parts.judge.judge(case, run.now, void=run.void_reason)
        assessment = _assessment(case, history, finding)
        assessment = replace(assessment, amendment=parts.amend(assessment))
        spool.add(assessment)
        observation, coverage = assessment.observation, assessment.coverage
        totals[0][observation.outcome if observation else Outcome.UNCHECKED] += 1
        totals[1][finding.status] += 1
        totals[2][coverage.coverage if coverage else Coverage.UNKNOWN] += 1
        parts.progress.advance()
        if record:
            findings.append(finding)
            if len(findings) >= 10 * BATCH:
                await parts.store.record_findings(run, findings)
                findings.clear()
    if record:
        await parts.store.record_findings(run, findings)
        finished = RunTotals(
            run=run.id,
            finished_at=run.finished_at or parts.clock(),
            void=run.void,
            by_outcome=dict(totals[0]),
            by_access_date_status=dict(totals[1]),
            by_coverage=dict(totals[2]),
        )
        await parts.store.finish(run, finished)
        trend = (*trend, finished)
    if run.complete and not run.void:
        last = run
    return Report(
        run=run,
        documents=tuple(
            document for document in await parts.store.documents() if only is None or document.path in only
        ),
        assessments=spool,
        trend=trend,
        last_complete=last.finished_at if last else None,
    )


async def _probe(parts: Parts, run: Run, options: RunOptions, tally: _Tally) -> None:
    """Check every due source and look it up in the archives, streaming."""
    waiting: dict[str, DueSource] = {}
    checked: asyncio.Queue[tuple[DueSource, CheckReport] | None] = asyncio.Queue(maxsize=2 * BATCH)
    done: asyncio.Queue[SourceResult | None] = asyncio.Queue(maxsize=2 * BATCH)
    parts.progress.stage("checking")

    async def requests() -> AsyncIterator[CheckRequest]:
        async for due in parts.store.due(run.now, everything=options.everything, only=options.only):
            waiting[due.source.canonical_url] = due
            yield _request(due, evidence=options.evidence)

    async def check() -> None:
        async for report in parts.checker.check(requests()):
            due = waiting.pop(report.observation.source)
            tally.requests["check"] += report.observation.requests
            failing_before = not due.observations or due.observations[-1].observation.outcome.failing
            tally.probes.append((due.source.host_key, _bare(report.observation), failing_before))
            await checked.put((due, report))
        for _ in range(options.archive_workers):
            await checked.put(None)

    async def look_up() -> None:
        while (item := await checked.get()) is not None:
            due, report = item
            await done.put(await _conclude(parts, run, options, tally, due=due, report=report))
        await done.put(None)

    async def write() -> None:
        batch: list[SourceResult] = []
        working = options.archive_workers
        try:
            while working:
                result = await done.get()
                if result is None:
                    working -= 1
                    continue
                batch.append(result)
                parts.progress.advance()
                if len(batch) >= BATCH:
                    await parts.store.record(run, batch)
                    batch.clear()
        finally:  # an interrupted night keeps what it learnt
            if batch:
                await parts.store.record(run, batch)

    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(check())
        tasks.create_task(write())
        for _ in range(options.archive_workers):
            tasks.create_task(look_up())


def _request(due: DueSource, *, evidence: bool) -> CheckRequest:
    quoting = due.citations if evidence else ()
    return CheckRequest(
        source=due.source,
        titles={citation.key: citation.title for citation in due.citations},
        quotes={citation.key: citation.quote for citation in quoting if citation.quote},
        previous=due.previous,
        previous_facts=due.previous_facts,
    )


def _riskiest(tally: _Tally) -> list[Source]:
    """Return the sources at risk: those that failed before first, then the most cited."""
    return [source for _, source in sorted(tally.at_risk, key=lambda one: one[0], reverse=True)]


async def capture(store: Store, archive: Archive, sources: Iterable[Source], now: datetime) -> list[Capture]:
    """Follow the captures asked for earlier, then ask for new ones; return every line that was touched.

    A source asked for before is not asked for again; where the archive takes no more today, or has no
    keys to ask with, the rest waits for another night.
    """
    touched = []
    for pending in await store.captures(pending=True):
        touched.append(await archive.follow(pending, now))
        await store.put_capture(touched[-1])
    asked = {one.source for one in await store.captures() if one.state is not CaptureState.REFUSED}
    for source in sources:
        if source.canonical_url in asked:
            continue
        made = await archive.capture(source, now)
        await store.put_capture(made)
        touched.append(made)
        if made.state is CaptureState.REFUSED and (made.reason or "").startswith(NO_MORE_TODAY):
            break
    return touched


def batched(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Yield lists of at most `size` items."""
    batch: list[T] = []
    for item in items:
        batch.append(item)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def _bare(observation: Observation) -> Observation:
    """Return what the run guard needs of an observation, so that a long run keeps little."""
    return replace(observation, evidence=(), attempts=(), hops=(), notes=())


async def _conclude(
    parts: Parts, run: Run, options: RunOptions, tally: _Tally, *, due: DueSource, report: CheckReport
) -> SourceResult:
    """Add archives, drift, capture and the next check to what the checker found."""
    observation = report.observation
    facts = dict(report.facts) if options.evidence else _untested(due)
    answer: ArchiveAnswer | None = None
    if parts.archive is not None and _archivable(observation):
        answer = await parts.archive.look_up(_question(due, report, run))
        tally.requests["archive"] += answer.requests
        if answer.error:
            tally.archive_errors[answer.error] += 1
        facts = _drifted(parts.drift, due, report, answer, facts)
        if options.capture and answer.uncovered and observation.outcome.readable:
            failures = sum(one.observation.outcome.failing for one in due.observations)
            tally.at_risk.append(((failures, len(due.citations)), due.source))
    stored = StoredObservation(
        observation=observation, run=run.id, void=False, last_seen_at=observation.observed_at
    )
    case = Case(
        citation=due.citations[0],
        source=due.source,
        observations=(*due.observations, stored),
        rot=(answer.rot if answer else None) or due.rot,
    )
    return SourceResult(
        source=due.source,
        observation=observation,
        facts=facts,
        coverage={key: replace(r, text=None) for key, r in answer.results.items()} if answer else None,
        rot=answer.rot if answer else None,
        next_check_at=parts.judge.next_check(case, run.now),
    )


def _untested(due: DueSource) -> dict[str, CitationFacts]:
    """Return facts that say nothing: "not asked" must not read as "quotes nothing"."""
    reason = QuoteResult(match=QuoteMatch.UNKNOWN, reason="not tested (--no-evidence)")
    return {
        citation.key: CitationFacts(citation=citation.key, quote=reason)
        for citation in due.citations
        if citation.quote
    }


def _archivable(observation: Observation) -> bool:
    """Tell whether archives can know the address at all."""
    return observation.outcome not in (Outcome.MALFORMED, Outcome.UNSUPPORTED, Outcome.REFUSED)


def _question(due: DueSource, report: CheckReport, run: Run) -> LookUp:
    wanted = []
    for citation in due.citations:
        claim = citation.access_date
        wanted.append(
            SnapshotWanted(
                key=citation.key,
                access_date=claim.date if claim else None,
                quote=citation.quote,
                title=citation.title,
                archive_url=citation.archive_url,
            )
        )
    return LookUp(
        source=due.source,
        wanted=wanted,
        now=run.now,
        want_history=report.observation.outcome.failing,
        live_title=report.page.title if report.page else None,
    )


def _drifted(
    drift: Drifter,
    due: DueSource,
    report: CheckReport,
    answer: ArchiveAnswer,
    facts: dict[str, CitationFacts],
) -> dict[str, CitationFacts]:
    """Measure each citation's drift against the snapshot that shows its access date."""
    if report.page is None or not report.observation.outcome.readable:
        return facts
    for citation in due.citations:
        result = answer.results.get(citation.key)
        if result is None or result.text is None or result.snapshot is None:
            continue
        measured = drift(result.text, report.page)
        figures = f"against the capture of {result.snapshot.timestamp:%Y-%m-%d}"
        if measured.containment is not None and measured.jaccard is not None:
            figures += (
                f": {measured.containment:.0%} of its text is still there, Jaccard {measured.jaccard:.2f}"
            )
        known = facts.get(citation.key, CitationFacts(citation=citation.key))
        facts[citation.key] = replace(known, drift=measured.drift, drift_detail=figures)
    return facts


def _assessment(case: Case, history: LinkHistory, finding: Finding) -> Assessment:
    latest = case.observations[-1].observation if case.observations else None
    return Assessment(
        citation=case.citation,
        observation=latest,
        facts=case.facts,
        history=history,
        coverage=case.coverage,
        capture=case.capture,
        finding=finding,
        previous=case.previous,
        checks=tuple(
            Check(
                stored.observation.outcome, stored.observation.observed_at, stored.last_seen_at, stored.times
            )
            for stored in case.observations[-STRIP:]
        ),
    )


class Spool:
    """Assessments on disk, so that a report of any size is rendered in bounded memory."""

    def __init__(self) -> None:
        self._file: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the report
        self._count = 0

    def add(self, assessment: Assessment) -> None:
        """Append one assessment; not while iterating."""
        self._file.seek(0, 2)
        pickle.dump(assessment, self._file, protocol=pickle.HIGHEST_PROTOCOL)
        self._count += 1

    def close(self) -> None:
        """Give the disk space back; the report can no longer be rendered."""
        self._file.close()

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Assessment]:
        """Yield every assessment in the order added; may be called again."""
        position = 0
        for _ in range(self._count):
            self._file.seek(position)
            assessment: Assessment = pickle.load(self._file)  # noqa: S301 - our own temporary file
            position = self._file.tell()
            yield assessment
