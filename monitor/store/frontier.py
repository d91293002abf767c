"""What is left of a run that many machines share (PostgreSQL).

The frontier holds one row a source that is due. Whoever writes a source's observation takes its row away in
the same transaction, and writes nothing where the row is gone: so a source is observed once in a run,
whoever else was asked to do it meanwhile. Beside it stand the hosts of the run, each held by one batch at a
time. A batch changes its hosts, and takes their next sources, in one transaction for all of them.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, delete, exists, func, literal, select, text, update
from sqlalchemy.dialects.postgresql import insert as upsert

from monitor.model.run import Run
from monitor.store import reading, rows, writing
from monitor.store import tables as t
from monitor.store.chains import uncounted
from monitor.store.database import Database, reads, writes
from monitor.store.host_stretches import LONGEST_NAME
from monitor.store.interface import DueSource, SourceResult
from monitor.store.results import write_results

_NEXT_SOURCES = text(
    "SELECT wish.host, one.source_id, one.tries "
    "FROM unnest(CAST(:hosts AS text[]), CAST(:most AS integer[])) AS wish(host, most) "
    "CROSS JOIN LATERAL (SELECT source_id, tries FROM frontier WHERE run_id = :run AND host = wish.host "
    "ORDER BY tries, source_id LIMIT wish.most + 1) AS one"
)
"""One more of each host than is wanted, to tell whether more wait."""


SUSPECT = 2
"""Tries after which a source may be what ended its workers: a worker asks no two such at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A handful of one host's sources to ask now.

    `tries` counts for each, by canonical URL, the workers that took it before and never came back.
    """

    due: tuple[DueSource, ...]
    tries: Mapping[str, int]
    more: bool
    """Whether more of the host wait."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """For how many hosts a worker has room beside those it holds; and how many workers share the hosts."""

    places: int
    held: int = 0
    workers: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How far a shared run is: sources observed, whether sources are left, and hosts that nobody holds."""

    observed: int
    unasked: bool
    unheld: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What one worker did in a run: sources observed, requests by stage, notes."""

    observed: int = 0
    requests: Mapping[str, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


class Frontier(Database):
    """The frontier, its hosts and the workers' shares."""

    @writes
    def fan_out(self, conn: Connection, run: Run, *, everything: bool) -> int:
        """Put every cited source that is due into the frontier; return how many wait there."""
        cited = select(t.citation.c.id).where(t.citation.c.source_id == t.source.c.id)
        number = writing.run_id(conn, run)
        due = select(literal(number), t.source.c.id, func.substr(t.source.c.host_key, 1, LONGEST_NAME)).where(
            cited.exists()
        )
        if not everything:
            due = due.where(reading.due_by(conn, run.now))
        fill = upsert(t.frontier).from_select(["run_id", "source_id", "host"], due)
        # A minute or more for each million: whatever a single statement may take, this one takes longer.
        conn.execute(text("SET LOCAL statement_timeout = 0"))
        conn.execute(fill.on_conflict_do_nothing())
        return _line_up(conn, number)

    @writes
    def line_up(self, conn: Connection, run: Run) -> int:
        """Count what waits at each host of a run that is gone on with; return how many sources wait."""
        return _line_up(conn, writing.run_id(conn, run))

    @reads
    def run(self, conn: Connection, key: str) -> Run | None:
        """Return a run by its name."""
        row = conn.execute(select(t.run).where(t.run.c.key == key)).first()
        return None if row is None else reading.run_of(row)

    @reads
    def left(self, conn: Connection, run: Run) -> int:
        """Return how many sources wait."""
        waiting = (
            select(func.count())
            .select_from(t.frontier)
            .join(t.run, t.run.c.id == t.frontier.c.run_id)
            .where(t.run.c.key == run.id)
        )
        return int(conn.execute(waiting).scalar_one())

    @reads
    def standing(self, conn: Connection, run: Run) -> Standing:
        """Return how far a run is, without counting what is left."""
        number = writing.run_id(conn, run)
        front, hosts = t.frontier.c, t.frontier_host.c
        # By the index, for what was asked already lies about in the table until it is vacuumed.
        first = select(front.source_id).where(front.run_id == number).order_by(front.source_id).limit(1)
        unheld = exists().where(hosts.run_id == number, hosts.batch.is_(None))
        row = conn.execute(select(first.scalar_subquery().label("first"), unheld.label("unheld"))).one()
        bodies = conn.execute(select(t.run_share.c.body).where(t.run_share.c.run_id == number))
        observed = sum(rows.from_json(Share, body).observed for body in bodies.scalars())
        return Standing(observed=observed, unasked=row.first is not None, unheld=row.unheld)

    @writes
    def change_hosts(
        self,
        conn: Connection,
        run: Run,
        batch: int,
        *,
        back: Collection[str] = (),
        more: Mapping[str, int] | None = None,
        room: Room,
        first: int,
    ) -> dict[str, Taken]:
        """Hand hosts `back`, take others for which there is room, and the next sources of each.

        The hosts with the longest queues come first, no more than this worker's part of all that are left.
        Of a host come up to `first` sources, or as many as `more` says, the least tried first; the try is
        counted, but for suspects (`count_try`). Those that were tried before come alone: one of them may be
        what ended its workers.
        """
        number = writing.run_id(conn, run)
        _put_back(conn, number, batch, back)
        new = _take_hosts(conn, number, batch, room)
        wanted = {**(more or {}), **dict.fromkeys(new, first)}
        return self._take_sources(conn, number, wanted) if wanted else {}

    def _take_sources(self, conn: Connection, number: int, wanted: Mapping[str, int]) -> dict[str, Taken]:
        found: dict[str, list[tuple[int, int]]] = {host: [] for host in wanted}
        asked = {"run": number, "hosts": list(wanted), "most": list(wanted.values())}
        for row in conn.execute(_NEXT_SOURCES, asked):
            found[row.host].append((row.tries, row.source_id))
        chosen = {host: _alike(sorted(group), wanted[host]) for host, group in found.items()}
        ids = sorted(source for group in chosen.values() for _, source in group)
        if not ids:
            return {host: Taken(due=(), tries={}, more=False) for host in wanted}
        here = (t.frontier.c.run_id == number) & t.frontier.c.source_id.in_(ids)
        unsuspected = here & (t.frontier.c.tries < SUSPECT)
        conn.execute(update(t.frontier).where(unsuspected).values(tries=t.frontier.c.tries + 1))
        due = reading.read_due(conn, ids)
        if len(due) < len(ids):  # no longer cited: nobody asks what became of it
            self._drop_uncited(conn, number, ids)
        taken = {}
        for host, group in chosen.items():
            read = {source: tries for tries, source in group if source in due}
            taken[host] = Taken(
                due=tuple(due[source] for source in read),
                tries={due[source].source.canonical_url: tries for source, tries in read.items()},
                more=len(found[host]) > len(group),
            )
        return taken

    @writes
    def count_try(self, conn: Connection, run: Run, canonical_url: str) -> None:
        """Count the try of a suspect, now that it is asked with no other suspect beside it."""
        source = select(t.source.c.id).where(t.source.c.digest == rows.name_digest(canonical_url))
        number = writing.run_id(conn, run)
        here = (t.frontier.c.run_id == number) & (t.frontier.c.source_id == source.scalar_subquery())
        conn.execute(update(t.frontier).where(here).values(tries=t.frontier.c.tries + 1))

    @writes
    def put_back(self, conn: Connection, run: Run, batch: int) -> None:
        """Hand back whatever hosts a batch holds."""
        _put_back(conn, writing.run_id(conn, run), batch)

    def _drop_uncited(self, conn: Connection, number: int, ids: Sequence[int]) -> None:
        cited = select(t.citation.c.id).where(t.citation.c.source_id == t.frontier.c.source_id)
        conn.execute(
            delete(t.frontier).where(
                t.frontier.c.run_id == number, t.frontier.c.source_id.in_(ids), ~cited.exists()
            )
        )

    @writes
    def give_back(self, conn: Connection, run: Run, canonical_urls: Sequence[str]) -> None:
        """Put sources back that were taken and could not be asked, as if they had not been taken."""
        names = [rows.name_digest(url) for url in canonical_urls]
        number = writing.run_id(conn, run)
        sources = select(t.source.c.id).where(t.source.c.digest.in_(names))
        conn.execute(
            update(t.frontier)
            .where(
                t.frontier.c.run_id == number,
                t.frontier.c.source_id.in_(sources),
                t.frontier.c.tries > 0,
            )
            .values(tries=t.frontier.c.tries - 1)
        )

    @writes
    def record(
        self,
        conn: Connection,
        run: Run,
        results: Sequence[SourceResult],
        worker: str,
        note: str | None = None,
    ) -> None:
        """Write results, and add those that were written to the worker's share.

        A source that left the frontier was observed by another worker, or its run is over.
        """
        latest = {result.source.canonical_url: result for result in results}
        number = writing.run_id(conn, run)
        digests = {rows.name_digest(name): name for name in latest}
        ids = writing.ids_by(conn, t.source, "digest", digests)
        gone = (
            delete(t.frontier)
            .where(t.frontier.c.run_id == number, t.frontier.c.source_id.in_(sorted(ids.values())))
            .returning(t.frontier.c.source_id)
        )
        mine = set(conn.execute(gone).scalars())
        kept = {n: latest[digests[digest]] for digest, n in ids.items() if n in mine}
        if not kept:
            return
        writing.reopen(conn, number)
        write_results(conn, number, uncounted(conn, number), kept)
        self._add_to_share(conn, number, worker, list(kept.values()), note)

    def _add_to_share(
        self, conn: Connection, number: int, worker: str, kept: Sequence[SourceResult], note: str | None
    ) -> None:
        table = t.run_share
        row = conn.execute(
            select(table.c.body).where(table.c.run_id == number, table.c.worker == worker)
        ).first()
        before = rows.from_json(Share, row.body) if row is not None else Share()
        asked = before.requests.get("check", 0) + sum(one.observation.requests for one in kept)
        share = Share(
            observed=before.observed + len(kept),
            requests={"check": asked},
            notes=(*before.notes, note) if note else before.notes,
        )
        statement = upsert(table).values(run_id=number, worker=worker, body=rows.to_json(share))
        conn.execute(
            statement.on_conflict_do_update(
                index_elements=["run_id", "worker"], set_={"body": statement.excluded.body}
            )
        )

    @reads
    def shares(self, conn: Connection, run: Run) -> dict[str, Share]:
        """Return what each worker did in a run."""
        query = (
            select(t.run_share.c.worker, t.run_share.c.body)
            .join(t.run, t.run.c.id == t.run_share.c.run_id)
            .where(t.run.c.key == run.id)
            .order_by(t.run_share.c.worker)
        )
        return {row.worker: rows.from_json(Share, row.body) for row in conn.execute(query)}

    @writes
    def clear(self, conn: Connection, but: Run | None = None) -> None:
        """Empty the frontier of every run but one, and forget turns that came long ago."""
        for table in (t.frontier, t.frontier_host):
            others = delete(table)
            if but is not None:
                others = others.where(table.c.run_id != writing.run_id(conn, but))
            conn.execute(others)
        past: Any = func.clock_timestamp()
        conn.execute(delete(t.host_turn).where(t.host_turn.c.next_at < past))

    @reads
    def unfinished(self, conn: Connection) -> Run | None:
        """Return the newest run that workers shared and that never ended."""
        left = select(t.frontier.c.source_id).where(t.frontier.c.run_id == t.run.c.id)
        shared = select(t.run_share.c.worker).where(t.run_share.c.run_id == t.run.c.id)
        query = (
            select(t.run)
            .where(~t.run.c.guarded, t.run.c.finished_at.is_(None), left.exists() | shared.exists())
            .order_by(t.run.c.id.desc())
            .limit(1)
        )
        row = conn.execute(query).first()
        return None if row is None else reading.run_of(row)


