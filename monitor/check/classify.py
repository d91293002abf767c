"""What an answer amounts to: one table from facts to outcome, first match wins (docs/design.md#outcomes).

The order is the doctrine: our own refusals, what the transport met, the quote (which outranks every
classifier), walls at any status, then statuses, then what a page that answers 200 really is.
"""

from collections.abc import Callable, Mapping

from msgspec import Struct

from monitor.check.facts import ProbeFacts
from monitor.check.moves import moved_to, proof_of_move
from monitor.check.url_relations import landed_above, went_home
from monitor.model.observation import (
    OUR_LIMITS,
    OUR_NETWORK,
    Confidence,
    Evidence,
    Outcome,
    Phase,
)


class Ruling(Struct, frozen=True, kw_only=True, gc=False):
    """What the facts amount to."""

    outcome: Outcome
    cause: str | None = None
    phase: Phase | None = None
    confidence: Confidence = Confidence.HIGH
    evidence: tuple[Evidence, ...] = ()
    notes: tuple[str, ...] = ()


BLOCKED_STATUS: Mapping[int, str] = {
    401: "login",
    402: "paywall",
    403: "forbidden",
    407: "proxy-login",
    412: "precondition",
    418: "bot-wall",
    428: "precondition",
    440: "login",
    444: "bot-wall",
    449: "bot-wall",
    451: "legal",
    999: "bot-wall",
}
"""Statuses that refuse us and say nothing of the page (docs/design.md#outcomes); 412 428 440 449 by IABot."""

URL_CAUSES = frozenset({"no-scheme", "misspelt-scheme", "no-host", "bad-host", "bad-port", "bad-url"})
REFUSED_CAUSES = frozenset({"private-address", "excluded", "robots-txt"})


SHELL = "page: filled by a script, its text was not seen"
"""The note beside a page of which only a script's shell came."""


def _status_evidence(facts: ProbeFacts) -> Evidence:
    return Evidence("status", f"{facts.status} at {facts.trip.url}")


LIMIT_STATUS: Mapping[int, str] = {
    421: "misdirected",
    426: "upgrade-required",
    505: "http-version",
    511: "captive-network",
}
"""Statuses that speak of us or of our network, not of the page (RFC 9110 §15.5.20 and 22, RFC 6585 §6)."""


def _our_side(facts: ProbeFacts) -> Ruling | None:
    """What this program cannot speak, or its own network's fault: it could not tell."""
    failure = facts.failure
    if failure is not None and failure.cause in OUR_NETWORK | OUR_LIMITS:
        evidence = Evidence("failure", f"{failure.phase}: {failure.cause} at {facts.trip.url}")
        return Ruling(
            outcome=Outcome.UNCHECKED, cause=failure.cause, phase=failure.phase, evidence=(evidence,)
        )
    if facts.status in LIMIT_STATUS and facts.treatment.accepts(facts.status) is None:
        return Ruling(
            outcome=Outcome.UNCHECKED, cause=LIMIT_STATUS[facts.status], evidence=(_status_evidence(facts),)
        )
    return None


def _refused(facts: ProbeFacts) -> Ruling | None:
    failure = facts.failure
    if failure is None or failure.cause not in REFUSED_CAUSES:
        return None
    return Ruling(
        outcome=Outcome.REFUSED,
        cause=failure.cause,
        phase=failure.phase,
        evidence=(Evidence("address", f"{facts.trip.url}: {failure.detail}"),),
    )


def _not_requestable(facts: ProbeFacts) -> Ruling | None:
    failure = facts.failure
    if failure is None or failure.phase is not Phase.URL:
        return None
    evidence = (Evidence("url", failure.detail),)
    if failure.cause == "scheme":
        return Ruling(outcome=Outcome.UNSUPPORTED, cause="scheme", phase=Phase.URL, evidence=evidence)
    if failure.cause in URL_CAUSES:
        return Ruling(outcome=Outcome.MALFORMED, cause=failure.cause, phase=Phase.URL, evidence=evidence)
    return None


def _unreachable(facts: ProbeFacts) -> Ruling | None:
    failure = facts.failure
    if failure is None:
        return None
    notes = (f"tls: {failure.cause.removeprefix('tls-')}",) if failure.phase is Phase.TLS else ()
    return Ruling(
        outcome=Outcome.UNREACHABLE,
        cause=failure.cause,
        phase=failure.phase,
        evidence=(Evidence("failure", f"{failure.phase}: {failure.cause} at {facts.trip.url}"),),
        notes=notes,
        confidence=Confidence.LOW if failure.cause == "unknown-error" else Confidence.HIGH,
    )


