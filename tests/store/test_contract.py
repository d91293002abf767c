"""What every store keeps, whatever database is below: one suite for SQLite on disk, in memory, PostgreSQL."""

import asyncio
import datetime as dt

import pytest
from sqlalchemy import event

from monitor.model.citation import Citation, Extraction
from monitor.model.finding import AccessDateStatus
from monitor.model.observation import CitationFacts, Evidence, Hop, Outcome
from monitor.model.page import Drift, QuoteMatch, QuoteResult
from monitor.model.run import DocumentSummary, RunTotals
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
from tests.support.stored import (
    NOW,
    SPAN,
    A,
    B,
    cite,
    collect,
    day,
    extraction,
    fill,
    found,
    judged,
    make_run,
    night,
    result,
    seen,
)


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
    await night(store, 0, [replaced(result(0), facts=facts)])
    await store.begin(make_run(1))
    weak, same = await collect(store.cases(make_run(1)))
    assert (weak.confirmed_at, same.confirmed_at) == (None, day(0))


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
    done = replaced(run, finished_at=day(0.1), complete=True)
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
    verified = replaced(pending, state=CaptureState.VERIFIED, updated_at=day(2))
    await store.put_capture(verified)
    assert await store.captures() == (verified, refused)
    assert await store.captures(pending=True) == ()


async def test_the_archive_stage_remembers_pools_and_answers(store):
    assert await store.load_pool("wayback", "cdx") is None
    state = PoolState(
        archive="wayback", pool="cdx", sent=(day(0), day(1)), blocked_until=day(2), trips=1, reason="429"
    )
    await store.save_pool(state)
    await store.save_pool(replaced(state, trips=2))
    assert await store.load_pool("wayback", "cdx") == replaced(state, trips=2)
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


@pytest.mark.parametrize("count", [0, 1, 3, 4, 7])
async def test_numbers_taken_in_parts_leave_none_out(store, monkeypatch, count):
    monkeypatch.setattr("monitor.store.sql_store._NUMBERS", 3)
    await fill(store, *(cite(f"https://example.org/{n}", line=n) for n in range(count)))
    assert [c.citation.line for c in await collect(store.cases())] == list(range(count))
    assert len(await collect(store.due(NOW))) == count


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
    naive = replaced(result(0, url=B), observation=replaced(seen(0, B), observed_at=dt.datetime(2026, 3, 1)))  # noqa: DTZ001 - on purpose
    with pytest.raises(ValueError, match="without a zone"):
        await store.record(make_run(0), [result(0), naive])
    assert await store.history(A) == ()


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
