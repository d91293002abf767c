"""What the rest of the house asks of the store."""

from collections.abc import AsyncIterator, Callable, Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime
from typing import NamedTuple, Protocol

from msgspec import Struct, field

from monitor.model.case import Case, Standing, StandingGroup, StoredFinding, StoredObservation
from monitor.model.citation import Citation, Extraction
from monitor.model.finding import Finding
from monitor.model.observation import CitationFacts, Observation, Outcome
from monitor.model.run import DocumentSummary, HostNight, Run, RunTotals
from monitor.model.snapshot import ArchiveAnswer, ArchivedRot, Capture, CoverageResult
from monitor.model.source import Source

__all__ = ["EPOCH", "Case", "DueSource", "Groups", "SourceResult", "Store", "StoredObservation"]

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
"""The `next_check_at` of a source never checked: due before everything else."""


class DueSource(Struct, frozen=True, kw_only=True, gc=False):
    """A source to check now, with its citations and what was last known.

    `observations` is its history without void runs, oldest first, for timing the next check. `asks_anew`
    where a citation is new or asks something else than before.
    """

    source: Source
    citations: tuple[Citation, ...]
    previous: Observation | None = None
    previous_facts: Mapping[str, CitationFacts] = field(default_factory=dict)
    observations: tuple[StoredObservation, ...] = ()
    rot: ArchivedRot | None = None
    asks_anew: bool = False


class SourceResult(Struct, frozen=True, kw_only=True, gc=False):
    """Everything one run learned of one source; written in batches.

    `coverage` is None where the archives were not asked. `next_check_at` is durable.
    """

    source: Source
    observation: Observation
    facts: Mapping[str, CitationFacts] = field(default_factory=dict)
    coverage: Mapping[str, CoverageResult] | None = None
    rot: ArchivedRot | None = None
    next_check_at: datetime | None = None


class Groups(NamedTuple):
    """What a reader knows of citations that stand: of groups of so many at most."""

    size: int
    known: Callable[[StandingGroup], bool]
    """Tells whether nothing need be read of these citations."""


class Store(Protocol):
    """The database behind one connection pool. Every write is one transaction; a rerun is harmless."""

    async def begin(self, run: Run) -> None:
        """Open a run; the same id twice is the same run."""
        ...

    def alone(self) -> AbstractAsyncContextManager[None]:
        """Hold the right to carry out a run; StoreError naming who has it."""
        ...

    async def vouch(self, run: Run, at: datetime) -> None:
        """Note that our own network was seen to work at an instant, in case the run never ends."""
        ...

    async def unfinished(self) -> Sequence[Run]:
        """Return the runs that the guard has not judged, oldest first: what they wrote counts for nothing."""
        ...

    async def host_nights(self, run: Run) -> Sequence[HostNight]:
        """Return how the hosts that a run probed fared, for the guard."""
        ...

    async def set_aside(self, run: Run, outcomes: Collection[Outcome], since: datetime | None) -> None:
        """Make what a run observed of these outcomes since an instant count for nothing, and due again."""
        ...

    async def settle(self, run: Run) -> None:
        """Let a run count, now that the guard has judged it; a void one counts for nothing."""
        ...

    async def finish(self, run: Run, totals: RunTotals | None) -> None:
        """Close a run with its counts; it counts from now on, unless it is void."""
        ...

    async def put_documents(
        self, run: Run, extractions: Sequence[tuple[DocumentSummary, Extraction]]
    ) -> None:
        """Replace each document's citations; sources no longer cited are kept with their history."""
        ...

    async def forget_documents(self, kept: Sequence[str]) -> None:
        """Drop documents that are no longer watched; their sources' history stays."""
        ...

    def due(
        self, now: datetime, *, everything: bool = False, only: Collection[str] | None = None
    ) -> AsyncIterator[DueSource]:
        """Stream the sources due at `now`, longest waiting first; `only` those these documents cite."""
        ...

    async def due_count(
        self, now: datetime, *, everything: bool = False, only: Collection[str] | None = None
    ) -> int:
        """Return how many sources `due` would stream."""
        ...

    async def record(self, run: Run, results: Sequence[SourceResult]) -> None:
        """Write a batch of results."""
        ...

    def uncovered(
        self, now: datetime, *, positive_days: float, negative_days: float
    ) -> AsyncIterator[DueSource]:
        """Stream the sources with a citation no archive has answered for lately: failing ones first.

        A found snapshot is believed for `positive_days`, a `none` for `negative_days`.
        """
        ...

    async def uncovered_count(self, now: datetime, *, positive_days: float, negative_days: float) -> int:
        """Return how many sources `uncovered` would stream."""
        ...

    async def record_coverage(self, run: Run, answers: Sequence[ArchiveAnswer]) -> None:
        """Write what archives said of sources outside their probes; for a run that has ended too."""
        ...

    async def record_findings(
        self, run: Run, findings: Sequence[Finding], standing: Sequence[Standing] = ()
    ) -> None:
        """Write a batch of findings of a run and keep what else it made of citations, at once or not at all.

        Of a void run nothing is kept.
        """
        ...

    def cases(
        self, run: Run | None = None, *, source: str | None = None, only: Collection[str] | None = None
    ) -> AsyncIterator[Case]:
        """Stream every citation of every watched document with its facts, by document, then line.

        `source` narrows to one canonical URL, `only` to these documents.
        """
        ...

    def changed(
        self, run: Run, way: str, *, only: Collection[str] | None = None, groups: Groups | None = None
    ) -> AsyncIterator[Case | Standing | StandingGroup]:
        """Stream every citation as `cases` does, but those that stand as what was made of them.

        `way` names how they are judged now; a case comes with its revision, if what is made may be kept.
        Of `groups` that are known already comes nothing but the group.
        """
        ...

    async def documents(self) -> tuple[DocumentSummary, ...]:
        """Return the watched documents by path."""
        ...

    async def history(self, canonical_url: str) -> tuple[StoredObservation, ...]:
        """Return every stored observation of a source, oldest first."""
        ...

    async def verdicts(self, canonical_url: str) -> tuple[StoredFinding, ...]:
        """Return every stored finding on a source's citations, by citation, oldest first."""
        ...

    async def recheck(self, canonical_url: str) -> bool:
        """Make one source due at once; False if no such source is stored."""
        ...

    async def put_capture(self, capture: Capture) -> None:
        """Write one line of the capture ledger, which one source, archive and instant of asking name."""
        ...

    async def captures(self, *, pending: bool = False) -> tuple[Capture, ...]:
        """Return the capture ledger, oldest first; with `pending`, only what has to be followed."""
        ...

    async def last_run(self, *, complete: bool = False, cut_off: bool = False) -> Run | None:
        """Return the newest finished run; with `complete`, the newest complete and not void one.

        With `cut_off`, one that never finished, but saw something, was judged and counts, is as good.
        """
        ...

    async def trend(self, limit: int) -> tuple[RunTotals, ...]:
        """Return the counts of the last runs, oldest first."""
        ...

    async def close(self) -> None:
        """Release connections."""
        ...
