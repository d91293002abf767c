"""The second provider against a real pywb, on a WARC written here: page, redirect, 404, revisit."""

import asyncio
import base64
import gc
import hashlib
import io
import os
import shutil
import socket
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from monitor.archive.interface import LookUp
from monitor.archive.policy import ArchivePolicy, MementoPolicy
from monitor.archive.registry import build_archive
from monitor.fetch.aiohttp_fetcher import AiohttpFetcher
from monitor.fetch.policy import FetchPolicy
from monitor.model.snapshot import SnapshotWanted
from monitor.model.source import Source
from tests.support.archive_trial import Notebook

# warcio leaves its spooled files to the garbage collector, which pytest would count as our leak.
pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")]

QUOTE = "the ferry carried nine thousand sacks of grain across the lake that autumn"
FILLER = "".join(
    f"<p>The harbour office kept a ledger of line {n}, in ink, every evening.</p>" for n in range(20)
)
PAGE = f"<html><head><title>The lake ferry</title></head><body><h1>The lake ferry</h1>{FILLER}<p>{QUOTE}.</p></body></html>".encode()
OTHER = f"<html><head><title>The lake ferry</title></head><body><h1>The lake ferry</h1>{FILLER}</body></html>".encode()
FERRY, OLD, LOST = "http://ferry.example/lake", "http://ferry.example/old-lake", "http://ferry.example/lost"


def program(name):
    """Return pywb's program: beside this Python, in the folder PYWB_BIN names, or on the path.

    pywb wants older libraries than ours, so it lives in an environment of its own: CI makes one and
    must find it there; elsewhere the test says what is missing.
    """
    folders = [os.environ.get("PYWB_BIN", ""), str(Path(sys.executable).parent), os.environ["PATH"]]
    found = shutil.which(name, path=os.pathsep.join(filter(None, folders)))
    if not found and "CI" not in os.environ:
        pytest.skip("pywb is missing: install it in its own environment and name its bin folder in PYWB_BIN")
    assert found, "pywb is missing, though CI installs it"
    return found


def write_warc(path):
    with path.open("wb") as stream:
        writer = WARCWriter(stream, gzip=True)

        def response(url, stamp, status, body, *headers):
            http = StatusAndHeaders(status, [("Content-Type", "text/html"), *headers], protocol="HTTP/1.1")
            date = {"WARC-Date": stamp}
            writer.write_record(
                writer.create_warc_record(
                    url, "response", io.BytesIO(body), http_headers=http, warc_headers_dict=date
                )
            )

        response(FERRY, "2012-03-01T10:00:00Z", "200 OK", PAGE)
        response(FERRY, "2015-03-01T10:00:00Z", "200 OK", OTHER)
        response(FERRY, "2016-03-01T10:00:00Z", "404 Not Found", b"<html><title>Not found</title></html>")
        response(OLD, "2012-05-01T10:00:00Z", "301 Moved Permanently", b"", ("Location", FERRY + "?from=old"))
        response(FERRY + "?from=old", "2012-05-01T10:00:05Z", "200 OK", PAGE)
        response(LOST, "2014-01-01T10:00:00Z", "404 Not Found", b"<html><title>Not found</title></html>")
        http = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
        revisit = writer.create_revisit_record(
            FERRY, _digest(PAGE), FERRY, "2012-03-01T10:00:00Z", http_headers=http
        )
        revisit.rec_headers.replace_header("WARC-Date", "2013-03-01T10:00:00Z")
        writer.write_record(revisit)
    gc.collect()  # here, where the warning is expected


def _digest(body):
    return "sha1:" + base64.b32encode(hashlib.sha1(body, usedforsecurity=False).digest()).decode()


@pytest.fixture(scope="module")
def pywb(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pywb")
    write_warc(folder / "one.warc.gz")
    quiet = {"cwd": folder, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    subprocess.run([program("wb-manager"), "init", "col"], check=True, **quiet)
    subprocess.run([program("wb-manager"), "add", "col", "one.warc.gz"], check=True, **quiet)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen([program("wayback"), "-b", "127.0.0.1", "-p", str(port)], **quiet)
    try:
        for _ in range(1000):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.3)
        yield f"http://127.0.0.1:{port}/col"
    finally:
        server.terminate()
        server.wait()


async def ask(base, url, date, quote=QUOTE, *, history=False, index="cdx"):
    known = {
        "cdx": MementoPolicy(replay_url=base, cdx_url=f"{base}/cdx", per_minute=600),
        "timemap": MementoPolicy(replay_url=base, timemap_url=f"{base}/timemap/link", per_minute=600),
    }
    fetcher = AiohttpFetcher(FetchPolicy(allow_private_addresses=True))
    archive = build_archive(
        ArchivePolicy(providers=("local",), memento={"local": known[index]}),
        lambda _: fetcher,
        Notebook(),
        clock=lambda: datetime.now(UTC),
        sleep=asyncio.sleep,
        monotonic=time.monotonic,
    )
    wanted = SnapshotWanted(key="k", access_date=date, quote=quote, title="The lake ferry")
    now = datetime(2026, 1, 1, tzinfo=UTC)
    answer = await archive.look_up(
        LookUp(source=Source(url, url), wanted=[wanted], now=now, want_history=history)
    )
    await fetcher.close()
    return answer, answer.results["k"]


async def test_page_and_revisit_bracket_the_access(pywb):
    answer, result = await ask(pywb, FERRY, "2012-11-05", history=True)
    assert (result.coverage, result.snapshot.timestamp.year) == ("bracketed", 2013)
    assert result.snapshot.verified
    assert answer.requests <= 4
    assert (answer.rot.last_good.year, answer.rot.first_bad.year) == (2015, 2016)


async def test_the_nearest_holding_capture_is_anchored(pywb):
    _, result = await ask(pywb, FERRY, "2015-03-10")
    assert (result.coverage, result.snapshot.timestamp.year) == ("quote-anchored", 2013)


async def test_a_redirect_is_followed_in_the_archive(pywb):
    _, result = await ask(pywb, OLD, "2012-05-03")
    assert (result.coverage, result.snapshot.original) == ("quote-anchored", OLD)
    assert any(FERRY in e.detail for e in result.evidence)


async def test_only_a_404_is_none_and_so_is_nothing(pywb):
    for url in (LOST, "http://ferry.example/never"):
        _, result = await ask(pywb, url, "2014-01-02")
        assert (result.coverage, result.snapshot) == ("none", None)


async def test_a_timemap_serves_where_there_is_no_index(pywb):
    _, result = await ask(pywb, FERRY, "2012-03-02", index="timemap")
    assert (result.coverage, result.snapshot.timestamp.year) == ("bracketed", 2012)
