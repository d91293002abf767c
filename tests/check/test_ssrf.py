"""Whatever a document or a server says, nothing but public addresses is asked: forms, names, hops, proxies.

Name servers are invented, and connections are watched: what would leave loopback is written down and
refused inside the process, so that no packet does.
"""

import asyncio
import dataclasses
import itertools
import socket
from collections.abc import AsyncIterator, Sequence

import pytest

from monitor.check.checker import HostChecker
from monitor.check.interface import CheckReport, CheckRequest
from monitor.check.policy import CheckPolicy
from monitor.fetch.aiohttp_fetcher import AiohttpFetcher
from monitor.fetch.guard import special_purpose
from monitor.model.values import replaced
from tests.support.watching import FAST, Time, request
from tests.support.zoo import NOW

PUBLIC = "93.184.216.34"
SPECIAL = [
    "127.0.0.1", "10.0.0.1", "172.16.5.5", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "192.88.99.1",
    "168.63.129.16", "198.18.0.1", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "ff02::1",
    "::ffff:127.0.0.1", "::ffff:0:10.0.0.1", "::127.0.0.1", "64:ff9b::10.0.0.1", "2002:7f00:1::1",
    "2001:0:7f00:1::1", "fd00:ec2::254",
]  # fmt: skip
LITERALS = [
    "127.0.0.1", "127.1", "127.0.1", "2130706433", "017700000001", "0x7f000001", "0x7f.1", "0177.0.0.1", "127.0.0.1.",
    "0", "0.0.0.0", "10.0.258", "169.254.169.254", "0xa9fea9fe", "2852039166", "168.63.129.16", "[::1]", "[::]",
    "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[0:0:0:0:0:ffff:10.0.0.1]", "[::ffff:0:127.0.0.1]",
    "[64:ff9b::127.0.0.1]", "[2002:7f00:1::]", "[fe80::1]", "[fd00:ec2::254]", "localhost", "LOCALHOST.", "x.localhost",
    "①②⑦.⓪.⓪.①", "１２７.０.０.１", "127。0。0。1",
]  # fmt: skip


class Watched:
    """The process's only ways out: connections to anything but loopback are written down and refused."""

    def __init__(self) -> None:
        self.dialled: list[str] = []
        self.looked_up: list[str] = []
        self.answers: dict[str, itertools.cycle] = {}

    async def lookup(self, host: str, port: int) -> Sequence[str]:
        await asyncio.sleep(0)
        self.looked_up.append(host)
        if host not in self.answers:
            raise socket.gaierror(socket.EAI_NONAME, "as arranged")
        return next(self.answers[host])

    def knows(self, host: str, *answers: Sequence[str]) -> None:
        """Let a name have these addresses: one list for each time it is asked for, over again."""
        self.answers[host] = itertools.cycle(answers)


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch) -> Watched:
    watch = Watched()
    loop_class = asyncio.SelectorEventLoop

    async def connect(self: object, sock: socket.socket, address: tuple) -> None:
        watch.dialled.append(address[0])
        raise ConnectionRefusedError(111, "nothing leaves this process")

    monkeypatch.setattr(loop_class, "sock_connect", connect)
    return watch


@dataclasses.dataclass
class Redirecting:
    """A transport that answers for public hosts as told, and asks a real one for everything else."""

    inner: AiohttpFetcher
    places: dict[str, str]

    async def fetch(self, asked):
        from monitor.fetch.interface import FetchResponse

        if (place := self.places.get(asked.url)) is not None:
            return FetchResponse(url=asked.url, status=302, location=place)
        return await self.inner.fetch(asked)

    async def close(self) -> None:
        await self.inner.close()


async def probe(
    watched: Watched, url: str, policy: CheckPolicy = FAST, places: dict[str, str] | None = None
) -> CheckReport:
    fetcher = AiohttpFetcher(policy.fetch(), lookup=watched.lookup)
    time = Time()
    used = Redirecting(fetcher, places) if places else fetcher
    checker: HostChecker = HostChecker(policy, used, lambda: NOW, time.sleep, time.monotonic, lambda: 0.5)

    async def stream() -> AsyncIterator[CheckRequest]:
        yield request(url)

    try:
        (report,) = [report async for report in checker.check(stream())]
        return report
    finally:
        await fetcher.close()


def refused(report: CheckReport, watched: Watched) -> None:
    seen = report.observation
    assert (seen.outcome, seen.cause) == ("refused", "private-address"), (
        seen.outcome,
        seen.cause,
        seen.evidence,
    )
    assert watched.dialled == []


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize("host", LITERALS)
async def test_literal_addresses_in_every_spelling(scheme: str, host: str, watched: Watched) -> None:
    refused(await probe(watched, f"{scheme}://{host}/admin"), watched)


@pytest.mark.parametrize("host", ["[fe80::1%25eth0]", "[::1%lo]", "[fe80::1%eth0]", "[::127.0.0.1%25lo]"])
async def test_zones_are_no_addresses_of_the_web(host: str, watched: Watched) -> None:
    report = await probe(watched, f"http://{host}/")
    assert report.observation.outcome in ("malformed", "refused")
    assert watched.dialled == []


@pytest.mark.parametrize("address", SPECIAL)
async def test_names_that_lead_inside(address: str, watched: Watched) -> None:
    watched.knows("inside.example", [address])
    refused(await probe(watched, "http://inside.example/"), watched)


