"""What a server on the open network needs before HTTP begins: few, short and awake connections.

aiohttp bounds headers in size, not in time, and connections not at all. Each connection's protocol is
wrapped: headers must arrive in time, a reader must keep reading, and there are only so many at once.
"""

import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import cast

_HEADER_END = b"\r\n\r\n"
_FULL = (
    b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nConnection: close\r\n"
    b"Content-Type: text/plain\r\nContent-Length: 38\r\n\r\ntoo many connections; try again later\n"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectionLimits:
    """Most connections at once (`per_address` 0: no limit); seconds for headers and for a stuck reader."""

    most: int = 500
    per_address: int = 0
    header_s: float = 10.0
    stuck_s: float = 60.0


@dataclass(slots=True)
class Connections:
    """Counts the open connections, and hands out protocols that keep to the limits."""

    limits: ConnectionLimits
    by_address: Counter[str] = field(default_factory=Counter)

    @property
    def open(self) -> int:
        """Return how many connections are open."""
        return self.by_address.total()

    def guarded(self, make: Callable[[], asyncio.BaseProtocol]) -> "Callable[[], _Guarded]":
        """Return a protocol factory for `loop.create_server` that wraps another one."""
        return lambda: _Guarded(self, make)

    def admit(self, address: str) -> bool:
        """Count a connection if there is room for it."""
        most = self.limits.per_address
        if self.open >= self.limits.most or (most and self.by_address[address] >= most):
            return False
        self.by_address[address] += 1
        return True

    def leave(self, address: str) -> None:
        """Count a connection as closed."""
        self.by_address[address] -= 1
        if not self.by_address[address]:
            del self.by_address[address]


class _Guarded(asyncio.Protocol):
    """One connection: passes everything on to the HTTP protocol, and ends what takes too long."""

    def __init__(self, connections: Connections, make: Callable[[], asyncio.BaseProtocol]) -> None:
        self._connections = connections
        self._make = make
        self._inner: asyncio.Protocol | None = None
        self._transport: asyncio.Transport | None = None
        self._address: str | None = None
        self._tail = b""
        self._timer: asyncio.TimerHandle | None = None
        self._stuck: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        peer = self._transport.get_extra_info("peername")
        address = str(peer[0]) if peer else ""
        if not self._connections.admit(address):
            self._transport.write(_FULL)
            self._transport.close()
            return
        self._address = address
        self._inner = cast("asyncio.Protocol", self._make())
        self._inner.connection_made(transport)
        self._await_headers()

    def data_received(self, data: bytes) -> None:
        if self._inner is None:
            return
        if self._timer is None:
            self._await_headers()
        recent = self._tail + data
        if _HEADER_END in recent or b"\n\n" in recent:
            self._cancel_headers()
            recent = b""
        self._tail = recent[-3:]
        self._inner.data_received(data)

    def eof_received(self) -> bool | None:
        return self._inner.eof_received() if self._inner is not None else None

    def connection_lost(self, exc: Exception | None) -> None:
        self._cancel_headers()
        if self._stuck is not None:
            self._stuck.cancel()
        if self._address is not None:
            self._connections.leave(self._address)
            self._address = None
        if self._inner is not None:
            self._inner.connection_lost(exc)

    def pause_writing(self) -> None:
        loop = asyncio.get_running_loop()
        self._stuck = loop.call_later(self._connections.limits.stuck_s, self._abort)
        if self._inner is not None:
            self._inner.pause_writing()

    def resume_writing(self) -> None:
        if self._stuck is not None:
            self._stuck.cancel()
            self._stuck = None
        if self._inner is not None:
            self._inner.resume_writing()

    def _await_headers(self) -> None:
        loop = asyncio.get_running_loop()
        self._timer = loop.call_later(self._connections.limits.header_s, self._abort)

    def _cancel_headers(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _abort(self) -> None:
        if self._transport is not None:
            self._transport.abort()
