"""From exceptions to named causes, by table.

Only types and numbers decide, never a library's message or `ClientResponseError.status`, which for
parser faults is an invented 400 (docs/design.md#the-client). aiohttp's classes are named as text so
that the table stays usable without it.
"""

import errno
import socket
import ssl
from collections.abc import Iterator

from monitor.fetch.interface import FetchFailure
from monitor.model.observation import Phase

Cause = tuple[Phase, str]


class AddressRefusedError(OSError):
    """The address guard's no: `host` means an address that must not be asked."""


class NameTimeoutError(OSError):
    """The resolver did not answer in time."""


class NotSentError(OSError):
    """Whoever asked wants the request no longer, now that its connection stands."""


class ProxyError(OSError):
    """The proxy's no to a tunnel: `status` is its answer, 0 where it gave none."""

    def __init__(self, status: int) -> None:
        super().__init__(f"the proxy answered {status}")
        self.status = status


class NoSuchNameError(OSError):
    """A name that by definition does not exist (RFC 6761 §6.4, RFC 7686)."""


OWN: dict[type[BaseException], Cause] = {
    AddressRefusedError: (Phase.DNS, "private-address"),
    NameTimeoutError: (Phase.DNS, "dns-timeout"),
    NotSentError: (Phase.CONNECT, "not-sent"),
    NoSuchNameError: (Phase.DNS, "dns-not-found"),
}

# EAI_* numbers differ between systems, so they are asked of the socket module.
_NAMES = {
    "EAI_NONAME": "dns-not-found",
    "EAI_NODATA": "dns-no-address",
    "EAI_ADDRFAMILY": "dns-no-address",
    "EAI_AGAIN": "dns-temporary",
    "EAI_FAIL": "dns-failed",
}
NAME_SERVICE: dict[int, str] = {
    getattr(socket, name): cause for name, cause in _NAMES.items() if hasattr(socket, name)
}

# OpenSSL's X509_V_ERR_* numbers.
CERTIFICATE: dict[int, str] = {
    9: "tls-not-yet-valid",
    10: "tls-expired",
    18: "tls-self-signed",
    19: "tls-untrusted-root",
    20: "tls-incomplete-chain",
    21: "tls-incomplete-chain",
    23: "tls-revoked",
    62: "tls-host-mismatch",
    64: "tls-host-mismatch",
    66: "tls-weak",
    67: "tls-weak",
    68: "tls-weak",
}

TLS_REASON: dict[str, str] = {
    "WRONG_VERSION_NUMBER": "tls-not-spoken",
    "HTTP_REQUEST": "tls-not-spoken",
    "HTTPS_PROXY_REQUEST": "tls-not-spoken",
    "UNKNOWN_PROTOCOL": "tls-not-spoken",
    "RECORD_LAYER_FAILURE": "tls-not-spoken",
    "UNSUPPORTED_PROTOCOL": "tls-old-protocol",
    "TLSV1_ALERT_PROTOCOL_VERSION": "tls-old-protocol",
    "TLSV1_ALERT_NO_APPLICATION_PROTOCOL": "tls-no-http1",
    "NO_APPLICATION_PROTOCOL": "tls-no-http1",
    "DH_KEY_TOO_SMALL": "tls-weak",
    "EE_KEY_TOO_SMALL": "tls-weak",
    "CA_KEY_TOO_SMALL": "tls-weak",
    "CA_MD_TOO_WEAK": "tls-weak",
    "UNSAFE_LEGACY_RENEGOTIATION_DISABLED": "tls-weak",
    "SSLV3_ALERT_HANDSHAKE_FAILURE": "tls-handshake",
    "TLSV1_UNRECOGNIZED_NAME": "tls-unrecognized-name",
    "UNEXPECTED_EOF_WHILE_READING": "tls-reset",
}

SYSTEM: dict[int, Cause] = {
    errno.ECONNREFUSED: (Phase.CONNECT, "connect-refused"),
    errno.ETIMEDOUT: (Phase.CONNECT, "connect-timeout"),
    errno.ENETUNREACH: (Phase.CONNECT, "network-unreachable"),
    errno.EHOSTUNREACH: (Phase.CONNECT, "host-unreachable"),
    errno.EADDRNOTAVAIL: (Phase.CONNECT, "connect-failed"),
    errno.EMFILE: (Phase.CONNECT, "too-many-open-files"),
    errno.ECONNRESET: (Phase.HTTP, "connection-reset"),
    errno.ECONNABORTED: (Phase.HTTP, "connection-reset"),
    errno.EPIPE: (Phase.HTTP, "connection-reset"),
}

