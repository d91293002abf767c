"""A further archive's index: pywb's CDXJ or newline-delimited JSON, or a Memento TimeMap (RFC 7089)."""

import json
from typing import Any
from urllib.parse import urlencode

from monitor.archive.addresses import linked_captures
from monitor.archive.captures import IndexRow, instant
from monitor.archive.errors import ArchiveTrouble, ExcludedByArchive
from monitor.archive.policy import MementoPolicy
from monitor.archive.transport import Cost, Transport
from monitor.fetch.interface import FetchResponse


class MementoIndex:
    """Lists captures by CDX where the archive has one, else by TimeMap."""

    def __init__(self, transport: Transport, policy: MementoPolicy) -> None:
        self._transport = transport
        self._policy = policy

    async def rows(self, url: str, cost: Cost) -> list[IndexRow]:
        """Return every capture listed, oldest first; raises ArchiveTrouble and Excluded."""
        if self._policy.cdx_url:
            query = urlencode({"url": url, "output": "json"})
            answer = await self._transport.ask("all", f"{self._policy.cdx_url}?{query}", cost, whole=True)
            rows = parse_cdxj(answer)
        elif self._policy.timemap_url:
            answer = await self._transport.ask(
                "all", f"{self._policy.timemap_url.rstrip('/')}/{url}", cost, whole=True
            )
            rows = _timemap(answer)
        else:
            raise ArchiveTrouble("no index configured")
        return sorted(rows, key=lambda r: r.when)


def parse_cdxj(answer: FetchResponse) -> list[IndexRow]:
    """Return the captures of a CDXJ or NDJSON answer; an unreadable line is an ArchiveTrouble."""
    _answered(answer, "index")
    rows = []
    for line in answer.body.decode("utf-8", "replace").splitlines():
        if not line.strip():
            continue
        head, brace, tail = line.partition("{")
        try:
            data = json.loads(brace + tail)
        except ValueError as error:
            raise ArchiveTrouble(f"index: not a line of captures: {line[:80]!r}") from error
        words = head.split()
        stamp = str(data.get("timestamp") or (words[1] if len(words) > 1 else ""))
        row = _row(stamp, data)
        if row is not None:
            rows.append(row)
    return rows


def _row(stamp: str, data: dict[str, Any]) -> IndexRow | None:
    when, original = instant(stamp), data.get("url") or data.get("original")
    if when is None or not original:
        return None
    status = str(data.get("status") or data.get("statuscode") or "")
    media = data.get("mime") or data.get("mimetype")
    digest = str(data.get("digest") or "").removeprefix("sha1:")
    length = str(data.get("length") or "")
    return IndexRow(
        stamp=stamp,
        when=when,
        original=str(original),
        status=int(status) if status.isdigit() else None,
        media_type=None if media in (None, "-", "unk") else str(media),
        digest=digest or None,
        length=int(length) if length.isdigit() else 0,
        revisit=media == "warc/revisit",
    )


def _timemap(answer: FetchResponse) -> list[IndexRow]:
    if answer.status == 404:
        return []
    _answered(answer, "timemap")
    text = answer.body.decode("utf-8", "replace")
    rows = linked_captures(text.replace("\n", " "))
    if not rows and "rel=" not in text:
        raise ArchiveTrouble("timemap: not link-format")
    return list(rows)


def _answered(answer: FetchResponse, what: str) -> None:
    if answer.status in (403, 451):
        raise ExcludedByArchive("excluded from the archive")
    media = (answer.header("content-type") or "").lower()
    if answer.status != 200 or "html" in media or (answer.body.lstrip()[:1] == b"<" and what == "index"):
        raise ArchiveTrouble(f"{what}: HTTP {answer.status}, {media or 'no media type'}")
    if answer.truncated:
        raise ArchiveTrouble(f"{what}: answer too long")
