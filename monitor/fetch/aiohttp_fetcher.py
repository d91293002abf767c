"""The HTTP client: aiohttp, and nothing else of the house talks HTTP as a client.

One request, one answer. Redirects, cookies and retries are the caller's (docs/design.md#the-client
says why aiohttp's own are not used).
"""

import asyncio
import socket
import ssl
import time
from collections.abc import Mapping
from contextlib import suppress
from contextvars import ContextVar
from functools import cached_property, lru_cache
from typing import Any
from urllib.request import getproxies, proxy_bypass

from monitor.errors import ConfigError
from monitor.fetch.causes import PROXY, NotSentError, failure_of
from monitor.fetch.decode import BodyBuffer
from monitor.fetch.dial import Dialler, may_send
from monitor.fetch.interface import FetchFailure, FetchRequest, FetchResponse
from monitor.fetch.policy import FetchPolicy, proxy_fault
from monitor.fetch.resolver import Lookup, Names, parse_overrides
from monitor.fetch.target import Target, location_of, parse_target
from monitor.fetch.trust import lenient_context, unread_authorities, verifying_context
from monitor.model.observation import Phase
from monitor.model.ports import Monotonic
from monitor.model.values import replaced

with unread_authorities():
    import aiohttp
    import yarl
    from aiohttp.abc import AbstractResolver, ResolveResult

HEADER_LIMIT = 65536
"""Longest header line and field taken, in bytes: real sites exceed aiohttp's 8190."""

MAX_HEADERS = 1000
DEFAULT_ACCEPT_ENCODING = "gzip, deflate, br"
_MEDIA_WITHOUT_TEXT = ("image/", "audio/", "video/", "font/")
_FAULTS = (aiohttp.ClientError, aiohttp.http_exceptions.HttpProcessingError, OSError, ValueError)
"""What aiohttp raises where the far side, the network or an address is at fault."""
_FILES = ("zip", "gzip", "x-tar", "x-7z-compressed", "x-rar", "java-archive", "x-iso9660")


