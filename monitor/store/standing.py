"""What was made of citations and still holds: read by marks of their facts, never by the facts themselves.

A row of a chain is told by its number and by what every extension moves, so that no body need be read.
The citation itself, captures and what archives say of a death may be rewritten in place: the mark is of
their text.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

from sqlalchemy import Text, select, type_coerce
from sqlalchemy.ext.asyncio import AsyncConnection

from monitor.model.case import Standing
from monitor.model.run import Run
from monitor.model.snapshot import Coverage
from monitor.store import tables as t
from monitor.store.among import among
from monitor.store.bulk import upsert
from monitor.store.chains import newest, uncounted
from monitor.store.reading import OBSERVATIONS_PER_CASE, last_confirmed
from monitor.store.writing import citations_of


@dataclass(slots=True)
class Kept:
    """Of some citations by number: those that stand, and the marks of the others, where there is one."""

    standing: dict[int, Standing] = field(default_factory=dict)
    marks: dict[int, str] = field(default_factory=dict)


async def read_standing(
    conn: AsyncConnection, ids: Sequence[int], present: int | None, compared: int | None, run: Run, way: str
) -> Kept:
    """Return what still stands of these citations for a run that judges in such a way."""
    void = await uncounted(conn, present)
    marks = await _marks(conn, ids, present, void, way)
    kept = Kept(marks={number: mark for number, (_, mark) in marks.items()})
    before = {}
    if compared is not None:
        told = newest(t.finding, ids, void, upto=compared, columns=("owner_id", "status", "outcome"))
        said = (await conn.execute(told)).all()  # here and below at once: row by row costs as much again
        before = {number: f"{status}/{outcome}" for number, status, outcome in said}
    table = t.standing
    holds = (table.c.judged_at <= run.now) & (table.c.until.is_(None) | (table.c.until > run.now))
    columns = ("citation_id", "mark", "outcome", "status", "coverage", "asks", "body")
    query = select(*(table.c[name] for name in columns)).where(among(table.c.citation_id, ids), holds)
    for row in (await conn.execute(query)).all():
        number = row.citation_id
        if kept.marks.get(number) == row.mark:
            kept.standing[number] = Standing(
                citation=marks[number][0],
                mark=row.mark,
                judged_at=run.now,
                until=None,
                outcome=row.outcome,
                status=row.status,
                coverage=row.coverage,
                asks=row.asks,
                body=row.body,
                previous=before.get(number),
            )
    return kept


async def _marks(
    conn: AsyncConnection, ids: Sequence[int], present: int | None, void: frozenset[int], way: str
) -> dict[int, tuple[str, str]]:
    """Return key and mark of each citation; none where a run under way has added to what is known of it."""
    cited = t.citation.c
    found = (
        await conn.execute(
            select(cited.id, cited.key, cited.source_id, cited.body).where(among(cited.id, ids))
        )
    ).all()
    sources = sorted({row.source_id for row in found if row.source_id is not None})
    known = t.coverage.c.coverage != Coverage.UNKNOWN.value
    of_source = [await _rows(conn, t.observation, sources, void, keep=OBSERVATIONS_PER_CASE)]
    of_citation = [
        await _rows(conn, t.citation_fact, ids, void),
        await _rows(conn, t.coverage, ids, void),
        await _rows(conn, t.coverage, ids, void, where=known),
    ]
    told: dict[int, list[Any]] = defaultdict(list)
    rot = select(t.source.c.id, t.source.c.rot).where(
        among(t.source.c.id, sources), t.source.c.rot.is_not(None)
    )
    captures = (
        select(t.capture.c.source_id, t.capture.c.body)
        .where(among(t.capture.c.source_id, sources))
        .order_by(t.capture.c.requested_at, t.capture.c.id)
    )
    for query in (rot, captures):
        for number, text in await conn.execute(query):
            told[number].append(text)
    confirmed = await last_confirmed(conn, ids, present, void)
    marks = {}
    for number, key, source, body in found:
        rows = [one.get(source) for one in of_source] + [one.get(number) for one in of_citation]
        if void and any(row[2] in void for some in rows for row in some or ()):
            continue
        made_of = repr((way, body, rows, told.get(source), confirmed.get(number)))
        digest = blake2b(made_of.encode("utf-8", "surrogatepass"), digest_size=16)
        marks[number] = key, digest.hexdigest()
    return marks


async def _rows(
    conn: AsyncConnection, table: Any, owners: Sequence[int], void: frozenset[int], **which: Any
) -> dict[int, list[tuple[Any, ...]]]:
    """Return what tells each owner's newest rows from others: (owner, id, last run, when, times)."""
    found: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    # The instant as the driver has it: it is compared, not counted with.
    when = type_coerce(table.c.last_seen_at, Text)
    query = newest(table, owners, void, columns=("owner_id", "id", "last_run_id", when, "times"), **which)
    for row in (await conn.execute(query)).all():
        found[row[0]].append(tuple(row))
    return found


async def put_standing(conn: AsyncConnection, standing: Sequence[Standing]) -> None:
    """Keep what was made of some citations in place of what was before."""
    known = await citations_of(conn, [one.citation for one in standing])
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
