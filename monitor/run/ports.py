"""What a run is made of, as Protocols: `app.py` names the classes behind them."""

import time
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from datetime import datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from msgspec import Struct

from monitor.model.archive_use import ArchiveUse
from monitor.model.case import Case, StoredObservation
from monitor.model.finding import Amendment, Finding
from monitor.model.history import LinkHistory, Recheck
from monitor.model.observation import Observation
from monitor.model.page import DriftResult, PageText
from monitor.model.ports import Clock, Monotonic, Progress
from monitor.model.run import Assessment, HostNight
from monitor.model.snapshot import ArchivedRot
from monitor.report.spool import Spool
from monitor.store.interface import DueSource, SourceResult, Store

if TYPE_CHECKING:
    from monitor.archive.interface import Archive
    from monitor.check.interface import Checker


class Work(Protocol):
    """Where a probe gets its sources from, and where its results go."""

    def due(self) -> AsyncIterator[DueSource]:
        """Stream the sources to ask."""
        ...

    async def record(self, results: Sequence[SourceResult]) -> None:
        """Take a batch of results; when this returns they are kept."""
        ...


class OutageWatch(Protocol):
    """Watches one run for an outage of our own; it begins with the sentinels having answered."""

    def saw(self, host: str, seen: Observation, *, failing_before: bool) -> bool:
        """Count one probe; tell whether so many hosts fell that the sentinels should be asked again."""
        ...

    def vouched(self) -> None:
        """Begin anew: the sentinels answered."""
        ...


class GuardStage(Protocol):
    """The guard against our own trouble, bound to its policy."""

    def void_reason(self, nights: Iterable[HostNight]) -> str | None:
        """Return why a run over these hosts is void, or None."""
        ...

    def watch(self) -> OutageWatch:
        """Return what watches one run for an outage of our own."""
        ...


class JudgeStage(Protocol):
    """The judge stage as the pipeline calls it; bound to its policy by the wiring."""

    def judge(self, case: Case, now: datetime, *, void: str | None = None) -> tuple[LinkHistory, Finding]:
        """Judge one citation."""
        ...

    def stands_until(
        self, case: Case, history: LinkHistory, finding: Finding, now: datetime
    ) -> datetime | None:
        """Return the first instant at which the same facts may be judged otherwise; None if never."""
        ...

    def weighs_confirmation(self, case: Case, history: LinkHistory, now: datetime) -> bool:
        """Tell whether a finding turns on when the citation was last confirmed."""
        ...

    def next_check(
        self, observations: Sequence[StoredObservation], rot: ArchivedRot | None, now: datetime
    ) -> datetime:
        """Return when to probe a source again, by its observations (oldest first) and its archived death."""
        ...

    def recheck(self, case: Case, history: LinkHistory) -> Recheck:
        """Return why a source is asked again when it is."""
        ...


Drifter = Callable[[PageText, PageText], DriftResult]


class Amender(Protocol):
    """Proposes edits against the documents as they read now."""

    def __call__(self, assessment: Assessment, /) -> Amendment | None:
        """Return the edit for an assessment; None where there is none."""
        ...

    def made_from(self, path: str, /) -> str | None:
        """Name what edits of a document are made of now; None where they are to be made anew."""
        ...


class Parts(Struct, frozen=True, kw_only=True, dict=True):
    """What a run is made of."""

    store: Store
    checker: "Checker"
    archive: "Archive | None"
    guard: GuardStage
    judging: Callable[[], JudgeStage]
    """Makes the judge when the first case comes: most nights bring few, and a quiet one none."""
    drift: Drifter
    amend: Amender
    spool: Callable[[], Spool]
    clock: Clock
    progress: Progress
    monotonic: Monotonic = time.monotonic
    way: str | None = None
    """Names how citations are judged, program and policy; None where nothing of it is kept."""
    kept: bool = True
    """Whether later runs will know what one learnt: only they ask when a source is due again."""

    @cached_property
    def judge(self) -> JudgeStage:
        """Return the judge."""
        return self.judging()


class RunOptions(Struct, frozen=True, kw_only=True):
    """How a run differs from another.

    `everything` probes sources that are not due too; `capture` asks for captures; without `evidence`
    quotes are not tested; `spread` lets look-ups that would hold the verdicts back wait for later, when
    archives are asked for what has no answer yet (see coverage.py); `only` narrows the run to these
    documents of the store; `forget` drops the documents that were not read this time. Good answers that are
    no older than `max_age` are not asked for again (see freshness.py); `offline` asks nobody at all. With
    `remembered` archives are not asked here, for another process does: what is remembered of them will do.
    """

    everything: bool = False
    capture: bool = False
    evidence: bool = True
    archives: ArchiveUse = ArchiveUse.ALL
    spread: bool = False
    archive_workers: int = 4
    guard: bool = True
    only: tuple[str, ...] | None = None
    forget: bool = False
    max_age: timedelta | None = None
    offline: bool = False
    remembered: bool = False
