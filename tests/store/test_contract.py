"""What every store keeps, whatever database is below: one suite for SQLite on disk, in memory, PostgreSQL."""

import asyncio
import datetime as dt
import random
from dataclasses import replace

import pytest
from sqlalchemy import event

from monitor.model.citation import AccessDate, Citation, Extraction, with_keys
from monitor.model.document import Span
from monitor.model.finding import AccessDateStatus, Finding, Severity
from monitor.model.observation import CitationFacts, Confidence, Evidence, Hop, Observation, Outcome
from monitor.model.page import Drift, QuoteMatch, QuoteResult
from monitor.model.run import DocumentSummary, Run, RunTotals
from monitor.model.snapshot import (
    ArchivedRot,
    Capture,
    CaptureState,
    Coverage,
    CoverageResult,
    PoolState,
    Snapshot,
)
from monitor.model.source import Source
from monitor.model.values import replaced
from monitor.store.interface import SourceResult
from tests.support.lengths import seeds

NOW = dt.datetime(2026, 3, 1, 3, 0, tzinfo=dt.UTC)
SPAN = Span(start=0, end=4, line=1, column=1, byte_start=0, byte_end=4)
A, B = "https://example.org/a", "https://example.net/b"


def day(n):
    return NOW + dt.timedelta(days=n)


def make_run(n, **more):
    return Run(id=f"run-{n}", started_at=day(n), now=day(n), **more)


def cite(url, line=1, document="list.txt", quote="the mills stood idle", date="2019-05-04"):
    return Citation(
        document=document,
        span=replaced(SPAN, line=line),
        title="Rivers \udcff and mills",
        url=url,
        access_dates=(AccessDate(date=date, text="4 May 2019", span=SPAN),),
        quote=quote,
    )


def extraction(*citations, document="list.txt"):
    summary = DocumentSummary(path=document, format="text", title="A list", citations=len(citations))
    return summary, Extraction(document=document, format="text", citations=with_keys(citations))


def seen(n, url=A, outcome=Outcome.ALIVE, **more):
    more.setdefault("http_status", 200 if outcome is Outcome.ALIVE else 404)
    return Observation(source=url, url=url, observed_at=day(n), outcome=outcome, **more)


def found(key, match=QuoteMatch.FOUND):
    return {key: CitationFacts(citation=key, quote=QuoteResult(match=match, score=100.0))}


def result(
    n, key=None, *, url=A, outcome=Outcome.ALIVE, match=QuoteMatch.FOUND, days=14, coverage=None, **more
):
    return SourceResult(
        source=Source(url, url),
        observation=seen(n, url, outcome, **more),
        facts=found(key, match) if key else {},
        coverage={key: coverage} if coverage else None,
        next_check_at=day(n + days),
    )


async def collect(stream):
    return [item async for item in stream]


async def fill(store, *citations):
    """Put one document into the store and return its citations with their keys."""
    summary, read = extraction(*citations)
    await store.begin(make_run(0))
    await store.put_documents(make_run(0), [(summary, read)])
    return read.citations


async def night(store, n, results, *, findings=(), **state):
    run = make_run(n)
    await store.begin(run)
    await store.record(run, results)
    done = replace(run, finished_at=day(n) + dt.timedelta(hours=1), **({"complete": True} | state))
    await store.record_findings(done, findings)
    await store.finish(done, None)
    return done


async def test_a_new_source_is_due_at_once_and_carries_its_citations(store):
    one, two = await fill(store, cite(A), cite(A, line=9, quote="another line"))
    due = await collect(store.due(NOW))
    assert [(d.source.canonical_url, d.citations, d.previous) for d in due] == [(A, (one, two), None)]


async def test_a_checked_source_is_due_again_when_its_time_comes(store):
    (one,) = await fill(store, cite(A))
    await night(store, 0, [result(0, one.key)])
    assert await collect(store.due(day(13))) == []
    (due,) = await collect(store.due(day(14)))
    assert due.previous == seen(0)
    assert due.previous_facts == found(one.key)
    assert len(await collect(store.due(NOW, everything=True))) == 1
    assert (await store.due_count(day(13)), await store.due_count(day(14))) == (0, 1)
    assert (await store.due_count(NOW, everything=True), await store.due_count(day(14), only=())) == (1, 0)


