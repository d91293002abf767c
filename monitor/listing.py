"""`monitor extract`: what documents hold, without session, store or network.

Apart from the other commands, so that it starts without what only they need.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

from monitor.collect import collect
from monitor.console import progress
from monitor.errors import ExitCode, UsageError
from monitor.report.extraction import as_json, as_table
from monitor.settings import Settings


def extract(settings: Settings, paths: Sequence[Path], form: str, *, kind: str | None, explain: bool) -> int:
    """Print what documents hold."""
    if form not in ("table", "json"):
        raise UsageError(f"unknown --format {form!r}; known: table, json")
    config = settings.load()
    quiet = progress(quiet=True, bars=False)
    read = list(collect(config, paths, quiet, strict=True, kind=kind))
    unread = [summary.error for summary, _ in read if summary.error]
    found = [extraction for summary, extraction in read if extraction and not summary.error]
    pieces = as_json(found, explain=explain) if form == "json" else as_table(found, explain=explain)
    sys.stdout.writelines(pieces)
    sys.stderr.writelines(f"monitor: {error}\n" for error in unread)
    return ExitCode.INCOMPLETE if unread else ExitCode.OK
