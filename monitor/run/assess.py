"""Judging what the store holds: every citation, with the edit it asks for, into a report."""

from collections import Counter
from dataclasses import replace

from monitor.model.case import Case
from monitor.model.finding import Finding
from monitor.model.history import LinkHistory
from monitor.model.observation import Outcome
from monitor.model.run import Assessment, Check, Report, Run, RunTotals
from monitor.model.snapshot import Coverage
from monitor.model.urls import masked, masked_text
from monitor.run.ports import Parts

BATCH = 500
"""Findings written per transaction."""

STRIP = 30
"""Outcomes shown in a report's history strip."""

TREND = 60
"""Earlier runs shown in a report's trend."""


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
        spool.add(_presentable(assessment))
        observation, coverage = assessment.observation, assessment.coverage
        totals[0][observation.outcome if observation else Outcome.UNCHECKED] += 1
        totals[1][finding.status] += 1
        totals[2][coverage.coverage if coverage else Coverage.UNKNOWN] += 1
        parts.progress.advance()
        if record:
            findings.append(finding)
            if len(findings) >= BATCH:
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
    citation = assessment.citation
    url, archive = (text and masked(text) for text in (citation.url, citation.archive_url))
    if (url, archive) == (citation.url, citation.archive_url):
        return assessment
    edit = assessment.amendment
    if edit is not None:
        shown, now = masked_text(edit.replacement), masked_text(edit.current)
        edit = replace(edit, replacement=shown, current=now)
    return replace(assessment, citation=replace(citation, url=url, archive_url=archive), amendment=edit)
