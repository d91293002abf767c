"""Answers that arrive damaged, through the real transport: never half a page taken for the whole."""

import asyncio
import gzip
import time
from datetime import UTC, datetime

import pytest

from monitor.archive.interface import LookUp
from monitor.fetch.aiohttp_fetcher import AiohttpFetcher
from monitor.fetch.policy import FetchPolicy
from monitor.model.snapshot import SnapshotWanted
from monitor.model.source import Source
from tests.support.archive_server import served
from tests.support.archive_standin import Kept, StandIn
from tests.support.archive_trial import Notebook, archive_for
from tests.support.page_texts import document, essay

QUOTE = "The last lantern on the pier was taken down before the winter storms."
PAGE = document(body=f"<main><p>{essay(4000)}</p><p>{QUOTE}</p></main>")
URL = "http://pier.example.org/lanterns"


class RealTime:
    clock = staticmethod(lambda: datetime.now(UTC))
    monotonic = staticmethod(time.monotonic)
    sleep = staticmethod(asyncio.sleep)


async def coverage_of(body: bytes, encoding: tuple[str, ...]) -> tuple[str, bool]:
    standin = StandIn([Kept(url=URL, stamp="20110216090000", body=body, encoding=encoding)])
    fetcher = AiohttpFetcher(FetchPolicy(allow_private_addresses=True))
    async with served(standin):
        archive = archive_for(
            standin, RealTime, fetcher=fetcher, memory=Notebook(), retry_wait_s=0.01,
            cdx_per_minute=6000, replay_per_minute=6000,
        )  # fmt: skip
        wanted = SnapshotWanted(key="a", access_date="2011-02-17", quote=QUOTE, title=None)
        answer = await archive.look_up(
            LookUp(source=Source(URL, URL), wanted=[wanted], now=datetime(2026, 3, 1, tzinfo=UTC))
        )
        await fetcher.close()
    result = answer.results["a"]
    return result.coverage.value, bool(result.snapshot and result.snapshot.verified)


@pytest.mark.parametrize("encoding", [("gzip",), ("", "gzip"), ("gzip", ""), ()])
async def test_a_stored_gzip_body_is_read_however_it_is_labelled(encoding: tuple[str, ...]) -> None:
    assert await coverage_of(gzip.compress(PAGE), encoding) == ("quote-anchored", True)


async def test_plain_bytes_labelled_gzip_are_read_as_they_are() -> None:
    assert await coverage_of(PAGE, ("gzip",)) == ("quote-anchored", True)


@pytest.mark.parametrize("share", [0.3, 0.9, 0.999])
async def test_a_compressed_body_without_its_end_leaves_the_question_open(share: float) -> None:
    packed = gzip.compress(PAGE)
    assert await coverage_of(packed[: int(len(packed) * share)], ("gzip",)) == ("unknown", False)


async def test_every_request_the_archive_sees_was_counted() -> None:
    """A kept-alive connection that breaks is not silently tried again behind the limiter's back."""
    standin = StandIn([Kept(url=URL, stamp="20110216090000", body=PAGE)])
    fetcher = AiohttpFetcher(FetchPolicy(allow_private_addresses=True))
    async with served(standin):
        archive = archive_for(
            standin, RealTime, fetcher=fetcher, memory=Notebook(), retry_wait_s=0.01,
            cdx_per_minute=6000, replay_per_minute=6000, availability_per_minute=6000,
        )  # fmt: skip
        sent = 0
        for number in range(6):
            url = f"http://pier{number}.example.org/"
            if number % 2:
                standin.faults["cdx"].extend(["reset", "reset"])
            wanted = SnapshotWanted(key="a", access_date="2011-02-17", quote=QUOTE, title=None)
            question = LookUp(source=Source(url, url), wanted=[wanted], now=datetime(2026, 3, 1, tzinfo=UTC))
            sent += (await archive.look_up(question)).requests
        await fetcher.close()
    assert sent == len(standin.log)
