"""One database: transactions for readers and writers, tried again where it fails in passing."""

import asyncio
import functools
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from monitor.model.ports import Monotonic, Sleep
from monitor.store.addresses import is_memory
from monitor.store.faults import PassingStoreError, explained
from monitor.store.policy import DEFAULT_POLICY

P = ParamSpec("P")
T = TypeVar("T")
D = TypeVar("D", bound="Database")

FIRST_WAIT_S, LONGEST_WAIT_S = 0.2, 5.0
"""Waits between tries: the first, doubling up to the longest."""


class Database:
    """An engine with `read` and `write` transactions; both raise StoreError for what the database does.

    SQLite takes one writer at a time: writers of this process queue here instead of polling its lock.
    A database in memory lives in one connection, so there readers queue as well.
    """

    def __init__(
        self,
        engine: AsyncEngine,
        *,
        retry_s: float = DEFAULT_POLICY.retry_s,
        sleep: Sleep = asyncio.sleep,
        monotonic: Monotonic = time.monotonic,
    ) -> None:
        self.engine = engine
        self._turn = asyncio.Lock()
        self._single_writer = engine.dialect.name == "sqlite"
        self._single = is_memory(engine.url)
        self._retry_s = retry_s
        self._sleep = sleep
        self._monotonic = monotonic

    async def again(self, work: Callable[[], Awaitable[T]]) -> T:
        """Do work that may be done twice; what fails in passing is tried again for `retry_s` seconds."""
        end = self._monotonic() + self._retry_s
        wait = FIRST_WAIT_S
        while True:
            try:
                return await work()
            except PassingStoreError:
                if self._monotonic() + wait > end:
                    raise
            await self._sleep(wait)
            wait = min(2 * wait, LONGEST_WAIT_S)

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


def retried(
    method: Callable[Concatenate[D, P], Coroutine[Any, Any, T]],
) -> Callable[Concatenate[D, P], Coroutine[Any, Any, T]]:
    """Let a method that is one transaction, and harmless when repeated, be tried again (`Database.again`).

    A connection may be lost in the middle of a commit, so that nobody knows whether it was carried out.
    """

    @functools.wraps(method)
    async def whole(self: D, /, *args: P.args, **kwargs: P.kwargs) -> T:
        return await self.again(lambda: method(self, *args, **kwargs))

    return whole
