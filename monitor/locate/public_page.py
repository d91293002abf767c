"""Finds the addresses of unlocated citations on the document's public page.

A text copy of a page loses its links ("Click [here] to access the article"). The page re-read
(live or as a snapshot) still holds them: its citations are paired with ours by title and access date.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urljoin

from monitor.extract.formats.html import HtmlExtractor
from monitor.extract.formats.html_passages import html_passages
from monitor.extract.urls.repair import repair_url
from monitor.locate.likeness import accessed_on, folded_title, likeness
from monitor.model.citation import Citation, Repair
from monitor.model.document import Document
from monitor.model.values import replaced

SURE = 92.0
"""Titles this alike are one title, whatever their dates."""

LIKELY = 75.0
"""Titles this alike are one title where an access date agrees."""

_MAX_PAIRS = 4_000_000


@dataclass(frozen=True, slots=True)
class _Match:
    score: float
    ours: int
    theirs: int


def relocate(citations: Sequence[Citation], page_html: str, page_url: str) -> tuple[Citation, ...]:
    """Return the citations with the addresses found on the page; order and number stay.

    `page_html` is the decoded page that `page_url` names (a snapshot's address where it is one).
    A found address carries a repair record; a citation left keeps `unlocated_reason` saying why.
    """
    lost = [place for place, one in enumerate(citations) if one.url is None]
    if not lost:
        return tuple(citations)
    page = HtmlExtractor().extract(Document(path=page_url, text=page_html, format="html"))
    linked = list(_linked(page_html, page_url, page.citations))
    made = list(citations)
    if not linked:
        for place in lost:
            made[place] = replaced(made[place], unlocated_reason=f"{page_url} shows no cited link either")
        return tuple(made)
    taken: dict[int, int] = {}
    used: set[int] = set()
    matches = sorted(
        _matches(citations, lost, linked), key=lambda match: (-match.score, abs(match.ours - match.theirs))
    )
    doubtful = _doubtful(matches, linked)
    for match in matches:
        if match.ours in taken or match.theirs in used or match.ours in doubtful:
            continue
        taken[match.ours] = match.theirs
        used.add(match.theirs)
    for place in lost:
        made[place] = _told(
            made[place],
            linked[taken[place]] if place in taken else None,
            page_url,
            doubtful=place in doubtful,
        )
    return tuple(made)


_PAGE = re.compile(r"(?!\s*(?:#|[a-z][a-z0-9+.-]*:(?!//)))", re.IGNORECASE)
"""A link to a page, be it of the same site; no jump and no mail."""


def _linked(page_html: str, page_url: str, found: Sequence[Citation]) -> Iterator[Citation]:
    """Return the page's citations that have an address, or whose own words are a link.

    Where the title is the link and the publisher stands between it and the date, reading leaves it.
    """
    links = sorted(
        (*passage.origin(link.start, link.end), link.href, passage.text[link.start : link.end])
        for passage in html_passages(page_html, 0, len(page_html))[0]
        for link in passage.links
    )
    starts = [link[0] for link in links]
    for one in found:
        if one.url is not None:
            yield one
            continue
        own = links[bisect_left(starts, one.span.start) : bisect_left(starts, one.span.end)]
        best = max(own, key=lambda link: likeness(link[3], one.title), default=None)
        mended = repair_url(urljoin(page_url, best[2].strip())) if best and _PAGE.match(best[2]) else None
        if mended is not None and mended.url is not None:
            yield replaced(one, url=mended.url, archive_url=mended.archive_url, repairs=mended.repairs)


def _matches(citations: Sequence[Citation], lost: Sequence[int], linked: Sequence[Citation]) -> list[_Match]:
    found = []
    exact: dict[str, list[int]] = {}
    for theirs, one in enumerate(linked):
        exact.setdefault(folded_title(one.title), []).append(theirs)
    small = len(lost) * len(linked) <= _MAX_PAIRS
    for ours in lost:
        citation = citations[ours]
        same = exact.get(folded_title(citation.title), []) if citation.title else []
        # Only where no title is equal is every link compared.
        for theirs in same or (range(len(linked)) if small else ()):
            score = likeness(citation.title, linked[theirs].title)
            dated = any(one.date and accessed_on(linked[theirs], one.date) for one in citation.access_dates)
            contradicted = bool(citation.access_dates and linked[theirs].access_dates) and not dated
            if score >= (LIKELY if dated else SURE) and not (contradicted and len(same) > 1):
                found.append(_Match(score + 20 * dated, ours, theirs))
    return found


def _doubtful(matches: Sequence[_Match], linked: Sequence[Citation]) -> set[int]:
    """Return our citations that two different addresses fit equally well."""
    best: dict[int, tuple[float, set[str | None]]] = {}
    for match in matches:
        score, urls = best.setdefault(match.ours, (match.score, set()))
        if match.score == score:
            urls.add(linked[match.theirs].url)
    rivals: dict[int, int] = {}
    for ours in best:
        rivals[ours] = sum(1 for match in matches if match.ours == ours and match.score == best[ours][0])
    # As many equal entries on our side as on theirs: the order of the page decides.
    return {
        ours
        for ours, (_, urls) in best.items()
        if len(urls) > 1 and _entries_alike(matches, ours) != rivals[ours]
    }


def _entries_alike(matches: Sequence[_Match], ours: int) -> int:
    theirs = {match.theirs for match in matches if match.ours == ours}
    return len({match.ours for match in matches if match.theirs in theirs})


def _told(citation: Citation, found: Citation | None, page_url: str, *, doubtful: bool) -> Citation:
    if doubtful:
        return replaced(citation, unlocated_reason=f"{page_url} has several links of this title and date")
    if found is None:
        why = "has no link of this title" if citation.title else "cannot be searched without a title"
        return replaced(citation, unlocated_reason=f"{page_url} {why}")
    return replaced(
        citation,
        url=found.url,
        archive_url=citation.archive_url or found.archive_url,
        repairs=(
            *citation.repairs,
            Repair("address taken from the public page", citation.title or "", found.url or ""),
            *found.repairs,
        ),
        notes=(*citation.notes, f"address found on {page_url}"),
        unlocated_reason=None,
    )
