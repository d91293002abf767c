"""How a host that is busy, or never there, is waited for and left alone."""

import pytest

from monitor.check.requester import BUSY_AFTER
from monitor.fetch.interface import FetchFailure, FetchResponse
from monitor.model.observation import Phase
from tests.support.prose import page
from tests.support.scripted import ScriptedFetcher, found, limited, run, timed
from tests.support.watching import FAST, request


@pytest.mark.parametrize(
    ("header", "waits"),
    [("10", [10]), ("3s", [3]), ("Sun, 01 Mar 2026 12:00:30 GMT", [30]), ("junk", [10])],
)
async def test_the_whole_host_waits_as_asked(header: str, waits: list[float]) -> None:
    first, second, other = "http://a.example/1", "http://a.example/2", "http://b.example/"
    fetcher, _ = await timed(
        {
            first: [limited(first, retry_after=header), found(first, page("One"))],
            second: [found(second, page("Two"))],
            other: [found(other, page("Three"))],
        }
    )
    assert fetcher.times[first][1] - fetcher.times[first][0] == pytest.approx(waits[0])
    assert fetcher.times[second][0] >= waits[0]
    assert fetcher.times[other][0] == 0.0


async def test_dates_are_read_by_the_servers_clock() -> None:
    url = "http://a.example/1"
    later = {"date": "Wed, 01 Apr 2037 08:00:00 GMT", "retry_after": "Wed, 01 Apr 2037 08:00:07 GMT"}
    fetcher, _ = await timed({url: [limited(url, **later), found(url, page("One"))]})
    assert fetcher.times[url] == pytest.approx([0, 7])


async def test_a_longer_second_delay_wins() -> None:
    url = "http://a.example/1"
    fetcher, (report,) = await timed(
        {url: [limited(url, retry_after="5"), limited(url, retry_after="20"), found(url, page("One"))]}
    )
    assert fetcher.times[url] == pytest.approx([0, 5, 25])
    assert report.observation.outcome == "alive"


async def test_waits_for_one_link_are_bounded() -> None:
    url = "http://a.example/1"
    fetcher, (report,) = await timed({url: [limited(url, retry_after="40")]})
    assert fetcher.times[url] == pytest.approx([0, 40])
    assert report.observation.outcome == "rate-limited"
    fetcher, (report,) = await timed({url: [limited(url, retry_after="86400")]})
    assert fetcher.times[url] == [0]
    assert report.observation.retry_after_s == 86400


@pytest.mark.parametrize(
    "headers", [{"ratelimit_remaining": "0", "ratelimit_reset": "40"}, {"ratelimit": '"x";r=0;t=40'}]
)
async def test_a_used_up_limit_slows_the_host_down(headers: dict[str, str]) -> None:
    first, second = "http://a.example/1", "http://a.example/2"
    fetcher, reports = await timed(
        {first: [found(first, page("One"), **headers)], second: [found(second, page("Two"))]}
    )
    assert {report.observation.outcome for report in reports} == {"alive"}
    assert fetcher.times[second][0] >= 40


async def test_a_403_with_a_used_up_limit_is_a_rate_limit() -> None:
    url = "http://a.example/1"
    answer = found(url, b"limit exceeded", status=403, x_ratelimit_remaining="0", x_ratelimit_reset="0")
    _, (report,) = await timed({url: [answer]})
    assert report.observation.outcome == "rate-limited"


async def test_a_host_that_never_connects_is_not_tried_twice_for_ever() -> None:
    urls = [f"http://a.example/{n}" for n in range(6)]
    refused = FetchFailure(phase=Phase.CONNECT, cause="connect-timeout")
    fetcher, reports = await timed({url: [refused] for url in urls})
    assert [len(fetcher.times[url]) for url in urls] == [2, 2, 2, 1, 1, 1]
    assert {report.observation.cause for report in reports} == {"connect-timeout"}


@pytest.mark.parametrize("answer", ["limited", "timeout"])
async def test_a_long_list_of_links_to_a_busy_host_is_not_tried_twice_each(answer: str) -> None:
    urls = [f"http://a.example/{n}" for n in range(20)]

    def one(url: str) -> FetchResponse | FetchFailure:
        return limited(url) if answer == "limited" else FetchFailure(phase=Phase.HTTP, cause="timeout")

    fetcher = ScriptedFetcher({url: one(url) for url in urls})
    reports = await run(fetcher, *(request(url) for url in urls))
    expected = "rate-limited" if answer == "limited" else "unreachable"
    assert {report.observation.outcome for report in reports} == {expected}
    assert len(fetcher.asked) <= len(urls) + BUSY_AFTER * FAST.retries


async def test_an_answer_ends_the_suspicion_of_a_busy_host() -> None:
    """Every link is refused once and answered then: no link is given up for its neighbours."""
    urls = [f"http://a.example/{n}" for n in range(2 * BUSY_AFTER)]
    _, reports = await timed(
        {url: [limited(url, retry_after="2"), found(url, page("One", "The weir was oak."))] for url in urls}
    )
    assert {report.observation.outcome for report in reports} == {"alive"}