async def test_what_a_run_on_a_wrong_clock_put_off_is_due_once_the_clock_is_right(store):
    (one,) = await fill(store, cite(A))
    await night(store, 0, [result(0, one.key)])
    await night(store, 400, [result(400, one.key)])
    assert len(await collect(store.due(day(1)))) == 1
    assert await collect(store.due(day(400))) == []


async def test_longest_waiting_come_first(store):
    a, b = await fill(store, cite(A), cite(B, line=2))
    await night(store, 0, [result(0, a.key, days=20), result(0, b.key, url=B, days=10)])
    assert [d.source.canonical_url for d in await collect(store.due(day(30)))] == [B, A]


async def test_results_written_while_sources_stream_do_not_disturb_the_stream(store):
    await fill(store, *(cite(f"https://example.org/{n}", line=n) for n in range(1, 451)))
    run, names = make_run(1), []
    async for due in store.due(NOW, everything=True):
        names.append(due.source.canonical_url)
        await store.record(run, [result(0, url=due.source.canonical_url)]) if len(names) % 40 == 0 else None
    assert len(names) == len(set(names)) == 450


async def test_a_case_returns_every_fact_as_it_was_written(store):
    (one,) = await fill(store, cite(A))
    snapshot = Snapshot(
        archive="wayback", timestamp=day(-2000), url="https://arch/1", original=A, verified=True
    )
    answer = CoverageResult(
        key=one.key, coverage=Coverage.BRACKETED, snapshot=snapshot, evidence=(Evidence("cdx", "3 rows"),),
        answered_at=day(0),
    )  # fmt: skip
    rot = ArchivedRot(last_good=day(-400), first_bad=day(-300), failures=3)
    capture = Capture(
        source=A,
        url=A,
        archive="wayback",
        state=CaptureState.PENDING,
        requested_at=day(0),
        updated_at=day(0),
        job="j1",
    )
    observation = seen(
        0, outcome=Outcome.GONE, hops=(Hop(A, 301, B),), notes=("tls: expired",), evidence=(Evidence("status", "404"),)
    )  # fmt: skip
    run = make_run(0)
    await store.record(run, [SourceResult(
        source=Source(A, A), observation=observation, facts=found(one.key, QuoteMatch.UNKNOWN),
        coverage={one.key: answer}, rot=rot, next_check_at=day(1))])  # fmt: skip
    await store.put_capture(capture)
    (case,) = await collect(store.cases(run))
    assert case.citation == one
    assert case.source == Source(A, A)
    assert [o.observation for o in case.observations] == [observation]
    assert case.observations[0].days == (day(0).date().isoformat(),)
    assert case.facts == found(one.key, QuoteMatch.UNKNOWN)[one.key]
    assert (case.coverage, case.rot, case.capture, case.next_check_at) == (answer, rot, capture, day(1))
    assert (case.confirmed_at, case.previous) == (None, None)


async def test_cases_come_by_document_then_line_and_unlocated_ones_too(store):
    run = make_run(0)
    lost = Citation(document="z.txt", span=SPAN, title="A lost pamphlet", unlocated_reason="no address given")
    await store.put_documents(run, [
        extraction(lost, document="z.txt"),
        extraction(cite(B, line=30, document="b.txt"), cite(A, line=4, document="b.txt"), document="b.txt"),
    ])  # fmt: skip
    cases = await collect(store.cases(run))
    assert [(c.citation.document, c.citation.line) for c in cases] == [
        ("b.txt", 4),
        ("b.txt", 30),
        ("z.txt", 1),
    ]
    assert cases[2].source is None
    assert [d.path for d in await store.documents()] == ["b.txt", "z.txt"]


async def test_nights_that_find_the_same_extend_one_observation(store):
    (one,) = await fill(store, cite(A))
    for n in (0, 20, 40, 60):
        await night(store, n, [result(n, one.key, etag=f'"{n}"')])
    (kept,) = await store.history(A)
    assert (kept.times, kept.observation.observed_at, kept.last_seen_at) == (4, day(0), day(60))
    assert kept.observation.etag == '"60"'


async def test_each_failing_day_is_kept_for_strikes_once(store):
    await fill(store, cite(A))
    for n in (0, 1, 1.2, 4):
        await night(store, n, [result(n, outcome=Outcome.GONE)])
    (kept,) = await store.history(A)
    assert kept.days == tuple(day(n).date().isoformat() for n in (0, 1, 4))


