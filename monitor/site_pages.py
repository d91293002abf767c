"""The pages of a site, to be read as documents: those its sitemap lists, or those its own pages lead to.

Only pages below the address that was given count, and only so many. Pages are asked for one at a time, in
their host's turn, and where robots.txt allows it.
"""

import json
import re
import zlib
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import quote, urldefrag, urljoin, urlsplit

from monitor.errors import IncompleteError
from monitor.fetch.interface import FetchFailure, FetchResponse
from monitor.model.urls import canonical_url
from monitor.model.wording import count
from monitor.text_io.html_tokens import attribute_value, attributes, tokens, unescape

MAX_SITEMAPS = 50
"""Sitemaps of an index that are read; each lists up to 50,000 pages (sitemaps.org/protocol.html)."""
MAX_SITEMAP_BYTES = 50 * 2**20
"""What a compressed sitemap may hold (the protocol's own limit)."""
NOT_ALLOWED = "robots-txt"
"""The failure of a page that robots.txt keeps from us."""
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

    async def sitemaps(self, url: str) -> Sequence[str]:
        """Return the sitemaps that a host's robots.txt names."""
        ...


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a site: the address it was asked by, and its answer."""

    url: str
    answer: FetchResponse | FetchFailure


async def site_pages(
    start: str,
    reader: SiteReader,
    most: int,
    say: Callable[[str], None],
    begin: Callable[[int], None] = lambda _pages: None,
) -> AsyncIterator[Page]:
    """Yield up to `most` pages of a site below `start`, which may be a sitemap itself.

    What of its sitemaps is not read goes to `say`. `begin` is told how many pages there are once that is
    known, again as the site's own pages lead to more. IncompleteError where `start` cannot be read.
    """
    first = await reader.read(start)
    if isinstance(first, FetchFailure) or first.status >= 400:
        why = first.cause if isinstance(first, FetchFailure) else f"it answered {first.status}"
        raise IncompleteError(f"{start}: the site could not be read: {why}")
    prefix = below(start)
    sitemaps = _Sitemaps(reader, say)
    if _MAP.search(sitemaps.text(start, first)[:4096]):
        # What a sitemap lists is meant, wherever it lies on the site.
        listed = [one async for one in sitemaps.pages([(start, first)], urljoin(start, "/"))]
    else:
        named = [one for one in await reader.sitemaps(start) if _host(one) == _host(start)]
        places = dict.fromkeys((*named, urljoin(prefix, "sitemap.xml"), urljoin(start, "/sitemap.xml")))
        if len(places) > MAX_SITEMAPS:
            say(f"{start}: its robots.txt names {len(named)} sitemaps; {MAX_SITEMAPS} are read")
        found = [(place, await reader.read(place)) for place in list(places)[:MAX_SITEMAPS]]
        listed = [one async for one in sitemaps.pages(found, prefix)]
    if listed:
        begin(min(len(listed), most))
        for url in listed[:most]:
            yield Page(url, first if url == start else await reader.read(url))
        return
    async for page in _followed(start, first, reader, prefix, most, begin):
        yield page


def below(start: str) -> str:
    """Return the address that all pages of a site begin with: the folder of the one that was given."""
    whole = urldefrag(start)[0].partition("?")[0]
    if urlsplit(whole).path == "":
        return f"{whole}/"
    return whole[: whole.rindex("/") + 1]


def said_if_cut(url: str, answer: FetchResponse, say: Callable[[str], None]) -> None:
    """Say where only the beginning of a page came."""
    if answer.truncated:
        say(f"{url}: only its first {len(answer.body):,} bytes were read; [check] max_body_bytes reads more")


@dataclass(frozen=True, slots=True)
class _Sitemaps:
    """Reads sitemaps, compressed ones and indexes of them one level deep; what is not read is said."""

    reader: SiteReader
    say: Callable[[str], None]

    async def pages(
        self, found: list[tuple[str, FetchResponse | FetchFailure]], prefix: str
    ) -> AsyncIterator[str]:
        """Yield the pages that sitemaps list below a prefix, each once."""
        seen: set[str] = set()
        nested = 0
        waiting = deque((place, answer, True) for place, answer in found)
        while waiting:
            place, answer, outer = waiting.popleft()
            text = self.text(place, answer)
            places = (unescape(one[1]) for one in _LOC.finditer(text))
            if _INDEX.search(text[:4096]):
                inner = [one for one in places if _host(one) == _host(prefix)]
                room = MAX_SITEMAPS - nested if outer else 0
                if len(inner) > room:
                    why = f"{MAX_SITEMAPS} are read" if outer else "an index inside an index is not read"
                    self.say(f"{place}: it lists {count(len(inner), 'sitemap')}; {why}")
                for one in inner[:room]:
                    nested += 1
                    waiting.append((one, await self.reader.read(one), False))
            elif _MAP.search(text[:4096]):
                for url in places:
                    name = canonical_url(url)
                    if url.startswith(prefix) and name not in seen:
                        seen.add(name)
                        yield url
            elif not outer:
                self.say(f"{place}: an index of sitemaps names it, and it is none")

    def text(self, place: str, answer: FetchResponse | FetchFailure) -> str:
        """Return the text of a sitemap; empty for what is none and what cannot be unpacked."""
        if isinstance(answer, FetchFailure) or not 200 <= answer.status < 300:
            return ""
        data, cut = answer.body, False
        if data[:2] == b"\x1f\x8b":  # sitemap.xml.gz
            unpacking = zlib.decompressobj(zlib.MAX_WBITS | 16)
            try:
                data = unpacking.decompress(data, MAX_SITEMAP_BYTES)
            except zlib.error as error:
                self.say(f"{place}: cannot be unpacked: {error}")
                return ""
            cut = not unpacking.eof
        text = data.decode("utf-8", "replace")
        if (cut or answer.truncated) and _MAP.search(text[:4096]):
            room = (
                "[check] max_body_bytes reads more" if answer.truncated else "it is broken off, or too long"
            )
            self.say(f"{place}: only the beginning of this sitemap was read; {room}")
        return text


def _host(url: str) -> str | None:
    try:
        return urlsplit(url).hostname
    except ValueError:
        return None


async def _followed(
    start: str,
    first: FetchResponse,
    reader: SiteReader,
    prefix: str,
    most: int,
    begin: Callable[[int], None],
) -> AsyncIterator[Page]:
    """Yield the pages that a site's own pages lead to, nearest first."""
    waiting = deque([start])
    seen = {canonical_url(start)}
    yielded = 0
    while waiting and yielded < most:
        url = waiting.popleft()
        answer = first if url == start else await reader.read(url)
        for link in _links(answer):
            name = canonical_url(link)
            if name not in seen and link.startswith(prefix) and not _NO_PAGE.search(urlsplit(link).path):
                seen.add(name)
                waiting.append(link)
        yielded += 1
        begin(min(yielded + len(waiting), most))
        yield Page(url, answer)


def _links(answer: FetchResponse | FetchFailure) -> Iterator[str]:
    if isinstance(answer, FetchFailure) or "html" not in (answer.header("content-type") or "html"):
        return
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
