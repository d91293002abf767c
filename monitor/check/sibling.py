"""The random-sibling probe: does this server answer a page that cannot exist with the same page?

After Bar-Yossef et al. 2004 and its descendants (docs/design.md#soft-404-probes). Answers are cached per
host, directory and ending, so that a site costs one extra request, not one per citation.
"""

import asyncio
import re
import string
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit, urlunsplit

from monitor.check.redirects import Trip
from monitor.check.url_relations import is_home, trivially_moved
from monitor.fetch.interface import FetchResponse
from monitor.model.observation import Evidence
from monitor.model.page import PageText
from monitor.model.ports import Chance
from monitor.model.urls import canonical_url
from monitor.page.quote.drift import similarity

SAME = 0.9
"""Word 5-shingle Jaccard from which two pages are the same page (FABLE's figure)."""

MIN_WORDS = 10
"""Shorter pages have too few shingles to be likened: they are the same only word for word."""

CACHE_SIZE = 4096
KEPT_CHARS = 20_000
_NAME_LENGTH = 25
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,6}$")

Probe = Callable[[str], Awaitable[Trip]]


@dataclass(frozen=True, slots=True)
class SiblingAnswer:
    """What a random sibling got. `honest` tells that the server reports missing pages as missing."""

    url: str
    honest: bool
    final_url: str = ""
    hops: int = 0
    page: PageText | None = None


def sibling_url(url: str, chance: Chance) -> str:
    """Return the address of a page beside `url` that cannot exist: same directory, ending and slash."""
    parts = urlsplit(url)
    directory, _, last = parts.path.rstrip("/").rpartition("/")
    slash = "/" if parts.path.endswith("/") else ""
    ending = _ENDING.search(last)
    name = _random_name(chance)
    return urlunsplit(
        (parts.scheme, parts.netloc, f"{directory}/{name}{ending[0] if ending else ''}{slash}", "", "")
    )


def _random_name(chance: Chance) -> str:
    letters = string.ascii_lowercase
    return "".join(letters[int(chance() * len(letters))] for _ in range(_NAME_LENGTH))


def sibling_key(url: str) -> tuple[str, str, str]:
    """Return what siblings share: origin, directory, ending."""
    parts = urlsplit(url)
    directory, _, last = parts.path.rstrip("/").rpartition("/")
    ending = _ENDING.search(last)
    slash = "/" if parts.path.endswith("/") else ""
    return f"{parts.scheme}://{parts.netloc}", directory, (ending[0] if ending else "") + slash


def probe_due(requested: str, trip: Trip) -> bool:
    """Tell whether a sibling could prove anything of a page.

    Entry pages are never soft 404s; a page that calls the requested address its own is none either
    (the cheap, strong veto: 85 % of real pages name one); a shell looks like any other shell. Where
    redirects led elsewhere, that page's own address proves nothing of the one requested.
    """
    page = trip.page
    if page is None or page.shell or page.words == 0 or is_home(requested) or urlsplit(requested).path == "":
        return False
    canonical = page.canonical
    return not (canonical and not is_home(canonical) and trivially_moved(canonical, requested))


class Siblings:
    """Random siblings, asked once each and remembered."""

    def __init__(self, chance: Chance) -> None:
        self._chance = chance
        self._known: OrderedDict[tuple[str, str, str], asyncio.Future[SiblingAnswer]] = OrderedDict()

    async def evidence(
        self, requested: str, trip: Trip, probe: Probe, waiting: Callable[[], None]
    ) -> Evidence | None:
        """Return the evidence that `trip` ended at the same page as a page that cannot exist.

        `waiting` is called before another check's sibling is waited for.
        """
        answer = await self._answer(requested, probe, waiting)
        if answer.honest or trip.page is None:
            return None
        return _compare(trip, answer)

    async def _answer(self, url: str, probe: Probe, waiting: Callable[[], None]) -> SiblingAnswer:
        key = sibling_key(url)
        known = self._known.get(key)
        if known is not None:
            self._known.move_to_end(key)
            if not known.done():
                waiting()
            return await asyncio.shield(known)
        future: asyncio.Future[SiblingAnswer] = asyncio.get_running_loop().create_future()
        self._known[key] = future
        while len(self._known) > CACHE_SIZE:
            self._known.popitem(last=False)
        sibling = sibling_url(url, self._chance)
        try:
            answer = _answer_of(sibling, await probe(sibling))
        except BaseException:
            self._known.pop(key, None)
            future.cancel()
            raise
        future.set_result(answer)
        return answer


def _answer_of(url: str, trip: Trip) -> SiblingAnswer:
    answer = trip.answer
    if not isinstance(answer, FetchResponse) or not 200 <= answer.status < 300:
        return SiblingAnswer(url, honest=True)
    page = trip.page
    if page is not None and len(page.visible) > KEPT_CHARS:
        page = PageText(title=page.title, visible=page.visible[:KEPT_CHARS], shell=page.shell)
    return SiblingAnswer(url, honest=False, final_url=trip.url, hops=len(trip.hops), page=page)


def _without_address(text: str, url: str) -> str:
    """Drop a page's own address from its text: failure pages like to repeat what was asked for."""
    path = urlsplit(url).path
    last = path.rstrip("/").rpartition("/")[2]
    for part in (url, path, last, _ENDING.sub("", last)):
        for spelt in {part, unquote(part)}:
            if len(spelt) > 3:
                text = text.replace(spelt, " ")
    return text


def _compare(trip: Trip, sibling: SiblingAnswer) -> Evidence | None:
    page, other = trip.page, sibling.page
    if page is None or other is None or other.shell:
        return None
    if trip.hops and sibling.hops and canonical_url(trip.url) == canonical_url(sibling.final_url):
        return Evidence("sibling", f"{sibling.url} leads to the same page, {trip.url}")
    if len(trip.hops) != sibling.hops:
        return None
    ours = _without_address(page.visible[:KEPT_CHARS], trip.url)
    theirs = _without_address(other.visible, sibling.url)
    score = similarity(ours, theirs) if page.words >= MIN_WORDS else float(ours.split() == theirs.split())
    if score < SAME:
        return None
    return Evidence("sibling", f"{sibling.url} shows the same page (similarity {score:.2f})")
