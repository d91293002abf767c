"""What archives are asked of a source."""

from collections.abc import Sequence
from datetime import datetime

from monitor.archive.interface import LookUp
from monitor.model.citation import Citation
from monitor.model.snapshot import SnapshotWanted
from monitor.model.source import Source


def question(source: Source, citations: Sequence[Citation], now: datetime) -> LookUp:
    """Return the question for all citations of a source."""
    return LookUp(
        source=source,
        wanted=[
            SnapshotWanted(
                key=one.key,
                access_date=one.access_date.date if one.access_date else None,
                quote=one.quote,
                title=one.title,
                archive_url=one.archive_url,
            )
            for one in citations
        ],
        now=now,
    )
