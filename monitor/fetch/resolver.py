"""Names to addresses: overrides first, then the system, every address through the guard."""

import asyncio
import errno
import socket
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from queue import SimpleQueue
from threading import Semaphore, Thread

from monitor.errors import ConfigError
from monitor.fetch.causes import AddressRefusedError, NameTimeoutError, NoSuchNameError
from monitor.fetch.guard import literal_address, local_name, never_exists, special_purpose

Lookup = Callable[[str, int], Awaitable[Sequence[str]]]
"""Returns the addresses of a host name (host, port); raises OSError as getaddrinfo does."""

_HANDED = 16_384
"""Names whose guard's word is remembered while a proxy is used."""


@dataclass(frozen=True, slots=True)
class Override:
    """One `--resolve` entry; None stands for `*`."""

    host: str | None
    port: int | None
    address: str
    to_port: int | None

    def matches(self, host: str, port: int) -> bool:
        """Tell whether a request goes another way; `*` means no name of this machine or of nothing."""
        if self.port not in (None, port):
            return False
        if self.host is not None:
            return self.host == host.rstrip(".").lower()
        literal = literal_address(host)
        return (
            not local_name(host)
            and not never_exists(host)
            and (literal is None or special_purpose(literal) is None)
        )


def parse_overrides(entries: Sequence[str]) -> tuple[Override, ...]:
    """Read entries HOST:PORT:ADDRESS[:PORT]; raises ConfigError naming every bad one."""
    overrides, faults = [], []
    for entry in entries:
        parsed = _parse(entry)
        if parsed is None:
            faults.append(f"resolve: {entry!r} is not HOST:PORT:ADDRESS[:PORT] (IPv6 addresses in brackets)")
        else:
            overrides.append(parsed)
    if faults:
        raise ConfigError(faults)
    # A named host goes before a wildcard, whatever the order given.
    return tuple(sorted(overrides, key=lambda one: (one.host is None, one.port is None)))


def _parse(entry: str) -> Override | None:
    text = entry.strip().removeprefix("+")
    if text.startswith("["):
        host, _, rest = text[1:].partition("]:")
    else:
        host, _, rest = text.partition(":")
    port, _, target = rest.partition(":")
    if target.startswith("["):
        address, _, to_port = target[1:].partition("]")
        to_port = to_port.removeprefix(":")
    elif target.count(":") > 1:
        address, to_port = target, ""
    else:
        address, _, to_port = target.partition(":")
    numbers = [None if text in ("", "*") else _port(text) for text in (port, to_port)]
    if not host or not port or 0 in numbers or literal_address(address) is None:
        return None
    name = None if host == "*" else host.rstrip(".").lower()
    return Override(name, numbers[0], literal_address(address) or address, numbers[1])


def _port(text: str) -> int:
    """Return a port number, 0 for what is none."""
    return int(text) if text.isascii() and text.isdecimal() and int(text) < 65536 else 0


class _Threads:
    """Threads for lookups: one more whenever none is idle, and none that the process's end waits for.

    That is what a pool of the standard library lacks. A lookup that is given up hangs on, up to half a minute
    by the system's count: it must keep neither living names waiting nor a command from its end.
    """

    def __init__(self) -> None:
        self._jobs: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._idle = Semaphore(0)
        self._started = 0

    def start(self, job: Callable[[], None]) -> None:
        """Have a job done, which may not raise; OSError where the system starts no more threads."""
        if not self._idle.acquire(blocking=False):
            try:
                Thread(target=self._work, name="names", daemon=True).start()
            except RuntimeError as error:
                raise OSError(errno.EMFILE, "the system starts no more threads") from error
            self._started += 1
        self._jobs.put(job)

    def close(self) -> None:
        """Let each thread end when its job is done."""
        for _ in range(self._started):
            self._jobs.put(None)

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            job()
            self._idle.release()


class Names:
    """Resolves host names for one fetcher.

    `exempt` hosts (the configured proxy) are resolved without the guard: a person named them.
    """

    def __init__(
        self,
        overrides: Sequence[Override],
        *,
        allow_private: bool,
        exempt: frozenset[str] = frozenset(),
        lookup: Lookup | None = None,
    ) -> None:
        self._overrides = overrides
        self._allow_private = allow_private
        self._exempt = exempt
        self._threads = _Threads()
        self._lookup = lookup or self._system
        self.timeout_s = 10.0
        self._handed: dict[str, str | None] = {}

    def override(self, host: str, port: int) -> Override | None:
        """Return the override for a host and port, or None."""
        return next((one for one in self._overrides if one.matches(host, port)), None)

    def refuse_literal(self, host: str, port: int) -> str | None:
        """Say why a host that is spelt as an address must not be asked; None where it may."""
        literal = literal_address(host)
        if literal is None or self._allow_private or self.override(host, port):
            return None
        return special_purpose(literal)

    async def guard(self, host: str, port: int) -> None:
        """Refuse a name that is to be handed to a proxy where it means a special-purpose address.

        Raises AddressRefusedError. A name that only the proxy can look up passes: there are networks
        where nobody else may ask the name servers.
        """
        if self._allow_private or self.override(host, port) is not None or literal_address(host) is not None:
            return
        if host not in self._handed:
            reason = None
            try:
                await self.addresses(host, port)
            except AddressRefusedError as error:
                reason = str(error)
            except OSError:
                pass
            if len(self._handed) >= _HANDED:
                self._handed.clear()
            self._handed[host] = reason
        if (refusal := self._handed[host]) is not None:
            raise AddressRefusedError(refusal)

    async def addresses(self, host: str, port: int) -> Sequence[tuple[str, int]]:
        """Return (address, port) pairs to connect to; raises OSError, AddressRefusedError among them."""
        override = self.override(host, port)
        if override is not None:
            return [(override.address, override.to_port or port)]
        if never_exists(host):
            raise NoSuchNameError(f"{host}: a name that never exists")
        if local_name(host) and not self._allow_private and host not in self._exempt:
            raise AddressRefusedError(f"{host} means this machine")
        try:
            async with asyncio.timeout(self.timeout_s):
                found = await self._lookup(host, port)
        except TimeoutError as error:
            raise NameTimeoutError(f"no answer for {host} within {self.timeout_s:g} s") from error
        if not self._allow_private and host not in self._exempt:
            for address in found:
                # One bad address among good ones is an attack or a mistake: refuse the name.
                if reason := special_purpose(address):
                    raise AddressRefusedError(f"{host}: {reason}")
        return [(address, port) for address in found]

    async def _system(self, host: str, port: int) -> Sequence[str]:
        answer: Future[list[str]] = Future()
        answer.set_running_or_notify_cancel()

        def ask() -> None:
            try:
                infos = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
                answer.set_result(list(dict.fromkeys(str(info[4][0]) for info in infos)))
            except Exception as error:  # noqa: BLE001 - raised where the answer is waited for
                answer.set_exception(error)

        self._threads.start(ask)
        return await asyncio.wrap_future(answer)

    def close(self) -> None:
        """Let go of the threads; a hanging lookup is left to end by itself."""
        self._threads.close()