async def test_a_changed_outcome_adds_a_row_and_a_changed_page_is_counted(store):
    await fill(store, cite(A))
    for n, text in enumerate(("x", "x", "y", "y", "z")):
        await night(store, n, [result(n, fingerprint=text)])
    await night(store, 9, [result(9, outcome=Outcome.GONE)])
    alive, gone = await store.history(A)
    assert (alive.changes, alive.times, alive.observation.fingerprint) == (2, 5, "z")
    assert gone.observation.outcome is Outcome.GONE


async def test_a_304_keeps_what_was_known_of_the_page(store):
    await fill(store, cite(A))
    await night(store, 0, [result(0, fingerprint="x", title="Mills", etag='"1"', words=300)])
    await night(store, 9, [result(9, http_status=304, unchanged=True)])
    (kept,) = await store.history(A)
    assert (kept.times, kept.changes) == (2, 0)
    assert (kept.observation.fingerprint, kept.observation.title, kept.observation.etag) == (
        "x",
        "Mills",
        '"1"',
    )


async def test_the_same_run_written_twice_is_written_once(store):
    (one,) = await fill(store, cite(A))
    await night(store, 0, [result(0, one.key)])
    for _ in range(2):
        await night(store, 20, [result(20, one.key)], findings=[judged(one.key)])
    (kept,) = await store.history(A)
    assert (kept.times, kept.last_seen_at) == (2, day(20))


async def test_a_rerun_that_finds_something_else_replaces_what_the_run_found_first(store):
    (one,) = await fill(store, cite(A))
    await night(store, 0, [result(0, one.key)])
    await night(store, 20, [result(20, one.key)])
    await night(store, 20, [result(20, outcome=Outcome.GONE)])
    alive, gone = await store.history(A)
    assert (alive.times, alive.last_seen_at) == (1, day(0))
    assert (gone.times, gone.observation.observed_at) == (1, day(20))


async def test_a_void_run_counts_for_nothing(store):
    (one,) = await fill(store, cite(A))
    await night(store, 0, [result(0, one.key)], findings=[judged(one.key)])
    await night(
        store,
        20,
        [result(20, outcome=Outcome.UNREACHABLE)],
        void=True,
        findings=[judged(one.key, AccessDateStatus.DUE)],
    )
    (case,) = await collect(store.cases(make_run(21)))
    assert [o.observation.outcome for o in case.observations] == [Outcome.ALIVE]
    assert case.next_check_at == day(14)
    assert case.facts == found(one.key)[one.key]
    assert case.previous == "fresh/alive"
    assert [o.void for o in await store.history(A)] == [False, True]
    assert (await store.last_run()).void
    assert (await store.last_run(complete=True)).id == "run-0"


async def test_a_void_run_takes_back_what_it_added_to_an_earlier_row(store):
    await fill(store, cite(A))
    await night(store, 0, [result(0, outcome=Outcome.UNREACHABLE)])
    await night(store, 3, [result(3, outcome=Outcome.UNREACHABLE)], void=True)
    (kept,) = await store.history(A)
    assert (kept.times, kept.days, kept.last_seen_at) == (1, (day(0).date().isoformat(),), day(0))


async def test_void_outages_do_not_break_a_row_in_two(store):
    await fill(store, cite(A))
    await night(store, 0, [result(0)])
    await night(store, 14, [result(14, outcome=Outcome.UNREACHABLE)], void=True)
    await night(store, 15, [result(15)])
    (case,) = await collect(store.cases())
    assert [(o.times, o.last_seen_at) for o in case.observations] == [(2, day(15))]


async def test_facts_of_a_page_that_no_longer_answers_are_not_shown_as_todays(store):
    (one,) = await fill(store, cite(A))
    await night(store, 0, [result(0, one.key)])
    await night(store, 20, [result(20, outcome=Outcome.GONE)])
    (case,) = await collect(store.cases())
    assert case.facts is None
    (due,) = await collect(store.due(day(90)))
    assert due.previous == seen(0)
    assert due.previous_facts == found(one.key)


async def test_confirmation_is_the_newest_earlier_run_that_found_the_quote(store):
    (one,) = await fill(store, cite(A))
    await night(store, 0, [result(0, one.key)])
    await night(store, 20, [result(20, one.key)])
    run = await night(store, 40, [result(40, one.key)])
    (case,) = await collect(store.cases(run))
    assert case.confirmed_at == day(20)
    await store.begin(make_run(41))
    (case,) = await collect(store.cases(make_run(41)))
    assert case.confirmed_at == day(40)


