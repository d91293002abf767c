"""How requests are made: routes, trust, and which addresses may be asked."""

import re
from typing import Annotated
from urllib.parse import urlsplit

from msgspec import Meta

from monitor.config_values import Policy


class FetchPolicy(Policy, frozen=True, kw_only=True):
    """Policy of a fetcher; each stage that fetches builds one from its own keys.

    `resolve` holds overrides in curl's form HOST:PORT:ADDRESS[:PORT], `*` allowed for host and port.
    """

    resolve: Annotated[
        tuple[str, ...], Meta(description="address overrides, HOST:PORT:ADDRESS[:PORT], as curl's --resolve")
    ] = ()
    ca_file: Annotated[
        str | None, Meta(description="PEM file of authorities trusted besides the system's")
    ] = None
    proxy: Annotated[
        str | None, Meta(description="URL of an HTTP proxy for every request", extra={"secret": True})
    ] = None
    trust_env: Annotated[
        bool, Meta(description="take the proxy from HTTP_PROXY, HTTPS_PROXY and NO_PROXY")
    ] = False
    allow_private_addresses: Annotated[
        bool, Meta(description="ask private and special-purpose addresses too (intranets, tests)")
    ] = False
    connections: Annotated[int, Meta(description="open connections at most", ge=1)] = 100
    user_agent: Annotated[str | None, Meta(description="User-Agent; default names this program")] = None
    contact: Annotated[
        str | None, Meta(description="address or page named to the hosts asked, in the User-Agent")
    ] = None

    @property
    def agent(self) -> str:
        """The User-Agent of every request that names no other."""
        from monitor.fetch.identity import user_agent

        return user_agent(self.user_agent, self.contact)


class BrowserPolicy(Policy, frozen=True, kw_only=True):
    """When and how a browser looks at a page that the plain look could not tell, `[browser]`."""

    enabled: Annotated[
        bool, Meta(description="look with a browser where the plain look could not tell (extra `browser`)")
    ] = False
    executable: Annotated[
        str | None, Meta(description="the browser; by default the Chromium or Chrome on the PATH")
    ] = None
    sandbox: Annotated[
        bool, Meta(description="keep Chromium's sandbox; it cannot be had as root or in most containers")
    ] = True
    concurrency: Annotated[
        int, Meta(description="pages open at once; of one host never more than one", ge=1, le=16)
    ] = 2
    timeout_s: Annotated[float, Meta(description="seconds for one page, all in all", ge=1)] = 30.0
    settle_s: Annotated[float, Meta(description="seconds its scripts may take to fill it", ge=0.1)] = 5.0
    max_bytes: Annotated[int, Meta(description="bytes one page may load, everything together", ge=1024)] = (
        20_000_000
    )
    max_requests: Annotated[int, Meta(description="requests one page may make", ge=1)] = 300
    screenshots: Annotated[
        str | None, Meta(description="folder that keeps a picture of every page looked at so")
    ] = None


_HTTP = ("http", "https")
_FIELD_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")


def proxy_fault(url: str) -> str | None:
    """Say why an address names no proxy that can be used, or None; never repeats what may be a password."""
    parts = urlsplit(url)
    if parts.scheme not in _HTTP:
        kind = (
            f"{parts.scheme}:// is not spoken" if "://" in url and parts.scheme else "the scheme is missing"
        )
        return f"{kind}; name a proxy as http://host:port or https://host:port"
    if not _names_server(url):
        return "no proxy has this address; name one as http://host:port"
    return None


def header_fault(line: str) -> str | None:
    """Say why a text is no header line, or None; never repeats the value (RFC 9110 §5.1)."""
    name, colon, value = line.partition(":")
    if not colon or _FIELD_NAME.fullmatch(name.strip()) is None:
        return 'a header is written "Name: value"'
    if any(ord(char) < 0x20 and char != "\t" for char in value):
        return f"{name.strip()}: a header's value cannot hold control characters"
    return None


def origin_fault(origin: str) -> str | None:
    """Say why a text is no origin, or None (RFC 6454 §4)."""
    parts = urlsplit(origin)
    named = parts.scheme in _HTTP and _names_server(origin)
    if named and not (parts.path.strip("/") or parts.query or parts.fragment or parts.username):
        return None
    return f"{origin!r} is not an origin, scheme://host or scheme://host:port"


def _names_server(url: str) -> bool:
    from monitor.fetch.target import Target, parse_target  # few configurations name one

    return isinstance(parse_target(url), Target)
