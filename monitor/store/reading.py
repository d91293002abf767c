"""Statements that read sources, cases and histories, a chunk at a time: never one statement per row."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache
from itertools import groupby
from operator import attrgetter
from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, Connection, Row, Select, case, func, or_, select

from monitor.model.case import Case, StoredFinding, StoredObservation
from monitor.model.citation import Citation
from monitor.model.finding import Finding
from monitor.model.observation import CitationFacts, Observation, Outcome
from monitor.model.run import Run, RunTotals
from monitor.model.site import SCHEME
from monitor.model.snapshot import ArchivedRot, Capture, Coverage, CoverageResult
from monitor.model.source import Source
from monitor.model.values import replaced
from monitor.store import rows
from monitor.store import tables as t
from monitor.store.among import among, listed
from monitor.store.chains import as_counted, last_seen, newest, uncounted
from monitor.store.interface import EPOCH, DueSource
from monitor.store.json_text import loads

CLOCK_AHEAD = timedelta(days=1)
"""A run that began so much later than now ran on a wrong clock."""

OBSERVATIONS_PER_CASE = 120
"""The newest observations of a source that a case carries; each stands for a stretch of equal ones."""


def run_of(row: Row[Any]) -> Run:
    """Return the run a row holds; what may have changed since it was begun stands in columns."""
    run = rows.from_json(Run, row.body)
    return replaced(
        run, finished_at=row.finished_at, complete=row.complete, void=row.void, vouched_at=row.vouched_at
    )


def newest_run(
    conn: Connection,
    *,
    complete: bool = False,
    before: int | None = None,
    finished: bool = True,
    cut_off: bool = False,
) -> Row[Any] | None:
    """Return the newest run's row; with `cut_off`, one judged without an end that saw something will do."""
    query = select(t.run).order_by(t.run.c.id.desc()).limit(1)
    if finished:
        ended = t.run.c.finished_at.is_not(None)
        saw = select(t.observation.c.id).where(t.observation.c.last_run_id == t.run.c.id).exists()
        query = query.where(ended | (t.run.c.guarded & ~t.run.c.void & saw) if cut_off else ended)
    if complete:
        query = query.where(t.run.c.complete, ~t.run.c.void)
    if before is not None:
        query = query.where(t.run.c.id < before)
    return conn.execute(query).first()


def stored_observation(row: Any, run: str, *, void: bool = False) -> StoredObservation:
    """Return the observation a row holds."""
    tally = loads(row.tally) if row.tally else {}
    return StoredObservation(
        observation=rows.from_json(Observation, row.body),
        run=run,
        void=void,
        last_seen_at=row.last_seen_at,
        times=row.times,
        days=tuple(tally.get("days", ())),
        changes=tally.get("changes", 0),
    )


# Statements of every page are built once: SQLAlchemy takes longer to build one than SQLite to carry it out.
_SOURCES = select(
    t.source.c.id, t.source.c.canonical_url, t.source.c.url, t.source.c.next_check_at, t.source.c.rot
).where(among(t.source.c.id, listed("ids", t.source.c.id)))
_RUNS = select(t.run.c.id, t.run.c.key).where(among(t.run.c.id, listed("ids", t.run.c.id)))
_OF_CITATION = (
    t.citation.c.id, t.citation.c.key, t.citation.c.source_id, t.citation.c.question, t.citation.c.body
)  # fmt: skip
_CITATIONS = (
    select(*_OF_CITATION, t.source.c.revision)
    .outerjoin(t.source, t.source.c.id == t.citation.c.source_id)
    .where(among(t.citation.c.id, listed("ids", t.citation.c.id)))
)
_CITING = (
    select(*_OF_CITATION)
    .where(among(t.citation.c.source_id, listed("ids", t.citation.c.source_id)))
    .order_by(t.citation.c.id)
)
_CAPTURES = (
    select(t.capture.c.source_id, t.capture.c.body)
    .where(among(t.capture.c.source_id, listed("ids", t.capture.c.source_id)))
    .order_by(t.capture.c.requested_at, t.capture.c.id)
)
_SEEN = ("id", "owner_id", "run_id", "last_run_id", "last_seen_at", "times", "body", "tally", "before")
_FACT = ("id", "owner_id", "question", "last_run_id", "body", "before")
_READABLE = t.citation_fact.c.readable
KNOWN = t.coverage.c.coverage != Coverage.UNKNOWN.value
"""What an archive answered; a look-up that failed never hides an answer."""