async def test_only_a_found_quote_or_the_same_page_confirms(store):
    one, two = await fill(store, cite(A), cite(A, line=5, quote=None))
    facts = {
        one.key: CitationFacts(citation=one.key, quote=QuoteResult(match=QuoteMatch.WEAK)),
        two.key: CitationFacts(citation=two.key, quote=QuoteResult(match=QuoteMatch.NONE), drift=Drift.SAME),
    }
    await night(store, 0, [replace(result(0), facts=facts)])
    await store.begin(make_run(1))
    weak, same = await collect(store.cases(make_run(1)))
    assert (weak.confirmed_at, same.confirmed_at) == (None, day(0))


async def test_an_edited_quote_asks_anew(store):
    (one,) = await fill(store, cite(A))
    covered = CoverageResult(key=one.key, coverage=Coverage.NEAR)
    await night(store, 0, [result(0, one.key, coverage=covered)])
    await store.put_documents(make_run(1), [extraction(cite(A, quote="the mills stood silent"))])
    (case,) = await collect(store.cases(make_run(1)))
    assert case.citation.key == one.key
    assert (case.facts, case.coverage, case.confirmed_at) == (None, None, None)
    (due,) = await collect(store.due(day(1)))
    assert (due.previous, due.previous_facts) == (seen(0), {})


async def test_reading_a_document_again_unchanged_makes_nothing_due(store):
    (one,) = await fill(store, cite(A))
    await night(store, 0, [result(0, one.key)])
    await store.put_documents(make_run(1), [extraction(cite(A))])
    assert await collect(store.due(day(1))) == []


async def test_a_moved_line_keeps_the_history(store):
    (one,) = await fill(store, cite(A))
    await night(store, 0, [result(0, one.key)])
    await store.put_documents(make_run(1), [extraction(cite(B, line=1), cite(A, line=77))])
    _, case = await collect(store.cases(make_run(1)))
    assert (case.citation.line, len(case.observations)) == (77, 1)
    assert case.facts == found(one.key)[one.key]


async def test_an_archive_that_could_not_tell_does_not_hide_its_earlier_answer(store):
    (one,) = await fill(store, cite(A))
    near = CoverageResult(key=one.key, coverage=Coverage.NEAR, answered_at=day(0))
    unknown = CoverageResult(key=one.key, coverage=Coverage.UNKNOWN, reason="429", answered_at=day(5))
    none = CoverageResult(key=one.key, coverage=Coverage.NONE, answered_at=day(6))
    for n, answer, shown in ((0, near, near), (5, unknown, near), (6, none, none)):
        await night(store, n, [result(n, one.key, coverage=answer)])
        (case,) = await collect(store.cases())
        assert case.coverage == shown


async def test_an_uncited_source_is_not_due_but_keeps_its_history(store):
    await fill(store, cite(A))
    await night(store, 0, [result(0)])
    await store.put_documents(make_run(1), [extraction()])
    assert await collect(store.due(day(99))) == []
    assert await collect(store.cases()) == []
    assert len(await store.history(A)) == 1


async def test_documents_no_longer_watched_are_forgotten_with_their_citations_only(store):
    run = make_run(0)
    await store.put_documents(
        run, [extraction(cite(A)), extraction(cite(B, document="b.txt"), document="b.txt")]
    )
    await night(store, 0, [result(0)])
    await store.forget_documents(["b.txt"])
    assert [d.path for d in await store.documents()] == ["b.txt"]
    assert [c.citation.url for c in await collect(store.cases())] == [B]
    assert len(await store.history(A)) == 1


async def test_a_document_that_cannot_be_read_keeps_what_it_had(store):
    await fill(store, cite(A), cite(B, line=2))
    unreadable = DocumentSummary(
        path="list.txt", format="text", title=None, citations=0, error="permission denied"
    )
    await store.put_documents(make_run(1), [(unreadable, Extraction(document="list.txt", format="text"))])
    assert len(await collect(store.cases())) == 2
    (summary,) = await store.documents()
    assert (summary.citations, summary.error) == (2, "permission denied")


def judged(key, status=AccessDateStatus.FRESH, reason="quote found today"):
    return Finding(
        citation=key, rule=f"access-date/{status}", severity=Severity.OK, confidence=Confidence.HIGH,
        status=status, reason=reason, remedy="none",
    )  # fmt: skip


