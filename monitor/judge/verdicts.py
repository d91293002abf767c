"""What each row of the access-date table says: the reason with its evidence, and the edit to make."""

from msgspec import Struct

from monitor.judge import phrases
from monitor.judge.exit_level import is_hard
from monitor.judge.view import View
from monitor.model.finding import AmendmentKind, Severity
from monitor.model.observation import Confidence, Outcome
from monitor.model.page import QuoteMatch
from monitor.model.snapshot import Coverage
from monitor.model.wording import date_text, day, upper

ANCHORED = (Coverage.BRACKETED, Coverage.QUOTE_ANCHORED)
"""Coverage that is known to show what was cited."""


_FIND_ADDRESS = "Find the source's address and add it to the citation."


class Verdict(Struct, frozen=True, kw_only=True, gc=False):
    """What a rule says of a citation."""

    confidence: Confidence
    reason: str
    remedy: str
    severity: Severity | None = None
    """Another severity than the rule's own, where the facts ask for one."""
    edit: AmendmentKind | None = None
    proven: bool = False


def invalid(view: View) -> Verdict:
    """Row 0."""
    if view.claim is None or view.claim.date is None:
        reason = f"“{view.claim.text if view.claim else ''}” names no day of the calendar."
    elif (view.claim.first_day or view.today) > view.today:
        reason = f"The access date {date_text(view.claim.date)} lies in the future."
    else:
        reason = f"The access date {date_text(view.claim.date)} is older than the web."
    return Verdict(
        confidence=Confidence.HIGH,
        reason=reason,
        remedy="Correct the date by hand: write the day on which the source was last read.",
    )


def contradicted(view: View) -> Verdict:
    """Row 1."""
    where = "the citation" if view.case.citation.published else "the page"
    claimed = date_text(view.claim.date if view.claim else None)
    return Verdict(
        confidence=Confidence.MEDIUM,
        reason=(
            f"The access date {claimed} is earlier than the day on which {where} says the source was "
            f"published, {day(view.published_after)}."
        ),
        remedy=("Check which is wrong: the access date, or the address, which may show a newer text by now."),
    )


def pinned(view: View) -> Verdict:
    """Row 2."""
    at = view.answer.snapshot.timestamp if view.answer and view.answer.snapshot else None
    copy = f"an archived copy{f' of {day(at)}' if at else ''}"
    return Verdict(
        confidence=Confidence.HIGH,
        reason=f"The citation links {copy} that shows what was cited, whatever becomes of the page.",
        remedy="Nothing to do.",
    )


def fresh(view: View) -> Verdict:
    """Row 3."""
    edit, sentence = _move(view)
    return Verdict(
        confidence=_proof_confidence(view),
        reason=f"On {phrases.seen_on(view)} {view.proof}; {phrases.claim_age(view)}.",
        remedy=sentence or "Nothing to do.",
        edit=edit,
        proven=edit is not None and _move_proven(view),
    )


def refreshable(view: View) -> Verdict:
    """Row 4."""
    _, sentence = _move(view)
    remedy = f"Set the access date to {day(view.read_on)}: this program found the proof on that day."
    return Verdict(
        confidence=_proof_confidence(view),
        reason=f"On {phrases.seen_on(view)} {view.proof}, but {phrases.date_age(view)}.",
        remedy=f"{remedy} {sentence}".rstrip(),
        edit=AmendmentKind.REFRESH_DATE,
        proven=True,
    )


def drifted(view: View) -> Verdict:
    """Row 5."""
    flags = view.case.facts.quote.flags if view.case.facts and view.quote is QuoteMatch.ALTERED else ()
    touched = f" The change touches a {' and a '.join(flags)}." if flags else ""
    sure = view.quote in (QuoteMatch.ABSENT, QuoteMatch.ALTERED)
    anchored = view.coverage in ANCHORED and view.snapshot is not None
    if anchored:
        copy = phrases.copy_to_add(view.snapshot)
        remedy = keeping(view, f"add {copy}; or quote the page as it reads now and date that anew.")
    elif view.coverage is Coverage.UNKNOWN:
        remedy = keeping(view, f"{_copy_sought(view)} for a copy of that time.", joined="; ")
    else:
        remedy = keeping(
            view, "quote the page as it reads now and date that anew, or drop the claim.", joined="; "
        )
    return Verdict(
        confidence=Confidence.HIGH if sure else Confidence.MEDIUM,
        reason=f"On {phrases.seen_on(view)} the page could be read, but {view.contradiction}.{touched}",
        remedy=remedy,
        edit=AmendmentKind.ADD_ARCHIVE if anchored else None,
        proven=anchored and bool(view.snapshot and view.snapshot.verified),
    )


