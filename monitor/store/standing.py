"""What was made of citations and still holds: a row stands while its facts are as they were judged.

Whoever writes facts moves the revision of their source on (`invalidation.py`), so none are read here. The
rest is told by the row: how it was judged, until when it holds, and which run made it. That run was the
newest then, and what a later one wrote since let the row fall: so the citation was last confirmed, and last
judged, when it was for that run.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from hashlib import blake2b

from sqlalchemy import Connection, bindparam, delete, func, or_, select

from monitor.model.case import Standing, StandingGroup
from monitor.model.run import Run
from monitor.store import tables as t
from monitor.store.among import among, listed
from monitor.store.bulk import upsert
from monitor.store.chains import uncounted
from monitor.store.cited import Group
from monitor.store.reading import Standpoint
from monitor.store.writing import Known

_ROW = t.standing.c
_REVISION = func.coalesce(t.source.c.revision, 0)
"""Of a citation's source; nothing but documents is written of one without a source."""
_STANDS = (
    among(_ROW.citation_id, listed("ids", _ROW.citation_id)),
    _ROW.revision == _REVISION,
    _ROW.way == bindparam("way"),
    _ROW.judged_at <= bindparam("now"),
    or_(_ROW.until.is_(None), _ROW.until > bindparam("now")),
)
_STANDING = (
    select(
        _ROW.citation_id, t.citation.c.key, t.document.c.path, _ROW.run_id, _ROW.revision, _ROW.mark,
        _ROW.judged_at, _ROW.until, _ROW.outcome, _ROW.status, _ROW.coverage, _ROW.asks,
        t.standing_body.c.body,
    )
    .join(t.citation, t.citation.c.id == _ROW.citation_id)
    .join(t.document, t.document.c.id == t.citation.c.document_id)
    .join(t.standing_body, t.standing_body.c.citation_id == _ROW.citation_id)
    .outerjoin(t.source, t.source.c.id == t.citation.c.source_id)
    .where(
        *_STANDS,
        or_(bindparam("present", type_=_ROW.run_id.type).is_(None), _ROW.run_id <= bindparam("present")),
    )
)  # fmt: skip
_SETTLED = (
    select(_ROW.citation_id, _ROW.mark, _ROW.outcome, _ROW.status, _ROW.coverage)
    .join(t.citation, t.citation.c.id == _ROW.citation_id)
    .outerjoin(t.source, t.source.c.id == t.citation.c.source_id)
    .where(*_STANDS, _ROW.run_id <= bindparam("compared"))
)
_PATHS = select(t.document.c.id, t.document.c.path).where(
    among(t.document.c.id, listed("ids", t.document.c.id))
)
_FALLEN = delete(t.standing).where(among(_ROW.citation_id, listed("ids", _ROW.citation_id)))
_UNSETTLED = select(t.run.c.id).where(~t.run.c.guarded, ~t.run.c.void)


def unsettled(conn: Connection, ids: Sequence[int], present: int | None) -> set[int]:
    """Return which citations are told of by runs under way, or cut off: nobody knows yet if they will count.

    `present` is the run being judged.
    """
    runs = [one for one in conn.execute(_UNSETTLED).scalars() if one != present]
    found: set[int] = set()
    if not runs:
        return found
    for table in t.CHAINS:
        wrote = or_(among(table.c.run_id, runs), among(table.c.last_run_id, runs))
        owner = t.citation.c.source_id if table is t.observation else t.citation.c.id
        query = select(t.citation.c.id).join(table, table.c.owner_id == owner)
        found.update(conn.execute(query.where(among(t.citation.c.id, ids), wrote)).scalars())
    return found


def read_standing(
    conn: Connection, ids: Sequence[int], seen_from: Standpoint, run: Run, way: str
) -> dict[int, Standing]:
    """Return what still stands of some settled citations, for a run that judges in such a way."""
    given = {"ids": list(ids), "way": _named(way), "now": run.now, "present": seen_from.present}
    found = conn.execute(_STANDING, given).all()
    compared = 0 if seen_from.compared is None else seen_from.compared
    # What stands is what was said last. Only where the run to compare with is older, it may have said else.
    since = [number for number, _, _, judged_by, *_ in found if judged_by > compared]
    before: dict[int, str] = {}
    if since:
        before = seen_from.previous(conn, since, uncounted(conn, seen_from.present))
    kept = {}
    for (
        number,
        key,
        path,
        judged_by,
        revision,
        mark,
        judged_at,
        until,
        outcome,
        status,
        coverage,
        asks,
        body,
    ) in found:
        kept[number] = Standing(
            citation=key,
            document=path,
            way=way,
            revision=revision,
            mark=mark,
            judged_at=judged_at,
            until=until,
            outcome=outcome,
            status=status,
            coverage=coverage,
            asks=asks,
            body=body,
            previous=f"{status}/{outcome}" if judged_by <= compared else before.get(number),
        )
    return kept


def read_groups(
    conn: Connection, part: Sequence[Group], seen_from: Standpoint, run: Run, way: str
) -> dict[int, StandingGroup]:
    """Return those groups, by their place here, of which all still stands, and is what was said before.

    What a run made that is older than the one to compare with, or is that one, was said then already.
    """
    numbers = [number for one in part for number in one.numbers]
    if seen_from.compared is None or unsettled(conn, numbers, seen_from.present):
        return {}
    given = {"ids": numbers, "way": _named(way), "now": run.now, "compared": seen_from.compared}
    found = {row[0]: (row[1], row[2:]) for row in conn.execute(_SETTLED, given).all()}
    paths = {row[0]: row[1] for row in conn.execute(_PATHS, {"ids": sorted({one.document for one in part})})}
    groups = {}
    for at, one in enumerate(part):
        rows = [row for row in map(found.get, one.numbers) if row is not None]
        if len(rows) == len(one.numbers):
            marks, words = zip(*rows, strict=True)
            groups[at] = StandingGroup(paths[one.document], one.place, marks, words)
    return groups


def put_standing(
    conn: Connection,
    run: int,
    standing: Sequence[Standing],
    known: Mapping[str, Known],
) -> None:
    """Keep what a run made of some citations, in place of what was made of them before.

    Of all others `known`, which it judged too, what was made before falls: it is not what was said last.
    """
    values = [
        {
            "citation_id": known[one.citation][0],
            "run_id": run,
            "way": _named(one.way),
            "revision": one.revision,
            "mark": one.mark,
            "judged_at": one.judged_at,
            "until": one.until,
            "outcome": one.outcome,
            "status": one.status,
            "coverage": one.coverage,
            "asks": one.asks,
        }
        for one in standing
        if one.citation in known
    ]
    bodies = [
        {"citation_id": known[one.citation][0], "body": one.body} for one in standing if one.citation in known
    ]
    others = {number for number, _, _ in known.values()} - {row["citation_id"] for row in values}
    if others:
        conn.execute(_FALLEN, {"ids": sorted(others)})
    change = [column.name for column in t.standing.c if column.name != "citation_id"]
    upsert(conn, t.standing, values, keys=["citation_id"], change=change)
    upsert(conn, t.standing_body, bodies, keys=["citation_id"], change=["body"])


@lru_cache(8)
def _named(way: str) -> str:
    """Return a short name of a way of judging, which holds a whole policy."""
    return blake2b(way.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
