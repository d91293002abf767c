"""The store on SQLAlchemy Core: SQLite by default, PostgreSQL past one machine."""

from array import array
from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime, timedelta

from sqlalchemy import Connection, Select, func, select, update

from monitor.errors import StoreError
from monitor.model.case import Case, Standing, StandingGroup, StoredFinding, StoredObservation
from monitor.model.citation import Extraction
from monitor.model.finding import Finding
from monitor.model.observation import Outcome
from monitor.model.ports import UNWATCHED, Clock, Progress
from monitor.model.run import DocumentSummary, HostNight, Run, RunTotals
from monitor.model.snapshot import ArchiveAnswer, Capture, CaptureState
from monitor.store import reading, rows, taking_back, writing
from monitor.store import tables as t
from monitor.store.addresses import database_url
from monitor.store.alone import alone
from monitor.store.archive_memory import ArchiveMemory
from monitor.store.chains import chunks, extend
from monitor.store.cited import Cited, Group, cited_numbers
from monitor.store.database import reads, writes
from monitor.store.engine import make_engine
from monitor.store.interface import EPOCH, DueSource, Groups, SourceResult
from monitor.store.invalidation import invalidate
from monitor.store.nights import read_host_nights
from monitor.store.policy import DEFAULT_POLICY, PostgresPolicy
from monitor.store.reading import Standpoint
from monitor.store.results import write_results
from monitor.store.standing import put_standing, read_groups, read_standing, unsettled
from monitor.store.threaded import ThreadedEngine
from monitor.store.upgrade import bring_up, warn_of_empty

_PAGE = 500
"""Sources or citations read at a time: what a stream holds in memory."""

_STANDING_PAGE = 1000
"""Citations looked up at a time where most stand: little is held of each."""


_NUMBERS = 10_000
"""Numbers of rows taken at a time where all are wanted."""


def _due(conn: Connection, now: datetime, *, everything: bool, only: Collection[str] | None) -> Select[int]:
    cited = select(t.citation.c.id).where(t.citation.c.source_id == t.source.c.id)
    if only is not None:
        cited = cited.join(t.document, t.document.c.id == t.citation.c.document_id).where(
            t.document.c.path.in_(only)
        )
    query = select(t.source.c.id).where(cited.exists())
    return query if everything else query.where(reading.due_by(conn, now))


def _numbers(conn: Connection, query: Select[int]) -> "array[int]":
    numbers = array("q")
    for part in conn.execute(query, execution_options={"yield_per": _NUMBERS}).scalars().partitions():
        numbers.extend(part)
    return numbers


