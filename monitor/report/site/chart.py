"""Figures of the pages as plain numbers: the trend over runs and the strip of last checks."""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from monitor.model import wording
from monitor.model.observation import FAILING, READABLE
from monitor.model.run import RunTotals
from monitor.report import words

SHOWN_RUNS = 60
WIDTH, LEFT, TOP, HEIGHT = 600.0, 44.0, 12, 112
"""Of a chart's drawing: the figures stand left of the bars, the days below them."""
_LABEL = 150
"""Room a date takes."""

COVERAGE_GROUPS = ("shown", "nearby", "none", "not known")
_COVERAGE_GROUP = {"bracketed": "shown", "quote-anchored": "shown", "near": "nearby", "none": "none"}
OUTCOME_GROUPS = ("there", "failing", "could not tell")
STATUS_GROUPS = ("hold", "not confirmed", "due", "stale or wrong")
_STATUS_GROUP = {
    "pinned": "hold",
    "fresh": "hold",
    "refreshable": "hold",
    "unconfirmed": "not confirmed",
    "missing": "not confirmed",
    "contradicted": "due",
    "pending": "due",
    "due": "due",
}
TONES = {
    "there": "ok",
    "failing": "error",
    "could not tell": "unknown",
    "hold": "ok",
    "not confirmed": "unknown",
    "due": "warning",
    "stale or wrong": "error",
    "shown": "ok",
    "nearby": "warning",
    "none": "error",
    "not known": "unknown",
}


class RunBar(Struct, frozen=True):
    """One run: segments as (tone, y, height)."""

    x: float
    width: float
    segments: tuple[tuple[str, float, float], ...]
    void: bool
    title: str


class Chart(Struct, frozen=True):
    """A stacked bar chart over runs and the same figures as a table."""

    title: str
    groups: tuple[str, ...]
    bars: tuple[RunBar, ...]
    rows: tuple[tuple[str, bool, tuple[int, ...]], ...]
    levels: tuple[tuple[float, str], ...]
    """Lines across: (y, number)."""
    days: tuple[tuple[float, str, str], ...]
    """Labels below: (x, day, anchor)."""

    @property
    def newest(self) -> str:
        """Return the figures of the newest run in words."""
        return self.bars[-1].title.partition(": ")[2]


def _outcome_counts(counts: Mapping[str, int]) -> dict[str, int]:
    grouped = dict.fromkeys(OUTCOME_GROUPS, 0)
    for outcome, number in counts.items():
        where = "there" if outcome in READABLE else "failing" if outcome in FAILING else "could not tell"
        grouped[where] += number
    return grouped


def _status_counts(counts: Mapping[str, int]) -> dict[str, int]:
    grouped = dict.fromkeys(STATUS_GROUPS, 0)
    for status, number in counts.items():
        grouped[_STATUS_GROUP.get(status, "stale or wrong")] += number
    return grouped


def _coverage_counts(counts: Mapping[str, int]) -> dict[str, int]:
    grouped = dict.fromkeys(COVERAGE_GROUPS, 0)
    for coverage, number in counts.items():
        grouped[_COVERAGE_GROUP.get(coverage, "not known")] += number
    return grouped


def _chart(title: str, runs: Sequence[RunTotals], counted: Sequence[Mapping[str, int]]) -> Chart:
    groups = tuple(counted[0])
    top = max((sum(counts.values()) for counts in counted), default=0) or 1
    step = (WIDTH - LEFT) / max(len(runs), 12)
    bars, rows = [], []
    for number, (run, counts) in enumerate(zip(runs, counted, strict=True)):
        segments, y = [], float(TOP + HEIGHT)
        for group in groups:
            height = round(counts[group] / top * HEIGHT, 2)
            y -= height
            if height:
                segments.append((TONES[group], round(y, 2), height))
        day = wording.day(run.finished_at)
        figures = "void, nothing concluded" if run.void else ", ".join(f"{n} {g}" for g, n in counts.items())
        bars.append(
            RunBar(
                round(LEFT + number * step, 2),
                round(step * 0.8, 2),
                tuple(segments),
                run.void,
                f"{day}: {figures}",
            )
        )
        rows.append((day, run.void, tuple(counts.values())))
    levels = tuple((TOP + HEIGHT - HEIGHT * at // 2, f"{top * at // 2:,}") for at in _levels(top))
    return Chart(title, groups, tuple(bars), tuple(reversed(rows)), levels, _days(runs, step))


def _levels(top: int) -> tuple[int, ...]:
    """Return which halves of the highest bar are marked; the middle only where it is a whole number."""
    return (0, 1, 2) if top % 2 == 0 else (0, 2)


def _days(runs: Sequence[RunTotals], step: float) -> tuple[tuple[float, str, str], ...]:
    """Label the first and the last run, and the last one only where there is no room for two."""
    last = (round(LEFT + len(runs) * step - step * 0.2, 2), wording.day(runs[-1].finished_at), "end")
    if len(runs) * step < 2 * _LABEL:
        return (
            (LEFT, f"{wording.day(runs[0].finished_at)} to {wording.day(runs[-1].finished_at)}", "start"),
        )
    return ((LEFT, wording.day(runs[0].finished_at), "start"), last)


def trend(totals: Sequence[RunTotals]) -> tuple[Chart, ...]:
    """Return the charts of outcomes, access-date status and coverage; none for fewer than two runs."""
    runs = totals[-SHOWN_RUNS:]
    if len(runs) < 2:
        return ()
    return (
        _chart("Sources over the last runs", runs, [_outcome_counts(r.by_outcome) for r in runs]),
        _chart(
            "Access dates over the last runs", runs, [_status_counts(r.by_access_date_status) for r in runs]
        ),
        _chart("Archived copies over the last runs", runs, [_coverage_counts(r.by_coverage) for r in runs]),
    )


def strip(outcomes: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Return (tone, words) of the last checks, oldest first."""
    shown = []
    for outcome in outcomes[-30:]:
        tone = "ok" if outcome in READABLE else "error" if outcome in FAILING else "unknown"
        shown.append((tone, words.STRIP_NAMES.get(outcome, words.plain(outcome, 30))))
    return tuple(shown)
