"""All edits that have proof as one patch, for readers of the status page who would rather use `git apply`."""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import groupby
from types import MappingProxyType

from monitor.model.citation import Citation
from monitor.model.ports import UNWATCHED, Progress
from monitor.model.run import Assessment, PatchPart, ProvenPatch, Report
from monitor.report.patch_parts import KeptParts
from monitor.report.spool import SpooledEntry, entries
from monitor.report.summary import summarise
from monitor.run.amender import EDITING, Amender
from monitor.unchanged import holds, program

DOCUMENTS = 100
"""Documents in one patch at most: a night is no time to read thousands; `monitor fix` takes them all."""

_NONE: KeptParts = MappingProxyType({})


def proven_patch(
    report: Report,
    amender: Amender,
    kept: KeptParts = _NONE,
    read: Collection[str] = (),
    limit: int = DOCUMENTS,
    progress: Progress = UNWATCHED,
) -> ProvenPatch | None:
    """Return what `monitor fix --patch` would keep, of `limit` documents; None where nothing waits.

    Edits are proven by reading the edited document; a part that is `kept` from an earlier patch, and was made
    of the same document and the same edits, is taken as it is. Documents that this run `read`, or found as
    they were, are not read once more for what they say without the edits.
    """
    if not summarise(report).edits:
        return None
    progress.stage("edits", min(limit, len(report.documents)))
    parts: list[PatchPart] = []
    data: list[bytes] = []
    whole = True
    for part, piece in _parts(report, amender, kept, read):
        if len(parts) == limit:
            whole = False
            break
        parts.append(part)
        data.append(piece)
        progress.advance()
    if not parts:
        return None
    return ProvenPatch(
        data=b"".join(data),
        edits=sum(one.edits for one in parts),
        documents=len(parts),
        whole=whole,
        parts=tuple(parts),
    )


def _parts(
    report: Report, amender: Amender, kept: KeptParts, read: Collection[str]
) -> Iterator[tuple[PatchPart, bytes]]:
    """Yield what each document gives, pages left out: their edits are made where they are kept."""
    documents = {one.path: one for one in report.documents}
    cited = groupby(entries(report.assessments), lambda one: one.gist.document)
    for path, edits in summarise(report).edits.items():
        if amender.is_copy(path):
            continue
        document = documents[path]
        form = document.format
        key = _key(amender, path, form, edits)
        known = kept.get(path)
        if known is not None and known[0].key == key:
            yield known
            continue
        # What a report holds of a document is all that it says, unless it changed since, or some is excluded.
        whole = path in read and not document.excluded and holds(document.mark, amender.digests.get(path))
        edited, citations = _loaded(next((group for name, group in cited if name == path), ()), whole=whole)
        if (proven := _proven(path, edited, amender, form, citations)) is not None:
            number, piece = proven
            yield PatchPart(document=path, key=key, edits=number, size=len(piece)), piece


def _loaded(document: Iterable[SpooledEntry], *, whole: bool) -> tuple[list[Assessment], list[Citation]]:
    """Return what edits of a document are proposed for, and all its citations where the `whole` is wanted."""
    edited: list[Assessment] = []
    citations: list[Citation] = []
    for one in document:
        if not whole and not one.gist.amended:
            continue
        assessment = one.load()
        if one.gist.amended:
            edited.append(assessment)
        if whole:
            citations.append(assessment.citation)
    return edited, citations


def _proven(
    path: str, group: list[Assessment], amender: Amender, form: str | None, known: Sequence[Citation]
) -> tuple[int, bytes] | None:
    """Return how many edits of a document have proof, and them as a patch; None where none has."""
    from monitor.amend.patch import patch
    from monitor.run.fix import FixTally, Wanted, fix_document  # reads and writes: where an edit is new

    found = fix_document(path, group, amender, Wanted(), FixTally(), form, known)
    if found is None or not found.made:
        return None
    return len(found.made), b"".join(patch(path, found.before, found.after))


def _key(amender: Amender, path: str, form: str | None, edits: bytes) -> str:
    """Name what a document's part is made of: its content, its reader, its edits and what they are to say."""
    whole = repr((program(*EDITING), path, amender.digests.get(path), form, edits))
    return hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()
