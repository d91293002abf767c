"""One database: transactions for readers and writers, tried again where it fails in passing."""

import asyncio
import functools
import time
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection

from monitor.model.ports import Monotonic, Sleep
from monitor.store.faults import PassingStoreError
from monitor.store.policy import DEFAULT_POLICY
from monitor.store.threaded import ThreadedEngine

P = ParamSpec("P")
T = TypeVar("T")
D = TypeVar("D", bound="Database")

FIRST_WAIT_S, LONGEST_WAIT_S = 0.2, 5.0
"""Waits between tries: the first, doubling up to the longest."""


class Database:
    """An engine with `read` and `write` transactions; both raise StoreError for what the database does.

    Each is a plain function of a connection, harmless when repeated: a connection may be lost in the middle
    of a commit, so that nobody knows whether it was carried out.
    """

    def __init__(
        self,
        engine: ThreadedEngine,
        *,
        retry_s: float = DEFAULT_POLICY.retry_s,
        sleep: Sleep = asyncio.sleep,
        monotonic: Monotonic = time.monotonic,
    ) -> None:
        self.engine = engine
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

    async def read(self, work: Callable[[Connection], T]) -> T:
        """Carry out a short transaction that only reads."""
        return await self.again(lambda: self.engine.read(work))

    async def write(self, work: Callable[[Connection], T]) -> T:
        """Carry out a transaction that writes: all of it or, on any failure, nothing."""
        return await self.again(lambda: self.engine.write(work))

    async def close(self) -> None:
        """Release connections, once what is under way has ended."""
        await self.engine.dispose()


def reads(
    transaction: Callable[Concatenate[D, Connection, P], T],
) -> Callable[Concatenate[D, P], Coroutine[Any, Any, T]]:
    """Let a method that is one transaction be carried out by `Database.read`, and awaited."""

    @functools.wraps(transaction)
    async def whole(self: D, /, *args: P.args, **kwargs: P.kwargs) -> T:
        return await self.read(lambda conn: transaction(self, conn, *args, **kwargs))

    return whole


def writes(
    transaction: Callable[Concatenate[D, Connection, P], T],
) -> Callable[Concatenate[D, P], Coroutine[Any, Any, T]]:
    """Let a method that is one transaction be carried out by `Database.write`, and awaited."""

    @functools.wraps(transaction)
    async def whole(self: D, /, *args: P.args, **kwargs: P.kwargs) -> T:
        return await self.write(lambda conn: transaction(self, conn, *args, **kwargs))

    return whole
