"""`monitor demo`: the whole job offline, four nights on a clock of its own, in seconds.

Real code and a real database; only the web, the archive and the clock are the rehearsal's.
"""

import asyncio
import contextlib
import shutil
import sys
import tempfile
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from monitor.app import open_session
from monitor.collect import collect, locate
from monitor.config import Config, load_config
from monitor.console import Silent, progress
from monitor.demo.servers import Rehearsal, start
from monitor.demo.world import GVNET
from monitor.errors import ExitCode, IncompleteError, UsageError
from monitor.model.ports import UNWATCHED
from monitor.model.values import replaced
from monitor.report.publish import check_writable, write_site
from monitor.report.text import text_summary
from monitor.run.ports import RunOptions
from monitor.run.proven import proven_patch

LAST_NIGHT = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
NIGHTS = tuple(LAST_NIGHT - timedelta(days=days) for days in (17, 12, 6, 0))
"""Far enough apart for strikes to count (docs/design.md#link-state)."""

DATABASE = "rehearsal.sqlite3"
DOCUMENTS = (
    {"path": "seeds/kyrgyzstan.txt", "url": GVNET},
    {"path": "seeds/link-rot.md"},
    {"path": "seeds/web-archives.html"},
)


def main(output: Path, *, quiet: bool, bars: bool, keep: Path | None = None) -> int:
    """Rehearse, write `index.html` and `report.json` below `output`, and say what to open.

    With `keep` a copy of the documents, the configuration and the database stay in that folder.
    """
    target = output.resolve()
    check_writable(target)  # before four nights, not after
    home = _kept(keep) if keep is not None else seeds().parent
    # Documents are shown relative to the working directory: "seeds/…", wherever the package lies.
    with progress(quiet=quiet, bars=bars) as bar, contextlib.chdir(home):
        done = asyncio.run(rehearse(target, bar, home / DATABASE if keep is not None else None))
    if not quiet:
        edits = (
            f"Its edits: cd {keep} && monitor fix --now {LAST_NIGHT:%Y-%m-%dT%H:%M:%SZ}\n"
            "(--write makes them, --interactive asks about each).\n"
            if keep is not None
            else "To try the edits as well: monitor demo --keep FOLDER\n"
        )
        sys.stdout.write(
            f"{done.summary}\nRehearsed {len(NIGHTS)} nights over {done.sources} sources on this machine "
            f"alone: {done.checks} requests to the embedded web, {done.archives} to the embedded archive.\n"
            f"Open {output / 'index.html'} in a browser; {output / 'report.json'} is the same for machines.\n"
            f"{edits}Then try your own: monitor check FILE\n"
        )
    return ExitCode.OK


def _kept(folder: Path) -> Path:
    """Make a folder in which `monitor fix` works: documents and configuration; return its whole path."""
    if folder.exists() and any(folder.iterdir()):
        raise UsageError(f"--keep {folder}: not empty; name a new folder")
    shutil.copytree(seeds(), folder / "seeds")
    listed = "".join(
        "\n[[documents]]\n" + "".join(f'{name} = "{value}"\n' for name, value in one.items())
        for one in DOCUMENTS
    )
    (folder / "config.toml").write_text(f'database = "{DATABASE}"\n{listed}', encoding="utf-8")
    return folder.resolve()


def seeds() -> Path:
    """Return the folder of the shipped seeds: inside the wheel, else beside the package."""
    here = Path(__file__).resolve()
    for folder in (here.parent / "seeds", here.parents[2] / "seeds"):
        if folder.is_dir():
            return folder
    raise IncompleteError("the seeds of the rehearsal are missing; install the package again")


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What was rehearsed: the last night's summary, and how many requests all nights took."""

    summary: str
    sources: int
    checks: int
    archives: int


async def rehearse(output: Path, bar: Silent, database: Path | None = None) -> Done:
    """Run every night, write the last one's reports, and say what was done; `database` outlives it."""
    night = {"now": NIGHTS[0]}
    checks = archives = sources = 0
    summary = ""
    with tempfile.TemporaryDirectory(prefix="citation-monitor-demo-") as name:
        folder = Path(name)
        async with AsyncExitStack() as stack:
            world = await start(stack, lambda: night["now"])
            config = _config(world, database or folder / DATABASE)
            bar.stage("nights", len(NIGHTS))
            for now in NIGHTS:
                night["now"] = now
                async with open_session(config, UNWATCHED, now=now) as session:
                    extractions = locate(session, collect(config, (), UNWATCHED, strict=True, known={}))
                    report = await session.execute(
                        session.new_run(), extractions, RunOptions(everything=True, guard=False)
                    )
                    checks += report.run.requests.get("check", 0)
                    archives += report.run.requests.get("archive", 0)
                    if now == NIGHTS[-1]:
                        report = replaced(report, patch=proven_patch(report, session.amender))
                        write_site(report, output, ("html", "json"))
                        summary = "".join(text_summary(report))
                        cited = {one.citation.canonical_url for one in report.assessments}
                        sources = len(cited - {None})
                bar.advance()
    return Done(summary=summary, sources=sources, checks=checks, archives=archives)


def _config(world: Rehearsal, database: Path) -> Config:
    return load_config(
        None,
        environment={},
        search=False,
        overrides={
            "database": str(database),
            "documents": list(DOCUMENTS),
            "check.resolve": list(world.resolve),
            "check.ca_file": world.ca_file,
            "check.host_gap_s": 0.0,
            "check.retry_wait_s": 0.0,
            "check.rate_limit_wait_s": 0.0,
            "check.sentinels": ["https://www.w3.org/Provider/Style/URI"],
            "archive.wayback.cdx_per_minute": 6000,
            "archive.wayback.replay_per_minute": 6000,
            "archive.wayback.availability_per_minute": 6000,
        },
    )
