"""The daemon over real HTTP: page, JSON, health, metrics, recheck, a missed night, a clean stop."""

import asyncio
import json
import logging
import os
import re
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import aiohttp
import pytest
from aiohttp.test_utils import TestClient, TestServer, make_mocked_request

from monitor.config import Config, ServePolicy
from monitor.errors import StoreError
from monitor.serve import web as serve

LIST = "- [Cool URIs](https://www.w3.org/Provider/Style/URI). Accessed 4 March 2026.\n"


class Running:
    def __init__(self, process: subprocess.Popen, address: str, said: str) -> None:
        self.process, self.address, self.said = process, address, said


@pytest.fixture
def daemon(tmp_path: Path, servers):
    """`monitor serve` as its own process on a free port, over the rehearsal's web."""
    (tmp_path / "list.md").write_text(LIST)
    (tmp_path / "config.toml").write_text('[[documents]]\npath = "list.md"\n')
    environment = {key: value for key, value in os.environ.items() if not key.startswith("MONITOR_")}
    process = subprocess.Popen(
        [sys.executable, "-m", "monitor", "serve", "--port", "0"],
        cwd=tmp_path, env=environment | servers | {"MONITOR_SERVE__TOKEN": "sesame"},
        stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    said = process.stderr.readline()
    address = re.search(r"http://[\d.:]+", said)
    assert address, said
    try:
        yield Running(process, address[0], said)
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()
        process.stderr.close()


def children(process: subprocess.Popen) -> list[int]:
    """Return the processes a process started."""
    listed = Path(f"/proc/{process.pid}/task").glob("*/children")
    return [int(number) for file in listed for number in file.read_text().split()]


async def get(session: aiohttp.ClientSession, url: str) -> tuple[int, str, aiohttp.ClientResponse]:
    async with session.get(url) as response:
        return response.status, await response.text(), response


async def test_it_catches_up_serves_what_it_wrote_and_stops_cleanly(daemon):
    assert "missed night" in daemon.said
    async with aiohttp.ClientSession() as session:
        deadline = time.monotonic() + 500
        while True:
            status, text, _ = await get(session, f"{daemon.address}/healthz")
            health = json.loads(text)
            settled = health["last_complete_run"] and not health["running"]
            if settled or time.monotonic() > deadline:
                break
            await asyncio.sleep(0.2)
        assert (status, health["status"], health["reason"]) == (200, "ok", None)
        assert health["next_run"]

        status, page, response = await get(session, f"{daemon.address}/")
        assert status == 200
        assert "Cool URIs" in page
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert "default-src 'none'" in response.headers["Content-Security-Policy"]

        _, text, _ = await get(session, f"{daemon.address}/api/citations?limit=1&outcome=alive")
        answer = json.loads(text)
        assert (answer["total"], [one["title"] for one in answer["citations"]]) == (1, ["Cool URIs"])
        for wrong in ("limit=-1", "limit=x", "outcome=nonsense", "severity=", "colour=red"):
            status, text, _ = await get(session, f"{daemon.address}/api/citations?{wrong}")
            assert status == 400, wrong
            assert wrong.partition("=")[0] in text
        _, text, _ = await get(session, f"{daemon.address}/api")
        assert "GET /api/citations" in json.loads(text)["endpoints"]
        _, _, response = await get(session, f"{daemon.address}/feed.atom")
        assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"

        _, text, _ = await get(session, f"{daemon.address}/metrics")
        assert 'monitor_citations_by_outcome{outcome="alive"} 1.0' in text

        for hidden in (
            "../config.toml",
            "%2e%2e/config.toml",
            ".citation-monitor.json",
            "..%2fconfig.toml",
            "no/such",
            "%00",
            "a%0ab",
            "x" * 4000,
            "%ff%fe",
        ):
            status, _, response = await get(session, f"{daemon.address}/{hidden}")
            assert status == 404, hidden
            assert "Content-Security-Policy" in response.headers

        for wrong in (
            b"GET /" + b"y" * 9000 + b" HTTP/1.1",
            b"GET / HTTP/9",
            b"\x16\x03\x01",
            b"GET\t/ HTTP/1.1\r\nA B: c",
        ):
            reader, writer = await asyncio.open_connection(
                "127.0.0.1", int(daemon.address.rpartition(":")[2])
            )
            writer.write(wrong + b"\r\nHost: localhost\r\n\r\n")
            assert b" 400 " in (await reader.read())[:20], wrong[:20]
            writer.close()

        recheck = f"{daemon.address}/api/recheck"
        async with session.post(recheck, json={}) as response:
            assert response.status == 401
        for odd in ("Bearer", "Bearer éè", "Basic c2VzYW1l", "sesame2"):
            async with session.post(recheck, json={}, headers={"Authorization": odd}) as response:
                assert response.status == 401, odd
        names = {"evil.example": 421, "localhost": 200, "127.0.0.1:1": 200, "[::1]": 200, "a b": 421}
        for host, code in names.items():
            async with session.get(f"{daemon.address}/healthz", headers={"Host": host}) as response:
                assert response.status == code, host
        key = {"Authorization": "Bearer sesame"}
        async with session.post(recheck, json={"url": "https://nobody.example/"}, headers=key) as response:
            assert response.status == 404
        for body in ("{", "[]", '{"url": 3}', "null"):
            async with session.post(recheck, data=body, headers=key) as response:
                assert response.status == 400, body
        url = "https://www.w3.org/Provider/Style/URI"
        async with session.post(recheck, json={"url": url}, headers=key) as response:
            assert response.status == 202
        first = health["last_run"]
        while time.monotonic() < deadline:
            _, text, _ = await get(session, f"{daemon.address}/healthz")
            if json.loads(text)["last_run"] != first:
                break
            await asyncio.sleep(0.2)
        assert json.loads(text)["last_run"] != first

        # A run whose process is killed is named, and takes the face along in nothing.
        async with session.post(recheck, json={"url": url}, headers=key) as response:
            assert response.status == 202
        while (answer := await get(session, f"{daemon.address}/healthz"))[0] == 200:
            assert time.monotonic() < deadline
            for night in children(daemon.process):
                os.kill(night, signal.SIGKILL)
            await asyncio.sleep(0.05)
        text = answer[1]
        assert "ended by SIGKILL" in json.loads(text)["reason"]
        async with session.post(recheck, json={"url": url}, headers=key) as response:
            assert response.status == 202
        while (await get(session, f"{daemon.address}/healthz"))[0] == 503:
            assert time.monotonic() < deadline
            await asyncio.sleep(0.2)

        # A load of small requests, bounded: every one is answered.
        codes = await asyncio.gather(*(get(session, f"{daemon.address}/healthz") for _ in range(300)))
        assert {code for code, _, _ in codes} == {200}
    daemon.process.send_signal(signal.SIGTERM)
    assert daemon.process.wait() == 0
    said = daemon.process.stderr.read()
    assert "Traceback" not in said, said


def test_a_database_in_memory_is_refused(monitor):
    ended = monitor("serve", "--port", "0", "--database", "sqlite://")
    assert ended.code == 2
    assert "in memory" in ended.err


def test_a_taken_port_is_a_clear_error(daemon, monitor, tmp_path):
    port = daemon.address.rsplit(":", 1)[1]
    ended = monitor("serve", "--port", port, "--database", "other.sqlite3")
    assert ended.code == 2
    assert f":{port}" in ended.err
    assert "--port" in ended.err


class Night:
    """A night that is published when told to."""

    def __init__(self):
        self.begun, self.go_on, self.times, self.ended = asyncio.Event(), asyncio.Event(), 0, 0

    async def begin(self, _due):
        self.times += 1
        self.begun.set()
        return self

    async def published(self):
        await self.go_on.wait()

    async def end(self):
        self.ended += 1


async def test_a_stop_in_the_middle_of_a_run_is_told_in_one_line(caplog):
    night = Night()
    daemon = serve.Daemon(SimpleNamespace(config=Config()), night.begin)
    daemon.nightly.start(None, datetime.now(UTC))
    await asyncio.wait_for(night.begun.wait(), 10)
    daemon.nightly.stop()
    await daemon.end_night()
    await asyncio.sleep(0.05)
    assert night.ended == 1
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING] == [
        "stopped in the middle of a run; the next one goes on from what is stored"
    ]


