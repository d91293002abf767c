"""Rows of any number come whole, or part by part from a statement that stays open no longer than it is read."""

import pytest
from sqlalchemy import text

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
