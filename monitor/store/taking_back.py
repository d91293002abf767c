"""Statements by which what a run wrote counts for nothing, and what it visited is due again as before."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Connection, Table, delete, select, update

from monitor.model.observation import Outcome
from monitor.store import tables as t
from monitor.store.among import among
from monitor.store.chains import chunks, retract, take_back
from monitor.store.invalidation import invalidate


def set_aside(
    conn: Connection, run: int, aside: int, outcomes: Collection[Outcome], since: datetime | None
) -> None:
    """Move what a run observed of these outcomes, since an instant, to the void run `aside`.

    What it added to earlier rows is taken back, and the sources are due again as they were before.
    """
    table = t.observation
    doubtful = select(table.c.owner_id).where(
        table.c.last_run_id == run, table.c.outcome.in_(sorted(o.value for o in outcomes))
    )
    if since is not None:
        doubtful = doubtful.where(table.c.last_seen_at >= since)
    for part in chunks(conn.execute(doubtful).scalars().all()):
        cited = conn.execute(select(t.citation.c.id).where(among(t.citation.c.source_id, part))).scalars()
        _move(conn, table, run, aside, part)
        for citations in chunks(cited.all()):
            _move(conn, t.citation_fact, run, aside, citations)
        invalidate(conn, part)
        _due_as_before(conn, run, part)


def _move(conn: Connection, table: Table, run: int, aside: int, owners: Sequence[int]) -> None:
    """Give what a run began for some owners to another run, and take back what it added to."""
    owned = among(table.c.owner_id, owners)
    conn.execute(delete(table).where(owned, table.c.run_id == aside))
    conn.execute(update(table).where(owned, table.c.run_id == run).values(run_id=aside, last_run_id=aside))
    take_back(conn, table, run, owners)


def _due_as_before(conn: Connection, run: int, sources: Sequence[int] | None = None) -> None:
    """Make what a run visited, or some of it, due again as it was before the run."""
    visited = t.source.c.scheduled_run_id == run
    if sources is not None:
        visited &= among(t.source.c.id, sources)
    conn.execute(
        update(t.source)
        .where(visited, t.source.c.before_next_check_at.is_not(None))
        .values(
            next_check_at=t.source.c.before_next_check_at, scheduled_run_id=None, before_next_check_at=None
        )
    )


def void(conn: Connection, run: int) -> None:
    """Take back what a void run added to earlier rows, and make what it visited due again as it was."""
    for table in t.CHAINS:
        retract(conn, table, run)
    _due_as_before(conn, run)
