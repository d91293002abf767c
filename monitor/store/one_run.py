"""The facts of one run, kept in this process: what a one-off check needs of a store, and no database.

It keeps values as they are, so it costs neither SQLAlchemy's start nor rows written and read. What only later
runs ask for (chains, what stands, taking back) has no place here: a second run is refused.
`tests/store/test_one_run.py` holds it to what the database answers.
"""

from collections.abc import AsyncIterator, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime

from monitor.errors import StoreError
from monitor.model.case import Case, Standing, StandingGroup, StoredFinding, StoredObservation
from monitor.model.citation import Citation, Extraction, with_keys
from monitor.model.finding import Finding
from monitor.model.observation import DOUBTFUL, UNASKED, CitationFacts, Observation, Outcome
from monitor.model.run import DocumentSummary, HostNight, Run, RunTotals
from monitor.model.snapshot import ArchiveAnswer, ArchivedRot, Capture, Coverage, CoverageResult, PoolState
from monitor.model.source import Source
from monitor.model.values import replaced
from monitor.store.interface import EPOCH, DueSource, Groups, SourceResult
from monitor.store.rows import name_digest, question_of

_HOPELESS = frozenset({Outcome.MALFORMED, Outcome.UNSUPPORTED, Outcome.REFUSED})


@dataclass(slots=True)
class _Cited:
    """A citation and what is known of it."""

    citation: Citation
    facts: CitationFacts | None = None
    coverage: CoverageResult | None = None
    finding: StoredFinding | None = None


@dataclass(slots=True)
class _Known:
    """A source, in the order it came, and what is known of it."""

    source: Source
    cited: dict[str, _Cited] = field(default_factory=dict)
    observation: Observation | None = None
    rot: ArchivedRot | None = None
    next_check_at: datetime = EPOCH

    def history(self, run: str) -> tuple[StoredObservation, ...]:
        seen = self.observation
        if seen is None:
            return ()
        days = (seen.observed_at.date().isoformat(),) if seen.outcome.failing else ()
        return (
            StoredObservation(
                observation=seen, run=run, void=False, last_seen_at=seen.observed_at, days=days
            ),
        )


