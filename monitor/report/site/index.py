"""The front page: what the maintainer reads over coffee, never larger than `MAX_BYTES`."""

from collections.abc import Sequence
from itertools import groupby, islice
from typing import Any

from monitor.model.run import Assessment, ProvenPatch, Report
from monitor.report import names, words
from monitor.report.registry import PATCH
from monitor.report.site import chart
from monitor.report.site.pages import page
from monitor.report.site.view import Card, card, label
from monitor.report.summary import Summary, headline
from monitor.report.tally import Tally
from monitor.report.transitions import WORDS, Changed, Transition
from monitor.report.weight import lost_copy

MAX_BYTES = 400_000
SHOWN_ACTIONS = 60
SHOWN_READY = 20
UNFOLDED = 3
"""Cards of one kind that stand open on the front page; the others are one click away."""
MAX_PATCH = 60_000
"""A longer patch is for download only, in bytes."""
SHOWN_CHANGES = 8
"""Per kind of change."""
SHOWN_GROUPS = 100
SHOWN_HOSTS = 20
SHOWN_UNCHECKED = 30
LISTED_CITATIONS = 150
"""Up to so many citations are all listed by document on the front page itself."""

_TILES = {
    "error": "gone, changed or misdated",
    "warning": "needs a person's eye",
    "info": "nothing urgent",
    "ok": "still say what is cited",
    "unknown": "no answer is known",
}

_TRANSITION_TONES = {
    Transition.DIED: "error",
    Transition.UNCOVERED: "error",
    Transition.DRIFTED: "error",
    Transition.RECOVERED: "ok",
    Transition.FAILING: "warning",
    Transition.MOVED: "info",
    Transition.ARRIVED: "info",
    Transition.OTHER: "unknown",
}


def index(
    report: Report,
    summary: Summary,
    listed: Sequence[Assessment],
    pages: dict[str, int],
    beside: Sequence[str] = (),
) -> str:
    """Return the front page.

    `pages` maps keys of citations beyond their document's first page; `beside` are the formats
    written next to it.
    """
    shown = SHOWN_ACTIONS
    while True:
        text = _render(report, summary, listed, pages, shown, beside)
        if len(text.encode("utf-8", "replace")) <= MAX_BYTES or shown == 0:
            return text
        shown //= 2


def _render(
    report: Report,
    summary: Summary,
    listed: Sequence[Assessment],
    pages: dict[str, int],
    shown: int,
    beside: Sequence[str],
) -> str:
    today = report.run.now.date()

    def made(assessment: Assessment) -> Card:
        return card(assessment, today, pages.get(assessment.citation.key, 1))

    failing = sorted(
        (entry for entry in summary.hosts.items() if entry[1].failing > 1),
        key=lambda entry: (-entry[1].failing, entry[0]),
    )
    return page(
        "index.html",
        "",
        run=report.run,
        beside=beside,
        last_complete=report.last_complete,
        requests={"check": 0, "archive": 0, **report.run.requests},
        summary=summary,
        waived=summary.waived,
        headline=headline(report, summary),
        documents_total=len(report.documents),
        hosts_total=len(summary.hosts),
        first_run=summary.first_run,
        tiles=_tiles(summary),
        share=_share(summary),
        changes=_changes(summary, made),
        actions=_grouped(summary, shown, made),
        ready=[made(a) for a in summary.ready[: min(shown, SHOWN_READY)]],
        unfolded=UNFOLDED,
        actions_shown=min(shown, len(summary.actions)),
        remedies=_remedies(summary),
        listed=_listed(report, summary, listed, made),
        document_groups=[] if listed else worst_first(summary.documents)[:SHOWN_GROUPS],
        document_page=names.document_page,
        host_groups=failing[:SHOWN_HOSTS],
        host_page=names.host_page,
        unchecked=[(made(a), _why_unchecked(a)) for a in summary.unchecked[:SHOWN_UNCHECKED]],
        broken=[document for document in report.documents if document.error][:SHOWN_UNCHECKED],
        charts=chart.trend(report.trend),
        patch=report.patch,
        patch_file=PATCH,
        patch_text=_patch_text(report.patch),
        at_risk=[made(a) for a in summary.at_risk],
        vanished=[(made(a), lost_copy(a)) for a in summary.vanished],
        coverage=[
            (said, summary.by_coverage[kind.value])
            for kind, said in words.COVERAGES.items()
            if summary.by_coverage[kind.value]
        ],
    )


