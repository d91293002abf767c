"""When a source is asked again, and what whoever asks is told of it."""

from monitor.model.observation import Outcome
from monitor.model.snapshot import (
    Coverage,
    CoverageResult,
)
from tests.support.stored import (
    NOW,
    A,
    B,
    cite,
    collect,
    day,
    extraction,
    fill,
    found,
    make_run,
    night,
    result,
    seen,
)


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


async def test_an_uncited_source_is_not_due_but_keeps_its_history(store):
    await fill(store, cite(A))
    await night(store, 0, [result(0)])
    await store.put_documents(make_run(1), [extraction()])
    assert await collect(store.due(day(99))) == []
    assert await collect(store.cases()) == []
    assert len(await store.history(A)) == 1


async def test_recheck_makes_a_source_due_at_once(store):
    await fill(store, cite(A))
    await night(store, 0, [result(0)])
    assert await store.recheck(A)
    assert not await store.recheck(B)
    assert len(await collect(store.due(day(1)))) == 1


async def test_due_sources_carry_their_history_for_timing(store):
    await fill(store, cite(A))
    await night(store, 0, [result(0)])
    await night(store, 14, [result(14, outcome=Outcome.GONE, days=1)])
    await night(store, 15, [result(15, outcome=Outcome.BLOCKED, days=1)], void=True)
    (due,) = await collect(store.due(day(16)))
    assert [o.observation.outcome for o in due.observations] == [Outcome.ALIVE, Outcome.GONE]
