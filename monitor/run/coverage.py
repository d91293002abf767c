"""What archives are asked, and when: at once where a verdict turns on it, later for the rest.

An archive answers some two dozen sources a minute, a checker a thousand. So a one-off check asks only
where the answer changes what is said, and a night publishes its verdicts first: then it asks for what
has no answer yet, riskiest first, for as long as the configuration allows, and goes on the next night.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from monitor.archive.interface import LookUp
from monitor.model.archive_use import ArchiveUse
from monitor.model.citation import Citation
from monitor.model.observation import CitationFacts, Observation
from monitor.model.page import QuoteMatch
from monitor.model.ports import Monotonic, Progress
from monitor.model.run import Run
from monitor.model.snapshot import ArchiveAnswer, CoverageResult, OpenReason, at_risk
from monitor.model.source import Source
from monitor.model.values import replaced
from monitor.model.wording import about
from monitor.run.capture import capture, cover
from monitor.run.ports import Parts, RunOptions
from monitor.run.question import question
from monitor.store.interface import DueSource

CROWD = 50
"""So many look-ups may wait while a night's sources are asked; what comes after waits for the hours after."""
HELD_BACK_S = 60.0
"""Once all sources are asked, look-ups hold a night's verdicts back no longer than this."""
TOLD_EVERY_S = 30.0
WORTH_TELLING = 5
WORKERS = 4
BATCH = 20

_CHANGED = frozenset({QuoteMatch.ABSENT, QuoteMatch.ALTERED})


def kept_only(
    options: RunOptions,
    citations: Sequence[Citation],
    seen: Observation,
    facts: Mapping[str, CitationFacts],
    *,
    waiting: int,
) -> bool:
    """Tell whether what is remembered of the archives will do for now; `waiting` counts look-ups queued."""
    if options.remembered:
        return True
    if options.archives is ArchiveUse.ALL:
        return False
    if options.spread:
        return waiting >= CROWD or not turns_on_archives(citations, seen, facts)
    return not changes_what_is_said(citations, seen, facts)


def turns_on_archives(
    citations: Sequence[Citation], seen: Observation, facts: Mapping[str, CitationFacts]
) -> bool:
    """Tell whether a verdict turns on an archived copy: the page fails, or says something else now."""
    return not seen.outcome.readable or any(_match(one, facts) in _CHANGED for one in citations)


def changes_what_is_said(
    citations: Sequence[Citation], seen: Observation, facts: Mapping[str, CitationFacts]
) -> bool:
    """Tell whether an archive's answer could change a finding: not where the quote stands on the page."""
    return not seen.outcome.readable or any(
        one.archive_url is not None or _match(one, facts) is not QuoteMatch.FOUND for one in citations
    )


def _match(citation: Citation, facts: Mapping[str, CitationFacts]) -> QuoteMatch:
    known = facts.get(citation.key)
    return known.quote.match if known is not None and citation.quote else QuoteMatch.UNKNOWN


def answered(answer: ArchiveAnswer) -> dict[str, CoverageResult]:
    """Return the results to keep: without those still waiting, and without pages, which are not stored."""
    return {key: replaced(one, text=None) for key, one in answer.results.items() if not one.waiting}


