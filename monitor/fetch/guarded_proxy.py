"""A proxy on loopback that a browser must use: it dials what the address guard allows, and nothing else.

One for each look, so that what is refused and how much is taken is known of each. A browser resolves no
names behind a proxy; the address that is checked is the address that is dialled. It speaks no TLS: secure
requests are tunnels (RFC 9110 §9.3.6), and the browser itself judges the certificate.
"""

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import closing, suppress
from typing import Any, Self

from monitor.fetch.causes import AddressRefusedError
from monitor.fetch.dial import Dialler, OpenConnection
from monitor.fetch.interface import FetchFailure
from monitor.fetch.target import Target, parse_target

HEAD_LIMIT = 262_144
CHUNK = 65_536
CONNECTIONS = 64
MAX_SENT_BYTES = 1_000_000
_ONE_HOP = ("proxy-connection:", "proxy-authorization:", "connection:", "keep-alive:", "upgrade:", "te:")


class GuardedProxy:
    """Serves one look. Use as an async context; `address` is what the browser is told.

    `excluded` says why an address must not be asked, or None; `max_bytes` is what all answers together may
    take.
    """

    def __init__(
        self,
        dialler: Dialler,
        excluded: Callable[[str], str | None],
        *,
        max_bytes: int,
        connect_timeout_s: float = 10.0,
    ) -> None:
        self._dialler, self._excluded = dialler, excluded
        self._left = max_bytes
        self._connect_timeout_s = connect_timeout_s
        self._server: asyncio.Server | None = None
        self._lines: set[asyncio.Task[None]] = set()
        self.refused: dict[str, str] = {}
        """Host -> why it was not asked."""

    @property
    def spent(self) -> bool:
        """Tell whether the page wanted more than it may have."""
        return self._left <= 0

    @property
    def address(self) -> str:
        """Return the proxy's own URL."""
        if self._server is None:
            raise RuntimeError("the proxy is not open")
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._meet, "127.0.0.1", 0, limit=HEAD_LIMIT)
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._server is not None:
            self._server.close()
        for task in self._lines:
            task.cancel()
        await asyncio.gather(*self._lines, return_exceptions=True)

    def _meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if len(self._lines) >= CONNECTIONS or self.spent:
            writer.close()
            return
        task = asyncio.ensure_future(self._serve(reader, writer))
        self._lines.add(task)
        task.add_done_callback(self._lines.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            # A browser opens connections ahead of need, so a silent one is no fault.
            head = await reader.readuntil(b"\r\n\r\n")
            first, *fields = head.decode("latin-1").rstrip("\r\n").split("\r\n")
            method, _, rest = first.partition(" ")
            asked = rest.rpartition(" ")[0]
            tunnel = method == "CONNECT"
            # Any port may hide behind a tunnel; its name is what the guard is asked about.
            target = parse_target(f"https://{asked}/" if tunnel else asked)
            if isinstance(target, FetchFailure):
                await _say(writer, "400 Bad Request")
            elif (line := await self._dialled(target, writer)) is not None:
                with closing(line.writer):
                    if tunnel:
                        await self._tunnel(reader, writer, line)
                    else:
                        await self._forward(reader, writer, line, f"{method} {line.form} HTTP/1.1", fields)
        except (OSError, EOFError, ValueError, asyncio.LimitOverrunError):
            pass  # either side went away, or spoke no HTTP: the browser sees a connection that broke
        finally:
            writer.close()

    async def _dialled(self, target: Target, writer: asyncio.StreamWriter) -> OpenConnection | None:
        """Connect to what may be asked; tell the browser where it may not, or nobody answers."""
        reason = self._excluded(target.url)
        try:
            if reason is None:
                await self._dialler.allow(target)
                async with asyncio.timeout(self._connect_timeout_s):
                    return await self._dialler.reach(target)
        except AddressRefusedError as error:
            reason = str(error)
        except OSError:
            await _say(writer, "502 Bad Gateway")
            return None
        self.refused[target.host] = reason
        await _say(writer, "403 Forbidden")
        return None

    async def _tunnel(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, line: OpenConnection
    ) -> None:
        await _say(writer, "200 Connection established", end=False)
        await _until_either(self._down(line, writer), _pour(reader, line.writer))

    async def _forward(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        line: OpenConnection,
        first: str,
        fields: list[str],
    ) -> None:
        """Pass on one request and its answer: the next comes on a connection that is dialled for it."""
        sizes = [int(one[15:]) for one in fields if one.lower().startswith("content-length:")]
        if sizes and not 0 <= sizes[0] <= MAX_SENT_BYTES:
            raise ValueError("more than a page has to say")
        line.writer.write(_head(first, [*fields, *line.headers]))
        if sizes:
            line.writer.write(await reader.readexactly(sizes[0]))
        await line.writer.drain()
        await _until_either(self._answer(line, writer), _gone(reader))

    async def _answer(self, line: OpenConnection, writer: asyncio.StreamWriter) -> None:
        """Pass on an answer whose head says that nothing comes after it, whatever the server means to do."""
        while True:
            head = await line.reader.readuntil(b"\r\n\r\n")
            first, *fields = head.decode("latin-1").rstrip("\r\n").split("\r\n")
            writer.write(_head(first, fields))
            if first.partition(" ")[2][:1] != "1":  # 1xx: the answer itself is still to come
                break
        await self._down(line, writer)

    async def _down(self, line: OpenConnection, writer: asyncio.StreamWriter) -> None:
        while not self.spent and (data := await line.reader.read(CHUNK)):
            self._left -= len(data)
            writer.write(data)
            await writer.drain()


def _head(first: str, fields: list[str]) -> bytes:
    """Return a head for one message on a connection (RFC 9110 §7.6.1)."""
    kept = [one for one in fields if not one.lower().startswith(_ONE_HOP)]
    return "\r\n".join([first, *kept, "Connection: close", "", ""]).encode("latin-1")


async def _until_either(*ways: Coroutine[Any, Any, object]) -> None:
    """Do both until one ends: whoever closes a connection, closes it for the other side."""
    tasks = [asyncio.ensure_future(way) for way in ways]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _gone(reader: asyncio.StreamReader) -> None:
    """Wait until a browser hangs up; what it says meanwhile belongs to no request of this connection."""
    while await reader.read(CHUNK):
        pass


async def _pour(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while data := await reader.read(CHUNK):
            writer.write(data)
            await writer.drain()


async def _say(writer: asyncio.StreamWriter, status: str, *, end: bool = True) -> None:
    ending = "Content-Length: 0\r\nConnection: close\r\n\r\n" if end else "\r\n"
    writer.write(f"HTTP/1.1 {status}\r\n{ending}".encode("latin-1"))
    await writer.drain()