class AiohttpFetcher:
    """A Fetcher and NameLookup over aiohttp.

    Raises ConfigError for a bad `resolve` entry or proxy and UsageError for an unreadable `ca_file`, both on
    construction. `lookup` replaces the system's name service in tests.
    """

    def __init__(
        self, policy: FetchPolicy, *, monotonic: Monotonic = time.monotonic, lookup: Lookup | None = None
    ) -> None:
        self._policy = policy
        self._monotonic = monotonic
        self._agent = policy.agent
        self._proxies = _proxies(policy)
        faults = [
            f"{scheme} proxy: {fault}" for scheme, url in self._proxies.items() if (fault := proxy_fault(url))
        ]
        if faults:
            raise ConfigError(faults)
        self._names = Names(
            parse_overrides(policy.resolve),
            allow_private=policy.allow_private_addresses,
            exempt=frozenset(yarl.URL(url).host or "" for url in self._proxies.values()),
            lookup=lookup,
        )
        self.dialler = Dialler(self._names, self._proxy_for)
        """Opens further connections the same way: same overrides, same guard, same proxy."""
        if policy.ca_file is not None:
            _ = self._verifying  # a file that cannot be read is told now
        self._session: aiohttp.ClientSession | None = None
        self._strict: aiohttp.ClientSession | None = None

    # Reading the system's authorities takes longer than asking a page, and many an address is plain HTTP.

    @cached_property
    def _verifying(self) -> ssl.SSLContext:
        return verifying_context(self._policy.ca_file)

    @cached_property
    def _unverified(self) -> ssl.SSLContext:
        return lenient_context()

    def _context(self, request: FetchRequest) -> ssl.SSLContext:
        return self._verifying if request.verify_tls else self._unverified

    async def fetch(self, request: FetchRequest) -> FetchResponse | FetchFailure:
        """Send one request; see `Fetcher`."""
        target = parse_target(request.url)
        if isinstance(target, FetchFailure):
            return target
        try:
            await self.dialler.allow(target)
        except OSError as error:
            return failure_of(error)
        if not self._proxies or self._proxy_for(target) is None:
            return await self._fetch(request, target)
        answer = await self._fetch(request, target)
        if isinstance(answer, FetchFailure) and answer.phase in (Phase.DNS, Phase.CONNECT):
            # Whatever kept us from connecting kept us from the proxy, unless the proxy itself said more.
            return answer if answer.cause in PROXY.values() else replaced(answer, cause="proxy-failed")
        return answer

    async def _fetch(self, request: FetchRequest, target: Target) -> FetchResponse | FetchFailure:
        if request.lenient or request.http2:
            named = replaced(request, headers=self._named(request.headers))
            return await self._once_more(named, target)
        started = self._monotonic()
        response: aiohttp.ClientResponse | None = None
        try:
            async with asyncio.timeout(request.timeout_s):
                response = await self._send(request, target)
        except _FAULTS as error:
            return failure_of(error, secure=target.scheme == "https")
        try:
            return await self._read(request, response, started)
        finally:
            if not response.closed:  # it closes itself at the end of its body
                response.close()

    async def _once_more(self, request: FetchRequest, target: Target) -> FetchResponse | FetchFailure:
        """Ask what aiohttp cannot: on a connection of one's own."""
        if not request.http2:
            from monitor.fetch.lenient import lenient_fetch

            return await lenient_fetch(request, target, self.dialler, self._context(request), self._monotonic)
        from monitor.fetch.http2 import http2_fetch

        context = lenient_context() if not request.verify_tls else verifying_context(self._policy.ca_file)
        context.set_alpn_protocols(["h2"])
        return await http2_fetch(request, target, self.dialler, context, self._monotonic)

    def _named(self, headers: Mapping[str, str]) -> Mapping[str, str]:
        """Say who asks, unless the request does."""
        if any(name.lower() == "user-agent" for name in headers):
            return headers
        return {"User-Agent": self._agent, **headers}

    async def _send(self, request: FetchRequest, target: Target) -> aiohttp.ClientResponse:
        session = self._opened()
        if request.once and self._strict is not None:
            session = self._strict
        headers = {"Accept-Encoding": DEFAULT_ACCEPT_ENCODING, **self._named(request.headers)}
        # What the request does not say is not said; aiohttp builds a second set of headers to leave one out.
        said = "Accept" in request.headers
        url, server_name = target.url, None
        override = self._names.override(target.host, target.port)
        if override is not None and _is_address(target.host):
            # aiohttp never asks the resolver about an address, so the way round is in the URL itself.
            url, headers["Host"] = _rerouted(target, override.address, override.to_port)
            server_name = target.host
        _sending.set(request)
        return await session.request(
            request.method,
            _as_written(url),
            headers=headers,
            skip_auto_headers=None if said else ("Accept",),
            data=request.body,
            allow_redirects=False,
            ssl=self._context(request) if target.scheme == "https" or self._proxies else True,
            server_hostname=server_name,
            proxy=self._proxy_for(target),
            timeout=_connecting_within(request.connect_timeout_s),
        )

    async def _read(
        self, request: FetchRequest, response: aiohttp.ClientResponse, started: float
    ) -> FetchResponse | FetchFailure:
        """Read the body as far as allowed; a body that breaks off keeps its head."""
        headers = _headers(response)
        by_name = dict(reversed(headers))
        content_type = by_name.get("content-type")
        buffer = BodyBuffer(by_name.get("content-encoding"), content_type, _cap(request, content_type))
        failure: FetchFailure | None = None
        stop = request.timeout_s - (self._monotonic() - started)
        if request.stop_after_s is not None:
            stop = min(stop, request.stop_after_s)
        try:
            if response.content.is_eof():  # a small page comes with its head: there is nothing to wait for
                buffer.add(response.content.read_nowait())
            else:
                async with asyncio.timeout(max(stop, 0.01)):
                    async for chunk in response.content.iter_any():
                        buffer.add(chunk)
                        if buffer.full:
                            break
        except TimeoutError:
            failure = FetchFailure(
                phase=Phase.BODY, cause="body-timeout", detail=f"stopped after {stop:.1f} s"
            )
        except _FAULTS as error:
            named = failure_of(error)
            if named.cause == "bad-chunking" and not buffer.body():
                return named
            failure = FetchFailure(phase=Phase.BODY, cause="body-incomplete", detail=named.detail)
        if buffer.fault is not None:
            failure = FetchFailure(phase=Phase.BODY, cause="body-encoding", detail=buffer.fault)
        location: bytes | None = None
        if "location" in by_name:
            location = next(value for name, value in response.raw_headers if name.lower() == b"location")
        return FetchResponse(
            url=request.url,
            status=response.status,
            headers=headers,
            location=None if location is None else location_of(location),
            body=buffer.body(),
            truncated=buffer.truncated,
            unfinished=buffer.unfinished,
            body_failure=failure,
            duration_s=self._monotonic() - started,
        )

    async def lookup(self, host: str) -> FetchFailure | None:
        """Say whether a name has an address; see `NameLookup`."""
        try:
            await self._names.addresses(host, 80)
        except (OSError, UnicodeError) as error:
            return failure_of(error)
        return None

    async def close(self) -> None:
        """Close connections; the fetcher may not be used afterwards."""
        self._names.close()
        if self._strict is not None:
            await self._strict.close()
            self._strict = None
        if self._session is not None:
            await self._session.close()
            self._session = None
            # aiohttp closes TLS transports one loop turn later.
            await asyncio.sleep(0)

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None:
            connector = _AskingConnector(
                limit=self._policy.connections,
                resolver=_Resolver(self._names),
                ttl_dns_cache=300,
                # Longer than any gap of our own (an archive's is up to 5 s), short enough that idle sockets
                # of a night stay few: over TLS each takes 170 kB.
                keepalive_timeout=5.5,
                happy_eyeballs_delay=0.25,
            )
            self._session = _session(connector)
            self._strict = _session(connector, connector_owner=False)
            # The only switch aiohttp has for its silent resend after a kept-alive connection broke.
            self._strict._retry_connection = False  # noqa: SLF001
        return self._session

    def _proxy_for(self, target: Target) -> str | None:
        if self._policy.proxy is not None:
            return self._policy.proxy
        proxy = self._proxies.get(target.scheme)
        return None if proxy is None or proxy_bypass(target.host) else proxy


