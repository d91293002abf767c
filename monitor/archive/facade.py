"""An archive as the house sees it: look-ups by the searcher, captures by the ledger, if it takes any."""

from dataclasses import dataclass
from datetime import datetime

from monitor.archive.captures import stamp_of
from monitor.archive.errors import ArchiveTrouble, ExcludedByArchive
from monitor.archive.interface import LookUp
from monitor.archive.ledger import Ledger
from monitor.archive.lookup import Searcher
from monitor.archive.transport import Cost
from monitor.model.snapshot import ArchiveAnswer, Capture, CaptureRefusal, CaptureState
from monitor.model.source import Source

NO_PAGE = "https://example.com/is-the-index-there"
"""An address few archives list: the shortest answer an index can give."""


@dataclass(frozen=True, slots=True)
class Provider:
    """One archive; keeps the `Archive` Protocol."""

    searcher: Searcher
    pace: float
    ledger: Ledger | None = None

    @property
    def name(self) -> str:
        """Return the name reports show."""
        return self.searcher.name

    async def look_up(self, question: LookUp) -> ArchiveAnswer:
        """Answer for every wanted citation."""
        return await self.searcher.look_up(question)

    async def read(self, url: str, now: datetime) -> bytes | None:
        """Return the newest archived page of an address as captured, or None."""
        return await self.searcher.replayer.read(stamp_of(now), url)

    async def capture(self, source: Source, now: datetime) -> Capture:
        """Ask for a capture, once."""
        if self.ledger is not None:
            return await self.ledger.capture(source, now)
        return Capture(
            source=source.canonical_url, url=source.url, archive=self.name, state=CaptureState.REFUSED,
            requested_at=now, updated_at=now, refusal=CaptureRefusal.NOT_OFFERED,
        )  # fmt: skip

    async def follow(self, capture: Capture, now: datetime) -> Capture:
        """Look again at a capture."""
        return capture if self.ledger is None else await self.ledger.follow(capture, now)

    async def trouble(self, now: datetime) -> str | None:
        """Ask one cheap question; return why there was no answer, or None where there was."""
        try:
            if self.searcher.index is not None:
                await self.searcher.index.rows(NO_PAGE, Cost())
            else:
                await self.read(NO_PAGE, now)
        except ExcludedByArchive:
            return None
        except ArchiveTrouble as error:
            return str(error)
        return None
