"""Connections that are too many, too slow or asleep."""

import asyncio
import socket
from contextlib import asynccontextmanager, suppress

from aiohttp import web

from monitor.serve.connections import ConnectionLimits, Connections


@asynccontextmanager
async def listening(**limits):
    async def hello(_request):
        return web.Response(text="x" * 8_000_000)

    app = web.Application()
    app.router.add_get("/", hello)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    connections = Connections(ConnectionLimits(**limits))
    loop = asyncio.get_running_loop()
    server = await loop.create_server(connections.guarded(runner.server), "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1], connections
    finally:
        server.close()
        await runner.cleanup()


async def answer(reader):
    with suppress(ConnectionResetError):
        return await asyncio.wait_for(reader.read(), 20)
    return b""


async def until(told):
    async with asyncio.timeout(20):
        while not told():
            await asyncio.sleep(0.01)


async def test_headers_that_do_not_come_end_the_connection():
    async with listening(header_s=0.2) as (port, connections):
        for sent in (b"", b"GET / HTTP/1.1\r\nHost: a\r\n"):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(sent)
            assert await answer(reader) == b""
            writer.close()
        await until(lambda: connections.open == 0)


async def test_a_second_request_that_stops_halfway_ends_too():
    async with listening(header_s=0.3) as (port, connections):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"GET /none HTTP/1.1\r\nHost: a\r\n\r\n")
        assert (await reader.readline()).startswith(b"HTTP/1.1 404")
        writer.write(b"GET / HT")
        await answer(reader)
        await until(lambda: connections.open == 0)
        writer.close()


async def test_a_complete_request_is_answered_whatever_the_pace_of_its_pieces():
    async with listening(header_s=20) as (port, _):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for piece in (b"GET /none HTTP/1.1\r", b"\nHost: a\r\n\r", b"\n"):
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(0.01)
        assert (await reader.readline()).startswith(b"HTTP/1.1 404")
        writer.close()


async def test_who_does_not_read_is_let_go():
    async with listening(stuck_s=0.3) as (port, connections):
        with socket.socket() as reader:
            reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)  # else the kernel may read it all
            reader.connect(("127.0.0.1", port))
            reader.sendall(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            await until(lambda: connections.open == 1)
            await until(lambda: connections.open == 0)


async def test_one_connection_too_many_is_told_to_come_back():
    async with listening(most=3, per_address=2) as (port, connections):
        held = [await asyncio.open_connection("127.0.0.1", port) for _ in range(2)]
        await until(lambda: connections.open == 2)
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        head, _, body = (await answer(reader)).partition(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 503")
        assert f"Content-Length: {len(body)}".encode() in head
        writer.close()
        held[0][1].close()
        await until(lambda: connections.open == 1)
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"GET /none HTTP/1.0\r\n\r\n")
        assert (await answer(reader)).startswith(b"HTTP/1.0 404")
        writer.close()
        held[1][1].close()
