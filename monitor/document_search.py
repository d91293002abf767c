"""Finds the documents that paths, folders and patterns mean, and says what was passed over and why.

`.gitignore` and `.monitorignore` are honoured as git reads them (gitignore(5), by pathspec): from the root of
the repository down, the nearer file last; a file that was named outright is always taken.
"""

import os
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from glob import glob, has_magic
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field

from monitor.errors import IncompleteError, UsageError

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

IGNORE_FILES = (".gitignore", ".monitorignore")

_SKIPPED_FOLDERS = frozenset(
    (
        "__pycache__", "node_modules", "bower_components", "site-packages", "venv", "env", "virtualenv",
        "CVS", "_build", "_darcs",
    )
)  # fmt: skip


class Why(StrEnum):
    """Why a file or folder of a watched folder is no document."""

    FORMAT = "no format reads such files"
    IGNORED = "named in .gitignore or .monitorignore"
    EXCLUDED = "excluded by --exclude-path"


class PassedOver(Struct, frozen=True):
    """One file or folder that was left out."""

    path: Path
    why: Why


class Found(Struct, frozen=True):
    """The documents, sorted, each once, and what was left out."""

    files: tuple[Path, ...]
    passed_over: tuple[PassedOver, ...] = ()


class _Search(Struct):
    suffixes: frozenset[str]
    excluded: "GitIgnoreSpec | None"
    passed_over: list[PassedOver] = field(default_factory=list)

    def walk(
        self, folder: Path, above: "tuple[tuple[Path, GitIgnoreSpec], ...]", *, named: bool
    ) -> Iterator[Path]:
        """Yield the documents below a folder; hidden, version-control and environment folders are none.

        A folder that was `named` may be an environment.
        """
        entries = _entries(folder)
        if not named and any(entry.name == "pyvenv.cfg" for entry, _ in entries):
            return
        specs = (*above, *_specs(folder))
        for entry, folded in entries:
            if (why := self.left_out(entry, specs, folder=folded)) is not None:
                self.passed_over.append(PassedOver(entry, why))
            elif folded:
                if entry.name not in _SKIPPED_FOLDERS and not entry.is_symlink():
                    yield from self.walk(entry, specs, named=False)
            elif entry.is_file():
                if any(entry.name.lower().endswith(suffix) for suffix in self.suffixes):
                    yield entry
                else:
                    self.passed_over.append(PassedOver(entry, Why.FORMAT))

    def left_out(
        self, path: Path, specs: "Sequence[tuple[Path, GitIgnoreSpec]]", *, folder: bool
    ) -> Why | None:
        """Return why a path is left out by its name; the last pattern that fits decides, as in git."""
        ignored = False
        for root, spec in specs:
            name = _absolute(path).relative_to(root).as_posix() + ("/" if folder else "")
            result = spec.check_file(name)
            ignored = ignored if result.include is None else result.include
        if ignored:
            return Why.IGNORED
        if self.excluded is not None:
            name = path.as_posix().lstrip("/") + ("/" if folder else "")
            if self.excluded.match_file(name):
                return Why.EXCLUDED
        return None


def find_documents(
    patterns: Iterable[str | Path], suffixes: frozenset[str], *, exclude: Sequence[str] = ()
) -> Found:
    """Return the files meant by paths, folders and globs.

    From a folder only files with a known ending are taken (`suffixes`, lower case, with the dot).
    `exclude` are patterns as in .gitignore. UsageError names what matched nothing.
    """
    search = _Search(suffixes, _spec(exclude) if exclude else None)
    found: dict[Path, Path] = {}
    for pattern in patterns:
        for file in _files(str(pattern), search):
            found.setdefault(file.resolve(), file)
    files = sorted(found.values(), key=lambda path: path.as_posix())
    return Found(tuple(files), tuple(search.passed_over))


def _files(text: str, search: _Search) -> list[Path]:
    path = Path(text)
    if path.is_dir():
        files = list(search.walk(path, _above(path), named=True))
        if not files:
            raise UsageError(f"{text}: no documents in this folder{_because(search)}")
        return files
    if path.is_file():
        return [path]
    if not has_magic(text):
        raise UsageError(f"{text}: no such file or folder; check the spelling or the working directory")
    matches = (Path(match) for match in glob(text, recursive=True))  # noqa: PTH207 - absolute patterns too
    files = [match for match in matches if match.is_file() and not _hidden(match)]
    if not files:
        raise UsageError(
            f"{text}: this pattern matches no file; '**' crosses folders, quote it for the shell"
        )
    return [file for file in files if search.left_out(file, (), folder=False) is None]


def _because(search: _Search) -> str:
    """Return what stands in a folder without documents."""
    if not search.passed_over:
        endings = ", ".join(sorted(search.suffixes))
        return f"; give a file, or a folder with {endings}"
    return ": " + "; ".join(lines(search.passed_over))


def lines(passed_over: Iterable[PassedOver]) -> Iterator[str]:
    """Yield one line a kind of file left out: "3 .png left out: no format reads such files"."""
    counted: dict[tuple[Why, str], int] = {}
    for one in passed_over:
        kind = one.path.suffix.lower() or ("folders" if one.path.is_dir() else "files without an ending")
        key = (one.why, kind if one.why is Why.FORMAT else "")
        counted[key] = counted.get(key, 0) + 1
    for (why, kind), number in counted.items():
        yield f"{number:,}{f' {kind}' if kind else ''} left out: {why}"


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") and part not in {".", ".."} for part in path.parts) or any(
        part in _SKIPPED_FOLDERS for part in path.parts
    )


def _above(folder: Path) -> "tuple[tuple[Path, GitIgnoreSpec], ...]":
    """Return the ignore files of the folders above, from the repository's root down; none outside of one."""
    parents = _absolute(folder).parents
    root = next((number for number, one in enumerate(parents) if (one / ".git").exists()), None)
    if root is None or (folder / ".git").exists():
        return ()
    return tuple(spec for parent in reversed(parents[: root + 1]) for spec in _specs(parent))


def _entries(folder: Path) -> list[tuple[Path, bool]]:
    """Return what stands in a folder, but for what is hidden, and whether each is a folder itself.

    IncompleteError where it cannot be read: its documents would look like ones that were taken away.
    """
    try:
        return [(one, one.is_dir()) for one in sorted(folder.iterdir()) if not one.name.startswith(".")]
    except OSError as error:
        raise IncompleteError(
            f"{folder}: this folder cannot be read ({error.strerror}); check its permissions, or leave it "
            "out with --exclude-path ([selection] exclude_path)"
        ) from None


def _specs(folder: Path) -> "Iterator[tuple[Path, GitIgnoreSpec]]":
    for name in IGNORE_FILES:
        file = folder / name
        if file.is_file():
            try:
                written = file.read_text(encoding="utf-8", errors="replace").splitlines()
            except OSError as error:
                raise UsageError(
                    f"{file}: cannot be read ({error.strerror}); check its permissions"
                ) from None
            yield _absolute(folder), _spec(written, str(file))


def _spec(patterns: Sequence[str], where: str = "--exclude-path") -> "GitIgnoreSpec":
    from pathspec import GitIgnoreSpec

    try:
        return GitIgnoreSpec.from_lines(patterns)
    except ValueError as error:
        raise UsageError(f"{where}: not a pattern as in .gitignore: {error}") from None


def _absolute(path: Path) -> Path:
    """Return a path from the root; links are not followed, for git does not either."""
    return Path(os.path.normpath(path.absolute()))
