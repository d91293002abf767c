"""Which pages of sources and hosts show something else than in the last report: by what its sheets showed."""

import re
from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from monitor.report import names
from monitor.report.sheet import Placed
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
    for _, told in _told(sheets):
        if told in changed:  # what was so before and is so now cancels out
            changed.remove(told)
        else:
            changed.add(told)
    found = [one for one, told in _told(sheets) if told in changed]
    hosts = frozenset(one.host for one in found if one.host)
    return Touched(
        pages=frozenset(one.page for one in found),
        hosts=hosts,
        stems=frozenset(_NUMBER.sub("", names.host_page(host)) for host in hosts),
    )


def _told(sheets: Sheets) -> Iterator[tuple[Placed, int]]:
    """Yield the citations of new sheets and of those that are gone, each with what names all shown of it."""
    for sheet in chain(map(sheets.shown, sheets.fresh()), sheets.gone()):
        for one in sheet.placed:
            if one is not None:
                yield one, hash((one, sheet.page))
