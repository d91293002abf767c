"""A run, and the view of it that reports render."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from msgspec import Struct, field

from monitor.model.citation import Citation
from monitor.model.finding import Amendment, Finding, Severity
from monitor.model.history import LinkHistory
from monitor.model.observation import CitationFacts, Observation, Outcome
from monitor.model.snapshot import Capture, CoverageResult


class Run(Struct, frozen=True, kw_only=True):
    """One pass over the watched documents.

    `now` is the judged instant (`--now` sets it). A void run concludes nothing. `requests` counts
    by stage: {"check": n, "archive": n}. `vouched_at` is when our own network was last seen to work in it.
    """

    id: str
    started_at: datetime
    now: datetime
    finished_at: datetime | None = None
    complete: bool = False
    void: bool = False
    void_reason: str | None = None
    requests: Mapping[str, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    vouched_at: datetime | None = None


class HostNight(Struct, frozen=True, kw_only=True, gc=False):
    """What one run saw of one host, for the guard: probes, and how many failed as our own trouble would.

    `working_before` counts the sources that did not fail when last seen, `known_before` those ever seen.
    """

    host: str
    probes: int
    failing: int
    working_before: int
    known_before: int

    def __add__(self, other: "HostNight") -> "HostNight":
        """Return the counts of both together."""
        return HostNight(
            host=self.host,
            probes=self.probes + other.probes,
            failing=self.failing + other.failing,
            working_before=self.working_before + other.working_before,
            known_before=self.known_before + other.known_before,
        )


class DocumentSummary(Struct, frozen=True, kw_only=True):
    """A watched document as the report lists it. `error` says why it could not be read.

    `mark` names the file as it was when it was last extracted, and how; an equal one need not be read again.
    """

    path: str
    format: str
    title: str | None
    citations: int
    error: str | None = None
    excluded: int = 0
    """How many citations comments in the document and patterns exclude."""
    mark: str | None = None

    @property
    def fault(self) -> str:
        """The error without the document's own name before it, for a line that begins with the name."""
        return (self.error or "").removeprefix(f"{self.path}: ")


class Check(Struct, frozen=True, omit_defaults=True, gc=False):
    """A stretch of equal answers: `times` checks from `first_at` to `last_at`, the same instant if one."""

    outcome: Outcome
    first_at: datetime
    last_at: datetime
    times: int = 1


class Assessment(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """Everything a report says of one citation: facts, history and judgement side by side."""

    citation: Citation
    observation: Observation | None
    facts: CitationFacts | None
    history: LinkHistory
    coverage: CoverageResult | None
    capture: Capture | None
    finding: Finding
    amendment: Amendment | None = None
    previous: str | None = None
    """The access-date status and outcome of the last complete run, "fresh/alive"; None if new."""
    checks: tuple[Check, ...] = ()
    """The last stretches of equal answers, oldest first."""

    @property
    def missing_fragment(self) -> str | None:
        """The fragment of the citation's address, where the page read has no such place."""
        return self.citation.fragment if self.facts is not None and self.facts.fragment_missing else None


class RunTotals(Struct, frozen=True, kw_only=True):
    """One earlier run's counts, for trends."""

    run: str
    finished_at: datetime
    void: bool
    by_outcome: Mapping[str, int]
    by_access_date_status: Mapping[str, int]
    by_coverage: Mapping[str, int]


class PatchPart(Struct, frozen=True, kw_only=True, gc=False):
    """What one document gave to a patch of so many bytes (`size`); `key` names all that it was made of."""

    document: str
    key: str
    edits: int
    size: int


class ProvenPatch(Struct, frozen=True, kw_only=True):
    """Edits that have proof as one patch for `git apply`; `whole` is false where documents were left out.

    `parts` follow each other in `data`.
    """

    data: bytes
    edits: int
    documents: int
    whole: bool = True
    parts: tuple[PatchPart, ...] = ()


class PastChange(Struct, frozen=True, kw_only=True, gc=False):
    """A change worth telling, as it was told: `transition` names what became of the citation in that run."""

    id: str
    run: str
    at: datetime
    transition: str
    title: str
    text: str
    url: str | None


class Report(Struct, frozen=True, kw_only=True):
    """What a report renders. `assessments` may be iterated more than once and need not fit in memory.

    They come ordered by document, then line. `fail_level` is the severity from which on a finding fails the
    command; None if none does.
    """

    run: Run
    documents: tuple[DocumentSummary, ...]
    assessments: Iterable[Assessment]
    trend: tuple[RunTotals, ...] = ()
    last_complete: datetime | None = None
    fail_level: Severity | None = Severity.ERROR
    patch: ProvenPatch | None = None
    past: tuple[PastChange, ...] = ()
    """What earlier runs had to tell, newest first."""

    def format_of(self, path: str) -> str | None:
        """Return the format a document was read as; None for one this report does not list."""
        return next((document.format for document in self.documents if document.path == path), None)
