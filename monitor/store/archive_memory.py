"""What the archive stage remembers across runs: its limiters and the archives' answers."""

from datetime import datetime

from sqlalchemy import Connection, select

from monitor.model.ports import Clock
from monitor.model.snapshot import PoolState
from monitor.store import rows
from monitor.store import tables as t
from monitor.store.bulk import upsert
from monitor.store.database import Database, reads, writes
from monitor.store.policy import DEFAULT_POLICY
from monitor.store.threaded import ThreadedEngine


class ArchiveMemory(Database):
    """Pools and cached answers, by archive."""

    def __init__(
        self, engine: ThreadedEngine, clock: Clock, *, retry_s: float = DEFAULT_POLICY.retry_s
    ) -> None:
        super().__init__(engine, retry_s=retry_s)
        self._clock = clock

    @reads
    def load_pool(self, conn: Connection, archive: str, pool: str) -> PoolState | None:
        """Return a pool's state, or None if it was never saved."""
        table = t.archive_pool
        query = select(table.c.body).where(table.c.archive == archive, table.c.pool == pool)
        row = conn.execute(query).first()
        return rows.from_json(PoolState, row.body) if row else None

    @writes
    def save_pool(self, conn: Connection, state: PoolState) -> None:
        """Remember a pool's state."""
        values = {"archive": state.archive, "pool": state.pool, "body": rows.to_json(state)}
        upsert(conn, t.archive_pool, [values], keys=["archive", "pool"], change=["body"])

    @reads
    def recall(self, conn: Connection, archive: str, question: str) -> tuple[str, datetime] | None:
        """Return a cached answer and when it was given, or None."""
        table = t.archive_answer
        query = select(table.c.answer, table.c.answered_at).where(
            table.c.archive == archive, table.c.digest == rows.digest(question)
        )
        row = conn.execute(query).first()
        return (row.answer, row.answered_at) if row else None

    @writes
    def remember(self, conn: Connection, archive: str, question: str, answer: str, at: datetime) -> None:
        """Cache an answer."""
        values = {"archive": archive, "digest": rows.digest(question), "answer": answer, "answered_at": at}
        upsert(conn, t.archive_answer, [values], keys=["archive", "digest"], change=["answer", "answered_at"])
