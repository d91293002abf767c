"""What the archive stage remembers across runs: its limiters and the archives' answers."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from monitor.model.ports import Clock
from monitor.model.snapshot import PoolState
from monitor.store import rows
from monitor.store import tables as t
from monitor.store.bulk import upsert
from monitor.store.database import Database, retried
from monitor.store.policy import DEFAULT_POLICY


class ArchiveMemory(Database):
    """Pools and cached answers, by archive."""

    def __init__(self, engine: AsyncEngine, clock: Clock, *, retry_s: float = DEFAULT_POLICY.retry_s) -> None:
        super().__init__(engine, retry_s=retry_s)
        self._clock = clock

    @retried
    async def load_pool(self, archive: str, pool: str) -> PoolState | None:
        """Return a pool's state, or None if it was never saved."""
        table = t.archive_pool
        query = select(table.c.body).where(table.c.archive == archive, table.c.pool == pool)
        async with self.read() as conn:
            row = (await conn.execute(query)).first()
        return rows.from_json(PoolState, row.body) if row else None

    @retried
    async def save_pool(self, state: PoolState) -> None:
        """Remember a pool's state."""
        values = {"archive": state.archive, "pool": state.pool, "body": rows.to_json(state)}
        async with self.write() as conn:
            await upsert(conn, t.archive_pool, [values], keys=["archive", "pool"], change=["body"])

    @retried
    async def recall(self, archive: str, question: str) -> tuple[str, datetime] | None:
        """Return a cached answer and when it was given, or None."""
        table = t.archive_answer
        query = select(table.c.answer, table.c.answered_at).where(
            table.c.archive == archive, table.c.digest == rows.digest(question)
        )
        async with self.read() as conn:
            row = (await conn.execute(query)).first()
        return (row.answer, row.answered_at) if row else None

    @retried
    async def remember(self, archive: str, question: str, answer: str, at: datetime) -> None:
        """Cache an answer."""
        values = {"archive": archive, "digest": rows.digest(question), "answer": answer, "answered_at": at}
        async with self.write() as conn:
            await upsert(
                conn, t.archive_answer, [values], keys=["archive", "digest"], change=["answer", "answered_at"]
            )
