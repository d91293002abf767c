"""What a run wrote counts for nothing before the guard has judged it, whoever reads."""

import pytest

from monitor.model.observation import DOUBTFUL, Outcome
from monitor.model.page import QuoteMatch
from monitor.model.run import HostNight
from monitor.model.snapshot import ArchiveAnswer, Coverage, CoverageResult
from monitor.store.sql_store import open_store
from tests.support.stored import A, B, cite, collect, day, fill, make_run, night, result

DOWN = {"outcome": Outcome.UNREACHABLE, "http_status": None, "days": 1}


async def cut_off(store, n, results):
    """Write what a run found, and leave it there."""
    run = make_run(n)
    await store.begin(run)
    await store.record(run, results)
    return run


async def outcomes(store, url=A):
    (case,) = [c async for c in store.cases(source=url)]
    return [(o.observation.outcome, o.last_seen_at, o.times) for o in case.observations]


async def test_what_a_run_began_and_what_it_added_count_for_nothing_until_it_is_judged(store):
    await fill(store, cite(A), cite(B, line=2))
    await night(store, 0, [result(0), result(0, url=B)])
    run = await cut_off(store, 20, [result(20), result(20, url=B, **DOWN)])
    await store.begin(make_run(21))
    assert await outcomes(store, A) == [(Outcome.ALIVE, day(0), 1)]
    assert await outcomes(store, B) == [(Outcome.ALIVE, day(0), 1)]
    assert [due.observations[-1].last_seen_at async for due in store.due(day(99))] == [day(0), day(0)]
    assert [(o.observation.outcome, o.void) for o in await store.history(B)] == [
        (Outcome.ALIVE, False),
        (Outcome.UNREACHABLE, True),
    ]
    await store.settle(run)
    assert await outcomes(store, A) == [(Outcome.ALIVE, day(20), 2)]
    assert await outcomes(store, B) == [(Outcome.ALIVE, day(0), 1), (Outcome.UNREACHABLE, day(20), 1)]


async def test_a_later_run_adds_to_what_stood_before_an_unjudged_one(store):
    await fill(store, cite(A))
    await night(store, 0, [result(0)])
    await cut_off(store, 20, [result(20)])
    await night(store, 21, [result(21)])
    assert await outcomes(store) == [(Outcome.ALIVE, day(21), 2)]


@pytest.mark.parametrize("void", [False, True])
async def test_what_an_ended_run_says_anew_takes_nothing_from_the_one_under_way(store, void):
    (one,) = await fill(store, cite(A))
    none, near = (
        CoverageResult(key=one.key, coverage=said, answered_at=day(n))
        for n, said in enumerate((Coverage.NONE, Coverage.NEAR))
    )
    await night(store, 0, [result(0, one.key, coverage=none)])
    run = make_run(1, void=void)
    await store.begin(run)
    await store.record(run, [result(1, one.key, coverage=none)])  # as `monitor capture` comes in between
    captured = ArchiveAnswer(source=A, results={one.key: near})
    await store.record_coverage(make_run(0), [captured])
    await store.record_coverage(make_run(0), [captured])
    for _ in range(2):
        assert [case.coverage for case in await collect(store.cases())] == [near]
        await store.settle(run)
    await store.record_coverage(make_run(0), [ArchiveAnswer(source=A, results={one.key: none})])
    assert [case.coverage for case in await collect(store.cases())] == [none]


async def test_an_unjudged_run_confirms_nothing(store):
    (one,) = await fill(store, cite(A))
    await night(store, 0, [result(0, one.key)])
    await cut_off(store, 20, [result(20, one.key)])
    await store.begin(make_run(21))
    (case,) = await collect(store.cases())
    assert case.confirmed_at == day(0)
    assert case.facts.quote.match is QuoteMatch.FOUND


async def test_unfinished_runs_are_known_with_when_the_network_was_last_seen_to_work(store):
    await fill(store, cite(A))
    await night(store, 0, [result(0)])
    run = await cut_off(store, 20, [result(20)])
    await store.vouch(run, day(20))
    (found,) = await store.unfinished()
    assert (found.id, found.vouched_at) == (run.id, day(20))
    await store.settle(found)
    assert await store.unfinished() == ()


