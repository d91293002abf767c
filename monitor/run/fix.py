"""`monitor fix`: one document at a time, its proven edits all or none, each refusal with its reason."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import groupby
from pathlib import Path

from monitor.amend.apply import apply_edits
from monitor.amend.read_back import read_back
from monitor.documents import read_document
from monitor.errors import ExitCode, UsageError
from monitor.extract.registry import FORMATS, extract
from monitor.model.citation import Citation
from monitor.model.document import Document
from monitor.model.finding import AmendmentKind, Obstacle
from monitor.model.run import Assessment, Report
from monitor.report.spool import entries
from monitor.report.words import plain
from monitor.run.amender import Amender

MISREAD = "read again with it, the document would say something nobody meant"
STIRRED = "the document changed while it was being fixed"

Chooser = Callable[[Document, Assessment], Assessment | None]
"""Asks a person: returns the assessment with the edit as it is wanted, None to leave it."""


class Refused(StrEnum):
    """What became of an edit that was not made; the summary counts by these."""

    REFUSED = "refused"
    CHANGED = "changed"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Left:
    """An edit with proof that is not made, and why."""

    assessment: Assessment
    kind: Refused
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFix:
    """What is to be done to one document: its bytes before and after, and what is left out.

    `elsewhere` marks a page: its edits can be shown, and are made where the page is kept.
    """

    document: Document
    before: bytes
    after: bytes
    made: tuple[Assessment, ...] = ()
    left: tuple[Left, ...] = ()
    elsewhere: bool = False


@dataclass(slots=True)
class FixTally:
    """The whole of one `fix`."""

    edits: int = 0
    documents: int = 0
    unproven: int = 0
    already: int = 0
    elsewhere: int = 0
    left: list[Left] = field(default_factory=list)

    def count(self, kind: Refused) -> int:
        """Return how many edits were left for one reason."""
        return sum(one.kind is kind for one in self.left)

    def lines(self, *, written: bool) -> Iterator[str]:
        """Yield what a person is told: each refusal with its reason, then the whole in a line."""
        for one in self.left:
            citation = one.assessment.citation
            place = plain(f"{citation.document}:{citation.line}")
            yield f"monitor: {place}: {one.kind}: {plain(one.reason)}\n"
        verb = "written" if written else "waiting (--write makes them)"
        told = [f"{many(self.edits, 'edit')} in {many(self.documents, 'document')} {verb}"]
        told += [f"{count} {kind}" for kind in Refused if (count := self.count(kind))]
        if self.already:
            told.append(f"{self.already} made already")
        if self.elsewhere:
            told.append(f"{many(self.elsewhere, 'edit')} in pages, to be made there")
        if self.unproven:
            told.append(f"{many(self.unproven, 'proposal')} without proof (--interactive asks about them)")
        yield f"monitor: {'; '.join(told)}\n"

    def exit_code(self, *, written: bool) -> ExitCode:
        """Return 3 where an edit could not be made, 1 where some wait, be it in pages, else 0."""
        if self.left:
            return ExitCode.INCOMPLETE
        return ExitCode.FINDINGS if self.elsewhere or (self.edits and not written) else ExitCode.OK


def many(count: int, noun: str) -> str:
    """Return a count with its noun: "1 edit", "2 edits"."""
    return f"{count} {noun}{'' if count == 1 else 's'}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which edits: kinds, documents (files or folders; none means all), and a person's choice."""

    kinds: Sequence[AmendmentKind] = tuple(AmendmentKind)
    paths: Sequence[Path] = ()
    choose: Chooser | None = None


def fixes(report: Report, amender: Amender, wanted: Wanted, tally: FixTally) -> Iterator[FileFix]:
    """Yield what is to be done, document by document, and count it; UsageError for a path nothing watches.

    The caller writes a document before it asks for the next one.
    """
    known = [document.path for document in report.documents]
    named = {path.resolve() for path in wanted.paths}
    for path in wanted.paths:
        if not path.exists():
            raise UsageError(f"{path}: no such file or folder")
        if not any(_within(Path(one), {path.resolve()}) for one in known):
            raise UsageError(f"{path}: no watched document there; `monitor run` reads those of the config")
    _hindered(amender, wanted, named, tally)
    for name, group in amended(report, named):
        found = fix_document(name, group, amender, wanted, tally, report.format_of(name))
        if found is not None:
            tally.left += found.left
            if found.elsewhere:
                tally.elsewhere += len(found.made)
            elif found.made:
                tally.edits, tally.documents = tally.edits + len(found.made), tally.documents + 1
            yield found


