"""Judging what the store holds: every citation, with the edit it asks for, into a report."""

from collections import Counter

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
            await made.judge(case)
    else:
        sheets = Groups(SIZE, made.knows)
        async for one in parts.store.changed(run, parts.way, only=only, groups=sheets):
            if isinstance(one, StandingGroup):
                made.take(one)
            else:
                await (made.keep(one) if isinstance(one, Standing) else made.judge(one))
    if record:
        await made.write()
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


class _Made:
    """What a night makes of its citations: spooled for reports, counted, and what is new of it kept."""

    def __init__(self, parts: Parts, run: Run, spool: Spool, *, record: bool) -> None:
        self._counts = Counter[tuple[str, str, str]]()
        self._parts, self._run, self._spool, self._record = parts, run, spool, record
        self._findings: list[Finding] = []
        self._standing: list[Standing] = []
        self._sheets: dict[tuple[str, int], KeptSheet] = {}
        """Sheets of the last report that were found to hold, until they are taken."""

    async def judge(self, case: Case) -> None:
        """Judge a citation from its facts."""
        now = self._run.now
        history, finding = self._parts.judge.judge(case, now, void=self._run.void_reason)
        assessment = self._presented(_assessment(case, history, finding))
        may_stand = self._record and case.revision is not None and not self._run.void
        body = self._body(assessment, hidden=assessment.citation is not case.citation) if may_stand else None
        outcome, coverage = _outcome(assessment), _coverage(assessment)
        mark = "" if body is None else body_mark(body)
        if body is None:
            self._spool.add(assessment)
        else:
            self._spool.add_body(
                body,
                mark,
                previous=assessment.previous,
                document=assessment.citation.document,
                state=f"{finding.status}/{outcome}",
            )
        self._count(outcome, finding.status, coverage)
        if not self._record:
            return
        self._findings.append(finding)
        if case.revision is not None and body is not None and bodies.lasting(body):
            weighs = self._parts.judge.weighs_confirmation(case, history, now)
            # The next run will weigh what this one confirmed.
            if not (weighs and case.confirmed_now):
                self._standing.append(
                    Standing(
                        citation=case.citation.key,
                        document=case.citation.document,
                        way=self._parts.way or "",
                        revision=case.revision,
                        mark=mark,
                        judged_at=now,
                        until=self._parts.judge.stands_until(case, history, finding, now),
                        outcome=outcome,
                        status=finding.status,
                        coverage=coverage,
                        asks=finding.edit is not None,
                        body=body,
                    )
                )
        if len(self._findings) >= BATCH:
            await self.write()

    def _body(self, assessment: Assessment, *, hidden: bool) -> bytes | None:
        """Return what is kept of an assessment; None where its edit cannot be told from an earlier one.

        Nor is what asks for an edit kept where something of the citation is `hidden` from reports: to make
        the edit anew takes all of it.
        """
        if assessment.finding.edit is None:
            return self._spool.body(assessment)
        made_from = None if hidden else self._parts.amend.made_from(assessment.citation.document)
        return None if made_from is None else self._spool.body(assessment, made_from)

    def knows(self, group: StandingGroup) -> bool:
        """Tell whether a sheet of the last report holds all that is to be said of some citations."""
        sheet = self._spool.kept_sheet(group, self._parts.amend.made_from, self._run.now.date())
        if sheet is not None:
            self._sheets[group.document, group.place] = sheet
        return sheet is not None

    def take(self, group: StandingGroup) -> None:
        """Take over a sheet of the last report."""
        self._spool.take(self._sheets.pop((group.document, group.place)))
        self._counts.update(group.words)
        self._parts.progress.advance(len(group.marks))

    async def keep(self, kept: Standing) -> None:
        """Take what was made of a citation before; an edit is made anew where its document changed."""
        read = self._as_the_document_reads(kept) if kept.asks else kept
        if not self._spool.add_kept(read):
            raise StoreError(DAMAGED)
        if read is not kept and self._record and bodies.lasting(read.body):
            self._standing.append(read)
            if len(self._standing) >= BATCH:
                await self.write()
        self._count(kept.outcome, kept.status, kept.coverage)

    def _as_the_document_reads(self, kept: Standing) -> Standing:
        """Return what was made with the edit that its document asks for now."""
        if not bodies.lasting(kept.body):
            raise StoreError(DAMAGED)
        made_from = self._parts.amend.made_from(kept.document)
        if made_from is not None and bodies.made_from(kept.body) == made_from:
            return kept
        assessment = self._presented(replaced(self._spool.unpack(kept.body), amendment=None))
        body = self._spool.body(assessment, made_from or "")
        return replaced(kept, body=body, mark=body_mark(body))

    async def write(self) -> None:
        """Write what is new so far."""
        await self._parts.store.record_findings(self._run, self._findings, self._standing)
        self._findings.clear()
        self._standing.clear()

    def _presented(self, assessment: Assessment) -> Assessment:
        amendment = self._parts.amend(assessment)
        return _presentable(assessment if amendment is None else replaced(assessment, amendment=amendment))

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
