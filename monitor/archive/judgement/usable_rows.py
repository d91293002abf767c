"""Which captures may show the page, by what the index says of them. Pure."""

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from monitor.archive.captures import EMPTY_DIGEST, GOOD, IndexRow, plain
from monitor.archive.judgement.identity import has_route
from monitor.model.snapshot import SnapshotWanted

REDIRECT_WINDOW = timedelta(hours=24)
_DEAD_MEDIA = ("image/", "video/", "audio/", "font/", "text/css", "javascript", "json", "zip", "octet-stream")
_PDF_ADDRESS = re.compile(r"\.pdf$", re.IGNORECASE)
_PDF_TITLE = re.compile(
    r"[\[(]\s{0,2}pdf\b[^\])]{0,30}[\])]\s*$|^\s*[\[(]\s{0,2}pdf\s{0,2}[\])]", re.IGNORECASE
)
_FILE_ADDRESS = re.compile(
    r"(?:^|[/_-])(?:down-?loads?|attachments?|get-?(?:file|doc)\w*|(?:file|doc)-?(?:get|view|download)\w*)(?:[/._-]|$)",
    re.IGNORECASE,
)


class Medium(StrEnum):
    """What kind of body a capture has, as far as an index tells."""

    PAGE = "page"
    PDF = "pdf"
    OTHER = "other"
    UNTOLD = "untold"


@dataclass(frozen=True, slots=True)
class Usable:
    """The captures worth a look: of the cited address itself, and of others under the same index key."""

    own: tuple[IndexRow, ...]
    others: tuple[IndexRow, ...]


def usable(rows: Sequence[IndexRow], url: str) -> Usable:
    """Return the captures that may show the page, by what the index says of them.

    200/203/206, a revisit that repeats no failure, a redirect that has no good capture beside it, and
    captures whose status no index told; never an empty body, nor a picture or a script where there are
    pages. A capture of another address of the same key counts as one of the page itself only if its
    digest says that it is the same page.
    """
    instants = sorted(r.when for r in rows if r.status in GOOD and r.digest != EMPTY_DIGEST)
    failures = {r.digest for r in rows if r.digest and r.status is not None and r.status not in GOOD}
    kept = []
    for row in rows:
        if row.status in GOOD:
            keep = row.digest != EMPTY_DIGEST
        elif row.revisit:
            keep = row.digest not in failures and row.digest != EMPTY_DIGEST
        elif row.redirect:
            beside = bisect_left(instants, row.when)
            keep = beside == len(instants) or instants[beside] > row.when + REDIRECT_WINDOW
        else:
            keep = row.status is None
        if keep:
            kept.append(row)
    kept = _readable(kept)
    if has_route(url):
        return Usable((), tuple(kept))
    cited = plain(url)
    same = {r.digest for r in kept if r.digest and not r.redirect and plain(r.original) == cited}
    own: list[IndexRow] = []
    others: list[IndexRow] = []
    for row in kept:
        (own if plain(row.original) == cited or row.digest in same else others).append(row)
    return Usable(tuple(own), tuple(others))


def _readable(rows: list[IndexRow]) -> list[IndexRow]:
    """Return the rows without those of media that hold no text, unless there is nothing else."""
    told = told_types(rows)
    dead = [medium(row, told) is Medium.OTHER and not row.redirect for row in rows]
    if all(dead):
        return rows
    return [row for row, is_dead in zip(rows, dead, strict=True) if not is_dead]


def told_types(rows: Sequence[IndexRow]) -> dict[str | None, str]:
    """Return the media type of each digest: a revisit's own row tells none."""
    return {r.digest: r.media_type for r in rows if r.digest and r.media_type and not r.revisit}


def medium(row: IndexRow, told: Mapping[str | None, str]) -> Medium:
    """Return the medium of a capture."""
    return _medium(told.get(row.digest) if row.revisit else row.media_type)


def _medium(media_type: str | None) -> Medium:
    kind = (media_type or "").lower()
    if kind in ("", "-", "unk", "warc/revisit"):
        return Medium.UNTOLD
    if "pdf" in kind:
        return Medium.PDF
    return Medium.OTHER if any(word in kind for word in _DEAD_MEDIA) else Medium.PAGE


def wants_pdf(wanted: SnapshotWanted, url: str) -> bool:
    """Tell whether the citation itself says that it cites a PDF: in its address or its title."""
    path = plain(url)[1]
    return bool(_PDF_ADDRESS.search(path) or _PDF_TITLE.search(wanted.title or ""))


def expected(
    wanted: SnapshotWanted, url: str, live_type: str | None, rows: Sequence[IndexRow]
) -> Medium | None:
    """Return the medium the citation means, by its own words, its address, or what the address serves now.

    None where nothing tells. An address that serves a file today, or looks like handing out files, means
    a file only where one was ever captured: the page may have been one in those days.
    """
    if wants_pdf(wanted, url):
        return Medium.PDF
    live = _medium(live_type.split(";")[0].strip()) if live_type else None
    if live is Medium.PAGE:
        return live
    if live is not Medium.PDF and not _FILE_ADDRESS.search(plain(url)[1]):
        return None
    told = told_types(rows)
    return Medium.PDF if any(medium(row, told) is Medium.PDF for row in rows) else None
