"""A connection of one's own to a host: the guard's addresses, the configured proxy, TLS where asked for.

For the second looks that aiohttp cannot do; they go the same way as everything else.
"""

import asyncio
import ssl
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from monitor.fetch.causes import AddressRefusedError, NotSentError, ProxyError
from monitor.fetch.interface import FetchRequest
from monitor.fetch.resolver import Names
from monitor.fetch.target import HTTP_PORTS, Target

HEAD_LIMIT = 262_144
"""Longest line read from a server, in bytes."""


@dataclass(frozen=True, slots=True)
class OpenConnection:
    """An open connection. `form` is how a request names its target: by path, or whole to a proxy."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    form: str
    headers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Dialler:
    """Opens connections. `proxy_for` returns the proxy's URL for a target, or None."""

    names: Names
    proxy_for: Callable[[Target], str | None]

    async def dial(self, request: FetchRequest, target: Target, context: ssl.SSLContext) -> OpenConnection:
        """Connect within the request's `connect_timeout_s`; raises OSError, ProxyError among them."""
        async with asyncio.timeout(request.connect_timeout_s):
            line = await self.reach(target)
            if target.scheme == "https":
                try:
                    await line.writer.start_tls(context, server_hostname=target.host)
                except BaseException:
                    line.writer.close()
                    raise
            if not may_send(request):
                line.writer.close()
                raise NotSentError
            return line

    async def allow(self, target: Target) -> None:
        """Ask the guard whether a target may be asked at all; raises AddressRefusedError."""
        if reason := self.names.refuse_literal(target.host, target.port):
            raise AddressRefusedError(reason)
        if self.proxy_for(target) is not None:
            # The proxy asks a name service of its own: ours says first whether the name may be asked.
            await self.names.guard(target.host, target.port)

    async def reach(self, target: Target) -> OpenConnection:
        """Connect as far as the host itself: TLS, where the target wants it, is still to be spoken."""
        proxy = self.proxy_for(target)
        if proxy is not None:
            return await self._through(proxy, target)
        literal = self.names.override(target.host, target.port) is None and ":" in target.host
        found = (
            [(target.host, target.port)] if literal else await self.names.addresses(target.host, target.port)
        )
        reader, writer = await asyncio.open_connection(*found[0], limit=HEAD_LIMIT)
        return OpenConnection(reader, writer, target.path)

    async def _through(self, proxy: str, target: Target) -> OpenConnection:
        """Connect by way of a proxy: whole addresses for http, a tunnel for https (RFC 9110 §9.3.6)."""
        parts = urlsplit(proxy)
        secure_proxy = parts.scheme == "https"
        reader, writer = await asyncio.open_connection(
            parts.hostname,
            parts.port or HTTP_PORTS.get(parts.scheme, 80),
            ssl=ssl.create_default_context() if secure_proxy else None,
            limit=HEAD_LIMIT,
        )
        login = _login(parts.username, parts.password)
        if target.scheme == "http":
            return OpenConnection(reader, writer, target.url, login)
        place = f"{_bracketed(target.host)}:{target.port}"
        writer.write("\r\n".join([f"CONNECT {place} HTTP/1.1", f"Host: {place}", *login, "", ""]).encode())
        head = await reader.readuntil(b"\r\n\r\n")
        status = head.split(b" ", 2)[1:2]
        if status != [b"200"]:
            writer.close()
            raise ProxyError(int(status[0]) if status and status[0].isdigit() else 0)
        return OpenConnection(reader, writer, target.path)


def may_send(request: FetchRequest | None) -> bool:
    """Tell whether a request may go out, now that its connection stands."""
    return request is None or request.still is None or request.still()


def host_header(target: Target) -> str:
    """Return the host as requests name it (RFC 9110 §7.2)."""
    name = _bracketed(target.host)
    return name if target.port == HTTP_PORTS[target.scheme] else f"{name}:{target.port}"


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _login(user: str | None, password: str | None) -> tuple[str, ...]:
    if user is None:
        return ()
    pair = f"{unquote(user)}:{unquote(password or '')}".encode()
    return (f"Proxy-Authorization: Basic {b64encode(pair).decode()}",)
