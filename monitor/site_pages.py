"""The pages of a site, to be read as documents: those its sitemap lists, or those its own pages lead to.

Only pages below the address that was given count, and only so many. Pages are asked for one at a time, in
their host's turn, and where robots.txt allows it.
"""

import json
import re
import zlib
from collections import deque
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import quote, urldefrag, urljoin, urlsplit

from monitor.errors import IncompleteError
from monitor.fetch.interface import FetchFailure, FetchResponse
from monitor.model.urls import canonical_url
from monitor.text_io.html_tokens import attribute_value, attributes, tokens, unescape

MAX_SITEMAPS = 50
"""Sitemaps of an index that are read; each lists up to 50,000 pages (sitemaps.org/protocol.html)."""
MAX_SITEMAP_BYTES = 50 * 2**20
_LOC = re.compile(
    r"<(?:\w+:)?loc\s*>\s*(?:<!\[CDATA\[)?\s*([^\s<\]]{1,2048})\s*(?:\]\]>)?\s*</(?:\w+:)?loc\s*>"
)
_INDEX = re.compile(r"<(?:\w+:)?sitemapindex[\s>]")
_MAP = re.compile(r"<(?:\w+:)?(?:sitemapindex|urlset)[\s>]")
_NO_PAGE = re.compile(
    r"\.(?:png|jpe?g|gif|svg|webp|avif|ico|css|js|mjs|json|xml|zip|gz|tgz|xz|mp[34]|webm|woff2?|ttf|exe|dmg|rss|atom)$",
    re.IGNORECASE,
)


class SiteReader(Protocol):
    """Reads pages politely; `HostChecker.crawler()` is one."""

    async def read(self, url: str) -> FetchResponse | FetchFailure:
        """Ask for a page where robots.txt allows it, follow its redirects, return the last answer."""
        ...

    async def sitemaps(self, url: str) -> list[str]:
        """Return the sitemaps that a host's robots.txt names."""
        ...


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a site: the address it was asked by, and its answer."""

    url: str
    answer: FetchResponse | FetchFailure


async def site_pages(start: str, reader: SiteReader, most: int) -> AsyncIterator[Page]:
    """Yield up to `most` pages of a site below `start`, which may be a sitemap itself.

    IncompleteError where `start` itself cannot be read.
    """
    first = await reader.read(start)
    if isinstance(first, FetchFailure) or first.status >= 400:
        why = first.cause if isinstance(first, FetchFailure) else f"it answered {first.status}"
        raise IncompleteError(f"{start}: the site could not be read: {why}")
    prefix = below(start)
    if _MAP.search(_map_text(first)[:4096]):
        # What a sitemap lists is meant, wherever it lies on the site.
        listed = [one async for one in _listed([(start, first)], reader, urljoin(start, "/"))]
    else:
        named = [one for one in await reader.sitemaps(start) if _host(one) == _host(start)]
        places = dict.fromkeys((*named, urljoin(prefix, "sitemap.xml"), urljoin(start, "/sitemap.xml")))
        found = [(place, await reader.read(place)) for place in list(places)[:MAX_SITEMAPS]]
        listed = [one async for one in _listed(found, reader, prefix)]
    if listed:
        for url in listed[:most]:
            yield Page(url, first if url == start else await reader.read(url))
        return
    async for page in _followed(start, first, reader, prefix, most):
        yield page


def below(start: str) -> str:
    """Return the address that all pages of a site begin with: the folder of the one that was given."""
    whole = urldefrag(start)[0].partition("?")[0]
    if urlsplit(whole).path == "":
        return f"{whole}/"
    return whole[: whole.rindex("/") + 1]


async def _listed(
    found: list[tuple[str, FetchResponse | FetchFailure]], reader: SiteReader, prefix: str
) -> AsyncIterator[str]:
    """Yield the pages that sitemaps list, each once, indexes followed one level deep."""
    seen: set[str] = set()
    nested = 0
    waiting = deque((answer, True) for _, answer in found)
    while waiting:
        answer, outer = waiting.popleft()
        text = _map_text(answer)
        if _INDEX.search(text[:4096]):
            for one in _LOC.finditer(text) if outer else ():
                if nested < MAX_SITEMAPS and _host(unescape(one[1])) == _host(prefix):
                    nested += 1
                    waiting.append((await reader.read(unescape(one[1])), False))
        elif _MAP.search(text[:4096]):
            for one in _LOC.finditer(text):
                url = unescape(one[1])
                name = canonical_url(url)
                if url.startswith(prefix) and name not in seen:
                    seen.add(name)
                    yield url


def _map_text(answer: FetchResponse | FetchFailure) -> str:
    if isinstance(answer, FetchFailure) or not 200 <= answer.status < 300:
        return ""
    data = answer.body
    if data[:2] == b"\x1f\x8b":  # sitemap.xml.gz
        try:
            data = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(data, MAX_SITEMAP_BYTES)
        except zlib.error:
            return ""
    return data.decode("utf-8", "replace")


def _host(url: str) -> str | None:
    try:
        return urlsplit(url).hostname
    except ValueError:
        return None


async def _followed(
    start: str, first: FetchResponse, reader: SiteReader, prefix: str, most: int
) -> AsyncIterator[Page]:
    """Yield the pages that a site's own pages lead to, nearest first."""
    waiting = deque([start])
    seen = {canonical_url(start)}
    yielded = 0
    while waiting and yielded < most:
        url = waiting.popleft()
        answer = first if url == start else await reader.read(url)
        yielded += 1
        yield Page(url, answer)
        if isinstance(answer, FetchFailure) or "html" not in (answer.header("content-type") or "html"):
            continue
        for link in _links(answer):
            name = canonical_url(link)
            if name not in seen and link.startswith(prefix) and not _NO_PAGE.search(urlsplit(link).path):
                seen.add(name)
                waiting.append(link)


