"""What git says changed since a revision."""

import re
import subprocess
from pathlib import Path

from monitor.errors import UsageError

_HUNK = re.compile(r"^@@ -\S+ \+(\d+)(?:,(\d+))? @@")


def changed_lines(revision: str) -> dict[str, frozenset[int]]:
    """Return the lines added or changed since a git revision, by path as documents are shown.

    Files git does not track yet count whole. UsageError where git or the revision is missing.
    """
    if revision.startswith("-"):
        raise UsageError(f"--since {revision}: not a git revision")
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


def _git(*arguments: str) -> str:
    command = ["git", "-c", "core.quotePath=off", *arguments]
    try:
        done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - no shell; words of ours
    except FileNotFoundError:
        raise UsageError("--since needs git; install it, or use --baseline") from None
    if done.returncode:
        reason = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise UsageError(f"--since: git says: {reason[-1] if reason else 'no reason'}")
    return done.stdout.decode("utf-8", "replace")
