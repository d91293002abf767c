"""A transaction is carried out whole in a thread: the loop goes on, and who is cancelled leaves nothing half done."""

import asyncio
import threading

import pytest
from sqlalchemy import event, text

from monitor.store.addresses import database_url
from monitor.store.engine import make_engine
from monitor.store.threaded import ThreadedEngine

ENDLESS = {
    "sqlite": text("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"),
    "postgresql": text("SELECT pg_sleep(100000)"),
}


@pytest.fixture
async def engine(address):
    """An engine of each kind, with a table of words."""
    made = ThreadedEngine(make_engine(database_url(address)))
    await made.write(lambda conn: conn.execute(text("CREATE TABLE word (word TEXT)")))
    yield made
    await made.dispose()


def say(word):
    return lambda conn: conn.execute(text("INSERT INTO word VALUES (:word)"), {"word": word})


async def said(engine):
    return await engine.read(lambda conn: conn.execute(text("SELECT word FROM word")).scalars().all())


class Held:
    """Work that says when it has begun, and goes on when it is let."""

    def __init__(self, first=lambda _conn: None, then=lambda _conn: None):
        self.begun, self.goes_on, self.ended = threading.Event(), threading.Event(), False
        self._first, self._then = first, then

    def __call__(self, conn):
        self._first(conn)
        self.begun.set()
        self.goes_on.wait()
        try:
            self._then(conn)
        finally:
            self.ended = True

    async def started(self, carry_out):
        task = asyncio.create_task(carry_out(self))
        await asyncio.to_thread(self.begun.wait)
        return task


async def cancelled(task):
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_who_is_cancelled_waits_for_the_thread_and_nothing_is_written(engine):
    held = Held(say("half"), say("whole"))
    task = await held.started(engine.write)
    for _ in range(3):  # however often
        task.cancel()
        await asyncio.sleep(0)
        assert not task.done()
    held.goes_on.set()
    await cancelled(task)
    assert held.ended
    await engine.write(say("later"))
    assert await said(engine) == ["later"]


async def test_a_statement_without_end_ends_with_the_task(engine):
    held = Held(say("half"), lambda conn: conn.execute(ENDLESS[engine.dialect.name]))
    task = await held.started(engine.write)
    held.goes_on.set()
    await asyncio.sleep(0.05)
    task.cancel()
    await cancelled(task)
    assert held.ended
    await engine.write(say("later"))
    assert await said(engine) == ["later"]


async def test_what_is_being_committed_is_carried_out(engine):
    held = Held()

    def commit(_conn):
        held.begun.set()
        held.goes_on.wait()

    event.listen(engine.sync_engine, "commit", commit, once=True)
    task = asyncio.create_task(engine.write(say("committed")))
    await asyncio.to_thread(held.begun.wait)
    task.cancel()
    await asyncio.sleep(0)
    assert not task.done()
    held.goes_on.set()
    await cancelled(task)
    assert await said(engine) == ["committed"]


async def test_writers_of_sqlite_take_turns_and_one_that_is_cancelled_gives_its_turn_up(tmp_path):
    engine = ThreadedEngine(make_engine(database_url(str(tmp_path / "a.db"))))
    await engine.write(lambda conn: conn.execute(text("CREATE TABLE word (word TEXT)")))
    first = Held(say("first"))
    task = await first.started(engine.write)
    second, third = (asyncio.create_task(engine.write(say(word))) for word in ("second", "third"))
    await asyncio.sleep(0)
    second.cancel()
    await cancelled(second)
    assert await said(engine) == []  # readers wait for nobody
    first.goes_on.set()
    await asyncio.gather(task, third)
    assert await said(engine) == ["first", "third"]
    await engine.dispose()


async def test_closing_waits_for_work_under_way_and_leaves_no_thread(address):
    engine = ThreadedEngine(make_engine(database_url(address)))
    await engine.write(lambda conn: conn.execute(text("CREATE TABLE word (word TEXT)")))
    held = Held(say("last"))
    task = await held.started(engine.write)
    closing = asyncio.create_task(engine.dispose())
    await asyncio.sleep(0.05)
    assert not closing.done()
    held.goes_on.set()
    await asyncio.gather(task, closing)
    assert not [one for one in threading.enumerate() if one.name.startswith("monitor-store")]


async def test_a_failure_is_raised_and_nothing_of_it_is_written(engine):
    def fails(conn):
        say("half")(conn)
        raise KeyError("ours")

    with pytest.raises(KeyError, match="ours"):
        await engine.write(fails)
    assert await said(engine) == []