def recoverable(view: View) -> Verdict:
    """Row 6."""
    if _links_untested(view):
        return _untested_link(view)
    return Verdict(
        confidence=_dead_confidence(view),
        reason=_dead_reason(view),
        remedy=keeping(view, f"add {phrases.copy_to_add(view.snapshot)}."),
        edit=AmendmentKind.ADD_ARCHIVE,
        proven=view.snapshot is not None and view.snapshot.verified,
    )


def weak(view: View) -> Verdict:
    """Row 7."""
    if _links_untested(view):
        return _untested_link(view)
    return Verdict(
        confidence=Confidence.MEDIUM,
        reason=_dead_reason(view),
        remedy=keeping(view, f"add {phrases.copy_to_add(view.snapshot)}."),
        edit=AmendmentKind.ADD_ARCHIVE,
        proven=view.snapshot is not None and view.snapshot.verified,
    )


def _links_untested(view: View) -> bool:
    """Tell whether the citation links an archived copy that no archive asked could speak of."""
    return view.case.citation.archive_url is not None and view.link_fault is None


def _untested_link(view: View) -> Verdict:
    """Judge a dead link beside which an archived copy is linked already: a second one helps nobody."""
    return Verdict(
        confidence=Confidence.MEDIUM,
        reason=f"{_dead_reason(view)} The archived copy that the citation links was not tested.",
        remedy=keeping(
            view,
            "open the copy it links; if that does not show what is cited, put "
            f"{phrases.copy_to_add(view.snapshot)}.",
        ),
    )


def unsupported(view: View) -> Verdict:
    """Row 8."""
    remedy = (
        "Replace the source; the document already marks it as dead."
        if view.case.citation.marked_dead
        else "Replace the source, or mark the citation as dead"
        + ("." if view.claim is None else " and keep its access date.")
    )
    farther = view.answer.snapshot if view.answer else None
    if farther is not None:
        copy = upper(phrases.copy_named(farther))
        remedy += f" {copy}, {phrases.short_of(view, farther)} and was not verified; look at it first."
    return Verdict(confidence=_dead_confidence(view), reason=_dead_reason(view), remedy=remedy)


def pending(view: View) -> Verdict:
    """Row 9."""
    if view.outcome is Outcome.MALFORMED:
        return Verdict(
            confidence=Confidence.HIGH,
            reason=f"{upper(phrases.answered(view.observation))}.",
            remedy="Correct the address in the document.",
            edit=None if view.case.citation.cites_snapshot else AmendmentKind.FIX_URL,
        )
    return Verdict(
        confidence=_dead_confidence(view),
        reason=_dead_reason(view),
        remedy=keeping(
            view,
            "look for an archived copy by hand, or run again with archives."
            if view.answer is None
            else "wait: the archives are asked again on the next run.",
        ),
    )


def waiting(view: View) -> Verdict:
    """Row 10."""
    if view.void is not None:
        return Verdict(
            confidence=Confidence.LOW,
            reason=f"This run concludes nothing: {view.void}",
            remedy="Wait for the next run.",
        )
    return _first_sight(view) if view.one_off else _suspect(view)


def _suspect(view: View) -> Verdict:
    """Judge a failing link between two nights."""
    remedy = "Wait: the link is checked again before it is called dead."
    if view.snapshot is not None:
        remedy = f"Wait; if the link dies, add {phrases.copy_to_add(view.snapshot)}."
    return Verdict(
        confidence=Confidence.LOW,
        reason=f"{phrases.last_check(view)}: failing, {view.history.strikes_of}. {view.history.reason}",
        remedy=remedy,
    )


def _first_sight(view: View) -> Verdict:
    """Judge a failure seen in one look: said plainly, though one look proves no death."""
    if not is_hard(view.observation):
        return Verdict(
            confidence=Confidence.LOW,
            reason=f"{phrases.last_check(view)}; this may pass.",
            remedy="Check again later; such failures often pass.",
        )
    reason = f"{phrases.last_check(view)}. One look does not prove that the link is dead."
    if view.snapshot is None:
        covered = phrases.how_covered(view)
        remedy = f"Open the page; if it is gone for good, replace the source, for {covered}."
        if view.coverage is Coverage.UNKNOWN:
            remedy = f"Open the page; if it is gone for good, look for an archived copy: {covered}."
        return Verdict(confidence=Confidence.MEDIUM, reason=reason, remedy=remedy)
    return Verdict(
        confidence=Confidence.MEDIUM,
        reason=f"{reason} {upper(phrases.how_covered(view))}.",
        remedy=(
            "Open the page; if it is gone for good, "
            + ("" if view.claim is None else "keep the access date and ")
            + f"add {phrases.copy_to_add(view.snapshot)}."
        ),
        edit=AmendmentKind.ADD_ARCHIVE,
    )


