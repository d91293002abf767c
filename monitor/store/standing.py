"""What was made of citations and still holds: read by marks of their facts, never by the facts themselves.

A row of a chain is told by its number and by what every extension moves, so that no body need be read.
The citation itself, captures and what archives say of a death may be rewritten in place: the mark is of
their text.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

from sqlalchemy import Table, Text, bindparam, or_, select, type_coerce
from sqlalchemy.ext.asyncio import AsyncConnection

from monitor.model.case import Standing, mark_with
from monitor.model.run import Run
from monitor.model.snapshot import Coverage
from monitor.store import tables as t
from monitor.store.among import among, listed
from monitor.store.bulk import upsert
from monitor.store.chains import newest
from monitor.store.reading import KNOWN, OBSERVATIONS_PER_CASE, Page, by_number, last_confirmed
from monitor.store.writing import Known


@dataclass(slots=True)
class Kept:
    """Of some citations by number: those that stand, and the marks of the others, where there is one."""

    standing: dict[int, Standing] = field(default_factory=dict)
    marks: dict[int, str] = field(default_factory=dict)


_KEPT = ("citation_id", "mark", "judged_at", "until", "outcome", "status", "coverage", "asks", "body")
_STANDING = select(*(t.standing.c[name] for name in _KEPT)).where(
    among(t.standing.c.citation_id, listed("ids", t.standing.c.citation_id)),
    t.standing.c.judged_at <= bindparam("now"),
    or_(t.standing.c.until.is_(None), t.standing.c.until > bindparam("now")),
)
_ROTS = select(t.source.c.id, t.source.c.rot).where(
    among(t.source.c.id, listed("ids", t.source.c.id)), t.source.c.rot.is_not(None)
)
# The instant as the driver has it: it is compared, not counted with.
_TOLD_BY = {
    table: ("owner_id", "id", "last_run_id", type_coerce(table.c.last_seen_at, Text), "times", *more)
    for table, more in ((t.observation, ()), (t.citation_fact, ()), (t.coverage, ("coverage",)))
}
"""What tells a row of a chain from what it was and will be."""


async def read_standing(conn: AsyncConnection, page: Page, run: Run, way: str) -> Kept:
    """Return what still stands of a page's citations for a run that judges in such a way."""
    marks = await _marks(conn, page, way)
    kept = Kept(marks=marks)
    found = (await conn.execute(_STANDING, {"ids": list(marks), "now": run.now})).all()
    others = [row.citation_id for row in found if row.mark != marks[row.citation_id]]
    confirmed = await last_confirmed(conn, page, others) if others else {}
    for row in found:
        number = row.citation_id
        if row.mark in (marks[number], mark_with(marks[number], confirmed.get(number))):
            kept.standing[number] = Standing(
                citation=page.cited[number].key,
                mark=row.mark,
                judged_at=row.judged_at,
                until=row.until,
                outcome=row.outcome,
                status=row.status,
                coverage=row.coverage,
                asks=row.asks,
                body=row.body,
                previous=page.previous.get(number),
            )
    return kept


async def _marks(conn: AsyncConnection, page: Page, way: str) -> dict[int, str]:
    """Return the mark of each citation; none where a run under way has added to what is known of it."""
    ids = list(page.cited)
    seen = await _rows(conn, t.observation, page.sources, page.void, keep=OBSERVATIONS_PER_CASE)
    facts = await _rows(conn, t.citation_fact, ids, page.void)
    answers = await _rows(conn, t.coverage, ids, page.void)
    unknown = [owner for owner, (told, *_) in answers.items() if told[-1] == Coverage.UNKNOWN.value]
    known = await _rows(conn, t.coverage, unknown, page.void, where=KNOWN) if unknown else {}
    rots = await by_number(conn, _ROTS, page.sources)
    marks = {}
    for number, row in page.cited.items():
        source = row.source_id
        told = (seen.get(source), facts.get(number), answers.get(number), known.get(number))
        if page.void and any(one[2] in page.void for some in told for one in some or ()):
            continue
        rot, captures = rots.get(source), page.captures.get(source)
        made_of = repr((way, row.body, told, rot and rot.rot, captures))
        marks[number] = blake2b(made_of.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
    return marks


async def _rows(
    conn: AsyncConnection, table: Table, owners: Sequence[int], void: frozenset[int], **which: Any
) -> dict[int, list[tuple[Any, ...]]]:
    """Return what tells each owner's newest rows from others: (owner, id, last run, when, times, …)."""
    found: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for row in await newest(conn, table, owners, void, columns=_TOLD_BY[table], **which):
        found[row[0]].append(tuple(row))
    return found


async def put_standing(
    conn: AsyncConnection, standing: Sequence[Standing], known: Mapping[str, Known]
) -> None:
    """Keep what was made of some `known` citations in place of what was before."""
    values = [
        {
            "citation_id": known[one.citation][0],
            "mark": one.mark,
            "judged_at": one.judged_at,
            "until": one.until,
            "outcome": one.outcome,
            "status": one.status,
            "coverage": one.coverage,
            "asks": one.asks,
            "body": one.body,
        }
        for one in standing
        if one.citation in known
    ]
    change = [column.name for column in t.standing.c if column.name != "citation_id"]
    await upsert(conn, t.standing, values, keys=["citation_id"], change=change)