def running(night=None, **config):
    begin = (night or Night()).begin
    return serve.Daemon(SimpleNamespace(config=Config(serve=ServePolicy(**config))), begin)


async def test_a_recheck_during_a_run_is_followed_by_another_run():
    one = Night()
    daemon = running(one, token="sesame")
    night = asyncio.ensure_future(daemon._night())
    await one.begun.wait()
    request = make_mocked_request("POST", "/api/recheck", headers={"Authorization": "Bearer sesame"})
    answer = await daemon.recheck(request)
    assert (answer.status, json.loads(answer.text)) == (202, {"status": "queued"})
    one.go_on.set()
    await night
    assert one.times == 2
    assert one.ended == 1  # what the first still asked of archives makes way for the second


async def test_a_database_that_is_down_is_said_in_words_and_recovers():
    class Store:
        down = True

        async def last_run(self, **_):
            if self.down:
                raise StoreError("the database does not answer; check that it runs")

    daemon = running()
    daemon._session.store = store = Store()
    async with TestClient(TestServer(daemon.application())) as client:
        async with client.get("/healthz") as answer:
            assert answer.status == 503
            assert await answer.text() == "the database does not answer; check that it runs\n"
        store.down = False
        async with client.get("/healthz") as answer:
            assert (await answer.json())["reason"] == "no complete run yet"


@pytest.mark.parametrize(
    ("hosts", "host", "welcome"),
    [
        ((), "status.example", False),
        (("Status.example",), "status.EXAMPLE:443", True),
        (("*",), "anything.example", True),
        ((), "10.0.0.7:8080", True),
        ((), "", False),
        ((), None, False),
    ],
)
def test_a_name_it_was_not_told_of_is_refused(hosts, host, welcome):
    assert running(hosts=hosts).welcome(host) is welcome