LIBRARY: dict[str, Cause] = {
    "ConnectionTimeoutError": (Phase.CONNECT, "connect-timeout"),
    "SocketTimeoutError": (Phase.HTTP, "timeout"),
    "ServerTimeoutError": (Phase.HTTP, "timeout"),
    "ServerDisconnectedError": (Phase.HTTP, "disconnected"),
    "ClientConnectionResetError": (Phase.HTTP, "connection-reset"),
    "ClientProxyConnectionError": (Phase.CONNECT, "proxy-failed"),
    "ClientConnectorDNSError": (Phase.DNS, "dns-failed"),
    "ClientConnectorCertificateError": (Phase.TLS, "tls-untrusted"),
    "ClientConnectorSSLError": (Phase.TLS, "tls-failed"),
    "ClientPayloadError": (Phase.BODY, "body-incomplete"),
    "InvalidURL": (Phase.URL, "bad-url"),
    "NonHttpUrlClientError": (Phase.URL, "scheme"),
    "HttpProcessingError": (Phase.HTTP, "bad-http"),
    "BadHttpMessage": (Phase.HTTP, "bad-http"),
    "ClientResponseError": (Phase.HTTP, "bad-http"),
    "ClientConnectorError": (Phase.CONNECT, "connect-failed"),
    "ClientOSError": (Phase.HTTP, "connection-failed"),
    "ClientConnectionError": (Phase.HTTP, "connection-failed"),
}


PROXY: dict[int, str] = {
    407: "proxy-login",
    502: "proxy-cannot-reach",
    503: "proxy-cannot-reach",
    504: "proxy-cannot-reach",
}
"""What a proxy's answer to CONNECT means; any other is "proxy-failed", a fault of our own side."""


def failure_of(error: BaseException, *, secure: bool = False) -> FetchFailure:
    """Name what went wrong. `secure` tells that the URL was https; unknown → "unknown-error"."""
    detail = f"{type(error).__name__}: {error}"[:200]
    chain = list(_chain(error))
    for link in chain:
        found = _named(link)
        if found is not None:
            phase, cause = found
            connecting = any(_is(one, "ClientConnectorError") for one in chain)
            if cause == "connection-reset" and connecting:
                phase, cause = (Phase.TLS, "tls-reset") if secure else (Phase.CONNECT, cause)
            return FetchFailure(phase=phase, cause=cause, detail=detail)
    for link in chain:
        for kind in type(link).__mro__:
            if kind.__name__ in LIBRARY:
                phase, cause = LIBRARY[kind.__name__]
                return FetchFailure(phase=phase, cause=cause, detail=detail)
        if isinstance(link, TimeoutError):
            return FetchFailure(phase=Phase.HTTP, cause="timeout", detail=detail)
    return FetchFailure(phase=Phase.HTTP, cause="unknown-error", detail=detail)


def _is(error: BaseException, name: str) -> bool:
    return any(kind.__name__ == name for kind in type(error).__mro__)


def _chain(error: BaseException) -> Iterator[BaseException]:
    """Yield the error and what caused it, outermost first; each once."""
    seen: set[int] = set()
    waiting: list[BaseException | None] = [error]
    while waiting:
        link = waiting.pop(0)
        if link is None or id(link) in seen:
            continue
        seen.add(id(link))
        yield link
        waiting += [
            getattr(link, "certificate_error", None),
            getattr(link, "_os_error", None),
            link.__cause__,
        ]
        if isinstance(link, BaseExceptionGroup):
            waiting += link.exceptions


def _named(link: BaseException) -> Cause | None:
    """Return the cause that types and numbers of the standard library decide; None for wrappers."""
    if type(link) in OWN:
        return OWN[type(link)]
    if isinstance(link, ProxyError) or _is(link, "ClientHttpProxyError"):
        return Phase.CONNECT, PROXY.get(getattr(link, "status", 0), "proxy-failed")
    if _is(link, "TransferEncodingError"):
        return Phase.HTTP, "bad-chunking"
    if type(link).__module__.partition(".")[0] == "aiohttp":
        return None
    if isinstance(link, ssl.SSLCertVerificationError):
        return Phase.TLS, CERTIFICATE.get(link.verify_code, "tls-untrusted")
    if isinstance(link, ssl.SSLError):
        return Phase.TLS, TLS_REASON.get(link.reason or "", "tls-failed")
    if isinstance(link, socket.gaierror):
        return Phase.DNS, NAME_SERVICE.get(link.errno or 0, "dns-failed")
    if isinstance(link, ConnectionResetError | BrokenPipeError | ConnectionAbortedError):
        return Phase.HTTP, "connection-reset"
    if isinstance(link, UnicodeError):
        return Phase.URL, "bad-host"
    if isinstance(link, OSError):
        return SYSTEM.get(link.errno or 0)
    return None