class SqlStore(ArchiveMemory):
    """The store; also what the archive stage remembers across runs."""

    @writes
    def begin(self, conn: Connection, run: Run) -> None:
        """Open a run; the same id twice is the same run."""
        writing.put_run(conn, run)

    async def finish(self, run: Run, totals: RunTotals | None) -> None:
        """Close a run with its counts; it counts from now on, unless it is void."""
        await self._settle(run, totals)

    async def settle(self, run: Run) -> None:
        """Let a run count, now that the guard has judged it; a void one counts for nothing."""
        await self._settle(run, None)

    @writes
    def _settle(self, conn: Connection, run: Run, totals: RunTotals | None) -> None:
        number = writing.put_run(conn, run, totals, guarded=True)
        if run.void:
            taking_back.void(conn, number)

    def alone(self) -> AbstractAsyncContextManager[None]:
        """Hold the right to carry out a run; StoreError naming who has it."""
        return alone(self)

    @writes
    def vouch(self, conn: Connection, run: Run, at: datetime) -> None:
        """Note that our own network was seen to work at an instant, in case the run never ends."""
        number = writing.run_id(conn, run)
        conn.execute(update(t.run).where(t.run.c.id == number).values(vouched_at=at))

    @reads
    def unfinished(self, conn: Connection) -> tuple[Run, ...]:
        """Return the runs that the guard has not judged, oldest first."""
        query = select(t.run).where(~t.run.c.guarded).order_by(t.run.c.id)
        return tuple(reading.run_of(row) for row in conn.execute(query))

    @reads
    def host_nights(self, conn: Connection, run: Run) -> Sequence[HostNight]:
        """Return how the hosts that a run probed fared, for the guard."""
        saw = select(t.observation.c.id).where(t.observation.c.last_run_id == t.run.c.id).exists()
        number = conn.execute(select(t.run.c.id).where(t.run.c.key == run.id, saw)).scalar()
        return [] if number is None else read_host_nights(conn, number)

    @writes
    def set_aside(
        self, conn: Connection, run: Run, outcomes: Collection[Outcome], since: datetime | None
    ) -> None:
        """Make what a run observed of these outcomes since an instant count for nothing, and due again."""
        aside = Run(id=f"{run.id}~aside", started_at=run.started_at, now=run.now, void=True)
        number = writing.run_id(conn, run)
        other = writing.put_run(conn, aside, guarded=True)
        taking_back.set_aside(conn, number, other, outcomes, since)

    @writes
    def put_documents(
        self, conn: Connection, run: Run, extractions: Sequence[tuple[DocumentSummary, Extraction]]
    ) -> None:
        """Replace each document's citations; sources no longer cited are kept with their history.

        A document that could not be read (its summary has an error) keeps the citations it had.
        """
        writing.run_id(conn, run)
        for summary, extraction in extractions:
            writing.put_document(conn, summary, extraction.citations)

    @writes
    def forget_documents(self, conn: Connection, kept: Sequence[str]) -> None:
        """Drop documents that are no longer watched; their sources' history stays."""
        writing.forget(conn, kept)

    async def due(
        self, now: datetime, *, everything: bool = False, only: Collection[str] | None = None
    ) -> AsyncIterator[DueSource]:
        """Stream the cited sources due at `now`, longest waiting first; `only` those these documents cite."""
        # The numbers are taken first: results written meanwhile move sources in the very order of them.
        for part in chunks(await self._due_numbers(now, everything=everything, only=only), _PAGE):
            for source in await self._due_page(part):
                yield source

    @reads
    def due_count(
        self,
        conn: Connection,
        now: datetime,
        *,
        everything: bool = False,
        only: Collection[str] | None = None,
    ) -> int:
        """Return how many sources `due` would stream."""
        found = _due(conn, now, everything=everything, only=only).subquery()
        return int(conn.execute(select(func.count()).select_from(found)).scalar_one())

    @reads
    def _due_numbers(
        self, conn: Connection, now: datetime, *, everything: bool, only: Collection[str] | None
    ) -> "array[int]":
        query = _due(conn, now, everything=everything, only=only)
        return _numbers(conn, query.order_by(t.source.c.next_check_at, t.source.c.id))

    @writes
    def record(self, conn: Connection, run: Run, results: Sequence[SourceResult]) -> None:
        """Write a batch of results in one transaction; the same run's earlier results are replaced.

        A source that was not probed (`unchecked`) adds nothing to a history that has begun.
        """
        latest = {result.source.canonical_url: result for result in results}
        number, void = writing.present_run(conn, run, writes_on=True)
        sources = writing.put_sources(conn, [r.source for r in latest.values()])
        write_results(conn, number, void, {sources[name]: one for name, one in latest.items()})

    async def uncovered(
        self, now: datetime, *, positive_days: float, negative_days: float
    ) -> AsyncIterator[DueSource]:
        """Stream the sources with a citation no archive has answered for lately: failing ones first."""
        positive, negative = (now - timedelta(days=days) for days in (positive_days, negative_days))
        for part in chunks(await self._numbers(reading.uncovered(positive, negative)), _PAGE):
            for source in await self._due_page(part):
                yield source

    @reads
    def uncovered_count(
        self, conn: Connection, now: datetime, *, positive_days: float, negative_days: float
    ) -> int:
        """Return how many sources `uncovered` would stream."""
        positive, negative = (now - timedelta(days=days) for days in (positive_days, negative_days))
        found = reading.uncovered(positive, negative).order_by(None).subquery()
        return int(conn.execute(select(func.count()).select_from(found)).scalar_one())

    @writes
    def record_coverage(self, conn: Connection, run: Run, answers: Sequence[ArchiveAnswer]) -> None:
        """Write what archives said of sources outside their probes; for a run that has ended too."""
        number, void = writing.present_run(conn, run)
        known = writing.citations_of(conn, {key for one in answers for key in one.results})
        said = [item for one in answers for item in one.results.items() if item[0] in known]
        links = {
            known[key][0]: writing.coverage_link(result, result.answered_at or run.now, known[key][1])
            for key, result in said
        }
        extend(conn, t.coverage, number, links, void)
        invalidate(conn, [known[key][2] for key, _ in said])
        names = {rows.name_digest(one.source): one.rot for one in answers if one.rot is not None}
        for name, source in writing.ids_by(conn, t.source, "digest", list(names)).items():
            writing.put_rot(conn, source, names[name])

    async def record_findings(
        self, run: Run, findings: Sequence[Finding], standing: Sequence[Standing] = ()
    ) -> None:
        """Write a batch of findings of a run and what else it made of citations, if they are still cited.

        A void run concludes nothing, so nothing of it is kept.
        """
        if not run.void:
            await self._record_findings(run, findings, standing)

    @writes
    def _record_findings(
        self, conn: Connection, run: Run, findings: Sequence[Finding], standing: Sequence[Standing]
    ) -> None:
        judged = {one.citation for one in findings} | {one.citation for one in standing}
        known = writing.citations_of(conn, judged)
        number = writing.put_findings(conn, run, findings, known)
        put_standing(conn, number, standing, known)

    async def cases(
        self, run: Run | None = None, *, source: str | None = None, only: Collection[str] | None = None
    ) -> AsyncIterator[Case]:
        """Stream every citation of every watched document with its facts, by document, then line.

        `run` is the one being judged (by default the newest): it neither confirms nor compares with
        itself. `source` narrows to the citations of one canonical URL, `only` to these documents.
        """
        seen_from = await self._standpoint(run)
        for part in chunks(await self._numbers(cited_numbers(source, only)), _PAGE):
            for case in (await self._case_page(part, seen_from)).values():
                yield case

    async def changed(
        self, run: Run, way: str, *, only: Collection[str] | None = None, groups: Groups | None = None
    ) -> AsyncIterator[Case | Standing | StandingGroup]:
        """Stream every citation as `cases` does, but those that stand as what was made of them.

        Of `groups` that are known already comes nothing but the group.
        """
        seen_from = await self._standpoint(run)
        cited = await self._in_order(only)
        for part in cited.parts(groups.size if groups else _STANDING_PAGE, _STANDING_PAGE):
            stand = await self._standing_groups(part, seen_from, run, way) if groups else {}
            known = {at: one for at, one in stand.items() if groups and groups.known(one)}
            read = [number for at, one in enumerate(part) if at not in known for number in one.numbers]
            found = await self._changed_page(read, seen_from, run, way) if read else {}
            for at, one in enumerate(part):
                if at in known:
                    yield known[at]
                    continue
                for number in one.numbers:
                    if number in found:
                        yield found[number]

    @reads
    def documents(self, conn: Connection) -> tuple[DocumentSummary, ...]:
        """Return the watched documents by path."""
        found = conn.execute(select(t.document.c.body).order_by(t.document.c.path))
        return tuple(rows.from_json(DocumentSummary, row.body) for row in found)

    @reads
    def history(self, conn: Connection, canonical_url: str) -> tuple[StoredObservation, ...]:
        """Return every stored observation of a source, oldest first; those of void runs are marked."""
        return tuple(reading.read_history(conn, canonical_url))

    @reads
    def verdicts(self, conn: Connection, canonical_url: str) -> tuple[StoredFinding, ...]:
        """Return every stored finding on a source's citations, by citation, oldest first."""
        return tuple(reading.read_verdicts(conn, canonical_url))

    @reads
    def last_run(self, conn: Connection, *, complete: bool = False, cut_off: bool = False) -> Run | None:
        """Return the newest finished run; with `complete`, the newest complete and not void one.

        With `cut_off`, one that never finished, but saw something, was judged and counts, is as good.
        """
        row = reading.newest_run(conn, complete=complete, cut_off=cut_off)
        return reading.run_of(row) if row else None

    @reads
    def trend(self, conn: Connection, limit: int) -> tuple[RunTotals, ...]:
        """Return the counts of the last runs, oldest first."""
        return tuple(reading.read_trend(conn, limit))

    @writes
    def put_capture(self, conn: Connection, capture: Capture) -> None:
        """Write one line of the capture ledger; StoreError if its source was never stored."""
        name = rows.name_digest(capture.source)
        known = writing.ids_by(conn, t.source, "digest", [name])
        if name not in known:
            raise StoreError(f"no source {capture.source} is stored, so no capture of it can be kept")
        writing.put_capture(conn, known[name], capture)

    @reads
    def captures(self, conn: Connection, *, pending: bool = False) -> tuple[Capture, ...]:
        """Return the capture ledger, oldest first; with `pending`, only what has to be followed."""
        settled = tuple(state.value for state in CaptureState if state.settled)
        query = select(t.capture.c.body).order_by(t.capture.c.requested_at, t.capture.c.id)
        if pending:
            query = query.where(t.capture.c.state.not_in(settled))
        return tuple(rows.from_json(Capture, row.body) for row in conn.execute(query))

    @writes
    def recheck(self, conn: Connection, canonical_url: str) -> bool:
        """Make one source due at once; False if no such source is stored."""
        changed = conn.execute(
            update(t.source)
            .where(t.source.c.digest == rows.name_digest(canonical_url))
            .values(next_check_at=EPOCH, scheduled_run_id=None)
        )
        return changed.rowcount > 0

    @reads
    def _due_page(self, conn: Connection, part: Sequence[int]) -> list[DueSource]:
        return list(reading.read_due(conn, part).values())

    @reads
    def _case_page(self, conn: Connection, part: Sequence[int], seen_from: Standpoint) -> dict[int, Case]:
        return reading.read_cases(conn, part, seen_from)

    @reads
    def _changed_page(
        self, conn: Connection, part: Sequence[int], seen_from: Standpoint, run: Run, way: str
    ) -> dict[int, Case | Standing]:
        open_ = unsettled(conn, part, seen_from.present)
        settled = [number for number in part if number not in open_] if open_ else part
        kept = read_standing(conn, settled, seen_from, run, way)
        rest = [number for number in part if number not in kept]
        lasting = {*rest} - open_ if seen_from.newest else ()
        cases = reading.read_cases(conn, rest, seen_from, lasting) if rest else {}
        return {**kept, **cases}

    @reads
    def _standing_groups(
        self, conn: Connection, part: Sequence[Group], seen_from: Standpoint, run: Run, way: str
    ) -> dict[int, StandingGroup]:
        return read_groups(conn, part, seen_from, run, way)

    @reads
    def _standpoint(self, conn: Connection, run: Run | None) -> Standpoint:
        """Return the numbers of the run being judged and of the complete one it is compared with."""
        if run is None:
            newest = reading.newest_run(conn, finished=False)
            present = newest.id if newest else None
        else:
            present = writing.ids_by(conn, t.run, "key", [run.id]).get(run.id)
        last = reading.newest_run(conn, complete=True, before=present)
        later = select(t.run.c.id).where(t.run.c.id > (present or 0), ~t.run.c.void).limit(1)
        none_later = present is None or conn.execute(later).first() is None
        return Standpoint(present, last.id if last else None, none_later)

    @reads
    def _in_order(self, conn: Connection, only: Collection[str] | None) -> Cited:
        return Cited.read(conn, only)

    @reads
    def _numbers(self, conn: Connection, query: Select[int]) -> "array[int]":
        return _numbers(conn, query)


async def open_store(
    address: str, clock: Clock, policy: PostgresPolicy = DEFAULT_POLICY, progress: Progress = UNWATCHED
) -> SqlStore:
    """Open the database at an address (a file name or URL), creating or upgrading its tables.

    Raises UsageError for an address that is none, StoreError with a remedy for a database that cannot
    be used: damaged, locked, unwritable, or written by a newer version.
    """
    url = database_url(address)
    warn_of_empty(url)
    engine = ThreadedEngine(make_engine(url, policy), policy)
    try:
        await engine.write(lambda conn: bring_up(conn, url, progress))
    except BaseException:
        await engine.dispose()
        raise
    return SqlStore(engine, clock, retry_s=policy.retry_s)
