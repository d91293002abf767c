"""One index request for many addresses of a host, once it is likely to pay.

Nobody knows beforehand how many sources of a host a run will ask for. So the first few are asked one
by one; then their common folder is listed whole, once. If the list fits one answer it serves every
later address below it; if not, the host goes on address by address. That costs one request more
than necessary at worst (the ski-rental rule) and one for all at best.

A list only ever adds captures: an address it does not name is asked for by itself, because index
keys are the archive's business (session parameters, letter case), and a wrong "none" is ours.
"""

import asyncio
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import takewhile
from urllib.parse import urlsplit

from monitor.archive.captures import IndexRow, plain
from monitor.archive.errors import ArchiveStopped, ArchiveTrouble
from monitor.archive.transport import Cost
from monitor.archive.wayback import WaybackIndex
from monitor.model.ports import Clock
from monitor.model.urls import host_key

ALONE = 4
"""So many addresses of a host are asked for one by one."""
MOST_HOSTS = 2000
FRESH = timedelta(hours=1)

Plain = tuple[str, str, tuple[tuple[str, str], ...]]


@dataclass(slots=True)
class _Host:
    begun: datetime
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    asked: list[str] = field(default_factory=list)
    listed: dict[Plain, list[IndexRow]] | None = None


class HostIndex:
    """An index that lists a host's folder once several of its addresses were asked for."""

    def __init__(self, index: WaybackIndex, clock: Clock) -> None:
        self._index = index
        self._clock = clock
        self._hosts: OrderedDict[str, _Host] = OrderedDict()

    async def rows(self, url: str, cost: Cost) -> list[IndexRow]:
        """Return every capture of an address, oldest first; see `WaybackIndex.rows`."""
        host = self._host(host_key(url))
        if len(host.asked) >= ALONE:
            async with host.lock:
                if host.listed is None:
                    host.listed = await self._list([*host.asked, url], cost)
            if rows := host.listed.get(_folded(url)):
                return list(rows)
        host.asked = [*host.asked, url][:ALONE]
        return await self._index.rows(url, cost)

    def _host(self, name: str) -> _Host:
        now = self._clock()
        host = self._hosts.get(name)
        if host is None or now - host.begun > FRESH:
            host = self._hosts[name] = _Host(begun=now)
        self._hosts.move_to_end(name)
        while len(self._hosts) > MOST_HOSTS:
            self._hosts.popitem(last=False)
        return host

    async def _list(self, urls: list[str], cost: Cost) -> dict[Plain, list[IndexRow]]:
        """Return the captures below the common folder by address; nothing where that did not work."""
        try:
            listed = await self._index.listing(common_folder(urls), cost)
        except ArchiveStopped:
            raise
        except ArchiveTrouble:
            return {}
        found: dict[Plain, list[IndexRow]] = {}
        for rows in (listed or {}).values():
            for name in {_folded(row.original) for row in rows}:
                found.setdefault(name, []).extend(rows)
        return found


def common_folder(urls: list[str]) -> str:
    """Return the longest prefix of addresses of one host that ends with a slash."""
    first = urlsplit(urls[0])
    folders = [(urlsplit(url).path or "/").split("/")[1:-1] for url in urls]
    shared = takewhile(lambda level: len(set(level)) == 1, zip(*folders, strict=False))
    path = "".join(f"{level[0]}/" for level in shared)
    return f"{first.scheme}://{first.netloc}/{path}"


def _folded(url: str) -> Plain:
    """Return an address as indexes tell them apart: letter case aside too."""
    host, path, query = plain(url)
    return host, path.lower(), tuple((name.lower(), value.lower()) for name, value in query)
