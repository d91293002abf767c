"""TLS contexts: the one that verifies, and the one that only wants to learn the status behind a fault."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager

from monitor.errors import UsageError


def verifying_context(ca_file: str | None) -> ssl.SSLContext:
    """Return a context that trusts the system's and `ca_file`'s authorities; UsageError if unreadable."""
    context = ssl.create_default_context()
    context.set_alpn_protocols(["http/1.1"])
    if ca_file is not None:
        try:
            context.load_verify_locations(cafile=ca_file)
        except (OSError, ssl.SSLError) as error:
            raise UsageError(f"ca_file: cannot read {ca_file}: {error}") from error
    return context


@contextmanager
def unread_authorities() -> Iterator[None]:
    """Keep the import of aiohttp from reading the system's authorities, twice, for contexts nobody uses.

    That is a sixteenth of a short run. Each request names its own context; aiohttp's would trust nobody.
    """
    ssl.SSLContext.set_default_verify_paths = lambda self: None  # type: ignore[method-assign]  # noqa: ARG005
    try:
        yield
    finally:
        del ssl.SSLContext.set_default_verify_paths


def lenient_context() -> ssl.SSLContext:
    """Return a context that takes any certificate and old protocols; nothing secret travels on it."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.set_alpn_protocols(["http/1.1"])
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.set_ciphers("ALL:@SECLEVEL=0")
    context.options |= getattr(ssl, "OP_LEGACY_SERVER_CONNECT", 0x4)
    context.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
    return context
