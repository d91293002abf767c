"""Chains: rows that grow with changes, not with nights (see tables.py)."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from itertools import islice
from types import SimpleNamespace
from typing import Any, TypeVar

from msgspec import Struct, field, structs
from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    Table,
    and_,
    bindparam,
    delete,
    func,
    or_,
    select,
    update,
)

from monitor.errors import StoreError
from monitor.store import tables as t
from monitor.store.among import among, listed
from monitor.store.bulk import add, update_rows
from monitor.store.json_text import damaged, dumps, loads

T = TypeVar("T")

CHUNK = 500
"""Keys per statement: below every driver's limit of bound values."""


def chunks(items: Collection[T], size: int = CHUNK) -> Iterator[list[T]]:
    """Cut a collection into lists of at most `size`."""
    source = iter(items)
    while part := list(islice(source, size)):
        yield part


class ChainEntry(Struct, frozen=True, kw_only=True, gc=False):
    """One entry for a chain: what one run found for one owner.

    `merge` gives the body and the tally, as JSON, from those of the row that is extended, or from None.
    """

    at: datetime
    identity: str
    merge: Callable[[str | None, str | None], tuple[str, str | None]]
    columns: Mapping[str, Any] = field(default_factory=dict)


def uncounted(conn: Connection, present: int | None = None) -> frozenset[int]:
    """Return the runs that count for nothing: void ones, and those the guard has not judged yet.

    `present` is the run being judged: it counts unless it is void.
    """
    judged = t.run.c.guarded if present is None else t.run.c.guarded | (t.run.c.id == present)
    return frozenset(conn.execute(select(t.run.c.id).where(t.run.c.void | ~judged)).scalars())


def newest(
    conn: Connection,
    table: Table,
    owners: Collection[int],
    void: Collection[int],
    *,
    upto: int | None = None,
    where: ColumnElement[bool] | None = None,
    keep: int = 1,
    columns: tuple[str | ColumnElement[Any], ...],
) -> Sequence[Any]:
    """Return the newest `keep` rows of each owner, its oldest first, leaving out what `void` runs began.

    What such a run only added to an earlier row is still in it: read it through `as_counted`. `where` is
    always the same object, for the statement is built once.
    """
    query = newest_query(
        table, columns=columns, where=where, keep=keep, some_void=bool(void), bounded=upto is not None
    )
    given = {"owners": list(owners), "void": sorted(void), "upto": upto}
    found: Sequence[Any] = conn.execute(query, given).all()
    return found


@cache
def newest_query(
    table: Table,
    *,
    columns: tuple[str | ColumnElement[Any], ...],
    where: ColumnElement[bool] | None = None,
    keep: int = 1,
    some_void: bool = False,
    bounded: bool = False,
) -> Select[Any]:
    """Return what `newest` asks with: `owners`, runs that are `void`, the last run `upto`."""
    owner, number = table.c.owner_id, table.c.id
    place = func.row_number().over(partition_by=owner, order_by=number.desc()).label("place")
    # The last of each is found in the index alone; ranking reads every row.
    inner = select(func.max(number)).group_by(owner) if keep == 1 else select(number, place)
    inner = inner.where(among(owner, listed("owners", owner)))
    if some_void:
        inner = inner.where(~among(table.c.run_id, listed("void", table.c.run_id)))
    if bounded:
        inner = inner.where(table.c.run_id <= bindparam("upto"))
    if where is not None:
        inner = inner.where(where)
    wanted = select(*(table.c[one] if isinstance(one, str) else one for one in columns))
    if keep == 1:
        return wanted.where(number.in_(inner))
    ranked = inner.subquery()
    return wanted.join(ranked, and_(ranked.c.id == number, ranked.c.place <= keep)).order_by(owner, number)


def as_counted(row: Row[Any], void: Collection[int]) -> Any:
    """Return a row as it was before a run added to it that counts for nothing (yet)."""
    if row.last_run_id not in void or row.before is None:
        return row
    return SimpleNamespace(**{**row._mapping, **_restored(row)})  # noqa: SLF001 - public in SQLAlchemy


class _Link(Struct, frozen=True, gc=False):
    """What is asked of an owner's newest row: a row of SQLAlchemy's finds a name ten times as slowly."""

    id: int
    owner_id: int
    run_id: int
    last_run_id: int
    last_seen_at: datetime
    times: int
    identity: str
    body: str
    tally: str | None
    before: str | None


_OF_LINK = _Link.__struct_fields__


@cache
def _last_query(table: Table, some_void: bool) -> Select[Any]:
    earlier = table.alias()
    last = select(func.max(earlier.c.id)).where(earlier.c.owner_id == table.c.owner_id)
    if some_void:
        last = last.where(~among(earlier.c.run_id, listed("void", earlier.c.run_id)))
    return select(*(table.c[name] for name in _OF_LINK)).where(
        among(table.c.owner_id, listed("owners", table.c.owner_id)),
        or_(
            table.c.last_run_id == bindparam("present"),
            table.c.run_id == bindparam("present"),
            table.c.id == last.correlate(table).scalar_subquery(),
        ),
    )


