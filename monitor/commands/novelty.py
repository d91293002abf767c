"""What a check counts as new: set against an earlier report, or a git revision."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from monitor.errors import UsageError
from monitor.model.run import Assessment, Report
from monitor.model.values import replaced


@dataclass(frozen=True, slots=True, kw_only=True)
class Novelty:
    """What counts as old: an earlier report, or a git revision."""

    baseline: Path | None = None
    since: str | None = None
    new_only: bool = False


def novelty_test(novelty: Novelty) -> Callable[[Assessment], bool] | None:
    """Return the test "is this finding new", or None where everything counts."""
    if novelty.baseline:
        from monitor.report.baseline import is_new, load

        try:
            known = load(novelty.baseline.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError(f"{novelty.baseline}: the baseline cannot be read: {error}") from error
        return lambda assessment: is_new(assessment, known)
    if novelty.since:
        from monitor.git import changed_lines

        lines = changed_lines(novelty.since)
        return lambda one: one.citation.line in lines.get(one.citation.document, frozenset())
    return None


def narrowed(report: Report, is_new: Callable[[Assessment], bool] | None) -> Report:
    """Return a report of what is new alone; the whole one where everything counts."""
    if is_new is None:
        return report
    return replaced(report, assessments=[one for one in report.assessments if is_new(one)])