def by_number(conn: Connection, query: Select[Any], ids: Collection[int]) -> dict[int, Any]:
    """Return the rows of these `ids` by their first column."""
    if not ids:
        return {}
    # All at once, here and below: row by row costs as much again.
    return {row[0]: row for row in conn.execute(query, {"ids": list(ids)}).all()}


class _History(Struct, frozen=True):
    """A source's newest observations without void runs, oldest first, and the run of the last one."""

    observations: tuple[StoredObservation, ...] = ()
    last_run_id: int | None = None

    @property
    def readable(self) -> Observation | None:
        """Return the newest observation that read a page."""
        seen = (stored.observation for stored in reversed(self.observations))
        return next((observation for observation in seen if observation.outcome.readable), None)


_NO_HISTORY = _History()


def _histories(conn: Connection, sources: Sequence[int], void: Collection[int]) -> dict[int, _History]:
    rows_of = newest(conn, t.observation, sources, void, keep=OBSERVATIONS_PER_CASE, columns=_SEEN)
    found = [as_counted(row, void) for row in rows_of] if void else rows_of
    names = {number: row.key for number, row in by_number(conn, _RUNS, {r.run_id for r in found}).items()}
    histories = {}
    for source, group in groupby(found, key=attrgetter("owner_id")):
        rows_ = list(group)
        seen = tuple(stored_observation(row, names[row.run_id]) for row in rows_)
        histories[source] = _History(seen, rows_[-1].last_run_id)
    return histories


def uncovered(positive: datetime, negative: datetime) -> Select[int]:
    """Select the numbers of probed sources with a citation whose archive answer is missing or too old.

    A found snapshot counts since `positive`, a `none` since `negative`. First those failing when last
    asked, then the most cited.
    """
    answer, cited, seen = t.coverage, t.citation, t.observation
    told = select(answer.c.id).where(
        answer.c.owner_id == cited.c.id,
        answer.c.question == cited.c.question,
        answer.c.coverage != Coverage.UNKNOWN.value,
        answer.c.last_seen_at >= case((answer.c.coverage == Coverage.NONE.value, negative), else_=positive),
    )
    mine = cited.c.source_id == t.source.c.id
    unanswered = select(cited.c.id).where(mine, ~told.exists())
    last = (
        select(seen.c.outcome).where(seen.c.owner_id == t.source.c.id).order_by(seen.c.id.desc()).limit(1)
    ).scalar_subquery()
    hopeless = [Outcome.MALFORMED.value, Outcome.UNSUPPORTED.value, Outcome.REFUSED.value]
    failing = [outcome.value for outcome in Outcome if outcome.failing]
    count = select(func.count()).select_from(cited).where(mine).scalar_subquery()
    on_the_web = ~t.source.c.url.startswith(SCHEME)
    return (
        select(t.source.c.id)
        .where(unanswered.exists(), last.is_not(None), last.not_in(hopeless), on_the_web)
        .order_by(case((last.in_(failing), 0), else_=1), count.desc(), t.source.c.id)
    )


def due_by(conn: Connection, now: datetime) -> ColumnElement[bool]:
    """Return what makes a source due: its time has come, or a run with its clock ahead set that time."""
    ahead = select(t.run.c.id).where(t.run.c.judged_at > now + CLOCK_AHEAD)
    wrong = conn.execute(ahead).scalars().all()
    due = t.source.c.next_check_at <= now
    return or_(due, t.source.c.scheduled_run_id.in_(wrong)) if wrong else due


