"""Reservations that are wanted at about the same time, put to the store in one statement."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Generic, Protocol, TypeVar

from monitor.model.ports import Sleep
from monitor.scale.turns import HostStretch
from monitor.store.host_stretches import LONGEST_NAME, Release, Reserved, Wish

GATHER_S = 0.02
"""How long others are waited for: far less than a gap, and more than the hosts of a batch need to begin."""

Question = TypeVar("Question", Wish, Release)
Answer = TypeVar("Answer")


class Stretches(Protocol):
    """Where stretches are kept: many in one statement, each host named once."""

    async def reserve(self, wishes: Sequence[Wish]) -> Sequence[Reserved]:
        """Reserve hosts; the stretches in the order of the wishes."""
        ...

    async def release(self, given_back: Sequence[Release]) -> None:
        """Let others ask hosts earlier than they were reserved for."""
        ...


class GatheredReservations:
    """`Reservations` over a store that takes many at once."""

    def __init__(self, kept: Stretches, *, sleep: Sleep = asyncio.sleep) -> None:
        async def release(given_back: Sequence[Release]) -> Sequence[None]:
            await kept.release(given_back)
            return [None] * len(given_back)

        self._wishes = _Gathering[Wish, Reserved](kept.reserve, sleep)
        self._releases = _Gathering[Release, None](release, sleep)

    async def reserve(self, host: str, seconds: float, held: datetime | None) -> HostStretch:
        """See `Reservations`."""
        name = host[:LONGEST_NAME]
        return await self._wishes.ask(Wish(host=name, seconds=seconds, held=held))

    async def release(self, host: str, until: datetime, wait_s: float) -> None:
        """See `Reservations`."""
        await self._releases.ask(Release(host=host[:LONGEST_NAME], until=until, wait_s=wait_s))


class _Gathering(Generic[Question, Answer]):
    def __init__(
        self, ask_all: Callable[[Sequence[Question]], Awaitable[Sequence[Answer]]], sleep: Sleep
    ) -> None:
        self._ask_all: Callable[[Sequence[Question]], Awaitable[Sequence[Answer]]] = ask_all
        self._sleep = sleep
        self._open: dict[str, tuple[Question, asyncio.Future[Answer]]] = {}
        self._sending: set[asyncio.Task[None]] = set()

    async def ask(self, question: Question) -> Answer:
        if question.host in self._open:  # a host is named once in a statement
            self._open = {}
        if not self._open:
            self._open = {}
            task = asyncio.create_task(self._send(self._open))
            self._sending.add(task)
            task.add_done_callback(self._sending.discard)
        answer: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._open[question.host] = (question, answer)
        return await answer

    async def _send(self, gathered: dict[str, tuple[Question, "asyncio.Future[Answer]"]]) -> None:
        await self._sleep(GATHER_S)
        if self._open is gathered:
            self._open = {}
        waiting = [future for _, future in gathered.values()]
        try:
            answers = await self._ask_all([question for question, _ in gathered.values()])
        except BaseException as error:
            for future in waiting:
                if not future.done():
                    future.set_exception(error)
            if not isinstance(error, Exception):
                raise
            return
        for future, answer in zip(waiting, answers, strict=True):
            if not future.done():
                future.set_result(answer)
