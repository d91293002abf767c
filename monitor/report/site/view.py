"""What a template shows of one citation: words and safe links, no decisions left to the template."""

import datetime as dt
from collections.abc import Iterable

from msgspec import Struct

from monitor.model import wording
from monitor.model.finding import Amendment
from monitor.model.observation import Outcome
from monitor.model.page import Drift, QuoteMatch
from monitor.model.run import Assessment
from monitor.model.snapshot import Coverage, Snapshot
from monitor.model.urls import host_key
from monitor.model.values import replaced
from monitor.report import names, words
from monitor.report.naming import clause, dates, name
from monitor.report.shown import anchor, shown_url
from monitor.report.transitions import SHOWN, WORDS, transition
from monitor.report.weight import tone

MAX_REPLACEMENT = 3000
MAX_DIFF = 1500

_TESTED = frozenset({QuoteMatch.FOUND, QuoteMatch.ALTERED, QuoteMatch.WEAK, QuoteMatch.ABSENT})


class LinkedText(Struct, frozen=True, kw_only=True, gc=False):
    """A text that may lead somewhere: `href` is None where it must not."""

    text: str
    href: str | None = None


class Archived(Struct, frozen=True, kw_only=True, gc=False):
    """A snapshot as shown."""

    link: LinkedText
    when: str
    archive: str
    verified: bool


class Card(Struct, frozen=True, kw_only=True, gc=False):
    """One citation as the pages show it; page addresses are relative to the site's root."""

    anchor: str
    tone: str
    label: str
    status: str
    name: str
    attribution: str | None
    document: str
    line: int
    document_href: str
    source_href: str | None
    host: str
    host_href: str | None
    url: LinkedText | None
    outcome: str
    state: str | None
    accessed: str
    dates: str
    quote: str | None
    diff: tuple[tuple[str, str], ...]
    snapshot: Archived | None
    coverage: str | None
    copy: str
    reason: tuple[tuple[str, str], ...]
    remedy: str
    remedy_more: str
    fix: tuple[tuple[str, str], ...]
    """The changed lines as (kind, text): same, old, new; empty where no edit is proposed."""
    fix_kind: str | None
    fix_proven: bool
    fix_cut: bool
    change: str | None
    waiver: str | None
    assessment: Assessment

    @property
    def settled(self) -> bool:
        """Tell whether nothing is to be done and nothing is proposed: a few words are enough."""
        return self.tone in ("ok", "info") and not self.fix


def web_link(url: str | None) -> LinkedText | None:
    """Return a URL as a link, or as mere text where it leads nowhere safe."""
    return LinkedText(text=shown_url(url), href=words.link(url)) if url else None


def archived(snapshot: Snapshot | None) -> Archived | None:
    """Return a snapshot as shown."""
    if snapshot is None:
        return None
    return Archived(
        link=LinkedText(text=shown_url(snapshot.url), href=words.link(snapshot.url)),
        when=wording.day(snapshot.timestamp),
        archive=snapshot.archive,
        verified=snapshot.verified,
    )


def label(assessment: Assessment) -> str:
    """Return the few words of the pill."""
    if assessment.citation.url is None:
        return "No address"
    if assessment.observation is None or assessment.observation.outcome is Outcome.UNCHECKED:
        return "Not checked"
    said = words.heading(assessment)
    return f"Accepted: {said[0].lower()}{said[1:]}" if assessment.finding.waived else said


def _unlinked(text: str, address: str | None) -> str:
    """Return a text without the snapshot's address, which stands as a link beside it."""
    if not address:
        return text
    for inserted in (f", {address},", f", {address}"):
        text = text.replace(inserted, "")
    return text.replace(address, "the archived copy")


def _first_sentence(text: str) -> tuple[str, str]:
    """Part what to do from what else there is to say."""
    first, stop, rest = text.partition(". ")
    return (first + ".", rest) if stop and rest else (text, "")


