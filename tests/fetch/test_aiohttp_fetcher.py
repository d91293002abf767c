"""The transport against real sockets: what it sends, what it keeps, what it refuses."""

import asyncio
import socket
from collections.abc import AsyncIterator, Sequence
from importlib.metadata import version

import pytest

import tests.support.zoo_bodies
import tests.support.zoo_statuses
from monitor.errors import ConfigError, UsageError
from monitor.fetch.aiohttp_fetcher import AiohttpFetcher
from monitor.fetch.interface import Fetcher, FetchFailure, FetchRequest, FetchResponse, NameLookup
from monitor.fetch.policy import FetchPolicy
from monitor.model.observation import Phase
from tests.support.certificates import certificates
from tests.support.zoo import Zoo

assert tests.support.zoo_bodies
assert tests.support.zoo_statuses


@pytest.fixture
async def zoo() -> AsyncIterator[Zoo]:
    async with Zoo(certificates()) as running:
        yield running


@pytest.fixture
async def fetcher(zoo: Zoo) -> AsyncIterator[AiohttpFetcher]:
    policy = FetchPolicy(resolve=zoo.overrides(), ca_file=certificates().ca_file)
    made = AiohttpFetcher(policy)
    yield made
    await made.close()


async def answered(fetcher: Fetcher, url: str, **more: object) -> FetchResponse:
    answer = await fetcher.fetch(FetchRequest(url=url, timeout_s=5.0, **more))
    assert isinstance(answer, FetchResponse), answer
    return answer


async def failed(fetcher: Fetcher, url: str, **more: object) -> FetchFailure:
    answer = await fetcher.fetch(FetchRequest(**({"url": url, "timeout_s": 5.0} | more)))
    assert isinstance(answer, FetchFailure), answer
    return answer


def test_it_keeps_the_protocols() -> None:
    made = AiohttpFetcher(FetchPolicy())
    assert isinstance(made, NameLookup)


async def test_only_what_is_asked_is_sent(zoo: Zoo, fetcher: AiohttpFetcher) -> None:
    await answered(fetcher, "http://fine.zoo.test/page%2Fx?q=a+b#frag", headers={"X-One": "1"})
    (ask,) = zoo.asked["fine.zoo.test"]
    assert ask.target == "/page%2Fx?q=a+b"
    assert set(ask.headers) == {"host", "accept-encoding", "user-agent", "x-one"}
    assert ask.headers["host"] == "fine.zoo.test"


async def test_redirects_and_cookies_are_the_callers(zoo: Zoo, fetcher: AiohttpFetcher) -> None:
    answer = await answered(fetcher, "http://wire.zoo.test/giant-cookie")
    assert sum(name == "set-cookie" for name, _ in answer.headers) == 60
    await answered(fetcher, "http://wire.zoo.test/no-type")
    assert "cookie" not in zoo.asked["wire.zoo.test"][-1].headers
    answer = await answered(fetcher, "http://wire.zoo.test/long-location")
    assert answer.status == 302
    assert answer.location is not None
    assert len(answer.location) > 9000


async def test_header_names_are_lower_case_in_order(fetcher: AiohttpFetcher) -> None:
    answer = await answered(fetcher, "http://wire.zoo.test/many-headers")
    names = [name for name, _ in answer.headers if name.startswith("x-")]
    assert names == [f"x-{n}" for n in range(400)]
    assert answer.header("X-7") == "y"


async def test_a_request_that_is_no_longer_wanted_once_connected_is_not_sent(
    zoo: Zoo, fetcher: AiohttpFetcher
) -> None:
    url = "https://fine.zoo.test/page"
    for more in ({}, {"lenient": True}):
        failure = await failed(fetcher, url, still=lambda: False, **more)
        assert (failure.phase, failure.cause) == (Phase.CONNECT, "not-sent")
    assert not zoo.asked["fine.zoo.test"]
    await answered(fetcher, url, still=lambda: True)
    await failed(fetcher, url, still=lambda: False)  # not on a connection that was kept open either
    assert len(zoo.asked["fine.zoo.test"]) == 1


async def test_connections_are_used_again(zoo: Zoo, fetcher: AiohttpFetcher) -> None:
    for _ in range(3):
        await answered(fetcher, "http://fine.zoo.test/page")
    assert len(zoo._tasks) == 1


