"""Checking what is due and looking it up in the archives, streaming.

The store hands out what is due, the checker probes it host by host, a few archive workers look up what
the checker has done with, and results are written in batches. What waits for no archive waits for no other's.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from monitor.archive.interface import LookUp
from monitor.check.interface import CheckReport, CheckRequest
from monitor.errors import named_in
from monitor.model.case import StoredObservation
from monitor.model.observation import CitationFacts, Observation, Outcome
from monitor.model.page import QuoteMatch, QuoteResult
from monitor.model.ports import Progress
from monitor.model.run import Run
from monitor.model.site import is_local
from monitor.model.snapshot import ArchiveAnswer, ArchivedRot, at_risk
from monitor.model.urls import fragment_of
from monitor.model.values import replaced
from monitor.model.wording import day
from monitor.run.coverage import answered, kept_only
from monitor.run.freshness import is_fresh
from monitor.run.learnt import Learnt
from monitor.run.network import Network
from monitor.run.ports import Drifter, Parts, RunOptions, Work
from monitor.run.question import question
from monitor.store.interface import DueSource, SourceResult, Store

BATCH = 200
"""Results written per transaction at most: what a statement costs beside its rows is spread over them."""

HELD_S = 1.0
"""No result waits longer to be written: what a crash may lose is a second's work."""

PAGES_HELD = 100
"""Pages that were read and wait for their look-up: each is held with its text."""

_Checked = tuple[DueSource, CheckReport]


@dataclass(frozen=True, slots=True)
class Night:
    """All that is due in the store, for one process."""

    store: Store
    run: Run
    options: RunOptions

    def due(self) -> AsyncIterator[DueSource]:
        """Stream what is due, longest waiting first."""
        options = self.options
        return self.store.due(self.run.now, everything=options.everything, only=options.only)

    async def record(self, results: Sequence[SourceResult]) -> None:
        """Keep results."""
        await self.store.record(self.run, results)


async def probe(
    parts: Parts,
    run: Run,
    options: RunOptions,
    learnt: Learnt,
    network: Network,
    work: Work | None = None,
    total: int | None = None,
) -> str | None:
    """Check every source of the work (by default all that is due) and look it up in the archives, streaming.

    `total` says how many there are, if known. Return why the run is void: what the sentinels say on the way
    and at the end, or None.
    """
    work = work or Night(parts.store, run, options)
    waiting: dict[str, DueSource] = {}
    asking = asyncio.Queue[_Checked | None](maxsize=PAGES_HELD)
    results = _Results(work, parts.progress)
    parts.progress.stage("checking", total)
    waits = learnt.waits
    if waits is not None and not options.spread:
        waits.total = total
    requests = _requests(work, run, options, learnt, waiting, parts.progress)
    concluded = partial(_conclude, parts, run, options, learnt)

    async def check() -> None:
        async with aclosing(parts.checker.check(requests)) as reports:
            async for report in reports:
                due = waiting.pop(report.observation.source)
                await _note(learnt, network, due, report.observation, guard=options.guard)
                if learnt.lost:
                    break
                wanted = _wants_archives(parts, options, due, report, waiting=asking.qsize())
                if waits is not None:
                    waits.checked(wanted=wanted)
                if wanted:
                    await asking.put((due, report))
                else:
                    await results.add(await concluded((due, report), kept=True))
        if waits is not None:
            waits.all_checked()
        for _ in range(options.archive_workers):
            await asking.put(None)

    async def look_up() -> None:
        while (item := await asking.get()) is not None:
            if learnt.lost is not None:
                continue
            kept = waits is None or (options.spread and waits.too_long)
            if waits is not None and not kept:
                waits.tell()
            await results.add(await concluded(item, kept=kept))
            if waits is not None:
                waits.done()

    try:
        async with asyncio.TaskGroup() as tasks:
            writing = tasks.create_task(results.keep_writing())
            asked = [tasks.create_task(look_up()) for _ in range(options.archive_workers)]
            await check()
            await asyncio.wait(asked)
            writing.cancel()
    except BaseExceptionGroup as failed:
        raise named_in(failed) from failed
    finally:  # an interrupted night keeps what it learnt
        await results.write()
    return await network.look() if learnt.lost is None and learnt.probed else learnt.lost


class _Results:
    """Results on their way to the store, written in batches."""

    def __init__(self, work: Work, progress: Progress) -> None:
        self._work, self._progress = work, progress
        self._held: list[SourceResult] = []
        self._some = asyncio.Event()
        self._writing = asyncio.Lock()

    async def add(self, result: SourceResult) -> None:
        """Take a result; when this returns it is kept, or will be within `HELD_S`."""
        self._held.append(result)
        self._progress.advance()
        self._some.set()
        if len(self._held) >= BATCH:
            await self.write()

    async def write(self) -> None:
        """Write what is held."""
        async with self._writing:
            while batch := self._held[:BATCH]:
                await self._work.record(batch)
                del self._held[: len(batch)]

    async def keep_writing(self) -> None:
        """Write what a batch that does not fill up holds."""
        while True:
            await self._some.wait()
            self._some.clear()
            await asyncio.sleep(HELD_S)
            await self.write()