@pytest.mark.parametrize("order", [[PUBLIC, "127.0.0.1"], ["127.0.0.1", PUBLIC], ["2606:4700::1111", "::1"]])
async def test_one_bad_address_among_good_ones(order: list[str], watched: Watched) -> None:
    watched.knows("mixed.example", order)
    refused(await probe(watched, "https://mixed.example/"), watched)


@pytest.mark.parametrize("scheme", ["http", "https"])
async def test_a_name_that_changes_between_look_and_connection(scheme: str, watched: Watched) -> None:
    """What is checked is what is dialled: a second answer is checked again, or never asked for."""
    watched.knows("rebinding.example", [PUBLIC], ["127.0.0.1"])
    report = await probe(watched, f"{scheme}://rebinding.example/", replaced(FAST, retries=4))
    assert set(watched.dialled) <= {PUBLIC}
    assert watched.dialled, "the public address was asked"
    assert report.observation.outcome in ("refused", "unreachable")


async def test_an_ordinary_address_is_asked(watched: Watched) -> None:
    watched.knows("outside.example", [PUBLIC])
    report = await probe(watched, "http://outside.example/")
    assert report.observation.cause == "connect-refused"
    assert set(watched.dialled) == {PUBLIC}


@pytest.mark.parametrize(
    "place",
    [
        "http://127.0.0.1/", "http://[::ffff:10.0.0.1]/", "//169.254.169.254/latest/meta-data/", "\\\\127.0.0.1\\x",
        "http:\\\\10.0.0.1\\", "https://0x7f.1/", "http://inside.example/", "http://ann@127.0.0.1/", "http://localhost/",
        "http://outside.example@127.0.0.1/", "http://127.0.0.1:80\\@outside.example/",
    ],
)  # fmt: skip
@pytest.mark.parametrize("hops", [1, 3])
async def test_redirects_that_lead_inside(place: str, hops: int, watched: Watched) -> None:
    watched.knows("inside.example", ["10.0.0.1"])
    watched.knows("outside.example", [PUBLIC])
    places = {f"http://outside.example/{n}": f"/{n + 1}" for n in range(1, hops)}
    places[f"http://outside.example/{hops}"] = place
    report = await probe(watched, "http://outside.example/1", places=places)
    assert report.observation.outcome in ("refused", "unreachable")
    assert report.observation.cause in ("private-address", "bad-redirect")
    assert watched.dialled == []


@pytest.mark.parametrize(
    "place", ["file:///etc/passwd", "gopher://127.0.0.1:70/", "ftp://10.0.0.1/", "dict://127.0.0.1/"]
)
async def test_redirects_to_other_schemes(place: str, watched: Watched) -> None:
    report = await probe(watched, "http://outside.example/", places={"http://outside.example/": place})
    assert report.observation.cause == "redirect-scheme"
    assert watched.dialled == []


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize("address", ["127.0.0.1", "169.254.169.254", "::ffff:10.0.0.1"])
async def test_names_are_guarded_before_a_proxy_is_asked(scheme: str, address: str, watched: Watched) -> None:
    policy = replaced(FAST, proxy="http://proxy.example:3128")
    watched.knows("proxy.example", ["10.9.9.9"])
    watched.knows("inside.example", [address])
    refused(await probe(watched, f"{scheme}://inside.example/", policy), watched)
    for host in ("127.1", "localhost", "[::1]"):
        refused(await probe(watched, f"{scheme}://{host}/", policy), watched)


async def test_a_proxy_a_person_named_may_be_inside_and_serves_names_it_alone_knows(watched: Watched) -> None:
    policy = replaced(FAST, proxy="http://proxy.example:3128")
    watched.knows("proxy.example", ["10.9.9.9"])
    watched.knows("outside.example", [PUBLIC])
    for host in ("outside.example", "known-to-the-proxy.example"):
        report = await probe(watched, f"http://{host}/", policy)
        assert (report.observation.outcome, report.observation.cause) == ("unchecked", "proxy-failed")
    assert set(watched.dialled) == {"10.9.9.9"}


async def test_a_documents_public_page_is_guarded_too(watched: Watched) -> None:
    watched.knows("inside.example", ["10.0.0.1"])
    fetcher = AiohttpFetcher(FAST.fetch(), lookup=watched.lookup)
    time = Time()
    checker = HostChecker(FAST, fetcher, lambda: NOW, time.sleep, time.monotonic, lambda: 0.5)
    for url in ("http://inside.example/", "http://127.0.0.1/", "http://[::1]/"):
        answer = await checker.read(url)
        assert getattr(answer, "cause", None) == "private-address"
    assert watched.dialled == []
    await fetcher.close()


@pytest.mark.parametrize("second", [{"lenient": True}, {"http2": True}, {"verify_tls": False}])
async def test_second_looks_pass_the_same_guard(second: dict[str, bool], watched: Watched) -> None:
    from monitor.fetch.interface import FetchFailure, FetchRequest

    watched.knows("inside.example", ["10.0.0.1"])
    fetcher = AiohttpFetcher(FAST.fetch(), lookup=watched.lookup)
    for host in ("inside.example", "127.0.0.1", "[::1]", "localhost"):
        answer = await fetcher.fetch(FetchRequest(url=f"https://{host}/", **second))
        assert isinstance(answer, FetchFailure)
        assert answer.cause == "private-address"
    assert watched.dialled == []
    await fetcher.close()


def test_the_forms_above_are_what_they_seem() -> None:
    assert all(special_purpose(address) for address in SPECIAL)
    assert special_purpose(PUBLIC) is None
