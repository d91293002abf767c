"""A run that our own network spoilt counts for nothing: what it wrote is taken back exactly."""

import random

import pytest

from monitor.model.finding import AccessDateStatus
from monitor.model.observation import Outcome
from monitor.model.page import QuoteMatch
from monitor.model.values import replaced
from tests.support.lengths import seeds
from tests.support.stored import A, B, cite, collect, day, fill, found, judged, make_run, night, result


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


async def test_a_void_run_judged_before_it_is_finished_already_counts_for_nothing(store):
    await fill(store, cite(A))
    await night(store, 0, [result(0)])
    run = make_run(20)
    await store.begin(run)
    await store.record(run, [result(20)])
    void = replaced(run, void=True, void_reason="no network")
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
    await store.finish(replaced(run, void=True, finished_at=day(20)), None)
    (case,) = await collect(store.cases())
    assert case.next_check_at == day(14)


async def test_a_void_runs_findings_are_not_kept(store):
    (one,) = await fill(store, cite(A))
    await night(store, 0, [result(0, one.key)], findings=[judged(one.key)])
    await night(store, 20, [], findings=[judged(one.key, AccessDateStatus.DUE)], void=True)
    assert [v.finding.status for v in await store.verdicts(A)] == ["fresh"]


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
        return [replaced(case, next_check_at=None) async for case in cases], await store.history(A)

    for n in range(0, 40, 10):
        await night(store, n, [something(n, A, one.key), something(n, B, two.key)])
        before = await told()
        await night(store, n + 5, [something(n + 5, A, one.key)], void=True)
        cases, rows_ = await told()
        assert cases == before[0]
        assert [row for row in rows_ if not row.void] == [row for row in before[1] if not row.void]
