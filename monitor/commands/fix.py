"""`monitor fix`: the edits that have proof."""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING

from monitor.app import Session
from monitor.commands.session import in_session
from monitor.commands.watched import stand_in
from monitor.config import Config
from monitor.files import scratch
from monitor.settings import Settings

if TYPE_CHECKING:
    from monitor.run.fix_carry import FixOptions


def fix(settings: Settings, paths: Sequence[Path], options: "FixOptions") -> int:
    """Show the diff of the proven edits, write them, or keep them as a patch or a commit."""
    from monitor.run.fix import FixTally, Wanted, fixes
    from monitor.run.fix_carry import carry_out, check

    kinds = check(options)
    config = settings.load()
    carried = replace(options, within=tuple(_folders(config)))

    async def work(session: Session) -> int:
        tally = FixTally()
        await stand_in(session, session.stack.enter_context(scratch()))
        made = await session.report()
        wanted = Wanted(kinds=kinds, paths=paths, choose=options.choose)
        session.progress.clear()
        for line in carry_out(fixes(made, session.amender, wanted, tally), tally, carried):
            sys.stdout.write(line)
        sys.stderr.writelines(tally.lines(written=options.writes))
        return tally.exit_code(written=options.writes)

    return in_session(settings, config, work, reads=True)


def _folders(config: Config) -> Iterator[Path]:
    """Yield the folders that are watched: those named, those of files named, and where patterns begin."""
    for rule in config.documents:
        if rule.fetched:
            continue
        parts = Path(rule.path or rule.glob or ".").parts
        named = config.path(str(Path(*takewhile(lambda part: not set(part) & set("*?["), parts))))
        yield (named if named.is_dir() else named.parent).resolve()
