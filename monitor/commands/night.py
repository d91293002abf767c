"""The nightly cycle, who shares it, and its reports: `monitor run`, `worker`, `report`."""

import asyncio
import os
import platform
import signal
import sys
import uuid
from collections.abc import Sequence

from monitor.app import Session
from monitor.commands.output import Output, emit, exit_code, fail_level
from monitor.commands.session import in_session
from monitor.commands.watched import stand_in, watched
from monitor.errors import ExitCode, UsageError
from monitor.files import scratch
from monitor.model.archive_use import ArchiveUse
from monitor.model.run import Report
from monitor.model.values import replaced
from monitor.notify import notify, with_past
from monitor.run.ports import RunOptions
from monitor.settings import Settings


def run(settings: Settings, *, everything: bool, resume: bool = False) -> int:
    """Carry out the nightly cycle and write the reports folder."""
    config = settings.load()
    if resume and config.scale.engine == "none":
        raise UsageError("--resume needs the engine: `monitor run --engine procrastinate --resume`")

    async def work(session: Session) -> int:
        asking = settings.archives or ArchiveUse.NEEDED
        report = await nightly(
            session, everything=everything, capture=settings.capture, archives=asking, resume=resume
        )
        if not settings.quiet:
            session.progress.clear()
            emit(report, [("text", None)], rest="the status page lists them all")
            sys.stdout.flush()
        if asking is ArchiveUse.NEEDED:
            report = await spread(session, report, capture=settings.capture)
        return exit_code(report, config)

    return in_session(settings, config, work)


async def nightly(
    session: Session,
    *,
    everything: bool = False,
    capture: bool = False,
    archives: ArchiveUse = ArchiveUse.NEEDED,
    resume: bool = False,
) -> Report:
    """Read the watched documents, probe what is due, judge, write the reports; return the report.

    With the engine on, workers probe; `resume` goes on with a run whose starter died.
    What archives are asked for that can wait is for `spread`, once this returns.
    """
    from monitor.commands.under_way import mark
    from monitor.report.publish import check_writable

    config = session.config
    directory = config.path(config.report.directory)
    check_writable(directory)  # before hours of work, not after
    mark(directory, session.clock())
    folder = session.stack.enter_context(scratch())
    # What is known of documents goes when they are read; what hinders edits is for `fix` to tell.
    read = watched(session, folder, known={one.path: one for one in await session.store.documents()})
    session.amender.collects = False
    options = RunOptions(
        everything=everything,
        capture=capture or config.archive.capture == "auto",
        archives=archives,
        spread=archives is ArchiveUse.NEEDED,
        forget=True,
    )
    if config.scale.engine == "none":
        report = await session.execute(session.new_run(), read, options)
    else:
        from monitor.scale.share import sharing

        if resume:  # the documents were read when the run began
            await stand_in(session, folder)
        async with sharing(session) as shared:
            report = await (
                shared.resume(options)
                if resume
                else session.execute(session.new_run(), read, options, shared.probe)
            )
    report = await _publish(session, report, record=True)
    await notify(session, report)
    return report


async def renew(session: Session) -> Report:
    """Write the reports folder from what is stored: it shows here what another process did."""
    return await _publish(session, await session.report())


async def _publish(session: Session, report: Report, *, record: bool = False) -> Report:
    """Write the reports folder and return the report as published; `record` keeps its news for the feed."""
    from monitor.report.patch_parts import kept_parts
    from monitor.report.publish import steps, write_site
    from monitor.report.registry import SITE

    config, progress = session.config, session.progress
    directory = config.path(config.report.directory)
    patch = None
    if SITE in config.report.formats:  # the patch stands beside the status page alone
        from monitor.run.proven import proven_patch

        patch = proven_patch(report, session.amender, kept_parts(directory), session.read, progress=progress)
    report = replaced(report, fail_level=fail_level(config), patch=patch)
    progress.stage("counting")
    report = await with_past(session, report, record=record)
    progress.stage("writing", steps(report, config.report.formats))
    write_site(report, directory, config.report.formats, progress.advance)
    return report


def worker(settings: Settings) -> int:
    """Ask hosts for whatever run is under way, until told to stop."""
    from monitor.scale.share import engine_of, frontier_of
    from monitor.scale.worker import HostWorker

    config = settings.load()
    # In a container every process is number 1.
    name = f"{platform.node() or 'localhost'}/{os.getpid()}/{uuid.uuid4().hex[:8]}"

    async def work(session: Session) -> int:
        one = HostWorker(session, engine_of(session), frontier_of(session), name)
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, one.stop)
        session.progress.note(f"worker {name} waits for runs")
        await one.work()
        return ExitCode.OK

    return in_session(settings, config, work)


async def spread(session: Session, report: Report, *, capture: bool = False) -> Report:
    """Ask archives for what could wait until a night's verdicts were out; their answers show the next night.

    Workers ask no archives: after a shared run, what fails or changed waits as well, so the night is judged
    and published once more. Return the report that stands.
    """
    from monitor.run.coverage import Spreading
    from monitor.run.coverage import spread as ask

    if report.run.void:
        return report
    policy = session.config.archive
    allowed = Spreading(
        minutes=policy.minutes_per_night,
        positive_days=policy.positive_days,
        negative_days=policy.negative_days,
    )
    options = RunOptions(capture=capture or policy.capture == "auto", spread=True)
    asked = await ask(session.parts(), report.run, options, allowed)
    if not asked or session.config.scale.engine == "none":
        return report
    return await renew(session)


def report(settings: Settings, wanted: Sequence[Output]) -> int:
    """Judge again and write the reports; with formats named, print those instead."""
    config = settings.load()

    async def work(session: Session) -> int:
        await stand_in(session, session.stack.enter_context(scratch()))
        made = await session.report()
        if wanted:
            made = replaced(await with_past(session, made), fail_level=fail_level(config))
            session.progress.clear()
            emit(made, wanted)
        else:
            made = await _publish(session, made)
            session.progress.clear()
            if not settings.quiet:
                emit(made, [("text", None)], rest="the status page lists them all")
                sys.stdout.write(f"\nwritten to {config.path(config.report.directory)}\n")
        return exit_code(made, config)

    return in_session(settings, config, work, reads=True)
