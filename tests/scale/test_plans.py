"""Of many sources, what a night asks for is found by indexes (a million: `python -m tests.bench.store_plans`)."""

import datetime as dt

import pytest
from sqlalchemy import text, update

from monitor.model.case import Standing, body_mark
from monitor.store import tables as t
from monitor.store.frontier import Frontier, Room
from monitor.store.host_stretches import HostStretches, Release, Wish
from monitor.store.sql_store import open_store
from tests.support.plans import Plans, multiply
from tests.support.stored import NOW, A, cite, collect, fill, make_run, result

pytestmark = pytest.mark.slow


def kept(case):
    return Standing(
        citation=case.citation.key, document=case.citation.document, way="as ever", revision=case.revision, mark=body_mark(b""), judged_at=NOW,
        until=None, outcome="alive", status="fresh", coverage="none", asks=False, body=b"",
    )  # fmt: skip


async def test_due_sources_and_hosts_turns_are_found_by_indexes(postgres_server):
    database = postgres_server()
    store = await open_store(database, lambda: NOW)
    (one,) = await fill(store, cite(A))
    await store.record(make_run(0), [result(0, one.key)])
    await store.settle(make_run(0))
    (case,) = await collect(store.changed(make_run(1), "as ever"))
    await store.record_findings(make_run(1), [], [kept(case)])
    for table in ("document", "source", "citation", "observation", "citation_fact", "standing"):
        multiply(database, table, 5000, 1, 50)
    day = dt.timedelta(days=1)
    with store.engine.sync_engine.begin() as connection:
        connection.execute(update(t.source).values(next_check_at=NOW + 400 * day))
        connection.execute(update(t.source).where(t.source.c.id % 500 == 0).values(next_check_at=NOW - day))
        connection.execute(text("ANALYZE"))
    plans, run, frontier = Plans(), make_run(1), Frontier(store.engine)
    await store.begin(run)
    plans.listen(store.engine)
    with plans.of("due"):
        assert len([each async for each in store.due(NOW)]) == 10
    assert await frontier.fan_out(run, everything=True) > 5000
    with store.engine.sync_engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO frontier_host (run_id, host, waiting) "
                "SELECT max(run.id), 'h' || g, 1 FROM run, generate_series(1, 20000) g GROUP BY g"
            )
        )
        connection.execute(text("ANALYZE frontier, frontier_host"))
    stretches = HostStretches(store.engine)
    with plans.of("batch"):
        taken = await frontier.change_hosts(run, 1, room=Room(places=8), first=4)
        held = await stretches.reserve([Wish(host=host, seconds=60.0) for host in taken])
        await frontier.record(run, [result(1, one.key)], "worker")
        await stretches.release(
            [Release(host=host, until=own.until, wait_s=0.0) for host, own in zip(taken, held, strict=True)]
        )
        await frontier.change_hosts(run, 1, back=list(taken), room=Room(places=0), first=4)
        await frontier.standing(run)
    shares = await frontier.shares(run)
    await store.close()
    assert shares["worker"].observed == 1
    assert [len(one.due) for one in taken.values()] == [4] * 8
    assert len(plans.seen) > 20
    assert plans.whole() == []
    assert any("ix_source_next_check_at" in plan for work, _, plan, _ in plans.seen if work == "due")
    assert any("ix_frontier_host" in plan for work, _, plan, _ in plans.seen if work == "batch")
    (taking,) = [plan for _, statement, plan, _ in plans.seen if "SKIP LOCKED" in statement]
    assert "ix_frontier_host_free" in taking
    assert "Sort" not in taking
