"""A host's folder is listed once, after a few addresses, and never makes a "none" by itself."""

import random
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from monitor.archive.errors import ArchiveTrouble
from monitor.archive.host_index import ALONE, HostIndex, common_folder
from monitor.archive.transport import Cost
from monitor.archive.wayback import WaybackIndex
from monitor.fetch.interface import FetchResponse

DIGEST = "YTEQQRWKL47VHUWFV2NXX7XLEOHMNWZ6"
NOW = datetime(2026, 2, 3, tzinfo=UTC)


class Server:
    """An index over lines, exact and by prefix, with a limit on rows."""

    def __init__(self, captures: dict[str, list[str]], *, most: int = 10_000, shut: bool = False) -> None:
        self.captures, self.most, self.shut = captures, most, shut
        self.asked: list[tuple[str, str]] = []

    async def ask(self, pool: str, url: str, cost: Cost, **_: object) -> FetchResponse:
        cost.requests += 1
        query = {k: v[0] for k, v in parse_qs(urlsplit(url).query).items()}
        self.asked.append((query["matchType"], query["url"]))
        prefix = query["matchType"] == "prefix"
        if prefix and self.shut:
            raise ArchiveTrouble("HTTP 504")
        named = [u for u in self.captures if (u.startswith(query["url"]) if prefix else u == query["url"])]
        lines = [self._line(u, stamp) for u in sorted(named) for stamp in self.captures[u]]
        text = "\n".join(lines[: self.most]) + ("\n\nkey\n" if len(lines) > self.most else "\n")
        return FetchResponse(
            url=url, status=200, headers=(("content-type", "text/plain"),), body=text.encode()
        )

    @staticmethod
    def _line(url: str, stamp: str) -> str:
        path = urlsplit(url).path.lower()
        return f"org,example){path} {stamp} {url} text/html 200 {DIGEST} 900"

    def count(self, kind: str) -> int:
        return sum(match == kind for match, _ in self.asked)


class Clock:
    now = NOW

    def __call__(self) -> datetime:
        return self.now


def papers(count: int) -> list[str]:
    return [f"http://example.org/papers/{n}.html" for n in range(count)]


async def ask(index: HostIndex, *urls: str) -> list[list[str]]:
    return [[row.stamp for row in await index.rows(url, Cost())] for url in urls]


async def test_after_a_few_addresses_one_request_serves_the_rest() -> None:
    urls = papers(30)
    server = Server({url: [f"20100101{n:06}"] for n, url in enumerate(urls)})
    found = await ask(HostIndex(WaybackIndex(server, "https://archive.test/cdx"), Clock()), *urls)
    assert found == [[f"20100101{n:06}"] for n in range(30)]
    assert (server.count("exact"), server.count("prefix")) == (ALONE, 1)
    assert ("prefix", "http://example.org/papers/") in server.asked


async def test_an_address_the_list_does_not_name_is_asked_for_by_itself() -> None:
    urls = papers(8)
    server = Server({url: ["20100101000000"] for url in urls[:7]})
    found = await ask(HostIndex(WaybackIndex(server, "https://archive.test/cdx"), Clock()), *urls)
    assert found[-1] == []
    assert server.asked[-1] == ("exact", urls[-1])


@pytest.mark.parametrize("trouble", [{"shut": True}, {"most": 5}])
async def test_a_host_too_big_to_list_goes_on_one_by_one(trouble: dict[str, object]) -> None:
    urls = papers(20)
    server = Server({url: ["20100101000000"] for url in urls}, **trouble)
    found = await ask(HostIndex(WaybackIndex(server, "https://archive.test/cdx"), Clock()), *urls)
    assert found == [["20100101000000"]] * 20
    assert (server.count("exact"), server.count("prefix")) == (20, 1)


async def test_spellings_of_one_key_share_their_captures() -> None:
    captures = {url: ["20100101000000"] for url in papers(4)}
    captures["http://example.org/papers/Last.html"] = ["20110101000000"]
    captures["http://example.org/papers/last.html"] = ["20120101000000"]
    server = Server(captures)
    index = HostIndex(WaybackIndex(server, "https://archive.test/cdx"), Clock())
    await ask(index, *papers(4))
    found = await ask(index, "http://www.example.org/papers/last.html/")
    assert found == [["20110101000000", "20120101000000"]]


async def test_a_list_does_not_outlive_its_hour() -> None:
    urls, clock = papers(6), Clock()
    server = Server({url: ["20100101000000"] for url in urls})
    index = HostIndex(WaybackIndex(server, "https://archive.test/cdx"), clock)
    await ask(index, *urls)
    clock.now += timedelta(hours=2)
    server.captures[urls[5]].append("20260202000000")
    assert await ask(index, urls[5]) == [["20100101000000", "20260202000000"]]


async def test_it_never_costs_more_than_one_request_too_many_for_a_host() -> None:
    chance = random.Random(3)
    for _ in range(20):
        hosts = [f"http://h{n}.example.org/x/" for n in range(6)]
        urls = [chance.choice(hosts) + f"{chance.randint(0, 20)}" for _ in range(60)]
        server = Server({url: ["20100101000000"] for url in urls})
        await ask(HostIndex(WaybackIndex(server, "https://archive.test/cdx"), Clock()), *urls)
        assert len(server.asked) <= len(urls) + len(hosts)


@pytest.mark.parametrize(
    ("urls", "folder"),
    [
        (["http://a.org/x/y/1", "http://a.org/x/y/2"], "http://a.org/x/y/"),
        (["http://a.org/x/y/1", "http://a.org/x/yz/2"], "http://a.org/x/"),
        (["http://a.org/1", "http://a.org/x/2"], "http://a.org/"),
        (["http://a.org", "http://a.org/x/2"], "http://a.org/"),
        (["https://a.org:8080/d/?q=/z/", "https://a.org:8080/d/e?q=/z/"], "https://a.org:8080/d/"),
    ],
)
def test_the_common_folder(urls: list[str], folder: str) -> None:
    assert common_folder(urls) == folder
