"""Two runs never work on one database at once, and no upgrade happens under somebody's feet."""

import asyncio
import datetime as dt
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, text

from monitor.errors import StoreError
from monitor.store import alone as alone_module
from monitor.store.addresses import database_url
from monitor.store.alone import RunUnderWayError, alone_on_file
from monitor.store.engine import make_engine
from monitor.store.sql_store import open_store
from monitor.store.upgrade import migrations, upgrade
from tests.support.progress import Noted

NOW = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)


@pytest.fixture(params=["file", pytest.param("postgresql", marks=[pytest.mark.slow])])
def address(request, tmp_path):
    return str(tmp_path / "a.db") if request.param == "file" else request.getfixturevalue("postgres_server")()


async def test_the_second_leaves_saying_who_is_first_and_may_when_that_has_ended(address, tmp_path):
    first, second = await open_store(address, lambda: NOW), await open_store(address, lambda: NOW)
    async with first.alone():
        with pytest.raises(RunUnderWayError, match=r"under way already \(citation-monitor .+/\d+"):
            async with second.alone():
                pytest.fail("two runs at once")
    for _ in range(20):  # at once: who has ended has let go, and is not only about to
        async with second.alone():
            pass
        async with first.alone():
            pass
    await first.close()
    await second.close()
    assert not list(Path(tmp_path).glob("*-run"))


@pytest.mark.slow
async def test_a_lock_that_the_server_forgot_is_taken_again_or_ends_the_run(postgres_server, monkeypatch):
    monkeypatch.setattr(alone_module, "CHECK_S", 0.05)
    address = postgres_server()
    first, second = await open_store(address, lambda: NOW), await open_store(address, lambda: NOW)
    first._retry_s = 1.0

    async def forget():
        ended = text("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted")
        await second.read(lambda connection: connection.execute(ended))

    async with first.alone():
        await forget()
        await asyncio.sleep(0.5)
        with pytest.raises(RunUnderWayError):
            async with second.alone():
                pytest.fail("two runs at once")
    monkeypatch.setattr(alone_module, "CHECK_S", 0.5)

    async def overtaken():
        async with first.alone():
            await forget()
            async with second.alone():
                await asyncio.sleep(30)

    with pytest.raises(RunUnderWayError):
        await overtaken()
    await first.close()
    await second.close()


def old(address, driver):
    engine = create_engine(database_url(address).set(drivername=driver))
    with engine.begin() as connection:
        config = migrations()
        config.attributes["connection"] = connection
        command.upgrade(config, "20261121_01")
    engine.dispose()


@pytest.mark.slow
async def test_an_upgrade_under_another_process_is_refused(postgres_server):
    address = postgres_server()
    old(address, "postgresql+psycopg")
    other = make_engine(database_url(address))
    with other.connect() as connection:
        connection.execute(text("SELECT 1"))
        with pytest.raises(StoreError, match=r"in use by citation-monitor .*stop those"):
            upgrade(address)
    other.dispose()
    assert upgrade(address).changed


async def test_an_upgrade_of_a_file_under_a_run_is_refused(tmp_path):
    path = tmp_path / "old.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript((Path(__file__).parent / "data" / "20261121_01.sql").read_text("utf-8"))
    with alone_on_file(str(path)), pytest.raises(RunUnderWayError):
        upgrade(str(path))
    seen = Noted()
    assert upgrade(str(path), seen).changed
    steps = len(list(ScriptDirectory.from_config(migrations()).walk_revisions())) - 1
    assert seen.stages == [["upgrading", steps, steps]]
