"""Load on `monitor serve`: many clients, some slow, some half-open, some gone again, while a run goes on."""

import asyncio
import json
import os
import random
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import aiohttp

TOKEN = "sesame"
PATHS = ("/", "/healthz", "/api/citations?limit=20", "/report.json", "/metrics", "/badge.svg", "/feed.atom")
PAGE = "<html><head><title>Page</title></head><body><p>The mill stood idle all winter.</p></body></html>" * 20


@asynccontextmanager
async def cited_web() -> AsyncIterator[int]:
    """Serve a page for whatever is asked; yield the port."""

    answering: set[asyncio.Task] = set()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        answering.add(asyncio.current_task())
        # Cancelled when the web closes: a task that ends as cancelled, asyncio would log with a traceback.
        with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            while True:
                await reader.readuntil(b"\r\n\r\n")
                writer.write(
                    f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(PAGE)}\r\n\r\n{PAGE}".encode()
                )
                await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for task in answering:
            task.cancel()
        await asyncio.gather(*answering)


def watched(folder: Path, name: str, citations: int, hosts: int) -> None:
    """Write a document that cites so many pages of so many hosts."""
    lines = (
        f"- [Page {n}](http://{name}{n % hosts}.example/{n}). Accessed 4 March 2026.\n"
        for n in range(citations)
    )
    (folder / f"{name}.md").write_text("# Sources\n\n" + "".join(lines))


def environment(port: int, gap_s: float) -> dict[str, str]:
    """Return the environment for the program over `cited_web`."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MONITOR_")}
    return kept | {
        "MONITOR_CHECK__RESOLVE": f"*:80:127.0.0.1:{port}",
        "MONITOR_CHECK__ALLOW_PRIVATE_ADDRESSES": "true",
        "MONITOR_CHECK__SENTINELS": "",
        "MONITOR_CHECK__HOST_GAP_S": str(gap_s),
        "MONITOR_ARCHIVE__ENABLED": "false",
        "MONITOR_SERVE__TOKEN": TOKEN,
    }


@contextmanager
def daemon(folder: Path, around: dict[str, str]) -> Iterator[tuple[subprocess.Popen, str]]:
    """Start `monitor serve` on a free port; yield the process and its address."""
    process = subprocess.Popen(
        [sys.executable, "-m", "monitor", "serve", "--port", "0"],
        cwd=folder, env=around, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        said = process.stderr.readline()
        address = re.search(r"http://[\d.:]+", said)
        assert address, said + process.stderr.read()
        yield process, address[0]
    finally:
        process.kill()
        process.wait()
        process.stderr.close()


def memory_bytes(process: subprocess.Popen, what: str) -> int:
    """Return a process's resident memory: VmRSS now, VmHWM at most."""
    found = re.search(rf"{what}:\s+(\d+)", Path(f"/proc/{process.pid}/status").read_text("ascii"))
    return 1024 * int(found[1])


_LOOKS = """
import http.client, json, sys, time
port, seconds, server = int(sys.argv[1]), float(sys.argv[2]), sys.argv[3]
def waited():
    try:
        return sum(int(open(f"/proc/{one}/schedstat").read().split()[1]) for one in ("self", server)) / 1e9
    except OSError:
        return 0.0
ends = time.monotonic() + seconds
while True:
    began, before = time.monotonic(), waited()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", "/healthz")
    told = json.loads(connection.getresponse().read())
    connection.close()
    took = time.monotonic() - began
    print(json.dumps([took, max(0.0, took - (waited() - before)), told["running"]]), flush=True)
    if time.monotonic() > ends:
        break
    time.sleep(0.2)
"""


@dataclass(frozen=True, kw_only=True)
class Crowd:
    """How many of each kind, and for how long."""

    seconds: float
    clients: int = 200
    slow_senders: int = 20
    slow_readers: int = 20
    half_open: int = 20
    gone: int = 5
    pause_s: float = 1.0


