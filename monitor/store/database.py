"""One database: transactions for readers and writers, and its failures in words."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from monitor.store.upgrade import explained, is_memory


class Database:
    """An engine with `read` and `write` transactions; both raise StoreError for what the database does.

    SQLite takes one writer at a time: writers of this process queue here instead of polling its lock.
    A database in memory lives in one connection, so there readers queue as well.
    """

    def __init__(self, engine: AsyncEngine) -> None:
        self.engine = engine
        self._turn = asyncio.Lock()
        self._single_writer = engine.dialect.name == "sqlite"
        self._single = is_memory(engine.url)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """Open a short transaction that only reads."""
        async with AsyncExitStack() as stack:
            if self._single:
                await stack.enter_async_context(self._turn)
            with explained(self.engine.url):
                async with self.engine.begin() as connection:
                    yield connection

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """Open a transaction that writes: all of it or, on any failure, nothing."""
        async with AsyncExitStack() as stack:
            if self._single_writer:
                await stack.enter_async_context(self._turn)
            with explained(self.engine.url):
                async with self.engine.execution_options(writes=True).begin() as connection:
                    yield connection

    async def close(self) -> None:
        """Release connections."""
        await self.engine.dispose()