def read_due(conn: Connection, ids: Sequence[int]) -> dict[int, DueSource]:
    """Return the cited sources with these ids, in this order, with their citations and what was last read."""
    sources = by_number(conn, _SOURCES, ids)
    cited = conn.execute(_CITING, {"ids": list(ids)}).all()
    void = uncounted(conn)
    histories = _histories(conn, ids, void)
    # Rows are taken apart at once, here and below: a value asked for by name costs as much as ten of them.
    asked = {number: (key, question) for number, key, _, question, _ in cited}
    facts: dict[str, CitationFacts] = {}
    for row in newest(conn, t.citation_fact, sorted(asked), void, where=_READABLE, columns=_FACT):
        _, number, answered, last_run, body, _ = row
        key, question = asked[number]
        if answered == question:
            told = as_counted(row, void).body if last_run in void else body
            facts[key] = rows.from_json(CitationFacts, told)
    citations: dict[int, list[Citation]] = defaultdict(list)
    for _, _, source, _, body in cited:
        citations[source].append(rows.from_json(Citation, body))
    due = {}
    for number in ids:
        if number not in sources or number not in citations:
            continue
        (_, name, url, next_check_at, rot), history = sources[number], histories.get(number, _NO_HISTORY)
        due[number] = DueSource(
            source=Source(name, url),
            citations=tuple(citations[number]),
            previous=history.readable,
            previous_facts={c.key: facts[c.key] for c in citations[number] if c.key in facts},
            observations=_outlined(history.observations),
            rot=rows.from_json(ArchivedRot, rot) if rot else None,
            asks_anew=next_check_at == EPOCH,
        )
    return due


def _outlined(seen: Sequence[StoredObservation]) -> tuple[StoredObservation, ...]:
    """Return observations as thousands of sources that wait for their turn may hold them.

    The newest stays whole; of those before it stays what the link state is judged by.
    """
    earlier, newest_one = seen[:-1], seen[-1:]
    return (
        *(
            replaced(one, observation=replaced(one.observation, attempts=(), hops=(), evidence=(), notes=(),
                                              title=None, published=None, etag=None, last_modified=None))
            for one in earlier
        ),
        *newest_one,
    )  # fmt: skip


class Standpoint(Struct, frozen=True):
    """From where cases are read: the run being judged, and the last complete one before it.

    `newest`: no later run has begun, so what is made of cases now is the last that is made.
    """

    present: int | None = None
    compared: int | None = None
    newest: bool = False

    def previous(self, conn: Connection, ids: Sequence[int], void: frozenset[int]) -> dict[int, str]:
        """Return what the run to compare with said of some citations: "status/outcome"."""
        if self.compared is None:
            return {}
        said = ("owner_id", "status", "outcome")
        found = newest(conn, t.finding, ids, void, upto=self.compared, columns=said)
        return {number: f"{status}/{outcome}" for number, status, outcome in found}


def read_cases(
    conn: Connection, ids: Sequence[int], seen_from: Standpoint, lasting: Collection[int] = ()
) -> dict[int, Case]:
    """Return the cases of citations by id, in this order; what is made of the `lasting` ones may be kept."""
    # First the citations with their revision: whatever is written while the rest is read moves it on.
    found = by_number(conn, _CITATIONS, ids)
    cited = {number: found[number] for number in ids if number in found}
    void = uncounted(conn, seen_from.present)
    numbers = sorted({row.source_id for row in cited.values() if row.source_id is not None})
    sources = by_number(conn, _SOURCES, numbers)
    histories = _histories(conn, numbers, void)
    last = newest(conn, t.citation_fact, ids, void, columns=_FACT)
    facts = {row.owner_id: as_counted(row, void) for row in last}
    coverage = _coverage(conn, cited, void)
    captures = {row.source_id: row.body for row in conn.execute(_CAPTURES, {"ids": numbers})}
    previous = seen_from.previous(conn, ids, void)
    confirmed, now = _confirmations(conn, ids, seen_from.present, void)
    cases = {}
    for number, row in cited.items():
        source, fact = sources.get(row.source_id), facts.get(number)
        captured = captures.get(row.source_id)
        # Facts belong to the newest observation only: a page that is gone today holds no quote today.
        history = histories.get(row.source_id, _NO_HISTORY)
        holds = fact and fact.question == row.question and fact.last_run_id == history.last_run_id
        cases[number] = Case(
            citation=rows.from_json(Citation, row.body),
            source=Source(source.canonical_url, source.url) if source else None,
            observations=history.observations,
            facts=rows.from_json(CitationFacts, fact.body) if fact and holds else None,
            coverage=coverage.get(number),
            rot=rows.from_json(ArchivedRot, source.rot) if source and source.rot else None,
            capture=rows.from_json(Capture, captured) if captured else None,
            confirmed_at=confirmed.get(number),
            next_check_at=source.next_check_at if source else None,
            previous=previous.get(number),
            revision=(row.revision or 0) if number in lasting else None,
            confirmed_now=number in lasting and number in now,
        )
    return cases