def _line_up(conn: Connection, number: int) -> int:
    front = t.frontier.c
    waiting = (
        select(literal(number), front.host, func.count()).where(front.run_id == number).group_by(front.host)
    )
    fill = upsert(t.frontier_host).from_select(["run_id", "host", "waiting"], waiting)
    conn.execute(
        fill.on_conflict_do_update(index_elements=["run_id", "host"], set_={"waiting": fill.excluded.waiting})
    )
    hosts = t.frontier_host.c
    total = select(func.coalesce(func.sum(hosts.waiting), 0)).where(hosts.run_id == number)
    return int(conn.execute(total).scalar_one())


def _put_back(conn: Connection, number: int, batch: int, some: Collection[str] | None = None) -> None:
    """Let others have hosts of a batch, all or some; those where nothing waits are done with."""
    if some is not None and not some:
        return
    hosts, front = t.frontier_host.c, t.frontier.c
    these = hosts.run_id == number
    if some is not None:
        these &= hosts.host.in_(sorted(some))
    waiting = (
        select(func.count())
        .where(front.run_id == number, front.host == hosts.host)
        .scalar_subquery()
        .correlate(t.frontier_host)
    )
    own = update(t.frontier_host).where(these, hosts.batch == batch)
    conn.execute(own.values(batch=None, waiting=waiting))
    conn.execute(delete(t.frontier_host).where(these, hosts.batch.is_(None), hosts.waiting == 0))


