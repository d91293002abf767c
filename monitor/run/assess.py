"""Judging what the store holds: every citation, with the edit it asks for, into a report."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from monitor.errors import StoreError
from monitor.model.case import Case, Standing, StandingGroup, body_mark
from monitor.model.citation import presentable
from monitor.model.finding import Finding
from monitor.model.history import LinkHistory
from monitor.model.observation import Outcome
from monitor.model.run import Assessment, Check, Report, Run, RunTotals
from monitor.model.snapshot import Coverage
from monitor.model.urls import masked_text
from monitor.model.values import replaced
from monitor.report import bodies
from monitor.report.packing import DAMAGED
from monitor.report.sheet import SIZE
from monitor.report.spool import KeptSheet, Spool
from monitor.run.ports import Parts
from monitor.store.interface import Groups

BATCH = 500
"""Findings written per transaction."""

TOGETHER = 100
"""Citations that all go through a step before the next: its code stays in the processor's cache."""

STRIP = 30
"""Outcomes shown in a report's history strip."""

TREND = 60
"""Earlier runs shown in a report's trend."""


async def assess(parts: Parts, run: Run, *, record: bool, only: tuple[str, ...] | None = None) -> Report:
    """Judge every citation from what the store holds; with `record`, keep findings and totals.

    What was made of a citation on an earlier night stands while its facts, the policy and the program are the
    same and no day came that changes it.
    """
    documents = tuple(one for one in await parts.store.documents() if only is None or one.path in only)
    parts.progress.stage("judging", sum(one.citations for one in documents))
    spool = parts.spool()
    made = _Made(parts, run, spool, record=record)
    last = await parts.store.last_run(complete=True)
    trend = await parts.store.trend(TREND)
    if parts.way is None or run.void:
        async for case in parts.store.cases(run, only=only):
            await made.take(case)
    else:
        sheets = Groups(SIZE, made.knows)
        async for one in parts.store.changed(run, parts.way, only=only, groups=sheets):
            await made.take(one)
    await made.end()
    if record:
        finished = RunTotals(
            run=run.id,
            finished_at=run.finished_at or parts.clock(),
            void=run.void,
            by_outcome=made.totals(0),
            by_access_date_status=made.totals(1),
            by_coverage=made.totals(2),
        )
        await parts.store.finish(run, finished)
        trend = (*trend, finished)
    if run.complete and not run.void:
        last = run
    return Report(
        run=run,
        documents=documents,
        assessments=spool,
        trend=trend,
        last_complete=last.finished_at if last else None,
    )


class _Judged(NamedTuple):
    """A citation as it was judged, its assessment as reports show it, and that as a body."""

    case: Case
    history: LinkHistory
    assessment: Assessment
    body: bytes
    lasts: bool
    """Whether the body may stand on a later night."""


