"""All edits that have proof as one patch, for readers of the status page who would rather use `git apply`."""

import hashlib
from collections.abc import Iterator
from types import MappingProxyType

from monitor.model.ports import UNWATCHED, Progress
from monitor.model.run import Assessment, PatchPart, ProvenPatch, Report
from monitor.report.patch_parts import KeptParts
from monitor.report.summary import summarise
from monitor.run.amender import EDITING, Amender
from monitor.unchanged import program

DOCUMENTS = 100
"""Documents in one patch at most: a night is no time to read thousands; `monitor fix` takes them all."""

_NONE: KeptParts = MappingProxyType({})


def proven_patch(
    report: Report,
    amender: Amender,
    kept: KeptParts = _NONE,
    limit: int = DOCUMENTS,
    progress: Progress = UNWATCHED,
) -> ProvenPatch | None:
    """Return what `monitor fix --patch` would keep, of `limit` documents; None where nothing waits.

    Edits are proven by reading the edited document; a part that is `kept` from an earlier patch, and was made
    of the same document and the same edits, is taken as it is.
    """
    if not summarise(report).edits:
        return None
    progress.stage("edits", min(limit, len(report.documents)))
    parts: list[PatchPart] = []
    data: list[bytes] = []
    whole = True
    for part, piece in _parts(report, amender, kept):
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


def _parts(report: Report, amender: Amender, kept: KeptParts) -> Iterator[tuple[PatchPart, bytes]]:
    """Yield what each document gives, pages left out: their edits are made where they are kept."""
    edited: Iterator[tuple[str, list[Assessment]]] | None = None
    for path, edits in summarise(report).edits.items():
        if amender.is_copy(path):
            continue
        form = report.format_of(path)
        key = _key(amender, path, form, edits)
        known = kept.get(path)
        if known is not None and known[0].key == key:
            yield known
            continue
        edited = edited or _edited(report)
        group = next((group for name, group in edited if name == path), [])
        if (proven := _proven(path, group, amender, form)) is not None:
            number, piece = proven
            yield PatchPart(document=path, key=key, edits=number, size=len(piece)), piece


def _edited(report: Report) -> Iterator[tuple[str, list[Assessment]]]:
    from monitor.run.fix import amended  # with all that reads and writes documents: where an edit is new

    return amended(report)


def _proven(
    path: str, group: list[Assessment], amender: Amender, form: str | None
) -> tuple[int, bytes] | None:
    """Return how many edits of a document have proof, and them as a patch; None where none has."""
    from monitor.amend.patch import patch
    from monitor.run.fix import FixTally, Wanted, fix_document

    found = fix_document(path, group, amender, Wanted(), FixTally(), form)
    if found is None or not found.made:
        return None
    return len(found.made), b"".join(patch(path, found.before, found.after))


def _key(amender: Amender, path: str, form: str | None, edits: bytes) -> str:
    """Name what a document's part is made of: its content, its reader, its edits and what they are to say."""
    whole = repr((program(*EDITING), path, amender.digests.get(path), form, edits))
    return hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()
