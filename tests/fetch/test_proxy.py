"""Second looks go the way everything goes: through the proxy, which may refuse a tunnel for reasons of its own."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest

import tests.support.zoo_bodies
import tests.support.zoo_statuses
from monitor.fetch.aiohttp_fetcher import AiohttpFetcher
from monitor.fetch.interface import FetchFailure, FetchRequest, FetchResponse
from monitor.fetch.policy import FetchPolicy
from tests.support.certificates import certificates
from tests.support.zoo import HTTP2_NAMES, Zoo

assert tests.support.zoo_bodies
assert tests.support.zoo_statuses


@dataclass
class Proxy:
    """A proxy before the zoo. `refusal` is the status it answers tunnels with instead of opening them."""

    zoo: Zoo
    refusal: int = 0
    port: int = 0
    asked: list[str] = field(default_factory=list)
    logins: list[str] = field(default_factory=list)

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
            head = await reader.readuntil(b"\r\n\r\n")
            line, *headers = head.decode("latin-1").split("\r\n")
            self.asked.append(line)
            self.logins += [
                one.partition(": ")[2] for one in headers if one.startswith("Proxy-Authorization")
            ]
            method, target, _ = line.split(" ")
            if method == "CONNECT" and self.refusal:
                writer.write(f"HTTP/1.1 {self.refusal} No\r\nContent-Length: 0\r\n\r\n".encode())
            else:
                await self.forward(head if method != "CONNECT" else b"", target, reader, writer)
        writer.close()

    async def forward(
        self, first: bytes, target: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        name = target.partition(".")[0]
        port = self.zoo.ports["http" if first else name if name in HTTP2_NAMES else "https"]
        inner_reader, inner_writer = await asyncio.open_connection("127.0.0.1", port)
        if first:
            host = target.split("/")[2]
            inner_writer.write(first.replace(f"http://{host}".encode(), b"", 1))
        else:
            writer.write(b"HTTP/1.1 200 Opened\r\n\r\n")

        async def copy(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
            try:
                while data := await source.read(65536):
                    sink.write(data)
                    await sink.drain()
            except ConnectionError:
                pass
            finally:
                sink.close()

        await asyncio.gather(copy(reader, inner_writer), copy(inner_reader, writer))


@pytest.fixture
async def proxy() -> AsyncIterator[Proxy]:
    async with Zoo(certificates()) as zoo:
        made = Proxy(zoo)
        tasks: set[asyncio.Task[None]] = set()

        async def kept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            task = asyncio.current_task()
            assert task is not None
            tasks.add(task)
            try:
                await made.talk(reader, writer)
            except asyncio.CancelledError:
                pass
            finally:
                tasks.discard(task)
                writer.close()

        server = await asyncio.start_server(kept, "127.0.0.1", 0)
        made.port = server.sockets[0].getsockname()[1]
        yield made
        server.close()
        for task in list(tasks):
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await server.wait_closed()


async def ask(proxy: Proxy, url: str, **more: object) -> FetchResponse | FetchFailure:
    policy = FetchPolicy(proxy=f"http://ann:w3ir@127.0.0.1:{proxy.port}", ca_file=certificates().ca_file)

    async def lookup(host: str, port: int) -> list[str]:
        raise OSError("only the proxy knows names here")

    fetcher = AiohttpFetcher(policy, lookup=lookup)
    try:
        return await fetcher.fetch(FetchRequest(url=url, timeout_s=20.0, **more))
    finally:
        await fetcher.close()


@pytest.mark.parametrize(
    "look", [{}, {"lenient": True}, {"verify_tls": False}, {"lenient": True, "verify_tls": False}]
)
@pytest.mark.parametrize("url", ["http://fine.zoo.test/page", "https://fine.zoo.test/page"])
async def test_every_look_goes_through(look: dict[str, bool], url: str, proxy: Proxy) -> None:
    answer = await ask(proxy, url, **look)
    assert isinstance(answer, FetchResponse), answer
    assert answer.status == 200
    (line,) = proxy.asked
    assert line == (
        "CONNECT fine.zoo.test:443 HTTP/1.1" if url.startswith("https") else f"GET {url} HTTP/1.1"
    )
    assert proxy.logins == ["Basic YW5uOnczaXI="]
    assert "proxy-authorization" not in proxy.zoo.asked["fine.zoo.test"][0].headers or url.startswith("http:")


async def test_http2_goes_through_a_tunnel(proxy: Proxy) -> None:
    answer = await ask(proxy, "https://h2-only.zoo.test/page", http2=True)
    assert isinstance(answer, FetchResponse), answer
    assert b"oak in 1911" in answer.body
    assert proxy.asked == ["CONNECT h2-only.zoo.test:443 HTTP/1.1"]


@pytest.mark.parametrize(
    ("status", "cause"),
    [(407, "proxy-login"), (403, "proxy-failed"), (502, "proxy-cannot-reach"), (504, "proxy-cannot-reach")],
)
@pytest.mark.parametrize("look", [{}, {"lenient": True}, {"http2": True}])
async def test_a_refused_tunnel_says_whose_fault_it_is(
    status: int, cause: str, look: dict[str, bool], proxy: Proxy
) -> None:
    proxy.refusal = status
    answer = await ask(proxy, "https://fine.zoo.test/page", **look)
    assert isinstance(answer, FetchFailure)
    assert (answer.phase, answer.cause) == ("connect", cause)


async def test_a_proxy_that_is_down_is_not_the_pages_fault(proxy: Proxy) -> None:
    proxy.port = proxy.zoo.ports["refused"]
    for url in ("http://fine.zoo.test/page", "https://fine.zoo.test/page"):
        for look in ({}, {"lenient": True}):
            answer = await ask(proxy, url, **look)
            assert isinstance(answer, FetchFailure)
            assert answer.cause == "proxy-failed"
