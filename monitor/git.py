"""What git says changed since a revision, and committing the edits of `monitor fix`."""

import re
import subprocess
from collections.abc import Sequence
from pathlib import Path

from monitor.errors import UsageError

_HUNK = re.compile(r"^@@ -\S+ \+(\d+)(?:,(\d+))? @@")


def changed_lines(revision: str) -> dict[str, frozenset[int]]:
    """Return the lines added or changed since a git revision, by path as documents are shown.

    Files git does not track yet count whole. UsageError where git or the revision is missing.
    """
    if revision.startswith("-"):
        raise UsageError(f"--since {revision}: not a git revision")
    _git("rev-parse", "--git-dir")
    one, fault = f"{revision}^{{commit}}", f"there is no revision {revision} here"
    _git("rev-parse", "--verify", "--quiet", "--end-of-options", one, fault=fault)
    diff = _git("diff", "--unified=0", "--no-color", "--no-ext-diff", "--relative", revision, "--")
    changed: dict[str, set[int]] = {}
    lines: set[int] = set()
    for line in diff.splitlines():
        if line.startswith("+++ "):
            lines = changed.setdefault(line[4:].removeprefix("b/").strip('"'), set())
        elif hunk := _HUNK.match(line):
            first, count = int(hunk[1]), int(hunk[2] or 1)
            lines.update(range(first, first + count))
    for name in _git("ls-files", "--others", "--exclude-standard").splitlines():
        with Path(name).open("rb") as file:
            changed[name] = set(range(1, sum(1 for _ in file) + 2))
    return {name: frozenset(numbers) for name, numbers in changed.items()}


def dirty(path: str) -> bool:
    """Tell whether a file has changes that are not committed, or is not tracked; UsageError outside git."""
    return bool(_git("status", "--porcelain", "--", path, option="--commit"))


def commit(paths: Sequence[str], message: str, *, branch: str | None = None) -> str:
    """Commit these files alone, on a new branch if one is named; return the commit's short name."""
    if branch is not None:
        _git("switch", "--quiet", "--create", branch, option="--branch")
    _git("commit", "--quiet", "--message", message, "--", *paths, option="--commit")
    return _git("rev-parse", "--short", "HEAD", option="--commit").strip()


def check_branch(branch: str) -> None:
    """UsageError where a name is none for a new branch."""
    _git("check-ref-format", "--branch", branch, option="--branch")
    if _git("branch", "--list", branch, option="--branch"):
        raise UsageError(f"--branch {branch}: there is such a branch; name a new one")


def _git(*arguments: str, option: str = "--since", fault: str | None = None) -> str:
    command = ["git", "-c", "core.quotePath=off", *arguments]
    try:
        done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - no shell; words of ours
    except FileNotFoundError:
        other = ", or use --baseline" if option == "--since" else ""
        raise UsageError(f"{option} needs git; install it{other}") from None
    if done.returncode:
        reason = done.stderr.decode("utf-8", "replace").strip().splitlines()
        said = f"git says: {reason[-1] if reason else 'no reason'}"
        said = f"git says: {reason[-1] if reason else 'no reason'}"
        raise UsageError(f"{option}: {fault or said}")
    return done.stdout.decode("utf-8", "replace")