def due(view: View) -> Verdict:
    """Row 11."""
    return _open(view, *_by_hand(view))


def unconfirmed(view: View) -> Verdict:
    """Row 12."""
    remedy, edit = _by_hand(view)
    if edit is not AmendmentKind.REPLACE_URL and view.case.citation.url is not None:
        remedy, edit = "Nothing to do yet.", None
    return _open(view, remedy, edit)


def _open(view: View, remedy: str, edit: AmendmentKind | None) -> Verdict:
    return Verdict(
        confidence=Confidence.LOW,
        reason=_undecided(view),
        remedy=remedy,
        edit=edit,
        proven=edit is AmendmentKind.REPLACE_URL and _page_shown(view),
    )


def undated(view: View) -> Verdict:
    """Judge a citation without an access date whose source needs no work."""
    none = "The citation carries no access date"
    if view.proof is not None:
        return Verdict(
            confidence=Confidence.HIGH,
            reason=f"{none}; on {phrases.seen_on(view)} {view.proof}.",
            remedy=f"Add the access date {day(view.read_on)}: this program found the proof on that day.",
        )
    return Verdict(
        confidence=Confidence.HIGH,
        reason=f"{none}; {phrases.doubt(view)}.",
        remedy=(
            _FIND_ADDRESS
            if view.case.citation.url is None
            else "Read the page and add the day on which you read it."
        ),
    )


def keeping(view: View, then: str, joined: str = " and ") -> str:
    """Return a remedy that leaves the access date as it is, where there is one."""
    return upper(then) if view.claim is None else f"Keep the access date{joined}{then}"


def _copy_sought(view: View) -> str:
    """Return who looks for a copy: a check that asked no archive must not promise that it will."""
    return "look in an archive" if view.answer is None else "the archives are asked again"


def _undecided(view: View) -> str:
    return f"{upper(phrases.claim_age(view))}; {phrases.doubt(view)}."


def _by_hand(view: View) -> tuple[str, AmendmentKind | None]:
    """Return what a person can do where the tool cannot tell, and the edit that may help."""
    edit, sentence = _move(view)
    if edit is not None and _page_shown(view):
        return sentence, edit
    if edit is not None:
        missing = (
            ""
            if view.move_shown
            else " Neither a quote nor the title nor the page itself shows that it is the page cited."
        )
        return f"Look at the page by hand. {sentence}{missing}", edit
    if view.case.citation.url is None:
        return _FIND_ADDRESS, None
    if view.snapshot is not None and view.coverage in ANCHORED:
        copy = phrases.copy_to_add(view.snapshot)
        return f"Open the page by hand, or add {copy}.", AmendmentKind.ADD_ARCHIVE
    if view.readable and not view.case.citation.quote:
        return (
            "Open the page by hand; a quoted sentence would let this program confirm it from now on.",
            None,
        )
    return "Open the page by hand; change the date only after reading it.", None


def _move(view: View) -> tuple[AmendmentKind | None, str]:
    """Return the edit for a page that has moved for good, and the sentence that asks for it."""
    if view.moved_to is None:
        return None, ""
    return AmendmentKind.REPLACE_URL, f"Replace the address by {view.moved_to}: {_move_seen(view)}."


def _move_seen(view: View) -> str:
    """Return what a move rests on: quote, title or canonical, else that it was seen on more than one day."""
    first, last = view.move_days
    if view.move_shown is not None:
        return f"the page has moved there for good, and {view.move_shown}"
    if first != last:
        return f"the redirect for good was seen again and again, first on {day(first)}, last on {day(last)}"
    return f"the redirect for good was seen on {day(first)} only, so wait until it is seen on another day"


def _move_proven(view: View) -> bool:
    return view.move_shown is not None or view.move_days[0] != view.move_days[1]


def _page_shown(view: View) -> bool:
    """Tell whether the page at the new address is shown to be the one cited; a quote has to stand there."""
    return view.move_shown is not None and (view.quote is QuoteMatch.FOUND or not view.case.citation.quote)


def _proof_confidence(view: View) -> Confidence:
    return Confidence.HIGH if view.quote is QuoteMatch.FOUND else Confidence.MEDIUM


def _dead_confidence(view: View) -> Confidence:
    return Confidence.HIGH if is_hard(view.observation) else Confidence.MEDIUM


def _dead_reason(view: View) -> str:
    return (
        f"{phrases.died(view)}. {view.history.reason} {phrases.last_check(view)}. "
        f"{upper(phrases.how_covered(view))}."
    )