async def _note(learnt: Learnt, network: Network, due: DueSource, seen: Observation, *, guard: bool) -> None:
    """Note what a source was seen to be, and whether our own network is still there."""
    host = due.source.host_key
    before = due.observations[-1].observation.outcome if due.observations else None
    learnt.probed = True
    learnt.requests["check"] += seen.requests
    learnt.note_unasked(host, seen, before)
    learnt.log(host, seen)
    if guard and host:
        learnt.lost = await network.after(host, seen, failing_before=before is not None and before.failing)


async def _requests(
    work: Work,
    run: Run,
    options: RunOptions,
    learnt: Learnt,
    waiting: dict[str, DueSource],
    progress: Progress,
) -> AsyncIterator[CheckRequest]:
    """Yield what to ask, keeping each source in `waiting` for its answer; good young answers stand."""
    async for due in work.due():
        if options.max_age and is_fresh(due, run.now, options.max_age, evidence=options.evidence):
            learnt.kept += 1
            progress.advance()
            continue
        if options.offline and not is_local(due.source.url):
            learnt.offline += 1
            continue
        waiting[due.source.canonical_url] = due
        yield _request(due, evidence=options.evidence)


def _request(due: DueSource, *, evidence: bool) -> CheckRequest:
    quoting = due.citations if evidence else ()
    return CheckRequest(
        source=due.source,
        titles={citation.key: citation.title for citation in due.citations},
        fragments={one.key: place for one in due.citations if (place := fragment_of(one.url or ""))},
        other_spellings=tuple(
            dict.fromkeys(f"{one.url}{one.left_off}" for one in due.citations if one.left_off)
        ),
        quotes={citation.key: citation.quote for citation in quoting if citation.quote},
        previous=due.previous,
        previous_facts=due.previous_facts,
    )


async def _conclude(
    parts: Parts,
    run: Run,
    options: RunOptions,
    learnt: Learnt,
    checked: _Checked,
    *,
    kept: bool,
) -> SourceResult:
    """Add archives, drift, capture and the next check to what the checker found.

    `kept` leaves it at what is remembered of the archives.
    """
    due, report = checked
    observation = report.observation
    facts = _facts(due, report, options)
    answer: ArchiveAnswer | None = None
    if parts.archive is not None and _archivable(observation):
        answer = await parts.archive.look_up(replaced(_question(due, report, run), kept_only=kept))
        learnt.requests["archive"] += answer.requests
        if answer.error:
            learnt.archive_errors[answer.error] += 1
        facts = _drifted(parts.drift, due, report, answer, facts)
        if options.capture and at_risk(observation.outcome, answer.results.values()):
            learnt.note_at_risk(due)
    rot = answer.rot if answer else None
    return SourceResult(
        source=due.source,
        observation=observation,
        facts=facts,
        coverage=answered(answer) if answer else None,
        rot=rot,
        next_check_at=_next_check(parts, run, due, observation, rot or due.rot) if parts.kept else None,
    )


def _next_check(
    parts: Parts, run: Run, due: DueSource, seen: Observation, rot: ArchivedRot | None
) -> datetime:
    stored = StoredObservation(observation=seen, run=run.id, void=False, last_seen_at=seen.observed_at)
    return parts.judge.next_check((*due.observations, stored), rot, run.now)


def _wants_archives(
    parts: Parts, options: RunOptions, due: DueSource, report: CheckReport, *, waiting: int
) -> bool:
    """Tell whether archives are asked for a source that was checked; `waiting` counts look-ups queued."""
    if parts.archive is None or not _archivable(report.observation):
        return False
    facts = _facts(due, report, options)
    return not kept_only(options, due.citations, report.observation, facts, waiting=waiting)


def _facts(due: DueSource, report: CheckReport, options: RunOptions) -> dict[str, CitationFacts]:
    return dict(report.facts) if options.evidence else _untested(due)


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
    hopeless = (Outcome.MALFORMED, Outcome.UNSUPPORTED, Outcome.REFUSED)
    return observation.outcome not in hopeless and not is_local(observation.url)


def _question(due: DueSource, report: CheckReport, run: Run) -> LookUp:
    seen = report.observation
    return replaced(
        question(due.source, due.citations, run.now),
        want_history=seen.outcome.failing,
        live_type=seen.content_type if seen.outcome.readable else None,
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
        figures = f"against the copy of {day(result.snapshot.timestamp)}"
        if measured.containment is not None and measured.jaccard is not None:
            figures += f": {measured.containment:.0%} of its text is still there"
            figures += f", the two share {measured.jaccard:.0%} of all they say"
        known = facts.get(citation.key, CitationFacts(citation=citation.key))
        facts[citation.key] = replaced(known, drift=measured.drift, drift_detail=figures)
    return facts
