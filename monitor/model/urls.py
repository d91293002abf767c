"""Identity of web addresses: canonical URL and host key.

The canonical URL only decides which citations mean the same source; what is requested is the
spelling as cited (RFC 3986 §6.2 for the safe normalisations).
"""

import re
from functools import lru_cache
from urllib.parse import SplitResult, quote, urlsplit

from monitor.model.site import is_local
from monitor.patterns import lazy

DEFAULT_PORTS = {"http": 80, "https": 443, "ftp": 21}
# Most addresses are written as they are compared.
_CANONICAL = lazy(
    r"https?://(?:[a-z0-9-]+\.)+[a-z0-9-]+(?::(?!(?:80|443)/)(?:[1-9][0-9]{0,3}|[1-5][0-9]{4}))?"
    r"/[\w~/-]*+(?:(?<!/)\.[\w~/-]*+)*+(?:\?[\w.~/=&-]+)?",
    re.ASCII,
)
_ESCAPE = lazy(r"%([0-9A-Fa-f]{2})")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_SAFE = "!$&'()*+,;=:@/?%-._~[]|^`{}\"<>\\"


def _escape(match: re.Match[str]) -> str:
    char = chr(int(match[1], 16))
    return char if char in _UNRESERVED else match[0].upper()


def _normal(part: str) -> str:
    return _ESCAPE.sub(_escape, quote(part, safe=_SAFE, encoding="utf-8", errors="surrogatepass"))


def ascii_host(host: str) -> str:
    """Return the host in lower case and A-labels, without a trailing dot; as it is if it has none."""
    host = host.rstrip(".").lower()
    if host.isascii():
        return host
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        return host


def split(url: str) -> SplitResult | None:
    """Split a URL; None where it cannot be one (bad port, broken IPv6 literal)."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return None
    return parts


@lru_cache(maxsize=65536)
def canonical_url(url: str) -> str:
    """Return the identity of a URL: scheme and host folded, default port, dot segments, fragment dropped.

    Escapes of unreserved characters are undone, others upper-cased; an empty path becomes "/".
    `www.`, trailing slashes, queries and http/https are kept apart: they may be different pages.
    A URL that cannot be split is its own identity.
    """
    return url if _CANONICAL.fullmatch(url) else _canonical(url)


def _canonical(url: str) -> str:
    """Do what `canonical_url` does, with any address."""
    if is_local(url):
        return url.partition("#")[0]
    parts = split(url.strip())
    if parts is None or not parts.hostname:
        return url.strip()
    scheme = parts.scheme.lower()
    host = ascii_host(parts.hostname)
    if ":" in host:
        host = f"[{host}]"
    if parts.port is not None and parts.port != DEFAULT_PORTS.get(scheme):
        host = f"{host}:{parts.port}"
    path = _remove_dots(_normal(parts.path)) or "/"
    query = f"?{_normal(parts.query)}" if parts.query else ""
    # A hash-bang or slash route names a page of a single-page site; other fragments name a place in one.
    fragment = f"#{parts.fragment}" if parts.fragment.startswith(("!", "/")) else ""
    return f"{scheme}://{host}{path}{query}{fragment}"


def _remove_dots(path: str) -> str:
    """Remove dot segments (RFC 3986 §5.2.4)."""
    if "/." not in path:
        return path
    kept: list[str] = []
    segments = path.split("/")
    for index, segment in enumerate(segments):
        if segment == "..":
            if len(kept) > 1:
                kept.pop()
        elif segment != ".":
            kept.append(segment)
            continue
        if index == len(segments) - 1:
            kept.append("")
    return "/".join(kept)


_PLAIN_HOST = re.compile(r"https?://([A-Za-z0-9._-]+)(?::[0-9]{1,4}|:[1-5][0-9]{4})?(?:[/?#]|\Z)")
"""Most addresses show their host without being split."""


@lru_cache(maxsize=65536)
def host_key(url: str) -> str:
    """Return the unit of politeness: the host without `www.`; "" where there is none."""
    if plain := _PLAIN_HOST.match(url):
        return plain[1].rstrip(".").lower().removeprefix("www.")
    parts = split(url)
    if parts is None or not parts.hostname:
        return ""
    return ascii_host(parts.hostname).removeprefix("www.")


_CREDENTIALS = lazy(r"([A-Za-z][A-Za-z0-9+.-]*:)?//[^/?#\s]*@")
_IN_TEXT = lazy(r"([A-Za-z][A-Za-z0-9+.-]{0,30}:)//[^/?#\s<>\"'()\[\]]{1,500}@")


def masked(url: str) -> str:
    """Return an address as it may be shown: a name and password in it are blotted out."""
    found = _CREDENTIALS.match(url) if "@" in url else None
    return url if found is None else f"{found[1] or ''}//***@{url[found.end() :]}"


def masked_text(text: str) -> str:
    """Return a text whose addresses may be shown: see `masked`."""
    return _IN_TEXT.sub(r"\1//***@", text) if "@" in text else text


def fragment_of(url: str) -> str:
    """Return the place an address names on its page, without the "#"; "" where it names none."""
    return url.partition("#")[2]


def with_fragment(url: str, fragment: str) -> str:
    """Return an address that names a place: its own where it names one, else `fragment`, if any."""
    return url if not fragment or "#" in url else f"{url}#{fragment}"


_ARCHIVE = lazy(
    r"(?:[\w.-]+\.)?(?:(?:web|wayback|liveweb)\.archive\.org|waybackmachine\.org|webcitation\.org|perma\.cc"
    r"|archive\.(?:today|is|ph|li|md|fo|vn)|archive-it\.org|ghostarchive\.org|arquivo\.pt|megalodon\.jp)"
)
_CAPTURES = lazy(
    r"https?://(?:(?:[\w.-]+\.)?archive\.org(?::\d+)?/save(?:/|\?|$)"
    r"|(?:www\.)?archive\.(?:today|is|ph|li|md|fo|vn)(?::\d+)?/(?:submit(?:/|\?|$)|\?(?:[^#]*&)?(?:run=1|url=)))",
    re.IGNORECASE,
)


def names_archive(url: str) -> bool:
    """Tell whether a URL belongs to a web archive's copies, of which nobody makes a copy."""
    host = host_key(url)
    return _ARCHIVE.fullmatch(host) is not None or (host == "archive.org" and "/web/" in url)


def starts_capture(url: str) -> bool:
    """Tell whether merely asking for a URL makes an archive capture something."""
    return _CAPTURES.match(url) is not None


def path_is_root(url: str) -> bool:
    """Tell whether a URL names the home page of its host."""
    parts = split(url)
    return parts is not None and parts.path in ("", "/") and not parts.query