async def test_tls_names_the_asked_host_whatever_the_address(zoo: Zoo, fetcher: AiohttpFetcher) -> None:
    answer = await answered(fetcher, "https://fine.zoo.test/page")
    assert answer.status == 200
    assert zoo.asked["fine.zoo.test"][0].secure


@pytest.mark.parametrize(
    ("name", "cause"),
    [
        ("tls-expired", "tls-expired"),
        ("tls-not-yet", "tls-not-yet-valid"),
        ("tls-self-signed", "tls-self-signed"),
        ("tls-wrong-host", "tls-host-mismatch"),
        ("tls-incomplete", "tls-incomplete-chain"),
        ("tls-stranger", "tls-incomplete-chain"),
        ("plain-on-443", "tls-not-spoken"),
    ],
)
async def test_tls_is_verified_unless_told(name: str, cause: str, fetcher: AiohttpFetcher) -> None:
    url = f"https://{name}.zoo.test/page"
    assert (await failed(fetcher, url)).cause == cause
    if name != "plain-on-443":
        assert (await answered(fetcher, url, verify_tls=False)).status == 200
        assert (await failed(fetcher, url)).cause == cause


async def test_old_protocols_answer_only_unverified(fetcher: AiohttpFetcher) -> None:
    url = "https://tls-old.zoo.test/page"
    assert (await failed(fetcher, url)).phase == "tls"
    assert (await answered(fetcher, url, verify_tls=False)).status == 200


async def test_a_body_stops_at_its_cap(fetcher: AiohttpFetcher) -> None:
    answer = await answered(fetcher, "http://slow.zoo.test/endless", max_body_bytes=50_000)
    assert answer.truncated
    assert len(answer.body) == 50_000
    answer = await answered(fetcher, "http://slow.zoo.test/giant", media_cap_bytes=1000)
    assert len(answer.body) == 1000


async def test_a_body_that_drips_is_left_in_time(fetcher: AiohttpFetcher) -> None:
    answer = await answered(fetcher, "http://slow.zoo.test/drip", stop_after_s=0.3)
    assert answer.body_failure is not None
    assert answer.body_failure.cause == "body-timeout"
    assert b"1911" in answer.body


async def test_waiting_ends(fetcher: AiohttpFetcher) -> None:
    loop = asyncio.get_running_loop()
    begin = loop.time()
    failure = await failed(fetcher, "http://slow.zoo.test/late", timeout_s=0.3)
    assert (failure.phase, failure.cause) == ("http", "timeout")
    assert loop.time() - begin < 2.0


async def test_the_lenient_reader_takes_one_answer(fetcher: AiohttpFetcher) -> None:
    for path, status in [
        ("body-on-204", 204),
        ("junk-behind", 200),
        ("http-1.2", 200),
    ]:
        url = f"http://wire.zoo.test/{path}"
        assert (await failed(fetcher, url)).cause == "bad-http"
        answer = await answered(fetcher, url, lenient=True)
        assert answer.status == status
        assert (b"1911" in answer.body) is (status == 200)


@pytest.mark.parametrize(
    "path",
    ["http-0.9", "status-9999", "two-lengths", "length-and-chunks", "bad-chunk", "bad-length", "no-colon"],
)
async def test_the_lenient_reader_takes_nothing_ambiguous(path: str, fetcher: AiohttpFetcher) -> None:
    failure = await failed(fetcher, f"http://wire.zoo.test/{path}", lenient=True)
    assert (failure.phase, failure.cause) == ("http", "bad-chunking" if path == "bad-chunk" else "bad-http")


async def test_the_lenient_reader_keeps_the_guard_and_tls(fetcher: AiohttpFetcher) -> None:
    assert (await failed(fetcher, "http://10.0.0.1/", lenient=True)).cause == "private-address"
    assert (await failed(fetcher, "http://localhost/", lenient=True)).cause == "private-address"
    assert (await failed(fetcher, "https://tls-expired.zoo.test/page", lenient=True)).cause == "tls-expired"


async def test_the_second_address_is_tried(zoo: Zoo) -> None:
    async def lookup(host: str, port: int) -> Sequence[str]:
        return ["::1", "127.0.0.1"]

    # Nothing listens at ::1 on this port: the broken AAAA of hard case 77.
    made = AiohttpFetcher(FetchPolicy(allow_private_addresses=True), lookup=lookup)
    answer = await answered(made, f"http://aaaa-broken.zoo.test:{zoo.ports['http']}/page")
    assert answer.status == 200
    await made.close()


