"""Copies of a database that are killed, at seeded moments: what is left is refused, and a further call ends it.

A short form; `MONITOR_KILLS=100` kills as often in each direction.
"""

import datetime as dt
import os
import random
import signal
import sqlite3
from contextlib import closing
from functools import partial
from itertools import count

import pytest
from alembic import command
from sqlalchemy import create_engine, event, text
from sqlalchemy.engine import Engine

from monitor.errors import StoreError, UsageError
from monitor.model.citation import Citation, Extraction
from monitor.model.document import Span
from monitor.model.observation import Observation, Outcome
from monitor.model.run import DocumentSummary, Run
from monitor.model.snapshot import PoolState
from monitor.model.source import Source
from monitor.store import copying
from monitor.store.addresses import database_url
from monitor.store.copying import copy_database
from monitor.store.engine import make_engine
from monitor.store.interface import SourceResult
from monitor.store.sql_store import open_store
from monitor.store.upgrade import head, migrations
from tests.support.programs import Program

NOW = dt.datetime(2026, 3, 1, 3, 0, tzinfo=dt.UTC)
KILLS = int(os.environ.get("MONITOR_KILLS", "1"))


async def filled(address, sources=1200):
    """Make a database of so many sources, each seen on two nights, the second of them changed for some."""
    store = await open_store(address, lambda: NOW)
    cited = [
        Citation(
            document="a.md", span=Span(n, n + 9, n + 1, 1, n, n + 9), url=f"https://h{n % 50}.example/{n}",
            title=f"Über {n} \0 \ud800 〈卷〉", key=f"key{n}",
        )
        for n in range(sources)
    ]  # fmt: skip
    summary = DocumentSummary(path="a.md", format="markdown", title=None, citations=len(cited))
    for night in range(2):
        at = NOW + dt.timedelta(days=night)
        run = Run(id=f"run-{night}", started_at=at, now=at, finished_at=at, complete=True)
        await store.begin(run)
        await store.put_documents(
            run, [(summary, Extraction(document="a.md", format="markdown", citations=tuple(cited)))]
        )
        seen = []
        for n in range(sources):
            url = cited[n].url
            outcome = Outcome.GONE if night and n % 3 == 0 else Outcome.ALIVE
            observation = Observation(source=url, url=url, observed_at=at, outcome=outcome, etag=f'"{n}"')
            seen.append(SourceResult(source=Source(url, url), observation=observation, next_check_at=at))
        await store.record(run, seen)
        await store.finish(run, None)
    await store.save_pool(PoolState(archive="wayback", pool="cdx"))
    await store.save_pool(PoolState(archive="Ärchiv", pool="Z"))
    await store.remember("wayback", "what", "said \0 this", NOW)
    await store.close()


async def facts(address):
    """Return what a database says through the store."""
    store = await open_store(address, lambda: NOW)
    cases = [case async for case in store.cases()]
    pools = [await store.load_pool("wayback", "cdx"), await store.load_pool("Ärchiv", "Z")]
    last = await store.last_run(complete=True)
    said = await store.recall("wayback", "what")
    await store.close()
    return cases, pools, last, said


@pytest.mark.slow
async def test_there_and_back_again_nothing_is_different(tmp_path, postgres_server):
    first, middle, last = str(tmp_path / "first.db"), postgres_server(), str(tmp_path / "last.db")
    await filled(first, sources=copying.PART + 7)
    there = copy_database(first, middle)
    back = copy_database(middle, last)
    assert [(c.table, c.rows, c.digest) for c in there] == [(c.table, c.rows, c.digest) for c in back]
    assert {c.table: c.rows for c in there}["source"] == copying.PART + 7
    assert await facts(first) == await facts(middle) == await facts(last)
    # Numbers go on where they were: the next night adds to what was copied.
    for address in (middle, last):
        store = await open_store(address, lambda: NOW)
        url = "https://new.example/"
        seen = Observation(source=url, url=url, observed_at=NOW, outcome=Outcome.ALIVE)
        await store.record(
            Run(id="run-3", started_at=NOW, now=NOW),
            [SourceResult(source=Source(url, url), observation=seen)],
        )
        await store.close()