def _take_hosts(conn: Connection, number: int, batch: int, room: Room) -> list[str]:
    if room.places < 1:
        return []
    hosts = t.frontier_host.c
    of_run = hosts.run_id == number
    # Where few are left nobody takes them all: the others' cores and networks would stand idle.
    some = select(hosts.host).where(of_run).limit((room.places + room.held) * room.workers).subquery()
    left = conn.execute(select(func.count()).select_from(some)).scalar_one()
    places = min(room.places, -(-left // room.workers) - room.held)
    if places < 1:
        return []
    free = (
        select(hosts.host)
        .where(of_run, hosts.batch.is_(None))
        .order_by(hosts.waiting.desc())
        .limit(places)
        .with_for_update(skip_locked=True)
        .cte("free")
    )
    taken = (
        update(t.frontier_host)
        .where(of_run, hosts.host == free.c.host)
        .values(batch=batch)
        .returning(hosts.host)
    )
    return list(conn.execute(taken).scalars())


def _alike(group: Sequence[tuple[int, int]], most: int) -> Sequence[tuple[int, int]]:
    """Return those of a host's (tries, source) that may be asked together, out of the least tried first."""
    if not group:
        return ()
    fewest = group[0][0]
    allowed = most if fewest == 0 else max(most // 4, 1) if fewest < SUSPECT else 1
    return [one for one in group if one[0] == fewest][:allowed]