async def test_previous_is_the_last_complete_runs_word_only(store):
    (one,) = await fill(store, cite(A))
    await night(store, 0, [result(0, one.key)], findings=[judged(one.key)])
    await night(
        store,
        1,
        [result(1, outcome=Outcome.GONE)],
        findings=[judged(one.key, AccessDateStatus.DUE)],
        complete=False,
    )
    await store.begin(make_run(2))
    (case,) = await collect(store.cases(make_run(2)))
    assert case.previous == "fresh/alive"
    await night(store, 2, [result(2, outcome=Outcome.GONE)], findings=[judged(one.key, AccessDateStatus.DUE)])
    await store.begin(make_run(3))
    (case,) = await collect(store.cases(make_run(3)))
    assert case.previous == "due/gone"


async def test_previous_is_not_the_present_run_even_when_it_is_shown_again(store):
    (one,) = await fill(store, cite(A))
    await night(store, 0, [result(0, one.key)], findings=[judged(one.key)])
    await night(store, 1, [result(1, outcome=Outcome.GONE)], findings=[judged(one.key, AccessDateStatus.DUE)])
    (case,) = await collect(store.cases())
    assert case.previous == "fresh/alive"


async def test_unchecked_tonight_does_not_break_a_history(store):
    await fill(store, cite(A), cite(B, line=2))
    await night(store, 0, [result(0)])
    nothing = {"outcome": Outcome.UNCHECKED, "cause": "budget-spent", "http_status": None}
    await night(store, 1, [result(1, **nothing), result(1, url=B, **nothing)])
    assert [o.observation.outcome for o in await store.history(A)] == [Outcome.ALIVE]
    assert [o.observation.outcome for o in await store.history(B)] == [Outcome.UNCHECKED]


async def test_trend_has_the_counts_of_the_last_runs_oldest_first(store):
    for n in range(4):
        run = make_run(n, finished_at=day(n), complete=True, void=n == 2)
        totals = RunTotals(run=run.id, finished_at=day(n), void=run.void, by_outcome={"alive": n},
                           by_access_date_status={"fresh": n}, by_coverage={})  # fmt: skip
        await store.begin(make_run(n))
        await store.finish(run, totals)
    trend = await store.trend(3)
    assert [(t.run, t.by_outcome, t.void) for t in trend] == [
        ("run-1", {"alive": 1}, False), ("run-2", {"alive": 2}, True), ("run-3", {"alive": 3}, False),
    ]  # fmt: skip


async def test_a_run_reads_back_as_it_was_finished(store):
    run = make_run(0, notes=("budget spent",), requests={"check": 12, "archive": 3})
    await store.begin(run)
    assert await store.last_run() is None
    done = replace(run, finished_at=day(0.1), complete=True)
    await store.finish(done, None)
    assert await store.last_run() == await store.last_run(complete=True) == done


async def test_captures_are_a_ledger_and_the_pending_ones_can_be_followed(store):
    await fill(store, cite(A), cite(B, line=2))
    pending = Capture(
        source=A,
        url=A,
        archive="wayback",
        state=CaptureState.PENDING,
        requested_at=day(0),
        updated_at=day(0),
        job="1",
    )
    refused = Capture(
        source=B,
        url=B,
        archive="wayback",
        state=CaptureState.REFUSED,
        requested_at=day(1),
        updated_at=day(1),
        reason="blocked",
    )
    await store.put_capture(pending)
    await store.put_capture(refused)
    assert await store.captures() == (pending, refused)
    assert await store.captures(pending=True) == (pending,)
    verified = replace(pending, state=CaptureState.VERIFIED, updated_at=day(2))
    await store.put_capture(verified)
    assert await store.captures() == (verified, refused)
    assert await store.captures(pending=True) == ()


async def test_recheck_makes_a_source_due_at_once(store):
    await fill(store, cite(A))
    await night(store, 0, [result(0)])
    assert await store.recheck(A)
    assert not await store.recheck(B)
    assert len(await collect(store.due(day(1)))) == 1


async def test_the_archive_stage_remembers_pools_and_answers(store):
    assert await store.load_pool("wayback", "cdx") is None
    state = PoolState(
        archive="wayback", pool="cdx", sent=(day(0), day(1)), blocked_until=day(2), trips=1, reason="429"
    )
    await store.save_pool(state)
    await store.save_pool(replace(state, trips=2))
    assert await store.load_pool("wayback", "cdx") == replace(state, trips=2)
    assert await store.recall("wayback", "q" * 9000) is None
    await store.remember("wayback", "q" * 9000, '{"rows": []}', day(0))
    await store.remember("wayback", "q" * 9000, '{"rows": [1]}', day(1))
    assert await store.recall("wayback", "q" * 9000) == ('{"rows": [1]}', day(1))


