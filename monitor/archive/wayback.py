"""The Wayback Machine's index, asked the way waybackpy builds and validates queries.

waybackpy 3.0.6 builds the query, names the columns and lends its exceptions; its transport is not
used: it has no timeout, retries behind our back and reads a 429 as "no record". So the text that
comes back is held against the wire format here, line by line, before anything is concluded.
"""

import asyncio
import re
from collections.abc import Callable
from typing import TypeVar
from urllib.parse import quote

from monitor.archive.captures import IndexRow, instant
from monitor.archive.errors import ArchiveTrouble, ExcludedByArchive, RobotsExcluded
from monitor.archive.transport import Cost, Transport
from monitor.fetch.interface import FetchResponse

COLUMNS = ("urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length")
PAGE_ROWS = 5000
MOST_PAGES = 8
LISTING_ROWS = 10_000
LONG_BYTES = 100_000
OWNERS = ("AdministrativeAccessControlException", "Blocked Site Error")
ROBOTS = ("RobotAccessControlException", "robots.txt")
Parsed = TypeVar("Parsed")
_WEB = re.compile(r"(?:https?|ftp)://|(?![a-z][a-z0-9+-]*:(?!\d))", re.IGNORECASE)
"""What was fetched from the web; an index also lists what a crawler made of `mailto:` and `dns:`."""
_NO_TEXT = re.compile(r"\s*<")
_EXCEPTION = re.compile(r"\s*(?:[\w$]+\.)+\w*Exception\b")
_ROW = re.compile(
    r"(?P<key>\S+) (?P<stamp>\d+) (?P<original>.+?) (?P<media>[\w.+-]+/[\w.+;=-]+|-|unk) (?P<status>\d{3}|-)"
    r" (?P<digest>\S+)(?: (?P<length>\d+|-))?(?: .*)?"
)
"""A line of captures; blanks may stand in the original, and further columns after the usual seven."""


class WaybackIndex:
    """The CDX server behind the limiter."""

    def __init__(self, transport: Transport, cdx_url: str) -> None:
        self._transport = transport
        self._cdx_url = cdx_url

    async def rows(self, url: str, cost: Cost) -> list[IndexRow]:
        """Return every capture of an address, oldest first, each once.

        Raises Excluded where the owner or robots.txt shut the address, ArchiveTrouble for anything
        that is not an answer. Pages by the opaque resume key until it ends or repeats.
        """
        found: dict[tuple[str, str, str | None], IndexRow] = {}
        keys: set[str] = set()
        key: str | None = None
        for _ in range(MOST_PAGES):
            query = self._query(url, key)
            answer = await self._transport.ask("cdx", query, cost, whole=True, fault=_no_index)
            rows, key = await _beside_the_loop(answer, parse_index)
            for row in rows:
                found.setdefault((row.stamp, row.original, row.digest), row)
            if key is None:
                return sorted(found.values(), key=lambda r: r.when)
            if key in keys:
                raise ArchiveTrouble("the index repeats its resume key")
            keys.add(key)
        raise ArchiveTrouble(f"the index lists more than {MOST_PAGES * PAGE_ROWS} captures")

    async def listing(self, prefix: str, cost: Cost) -> dict[str, list[IndexRow]] | None:
        """Return all captures of all addresses below a prefix by index key; None where they are too many.

        One request, sent once: on a big host it ends in a 504, and then a query for each address is better.
        """
        query = self._query(prefix, None, match_type="prefix", limit=LISTING_ROWS)
        answer = await self._transport.ask("cdx", query, cost, whole=True, once=True)
        return await _beside_the_loop(answer, parse_listing)

    def _query(
        self, url: str, resume_key: str | None, *, match_type: str = "exact", limit: int = PAGE_ROWS
    ) -> str:
        from waybackpy.cdx_api import WaybackMachineCDXServerAPI
        from waybackpy.cdx_utils import full_url
        from waybackpy.exceptions import WaybackError

        try:
            # gzip="" keeps waybackpy from switching compression off; a raw * would mean a prefix query.
            api = WaybackMachineCDXServerAPI(
                url.replace("*", "%2A"), user_agent="", match_type=match_type, gzip="", limit=str(limit)
            )
        except WaybackError as error:
            raise ArchiveTrouble(f"no query for this address: {error}") from error
        api.endpoint = self._cdx_url
        payload: dict[str, str] = {}
        api.add_payload(payload)
        payload |= {"limit": str(limit), "showResumeKey": "true"}
        if resume_key is not None:
            payload["resumeKey"] = resume_key
        return str(full_url(api.endpoint, payload))


