"""Counts of a group of citations: a document's, a host's, or a part of either's."""

from msgspec import Struct, field

from monitor.report.gist import Gist
from monitor.report.nights import Nights

TONES = ("error", "warning", "info", "ok", "unknown")


class Tally(Struct, array_like=True, kw_only=True, gc=False):
    """Counts of one group; small, because there may be a hundred thousand."""

    citations: int = 0
    error: int = 0
    warning: int = 0
    info: int = 0
    ok: int = 0
    unknown: int = 0
    failing: int = 0
    unreachable: int = 0
    first_source: int | None = None
    """The digest of its name."""
    several: bool = False
    """Whether more than one source was counted."""
    nights: Nights = field(default_factory=Nights)

    @property
    def actions(self) -> int:
        """Return how many citations want a person: errors and warnings, waived ones left out."""
        return self.error + self.warning

    @property
    def by_tone(self) -> dict[str, int]:
        """Return how many citations have each tone."""
        return {tone: getattr(self, tone) for tone in TONES}

    @property
    def down(self) -> bool:
        """Tell whether the host itself is the likely cause: several pages, and none could be reached.

        Pages that a server answers for, if only with an error, say nothing of their host.
        """
        return self.several and self.unreachable == self.citations

    def counted(self) -> tuple[object, ...]:
        """Return what lists of groups tell of it, to name what they are made of."""
        tones = (self.error, self.warning, self.info, self.ok, self.unknown)
        return self.citations, tones, self.failing, self.down

    def told(self) -> tuple[object, ...]:
        """Return what a page of its own tells of it, its year included."""
        return *self.counted(), self.nights.told()

    def take(self, other: "Tally") -> None:
        """Add the counts of another part of the group."""
        self.citations += other.citations
        self.error += other.error
        self.warning += other.warning
        self.info += other.info
        self.ok += other.ok
        self.unknown += other.unknown
        self.failing += other.failing
        self.unreachable += other.unreachable
        if not self.several and other.first_source is not None:
            self.several = other.several or self.first_source not in (None, other.first_source)
            self.first_source = other.first_source
        if other.nights.citations:
            self.nights.take(other.nights)

    def add(self, one: Gist, source: int | None) -> None:
        """Count one citation, and its source by a digest of its name; a waived one counts as a note."""
        self.citations += 1
        setattr(self, one.tone, getattr(self, one.tone) + 1)
        self.failing += one.failing
        self.unreachable += one.unreachable
        if not self.several and source is not None:
            self.several = self.first_source not in (None, source)
            self.first_source = source
        self.nights.add(one.nights)
