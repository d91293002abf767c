"""What was made of citations falls with what it was made of: in the transaction that writes the facts.

Every statement that changes what a case is read from calls this beside it. The source's revision moves on:
what was made of an earlier one stands no longer, nor does what somebody is making of it just now. It is not
deleted, for it is large and is written over soon. `tests/store/test_writers.py` names all that write, and
`test_standing.py` tries them.
"""

from collections.abc import Iterable

from sqlalchemy import Connection, delete, or_, select, update

from monitor.store import tables as t
from monitor.store.among import among, listed

_NAMED = among(t.citation.c.key, listed("keys", t.citation.c.key))
_MOVED_ON = update(t.source).values(revision=t.source.c.revision + 1)
_MOVED_ON_OF = _MOVED_ON.where(among(t.source.c.id, listed("sources", t.source.c.id)))
_MOVED_ON_NAMED = _MOVED_ON.where(t.source.c.id.in_(select(t.citation.c.source_id).where(_NAMED)))
_FALLEN_NAMED = delete(t.standing).where(t.standing.c.citation_id.in_(select(t.citation.c.id).where(_NAMED)))


def invalidate(conn: Connection, sources: Iterable[int | None]) -> None:
    """Let fall what was made of all citations of some sources."""
    given = {"sources": sorted({source for source in sources if source is not None})}
    if given["sources"]:
        conn.execute(_MOVED_ON_OF, given)


def invalidate_cited(conn: Connection, keys: Iterable[str]) -> None:
    """Let fall what was made of citations that changed: they may have no source, or another than before."""
    given = {"keys": sorted(keys)}
    if given["keys"]:
        conn.execute(_MOVED_ON_NAMED, given)
        conn.execute(_FALLEN_NAMED, given)


def invalidate_run(conn: Connection, run: int) -> None:
    """Let fall what was made of whatever a run wrote, now that it counts for nothing, or counts again."""
    for table in t.CHAINS:
        owner = t.citation.c.source_id if table is t.observation else t.citation.c.id
        wrote = or_(table.c.run_id == run, table.c.last_run_id == run)
        told_of = (
            select(t.citation.c.id)
            .join(table, table.c.owner_id == owner)
            .where(t.citation.c.id == t.standing.c.citation_id, wrote)
        )
        conn.execute(delete(t.standing).where(told_of.correlate(t.standing).exists()))