class _Made:
    """What a night makes of its citations: spooled for reports, counted, and what is new of it kept."""

    def __init__(self, parts: Parts, run: Run, spool: Spool, *, record: bool) -> None:
        self._counts = Counter[tuple[str, str, str]]()
        self._parts, self._run, self._spool, self._record = parts, run, spool, record
        self._findings: list[Finding] = []
        self._standing: list[Standing] = []
        self._waiting: list[Case | Standing | StandingGroup] = []
        self._sheets: dict[tuple[str, int], KeptSheet] = {}
        """Sheets of the last report that were found to hold, until they are taken."""

    async def take(self, one: Case | Standing | StandingGroup) -> None:
        """Take a citation, or some that are known, as they come in the order of the report."""
        self._waiting.append(one)
        if len(self._waiting) >= TOGETHER:
            await self._make()

    async def end(self) -> None:
        """Make what is left, and write it."""
        await self._make()
        if self._record:
            await self._write()

    async def _make(self) -> None:
        judged = self._judged([one for one in self._waiting if isinstance(one, Case)])
        for one in self._waiting:
            if isinstance(one, StandingGroup):
                self._take(one)
            elif isinstance(one, Standing):
                self._keep(one)
            else:
                self._add(next(judged))
            if max(len(self._findings), len(self._standing)) >= BATCH:
                await self._write()
        self._waiting.clear()

    def _judged(self, cases: Sequence[Case]) -> Iterator[_Judged]:
        """Judge citations from their facts."""
        now, void = self._run.now, self._run.void_reason
        judged = [self._parts.judge.judge(case, now, void=void) for case in cases]
        made = [_assessment(case, *found) for case, found in zip(cases, judged, strict=True)]
        shown = [_presentable(self._amended(one)) for one in made]
        packed = [self._body(case, one) for case, one in zip(cases, shown, strict=True)]
        for case, (history, _), one, (body, lasts) in zip(cases, judged, shown, packed, strict=True):
            yield _Judged(case, history, one, body, lasts=lasts)

    def _add(self, made: _Judged) -> None:
        """Take a citation that was judged now."""
        case, finding = made.case, made.assessment.finding
        outcome, coverage = _outcome(made.assessment), _coverage(made.assessment)
        mark = body_mark(made.body)
        self._spool.add_body(
            made.body,
            mark,
            previous=case.previous,
            document=case.citation.document,
            state=f"{finding.status}/{outcome}",
        )
        self._count(outcome, finding.status, coverage)
        if not self._record:
            return
        self._findings.append(finding)
        if case.revision is None or not made.lasts:
            return
        # The next run will weigh what this one confirmed.
        if case.confirmed_now and self._parts.judge.weighs_confirmation(case, made.history, self._run.now):
            return
        self._standing.append(
            Standing(
                citation=case.citation.key,
                document=case.citation.document,
                way=self._parts.way or "",
                revision=case.revision,
                mark=mark,
                judged_at=self._run.now,
                until=self._parts.judge.stands_until(case, made.history, finding, self._run.now),
                outcome=outcome,
                status=finding.status,
                coverage=coverage,
                asks=finding.edit is not None,
                body=made.body,
            )
        )

    def _body(self, case: Case, shown: Assessment) -> tuple[bytes, bool]:
        """Return an assessment as a body, and whether it may stand.

        It may not where its edit cannot be told from an earlier one. Nor may what asks for an edit where
        something of the citation is hidden from reports: to make the edit anew takes all of it.
        """
        if not self._record or case.revision is None or self._run.void:
            return self._spool.bare_body(shown), False
        made_from: str | None = ""
        if shown.finding.edit is not None:
            hidden = shown.citation is not case.citation
            made_from = None if hidden else self._parts.amend.made_from(case.citation.document)
        if made_from is None:
            return self._spool.bare_body(shown), False
        body = self._spool.body(shown, made_from)
        return body, bodies.lasting(body)

    def knows(self, group: StandingGroup) -> bool:
        """Tell whether a sheet of the last report holds all that is to be said of some citations."""
        sheet = self._spool.kept_sheet(group, self._parts.amend.made_from, self._run.now.date())
        if sheet is not None:
            self._sheets[group.document, group.place] = sheet
        return sheet is not None

    def _take(self, group: StandingGroup) -> None:
        """Take over a sheet of the last report."""
        self._spool.take(self._sheets.pop((group.document, group.place)))
        self._counts.update(group.words)
        self._parts.progress.advance(len(group.marks))

    def _keep(self, kept: Standing) -> None:
        """Take what was made of a citation before; an edit is made anew where its document changed."""
        read = self._as_the_document_reads(kept) if kept.asks else kept
        if not self._spool.add_kept(read):
            raise StoreError(DAMAGED)
        if read is not kept and self._record and bodies.lasting(read.body):
            self._standing.append(read)
        self._count(kept.outcome, kept.status, kept.coverage)

    def _as_the_document_reads(self, kept: Standing) -> Standing:
        """Return what was made with the edit that its document asks for now."""
        if not bodies.lasting(kept.body):
            raise StoreError(DAMAGED)
        made_from = self._parts.amend.made_from(kept.document)
        if made_from is not None and bodies.made_from(kept.body) == made_from:
            return kept
        assessment = _presentable(self._amended(replaced(self._spool.unpack(kept.body), amendment=None)))
        body = self._spool.body(assessment, made_from or "")
        return replaced(kept, body=body, mark=body_mark(body))

    async def _write(self) -> None:
        """Write what is new so far."""
        await self._parts.store.record_findings(self._run, self._findings, self._standing)
        self._findings.clear()
        self._standing.clear()

    def _amended(self, assessment: Assessment) -> Assessment:
        amendment = self._parts.amend(assessment)
        return assessment if amendment is None else replaced(assessment, amendment=amendment)

    def _count(self, outcome: str, status: str, coverage: str) -> None:
        self._counts[outcome, status, coverage] += 1
        self._parts.progress.advance()

    def totals(self, place: int) -> dict[str, int]:
        """Return how many citations there are of each outcome (0), status (1) or coverage (2)."""
        counts: dict[str, int] = {}
        for counted, number in self._counts.items():
            counts[counted[place]] = counts.get(counted[place], 0) + number
        return counts


def _outcome(assessment: Assessment) -> str:
    seen = assessment.observation
    return (seen.outcome if seen else Outcome.UNCHECKED).value


def _coverage(assessment: Assessment) -> str:
    answer = assessment.coverage
    return (answer.coverage if answer else Coverage.UNKNOWN).value


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


def _presentable(assessment: Assessment) -> Assessment:
    """Return an assessment as reports may show it: no name and password out of an address."""
    citation = presentable(assessment.citation)
    if citation is assessment.citation:
        return assessment
    edit = assessment.amendment
    if edit is not None:
        shown, now = masked_text(edit.replacement), masked_text(edit.current)
        edit = replaced(edit, replacement=shown, current=now)
    return replaced(assessment, citation=citation, amendment=edit)
