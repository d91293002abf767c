"""Exceptions to causes, by type and number."""

import errno
import socket
import ssl

import aiohttp
import pytest
import yarl
from aiohttp.client_reqrep import ConnectionKey
from multidict import CIMultiDict, CIMultiDictProxy

from monitor.fetch.causes import AddressRefusedError, NameTimeoutError, failure_of

INFO = aiohttp.RequestInfo(yarl.URL("http://h.example"), "GET", CIMultiDictProxy(CIMultiDict()))
KEY = ConnectionKey("h.example", 443, True, True, None, None, None)


def caused(outer: BaseException, inner: BaseException) -> BaseException:
    outer.__cause__ = inner
    return outer


def certificate_fault(code: int) -> BaseException:
    fault = ssl.SSLCertVerificationError(1, "bad")
    fault.verify_code = code
    return aiohttp.ClientConnectorCertificateError(KEY, fault)


def tls_fault(reason: str) -> BaseException:
    fault = ssl.SSLError(1, "bad")
    fault.reason = reason
    return aiohttp.ClientConnectorSSLError(KEY, fault)


def os_error(number: int) -> OSError:
    return OSError(number, "as arranged")


CASES = [
    (aiohttp.ClientConnectorDNSError(KEY, socket.gaierror(socket.EAI_NONAME, "x")), "dns", "dns-not-found"),
    (aiohttp.ClientConnectorDNSError(KEY, socket.gaierror(socket.EAI_AGAIN, "x")), "dns", "dns-temporary"),
    (aiohttp.ClientConnectorDNSError(KEY, socket.gaierror(socket.EAI_FAIL, "x")), "dns", "dns-failed"),
    (
        caused(aiohttp.ClientConnectorDNSError(KEY, os_error(0)), AddressRefusedError("no")),
        "dns",
        "private-address",
    ),
    (caused(aiohttp.ClientConnectorDNSError(KEY, os_error(0)), NameTimeoutError("no")), "dns", "dns-timeout"),
    (aiohttp.ClientConnectorError(KEY, os_error(errno.ECONNREFUSED)), "connect", "connect-refused"),
    (aiohttp.ClientConnectorError(KEY, os_error(errno.ENETUNREACH)), "connect", "network-unreachable"),
    (aiohttp.ClientConnectorError(KEY, os_error(errno.EHOSTUNREACH)), "connect", "host-unreachable"),
    (aiohttp.ClientConnectorError(KEY, os_error(errno.ETIMEDOUT)), "connect", "connect-timeout"),
    (aiohttp.ClientConnectorError(KEY, os_error(12345)), "connect", "connect-failed"),
    (aiohttp.ConnectionTimeoutError("slow"), "connect", "connect-timeout"),
    (aiohttp.ServerDisconnectedError(), "http", "disconnected"),
    (aiohttp.ClientOSError(errno.ECONNRESET, "reset"), "http", "connection-failed"),
    (caused(aiohttp.ClientOSError(1, "x"), ConnectionResetError(104, "reset")), "http", "connection-reset"),
    (aiohttp.ClientPayloadError("cut"), "body", "body-incomplete"),
    (aiohttp.InvalidURL("x"), "url", "bad-url"),
    (aiohttp.ClientResponseError(INFO, (), status=400), "http", "bad-http"),
    (TimeoutError(), "http", "timeout"),
    (TimeoutError(), "http", "timeout"),
    (certificate_fault(9), "tls", "tls-not-yet-valid"),
    (certificate_fault(10), "tls", "tls-expired"),
    (certificate_fault(18), "tls", "tls-self-signed"),
    (certificate_fault(19), "tls", "tls-untrusted-root"),
    (certificate_fault(20), "tls", "tls-incomplete-chain"),
    (certificate_fault(62), "tls", "tls-host-mismatch"),
    (certificate_fault(999), "tls", "tls-untrusted"),
    (tls_fault("WRONG_VERSION_NUMBER"), "tls", "tls-not-spoken"),
    (tls_fault("UNSUPPORTED_PROTOCOL"), "tls", "tls-old-protocol"),
    (tls_fault("SOMETHING_NEW"), "tls", "tls-failed"),
    (ZeroDivisionError("?"), "http", "unknown-error"),
]


@pytest.mark.parametrize(("error", "phase", "cause"), CASES)
def test_cause(error: BaseException, phase: str, cause: str) -> None:
    failure = failure_of(error)
    assert (failure.phase, failure.cause) == (phase, cause)


def test_a_reset_while_connecting_is_tls_for_https_only() -> None:
    error = aiohttp.ClientConnectorError(KEY, ConnectionResetError(errno.ECONNRESET, "reset"))
    assert failure_of(error, secure=True).cause == "tls-reset"
    assert failure_of(error).phase == "connect"


def test_a_chain_that_bites_its_tail_ends() -> None:
    one, two = ValueError("one"), ValueError("two")
    one.__cause__, two.__cause__ = two, one
    assert failure_of(one).cause == "unknown-error"


def test_details_are_short() -> None:
    assert len(failure_of(ValueError("x" * 5000)).detail) <= 200