@dataclass
class Answers:
    """What came back: statuses by path, errors of well-behaved clients, seconds each health check took.

    `own_s` are those seconds without the ones in which server or asker had work and the machine gave them no core.
    """

    statuses: Counter = field(default_factory=Counter)
    errors: Counter = field(default_factory=Counter)
    health_s: list[float] = field(default_factory=list)
    own_s: list[float] = field(default_factory=list)
    running: set[bool] = field(default_factory=set)
    cut: Counter = field(default_factory=Counter)

    @property
    def requests(self) -> int:
        return sum(self.statuses.values())


async def crowd(address: str, server: int, of: Crowd) -> Answers:
    """Let them all at a server, whose process has this number; return what it answered."""
    answers, ends = Answers(), time.monotonic() + of.seconds
    port = urlsplit(address).port
    chance = random.Random(12)

    async def client(session: aiohttp.ClientSession, number: int) -> None:
        await asyncio.sleep(chance.random() * of.pause_s)
        while time.monotonic() < ends:
            path = PATHS[number % len(PATHS)]
            number += 1
            try:
                async with session.get(address + path) as response:
                    await response.read()
                    answers.statuses[path, response.status] += 1
            except (aiohttp.ClientError, TimeoutError) as error:
                answers.errors[path, repr(error)] += 1
            await asyncio.sleep(of.pause_s * 2 * chance.random())

    async def looks() -> None:
        """Ask from a process of its own: how long the crowd's own process takes to look up is not the server's."""
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", _LOOKS, str(port), str(of.seconds), str(server)), stdout=subprocess.PIPE
        )
        told, _ = await process.communicate()
        assert process.returncode == 0
        for line in told.splitlines():
            took_s, own_s, running = json.loads(line)
            answers.health_s.append(took_s)
            answers.own_s.append(own_s)
            answers.running.add(running)

    async def stubborn(kind: str) -> None:
        """Connect and misbehave until it is cut off; then again."""
        while time.monotonic() < ends:
            with suppress(OSError):
                reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1024)
                try:
                    await asyncio.wait_for(
                        _misbehave(kind, reader, writer), max(0.1, ends - time.monotonic())
                    )
                    answers.cut[kind] += 1
                except TimeoutError:
                    return
                finally:
                    writer.transport.abort()

    async with aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=0), timeout=aiohttp.ClientTimeout(total=60)
    ) as session:
        kinds = ("slow sender", "slow reader", "half-open", "gone")
        counts = (of.slow_senders, of.slow_readers, of.half_open, of.gone)
        await asyncio.gather(
            *(client(session, number) for number in range(of.clients)),
            looks(),
            *(stubborn(kind) for kind, count in zip(kinds, counts, strict=True) for _ in range(count)),
        )
    return answers


async def _misbehave(kind: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    if kind == "half-open":
        await reader.read()
        return
    if kind == "gone":
        writer.write(b"GET /report.json HTTP/1.1\r\nHost: localhost\r\n\r\n")
        await asyncio.sleep(0.05)
        return
    if kind == "slow reader":
        writer.write(b"GET /report.json HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        while await reader.read(512):
            await asyncio.sleep(0.2)
        return
    for byte in b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: " + b"x" * 100_000:
        writer.write(bytes([byte]))
        await writer.drain()
        if reader.at_eof():
            return
        await asyncio.sleep(0.3)


async def begin_run(address: str) -> None:
    """Ask for a run, and wait until it is under way."""
    headers = {"Authorization": f"Bearer {TOKEN}"}
    async with aiohttp.ClientSession() as session:
        async with session.post(f"{address}/api/recheck", json={}, headers=headers) as response:
            assert response.status == 202, await response.text()
        for _ in range(600):
            async with session.get(f"{address}/healthz") as response:
                if (await response.json())["running"]:
                    return
            await asyncio.sleep(0.1)
    raise AssertionError("no run began")
