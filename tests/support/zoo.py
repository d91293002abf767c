"""A loopback web that misbehaves on purpose: one host name per behaviour, raw asyncio below.

`http://NAME.zoo.test/…` and `https://NAME.zoo.test/…` reach the behaviour NAME through address
overrides; what it sends is written byte by byte, so that it can break any rule of HTTP.
"""

import asyncio
import contextlib
import datetime as dt
import socket
import ssl
import struct
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Self

from tests.support import zoo_http2
from tests.support.certificates import Certificates

BEHAVIOURS: dict[str, Callable[["Ask", "Line"], Awaitable[None]]] = {}
DOMAIN = "zoo.test"
HTTP2_NAMES = ("h2-only", "h2-upgrade", "h2-node")
NOW = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
"""When the tests take place; servers that send dates send this one's neighbours."""


@dataclass(slots=True)
class Ask:
    """One request as it came. `count` is how often this method and path was asked of this host before."""

    method: str
    target: str
    headers: dict[str, str]
    host: str
    secure: bool
    count: int
    raw: bytes = b""

    @property
    def path(self) -> str:
        return self.target.partition("?")[0]

    @property
    def name(self) -> str:
        return self.host.removesuffix("." + DOMAIN).rpartition(".")[2]

    @property
    def cookie(self) -> str:
        return self.headers.get("cookie", "")


@dataclass(slots=True)
class Line:
    """The wire: what a behaviour writes on, raw or by the rules."""

    writer: asyncio.StreamWriter
    method: str = "GET"
    closed: bool = False

    async def raw(self, data: bytes) -> None:
        if self.writer.is_closing():
            raise ConnectionResetError("the client went away")
        self.writer.write(data)
        await self.writer.drain()

    async def answer(
        self, status: int | str, body: bytes = b"", *headers: str, kind: str = "text/html; charset=utf-8"
    ) -> None:
        lines = [f"HTTP/1.1 {status} X" if isinstance(status, int) else f"HTTP/1.1 {status}"]
        if kind and not any(one.lower().startswith("content-type:") for one in headers):
            lines.append(f"Content-Type: {kind}")
        lines += [*headers, f"Content-Length: {len(body)}", "", ""]
        await self.raw("\r\n".join(lines).encode("latin-1") + (b"" if self.method == "HEAD" else body))

    async def redirect(self, status: int, location: str, *headers: str) -> None:
        await self.answer(status, b"", f"Location: {location}", *headers)

    def close(self) -> None:
        self.closed = True
        self.writer.close()

    def reset(self) -> None:
        self.closed = True
        sock = self.writer.get_extra_info("socket")
        with contextlib.suppress(OSError):
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.writer.transport.abort()


def behaviour(function: Callable[[Ask, Line], Awaitable[None]]) -> Callable[[Ask, Line], Awaitable[None]]:
    """Enter a behaviour under its name, with dashes."""
    BEHAVIOURS[function.__name__.rstrip("_").replace("_", "-")] = function
    return function


