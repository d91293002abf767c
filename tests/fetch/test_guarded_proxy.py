"""The proxy before a browser: what the guard refuses is not dialled, however it is asked for."""

import asyncio
import contextlib
import socket

import pytest

from monitor.fetch.aiohttp_fetcher import AiohttpFetcher
from monitor.fetch.guarded_proxy import GuardedProxy
from monitor.fetch.policy import FetchPolicy


async def names(host, port):
    if host == "inside.example":
        return ["10.0.0.1"]
    raise socket.gaierror(socket.EAI_NONAME, "as arranged")


@contextlib.asynccontextmanager
async def web(max_bytes=100_000, excluded=lambda _: None):
    """A server on loopback that says what it got, and the proxy before it under the name page.example."""
    got = []

    async def serve(reader, writer):
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
            head = await reader.readuntil(b"\r\n\r\n")
            body = await reader.readexactly(4) if b"POST" in head else b""
            got.append(head + body)
            writer.write(b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * (1_000_000 if b"/long" in head else 5))
            await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    fetcher = AiohttpFetcher(FetchPolicy(resolve=(f"page.example:*:127.0.0.1:{port}",)), lookup=names)
    async with server, GuardedProxy(fetcher.dialler, excluded, max_bytes=max_bytes) as proxy:
        yield proxy, got
    await fetcher.close()


async def ask(proxy, *lines, then=b""):
    host, _, port = proxy.address.removeprefix("http://").partition(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write("\r\n".join([*lines, "", ""]).encode() + then)
    answer = b""
    with contextlib.suppress(ConnectionError):
        answer = await reader.read()
    writer.close()
    return answer


async def test_a_request_is_passed_on_without_what_is_the_proxys():
    async with web() as (proxy, got):
        said = ("POST http://page.example/a?b HTTP/1.1", "Host: page.example", "Proxy-Connection: keep-alive")
        answer = await ask(proxy, *said, "Content-Length: 4", then=b"body and more")
    assert answer == b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nxxxxx"
    (head,) = got
    assert head.startswith(
        b"POST /a?b HTTP/1.1\r\nHost: page.example\r\nContent-Length: 4\r\nConnection: close\r\n"
    )
    assert head.endswith(b"\r\n\r\nbody")


async def test_a_tunnel_carries_bytes_both_ways():
    async with web() as (proxy, got):
        answer = await ask(proxy, "CONNECT page.example:443 HTTP/1.1", then=b"GET /inside HTTP/1.1\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 200 Connection established\r\n\r\nHTTP/1.1 200 OK")
    assert got == [b"GET /inside HTTP/1.1\r\n\r\n"]


@pytest.mark.parametrize(
    "place", ["127.0.0.1", "localhost", "10.0.0.1", "0x7f.1", "[::1]", "inside.example", "[fd00:ec2::254]"]
)
@pytest.mark.parametrize(
    "form", ["CONNECT {}:443 HTTP/1.1", "CONNECT {}:22 HTTP/1.1", "GET http://{}/ HTTP/1.1"]
)
async def test_nothing_inside_is_dialled(place, form):
    async with web() as (proxy, got):
        answer = await ask(proxy, form.format(place))
    assert answer.startswith(b"HTTP/1.1 403 Forbidden")
    assert got == []
    assert len(proxy.refused) == 1


async def test_what_the_configuration_excludes_is_not_dialled():
    async with web(excluded=lambda url: "as told" if "page.example" in url else None) as (proxy, got):
        assert b" 403 " in await ask(proxy, "GET http://page.example/ HTTP/1.1")
    assert (got, proxy.refused) == ([], {"page.example": "as told"})


async def test_a_page_gets_no_more_than_it_may():
    async with web(max_bytes=200_000) as (proxy, _):
        answer = await ask(proxy, "GET http://page.example/long HTTP/1.1")
        assert 200_000 <= len(answer) < 400_000
        assert proxy.spent
        assert await ask(proxy, "GET http://page.example/ HTTP/1.1") == b""


@pytest.mark.parametrize(
    "line",
    [
        "GET / HTTP/1.1",
        "CONNECT :443 HTTP/1.1",
        "GET ftp://page.example/ HTTP/1.1",
        "x",
        "CONNECT page.example:0 HTTP/1.1",
    ],
)
async def test_what_is_no_request_is_refused(line):
    async with web() as (proxy, got):
        assert await ask(proxy, line) in (
            b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
            b"",
        )
    assert got == []


async def test_a_body_without_end_is_not_read():
    async with web() as (proxy, got):
        assert await ask(proxy, "POST http://page.example/ HTTP/1.1", "Content-Length: 99999999999") == b""
    assert got == []
