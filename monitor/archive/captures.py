"""Captures as an index lists them, and what looking at one found. Values only."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import lru_cache
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from monitor.archive.tracking import tracks
from monitor.fetch.target import Target, parse_target
from monitor.model.page import PageText
from monitor.model.urls import ascii_host

EMPTY_DIGEST = "3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ"
"""Base32 SHA-1 of no bytes at all: the capture of an empty body."""
GOOD = frozenset({200, 203, 206})
_STAMP = re.compile(r"\d{14}")


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexRow:
    """One capture. `status` is None where the index does not say (a revisit, or no index at all)."""

    stamp: str
    when: datetime
    original: str
    status: int | None = None
    media_type: str | None = None
    digest: str | None = None
    length: int = 0
    revisit: bool = False

    @property
    def redirect(self) -> bool:
        """Tell whether the capture is of a redirect."""
        return self.status in (301, 302, 303, 307, 308)


class Look(StrEnum):
    """What fetching one capture came to."""

    PAGE = "page"
    REJECTED = "rejected"
    UNREADABLE = "unreadable"
    ELSEWHERE = "elsewhere"
    TROUBLE = "trouble"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A capture as fetched through `id_`.

    PAGE: the page of the past. REJECTED: an error, wall, parked, blank … page, `reason` says which;
    its `page` is kept, because a quote found on it outranks the suspicion. UNREADABLE: a body that
    holds no text we can read. ELSEWHERE: the archive cannot play it. TROUBLE: the archive failed.
    `neighbours` are the captures the `Link` header names; `chain` the archived redirects followed.
    """

    row: IndexRow
    look: Look
    reason: str | None = None
    page: PageText | None = None
    pdf: bool = False
    hard: bool = False
    """Rejected whatever it says: another media type, gone home, an archived error."""
    offsite: bool = False
    """Its redirects led to another site."""
    original: str | None = None
    """The address the archive says it captured, where the index did not list the capture."""
    neighbours: tuple[IndexRow, ...] = ()
    chain: tuple[str, ...] = ()


def instant(stamp: str) -> datetime | None:
    """Return the instant of a 14-digit timestamp, repairing what real indexes hold.

    Month or day `00` are dropped and the rest padded (`20000008241731` is 2000-08-24 17:31); None
    where no instant can be made.
    """
    if not _STAMP.fullmatch(stamp):
        return None
    year, rest = stamp[:4], stamp[4:]
    pairs = [rest[i : i + 2] for i in range(0, 10, 2)]
    for _ in "month", "day":  # never longer: the padding itself is "00"
        if "00" in pairs[:2]:
            pairs.remove("00")
            pairs.append("00")
    try:
        return datetime.strptime(year + "".join(pairs), "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None


def stamp_of(when: datetime) -> str:
    """Return the 14-digit timestamp of an instant."""
    return f"{when.astimezone(UTC):%Y%m%d%H%M%S}"


def requestable(url: str) -> str:
    """Return a URL that may stand in a request: A-labels, no fragment, no blanks, only ASCII."""
    target = parse_target(url)
    if isinstance(target, Target):
        return target.url
    return quote(url.split("#", 1)[0], safe="!$&'()*+,;=:@/?%-._~[]")


@lru_cache(maxsize=16384)
def plain(url: str) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    """Return what is left of a URL without scheme, `www.`, port, last slash, order and tracking parameters.

    Indexes file more than that under one key (letter case too): such captures may be other pages.
    """
    try:
        parts = urlsplit(url.split("#", 1)[0])
    except ValueError:  # a broken IPv6 literal is only like itself
        return "", url, ()
    host = ascii_host(parts.hostname or "").removeprefix("www.")
    pairs = tuple(sorted(p for p in parse_qsl(parts.query, keep_blank_values=True) if not tracks(p[0])))
    return host, unquote(parts.path).rstrip("/"), pairs
