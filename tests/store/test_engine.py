"""Engines say what went wrong, and nothing of work that was told to stop."""

import asyncio

import pytest
from sqlalchemy import make_url, text

from monitor.store.engine import make_engine


@pytest.mark.parametrize(("raised", "told"), [(asyncio.CancelledError, 0), (RuntimeError, 1)])
async def test_a_connection_that_goes_back_from_stopped_work_is_no_fault(
    tmp_path, caplog, monkeypatch, raised, told
):
    engine = make_engine(make_url(f"sqlite+aiosqlite:///{tmp_path / 'monitor.sqlite3'}"))

    def rollback(_connection):
        raise raised

    async with engine.connect() as connection:
        await connection.execute(text("SELECT 1"))
        await connection.commit()
        monkeypatch.setattr(engine.sync_engine.dialect, "do_rollback", rollback)
        try:
            await connection.close()
        except asyncio.CancelledError:
            assert raised is asyncio.CancelledError
    monkeypatch.undo()
    await engine.dispose()
    assert [one.name for one in caplog.records].count("sqlalchemy.pool.impl.AsyncAdaptedQueuePool") == told