@pytest.mark.skipif(not socket.has_ipv6, reason="this machine has no IPv6")
async def test_ipv6_literals_are_asked_where_allowed(zoo: Zoo) -> None:
    made = AiohttpFetcher(FetchPolicy(allow_private_addresses=True))
    answer = await answered(made, f"http://[::1]:{zoo.ports['ipv6']}/page")
    assert answer.status == 404
    assert zoo.asked["["][0].headers["host"] == f"[::1]:{zoo.ports['ipv6']}"
    await made.close()


async def test_every_request_says_who_asks(zoo: Zoo) -> None:
    resolve = zoo.overrides()
    policies = [
        FetchPolicy(resolve=resolve),
        FetchPolicy(resolve=resolve, contact="https://monitor.example/about"),
        FetchPolicy(resolve=resolve, user_agent="own/1", contact="https://monitor.example/about"),
    ]
    for policy in policies:
        made = AiohttpFetcher(policy)
        await answered(made, "http://fine.zoo.test/page", method="POST", body=b"{}")
        await answered(made, "http://fine.zoo.test/page", lenient=True)
        await answered(made, "http://fine.zoo.test/page", headers={"user-agent": "special/1"})
        await made.close()
    said = [ask.headers["user-agent"] for ask in zoo.asked["fine.zoo.test"]]
    ours = f"citation-monitor/{version('citation-monitor')}"
    plain, named = (
        f"Mozilla/5.0 (compatible; {ours}{more})" for more in ("", "; +https://monitor.example/about")
    )
    assert said == [plain, plain, "special/1", named, named, "special/1", "own/1", "own/1", "special/1"]
    assert all(ask.raw.lower().count(b"user-agent:") == 1 for ask in zoo.asked["fine.zoo.test"])


async def test_public_literals_follow_the_wildcard(zoo: Zoo, fetcher: AiohttpFetcher) -> None:
    answer = await answered(fetcher, "http://8.8.4.4/x")
    assert answer.status == 404
    assert zoo.asked["8.8.4.4"][0].target == "/x"


async def test_a_proxy_is_asked_instead(zoo: Zoo) -> None:
    made = AiohttpFetcher(FetchPolicy(proxy=f"http://127.0.0.1:{zoo.ports['http']}"))
    await answered(made, "http://fine.zoo.test/page")
    assert zoo.asked["fine.zoo.test"][0].target == "http://fine.zoo.test/page"
    assert (await failed(made, "http://10.0.0.1/")).cause == "private-address"
    await made.close()


async def test_the_environment_counts_only_when_told(zoo: Zoo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{zoo.ports['http']}")
    monkeypatch.setenv("no_proxy", "direct.example")
    trusting = AiohttpFetcher(FetchPolicy(trust_env=True))
    await answered(trusting, "http://fine.zoo.test/page")
    assert zoo.asked["fine.zoo.test"][0].target.startswith("http://")
    await trusting.close()
    wary = AiohttpFetcher(FetchPolicy(resolve=zoo.overrides()))
    await answered(wary, "http://fine.zoo.test/page")
    assert zoo.asked["fine.zoo.test"][1].target == "/page"
    await wary.close()


async def test_names_are_looked_up_for_themselves() -> None:
    async def lookup(host: str, port: int) -> Sequence[str]:
        if host == "there.example":
            return ["93.184.216.34"]
        raise socket.gaierror(socket.EAI_NONAME, "no")

    made = AiohttpFetcher(FetchPolicy(), lookup=lookup)
    assert await made.lookup("there.example") is None
    failure = await made.lookup("gone.example")
    assert failure is not None
    assert failure.cause == "dns-not-found"
    await made.close()


def test_bad_settings_are_told_at_once() -> None:
    with pytest.raises(ConfigError):
        AiohttpFetcher(FetchPolicy(resolve=("nonsense",)))
    with pytest.raises(UsageError, match="ca_file"):
        AiohttpFetcher(FetchPolicy(ca_file="/no/such/file.pem"))


async def test_many_at_once_are_capped(zoo: Zoo) -> None:
    made = AiohttpFetcher(FetchPolicy(resolve=zoo.overrides(), connections=3))
    answers = await asyncio.gather(*(answered(made, f"http://fine.zoo.test/page/{n}") for n in range(30)))
    assert {answer.status for answer in answers} == {200}
    assert len(zoo._tasks) <= 3
    await made.close()
