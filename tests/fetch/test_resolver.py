"""Address overrides and the guard in name resolution."""

import asyncio
import socket
import subprocess
import sys
import threading
from collections.abc import Sequence

import pytest

from monitor.errors import ConfigError
from monitor.fetch.aiohttp_fetcher import AiohttpFetcher
from monitor.fetch.causes import AddressRefusedError, NameTimeoutError, NoSuchNameError
from monitor.fetch.policy import FetchPolicy
from monitor.fetch.resolver import Names, parse_overrides


async def lookup(host: str, port: int) -> Sequence[str]:
    known = {
        "public.example": ["93.184.216.34", "2606:4700::1111"],
        "private.example": ["10.0.0.1"],
        "mixed.example": ["93.184.216.34", "127.0.0.1"],
        "proxy.corp.example": ["10.9.9.9"],
    }
    if host == "slow.example":
        await asyncio.sleep(5)
    if host not in known:
        raise socket.gaierror(socket.EAI_NONAME, "as arranged")
    return known[host]


def names(*overrides: str, allow_private: bool = False, exempt: frozenset[str] = frozenset()) -> Names:
    return Names(parse_overrides(overrides), allow_private=allow_private, exempt=exempt, lookup=lookup)


@pytest.mark.parametrize(
    ("entry", "asked", "reached"),
    [
        ("a.example:80:127.0.0.1:8080", ("a.example", 80), ("127.0.0.1", 8080)),
        ("a.example:80:127.0.0.1", ("a.example", 80), ("127.0.0.1", 80)),
        ("A.Example:*:127.0.0.1:8080", ("a.example", 443), ("127.0.0.1", 8080)),
        ("*:443:127.0.0.1:8443", ("b.example", 443), ("127.0.0.1", 8443)),
        ("*:*:[::1]:8080", ("b.example", 80), ("::1", 8080)),
        ("*:80:::1", ("b.example", 80), ("::1", 80)),
        ("+a.example:80:10.0.0.1:99", ("a.example", 80), ("10.0.0.1", 99)),
        ("*:*:127.0.0.1:8080", ("8.8.8.8", 80), ("127.0.0.1", 8080)),
        ("localhost:80:127.0.0.1:8080", ("localhost", 80), ("127.0.0.1", 8080)),
    ],
)
async def test_overrides(entry: str, asked: tuple[str, int], reached: tuple[str, int]) -> None:
    assert list(await names(entry).addresses(*asked)) == [reached]


def test_a_name_goes_before_a_wildcard() -> None:
    chosen = names("*:*:127.0.0.1:1", "a.example:80:127.0.0.1:2").override("a.example", 80)
    assert chosen is not None
    assert chosen.to_port == 2


def test_a_wildcard_is_not_for_this_machine() -> None:
    both = names("*:*:127.0.0.1:8080")
    for host in ("localhost", "x.localhost", "10.0.0.1", "127.0.0.1", "::1", "a.invalid"):
        assert both.override(host, 80) is None


@pytest.mark.parametrize(
    "entry",
    ["", "a", "a:80", "a:80:", "a:80:host.example", "a:99999:127.0.0.1", "a:x:127.0.0.1", ":80:127.0.0.1"],
)
def test_bad_entries_are_named(entry: str) -> None:
    with pytest.raises(ConfigError, match="HOST:PORT:ADDRESS"):
        parse_overrides((entry,))


def test_all_bad_entries_at_once() -> None:
    with pytest.raises(ConfigError) as caught:
        parse_overrides(("bad", "a:80:127.0.0.1", "worse"))
    assert len(caught.value.faults) == 2


async def test_public_names_resolve_with_every_address() -> None:
    assert list(await names().addresses("public.example", 80)) == [
        ("93.184.216.34", 80),
        ("2606:4700::1111", 80),
    ]


@pytest.mark.parametrize("host", ["private.example", "mixed.example", "localhost", "x.localhost"])
async def test_private_names_are_refused(host: str) -> None:
    with pytest.raises(AddressRefusedError):
        await names().addresses(host, 80)


async def test_private_names_are_asked_where_allowed() -> None:
    assert list(await names(allow_private=True).addresses("private.example", 80)) == [("10.0.0.1", 80)]
    exempt = frozenset({"proxy.corp.example"})
    assert list(await names(exempt=exempt).addresses("proxy.corp.example", 80)) == [("10.9.9.9", 80)]


@pytest.mark.parametrize("host", ["gone.invalid", "hidden.onion"])
async def test_names_that_never_exist_are_not_looked_up(host: str) -> None:
    with pytest.raises(NoSuchNameError):
        await names().addresses(host, 80)


async def test_a_silent_name_service_ends() -> None:
    slow = names()
    slow.timeout_s = 0.05
    with pytest.raises(NameTimeoutError):
        await slow.addresses("slow.example", 80)


async def test_names_that_hang_keep_no_other_from_being_looked_up(monkeypatch: pytest.MonkeyPatch) -> None:
    answered = threading.Event()

    def system(host: str, port: int, **_: object) -> list[tuple[object, ...]]:
        if host.startswith("hangs"):
            answered.wait(60)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.216.34", port))]

    monkeypatch.setattr(socket, "getaddrinfo", system)
    fetcher = AiohttpFetcher(FetchPolicy(connections=16))
    try:
        fetcher._names.timeout_s = 0.01
        for turn in range(3):  # their threads wait on when nobody waits for them any more
            hanging = [fetcher.lookup(f"hangs-{turn}-{place}.example") for place in range(16)]
            causes = [failure.cause for failure in await asyncio.gather(*hanging) if failure]
            assert causes == ["dns-timeout"] * 16
        fetcher._names.timeout_s = 20.0
        assert await fetcher.lookup("lives.example") is None
    finally:
        answered.set()
        await fetcher.close()


HANGS = """
import asyncio, socket, time
from monitor.fetch.aiohttp_fetcher import AiohttpFetcher
from monitor.fetch.policy import FetchPolicy
socket.getaddrinfo = lambda *_, **more: time.sleep(3600)
async def main():
    fetcher = AiohttpFetcher(FetchPolicy())
    fetcher._names.timeout_s = 0.01
    print((await fetcher.lookup("hangs.example")).cause)
    await fetcher.close()
asyncio.run(main())
"""


def test_a_lookup_that_hangs_keeps_no_program_from_its_end() -> None:
    done = subprocess.run(
        [sys.executable, "-c", HANGS], capture_output=True, text=True, timeout=600, check=True
    )
    assert (done.stdout, done.stderr) == ("dns-timeout\n", "")
