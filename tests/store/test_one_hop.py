"""Rows of any number come whole, or part by part from a statement that stays open no longer than it is read.

What names its rows is carried out at once; the loop is given way to all the same.
"""

import asyncio

import pytest
from sqlalchemy import text

from monitor.store import one_hop
from monitor.store.addresses import database_url
from monitor.store.engine import make_engine
from monitor.store.one_hop import _MANY

NUMBERS = text(
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :last) SELECT i FROM n"
)


@pytest.mark.parametrize("count", [0, 1, _MANY - 1, _MANY, _MANY + 1, 2 * _MANY + 345])
async def test_rows_are_the_same_at_once_and_in_parts(tmp_path, count):
    engine = make_engine(database_url(str(tmp_path / "a.db")))
    async with engine.begin() as connection:
        last = {"last": count}
        query = NUMBERS if count else text("SELECT 1 WHERE :last > 0")
        whole = list((await connection.execute(query, last)).scalars())
        found = await connection.stream_scalars(query, last, execution_options={"yield_per": 700})
        parts = [part async for part in found.partitions(700)]
        assert whole == list(range(1, count + 1)) == [one for part in parts for one in part]
        assert all(len(part) <= 700 for part in parts)
    await engine.dispose()


async def test_who_reads_no_further_leaves_nothing_open(tmp_path):
    engine = make_engine(database_url(str(tmp_path / "a.db")))
    async with engine.begin() as connection:
        found = await connection.stream_scalars(NUMBERS, {"last": 3 * _MANY})
        assert await anext(found) == 1
        await found.close()
        await connection.execute(text("CREATE TABLE a (b)"))
        await connection.execute(text("DROP TABLE a"))  # SQLite refuses it while a statement is under way
    await engine.dispose()


LISTED = "SELECT value FROM json_each(?)"


async def ways_there(connection, monkeypatch, statements):
    """Return how often some statements on listed rows went to the connection's thread."""
    raw = (await connection.get_raw_connection()).driver_connection
    ways, there = [], raw._execute

    def counted(work, *given):
        ways.append(work)
        return there(work, *given)

    with monkeypatch.context() as patch:
        patch.setattr(raw, "_execute", counted)
        for _ in range(statements):
            assert (await connection.exec_driver_sql(LISTED, ("[1, 2]",))).scalars().all() == [1, 2]
    return len(ways)


async def test_statements_on_listed_rows_need_no_thread_until_they_took_a_while(tmp_path, monkeypatch):
    engine = make_engine(database_url(str(tmp_path / "a.db")))
    monkeypatch.setattr(one_hop, "_AT_ONCE_S", 1e9)
    async with engine.begin() as connection:
        assert await ways_there(connection, monkeypatch, 5) == 0
        monkeypatch.setattr(one_hop, "_AT_ONCE_S", 0.0)
        assert await ways_there(connection, monkeypatch, 5) == 5
    await engine.dispose()


async def test_a_connection_whose_work_was_given_up_is_left_to_its_thread(tmp_path, monkeypatch):
    engine = make_engine(database_url(str(tmp_path / "a.db")))
    monkeypatch.setattr(one_hop, "_AT_ONCE_S", 1e9)
    async with engine.connect() as connection:
        raw = (await connection.get_raw_connection()).driver_connection
        begun, goes_on = asyncio.Event(), asyncio.Event()
        loop = asyncio.get_running_loop()

        def slow():
            loop.call_soon_threadsafe(begun.set)
            asyncio.run_coroutine_threadsafe(goes_on.wait(), loop).result()

        task = asyncio.create_task(raw.carry_out(slow))
        await begun.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        after = asyncio.create_task(raw.carry_out(lambda: "in its turn", soon=True))
        await asyncio.sleep(0)
        assert not after.done()
        goes_on.set()
        assert await after == "in its turn"
    await engine.dispose()
