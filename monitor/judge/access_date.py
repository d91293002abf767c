"""What an access date is worth today: the table of DESIGN §7 as one list, first match wins.

An access date is a person's claim about the past. Age alone gives at most a reminder, evidence gives an
error, and a date is refreshed on proof only: never because a server answered 200, never backwards.
"""

from collections.abc import Callable
from dataclasses import dataclass

from monitor.judge import phrases
from monitor.judge.exit_level import is_hard
from monitor.judge.view import FIRST_WEB_PAGE, ZONE_DAYS, View
from monitor.judge.wording import date_text, day
from monitor.model.finding import AccessDateStatus, AmendmentKind, Severity
from monitor.model.history import LinkState
from monitor.model.observation import Confidence, Outcome
from monitor.model.page import QuoteMatch
from monitor.model.snapshot import Coverage

_ANCHORED = (Coverage.BRACKETED, Coverage.QUOTE_ANCHORED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a rule says of a citation."""

    confidence: Confidence
    reason: str
    remedy: str
    severity: Severity | None = None
    """Another severity than the rule's own, where the facts ask for one."""
    edit: AmendmentKind | None = None
    proven: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One row: `row` as in DESIGN §7 ("m" for a date that is not there), the id reports show, both halves."""

    row: str
    name: str
    status: AccessDateStatus
    severity: Severity
    applies: Callable[[View], bool]
    verdict: Callable[[View], Verdict]
    version: int = 1


def _is_invalid(view: View) -> bool:
    if view.claim is None:
        return False
    first = view.claim.first_day
    if first is None:
        return True
    last = view.claim.last_day or first
    return first > view.today + ZONE_DAYS or last < FIRST_WEB_PAGE


def _invalid(view: View) -> Verdict:
    text = view.claim.text if view.claim else ""
    if view.claim is None or view.claim.date is None:
        reason = f"“{text}” names no day of the calendar."
    elif (view.claim.first_day or view.today) > view.today:
        reason = f"The access date {date_text(view.claim.date)} lies in the future."
    else:
        reason = f"The access date {date_text(view.claim.date)} is older than the web."
    return Verdict(
        confidence=Confidence.HIGH, reason=reason,
        remedy="Correct the date by hand: write the day on which the source was last read.",
    )  # fmt: skip


def _contradicted(view: View) -> Verdict:
    where = "the citation" if view.case.citation.published else "the page"
    return Verdict(
        confidence=Confidence.MEDIUM,
        reason=(
            f"{phrases.dated(view)[0].upper()}{phrases.dated(view)[1:]} is earlier than the day the source was "
            f"published: {where} says {day(view.published_after)}."
        ),
        remedy=(
            "Check which of the two is wrong: the access date, or the address, which may now show a newer text."
        ),
    )


def _pinned(view: View) -> Verdict:
    shows = "shows what was cited, whatever becomes of the page"
    at = view.answer.snapshot.timestamp if view.answer and view.answer.snapshot else None
    return Verdict(
        confidence=Confidence.HIGH,
        reason=f"The citation links an archived copy{f' of {day(at)}' if at else ''} that {shows}.",
        remedy="Nothing to do.",
    )


def _move(view: View) -> tuple[AmendmentKind | None, str]:
    """Return the edit for a page that has moved for good, and the sentence that asks for it."""
    target = view.observation.permanent_target if view.observation else None
    if view.outcome is not Outcome.MOVED or target is None:
        return None, ""
    return AmendmentKind.REPLACE_URL, f"Replace the address by {target}, where the page has moved for good."


def _is_fresh(view: View) -> bool:
    return view.proof is not None and view.age_days is not None and not view.aged


def _fresh(view: View) -> Verdict:
    edit, sentence = _move(view)
    return Verdict(
        confidence=_proof_confidence(view),
        reason=f"On {_seen(view)} {view.proof}, and {phrases.dated(view)} {phrases.age(view)}.",
        remedy=sentence or "Nothing to do.",
        edit=edit,
        proven=edit is not None,
    )


def _is_refreshable(view: View) -> bool:
    return view.proof is not None and view.aged


def _refreshable(view: View) -> Verdict:
    _, sentence = _move(view)
    return Verdict(
        confidence=_proof_confidence(view),
        reason=f"On {_seen(view)} {view.proof}, but {phrases.dated(view)} {phrases.age(view)}.",
        remedy=f"Set the access date to {day(view.today)}; the proof is today's reading.{' ' * bool(sentence)}{sentence}",
        edit=AmendmentKind.REFRESH_DATE,
        proven=True,
    )


def _seen(view: View) -> str:
    return day(view.case.observations[-1].last_seen_at if view.case.observations else None)


def _proof_confidence(view: View) -> Confidence:
    return Confidence.HIGH if view.quote is QuoteMatch.FOUND else Confidence.MEDIUM


def _drifted(view: View) -> Verdict:
    flags = view.case.facts.quote.flags if view.case.facts and view.quote is QuoteMatch.ALTERED else ()
    touched = f" The change touches a {', a '.join(flags)}." if flags else ""
    sure = view.quote in (QuoteMatch.ABSENT, QuoteMatch.ALTERED)
    anchored = view.coverage in _ANCHORED and view.snapshot is not None
    if anchored:
        remedy = (
            f"Keep the access date and add {phrases.copy_named(view.snapshot)}; "
            "or quote the page as it reads now and date that anew."
        )
    elif view.coverage is Coverage.UNKNOWN:
        remedy = "Keep the access date; ask the archives again for a copy of that day before quoting the page anew."
    else:
        remedy = "Keep the access date; quote the page as it reads now and date that anew, or drop the claim."
    return Verdict(
        confidence=Confidence.HIGH if sure else Confidence.MEDIUM,
        reason=f"On {_seen(view)} the page could be read, but {view.contradiction}.{touched}",
        remedy=remedy,
        edit=AmendmentKind.ADD_ARCHIVE if anchored else None,
        proven=anchored and bool(view.snapshot and view.snapshot.verified),
    )


def _dead_confidence(view: View) -> Confidence:
    weather = view.outcome in (Outcome.SERVER_ERROR, Outcome.UNREACHABLE) and not is_hard(view.observation)
    return Confidence.MEDIUM if weather else Confidence.HIGH


def _dead_reason(view: View) -> str:
    return (
        f"The link is {phrases.since_when(view)}: {_lower(view.history.reason)} {phrases.last_check(view)}."
    )


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def _recoverable(view: View) -> Verdict:
    return Verdict(
        confidence=_dead_confidence(view),
        reason=f"{_dead_reason(view)} {_upper(phrases.how_covered(view))}.",
        remedy=f"Keep the access date and add {phrases.copy_named(view.snapshot)}.",
        edit=AmendmentKind.ADD_ARCHIVE,
        proven=view.snapshot is not None,
    )


def _upper(clause: str) -> str:
    return clause[:1].upper() + clause[1:]


def _weak(view: View) -> Verdict:
    return Verdict(
        confidence=Confidence.MEDIUM,
        reason=f"{_dead_reason(view)} {_upper(phrases.how_covered(view))}.",
        remedy=f"Add {phrases.copy_named(view.snapshot)}, marked as not verified.",
        edit=AmendmentKind.ADD_ARCHIVE,
    )


def _unsupported(view: View) -> Verdict:
    farther = view.answer.snapshot if view.answer else None
    look = (
        f" {_upper(phrases.copy_named(farther))}, is farther off and was not verified; look at it first."
        if farther
        else ""
    )
    remedy = (
        "Replace the source; the document already marks it as dead."
        if view.case.citation.marked_dead
        else "Replace the source, or mark the citation as dead and keep its access date."
    )
    return Verdict(
        confidence=_dead_confidence(view),
        reason=f"{_dead_reason(view)} {_upper(phrases.how_covered(view))}.",
        remedy=f"{remedy}{look}",
    )


def _is_pending(view: View) -> bool:
    return view.outcome is Outcome.MALFORMED or view.dead


def _pending(view: View) -> Verdict:
    if view.outcome is Outcome.MALFORMED:
        return Verdict(
            confidence=Confidence.HIGH,
            reason=f"{_upper(phrases.answered(view.observation))}.",
            remedy="Correct the address in the document.",
            edit=AmendmentKind.FIX_URL,
        )
    return Verdict(
        confidence=_dead_confidence(view),
        reason=f"{_dead_reason(view)} {_upper(phrases.how_covered(view))}.",
        remedy="Keep the access date and wait: the archives are asked again on the next run.",
    )


def _is_waiting(view: View) -> bool:
    return view.void is not None or view.history.state is LinkState.SUSPECT


def _waiting(view: View) -> Verdict:
    if view.void is not None:
        return Verdict(
            confidence=Confidence.LOW,
            reason=f"This run concludes nothing: {view.void}",
            remedy="Mend that and run again.",
        )
    failing = f"failing, {view.history.strikes} of {view.history.strikes_needed} strikes"
    reason = f"{phrases.last_check(view)}: {failing}. {view.history.reason}"
    copy = view.snapshot
    if copy is None:
        remedy = "Wait: the link is checked again before it is called dead."
        if view.one_off and is_hard(view.observation):
            remedy = f"Open the page; if it is gone, replace the source: {phrases.how_covered(view)}."
        return Verdict(confidence=Confidence.LOW, reason=reason, remedy=remedy)
    unsure = "" if view.coverage in _ANCHORED else ", marked as not verified"
    if view.one_off and is_hard(view.observation):
        return Verdict(
            confidence=Confidence.MEDIUM,
            reason=reason,
            remedy=f"If the page does not come back, keep the access date and add {phrases.copy_named(copy)}{unsure}.",
            edit=AmendmentKind.ADD_ARCHIVE,
        )
    return Verdict(
        confidence=Confidence.LOW,
        reason=reason,
        remedy=f"Wait; if the link dies, add {phrases.copy_named(copy)}{unsure}.",
    )


def _open(view: View) -> tuple[str, AmendmentKind | None]:
    """Return what a person can do where the tool cannot tell, and the edit that may help."""
    edit, sentence = _move(view)
    if edit is not None:
        return f"Look at the page by hand. {sentence[:-1]}, if it is the same page.", edit
    if view.case.citation.url is None:
        return "Find the source's address and add it to the citation.", None
    if view.snapshot is not None and view.coverage in _ANCHORED:
        return (
            f"Open the page by hand, or add {phrases.copy_named(view.snapshot)}.",
            AmendmentKind.ADD_ARCHIVE,
        )
    if view.readable and not view.case.citation.quote:
        return (
            "Open the page by hand; quoting a sentence of it lets this program confirm it from now on.",
            None,
        )
    return "Open the page by hand; change the date only after reading it.", None


def _due(view: View) -> Verdict:
    remedy, edit = _open(view)
    return Verdict(
        confidence=Confidence.LOW,
        reason=f"{_upper(phrases.dated(view))} {phrases.age(view)}; {phrases.doubt(view)}.",
        remedy=remedy,
        edit=edit,
    )


def _missing(view: View) -> Verdict:
    """Judge a citation without an access date: informative, unless the source itself needs work."""
    for rule in ACCESS_DATE_RULES:
        if rule.row in ("5", "6", "7", "8", "9") and rule.applies(view):
            found = rule.verdict(view)
            return Verdict(
                confidence=found.confidence,
                severity=rule.severity,
                reason=f"The citation carries no access date. {found.reason}",
                remedy=found.remedy.replace("Keep the access date and add", "Add").replace(
                    "Keep the access date; ", ""
                ),
                edit=found.edit,
                proven=found.proven,
            )
    if _is_waiting(view):
        found = _waiting(view)
        return Verdict(
            confidence=found.confidence, reason=f"The citation carries no access date. {found.reason}",
            remedy=found.remedy, edit=found.edit,
        )  # fmt: skip
    if view.proof is not None:
        return Verdict(
            confidence=Confidence.HIGH,
            reason=f"The citation carries no access date; on {_seen(view)} {view.proof}.",
            remedy=f"Add the access date {day(view.today)}; the proof is today's reading.",
        )
    return Verdict(
        confidence=Confidence.HIGH,
        reason=f"The citation carries no access date; {phrases.doubt(view)}.",
        remedy="Read the page and add the day on which you read it.",
    )


def _unconfirmed(view: View) -> Verdict:
    edit, sentence = _move(view)
    return Verdict(
        confidence=Confidence.LOW,
        reason=f"{_upper(phrases.dated(view))} {phrases.age(view)}; {phrases.doubt(view)}.",
        remedy=f"Look at the page by hand. {sentence[:-1]}, if it is the same page."
        if edit
        else "Nothing to do yet.",
        edit=edit,
    )


_S, _V = AccessDateStatus, Severity

ACCESS_DATE_RULES: tuple[Rule, ...] = (
    Rule(row="0", name="invalid", status=_S.INVALID, severity=_V.ERROR, applies=_is_invalid, verdict=_invalid),
    Rule(
        row="1", name="contradicted", status=_S.CONTRADICTED, severity=_V.WARNING,
        applies=lambda v: v.published_after is not None, verdict=_contradicted,
    ),
    Rule(row="2", name="pinned", status=_S.PINNED, severity=_V.OK, applies=lambda v: v.pinned, verdict=_pinned),
    Rule(row="m", name="missing", status=_S.MISSING, severity=_V.INFO, applies=lambda v: v.missing, verdict=_missing),
    Rule(row="3", name="fresh", status=_S.FRESH, severity=_V.OK, applies=_is_fresh, verdict=_fresh),
    Rule(
        row="4", name="refreshable", status=_S.REFRESHABLE, severity=_V.INFO,
        applies=_is_refreshable, verdict=_refreshable,
    ),
    Rule(
        row="5", name="stale-drifted", status=_S.STALE_DRIFTED, severity=_V.ERROR,
        applies=lambda v: v.contradiction is not None, verdict=_drifted,
    ),
    Rule(
        row="6", name="stale-dead", status=_S.STALE_DEAD, severity=_V.ERROR,
        applies=lambda v: v.dead and v.coverage in _ANCHORED, verdict=_recoverable,
    ),
    Rule(
        row="7", name="stale-dead-weak", status=_S.STALE_DEAD, severity=_V.ERROR,
        applies=lambda v: v.dead and v.coverage is Coverage.NEAR, verdict=_weak,
    ),
    Rule(
        row="8", name="unsupported", status=_S.UNSUPPORTED, severity=_V.ERROR,
        applies=lambda v: v.dead and v.coverage is Coverage.NONE, verdict=_unsupported,
    ),
    Rule(row="9", name="pending", status=_S.PENDING, severity=_V.WARNING, applies=_is_pending, verdict=_pending),
    Rule(
        row="10", name="failing", status=_S.UNCONFIRMED, severity=_V.INFO, applies=_is_waiting, verdict=_waiting
    ),
    Rule(row="11", name="due", status=_S.DUE, severity=_V.WARNING, applies=lambda v: v.aged, verdict=_due),
    Rule(
        row="12", name="unconfirmed", status=_S.UNCONFIRMED, severity=_V.INFO,
        applies=lambda _: True, verdict=_unconfirmed,
    ),
)  # fmt: skip
"""DESIGN §7. The last rule always applies, so the table is total; the first match wins, so it is exclusive."""
