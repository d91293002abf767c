"""How requests are made: routes, trust, and which addresses may be asked."""

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from monitor.fetch.identity import user_agent
from monitor.fetch.target import HTTP_PORTS, Target, parse_target


@dataclass(frozen=True, kw_only=True, slots=True)
class FetchPolicy:
    """Policy of a fetcher; each stage that fetches builds one from its own keys.

    `resolve` holds overrides in curl's form HOST:PORT:ADDRESS[:PORT], `*` allowed for host and port.
    """

    resolve: tuple[str, ...] = field(
        default=(), metadata={"doc": "address overrides, HOST:PORT:ADDRESS[:PORT], as curl's --resolve"}
    )
    ca_file: str | None = field(
        default=None, metadata={"doc": "PEM file of authorities trusted besides the system's"}
    )
    proxy: str | None = field(
        default=None, repr=False, metadata={"doc": "URL of an HTTP proxy for every request"}
    )
    trust_env: bool = field(
        default=False, metadata={"doc": "take the proxy from HTTP_PROXY, HTTPS_PROXY and NO_PROXY"}
    )
    allow_private_addresses: bool = field(
        default=False, metadata={"doc": "ask private and special-purpose addresses too (intranets, tests)"}
    )
    connections: int = field(default=100, metadata={"doc": "open connections at most", "min": 1})
    user_agent: str | None = field(default=None, metadata={"doc": "User-Agent; default names this program"})
    contact: str | None = field(
        default=None, metadata={"doc": "address or page named to the hosts asked, in the User-Agent"}
    )

    @property
    def agent(self) -> str:
        """The User-Agent of every request that names no other."""
        return user_agent(self.user_agent, self.contact)


@dataclass(frozen=True, kw_only=True, slots=True)
class BrowserPolicy:
    """When and how a browser looks at a page that the plain look could not tell, `[browser]`."""

    enabled: bool = field(
        default=False,
        metadata={"doc": "look with a browser where the plain look could not tell (extra `browser`)"},
    )
    executable: str | None = field(
        default=None, metadata={"doc": "the browser; by default the Chromium or Chrome on the PATH"}
    )
    sandbox: bool = field(
        default=True,
        metadata={"doc": "keep Chromium's sandbox; it cannot be had as root or in most containers"},
    )
    concurrency: int = field(
        default=2,
        metadata={"doc": "pages open at once; of one host never more than one", "min": 1, "max": 16},
    )
    timeout_s: float = field(default=30.0, metadata={"doc": "seconds for one page, all in all", "min": 1})
    settle_s: float = field(
        default=5.0, metadata={"doc": "seconds its scripts may take to fill it", "min": 0.1}
    )
    max_bytes: int = field(
        default=20_000_000, metadata={"doc": "bytes one page may load, everything together", "min": 1024}
    )
    max_requests: int = field(default=300, metadata={"doc": "requests one page may make", "min": 1})
    screenshots: str | None = field(
        default=None, metadata={"doc": "folder that keeps a picture of every page looked at so"}
    )


_FIELD_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")


def proxy_fault(url: str) -> str | None:
    """Say why an address names no proxy that can be used, or None; never repeats what may be a password."""
    parts = urlsplit(url)
    if parts.scheme not in HTTP_PORTS:
        kind = (
            f"{parts.scheme}:// is not spoken" if "://" in url and parts.scheme else "the scheme is missing"
        )
        return f"{kind}; name a proxy as http://host:port or https://host:port"
    if not isinstance(parse_target(url), Target):
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
    named = parts.scheme in HTTP_PORTS and isinstance(parse_target(origin), Target)
    if named and not (parts.path.strip("/") or parts.query or parts.fragment or parts.username):
        return None
    return f"{origin!r} is not an origin, scheme://host or scheme://host:port"
