"""A URL as it goes on the wire: validated, requestable, otherwise as written (RFC 3986, WHATWG URL §4)."""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import quote, urljoin, urlsplit

from monitor.fetch.guard import literal_address
from monitor.fetch.interface import FetchFailure
from monitor.model.observation import Phase

HTTP_PORTS = {"http": 80, "https": 443}

# What is left as it stands; all else (controls, blanks, quotes, non-ASCII) becomes UTF-8 escapes.
# Lone "%" stay: servers that hand out such addresses expect them back (hard cases 93-98).
_KEPT = "!$&'()*+,;=:@/?%-._~[]|^{}`\\"
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_MISSPELT = re.compile(r"h{0,2}t{0,3}[xt]?p{1,3}[ps]{0,2}|h{1,2}[tx]{1,3}p{0,2}s{0,2}", re.IGNORECASE)
_BAD_HOST = re.compile(r"[\x00-\x20\"#%/:<>?@\\^`{|}\[\]*!$&'()+,;=~]")
_DROPPED = re.compile(r"[\t\r\n]")
_ORDINARY = re.compile(
    r"(https?)://([A-Za-z0-9._-]+)(?::([1-9][0-9]{0,3}|[1-5][0-9]{4}))?((?:/[\w.~!$&'()*+,;=:@/%\[\]|^{}`-]*)?)"
    r"((?:\?[\w.~!$&'()*+,;=:@/?%\[\]|^{}`-]*)?)(?:#([!-~]*))?",
    re.ASCII,
)
"""Most addresses: they go as they stand, and are read in one go instead of split, escaped and joined."""


@dataclass(frozen=True, slots=True)
class Target:
    """A requestable URL without fragment and credentials; `host` is ASCII, without brackets, as in `url`.

    `userinfo` is what stood before the "@", as written: a name, or a name and a password.
    """

    url: str
    scheme: str
    host: str
    port: int
    fragment: str
    userinfo: str = field(default="", repr=False)

    @property
    def path(self) -> str:
        """Path and query, as a request line names them."""
        return "/" + self.url.partition("://")[2].partition("/")[2]


@lru_cache(maxsize=16384)
def parse_target(url: str) -> Target | FetchFailure:
    """Make a URL requestable, or say why it cannot be requested (phase "url").

    Causes: "scheme" (well formed, not http or https), "no-scheme", "misspelt-scheme", "no-host",
    "bad-host", "bad-port", "bad-url".
    """
    ordinary = _ORDINARY.fullmatch(url)
    if ordinary is None or (host := _ascii_host(ordinary[2])) is None:
        return _parsed(url)
    scheme, _, port_text, path, query, fragment = ordinary.groups()
    port = int(port_text) if port_text else HTTP_PORTS[scheme]
    netloc = host if port == HTTP_PORTS[scheme] else f"{host}:{port}"
    return Target(f"{scheme}://{netloc}{path or '/'}{query}", scheme, host, port, fragment or "")


def _parsed(url: str) -> Target | FetchFailure:
    """Do what `parse_target` does, with any address."""
    text = _DROPPED.sub("", url.strip().strip("\x00"))
    scheme_match = _SCHEME.match(text)
    if scheme_match is None:
        return _malformed("no-scheme", text)
    scheme = scheme_match[1].lower()
    if scheme not in HTTP_PORTS:
        if "." in scheme or text[scheme_match.end() : scheme_match.end() + 1].isdigit():
            return _malformed("no-scheme", text)
        if _MISSPELT.fullmatch(scheme):
            return _malformed("misspelt-scheme", text)
        return FetchFailure(phase=Phase.URL, cause="scheme", detail=scheme)
    try:
        parts = urlsplit(text)
        hostname = parts.hostname
    except ValueError:
        return _malformed("bad-url", text)
    try:
        port = parts.port
    except ValueError:
        return _malformed("bad-port", text)
    if not hostname:
        return _malformed("no-host", text)
    if port == 0:
        return _malformed("bad-port", text)
    host = None if "\\" in parts.netloc else _ascii_host(hostname)
    if host is None:
        return _malformed("bad-host", hostname)
    netloc = f"[{host}]" if ":" in host else host
    if port is not None and port != HTTP_PORTS[scheme]:
        netloc = f"{netloc}:{port}"
    path = _escaped(parts.path.replace("\\", "/")) or "/"
    # An empty query is asked for too: some servers know the difference.
    asks = bool(parts.query) or "?" in text.partition("#")[0]
    query = f"?{_escaped(parts.query)}" if asks else ""
    return Target(
        url=f"{scheme}://{netloc}{path}{query}",
        scheme=scheme,
        host=host,
        port=port or HTTP_PORTS[scheme],
        fragment=parts.fragment,
        userinfo=parts.netloc.rpartition("@")[0],
    )


def _malformed(cause: str, text: str) -> FetchFailure:
    return FetchFailure(phase=Phase.URL, cause=cause, detail=text[:200])


def _escaped(part: str) -> str:
    return quote(part, safe=_KEPT, encoding="utf-8", errors="surrogatepass")


@lru_cache(maxsize=16384)
def _ascii_host(hostname: str) -> str | None:
    """Return the host in A-labels or as a canonical address; None where it can be neither."""
    if ":" in hostname:
        return None if "%" in hostname else literal_address(hostname)
    host = hostname
    if not host.isascii():
        import idna  # its tables take longer than a short run's names

        try:
            host = idna.encode(host, uts46=True).decode("ascii")
        except (idna.IDNAError, UnicodeError):
            try:
                host = hostname.encode("idna").decode("ascii")
            except UnicodeError:
                return None
    literal = literal_address(host)
    if literal is not None:
        return literal
    bare = host.removesuffix(".")
    labels = bare.split(".")
    if not bare or len(bare) > 253 or any(not 0 < len(label) < 64 for label in labels):
        return None
    if labels[-1].isdecimal() or _BAD_HOST.search(bare):
        return None
    return host.lower()


def location_of(raw: bytes) -> str:
    """Return a Location header's bytes as text fit for a URL: blanks and non-ASCII bytes escaped.

    Bytes are kept as the server sent them: a latin-1 path must come back as the same latin-1 bytes.
    """
    kept = raw.strip(b" \t\r\n")
    return "".join(chr(byte) if 0x20 < byte < 0x7F else f"%{byte:02X}" for byte in kept if byte >= 0x20)


def resolve_location(base: str, location: str) -> str:
    """Return the absolute target of a redirect; ValueError where there is none (RFC 9110 §10.2.2).

    A backslash before the query is a slash, as in every browser (WHATWG URL §4.4).
    """
    text = location.strip()
    cut = min((place for place in (text.find("?"), text.find("#")) if place >= 0), default=len(text))
    joined = urljoin(base, text[:cut].replace("\\", "/") + text[cut:])
    if text[cut:].partition("#")[0] == "?":
        # urljoin drops a query that is there and empty.
        before, hash_, fragment = joined.partition("#")
        joined = f"{before}?{hash_}{fragment}"
    if not _SCHEME.match(joined):
        raise ValueError(f"no absolute address: {location[:200]}")
    return joined
