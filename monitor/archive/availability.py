"""The availability API as a second opinion only: its "no" is often wrong, its "yes" is worth a look."""

import json
from urllib.parse import urlencode

from monitor.archive.addresses import parse_capture
from monitor.archive.captures import IndexRow, instant
from monitor.archive.errors import ArchiveTrouble
from monitor.archive.transport import Cost, Transport


class Availability:
    """`GET …/available?url=&timestamp=` (Wayback Availability JSON API, version 1)."""

    def __init__(self, transport: Transport, availability_url: str) -> None:
        self._transport = transport
        self._url = availability_url

    async def nearest(self, url: str, stamp: str, cost: Cost) -> IndexRow | None:
        """Return the capture it calls closest, or None where it knows none; raises ArchiveTrouble."""
        query = urlencode({"url": url, "timestamp": stamp})
        answer = await self._transport.ask("availability", f"{self._url}?{query}", cost, whole=True)
        try:
            closest = json.loads(answer.body)["archived_snapshots"].get("closest")
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise ArchiveTrouble("availability: no JSON answer") from error
        if answer.status != 200:
            raise ArchiveTrouble(f"availability: HTTP {answer.status}")
        if not isinstance(closest, dict) or not closest.get("available"):
            return None
        when = instant(str(closest.get("timestamp")))
        place = parse_capture(str(closest.get("url")))
        if when is None or place is None:
            return None
        return IndexRow(stamp=place[0], when=when, original=place[1])
