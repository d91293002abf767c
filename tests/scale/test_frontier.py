"""The frontier on a real PostgreSQL: taken, brought back, written once; and how it stands."""

import asyncio
import datetime as dt
import re
from dataclasses import replace

import pytest

from monitor.run.cycle import execute
from monitor.scale.share import engine_of, frontier_of, sharing
from monitor.scale.worker import HostWorker
from monitor.store.frontier import Frontier, Room, Standing
from monitor.store.host_stretches import HostStretches, Release, Wish
from monitor.store.queue_state import queue_state
from monitor.store.sql_store import open_store
from tests.scale.night import Web, folder, opened
from tests.support.stored import NOW, A, cite, extraction, make_run, result

pytestmark = pytest.mark.slow

B, C = "https://example.org/b", "https://example.net/c"
HOST = "example.org"


@pytest.fixture
async def stores(postgres_server):
    """A store with three due sources at two hosts, its frontier, and the run that is under way."""
    store = await open_store(postgres_server(), lambda: NOW)
    frontier, run = Frontier(store.engine), make_run(1)
    await store.begin(run)
    await store.put_documents(run, [extraction(cite(A), cite(B, line=2), cite(C, line=3))])
    yield store, frontier, run
    await store.close()


def names(taken):
    return sorted(one.source.canonical_url for one in taken.due)


async def take(frontier, run, batch=1, **more):
    """Take every host there is, then more of one."""
    return await frontier.change_hosts(run, batch, room=Room(places=10), first=10, **more)


async def test_a_source_is_written_once_and_by_whom_it_was_left_to(stores):
    store, frontier, run = stores
    assert await frontier.fan_out(run, everything=False) == 3
    assert await frontier.fan_out(run, everything=False) == 3
    taken = await take(frontier, run)
    assert list(taken) == [HOST, "example.net"], "the longest queue first"
    first = taken[HOST]
    assert (names(first), first.tries, first.more) == ([A, B], {A: 0, B: 0}, False)
    assert await take(frontier, run, batch=2) == {}, "a host is one batch's at a time"
    second = (await take(frontier, run, more={HOST: 10}))[HOST]
    assert list(second.tries.values()) == [1, 1], "those that were tried come a quarter at a time"
    third = (await take(frontier, run, more={HOST: 10}))[HOST]
    assert list(third.tries.values()) == [2], "one of them ends its workers: from now on they come alone"
    assert third.more
    await frontier.give_back(run, names(second))
    await frontier.record(run, [result(1, url=A)], "one")
    await frontier.record(run, [result(1, url=A), result(1, url=B)], "two", note="B was slow")
    await frontier.record(run, [result(1, url=B)], "two")
    shares = await frontier.shares(run)
    assert {name: (one.observed, one.notes) for name, one in shares.items()} == {
        "one": (1, ()),
        "two": (1, ("B was slow",)),
    }
    assert await frontier.left(run) == 1
    assert await frontier.standing(run) == Standing(observed=2, unasked=True, unheld=False)
    await frontier.put_back(run, 1)
    assert (await frontier.standing(run)).unheld
    assert list(await take(frontier, run, batch=2)) == ["example.net"], "where nothing is left nobody asks"
    assert [len(await store.history(one)) for one in (A, B, C)] == [1, 1, 0]
    assert (await frontier.unfinished()).id == run.id


async def test_few_hosts_are_shared_by_all_workers(stores):
    _, frontier, run = stores
    await frontier.fan_out(run, everything=False)
    room = Room(places=10, workers=2)
    first = await frontier.change_hosts(run, 1, room=room, first=1)
    assert ({host: len(one.due) for host, one in first.items()}, first[HOST].more) == ({HOST: 1}, True)
    assert await frontier.change_hosts(run, 1, room=replace(room, held=1), first=1) == {}
    assert list(await frontier.change_hosts(run, 2, room=room, first=1)) == ["example.net"]
    back = await frontier.change_hosts(run, 1, back=[HOST], room=Room(places=0), first=1)
    assert (back, list(await frontier.change_hosts(run, 2, room=room, first=1))) == ({}, [HOST])


async def test_a_reservation_follows_those_before_and_gives_back_only_what_nobody_waits_for(stores):
    _, frontier, _ = stores
    stretches = HostStretches(frontier.engine)
    own, away = await stretches.reserve([Wish(host=HOST, seconds=10.0), Wish(host="a.example", seconds=1.0)])
    (guest,) = await stretches.reserve([Wish(host=HOST, seconds=1.0)])
    assert (own.wait_s, away.wait_s, 9.0 < guest.wait_s < 10.0) == (0.0, 0.0, True)
    rest = Release(host="a.example", until=away.until, wait_s=0.0)
    await stretches.release([Release(host=HOST, until=own.until, wait_s=0.0), rest])
    (late, free) = await stretches.reserve(
        [Wish(host=HOST, seconds=1.0), Wish(host="a.example", seconds=0.0)]
    )
    assert late.wait_s > 9.0, "a guest waits behind the whole stretch"
    assert free.wait_s == 0.0
    (other,) = await stretches.reserve([Wish(host="example.net", seconds=60.0)])
    (again,) = await stretches.reserve([Wish(host="example.net", seconds=60.0, held=other.until)])
    assert again.wait_s == 0.0
    state = await queue_state(frontier, NOW, 30.0)
    assert (state.resting, sorted(state.waits), state.engine, state.oldest_due) == (
        2, [C.split("/")[2], HOST], False, None,
    )  # fmt: skip


async def test_what_ends_every_worker_is_set_aside_and_a_run_whose_starter_died_goes_on(
    tmp_path, postgres_server
):
    web = Web()
    night = folder(tmp_path, postgres_server(), sources=12, hosts=3, gap_s=0.0, stalled_s=60.0)
    (night / "config.toml").write_text((night / "config.toml").read_text() + "tries = 1\n")

    class DiedError(Exception):
        pass

    async def dies(parts, run, options, learnt):
        frontier = frontier_of(first)
        assert await frontier.fan_out(run, everything=False) == 12
        await frontier.change_hosts(run, 1, room=Room(places=1), first=1)
        raise DiedError

    try:
        async with opened(night, web) as (first, extractions, options):
            with pytest.raises(DiedError):
                await execute(first.parts(), first.new_run(), extractions, options, dies)
        async with (
            opened(night, web) as (session, _, options),
            opened(night, web) as (other, *_),
            sharing(session) as shared,
        ):
            worker = HostWorker(other, engine_of(other), frontier_of(other), "second")
            working = asyncio.create_task(worker.work())
            report = await shared.resume(options)
            worker.stop()
            await working
            state = await queue_state(frontier_of(session), dt.datetime.now(dt.UTC), 30.0)
        assert (state.engine, state.left, state.hosts, state.hosts_held) == (True, 0, 0, 0)
        (note,) = report.run.notes
        said = re.fullmatch(
            r"http://(h\d\.example)(/\d+) was set aside: 1 worker ended while asking it", note
        )
        asked = {(host, path) for host, visits in web.visits.items() for _, path in visits}
        assert len(asked) == 11
        assert said.groups() not in asked
    finally:
        web.close()
