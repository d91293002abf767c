"""Chains: rows that grow with changes, not with nights (see tables.py)."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Row, Select, Table, and_, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from monitor.store import tables as t

T = TypeVar("T")

CHUNK = 500
"""Keys per statement: below every driver's limit of bound values."""


def chunks(items: Collection[T], size: int = CHUNK) -> Iterator[list[T]]:
    """Cut a collection into lists of at most `size`."""
    source = iter(items)
    while part := list(islice(source, size)):
        yield part


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One entry for a chain: what one run found for one owner.

    `merge` gives the body and the tally from those of the row that is extended, or from (None, None).
    """

    at: datetime
    identity: str
    merge: Callable[[Any, Any], tuple[Any, Any]]
    columns: Mapping[str, Any] = field(default_factory=dict)


def newest(
    table: Table, owners: Sequence[int], *, upto: int | None = None, where: Any = None, keep: int = 1
) -> Select[Any]:
    """Select the newest `keep` rows of each owner, oldest first, leaving out what void runs wrote."""
    place = func.row_number().over(partition_by=table.c.owner_id, order_by=table.c.id.desc())
    inner = (
        select(table.c.id, place.label("place"))
        .join(t.run, t.run.c.id == table.c.run_id)
        .where(table.c.owner_id.in_(owners), ~t.run.c.void)
    )
    if upto is not None:
        inner = inner.where(table.c.run_id <= upto)
    if where is not None:
        inner = inner.where(where)
    ranked = inner.subquery()
    return (
        select(table)
        .join(ranked, and_(ranked.c.id == table.c.id, ranked.c.place <= keep))
        .order_by(table.c.owner_id, table.c.id)
    )


async def extend(conn: AsyncConnection, table: Table, run_id: int, links: Mapping[int, Link]) -> None:
    """Write what a run found for each owner: extend the newest row if it says the same, else add one.

    Whatever the same run wrote for these owners before is replaced.
    """
    for owners in chunks(links):
        await retract(conn, table, run_id, owners)
        await conn.execute(delete(table).where(table.c.run_id == run_id, table.c.owner_id.in_(owners)))
        last = {row.owner_id: row for row in await conn.execute(newest(table, owners))}
        fresh = []
        for owner in owners:
            link, row = links[owner], last.get(owner)
            if row is not None and row.identity == link.identity:
                body, tally = link.merge(row.body, row.tally)
                await conn.execute(
                    update(table)
                    .where(table.c.id == row.id)
                    .values(
                        last_run_id=run_id,
                        last_seen_at=max(link.at, row.last_seen_at),
                        times=row.times + 1,
                        body=body,
                        tally=tally,
                        before=_state(row),
                        **link.columns,
                    )
                )
                continue
            body, tally = link.merge(None, None)
            fresh.append(
                {
                    "owner_id": owner,
                    "run_id": run_id,
                    "last_run_id": run_id,
                    "since": link.at,
                    "last_seen_at": link.at,
                    "times": 1,
                    "identity": link.identity,
                    "body": body,
                    "tally": tally,
                    **link.columns,
                }
            )
        if fresh:
            await conn.execute(insert(table), fresh)


def _state(row: Row[Any]) -> dict[str, Any]:
    return {
        "last_run_id": row.last_run_id,
        "last_seen_at": row.last_seen_at.isoformat(),
        "times": row.times,
        "body": row.body,
        "tally": row.tally,
    }


async def retract(
    conn: AsyncConnection, table: Table, run_id: int, owners: Sequence[int] | None = None
) -> None:
    """Take back a run's extensions of earlier rows (of some owners, or all)."""
    extended = select(table.c.id, table.c.before).where(
        table.c.last_run_id == run_id, table.c.run_id != run_id, table.c.before.is_not(None)
    )
    if owners is not None:
        extended = extended.where(table.c.owner_id.in_(owners))
    for row in (await conn.execute(extended)).all():
        state = dict(row.before)
        state["last_seen_at"] = datetime.fromisoformat(state["last_seen_at"])
        await conn.execute(update(table).where(table.c.id == row.id).values(**state, before=None))
