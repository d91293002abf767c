"""Statements that write documents, results, findings and runs. Each is called inside one transaction."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from operator import itemgetter
from typing import Any

from sqlalchemy import (
    Connection,
    Select,
    Table,
    bindparam,
    case,
    delete,
    func,
    literal_column,
    or_,
    select,
    update,
)

from monitor.model.citation import Citation, with_keys
from monitor.model.finding import Finding
from monitor.model.observation import CitationFacts, Observation, Outcome
from monitor.model.run import DocumentSummary, Run, RunTotals
from monitor.model.snapshot import ArchivedRot, Capture, CoverageResult
from monitor.model.source import Source
from monitor.model.values import replaced
from monitor.store import rows
from monitor.store import tables as t
from monitor.store.among import among, listed
from monitor.store.bulk import carry_out, upsert
from monitor.store.chains import ChainEntry, chunks, extend, newest
from monitor.store.interface import EPOCH
from monitor.store.invalidation import invalidate, invalidate_cited, invalidate_run
from monitor.store.merging import merge_observation

_CITATIONS = 1000
"""Citations of a document written at a time: their rows are held beside them."""


def ids_by(conn: Connection, table: Table, column: str, names: Collection[str]) -> dict[str, int]:
    """Return the id of each row by a unique text column."""
    found: dict[str, int] = {}
    for part in chunks(names):
        known: Any = conn.execute(_by_name(table, column), {"names": part}).all()
        found.update(known)
    return found


@cache
def _by_name(table: Table, column: str) -> Select[Any]:
    key = table.c[column]
    return select(key, table.c.id).where(among(key, listed("names", key)))


def put_run(conn: Connection, run: Run, totals: RunTotals | None = None, *, guarded: bool = False) -> int:
    """Insert or update a run and return its id; `guarded` once the guard has judged it."""
    values: dict[str, Any] = {
        "key": run.id,
        "started_at": run.started_at,
        "judged_at": run.now,
        "finished_at": run.finished_at,
        "complete": run.complete,
        "void": run.void,
        "guarded": guarded,
        "vouched_at": run.vouched_at,
        "body": rows.to_json(run),
    }
    change = [name for name in values if name != "key"]
    if totals is not None:
        values["totals"] = rows.to_json(totals)
        change.append("totals")
    was_void = conn.execute(select(t.run.c.void).where(t.run.c.key == run.id)).scalar()
    upsert(conn, t.run, [values], keys=["key"], change=change)
    number = ids_by(conn, t.run, "key", [run.id])[run.id]
    if was_void is not None and was_void != run.void:
        invalidate_run(conn, number)
    return number


def run_id(conn: Connection, run: Run) -> int:
    """Return a run's id, opening it if nobody has."""
    known = ids_by(conn, t.run, "key", [run.id])
    return known[run.id] if run.id in known else put_run(conn, run)


def reopen(conn: Connection, run: int) -> None:
    """Let a run that writes on after it was judged wait for the guard again."""
    conn.execute(update(t.run).where(t.run.c.id == run, t.run.c.guarded).values(guarded=False))


_RUNS = select(t.run.c.id, t.run.c.key, t.run.c.void, t.run.c.guarded).where(
    or_(t.run.c.key == bindparam("key"), t.run.c.void, ~t.run.c.guarded)
)


def present_run(conn: Connection, run: Run, *, writes_on: bool = False) -> tuple[int, frozenset[int]]:
    """Return a run's id, opening it if nobody has, and the runs that count for nothing while it is judged.

    One that `writes_on` after it was judged waits for the guard again.
    """
    found = conn.execute(_RUNS, {"key": run.id}).all()
    own = next((row for row in found if row.key == run.id), None)
    number = own.id if own is not None else put_run(conn, run)
    if writes_on and own is not None and own.guarded:
        reopen(conn, number)
    return number, frozenset(row.id for row in found if row.void or row.id != number)


def put_sources(conn: Connection, sources: Iterable[Source]) -> dict[str, int]:
    """Insert the sources not yet known, due at once, and return the id of each by canonical URL."""
    by_name = {rows.name_digest(source.canonical_url): source for source in sources}
    # In one order everywhere, so that two nodes never wait for each other's rows in a circle.
    by_name = dict(sorted(by_name.items()))
    ids = ids_by(conn, t.source, "digest", by_name)
    values: list[dict[str, Any]] = [
        {
            "digest": name,
            "canonical_url": s.canonical_url,
            "url": s.url,
            "host_key": s.host_key,
            "next_check_at": EPOCH,
        }
        for name, s in by_name.items()
        if name not in ids
    ]
    if values:
        upsert(conn, t.source, values, keys=["digest"], change=())
        ids |= ids_by(conn, t.source, "digest", [row["digest"] for row in values])
    return {source.canonical_url: ids[name] for name, source in by_name.items()}


