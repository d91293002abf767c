"""Writing what a run learnt of its sources, inside one transaction."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import Connection

from monitor.model.observation import Outcome
from monitor.store import tables as t
from monitor.store import writing
from monitor.store.chains import extend, newest, uncounted
from monitor.store.interface import SourceResult
from monitor.store.invalidation import invalidate


def write_results(
    conn: Connection, number: int, void: Collection[int], by_source: Mapping[int, SourceResult]
) -> None:
    """Write a run's results by the number of their source; the same run's earlier results are replaced.

    `void` are the runs that count for nothing while it is judged. A source that was not probed (`unchecked`)
    adds nothing to a history that has begun.
    """
    idle = [n for n, r in by_source.items() if r.observation.outcome is Outcome.UNCHECKED]
    begun = _observed(conn, idle)
    probed = {n: r for n, r in by_source.items() if n not in begun}
    links = {n: writing.observation_link(r.observation) for n, r in probed.items()}
    extend(conn, t.observation, number, links, void)
    keys = {key for r in by_source.values() for key in (*r.facts, *(r.coverage or {}))}
    known = writing.citations_of(conn, keys)
    facts, coverage = {}, {}
    for source, result in by_source.items():
        for key, fact in result.facts.items():
            if key in known and source in probed:
                facts[known[key][0]] = writing.fact_link(fact, result.observation, known[key][1])
        for key, answer in (result.coverage or {}).items():
            if key in known:
                at = result.observation.observed_at
                coverage[known[key][0]] = writing.coverage_link(answer, at, known[key][1])
        if result.rot is not None:
            writing.put_rot(conn, source, result.rot)
    extend(conn, t.citation_fact, number, facts, void)
    extend(conn, t.coverage, number, coverage, void)
    due = {n: r.next_check_at for n, r in by_source.items() if r.next_check_at is not None}
    writing.schedule(conn, number, due)
    told_of = {*links, *(source for _, _, source in known.values())}
    invalidate(conn, told_of - due.keys())  # the revision of those moved on with when they are due


def _observed(conn: Connection, sources: Sequence[int]) -> set[int]:
    """Return which of the sources have a history that counts."""
    if not sources:
        return set()
    void = uncounted(conn)
    return {row.owner_id for row in newest(conn, t.observation, sources, void, columns=("owner_id",))}