def amended(report: Report, named: Collection[Path] = ()) -> Iterator[tuple[str, list[Assessment]]]:
    """Yield each document that edits are proposed for, with those; of `named` files and folders, if any."""
    chosen = (one for one in entries(report.assessments) if one.gist.amended)
    for path, group in groupby(chosen, lambda one: one.gist.document):
        if not named or _within(Path(path), named):
            yield path, [one.load() for one in group]


def _within(path: Path, named: Iterable[Path]) -> bool:
    whole = path.resolve()
    return any(whole == one or one in whole.parents for one in named)


def _hindered(amender: Amender, wanted: Wanted, named: set[Path], tally: FixTally) -> None:
    """Count the edits that the reading of the documents already kept back."""
    unreadable: set[str] = set()
    for one in amender.hindered:
        path, kind = one.assessment.citation.document, one.assessment.finding.edit
        if kind not in wanted.kinds or (named and not _within(Path(path), named)):
            continue
        if one.obstacle is Obstacle.MADE:
            tally.already += 1
        elif one.obstacle is Obstacle.CHANGED:
            tally.left.append(Left(one.assessment, Refused.CHANGED, one.obstacle))
        elif path not in unreadable:
            unreadable.add(path)
            tally.left.append(Left(one.assessment, Refused.UNREADABLE, one.detail or one.obstacle))


def fix_document(
    path: str,
    group: list[Assessment],
    amender: Amender,
    wanted: Wanted,
    tally: FixTally,
    form: str | None,
    known: Sequence[Citation] = (),
) -> FileFix | None:
    """Return what is to be done to one document; None where nothing is, or where it cannot be read.

    `known` is all that the document is known to say (`read_back`).
    """
    ready, by_hand, unproven = _asked(group, wanted)
    tally.unproven += unproven
    if not ready and not by_hand:
        return None
    try:
        place = amender.place(path)
        document = replace(read_document(place, FORMATS, format=form or None), path=path)
        before = place.read_bytes()
    except (UsageError, OSError) as error:
        first = ready[0] if ready else by_hand[0].assessment
        tally.left.append(Left(first, Refused.UNREADABLE, str(error)))
        return None
    if document.sha256 != amender.digests.get(path):
        return FileFix(
            document=document, before=before, after=before, left=_all(ready, Refused.CHANGED, STIRRED)
        )
    read = read_back(document, ready, amender.today, extract, known)
    left = [*by_hand, *_all([one for one in read.refused if _proven(one)], Refused.REFUSED, MISREAD)]
    elsewhere = amender.is_copy(path)
    choose = None if elsewhere else wanted.choose
    made = (
        read.kept
        if choose is None
        else tuple(answer for one in read.kept if (answer := choose(document, one)) is not None)
    )
    if choose is not None:
        # What a person chose is neither left to them nor without their proof any more.
        chosen = {one.citation.key for one in made}
        left = [one for one in left if one.assessment.citation.key not in chosen]
        tally.unproven -= sum(_open(one) for one in made)
    try:
        after = apply_edits(before, document, [one.amendment for one in made if one.amendment])
    except UsageError as error:
        left += _all(made, Refused.REFUSED, str(error))
        return FileFix(document=document, before=before, after=before, left=tuple(left))
    return FileFix(
        document=document, before=before, after=after, made=tuple(made), left=tuple(left), elsewhere=elsewhere
    )


def _asked(group: list[Assessment], wanted: Wanted) -> tuple[list[Assessment], list[Left], int]:
    """Return what may be edited, what only a person can edit, and how many edits have no proof."""
    ready, by_hand, unproven = [], [], 0
    for one in group:
        amendment = one.amendment
        if amendment is None or amendment.kind not in wanted.kinds:
            continue
        if amendment.by_hand:
            by_hand.append(Left(one, Refused.REFUSED, amendment.by_hand))
        unproven += _open(one)
        if amendment.edits and (amendment.proven or wanted.choose):
            ready.append(one)
    return ready, by_hand, unproven


def _open(assessment: Assessment) -> bool:
    """Tell whether an edit waits for a person for want of proof."""
    amendment = assessment.amendment
    return amendment is not None and not amendment.proven and not amendment.by_hand


def _proven(assessment: Assessment) -> bool:
    return assessment.amendment is not None and assessment.amendment.proven


def _all(assessments: Iterable[Assessment], kind: Refused, reason: str) -> tuple[Left, ...]:
    return tuple(Left(one, kind, reason) for one in assessments)


def refuse(found: FileFix, tally: FixTally, reason: str) -> None:
    """Count a document's edits as refused after all."""
    tally.left += _all(found.made, Refused.REFUSED, reason)
    tally.edits, tally.documents = tally.edits - len(found.made), tally.documents - 1
