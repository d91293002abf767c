"""Which pages of sources and hosts show something else than in the last report: by what its sheets showed."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from monitor.report import names
from monitor.report.sheet import Shown
from monitor.report.sheets import Sheets

SHARE = 3
"""Where more than one in so many sheets is new, every page is held against what it is made of."""

_NUMBER = re.compile(r"(?:-p[0-9]+)?\.html\Z")


class Touched(NamedTuple):
    """Pages of sources by address, hosts by name, and the addresses of all pages of these without number."""

    pages: frozenset[str]
    hosts: frozenset[str]
    stems: frozenset[str]

    def touches(self, address: str) -> bool:
        """Tell whether a page may show something else now."""
        return address in self.pages or (bool(self.stems) and _NUMBER.sub("", address) in self.stems)


def touched(sheets: Sheets) -> Touched | None:
    """Return what to look at, once all sheets were counted; None where that is everything."""
    if sheets.fresh_ones() * SHARE > len(sheets):
        return None
    changed: set[int] = set()
    for _, _, token in _told(sheets):
        changed ^= {token}  # what was so before and is so now cancels out
    found = {(page, host) for page, host, token in _told(sheets) if token in changed}
    hosts = frozenset(host for _, host in found if host)
    return Touched(
        pages=frozenset(page for page, _ in found if page),
        hosts=hosts,
        stems=frozenset(_NUMBER.sub("", names.host_page(host)) for host in hosts),
    )


def _told(sheets: Sheets) -> Iterator[tuple[str, str, int]]:
    """Yield what new sheets show, and what those showed that are gone: of a source's page or of a host."""
    yield from _of(sheets.shown(number) for number in sheets.fresh())
    yield from _of(sheets.gone())


def _of(some: Iterable[Shown]) -> Iterator[tuple[str, str, int]]:
    for sheet in some:
        for one in sheet.placed:
            if one is not None:
                yield one.page, "", hash((one.page, sheet.page, one.shown))
                yield "", one.host, hash((one.host, sheet.page, one.mark))
