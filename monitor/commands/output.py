"""Reports to files and to standard output, and the exit code they amount to."""

import os
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from monitor.config import Config
from monitor.errors import ExitCode, UsageError
from monitor.model.finding import Severity
from monitor.model.run import Assessment, Report

Output = tuple[str, Path | None]
"""A report format and the file it goes to; None is standard output."""


def outputs(formats: Sequence[str], files: Sequence[Path]) -> list[Output]:
    """Pair formats with files in order; the one left over goes to standard output.

    Raises UsageError for unknown formats, more files than formats, or two formats on standard output.
    """
    from monitor.report.registry import NAMES

    unknown = [name for name in formats if name not in NAMES]
    if unknown:
        raise UsageError(f"unknown --format {', '.join(unknown)}; known: {', '.join(NAMES)}")
    if len(files) > len(formats):
        raise UsageError("more --output than --format; give one --format for each --output, in order")
    if len(formats) - len(files) > 1:
        raise UsageError("only one format can go to standard output; give the others an --output each")
    return [(name, files[index] if index < len(files) else None) for index, name in enumerate(formats)]


def emit(report: Report, wanted: Iterable[Output], *, rest: str | None = None) -> None:
    """Write a report in each wanted format to its file or to standard output.

    `rest` says where what a summary cuts off stands.
    """
    from monitor.files import replace_file
    from monitor.report.registry import render
    from monitor.report.text import REST, text_summary

    for name, file in wanted:
        terminal = file is None and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
        capable = terminal and not os.environ.get("NO_COLOR")
        pieces = (
            text_summary(report, colour=capable, links=capable, rest=rest or REST)
            if name == "text"
            else render(name, report)
        )
        if file is None:
            if hasattr(sys.stdout, "reconfigure"):
                sys.stdout.reconfigure(encoding="utf-8", errors="replace")
            sys.stdout.writelines(pieces)
            sys.stdout.flush()
        else:
            replace_file(file, "".join(pieces).encode("utf-8", "replace"))


def exit_code(
    report: Report,
    config: Config,
    *,
    counts: Callable[[Assessment], bool] | None = None,
) -> int:
    """Return what the process says: void first, then findings, then incomplete."""
    from monitor.judge.exit_level import FailOn, fails
    from monitor.report.spool import entries
    from monitor.report.summary import summarise

    if report.run.void:
        return ExitCode.INCOMPLETE
    level = FailOn(config.report.fail_on)
    failing = any(fails(kind.judged, level, waived=kind.waived) for kind in summarise(report).kinds)
    if failing and counts is not None:
        failing = any(
            fails(one.gist.judged, level, waived=one.gist.waived) and counts(one.load())
            for one in entries(report.assessments)
        )
    if failing:
        return ExitCode.FINDINGS
    return ExitCode.OK if report.run.complete else ExitCode.INCOMPLETE


def fail_level(config: Config) -> Severity | None:
    """Return the severity from which on a finding fails the command, for reports that mark what fails."""
    level = config.report.fail_on
    return None if level == "never" else Severity(level)