async def test_a_target_that_holds_something_is_left_alone(tmp_path):
    first, second = str(tmp_path / "first.db"), str(tmp_path / "second.db")
    await filled(first, sources=3)
    await filled(second, sources=2)
    before = await facts(second)
    with pytest.raises(UsageError, match="holds something already"):
        copy_database(first, second)
    with pytest.raises(UsageError, match="the same database"):
        copy_database(first, first)
    with pytest.raises(UsageError, match="monitor db upgrade"):
        copy_database(str(tmp_path / "none.db"), str(tmp_path / "third.db"))
    assert await facts(second) == before


async def test_what_changed_between_two_calls_is_made_equal(tmp_path, monkeypatch):
    first, second = str(tmp_path / "first.db"), str(tmp_path / "second.db")
    await filled(first, sources=20)
    steps = []

    def stop(rows):
        steps.append(rows)
        if len(steps) == 5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        copy_database(first, second, step=stop)
    with pytest.raises(StoreError, match="part of a copy"):
        await open_store(second, lambda: NOW)
    with closing(sqlite3.connect(first)) as connection:
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("DELETE FROM citation WHERE id = 3")
        connection.execute("UPDATE citation SET line = 99 WHERE id = 4")
        connection.commit()
    stages, gone = [], []
    copy_database(first, second, stage=lambda *told: stages.append(told), step=gone.append)
    rows = stages[0][1]
    assert stages == [("copying", rows), ("comparing", rows)]
    assert sum(gone) == 2 * rows > 19
    assert await facts(first) == await facts(second)
    assert len((await facts(second))[0]) == 19


FIRST = "20261121_01"
"""The first released schema."""
OLD_RUN = (
    "INSERT INTO run (key, started_at, judged_at, finished_at, complete, void, body) VALUES "
    "('old', '2026-03-01 03:00:00', '2026-03-01 03:00:00', '2026-03-01 03:10:00', true, false, '{}')"
)


def killed_at(number):
    """End this process at so many-th statement or commit, 0 for never."""
    left = count(number, -1)
    for moment in ("before_cursor_execute", "after_cursor_execute", "commit"):
        event.listen(Engine, moment, lambda *_: next(left) == 1 and os.kill(os.getpid(), signal.SIGKILL))


def called(folder, *words, kill_at=0):
    """Call the program; `kill_at` ends it at so many-th statement or commit. Return its exit code and words."""
    return Program(folder, *words, first=partial(killed_at, kill_at)).ended()


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("towards", ["postgresql", "sqlite"])
async def test_a_copy_that_is_killed_is_refused_and_ended_by_the_next(tmp_path, postgres_server, towards):
    first, full = str(tmp_path / "first.db"), postgres_server()
    await filled(first, sources=60)
    if towards == "sqlite":
        copy_database(first, full)
        first = full
    wanted = await facts(first)
    kills = 0
    for seed in range(KILLS):
        second = postgres_server() if towards == "postgresql" else str(tmp_path / f"second{seed}.db")
        chance = random.Random(seed)
        for _ in range(3):
            code, said = called(tmp_path, "db", "copy", first, second, kill_at=chance.randrange(5, 110))
            if code == 0:
                break
            assert code == -signal.SIGKILL, said
            kills += 1
        else:
            code, said = called(tmp_path, "db", "copy", first, second)
        assert code == 0 or "holds something already" in said, said
        assert await facts(second) == wanted
    print(f"{kills} kills of copies towards {towards}")
    assert kills >= KILLS


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("where", ["postgresql", "sqlite"])
async def test_an_upgrade_that_is_killed_has_done_all_or_nothing(tmp_path, postgres_server, where):
    kills = 0
    for seed in range(KILLS):
        address = postgres_server() if where == "postgresql" else f"sqlite:///{tmp_path / f'{seed}.db'}"
        old = create_engine(
            database_url(address).set(drivername="postgresql+psycopg" if where == "postgresql" else "sqlite")
        )
        with old.begin() as connection:
            config = migrations()
            config.attributes["connection"] = connection
            command.upgrade(config, FIRST)
            connection.execute(text(OLD_RUN))
        old.dispose()
        code, said = called(
            tmp_path, "db", "upgrade", "--database", address, kill_at=random.Random(seed).randrange(1, 40)
        )
        assert code in (0, -signal.SIGKILL), said
        kills += code != 0
        code, said = called(tmp_path, "db", "upgrade", "--database", address)
        assert code == 0, said
        engine = make_engine(database_url(address))
        with engine.connect() as connection:
            assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == head()
            assert connection.execute(text("SELECT key FROM run")).scalars().all() == ["old"]
        engine.dispose()
    print(f"{kills} kills of upgrades on {where}")
    assert kills
