"""`monitor extract`: what documents hold, without session, store or network.

Apart from the other commands, so that it starts without what only they need.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

from monitor.collect import Asides, collect, not_asked
from monitor.config import DocumentRule
from monitor.console import progress
from monitor.errors import ExitCode, UsageError
from monitor.files import scratch
from monitor.inputs import Inputs, from_stdin
from monitor.report.extraction import as_json, as_table
from monitor.settings import Settings


def extract(
    settings: Settings,
    inputs: Inputs,
    form: str,
    *,
    kind: str | None,
    explain: bool,
    stdin_name: str | None = None,
) -> int:
    """Print what documents hold."""
    if inputs.addresses:
        raise UsageError(f"{inputs.addresses[0]}: `extract` asks nobody; `check` reads pages by address")
    with scratch() as folder:
        given = [from_stdin(folder, stdin_name, kind)] if inputs.stdin else []
        return _listed(settings, inputs.paths, form, given, kind=kind, explain=explain)


def _listed(
    settings: Settings,
    paths: Sequence[Path],
    form: str,
    given: Sequence[DocumentRule],
    *,
    kind: str | None,
    explain: bool,
) -> int:
    if form not in ("table", "json"):
        raise UsageError(f"unknown --format {form!r}; known: table, json")
    config = settings.load()
    asides = Asides()
    with progress(quiet=settings.quiet, bars=settings.bars, terse=True) as bar:
        read = list(collect(config, paths, bar, strict=True, kind=kind, given=given, asides=asides))
    unread = [summary.error for summary, _ in read if summary.error]
    found = [extraction for summary, extraction in read if extraction and not summary.error]
    rendered = as_json if form == "json" else as_table
    left_out = [(str(one.path), one.why) for one in asides.passed_over]
    sys.stdout.writelines(rendered(found, explain=explain, left_out=left_out))
    sys.stderr.writelines(f"monitor: {remark}\n" for remark in asides.remarks)
    if not (paths or given) and (left := not_asked(config)):
        sys.stderr.write(f"monitor: {left}\n")
    sys.stderr.writelines(f"monitor: {error}\n" for error in unread)
    return ExitCode.INCOMPLETE if unread else ExitCode.OK
