"""Commands that read documents now: check, extract."""

from typing import TYPE_CHECKING, Annotated

import typer

from monitor.command_line.given import age, pair
from monitor.command_line.options import (
    Baseline,
    Cache,
    Dump,
    FilesFrom,
    Formats,
    Inputs,
    Kind,
    MaxAge,
    MaxPages,
    NewOnly,
    NoEvidence,
    Offline,
    Outputs,
    Remap,
    Since,
    Sites,
    StdinName,
)
from monitor.command_line.shared import (
    CONFIG,
    DATABASE,
    FAIL_ON,
    LOG,
    NO_PROGRESS,
    NOW,
    PROBES,
    QUIET,
    RESOLVE,
    SELECTION,
    takes,
)
from monitor.errors import UsageError

if TYPE_CHECKING:
    from monitor.settings import Settings


@takes(CONFIG, DATABASE, NOW, RESOLVE, FAIL_ON, *PROBES, *SELECTION, QUIET, NO_PROGRESS, *LOG)
def check(
    said: "Settings",
    inputs: Inputs = None,
    formats: Formats = None,
    outputs: Outputs = None,
    baseline: Baseline = None,
    since: Since = None,
    new_only: NewOnly = False,
    no_evidence: NoEvidence = False,
    cache: Cache = None,
    max_age: MaxAge = None,
    remap: Remap = None,
    offline: Offline = False,
    dump: Dump = False,
    sites: Sites = None,
    max_pages: MaxPages = 100,
    files_from: FilesFrom = None,
    stdin_name: StdinName = None,
    kind: Kind = None,
    fail_if_empty: Annotated[
        bool, typer.Option("--fail-if-empty", help="Exit 1 where not a single citation is found.")
    ] = False,
) -> None:
    """Check documents once, now: findings on standard output, the verdict as exit code (for CI)."""
    from monitor.commands.check import Reading
    from monitor.commands.check import check as carry_out
    from monitor.commands.novelty import Novelty
    from monitor.commands.output import outputs as paired
    from monitor.inputs import sort_out
    from monitor.model.values import replaced

    if cache is not None and said.database is not None:
        raise UsageError("--cache and --database both name where answers are kept; give one of them")
    if cache is not None:
        said, max_age = replaced(said, database=str(cache)), max_age or "1d"
    said = replaced(
        said,
        evidence=not no_evidence,
        max_age=age(max_age) if max_age else None,
        remap=[pair(one) for one in remap or ()],
        offline=offline,
    )
    wanted = paired(formats or ["text"], outputs or [])
    novelty = Novelty(baseline=baseline, since=since, new_only=new_only)
    reading = Reading(
        inputs=sort_out(inputs or (), files_from or ()),
        stdin_name=stdin_name,
        kind=kind,
        fail_if_empty=fail_if_empty,
        dump=dump,
        sites=sites or (),
        max_pages=max_pages,
    )
    raise typer.Exit(carry_out(said, reading, wanted, novelty))


@takes(CONFIG, DATABASE, NOW, *SELECTION, QUIET, NO_PROGRESS)
def extract(
    said: "Settings",
    inputs: Inputs = None,
    formats: Annotated[str, typer.Option("--format", "-f", help="table or json.")] = "table",
    kind: Kind = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Also what was rejected or mended, and why.")
    ] = False,
    files_from: FilesFrom = None,
    stdin_name: StdinName = None,
) -> None:
    """Show which citations, addresses and access dates documents hold; no network."""
    from monitor.commands.extract import extract as carry_out
    from monitor.inputs import sort_out

    given = sort_out(inputs or (), files_from or ())
    raise typer.Exit(carry_out(said, given, formats, kind=kind, explain=explain, stdin_name=stdin_name))