def parse_index(answer: FetchResponse) -> tuple[list[IndexRow], str | None]:
    """Return the captures of one index answer and its resume key.

    Anything that is not wholly index lines is an ArchiveTrouble: an HTML page, a short error text, a
    cut-off line must never look like few captures, or none.
    """
    lines, key = _lines(answer)
    return [row for line in lines for row in _row(line)], key


def parse_listing(answer: FetchResponse) -> dict[str, list[IndexRow]] | None:
    """Return the captures of many addresses by index key; None where a resume key says there are more."""
    lines, key = _lines(answer)
    if key is not None:
        return None
    found: dict[str, dict[tuple[str, str, str | None], IndexRow]] = {}
    for line in lines:
        for row in _row(line):
            rows = found.setdefault(line.partition(" ")[0], {})
            rows.setdefault((row.stamp, row.original, row.digest), row)
    return {name: sorted(rows.values(), key=lambda r: r.when) for name, rows in found.items()}


async def _beside_the_loop(answer: FetchResponse, parse: Callable[[FetchResponse], Parsed]) -> Parsed:
    """Parse an answer; thousands of lines take seconds, which other workers must not wait for."""
    if len(answer.body) < LONG_BYTES:
        return parse(answer)
    return await asyncio.to_thread(parse, answer)


def _no_index(answer: FetchResponse) -> str | None:
    """Say why an answer that claims success is none; such pages pass, so it is worth asking again."""
    if answer.status != 200:
        return None
    try:
        lines, _ = _lines(answer)
        for line in {*lines[:1], *lines[-1:]}:
            _row(line)
    except ExcludedByArchive:
        return None
    except ArchiveTrouble as trouble:
        return str(trouble)
    return None


def _lines(answer: FetchResponse) -> tuple[list[str], str | None]:
    text = answer.body.decode("utf-8", "replace")
    header = answer.header("x-archive-wayback-runtime-error") or ""
    if header or answer.status in (403, 451) or _EXCEPTION.match(text):
        _explain(answer.status, f"{header} {text[:2000]}")
    if answer.status != 200:
        raise ArchiveTrouble(f"index: HTTP {answer.status}")
    media = (answer.header("content-type") or "").lower()
    if "html" in media or _NO_TEXT.match(text):
        raise ArchiveTrouble("index: an HTML page instead of captures")
    if answer.truncated or header:
        raise ArchiveTrouble(f"index: {header[:200] or 'answer too long'}")
    lines = text.rstrip("\r\n").splitlines()
    key = None
    if len(lines) >= 2 and not lines[-2].strip() and " " not in lines[-1].strip():
        key = lines[-1].strip()
        lines = lines[:-2]
    return [line for line in lines if line.strip()], key


def _explain(status: int, told: str) -> None:
    """Raise what a refusal of the index means, if it is an exclusion."""
    if status == 451 or any(word in told for word in OWNERS):
        raise ExcludedByArchive("excluded from the archive")
    if any(word in told for word in ROBOTS):
        raise RobotsExcluded("excluded from the archive by robots.txt")


def _row(line: str) -> list[IndexRow]:
    """Return the capture a line names: none of `mailto:` and its like, nor beyond repair in its time."""
    from waybackpy.cdx_snapshot import CDXSnapshot

    match = _ROW.fullmatch(line)
    if match is None or len(line.split(" ")) < len(COLUMNS):
        raise ArchiveTrouble(f"index: not a line of captures: {line[:80]!r}")
    key, stamp, original, *rest = match.groups()
    original = quote(original, safe="!#$&'()*+,;=:@/?%-._~[]")
    values = (key, stamp, original, *rest[:3], rest[3] or "-")
    when = instant(stamp)
    if when is None or not _WEB.match(original):
        return []
    snapshot = CDXSnapshot({**dict(zip(COLUMNS, values, strict=True)), "timestamp": f"{when:%Y%m%d%H%M%S}"})
    return [
        IndexRow(
            stamp=stamp,
            when=when,
            original=snapshot.original,
            status=int(snapshot.statuscode) if snapshot.statuscode.isdigit() else None,
            media_type=None if snapshot.mimetype in ("-", "unk") else snapshot.mimetype,
            digest=snapshot.digest if snapshot.digest != "-" else None,
            length=int(snapshot.length) if snapshot.length.isdigit() else 0,
            revisit=snapshot.mimetype == "warc/revisit",
        )
    ]