_sending: ContextVar[FetchRequest | None] = ContextVar("_sending", default=None)
"""The request a task sends."""


class _AskingConnector(aiohttp.TCPConnector):
    """Asks once more whether a request is wanted: connecting may have taken long."""

    async def connect(self, *given: Any, **named: Any) -> aiohttp.connector.Connection:
        """Return an open connection; NotSentError where nothing is to go out."""
        connection = await super().connect(*given, **named)
        if not may_send(_sending.get()):
            connection.close()
            raise NotSentError
        return connection


def _session(connector: aiohttp.TCPConnector, *, connector_owner: bool = True) -> aiohttp.ClientSession:
    return aiohttp.ClientSession(
        connector=connector,
        connector_owner=connector_owner,
        cookie_jar=aiohttp.DummyCookieJar(),
        auto_decompress=False,
        max_line_size=HEADER_LIMIT,
        max_field_size=HEADER_LIMIT,
        max_headers=MAX_HEADERS,
    )


class _Resolver(AbstractResolver):
    """aiohttp's view of `Names`."""

    def __init__(self, names: Names) -> None:
        self._names = names

    async def resolve(
        self,
        host: str,
        port: int = 0,
        family: socket.AddressFamily = socket.AF_UNSPEC,  # noqa: ARG002 - the base class's signature
    ) -> list[ResolveResult]:
        found = await self._names.addresses(host, port)
        return [
            ResolveResult(
                hostname=host,
                host=address,
                port=to_port,
                family=socket.AF_INET6 if ":" in address else socket.AF_INET,
                proto=0,
                flags=socket.AI_NUMERICHOST | socket.AI_NUMERICSERV,
            )
            for address, to_port in found
        ]

    async def close(self) -> None:
        """Nothing of its own to close."""


def _proxies(policy: FetchPolicy) -> Mapping[str, str]:
    if policy.proxy is not None:
        return {"http": policy.proxy, "https": policy.proxy}
    if not policy.trust_env:
        return {}
    return {scheme: url for scheme, url in getproxies().items() if scheme in ("http", "https")}


def _headers(response: aiohttp.ClientResponse) -> tuple[tuple[str, str], ...]:
    raw = response.raw_headers
    return tuple([(name.decode("latin-1").lower(), value.decode("latin-1")) for name, value in raw])


def _cap(request: FetchRequest, content_type: str | None) -> int:
    media = (content_type or "").partition(";")[0].strip().lower()
    if request.media_cap_bytes is not None and (
        media.startswith(_MEDIA_WITHOUT_TEXT) or media.removeprefix("application/") in _FILES
    ):
        return min(request.media_cap_bytes, request.max_body_bytes)
    return request.max_body_bytes


@lru_cache
def _connecting_within(seconds: float) -> aiohttp.ClientTimeout:
    return aiohttp.ClientTimeout(total=None, sock_connect=seconds)


def _as_written(url: str) -> yarl.URL:
    """Return a URL that sends what is written; the query rides in the path: yarl drops an empty one."""
    scheme, _, rest = url.partition("://")
    authority, _, path = rest.partition("/")
    return yarl.URL.build(scheme=scheme, authority=authority, path=f"/{path}", encoded=True)


@lru_cache(maxsize=16384)
def _is_address(host: str) -> bool:
    for family in (socket.AF_INET, socket.AF_INET6):
        with suppress(OSError):
            socket.inet_pton(family, host)
            return True
    return False


def _rerouted(target: Target, address: str, to_port: int | None) -> tuple[str, str]:
    """Return the URL that leads to `address` and the Host header that still names the original."""
    name = f"[{target.host}]" if ":" in target.host else target.host
    host = name if target.port in (80, 443) else f"{name}:{target.port}"
    literal = f"[{address}]" if ":" in address else address
    rest = target.url.partition("://")[2].partition("/")[2]
    return f"{target.scheme}://{literal}:{to_port or target.port}/{rest}", host