@dataclass(slots=True)
class Waits:
    """Says now and then how many look-ups wait, and how long that takes."""

    progress: Progress
    pace: float
    monotonic: Monotonic
    total: int | None = None
    """How many sources there are, if known: those to come want as many look-ups as those before them."""
    _checked: int = 0
    _wanted: int = 0
    _done: int = 0
    _checked_at: float | None = None
    _told_at: float = field(default=-TOLD_EVERY_S)

    def checked(self, *, wanted: bool) -> None:
        """Count a source that was checked, and whether archives are asked for it."""
        self._checked += 1
        self._wanted += wanted

    def done(self) -> None:
        """Count a look-up that has ended."""
        self._done += 1

    def all_checked(self) -> None:
        """Note that only look-ups are left."""
        self._checked_at = self.monotonic()

    @property
    def too_long(self) -> bool:
        """Tell whether look-ups alone have kept the verdicts long enough."""
        return self._checked_at is not None and self.monotonic() - self._checked_at > HELD_BACK_S

    @property
    def waiting(self) -> int:
        """Return how many look-ups wait, those included that sources not checked yet will want."""
        to_come = max((self.total or 0) - self._checked, 0)
        share = self._wanted / self._checked if self._checked else 0.0
        return self._wanted - self._done + round(to_come * share)

    def tell(self) -> None:
        """Tell, unless few wait or it was told a moment ago."""
        now, waiting = self.monotonic(), self.waiting
        if waiting < WORTH_TELLING or now - self._told_at < TOLD_EVERY_S:
            return
        self._told_at = now
        self.progress.note(f"{waiting} look-ups wait for the archives: {about(60 * waiting / self.pace)}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Spreading:
    """For how long a night asks archives once its verdicts are out, and how long answers are believed."""

    minutes: float
    positive_days: float
    negative_days: float


async def spread(parts: Parts, run: Run, options: RunOptions, allowed: Spreading) -> int:
    """Ask archives for what has no answer yet, riskiest first; return how many sources were asked.

    Ends when the time is up or the archives may not be asked any more; what is left waits for the next
    night. Answers show in the next report.
    """
    archive = parts.archive
    believed = {"positive_days": allowed.positive_days, "negative_days": allowed.negative_days}
    waiting = await parts.store.uncovered_count(run.now, **believed) if archive is not None else 0
    if archive is None or waiting == 0 or allowed.minutes <= 0:
        return 0
    tonight = min(waiting, int(archive.pace * allowed.minutes))
    parts.progress.note(
        f"{waiting} sources wait for the archives, {about(60 * waiting / archive.pace)} at "
        f"{archive.pace:.0f} a minute; up to {tonight} are asked now"
    )
    parts.progress.stage("archives", tonight)
    ends = parts.monotonic() + allowed.minutes * 60
    sources = aiter(parts.store.uncovered(run.now, **believed))
    taking = asyncio.Lock()
    answers: list[ArchiveAnswer] = []
    risky: list[Source] = []
    asked = 0
    stopped = False

    async def work() -> None:
        nonlocal asked, stopped
        while not stopped and parts.monotonic() < ends:
            async with taking:
                due = await anext(sources, None)
            if due is None:
                return
            answer = await archive.look_up(_later(due, run.now))
            asked += 1
            parts.progress.advance()
            if any(one.open is OpenReason.STOPPED for one in answer.results.values()):
                stopped = True
            answers.append(replaced(answer, results=answered(answer)))
            if due.previous is not None and at_risk(_last(due).outcome, answer.results.values()):
                risky.append(due.source)
            if len(answers) >= BATCH:
                await _write(parts, run, answers)

    try:
        async with asyncio.TaskGroup() as tasks:
            for _ in range(WORKERS):
                tasks.create_task(work())
    finally:  # an interrupted night keeps what it learnt
        await _write(parts, run, answers)
    if options.capture and risky:
        touched = await capture(parts.store, archive, risky, run.now, parts.progress)
        await cover(parts.store, archive, run, touched)
    return asked


def _last(due: DueSource) -> Observation:
    return due.observations[-1].observation


def _later(due: DueSource, now: datetime) -> LookUp:
    asked = question(due.source, due.citations, now)
    live_type = due.previous.content_type if due.previous is not None else None
    failing = bool(due.observations) and _last(due).outcome.failing
    return replaced(asked, want_history=failing, live_type=live_type)


async def _write(parts: Parts, run: Run, answers: list[ArchiveAnswer]) -> None:
    some, answers[:] = list(answers), []
    if some:
        await parts.store.record_coverage(run, some)
