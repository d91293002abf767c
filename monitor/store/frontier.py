"""What is left of a run that many machines share (PostgreSQL).

The frontier holds one row a source that is due. Whoever writes a source's observation takes its row away in
the same transaction, and writes nothing where the row is gone: so a source is observed once in a run,
whoever else was asked to do it meanwhile. Hosts are reserved for stretches of time, by the clock of the
database, for those of the machines differ.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Interval, case, cast, delete, func, literal, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from monitor.model.run import Run
from monitor.store import reading, rows, writing
from monitor.store import tables as t
from monitor.store.database import Database, retried
from monitor.store.interface import DueSource, SourceResult
from monitor.store.results import write_results

LONGEST_NAME = 253
"""Characters of a host's name that count; what is longer is no host, and would not fit into an index."""


LOOK_AHEAD = 1000
"""Sources looked at beyond those taken, to tell how long a host's queue still is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A handful of one host's sources to ask now.

    `tries` counts for each, by canonical URL, the workers that took it before and never came back.
    """

    due: tuple[DueSource, ...]
    tries: Mapping[str, int]
    left: int = 0
    """How many more of the host wait, at least."""

    @property
    def more(self) -> bool:
        """Tell whether more wait."""
        return self.left > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Reserved:
    """A stretch of a host's time: begins in `wait_s` seconds, ends at `until` by the database's clock."""

    wait_s: float
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What one worker did in a run: sources observed, requests by stage, notes."""

    observed: int = 0
    requests: Mapping[str, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


class Frontier(Database):
    """The frontier, the hosts' turns and the workers' shares."""

    @retried
    async def fan_out(self, run: Run, *, everything: bool) -> int:
        """Put every cited source that is due into the frontier; return how many wait there."""
        cited = select(t.citation.c.id).where(t.citation.c.source_id == t.source.c.id)
        async with self.write() as conn:
            number = await writing.run_id(conn, run)
            due = select(
                literal(number), t.source.c.id, func.substr(t.source.c.host_key, 1, LONGEST_NAME)
            ).where(cited.exists())
            if not everything:
                due = due.where(await reading.due_by(conn, run.now))
            fill = upsert(t.frontier).from_select(["run_id", "source_id", "host"], due)
            await conn.execute(fill.on_conflict_do_nothing())
            waiting = select(func.count()).select_from(t.frontier).where(t.frontier.c.run_id == number)
            return int((await conn.execute(waiting)).scalar_one())

    @retried
    async def hosts(self, run: Run) -> dict[str, int]:
        """Return how many sources wait at each host, the longest queue first."""
        count = func.count()
        async with self.read() as conn:
            number = await writing.run_id(conn, run)
            waiting = (
                select(t.frontier.c.host, count.label("waiting"))
                .where(t.frontier.c.run_id == number)
                .group_by(t.frontier.c.host)
                .order_by(count.desc(), t.frontier.c.host)
            )
            return {row.host: row.waiting for row in await conn.execute(waiting)}

    @retried
    async def run(self, key: str) -> Run | None:
        """Return a run by its name."""
        async with self.read() as conn:
            row = (await conn.execute(select(t.run).where(t.run.c.key == key))).first()
            return None if row is None else reading.run_of(row)

    @retried
    async def left(self, run: Run) -> int:
        """Return how many sources wait."""
        waiting = (
            select(func.count())
            .select_from(t.frontier)
            .join(t.run, t.run.c.id == t.frontier.c.run_id)
            .where(t.run.c.key == run.id)
        )
        async with self.read() as conn:
            return int((await conn.execute(waiting)).scalar_one())

    @retried
    async def take(self, run: Run, host: str, limit: int) -> Taken:
        """Take up to `limit` sources of a host, the least tried first, and count the try.

        Those that were tried before come alone: one of them may be what ended its workers.
        """
        front = t.frontier
        async with self.write() as conn:
            number = await writing.run_id(conn, run)
            here = (front.c.run_id == number) & (front.c.host == host)
            first = (
                select(front.c.source_id, front.c.tries)
                .where(here)
                .order_by(front.c.tries, front.c.source_id)
                .limit(limit + LOOK_AHEAD)
            )
            chosen = (await conn.execute(first)).all()
            if not chosen:
                return Taken(due=(), tries={})
            fewest = chosen[0].tries
            allowed = limit if fewest == 0 else max(limit // 4, 1) if fewest == 1 else 1
            ids = [row.source_id for row in chosen if row.tries == fewest][:allowed]
            await conn.execute(
                update(front)
                .where(front.c.run_id == number, front.c.source_id.in_(ids))
                .values(tries=front.c.tries + 1)
            )
            due = await reading.read_due(conn, ids)
            found = {one.source.canonical_url for one in due}
            if len(found) < len(ids):  # no longer cited: nobody asks what became of it
                await self._drop_uncited(conn, number, ids)
        return Taken(due=tuple(due), tries=dict.fromkeys(found, fewest), left=len(chosen) - len(ids))

    async def _drop_uncited(self, conn: AsyncConnection, number: int, ids: Sequence[int]) -> None:
        cited = select(t.citation.c.id).where(t.citation.c.source_id == t.frontier.c.source_id)
        await conn.execute(
            delete(t.frontier).where(
                t.frontier.c.run_id == number, t.frontier.c.source_id.in_(ids), ~cited.exists()
            )
        )

    @retried
    async def give_back(self, run: Run, canonical_urls: Sequence[str]) -> None:
        """Put sources back that were taken and could not be asked, as if they had not been taken."""
        names = [rows.name_digest(url) for url in canonical_urls]
        async with self.write() as conn:
            number = await writing.run_id(conn, run)
            sources = select(t.source.c.id).where(t.source.c.digest.in_(names))
            await conn.execute(
                update(t.frontier)
                .where(
                    t.frontier.c.run_id == number,
                    t.frontier.c.source_id.in_(sources),
                    t.frontier.c.tries > 0,
                )
                .values(tries=t.frontier.c.tries - 1)
            )

    @retried
    async def record(
        self, run: Run, results: Sequence[SourceResult], worker: str, note: str | None = None
    ) -> None:
        """Write results, and add those that were written to the worker's share.

        A source that left the frontier was observed by another worker, or its run is over.
        """
        latest = {result.source.canonical_url: result for result in results}
        async with self.write() as conn:
            number = await writing.run_id(conn, run)
            digests = {rows.name_digest(name): name for name in latest}
            ids = await writing.ids_by(conn, t.source, "digest", digests)
            gone = (
                delete(t.frontier)
                .where(t.frontier.c.run_id == number, t.frontier.c.source_id.in_(sorted(ids.values())))
                .returning(t.frontier.c.source_id)
            )
            mine = set((await conn.execute(gone)).scalars())
            kept = {n: latest[digests[digest]] for digest, n in ids.items() if n in mine}
            if not kept:
                return
            await writing.reopen(conn, number)
            await write_results(conn, number, kept)
            await self._add_to_share(conn, number, worker, list(kept.values()), note)

    async def _add_to_share(
        self, conn: AsyncConnection, number: int, worker: str, kept: Sequence[SourceResult], note: str | None
    ) -> None:
        table = t.run_share
        row = (
            await conn.execute(select(table.c.body).where(table.c.run_id == number, table.c.worker == worker))
        ).first()
        before = rows.from_json(Share, row.body) if row is not None else Share()
        asked = before.requests.get("check", 0) + sum(one.observation.requests for one in kept)
        share = Share(
            observed=before.observed + len(kept),
            requests={"check": asked},
            notes=(*before.notes, note) if note else before.notes,
        )
        statement = upsert(table).values(run_id=number, worker=worker, body=rows.to_json(share))
        await conn.execute(
            statement.on_conflict_do_update(
                index_elements=["run_id", "worker"], set_={"body": statement.excluded.body}
            )
        )

    @retried
    async def shares(self, run: Run) -> dict[str, Share]:
        """Return what each worker did in a run."""
        query = (
            select(t.run_share.c.worker, t.run_share.c.body)
            .join(t.run, t.run.c.id == t.run_share.c.run_id)
            .where(t.run.c.key == run.id)
            .order_by(t.run_share.c.worker)
        )
        async with self.read() as conn:
            return {row.worker: rows.from_json(Share, row.body) for row in await conn.execute(query)}

    @retried
    async def reserve(self, host: str, seconds: float, held: datetime | None) -> Reserved:
        """Reserve a host for so long, from when those before are done with it.

        Whoever `held` it until an instant, and nobody came after, goes on at once.
        """
        name = host[:LONGEST_NAME]
        length: Any = cast(timedelta(seconds=seconds), Interval)
        now: Any = func.clock_timestamp()
        taken = t.host_turn.c.next_at
        free: Any = func.greatest(taken, now)
        if held is not None:
            free = case((taken == held, now), else_=free)
        statement = (
            upsert(t.host_turn)
            .values(host=name, next_at=now + length)
            .on_conflict_do_update(index_elements=["host"], set_={"next_at": free + length})
            .returning(
                t.host_turn.c.next_at, func.extract("epoch", t.host_turn.c.next_at - now).label("ends")
            )
        )
        async with self.write() as conn:
            row = (await conn.execute(statement)).one()
        return Reserved(wait_s=max(float(row.ends) - seconds, 0.0), until=row.next_at)

    @retried
    async def release(self, host: str, until: datetime, wait_s: float) -> None:
        """Let others ask a host in `wait_s`, though it was reserved for longer; unless some wait already."""
        table = t.host_turn
        next_at: Any = func.clock_timestamp() + cast(timedelta(seconds=wait_s), Interval)
        async with self.write() as conn:
            await conn.execute(
                update(table)
                .where(table.c.host == host[:LONGEST_NAME], table.c.next_at == until, next_at < until)
                .values(next_at=next_at)
            )

    @retried
    async def clear(self, but: Run | None = None) -> None:
        """Empty the frontier of every run but one, and forget turns that came long ago."""
        async with self.write() as conn:
            others = delete(t.frontier)
            if but is not None:
                others = others.where(t.frontier.c.run_id != await writing.run_id(conn, but))
            await conn.execute(others)
            past: Any = func.clock_timestamp()
            await conn.execute(delete(t.host_turn).where(t.host_turn.c.next_at < past))

    @retried
    async def unfinished(self) -> Run | None:
        """Return the newest run that workers shared and that never ended."""
        left = select(t.frontier.c.source_id).where(t.frontier.c.run_id == t.run.c.id)
        shared = select(t.run_share.c.worker).where(t.run_share.c.run_id == t.run.c.id)
        query = (
            select(t.run)
            .where(~t.run.c.guarded, t.run.c.finished_at.is_(None), left.exists() | shared.exists())
            .order_by(t.run.c.id.desc())
            .limit(1)
        )
        async with self.read() as conn:
            row = (await conn.execute(query)).first()
        return None if row is None else reading.run_of(row)