async def test_hostile_text_is_kept_and_returned_exactly(store):
    url = "https://example.org/" + "x" * 9000
    (one,) = await fill(store, replaced(cite(url), title="a\0b\udc80 <script>", quote="“quoted” \U0001f600"))
    await night(store, 0, [result(0, one.key, url=url, title="zero \0 and \ud800 half")])
    (case,) = await collect(store.cases())
    assert case.citation == one
    assert case.observations[0].observation.title == "zero \0 and \ud800 half"


async def test_verdicts_are_a_history_of_their_own(store):
    (one,) = await fill(store, cite(A))
    await night(store, 0, [result(0, one.key)], findings=[judged(one.key)])
    await night(store, 20, [result(20, one.key)], findings=[judged(one.key, reason="found again")])
    await night(
        store, 40, [result(40, outcome=Outcome.GONE)], findings=[judged(one.key, AccessDateStatus.DUE)]
    )
    fresh, due = await store.verdicts(A)
    assert (fresh.finding.status, fresh.since, fresh.run) == ("fresh", day(0), "run-0")
    assert (due.finding.status, due.outcome, due.run) == ("due", "gone", "run-40")
    assert await store.verdicts(B) == ()


async def test_the_cases_of_one_source_can_be_asked_alone(store):
    await fill(store, cite(A), cite(B, line=2), cite(A, line=3))
    assert [c.citation.line for c in await collect(store.cases(source=A))] == [1, 3]


async def test_a_document_read_again_as_it_was_writes_no_citation(store):
    await fill(store, cite(A), cite(B, line=2))
    written = []
    event.listen(
        store.engine.sync_engine,
        "before_cursor_execute",
        lambda _conn, _cursor, statement, *_: written.append(statement),
    )
    await store.put_documents(make_run(1), [extraction(cite(A), cite(B, line=2))])
    assert [s for s in written if "INTO citation" in s] == []
    await store.put_documents(make_run(2), [extraction(cite(A), cite(B, line=5))])
    assert len([s for s in written if "INTO citation" in s]) == 1


async def test_parallel_batches_and_readers_do_not_disturb_each_other(store):
    await fill(store, *(cite(f"https://example.org/{n}", line=n) for n in range(1, 41)))
    run = make_run(1)

    async def write(first):
        await store.record(run, [result(1, url=f"https://example.org/{n}") for n in range(first, first + 10)])
        await store.save_pool(PoolState(archive="wayback", pool="cdx", trips=first))

    await asyncio.gather(
        *(write(first) for first in (1, 11, 21, 31)), collect(store.cases(run)), collect(store.due(NOW))
    )
    cases = await collect(store.cases(run))
    assert [len(c.observations) for c in cases] == [1] * 40


async def test_a_batch_that_fails_writes_nothing(store):
    await fill(store, cite(A), cite(B, line=2))
    naive = replace(result(0, url=B), observation=replaced(seen(0, B), observed_at=dt.datetime(2026, 3, 1)))  # noqa: DTZ001 - on purpose
    with pytest.raises(ValueError, match="without a zone"):
        await store.record(make_run(0), [result(0), naive])
    assert await store.history(A) == ()


async def test_a_void_run_judged_before_it_is_finished_already_counts_for_nothing(store):
    await fill(store, cite(A))
    await night(store, 0, [result(0)])
    run = make_run(20)
    await store.begin(run)
    await store.record(run, [result(20)])
    void = replace(run, void=True, void_reason="no network")
    await store.settle(void)
    (case,) = await collect(store.cases(void))
    assert [o.last_seen_at for o in case.observations] == [day(0)]
    assert case.next_check_at == day(14)


async def test_a_void_run_that_wrote_twice_gives_back_the_due_date_before_it(store):
    await fill(store, cite(A))
    await night(store, 0, [result(0)])
    run = make_run(20)
    await store.begin(run)
    await store.record(run, [result(20, days=3)])
    await store.record(run, [result(20, days=5)])
    await store.finish(replace(run, void=True, finished_at=day(20)), None)
    (case,) = await collect(store.cases())
    assert case.next_check_at == day(14)