def _coverage(conn: Connection, cited: Mapping[int, Any], void: frozenset[int]) -> dict[int, CoverageResult]:
    """Return each citation's newest answer to its present question; "unknown" never hides an answer."""
    answers: dict[int, CoverageResult] = {}
    found = newest(conn, t.coverage, cited.keys(), void, columns=(*_FACT, "coverage"))
    unknown = [row.owner_id for row in found if row.coverage == Coverage.UNKNOWN.value]
    if unknown:
        found = [*found, *newest(conn, t.coverage, unknown, void, where=KNOWN, columns=_FACT)]
    for row in found:
        if row.question == cited[row.owner_id].question:
            answers[row.owner_id] = rows.from_json(CoverageResult, as_counted(row, void).body)
    return answers


def _confirmations(
    conn: Connection, ids: Sequence[int], present: int | None, void: frozenset[int]
) -> tuple[dict[int, datetime], set[int]]:
    """Return when others than the present run last confirmed each citation, and which the present one did."""
    at: dict[int, datetime] = {}
    now: set[int] = set()
    found = conn.execute(_confirmed(bool(void)), {"ids": list(ids), "void": sorted(void)}).all()
    for owner, began, last, seen_at, before in found:
        if last == present:
            now.add(owner)
        if began == present:
            continue
        confirmed_at = last_seen(loads(before)) if last == present or last in void else seen_at
        at[owner] = max(confirmed_at, at.get(owner, confirmed_at))
    return at, now


@cache
def _confirmed(some_void: bool) -> Select[Any]:
    table = t.citation_fact
    query = (
        select(table.c.owner_id, table.c.run_id, table.c.last_run_id, table.c.last_seen_at, table.c.before)
        .join(t.citation, t.citation.c.id == table.c.owner_id)
        .where(
            among(table.c.owner_id, listed("ids", table.c.owner_id)),
            table.c.confirmed,
            table.c.question == t.citation.c.question,
        )
    )
    return query.where(~among(table.c.run_id, listed("void", table.c.run_id))) if some_void else query


def read_history(conn: Connection, canonical_url: str) -> list[StoredObservation]:
    """Return every stored observation of a source, oldest first, marked where its run counts for nothing."""
    query = (
        select(t.observation, t.run.c.key, (t.run.c.void | ~t.run.c.guarded).label("void"))
        .join(t.source, t.source.c.id == t.observation.c.owner_id)
        .join(t.run, t.run.c.id == t.observation.c.run_id)
        .where(t.source.c.digest == rows.name_digest(canonical_url))
        .order_by(t.observation.c.id)
    )
    void = uncounted(conn)
    found = conn.execute(query)
    return [stored_observation(as_counted(row, void), row.key, void=row.void) for row in found]


def read_verdicts(conn: Connection, canonical_url: str) -> list[StoredFinding]:
    """Return every stored finding on a source's citations, by citation, oldest first."""
    query = (
        select(t.finding, t.run.c.key)
        .join(t.run, t.run.c.id == t.finding.c.run_id)
        .join(t.citation, t.citation.c.id == t.finding.c.owner_id)
        .join(t.source, t.source.c.id == t.citation.c.source_id)
        .where(t.source.c.digest == rows.name_digest(canonical_url))
        .order_by(t.finding.c.owner_id, t.finding.c.id)
    )
    return [
        StoredFinding(
            finding=rows.from_json(Finding, row.body),
            outcome=row.outcome,
            run=row.key,
            since=row.since,
        )
        for row in conn.execute(query)
    ]


def read_trend(conn: Connection, limit: int) -> list[RunTotals]:
    """Return the counts of the last runs that have any, oldest first."""
    query = (
        select(t.run.c.totals)
        .where(t.run.c.totals.is_not(None), t.run.c.finished_at.is_not(None))
        .order_by(t.run.c.id.desc())
        .limit(limit)
    )
    return [rows.from_json(RunTotals, row.totals) for row in reversed(conn.execute(query).all())]