@dataclass(slots=True)
class Zoo:
    """The running servers. `asked` logs every request by host; `ports` are by purpose."""

    certificates: Certificates
    asked: dict[str, list[Ask]] = field(default_factory=lambda: defaultdict(list))
    counts: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    ports: dict[str, int] = field(default_factory=dict)
    http2: list[dict[str, str]] = field(default_factory=list)
    _servers: list[asyncio.Server] = field(default_factory=list)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    async def __aenter__(self) -> Self:
        await self._serve("http", self._plain)
        await self._serve("https", self._secure, self.certificates.context())
        await self._serve("tls-old", self._secure, self.certificates.old)
        await self._serve("tls-reset-once", self._reset_once)
        await self._serve("accept-and-close", self._accept_and_close)
        await self._serve("mute", self._mute)
        await self._serve("plain", self._plain_on_443)
        for name in HTTP2_NAMES:
            await self._serve(name, partial(self._http2, name), self.certificates.http2)
        with contextlib.suppress(OSError):
            await self._serve("ipv6", self._plain, host="::1")
        refused = await asyncio.start_server(self._mute, "127.0.0.1", 0)
        self.ports["refused"] = refused.sockets[0].getsockname()[1]
        refused.close()
        return self

    async def __aexit__(self, *_: object) -> None:
        for server in self._servers:
            server.close()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def overrides(self) -> tuple[str, ...]:
        """Return `--resolve` entries that lead every name of the zoo, and none else, to its servers."""
        special = {
            "refused": [(80, "refused")],
            "tls-reset-once": [(443, "tls-reset-once")],
            "plain-on-443": [(443, "plain")],
            "empty-reply": [(80, "accept-and-close")],
            "tls-mute": [(443, "mute")],
            "tls-old": [(443, "tls-old")],
            **{name: [(443, name)] for name in HTTP2_NAMES},
        }
        entries = [
            f"{name}.{DOMAIN}:{port}:127.0.0.1:{self.ports[purpose]}"
            for name, routes in special.items()
            for port, purpose in routes
        ]
        return (*entries, f"*:80:127.0.0.1:{self.ports['http']}", f"*:443:127.0.0.1:{self.ports['https']}")

    async def _serve(
        self,
        purpose: str,
        handler: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]],
        context: ssl.SSLContext | None = None,
        host: str = "127.0.0.1",
    ) -> None:
        async def kept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            task = asyncio.current_task()
            assert task is not None
            self._tasks.add(task)
            try:
                await handler(reader, writer)
            except (
                ConnectionError,
                asyncio.IncompleteReadError,
                asyncio.CancelledError,
                ssl.SSLError,
                OSError,
            ):
                pass
            finally:
                self._tasks.discard(task)
                writer.close()

        server = await asyncio.start_server(kept, host, 0, ssl=context)
        self._servers.append(server)
        self.ports[purpose] = server.sockets[0].getsockname()[1]

    async def _plain(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await self._talk(reader, writer, secure=False)

    async def _secure(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await self._talk(reader, writer, secure=True)

    async def _talk(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, secure: bool
    ) -> None:
        while True:
            raw = await reader.readuntil(b"\r\n\r\n")
            head = raw.decode("latin-1").split("\r\n")
            method, target, _ = head[0].split(" ", 2)
            headers = {}
            for text in head[1:]:
                name, _, value = text.partition(":")
                if not name:
                    continue
                headers[name.strip().lower()] = value.strip()
            host = headers.get("host", "").partition(":")[0]
            ask = Ask(method, target, headers, host, secure, self.counts[host, method, target], raw)
            self.counts[host, method, target] += 1
            self.asked[host].append(ask)
            line = Line(writer, method)
            await BEHAVIOURS.get(ask.name, BEHAVIOURS["unknown-host"])(ask, line)
            if line.closed:
                return

    async def _http2(self, name: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if zoo_http2.spoken(writer):
            await zoo_http2.converse(reader, writer, self.http2)
            return
        await reader.readuntil(b"\r\n\r\n")
        await zoo_http2.refuse(writer, name)

    async def _reset_once(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Reset the first connection in the handshake; speak TLS on the later ones, by a detour."""
        self.counts["tls-reset-once", "connect", ""] += 1
        if self.counts["tls-reset-once", "connect", ""] == 1:
            await reader.read(5)
            Line(writer).reset()
            return
        inner_reader, inner_writer = await asyncio.open_connection("127.0.0.1", self.ports["https"])

        async def copy(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
            with contextlib.suppress(ConnectionError):
                while data := await source.read(65536):
                    sink.write(data)
                    await sink.drain()
            sink.close()

        await asyncio.gather(copy(reader, inner_writer), copy(inner_reader, writer))

    async def _accept_and_close(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)

    async def _plain_on_443(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(64)
        await Line(writer).answer(400, b"<p>This is not TLS.</p>")

    async def _mute(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(30)