class OneRunStore:
    """Keeps what one run learns, as `Store` and the archive stage's memory; gone with the process."""

    def __init__(self) -> None:
        self._run: Run | None = None
        self._totals: RunTotals | None = None
        self._documents: dict[str, DocumentSummary] = {}
        self._cited: dict[str, dict[str, _Cited]] = {}
        """By document, then key, in the order of the document."""
        self._sources: dict[str, _Known] = {}
        self._by_key: dict[str, tuple[_Known, _Cited]] | None = None
        """Every citation with an address, found by its key; None until it is asked for."""
        self._captures: dict[tuple[str, str, datetime], Capture] = {}
        self._pools: dict[tuple[str, str], PoolState] = {}
        self._answers: dict[tuple[str, str], tuple[str, datetime]] = {}

    async def begin(self, run: Run) -> None:
        """Open the run; StoreError for another than the first."""
        if self._run is not None and self._run.id != run.id:
            raise StoreError("one run is all that is kept without a database; name one with --database")
        self._run = run

    def alone(self) -> AbstractAsyncContextManager[None]:
        """Return at once: nobody else sees this store."""
        return nullcontext()

    async def vouch(self, run: Run, at: datetime) -> None:
        """Note that our own network was seen to work at an instant."""
        self._run = replaced(run, vouched_at=at)

    async def unfinished(self) -> Sequence[Run]:
        """Return no run: what is cut off is gone."""
        return ()

    async def host_nights(self, run: Run) -> Sequence[HostNight]:  # noqa: ARG002 - there is but one
        """Return how the hosts that were probed fared, by name."""
        nights: dict[str, HostNight] = {}
        for known in self._sources.values():
            seen = known.observation
            if seen is None or seen.outcome in UNASKED:
                continue
            one = HostNight(
                host=known.source.host_key,
                probes=1,
                failing=int(seen.outcome in DOUBTFUL),
                working_before=0,
                known_before=0,
            )
            nights[one.host] = nights[one.host] + one if one.host in nights else one
        return [nights[host] for host in sorted(nights)]

    async def set_aside(self, run: Run, outcomes: Collection[Outcome], since: datetime | None) -> None:  # noqa: ARG002
        """Forget what was observed of these outcomes since an instant."""
        for known in self._sources.values():
            seen = known.observation
            if seen and seen.outcome in outcomes and (since is None or seen.observed_at >= since):
                known.observation, known.next_check_at = None, EPOCH
                for one in known.cited.values():
                    one.facts = None

    async def settle(self, run: Run) -> None:
        """Keep how the run was judged."""
        self._run = run

    async def finish(self, run: Run, totals: RunTotals | None) -> None:
        """Keep how the run ended, and its counts."""
        self._run, self._totals = run, totals or self._totals

    async def put_documents(
        self, run: Run, extractions: Sequence[tuple[DocumentSummary, Extraction]]
    ) -> None:
        """Replace each document's citations; one that could not be read keeps what it had."""
        await self.begin(self._run or run)
        for summary, extraction in extractions:
            if summary.error is not None:
                kept = len(self._cited.get(summary.path, ()))
                self._documents[summary.path] = replaced(summary, citations=kept)
                continue
            self._documents[summary.path] = summary
            self._put(summary.path, extraction.citations)

    def _put(self, path: str, citations: Sequence[Citation]) -> None:
        if any(not citation.key for citation in citations):
            citations = with_keys(citations)
        self._by_key = None
        before = self._cited.get(path, {})
        read = {one.key: before.get(one.key) or _Cited(one) for one in citations}
        self._drop(one for key, one in before.items() if key not in read)
        self._cited[path] = read
        new: dict[str, _Known] = {}
        for one in citations:
            name, url, cited = one.canonical_url, one.url, read[one.key]
            if cited.citation.canonical_url != name:
                self._drop([cited])
            if name and url:
                known = self._sources.get(name) or new.setdefault(name, _Known(Source(name, url)))
                if one.key not in known.cited or question_of(cited.citation) != question_of(one):
                    known.next_check_at = EPOCH
                known.cited[one.key] = cited
            cited.citation = one
        # The order of the database, so that both ask in the same one.
        self._sources |= {name: new[name] for name in sorted(new, key=name_digest)}

    def _drop(self, gone: Iterable[_Cited]) -> None:
        for one in gone:
            if known := self._sources.get(one.citation.canonical_url or ""):
                known.cited.pop(one.citation.key, None)

    async def forget_documents(self, kept: Sequence[str]) -> None:
        """Drop the documents not among those kept."""
        self._by_key = None
        for path in self._documents.keys() - set(kept):
            del self._documents[path]
            self._drop(self._cited.pop(path, {}).values())

    async def due(
        self, now: datetime, *, everything: bool = False, only: Collection[str] | None = None
    ) -> AsyncIterator[DueSource]:
        """Stream the cited sources due at `now`, longest waiting first, in the order they came."""
        due = self._due_now(now, everything=everything, only=only)
        for known in sorted(due, key=lambda one: one.next_check_at):
            yield self._due(known)

    async def due_count(
        self, now: datetime, *, everything: bool = False, only: Collection[str] | None = None
    ) -> int:
        """Return how many sources `due` would stream."""
        return len(self._due_now(now, everything=everything, only=only))

    def _due_now(self, now: datetime, *, everything: bool, only: Collection[str] | None) -> list[_Known]:
        return [
            known
            for known in self._sources.values()
            if any(only is None or one.citation.document in only for one in known.cited.values())
            and (everything or known.next_check_at <= now)
        ]

    def _due(self, known: _Known) -> DueSource:
        seen = known.observation
        return DueSource(
            source=known.source,
            citations=tuple(one.citation for one in known.cited.values()),
            previous=seen if seen and seen.outcome.readable else None,
            previous_facts={
                key: one.facts
                for key, one in known.cited.items()
                if one.facts is not None and seen is not None and seen.outcome.readable
            },
            observations=known.history(self._name),
            rot=known.rot,
            asks_anew=known.next_check_at == EPOCH,
        )

    @property
    def _name(self) -> str:
        return self._run.id if self._run else ""

    async def record(self, run: Run, results: Sequence[SourceResult]) -> None:
        """Keep a batch of results in place of what the run found before."""
        await self.begin(self._run or run)
        for result in results:
            name = result.source.canonical_url
            known = self._sources.setdefault(name, _Known(result.source))
            known.observation = result.observation
            for key, facts in result.facts.items():
                if key in known.cited:
                    known.cited[key].facts = facts
            self._answer(known, result.coverage or {})
            known.rot = result.rot or known.rot
            known.next_check_at = result.next_check_at or known.next_check_at

    def _answer(self, known: _Known, answers: Mapping[str, CoverageResult]) -> None:
        for key, answer in answers.items():
            if key in known.cited:
                known.cited[key].coverage = answer

    def _uncovered(self) -> list[_Known]:
        found = [
            known
            for known in self._sources.values()
            if known.observation is not None
            and known.observation.outcome not in _HOPELESS
            and any(
                one.coverage is None or one.coverage.coverage is Coverage.UNKNOWN
                for one in known.cited.values()
            )
        ]
        return sorted(found, key=lambda one: (not _failing(one), -len(one.cited)))

    async def uncovered(
        self,
        now: datetime,  # noqa: ARG002 - no answer of this run is old
        *,
        positive_days: float,  # noqa: ARG002
        negative_days: float,  # noqa: ARG002
    ) -> AsyncIterator[DueSource]:
        """Stream the sources with a citation no archive has answered for: failing ones first."""
        for known in self._uncovered():
            yield self._due(known)

    async def uncovered_count(self, now: datetime, *, positive_days: float, negative_days: float) -> int:  # noqa: ARG002
        """Return how many sources `uncovered` would stream."""
        return len(self._uncovered())

    async def record_coverage(self, run: Run, answers: Sequence[ArchiveAnswer]) -> None:  # noqa: ARG002
        """Keep what archives said of sources outside their probes."""
        for answer in answers:
            if known := self._sources.get(answer.source):
                self._answer(known, answer.results)
                known.rot = answer.rot or known.rot

    async def record_findings(
        self,
        run: Run,
        findings: Sequence[Finding],
        standing: Sequence[Standing] = (),  # noqa: ARG002 - no later run will ask for it
    ) -> None:
        """Keep a batch of findings; a void run concludes nothing."""
        said = {} if run.void else {finding.citation: finding for finding in findings}
        if self._by_key is None:
            self._by_key = {
                key: (known, one) for known in self._sources.values() for key, one in known.cited.items()
            }
        for key in said.keys() & self._by_key.keys():
            known, one = self._by_key[key]
            outcome = known.observation.outcome if known.observation else Outcome.UNCHECKED
            one.finding = StoredFinding(finding=said[key], outcome=outcome.value, run=run.id, since=run.now)

    async def cases(
        self,
        run: Run | None = None,  # noqa: ARG002 - there is but one
        *,
        source: str | None = None,
        only: Collection[str] | None = None,
    ) -> AsyncIterator[Case]:
        """Stream every citation with its facts, by document, then line."""
        asked = {one.source: one for one in await self.captures()}
        for cited in self._in_order():
            here = cited.citation
            if (only is not None and here.document not in only) or source not in (None, here.canonical_url):
                continue
            known = self._sources.get(here.canonical_url or "") if here.url else None
            yield Case(
                citation=here,
                source=known.source if known else None,
                observations=known.history(self._name) if known else (),
                facts=cited.facts,
                coverage=cited.coverage,
                rot=known.rot if known else None,
                capture=asked.get(known.source.canonical_url) if known else None,
                next_check_at=known.next_check_at if known else None,
            )

    def _in_order(self) -> Iterator[_Cited]:
        for path in sorted(self._cited):
            yield from sorted(self._cited[path].values(), key=lambda one: one.citation.line)

    async def changed(
        self,
        run: Run,
        way: str,  # noqa: ARG002 - nothing was made of citations before
        *,
        only: Collection[str] | None = None,
        groups: Groups | None = None,  # noqa: ARG002 - as said
    ) -> AsyncIterator[Case | Standing | StandingGroup]:
        """Stream what `cases` does: nothing stands from an earlier run."""
        async for case in self.cases(run, only=only):
            yield case

    async def documents(self) -> tuple[DocumentSummary, ...]:
        """Return the documents by path."""
        return tuple(self._documents[path] for path in sorted(self._documents))

    async def history(self, canonical_url: str) -> tuple[StoredObservation, ...]:
        """Return what was observed of a source."""
        known = self._sources.get(canonical_url)
        return known.history(self._name) if known else ()

    async def verdicts(self, canonical_url: str) -> tuple[StoredFinding, ...]:
        """Return the findings on a source's citations."""
        known = self._sources.get(canonical_url)
        found = (one.finding for one in known.cited.values()) if known else ()
        return tuple(one for one in found if one is not None)

    async def recheck(self, canonical_url: str) -> bool:
        """Make a source due at once; False if no such source is kept."""
        known = self._sources.get(canonical_url)
        if known is not None:
            known.next_check_at = EPOCH
        return known is not None

    async def put_capture(self, capture: Capture) -> None:
        """Keep one line of the capture ledger; StoreError if its source is not known."""
        if capture.source not in self._sources:
            raise StoreError(f"no source {capture.source} is stored, so no capture of it can be kept")
        self._captures[capture.source, capture.archive, capture.requested_at] = capture

    async def captures(self, *, pending: bool = False) -> tuple[Capture, ...]:
        """Return the capture ledger, oldest first; with `pending`, only what has to be followed."""
        found = sorted(self._captures.values(), key=lambda one: one.requested_at)
        return tuple(one for one in found if not (pending and one.state.settled))

    async def last_run(self, *, complete: bool = False, cut_off: bool = False) -> Run | None:  # noqa: ARG002 - what is cut off is gone
        """Return the run, once it has finished; with `complete`, only if it was complete and not void."""
        run = self._run
        if run is None or run.finished_at is None or (complete and (run.void or not run.complete)):
            return None
        return run

    async def trend(self, limit: int) -> tuple[RunTotals, ...]:
        """Return the run's counts, once it has finished."""
        return (self._totals,) * bool(limit) if self._totals else ()

    async def load_pool(self, archive: str, pool: str) -> PoolState | None:
        """Return a pool's state, or None if it was never saved."""
        return self._pools.get((archive, pool))

    async def save_pool(self, state: PoolState) -> None:
        """Remember a pool's state."""
        self._pools[state.archive, state.pool] = state

    async def recall(self, archive: str, question: str) -> tuple[str, datetime] | None:
        """Return a remembered answer and when it was given, or None."""
        return self._answers.get((archive, question))

    async def remember(self, archive: str, question: str, answer: str, at: datetime) -> None:
        """Remember an answer."""
        self._answers[archive, question] = answer, at

    async def close(self) -> None:
        """Forget what was learnt."""
        self._sources.clear()
        self._cited.clear()
        self._by_key = None


def _failing(known: _Known) -> bool:
    return known.observation is not None and known.observation.outcome.failing