def _links(answer: FetchResponse) -> Iterator[str]:
    text = answer.body.decode("utf-8", "replace")
    base = answer.url
    for token in tokens(text, 0, len(text)):
        if token.closing or token.name not in ("a", "base"):
            continue
        marks = attributes(text, token)
        if "href" not in marks or "nofollow" in marks.get("rel", ("",))[0].lower():
            continue
        try:
            link = urldefrag(urljoin(base, attribute_value(marks["href"][0]).strip()))[0]
        except ValueError:
            continue
        if token.name == "base":
            base = link
        elif link.startswith(("http://", "https://")):
            yield link


_EDIT_URI = re.compile(r"<link\b[^>]{0,200}\brel=[\"']?EditURI[\"']?[^>]{0,400}>", re.IGNORECASE)
_API = re.compile(r"href=[\"']?([^\"'\s>]{1,1000}?)api\.php\?action=rsd", re.IGNORECASE)
_PAGE_NAME = re.compile(r"\"wgPageName\":\s?\"((?:[^\"\\]|\\.){1,1000})\"")


def wikitext_address(answer: FetchResponse) -> str | None:
    """Return where a MediaWiki page's own wikitext is served; None for a page of no wiki.

    The page names its wiki's script (RSD, `EditURI`) and itself (`wgPageName`).
    """
    text = answer.body[:400_000].decode("utf-8", "replace")
    if "MediaWiki" not in text[:20_000]:
        return None
    link, name = _EDIT_URI.search(text), _PAGE_NAME.search(text)
    api = _API.search(link[0]) if link else None
    if api is None or name is None:
        return None
    try:
        title = str(json.loads(f'"{name[1]}"'))
        script = urljoin(answer.url, unescape(api[1]) + "index.php")
    except ValueError:
        return None
    same = _host(script) == _host(answer.url)
    return f"{script}?title={quote(title, safe=':/')}&action=raw" if same else None