def _first_hop(facts: ProbeFacts) -> Ruling | None:
    if not facts.trip.first_hop:
        return None
    hop = facts.trip.hops[0]
    return Ruling(
        outcome=Outcome.ALIVE,
        evidence=(Evidence("redirect", f"{hop.status} to {hop.location}"),),
        notes=(f"{facts.treatment.kind.name}: registered; landing page not asked",),
    )


def _memento(facts: ProbeFacts) -> Ruling | None:
    response = facts.response
    if response is None or not facts.treatment.kind.archived or response.header("memento-datetime") is None:
        return None
    notes = () if facts.success else (f"memento: status {facts.status} is the past's",)
    evidence = (Evidence("header", f"memento-datetime: {response.header('memento-datetime')}"),)
    return Ruling(outcome=Outcome.ALIVE, evidence=evidence, notes=notes)


def _not_modified(facts: ProbeFacts) -> Ruling | None:
    if facts.status != 304:
        return None
    notes = () if facts.conditional else ("status: 304 though nothing was asked conditionally",)
    return Ruling(outcome=Outcome.ALIVE, evidence=(_status_evidence(facts),), notes=notes)


def _quoted(facts: ProbeFacts) -> Ruling | None:
    if not (facts.quoted and facts.success):
        return None
    return _living(facts, (Evidence("quote", "the cited quote stands on the page"),))


def _configured(facts: ProbeFacts) -> Ruling | None:
    accepted = facts.treatment.accepts(facts.status)
    if accepted is None:
        return None
    evidence = (_status_evidence(facts), Evidence("config", "the host's accept list decides"))
    if accepted:
        return None if 200 <= facts.status < 300 else Ruling(outcome=Outcome.ALIVE, evidence=evidence)
    return Ruling(outcome=Outcome.BLOCKED, cause="configured", evidence=evidence)


def _walled(facts: ProbeFacts) -> Ruling | None:
    wall = facts.wall
    if wall is None:
        return None
    # A missing page that merely offers a login is missing; a challenge stands before any answer.
    if facts.status in (404, 410) and wall.cause not in ("challenge", "bot-wall"):
        return None
    if facts.status == 429 and wall.cause != "challenge":
        return None
    # A bare refusal names no wall's maker; the status says all there is to say.
    if facts.status == 403 and wall.cause == "bot-wall" and wall.vendor is None:
        return None
    notes = (f"wall: {wall.vendor}",) if wall.vendor else ()
    return Ruling(
        outcome=Outcome.BLOCKED,
        cause=wall.cause,
        evidence=(wall.evidence, _status_evidence(facts)),
        notes=notes,
    )


def _parked(facts: ProbeFacts) -> Ruling | None:
    if facts.parked is None:
        return None
    return Ruling(outcome=Outcome.PARKED, cause="parked", evidence=(facts.parked, _status_evidence(facts)))


def _rate_limited(facts: ProbeFacts) -> Ruling | None:
    response = facts.response
    if response is None:
        return None
    # GitHub and its kin refuse with 403 when the limit is used up; 420 is an old spelling of 429.
    spent = response.header("x-ratelimit-remaining") == "0" or response.header("ratelimit-remaining") == "0"
    if facts.status not in (420, 429) and not (facts.status == 403 and spent):
        return None
    return Ruling(
        outcome=Outcome.RATE_LIMITED, cause="too-many-requests", evidence=(_status_evidence(facts),)
    )


def _blocked_status(facts: ProbeFacts) -> Ruling | None:
    cause = BLOCKED_STATUS.get(facts.status)
    if cause is None:
        return None
    return Ruling(
        outcome=Outcome.BLOCKED,
        cause=cause,
        confidence=Confidence.MEDIUM if cause == "forbidden" else Confidence.HIGH,
        evidence=(_status_evidence(facts),),
    )


def _gone(facts: ProbeFacts) -> Ruling | None:
    if facts.status not in (404, 410):
        return None
    cause = "not-found" if facts.status == 404 else "gone"
    evidence = [_status_evidence(facts)]
    if facts.trip.hops:
        evidence.append(Evidence("redirect", f"{facts.requested} leads there"))
    return Ruling(outcome=Outcome.GONE, cause=cause, evidence=tuple(evidence))


def _server_error(facts: ProbeFacts) -> Ruling | None:
    if not 500 <= facts.status < 600:
        return None
    return Ruling(
        outcome=Outcome.SERVER_ERROR, cause=f"http-{facts.status}", evidence=(_status_evidence(facts),)
    )


def _other_refusal(facts: ProbeFacts) -> Ruling | None:
    """400 and its kin: the server is there and will not serve this; a strike, yet no proof of absence."""
    if facts.success or 300 <= facts.status < 400:
        return None
    cause = {400: "bad-request", 405: "method-refused", 406: "not-acceptable"}.get(
        facts.status, f"http-{facts.status}"
    )
    known = 400 <= facts.status < 500
    return Ruling(
        outcome=Outcome.UNREACHABLE,
        cause=cause if known else "odd-status",
        phase=Phase.HTTP,
        confidence=Confidence.MEDIUM,
        evidence=(_status_evidence(facts),),
    )