def _tiles(summary: Summary) -> list[tuple[str, str, int, str]]:
    return [
        (tone, words.TONES[tone], summary.by_tone[tone], said)
        for tone, said in _TILES.items()
        if summary.by_tone[tone]
    ]


def worst_first(groups: dict[str, Tally]) -> list[tuple[str, Tally]]:
    """Return documents or hosts, those with most to do first."""
    return sorted(
        groups.items(),
        key=lambda entry: (-entry[1].error, -entry[1].actions, entry[0]),
    )


def _patch_text(patch: ProvenPatch | None) -> str | None:
    """Return a patch as shown and copied; None where it is too long, or no text of one encoding."""
    if patch is None or len(patch.data) > MAX_PATCH:
        return None
    try:
        text = patch.data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return text if words.lines(text) == text.rstrip("\n") else None


def _share(summary: Summary) -> list[tuple[str, float, float]]:
    segments, x = [], 0.0
    for tone in _TILES:
        width = 1000 * summary.by_tone[tone] / max(summary.citations, 1)
        if width:
            segments.append((tone, round(x, 2), round(width, 2)))
        x += width
    return segments


def _changes(summary: Summary, made: Any) -> list[tuple[str, str, int, list[tuple[Card, str]]]]:
    """Return what changed by kind: its tone, its words, how many, and some with what became of them."""
    return [
        (
            _TRANSITION_TONES[kind],
            WORDS[kind],
            summary.by_transition[kind],
            [(made(one.assessment), _became(one)) for one in islice(group, SHOWN_CHANGES)],
        )
        for kind, group in groupby(summary.changes, key=lambda changed: changed.transition)
    ]


def _became(one: Changed) -> str:
    return label(one.assessment) if one.transition is Transition.OTHER else WORDS[one.transition]


def _grouped(summary: Summary, shown: int, made: Any) -> list[tuple[str, str, int, list[Card]]]:
    """Return the action list by severity and heading, both in the order of their most urgent citation."""
    groups: dict[tuple[str, str, str], list[Card]] = {}
    for assessment in summary.actions[:shown]:
        finding = assessment.finding
        key = (finding.severity.value, words.heading(assessment), finding.status.value)
        groups.setdefault(key, []).append(made(assessment))
    return [(key[0], key[1], summary.by_remedy[key], cards) for key, cards in groups.items()]


def _remedies(summary: Summary) -> list[tuple[str, str, int, str]]:
    return [
        (severity, said, number, status)
        for (severity, said, status), number in sorted(
            summary.by_remedy.items(), key=lambda entry: (entry[0][0] != "error", -entry[1])
        )
    ]


def _listed(
    report: Report, summary: Summary, listed: Sequence[Assessment], made: Any
) -> list[dict[str, Any]]:
    titles = {document.path: document.title for document in report.documents}
    return [
        {
            "id": f"d{number}",
            "title": words.plain(titles.get(path) or path, 200),
            "path": words.plain(path, 200),
            "href": names.document_page(path),
            "counts": summary.documents[path],
            "cards": [made(assessment) for assessment in group],
        }
        for number, (path, group) in enumerate(groupby(listed, key=lambda a: a.citation.document))
    ]


def _why_unchecked(assessment: Assessment) -> str:
    if assessment.citation.url is None:
        return words.plain(assessment.citation.unlocated_reason or "no address was found", 200)
    seen = assessment.observation
    return (words.cause(seen) if seen else None) or "not due yet, out of budget, offline, or the run was void"
