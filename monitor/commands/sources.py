"""What is known and archived of single sources: `monitor capture`, `monitor history`."""

import sys
from collections.abc import Sequence

from monitor.app import Session
from monitor.commands.session import in_session
from monitor.errors import ExitCode, UsageError
from monitor.model.case import Case
from monitor.model.snapshot import at_risk
from monitor.model.source import Source
from monitor.model.urls import canonical_url
from monitor.run.capture import capture as ask_captures
from monitor.run.capture import cover
from monitor.settings import Settings


def capture(settings: Settings, urls: Sequence[str]) -> int:
    """Follow captures asked for earlier, then ask for new ones: those named, or those at risk."""
    config = settings.load()

    async def work(session: Session) -> int:
        from monitor.report.words import capture as capture_words
        from monitor.report.words import plain

        archive = session.archive
        if archive is None:
            raise UsageError("archives are switched off ([archive] enabled, --no-archive)")
        wanted = {canonical_url(url) for url in urls}
        asked = {one.source for one in await session.store.captures()}
        seen: dict[str, Source] = {}
        risky: dict[str, bool] = {}
        async for case in session.store.cases():
            if case.source is not None:
                name = case.source.canonical_url
                seen[name] = case.source
                risky[name] = risky.get(name, True) and _at_risk(case)
        chosen = [one for name, one in seen.items() if (name in wanted if wanted else risky[name])]
        lines = await ask_captures(session.store, archive, chosen, session.clock(), session.progress)
        if (last := await session.store.last_run()) is not None:
            await cover(session.store, archive, last, lines)
        missing = wanted - seen.keys() - asked
        session.progress.clear()
        for url in sorted(missing):
            sys.stderr.write(
                f"monitor: {plain(url)}: not a watched source; cite it in a watched document first\n"
            )
        for one in lines:
            sys.stdout.write(f"{plain(one.url)} {one.snapshot_url or ''} {capture_words(one)}\n")
        if not lines:
            sys.stdout.write(
                "nothing to capture: every live source has a snapshot, or was asked for already\n"
            )
        return ExitCode.USAGE if missing else ExitCode.OK

    return in_session(settings, config, work, reads=True)


def _at_risk(case: Case) -> bool:
    latest = case.observations[-1].observation if case.observations else None
    return latest is not None and at_risk(latest.outcome, [case.coverage] if case.coverage else ())


def history(settings: Settings, url: str) -> int:
    """Explain a source's verdict."""
    config = settings.load()

    async def work(session: Session) -> int:
        from monitor.report.explain import explain

        name = canonical_url(url)
        stored = await session.store.history(name)
        if not stored:
            raise UsageError(
                f"{url}: never probed with this database; spell it as cited, or run `monitor run`"
            )
        judge = session.parts().judge
        judged = [
            (case, *judge.judge(case, session.clock())) async for case in session.store.cases(source=name)
        ]
        why = judge.recheck(judged[0][0], judged[0][1]) if judged else None
        session.progress.clear()
        sys.stdout.writelines(explain(name, stored, judged, why))
        return ExitCode.OK

    return in_session(settings, config, work, reads=True)