def _last(
    conn: Connection, table: Table, run_id: int, owners: Sequence[int], void: Collection[int]
) -> dict[int, _Link]:
    """Return each owner's newest row, once what this run wrote before is taken back."""
    given = {"owners": owners, "void": sorted(void), "present": run_id}
    found: Sequence[Any] = conn.execute(_last_query(table, bool(void)), given).all()
    last = [_Link(*row) for row in found]
    if any(run_id in (row.run_id, row.last_run_id) for row in last):
        take_back(conn, table, run_id, owners)
        _hand_over(conn, table, run_id, owners)
        last = [_Link(*row) for row in newest(conn, table, owners, void, columns=_OF_LINK)]
    return {row.owner_id: _link_as_counted(row, void) for row in last}


def _hand_over(conn: Connection, table: Table, run_id: int, owners: Sequence[int]) -> None:
    """Give what a run began, and others have added to since, to whoever did last: the run says it anew."""
    conn.execute(
        update(table)
        .where(among(table.c.owner_id, owners), table.c.run_id == run_id, table.c.last_run_id != run_id)
        .values(run_id=table.c.last_run_id, since=table.c.last_seen_at, times=1, before=None)
    )


def _link_as_counted(row: _Link, void: Collection[int]) -> _Link:
    if row.last_run_id not in void or row.before is None:
        return row
    return structs.replace(row, **_restored(row))


def extend(
    conn: Connection, table: Table, run_id: int, links: Mapping[int, ChainEntry], void: Collection[int]
) -> None:
    """Write what a run found for each owner: extend the newest row if it says the same, else add one.

    `void` are the runs that count for nothing while this one is judged. Whatever the same run wrote for these
    owners before is replaced.
    """
    for owners in chunks(links):
        last = _last(conn, table, run_id, owners, void)
        fresh, longer = [], []
        for owner in owners:
            link, row = links[owner], last.get(owner)
            if row is not None and row.identity == link.identity:
                longer.append(_extension(link, row, run_id))
            else:
                fresh.append(_addition(link, owner, run_id))
        add(conn, table, fresh)
        update_rows(conn, table, longer)


def _addition(link: ChainEntry, owner: int, run_id: int) -> dict[str, Any]:
    body, tally = link.merge(None, None)
    return {
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


def _extension(link: ChainEntry, row: _Link, run_id: int) -> dict[str, Any]:
    """Return what changes in a row that is extended, and what takes that back; the rest stays unwritten."""
    body, tally = link.merge(row.body, row.tally)
    before: dict[str, Any] = {
        "last_run_id": row.last_run_id,
        "last_seen_at": row.last_seen_at.isoformat(),
        "times": row.times,
    }
    changed: dict[str, Any] = {}
    if tally != row.tally:
        before["tally"] = None if row.tally is None else loads(row.tally)
        changed["tally"] = tally
    if body != row.body:
        old, new = loads(row.body), loads(body)
        before["changed"] = {name: old[name] for name in old if new.get(name) != old[name]}
        before["added"] = [name for name in new if name not in old]
        changed["body"] = body
    return {
        "row_id": row.id,
        "last_run_id": run_id,
        "last_seen_at": max(link.at, row.last_seen_at),
        "times": row.times + 1,
        "before": dumps(before),
        **changed,
    }


def take_back(conn: Connection, table: Table, run_id: int, owners: Sequence[int]) -> None:
    """Take back everything a run wrote for some owners: its extensions and its own rows."""
    touched = select(table.c.id, table.c.run_id).where(
        among(table.c.owner_id, owners), table.c.last_run_id == run_id
    )
    found = conn.execute(touched).all()
    own = [row.id for row in found if row.run_id == run_id]
    if own:
        conn.execute(delete(table).where(among(table.c.id, own)))
    _restore(conn, table, [row.id for row in found if row.run_id != run_id])


def retract(conn: Connection, table: Table, run_id: int) -> None:
    """Take back all of a run's extensions of earlier rows; its own rows stay."""
    extended = select(table.c.id).where(table.c.last_run_id == run_id, table.c.run_id != run_id)
    for part in chunks(conn.execute(extended).scalars().all()):
        _restore(conn, table, part)


def _restore(conn: Connection, table: Table, numbers: Sequence[int]) -> None:
    if numbers:
        found = conn.execute(select(table).where(among(table.c.id, numbers)))
        update_rows(conn, table, [{"row_id": row.id, **_restored(row)} for row in found])


def _restored(row: Any) -> dict[str, Any]:
    """Return what a row said before it was last extended."""
    before = loads(row.before)
    values = {
        "last_run_id": before["last_run_id"],
        "last_seen_at": last_seen(before),
        "times": before["times"],
        "before": None,
    }
    if "tally" in before:
        values["tally"] = None if before["tally"] is None else dumps(before["tally"])
    if "body" in before:  # written by an earlier version: the whole of it
        values["body"] = dumps(before["body"])
    elif "changed" in before:
        kept = {name: value for name, value in loads(row.body).items() if name not in before["added"]}
        values["body"] = dumps(kept | before["changed"])
    return values


def last_seen(before: Any) -> datetime:
    """Return when a row was last seen before it was last extended; StoreError where that cannot be read."""
    try:
        return datetime.fromisoformat(before["last_seen_at"])
    except (ValueError, TypeError, LookupError) as error:
        raise StoreError(damaged("an instant", before)) from error