async def test_a_run_that_was_cut_off_and_counts_is_the_last_where_it_is_asked_for(store):
    await fill(store, cite(A))
    await night(store, 0, [result(0)], void=True)
    run = await cut_off(store, 20, [result(20)])
    assert (await store.last_run(cut_off=True)).void  # nobody has judged the newer one
    await store.set_aside(run, DOUBTFUL, day(19))
    await store.settle(run)
    await store.settle(await cut_off(store, 21, []))
    assert await store.last_run(cut_off=True) == run
    assert (await store.last_run()).void


async def test_a_run_that_writes_on_after_it_was_judged_waits_again(store):
    await fill(store, cite(A), cite(B, line=2))
    await night(store, 0, [result(0), result(0, url=B)])
    run = await cut_off(store, 20, [result(20)])
    await store.settle(run)
    await store.record(run, [result(20, url=B, **DOWN)])
    await store.begin(make_run(21))
    assert await outcomes(store, B) == [(Outcome.ALIVE, day(0), 1)]


async def test_what_may_have_been_our_own_fault_is_set_aside_and_due_again(store):
    one, two = await fill(store, cite(A), cite(B, line=2))
    await night(store, 0, [result(0, one.key), result(0, two.key, url=B)])
    await night(store, 13, [result(13, url=B, **DOWN)])
    run = await cut_off(
        store, 20, [result(20, one.key, match=QuoteMatch.UNKNOWN, **DOWN), result(20, url=B, **DOWN)]
    )
    await store.set_aside(run, DOUBTFUL, day(20))
    await store.settle(run)
    assert await outcomes(store, A) == [(Outcome.ALIVE, day(0), 1)]
    assert await outcomes(store, B) == [(Outcome.ALIVE, day(0), 1), (Outcome.UNREACHABLE, day(13), 1)]
    assert [o.void for o in await store.history(A)] == [False, True]
    first, second = await collect(store.cases())
    assert (first.next_check_at, second.next_check_at) == (day(14), day(14))
    assert first.facts.quote.match is QuoteMatch.FOUND


async def test_what_was_vouched_for_stands_and_so_does_what_no_network_can_cause(store):
    await fill(store, cite(A), cite(B, line=2))
    await night(store, 0, [result(0), result(0, url=B)])
    run = await cut_off(store, 20, [result(20, **DOWN), result(20, url=B, outcome=Outcome.GONE)])
    await store.set_aside(run, DOUBTFUL, day(21))
    await store.settle(run)
    assert (await outcomes(store, A))[-1][0] is Outcome.UNREACHABLE
    assert (await outcomes(store, B))[-1][0] is Outcome.GONE


async def test_setting_aside_twice_is_harmless(store):
    await fill(store, cite(A))
    await night(store, 0, [result(0)])
    for _ in range(2):
        run = await cut_off(store, 20, [result(20, **DOWN)])
        await store.set_aside(run, DOUBTFUL, None)
        await store.set_aside(run, DOUBTFUL, None)
        await store.settle(run)
    assert await outcomes(store) == [(Outcome.ALIVE, day(0), 1)]


async def test_host_nights_tell_how_hosts_fared_and_how_they_did_before(store):
    urls = [f"https://{host}.example/{page}" for host in ("a", "b") for page in range(2)]
    await fill(store, *(cite(url, line=line) for line, url in enumerate(urls, start=1)))
    await night(store, 0, [result(0, url=urls[0]), result(0, url=urls[1], **DOWN)])
    await night(store, 7, [result(7, url=urls[2], **DOWN)], void=True)
    run = await cut_off(store, 20, [result(20, url=url, **DOWN) for url in urls])
    assert list(await store.host_nights(run)) == [
        HostNight(host="a.example", probes=2, failing=2, working_before=1, known_before=2),
        HostNight(host="b.example", probes=2, failing=2, working_before=0, known_before=0),
    ]
    await store.record(run, [result(20, url=urls[0]), result(20, url=urls[3], outcome=Outcome.MALFORMED)])
    assert [(n.probes, n.failing) for n in await store.host_nights(run)] == [(2, 1), (1, 1)]


async def test_a_run_that_never_ended_is_known_when_the_database_is_opened_again(tmp_path):
    address = f"sqlite:///{tmp_path / 'monitor.db'}"
    store = await open_store(address, lambda: day(0))
    await fill(store, cite(A))
    await night(store, 1, [result(1)])
    await store.close()
    store = await open_store(address, lambda: day(0))
    assert [run.id for run in await store.unfinished()] == ["run-0"]
    assert [o.void for o in await store.history(A)] == [False]
    await store.close()