def _no_location(facts: ProbeFacts) -> Ruling | None:
    """A redirect that names no target: a page if it carries one (browsers show it)."""
    if not 300 <= facts.status < 400:
        return None
    evidence = (_status_evidence(facts),)
    if facts.page is not None and facts.page.words:
        return Ruling(
            outcome=Outcome.ALIVE,
            confidence=Confidence.MEDIUM,
            evidence=evidence,
            notes=(f"status: {facts.status} without a target",),
        )
    return Ruling(
        outcome=Outcome.UNREACHABLE, cause="redirect-without-target", phase=Phase.HTTP, evidence=evidence
    )


def _failing(facts: ProbeFacts) -> Ruling | None:
    """A server's or program's word that it fails, whatever its status says: weather, not absence."""
    if facts.failing is None or not facts.success:
        return None
    return Ruling(
        outcome=Outcome.SERVER_ERROR,
        cause=facts.failing.cause,
        confidence=Confidence.MEDIUM,
        evidence=(facts.failing.evidence, _status_evidence(facts)),
    )


def _soft_404(facts: ProbeFacts) -> Ruling | None:
    final = facts.trip.url
    if facts.missing_url is not None and facts.trip.hops:
        return _soft("missing-url", Confidence.HIGH, facts.missing_url)
    if (
        facts.trip.hops
        and went_home(facts.requested, final)
        and not facts.treatment.permalink
        and not facts.titled
    ):
        return _soft("redirect-home", Confidence.HIGH, Evidence("redirect", f"{facts.requested} → {final}"))
    if facts.error_page is not None:
        return _soft("error-page", Confidence.HIGH, facts.error_page)
    if facts.sibling is not None:
        return _soft("same-as-sibling", Confidence.HIGH, facts.sibling)
    return None


def _soft(cause: str, confidence: Confidence, evidence: Evidence) -> Ruling:
    return Ruling(outcome=Outcome.SOFT_404, cause=cause, confidence=confidence, evidence=(evidence,))


def _page(facts: ProbeFacts) -> Ruling:
    return _living(facts, (_status_evidence(facts),))


def _living(facts: ProbeFacts, evidence: tuple[Evidence, ...]) -> Ruling:
    """Alive, or moved where the leading hops say so for good."""
    notes = []
    if facts.status == 204:
        notes.append("no content")
    elif facts.response is not None and not facts.response.body and facts.response.body_failure is None:
        notes.append("empty page")
    elif facts.page is not None and facts.page.shell:
        notes.append(SHELL)
    target = moved_to(facts)
    if target is None:
        if facts.trip.hops and landed_above(facts.requested, facts.trip.url) and not facts.known:
            notes.append("redirect: leads up to the index of the page's section")
            return Ruling(
                outcome=Outcome.ALIVE, confidence=Confidence.LOW, evidence=evidence, notes=tuple(notes)
            )
        return Ruling(outcome=Outcome.ALIVE, evidence=evidence, notes=tuple(notes))
    proof = proof_of_move(facts, target)
    if proof is None:
        notes.append("move unproven: neither quote nor title nor canonical confirms it")
    return Ruling(
        outcome=Outcome.MOVED,
        cause="permanent-redirect",
        confidence=Confidence.HIGH if proof else Confidence.LOW,
        evidence=(*evidence, *((proof,) if proof else ())),
        notes=tuple(notes),
    )


Rule = Callable[[ProbeFacts], Ruling | None]

TABLE: tuple[tuple[str, Rule], ...] = (
    ("our own refusal", _refused),
    ("not requestable", _not_requestable),
    ("our own side", _our_side),
    ("no answer", _unreachable),
    ("a redirect that proves registration", _first_hop),
    ("an archived page", _memento),
    ("not modified", _not_modified),
    ("the quote is there", _quoted),
    ("configured for this host", _configured),
    ("a wall before the page", _walled),
    ("parked", _parked),
    ("rate limit", _rate_limited),
    ("a status that refuses us", _blocked_status),
    ("not found", _gone),
    ("server error", _server_error),
    ("a redirect without target", _no_location),
    ("another refusal", _other_refusal),
    ("a failing server with a success status", _failing),
    ("a page of absence with a success status", _soft_404),
    ("a page", _page),
)


def classify(facts: ProbeFacts) -> Ruling:
    """Return the ruling of the first rule that has one."""
    for _, rule in TABLE:
        ruling = rule(facts)
        if ruling is not None:
            return ruling
    raise AssertionError("the last rule always answers")