def put_document(conn: Connection, summary: DocumentSummary, citations: Sequence[Citation]) -> None:
    """Replace one document's citations by what was read; one that could not be read keeps what it had."""
    name = rows.name_digest(summary.path)
    values = {"digest": name, "path": summary.path, "body": rows.to_json(summary)}
    upsert(conn, t.document, [values], keys=["digest"], change=["body"])
    document = ids_by(conn, t.document, "digest", [name])[name]
    if summary.error is not None:
        _keep_citations(conn, document, summary)
        return
    if any(not citation.key for citation in citations):
        citations = with_keys(citations)
    sources = put_sources(
        conn, [Source(c.canonical_url, c.url) for c in citations if c.url and c.canonical_url]
    )
    held = conn.execute(select(t.citation.c.key).where(t.citation.c.document_id == document)).scalars()
    for gone in chunks(set(held) - {c.key for c in citations}):
        conn.execute(
            delete(t.citation).where(t.citation.c.document_id == document, among(t.citation.c.key, gone))
        )
    for part in chunks(list(enumerate(citations)), _CITATIONS):
        _put_citations(conn, document, sources, part)


_OF_CITATION = ("key", "source_id", "line", "ordinal", "question", "body")
_told = itemgetter(*_OF_CITATION)
_HELD = select(*(t.citation.c[name] for name in _OF_CITATION)).where(
    t.citation.c.document_id == bindparam("document"),
    among(t.citation.c.key, listed("keys", t.citation.c.key)),
)


def _put_citations(
    conn: Connection, document: int, sources: Mapping[str, int], numbered: Sequence[tuple[int, Citation]]
) -> None:
    """Write some citations of a document, each with its place among all of them."""
    given = {"document": document, "keys": [c.key for _, c in numbered]}
    known = {row[0]: tuple(row) for row in conn.execute(_HELD, given).all()}
    read = [
        {
            "key": c.key,
            "document_id": document,
            "source_id": sources.get(c.canonical_url or ""),
            "line": c.line,
            "ordinal": ordinal,
            "question": rows.question_of(c),
            "body": rows.to_json(c),
        }
        for ordinal, c in numbered
    ]
    # Most nights find a document as it was: then nothing is written.
    fresh = [row for row in read if known.get(row["key"]) != _told(row)] if known else read
    change = [name for name in read[0] if name != "key"]
    upsert(conn, t.citation, fresh, keys=["key"], change=change)
    invalidate_cited(conn, known.keys() & {row["key"] for row in fresh})
    asked = {key: row[_OF_CITATION.index("question")] for key, row in known.items()}
    changed = {row["source_id"] for row in fresh if asked.get(row["key"]) != row["question"]} - {None}
    for part in chunks(changed):
        # A citation that is new or asks something else wants an answer now, not when its source is due.
        conn.execute(
            update(t.source)
            .where(
                among(t.source.c.id, part),
                or_(t.source.c.next_check_at != EPOCH, t.source.c.scheduled_run_id.is_not(None)),
            )
            .values(next_check_at=EPOCH, scheduled_run_id=None)
        )


def _keep_citations(conn: Connection, document: int, summary: DocumentSummary) -> None:
    """Let a document that could not be read keep, and count, the citations it had."""
    here = select(func.count()).select_from(t.citation).where(t.citation.c.document_id == document)
    kept = conn.execute(here).scalar_one()
    body = rows.to_json(replaced(summary, citations=kept))
    conn.execute(update(t.document).where(t.document.c.id == document).values(body=body))


def forget(conn: Connection, kept: Sequence[str]) -> None:
    """Drop every document whose path is not among `kept`."""
    names = {rows.name_digest(path) for path in kept}
    known = conn.execute(select(t.document.c.id, t.document.c.digest))
    for part in chunks([row.id for row in known if row.digest not in names]):
        conn.execute(delete(t.document).where(among(t.document.c.id, part)))


def _written(value: Any) -> Callable[[str | None, str | None], tuple[str, None]]:
    """Return a merge that keeps the newest value, which is written as JSON only where it is wanted."""
    return lambda _body, _tally: (rows.to_json(value), None)


def observation_link(seen: Observation) -> ChainEntry:
    """Return the link an observation makes in its source's chain."""
    return ChainEntry(
        at=seen.observed_at,
        identity=rows.observation_identity(seen),
        merge=lambda body, tally: merge_observation(seen, body, tally),
        columns={"outcome": seen.outcome.value},
    )


