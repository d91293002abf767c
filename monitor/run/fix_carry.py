"""Carrying `monitor fix` out: what is shown, written, kept as a patch, committed."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from monitor import git
from monitor.amend.diff import unified
from monitor.amend.patch import patch
from monitor.errors import UsageError
from monitor.files import replace_document, replace_file
from monitor.model.finding import AmendmentKind
from monitor.run.fix import Chooser, FileFix, FixTally, many, refuse


@dataclass(frozen=True, slots=True, kw_only=True)
class FixOptions:
    """What `fix` does with the edits beside showing them; `choose` asks a person about each.

    Documents are written inside the folders of `within` only, wherever links lead; none: inside their own.
    """

    write: bool = False
    select: Sequence[str] = ()
    patch: Path | None = None
    commit: bool = False
    branch: str | None = None
    choose: Chooser | None = None
    within: Sequence[Path] = ()

    @property
    def writes(self) -> bool:
        """Tell whether documents are changed."""
        return self.write or self.commit or self.choose is not None


def check(options: FixOptions) -> Sequence[AmendmentKind]:
    """Return the kinds asked for; UsageError for unknown ones, and for a branch that is none or is there."""
    unknown = [name for name in options.select if name not in list(AmendmentKind)]
    if unknown:
        raise UsageError(f"unknown --select {', '.join(unknown)}; known: {', '.join(AmendmentKind)}")
    if options.branch is not None:
        git.check_branch(options.branch)
    return tuple(AmendmentKind(name) for name in options.select) or tuple(AmendmentKind)


def carry_out(found: Iterable[FileFix], tally: FixTally, options: FixOptions) -> Iterator[str]:
    """Write, keep and commit each document's edits; yield what is shown."""
    written: list[str] = []
    patches: list[bytes] = []
    for one in found:
        path = one.document.path
        if options.choose is None or one.elsewhere:
            yield from unified(one.document, one.before, one.after)
        if one.elsewhere:
            continue
        patches += patch(path, one.before, one.after)
        if options.commit and one.made and git.dirty(path):
            refuse(one, tally, f"{path}: not written: git has changes of it that are not committed")
        elif options.writes and _write(one, tally, options.within):
            written.append(path)
    if options.patch is not None and patches:
        replace_file(options.patch, b"".join(patches))
    elif options.patch is not None:
        yield f"{options.patch}: not written, for there is nothing to put into it\n"
    if written and options.commit:
        message = f"Apply {many(tally.edits, 'proven edit')} to citations"
        yield f"committed as {git.commit(written, message, branch=options.branch)}\n"


def _write(found: FileFix, tally: FixTally, within: Sequence[Path]) -> bool:
    """Write one document; where that fails nothing of it is changed, and its edits count as refused."""
    if found.after == found.before:
        return False
    path = Path(found.document.path)
    folders = within or (path.parent.resolve(),)
    if not any(path.resolve().is_relative_to(folder) for folder in folders):
        refuse(
            found,
            tally,
            f"{path}: not written: it is a link to {path.resolve()}, outside of the watched folders; "
            "watch that file itself",
        )
        return False
    try:
        replace_document(path, found.after)
    except UsageError as error:
        refuse(found, tally, str(error))
        return False
    return True