async def test_due_sources_carry_their_history_for_timing(store):
    await fill(store, cite(A))
    await night(store, 0, [result(0)])
    await night(store, 14, [result(14, outcome=Outcome.GONE, days=1)])
    await night(store, 15, [result(15, outcome=Outcome.BLOCKED, days=1)], void=True)
    (due,) = await collect(store.due(day(16)))
    assert [o.observation.outcome for o in due.observations] == [Outcome.ALIVE, Outcome.GONE]


async def test_the_text_of_an_error_page_is_no_content_that_changes(store):
    await fill(store, cite(A))
    for n, text in enumerate(("x", "y", "z")):
        await night(store, n, [result(n, outcome=Outcome.SOFT_404, fingerprint=text)])
    (kept,) = await store.history(A)
    assert (kept.times, kept.changes) == (3, 0)


async def test_a_run_set_in_the_past_does_not_turn_time_back(store):
    await fill(store, cite(A))
    await night(store, 9, [result(9)])
    await night(store, 4, [result(4)])
    (kept,) = await store.history(A)
    assert (kept.times, kept.last_seen_at) == (2, day(9))


async def test_a_void_runs_findings_are_not_kept(store):
    (one,) = await fill(store, cite(A))
    await night(store, 0, [result(0, one.key)], findings=[judged(one.key)])
    await night(store, 20, [], findings=[judged(one.key, AccessDateStatus.DUE)], void=True)
    assert [v.finding.status for v in await store.verdicts(A)] == ["fresh"]


async def test_a_new_note_is_a_change_worth_a_row(store):
    await fill(store, cite(A))
    await night(store, 0, [result(0)])
    await night(store, 14, [result(14, notes=("tls: expired",))])
    assert [o.observation.notes for o in await store.history(A)] == [(), ("tls: expired",)]


async def test_nothing_of_a_forgotten_citation_passes_to_the_next_one(store):
    (one,) = await fill(store, cite(A))
    near = CoverageResult(key=one.key, coverage=Coverage.NEAR)
    await night(store, 0, [result(0, one.key, coverage=near)], findings=[judged(one.key)])
    await store.forget_documents([])
    await store.put_documents(make_run(1), [extraction(cite(A))])
    await store.begin(make_run(1))
    (case,) = await collect(store.cases(make_run(1)))
    assert (case.facts, case.coverage, case.previous, case.confirmed_at) == (None, None, None, None)
    assert len(case.observations) == 1


async def test_a_night_that_finds_what_the_last_found_writes_no_body_and_no_finding_anew(store):
    (one,) = await fill(store, cite(A))
    await night(store, 0, [result(0, one.key, fingerprint="x")], findings=[judged(one.key)])
    written = []
    listened = store.engine.sync_engine
    note = lambda *words: written.append(words[2])  # noqa: E731
    event.listen(listened, "before_cursor_execute", note)
    await night(store, 1, [result(1, one.key, fingerprint="x")], findings=[judged(one.key)])
    event.remove(listened, "before_cursor_execute", note)
    updates = [text for text in written if text.startswith(("UPDATE", "INSERT", "DELETE"))]
    assert not [text for text in updates if "finding" in text]
    assert not [text for text in updates if text.startswith("UPDATE observation") and "body=" in text]


@pytest.mark.parametrize("seed", seeds(4, 12))
async def test_a_void_run_takes_back_exactly_what_it_added(store, seed):
    """Histories with and without a void night in between tell the same, whatever that night changed."""
    chance = random.Random(seed)
    (one, two) = await fill(store, cite(A), cite(B, line=2))

    def something(n, url, key):
        more = {"fingerprint": chance.choice("xy"), "title": chance.choice(["A", "B", None])}
        if chance.random() < 0.3:
            return result(n, url=url, outcome=Outcome.UNREACHABLE, http_status=None, days=1)
        return result(n, key, url=url, match=chance.choice(list(QuoteMatch)), **more)

    async def told():
        cases = store.cases(make_run(999))
        return [replace(case, next_check_at=None) async for case in cases], await store.history(A)

    for n in range(0, 40, 10):
        await night(store, n, [something(n, A, one.key), something(n, B, two.key)])
        before = await told()
        await night(store, n + 5, [something(n + 5, A, one.key)], void=True)
        cases, rows_ = await told()
        assert cases == before[0]
        assert [row for row in rows_ if not row.void] == [row for row in before[1] if not row.void]