def fact_link(facts: CitationFacts, seen: Observation, question: str) -> ChainEntry:
    """Return the link a probe's facts make in their citation's chain."""
    readable = seen.outcome.readable
    return ChainEntry(
        at=seen.observed_at,
        identity=rows.fact_identity(facts, question, readable=readable),
        merge=_written(facts),
        columns={"question": question, "readable": readable, "confirmed": readable and rows.confirms(facts)},
    )


def coverage_link(result: CoverageResult, at: datetime, question: str) -> ChainEntry:
    """Return the link an archive's answer makes in its citation's chain."""
    return ChainEntry(
        at=result.answered_at or at,
        identity=rows.coverage_identity(result, question),
        merge=_written(result),
        columns={"question": question, "coverage": result.coverage.value},
    )


Known = tuple[int, str, int | None]
"""Of a stored citation: its number, question and source."""

_KNOWN = select(t.citation.c.key, t.citation.c.id, t.citation.c.question, t.citation.c.source_id).where(
    among(t.citation.c.key, listed("keys", t.citation.c.key))
)


def citations_of(conn: Connection, keys: Collection[str]) -> dict[str, Known]:
    """Return what is known of each stored citation by key."""
    found: dict[str, Known] = {}
    for part in chunks(keys):
        known = conn.execute(_KNOWN, {"keys": part}).all()
        found |= {key: (number, question, source) for key, number, question, source in known}
    return found


def put_capture(conn: Connection, source: int, capture: Capture) -> None:
    """Write one line of the capture ledger, by source, archive and the instant of asking."""
    values = {
        "source_id": source,
        "archive": capture.archive,
        "requested_at": capture.requested_at,
        "updated_at": capture.updated_at,
        "state": capture.state.value,
        "body": rows.to_json(capture),
    }
    upsert(
        conn,
        t.capture,
        [values],
        keys=["source_id", "archive", "requested_at"],
        change=["updated_at", "state", "body"],
    )
    invalidate(conn, [source])


def put_rot(conn: Connection, source: int, rot: ArchivedRot) -> None:
    """Keep the newest dated evidence of a death from the archive."""
    conn.execute(update(t.source).where(t.source.c.id == source).values(rot=rows.to_json(rot)))
    invalidate(conn, [source])


_SCHEDULE = (
    update(t.source)
    .where(t.source.c.id == bindparam("source"))
    .values(
        before_next_check_at=case(
            (t.source.c.scheduled_run_id == bindparam("run"), t.source.c.before_next_check_at),
            else_=t.source.c.next_check_at,
        ),
        scheduled_run_id=bindparam("run"),
        next_check_at=bindparam("due_at"),
        revision=t.source.c.revision + literal_column("1"),  # a number would be one more value of each row
    )
)


def schedule(conn: Connection, run: int, due: Mapping[int, datetime]) -> None:
    """Set when sources are due next, keeping what it was before this run; their revision moves on.

    They are taken in order, so that two nodes never wait for each other's rows in a circle.
    """
    rows_ = [{"source": source, "run": run, "due_at": at} for source, at in sorted(due.items())]
    carry_out(conn, _SCHEDULE, rows_)


def put_findings(conn: Connection, run: Run, findings: Sequence[Finding], known: Mapping[str, Known]) -> int:
    """Write the findings on `known` citations that say something new, each beside the outcome judged on.

    Return the run's number. One that says what the last did still stands: nothing is written for it.
    """
    number, void = present_run(conn, run)
    outcomes: dict[int | None, str] = {}
    for part in chunks({source for _, _, source in known.values() if source is not None}):
        outcomes |= newest(conn, t.observation, part, void, columns=("owner_id", "outcome"))
    judged = {known[one.citation][0]: one for one in findings if one.citation in known}
    standing: dict[int, str] = {}
    for part in chunks(judged):
        standing |= newest(conn, t.finding, part, void, columns=("owner_id", "identity"))
    links = {}
    for citation, finding in judged.items():
        outcome = outcomes.get(known[finding.citation][2], Outcome.UNCHECKED.value)
        identity = rows.finding_identity(finding, outcome)
        if standing.get(citation) != identity:
            links[citation] = _finding_link(finding, identity, outcome, run.now)
    extend(conn, t.finding, number, links, void)
    return number


def _finding_link(finding: Finding, identity: str, outcome: str, at: datetime) -> ChainEntry:
    return ChainEntry(
        at=at,
        identity=identity,
        merge=_written(finding),
        columns={
            "rule": finding.rule,
            "rule_version": finding.rule_version,
            "severity": finding.severity.value,
            "status": finding.status.value,
            "outcome": outcome,
        },
    )