def card(assessment: Assessment, today: dt.date, page: int = 1) -> Card:
    """Return a citation as shown; `page` is the page of its document that holds it."""
    citation, finding, amendment = assessment.citation, assessment.finding, assessment.amendment
    host = host_key(citation.url) if citation.url else ""
    coverage, facts = assessment.coverage, assessment.facts
    changed = transition(assessment)
    address = coverage.snapshot.url if coverage and coverage.snapshot else None
    reason = words.plain(_unlinked(finding.reason, address), 600)
    remedy, more = _first_sentence(words.plain(_unlinked(finding.remedy, address), 500))
    waiver, aged = finding.waived, dates(assessment, today)
    return Card(
        anchor=anchor(citation),
        tone=tone(assessment),
        label=label(assessment),
        status=finding.status.value,
        name=name(assessment),
        attribution=words.plain(citation.attribution, 200) if citation.attribution else None,
        document=words.plain(citation.document, 200),
        line=citation.line,
        document_href=names.document_page(citation.document, page),
        source_href=names.source_page(citation.url) if citation.url else None,
        host=host,
        host_href=names.host_page(host) if host else None,
        url=web_link(citation.url),
        outcome=words.outcome(assessment),
        state=words.history(assessment.history),
        accessed=clause(citation, aged),
        dates=aged,
        quote=quote_words(assessment) if facts and facts.quote.match in _TESTED else None,
        diff=tuple(diff_parts(facts.quote.diff)) if facts and facts.quote.diff and "[-" not in reason else (),
        snapshot=archived(coverage.snapshot) if coverage else None,
        coverage=words.COVERAGES[coverage.coverage] if coverage else None,
        copy="Farther copy" if coverage and coverage.coverage is Coverage.NONE else "Copy",
        reason=tuple(diff_parts(reason)),
        remedy=remedy,
        remedy_more=more,
        fix=tuple(edit_parts(amendment)) if amendment else (),
        fix_kind=words.AMENDMENTS[amendment.kind] if amendment else None,
        fix_proven=amendment.proven if amendment else False,
        fix_cut=len(amendment.replacement) > MAX_REPLACEMENT if amendment else False,
        change=WORDS[changed] if changed is not None and changed in SHOWN else None,
        waiver=f"Accepted by {waiver.who} until {wording.day(waiver.until)}: {waiver.why}"
        if waiver
        else None,
        # What it was last night shows in `change` alone: a page stands while it would say the same.
        assessment=assessment if assessment.previous is None else replaced(assessment, previous=None),
    )


def quote_words(assessment: Assessment) -> str:
    """Return how the quote stands on the page."""
    facts = assessment.facts
    if facts is None:
        unread = QuoteMatch.UNKNOWN if assessment.citation.quote else QuoteMatch.NONE
        return words.QUOTES[unread]
    said = words.QUOTES[facts.quote.match]
    if facts.quote.too_short:
        said = words.SHORT_QUOTE
    if facts.quote.flags:
        said += ", " + " and ".join(f"a {flag} changed" for flag in facts.quote.flags)
    return said


def drift_words(assessment: Assessment) -> str | None:
    """Return how far the page moved from the archived copy; None where it was not compared."""
    facts = assessment.facts
    if facts is None or facts.drift is Drift.UNKNOWN:
        return None
    return words.DRIFTS[facts.drift] + (f" ({facts.drift_detail})" if facts.drift_detail else "")


def edit_parts(amendment: Amendment) -> list[tuple[str, str]]:
    """Return the lines an edit changes as (kind, text): what stays, what goes, what comes.

    Without lines as they stand (the text is to be put in by hand) there is nothing to compare.
    """
    if not amendment.current or not amendment.edits:
        return [("same", words.lines(amendment.replacement, MAX_REPLACEMENT))]
    edits = amendment.edits
    if len(edits) > 1:
        edits = tuple(sorted(edits, key=lambda one: one.span.start))
    begin = edits[0].span.start - (edits[0].span.column - 1)
    parts, position, after = [], 0, ""
    for one in edits:
        at = one.span.start - begin
        same = amendment.current[position:at]
        parts += [("same", same), ("old", one.before), ("new", one.after)]
        after += same + one.after
        position = at + len(one.before)
    rest = amendment.current[position:]
    parts.append(("same", rest))
    if after + rest != amendment.replacement:
        # Columns of an odd file did not lead back to the line's beginning: whole lines tell the same.
        parts = [("old", amendment.current + "\n"), ("new", amendment.replacement)]
    return _bounded(parts)


def _bounded(parts: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    shown, left = [], MAX_REPLACEMENT
    for kind, text in parts:
        if text and left > 0:
            shown.append((kind, _lines(text[:left])))
        left -= len(text)
    return shown


def _lines(text: str) -> str:
    """Return text as printed, its line ends kept: they stand between the parts."""
    if text.isprintable():
        return text
    return "\n".join(map(words.plain, text.replace("\r\n", "\n").replace("\r", "\n").split("\n")))


def diff_parts(diff: str) -> list[tuple[str, str]]:
    """Split a word diff "the [-old-] {+new+} words" into (kind, text): same, old, new."""
    parts: list[tuple[str, str]] = []
    rest = diff[:MAX_DIFF]
    while rest:
        starts = [(at, mark) for mark in ("[-", "{+") if (at := rest.find(mark)) >= 0]
        if not starts:
            break
        at, mark = min(starts)
        end = rest.find("-]" if mark == "[-" else "+}", at + 2)
        if end < 0:
            break
        if at:
            parts.append(("same", rest[:at]))
        parts.append(("old" if mark == "[-" else "new", rest[at + 2 : end]))
        rest = rest[end + 2 :]
    return [*parts, ("same", rest)] if rest else parts
