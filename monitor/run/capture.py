"""Captures asked of the archive: those under way followed first, then new ones by risk."""

from collections.abc import Iterable
from datetime import datetime

from monitor.archive.interface import Archive
from monitor.model.snapshot import Capture
from monitor.model.source import Source
from monitor.store.interface import Store


async def capture(store: Store, archive: Archive, sources: Iterable[Source], now: datetime) -> list[Capture]:
    """Follow the captures asked for earlier, then ask for new ones; return every line that was touched.

    A source asked for before is not asked for again; where the archive takes no more today, or has no
    keys to ask with, the rest waits for another night.
    """
    touched = []
    for pending in await store.captures(pending=True):
        touched.append(await archive.follow(pending, now))
        await store.put_capture(touched[-1])
    asked = {one.source for one in await store.captures() if not one.state.again}
    for source in sources:
        if source.canonical_url in asked:
            continue
        made = await archive.capture(source, now)
        await store.put_capture(made)
        touched.append(made)
        if made.refusal is not None and made.refusal.meets_all:
            break
    return touched
