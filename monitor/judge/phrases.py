"""The sentences findings are made of: what was seen, and what to do, in plain words."""

from monitor.judge.view import View
from monitor.model.history import LinkState
from monitor.model.observation import Observation, Outcome
from monitor.model.page import Drift, QuoteMatch
from monitor.model.snapshot import Coverage, Snapshot
from monitor.model.urls import canonical_url
from monitor.model.wording import date_text, day, elapsed, span

_CAUSES = {
    "dns-not-found": "there is no such host name",
    "dns-no-address": "the host name has no address",
    "dns-timeout": "the name servers did not answer in time",
    "dns-temporary": "the name servers failed for now",
    "connect-refused": "the server refused the connection",
    "connect-timeout": "the server did not take the connection in time",
    "connect-reset": "the server broke the connection",
    "timeout": "no answer came in time",
    "body-timeout": "the page did not arrive in time",
    "bad-http": "what the server sent is no HTTP",
    "bad-chunking": "the server sends its page in broken pieces",
    "redirect-without-target": "the server redirects without saying where to",
    "bad-redirect": "the server redirects to what is no address",
    "redirect-scheme": "the server redirects to what is no web address",
    "redirect-loop": "the server redirects in a circle",
    "too-many-redirects": "the server redirects without end",
    "captive-network": "the network this program runs in wants a login first",
    "network-unreachable": "this machine has no way to the server's address",
    "proxy-failed": "the configured proxy does not serve",
    "proxy-login": "the configured proxy wants a login",
    "too-many-open-files": "this machine has no room for more connections",
    "http-version": "the server wants another version of HTTP",
    "misdirected": "the server takes this connection for another's",
    "upgrade-required": "the server wants another protocol than this program speaks",
    "tls-no-http1": "the server wants another protocol than this program speaks",
    "tls-old-protocol": "the server and this program have no version of TLS in common",
}

_BROKEN_ANSWERS = frozenset(
    {
        "bad-chunking",
        "bad-http",
        "bad-redirect",
        "redirect-loop",
        "redirect-scheme",
        "redirect-without-target",
        "too-many-redirects",
    }
)
"""Causes where the server was reached and what it sent is its own fault."""


def answered(seen: Observation | None) -> str:
    """Return what the newest check met, as a clause that follows "on 4 March 2026 "."""
    if seen is None:
        return "nothing was asked"
    code = f" ({seen.http_status})" if seen.http_status else ""
    cause = _CAUSES.get(seen.cause or "", (seen.cause or "no named cause").replace("-", " "))
    match seen.outcome:
        case Outcome.GONE:
            return f"the server said the page is gone for good{code}" if seen.http_status == 410 else (
                f"the server said there is no such page{code}"
            )  # fmt: skip
        case Outcome.SOFT_404:
            return f"the server answered{code} with an error page instead of the page"
        case Outcome.PARKED:
            return "the address showed a parked or sold domain instead of the page"
        case Outcome.SERVER_ERROR:
            return f"the server failed{code}"
        case Outcome.UNREACHABLE if seen.cause in _BROKEN_ANSWERS:
            return f"the server's answer is broken: {cause}{code}"
        case Outcome.UNREACHABLE:
            return f"the server could not be reached: {cause}"
        case Outcome.BLOCKED:
            return f"the site refused this program{code}"
        case Outcome.RATE_LIMITED:
            return f"the site said: too many requests{code}"
        case Outcome.MALFORMED:
            return f"the address cannot be requested: {cause}"
        case Outcome.UNSUPPORTED:
            return "addresses of this kind are not checked"
        case Outcome.REFUSED:
            return f"this program may not request the address: {cause}"
        case Outcome.UNCHECKED:
            return f"the page was not checked: {cause}" if seen.cause else "the page was not checked"
        case Outcome.ALIVE:
            return "the page could be read"
        case Outcome.MOVED:
            return "the page could be read at a new address"


def last_check(view: View) -> str:
    """Return "On 4 March 2026 the server said …"."""
    seen = view.observation
    if seen is None:
        return "The page was not checked yet"
    return f"On {day(view.case.observations[-1].last_seen_at)} {answered(seen)}"


def seen_on(view: View) -> str:
    """Return the day on which the page was last read."""
    return day(view.case.observations[-1].last_seen_at if view.case.observations else None)


def died(view: View) -> str:
    """Return when a dead link died: "The link died between 2 March 2014 and 7 January 2015"."""
    good, bad = view.history.dead_between or (None, None)
    if good and bad:
        return f"The link died between {day(good)} and {day(bad)}"
    if bad:
        return f"The link has been dead since {day(bad)} or longer"
    return "The link is dead"


def claim_age(view: View) -> str:
    """Return how old the claim is: its date, or the last confirmation by this program if that is later."""
    if view.claim is None or view.accessed is None or not view.confirmed or view.confirmed <= view.accessed:
        return date_age(view)
    # How long ago stays unsaid: it would be another sentence every day, of the most common finding.
    claim = f"the access date {date_text(view.claim.date)}"
    return f"{claim} was confirmed by this program on {day(view.confirmed)} {_limit(view)}"


def date_age(view: View) -> str:
    """Return the access date with its age: "the access date 3 May 2011 is 9 years old (limit for …)"."""
    if view.claim is None or view.accessed is None:
        return "the citation carries no access date"
    claim = f"the access date {date_text(view.claim.date)}"
    if view.claim_days == 0:
        return f"{claim} is of today"
    return f"{claim} is {elapsed(view.accessed, view.today)} old {_limit(view)}"


def _limit(view: View) -> str:
    return f"(limit for this page: {span(view.limit_days)})"


def copy_named(snapshot: Snapshot | None) -> str:
    """Return "the archived copy of 4 May 2019, https://…"."""
    if snapshot is None:
        return "an archived copy"
    return f"the archived copy of {day(snapshot.timestamp)}, {snapshot.url}"


def copy_to_add(snapshot: Snapshot | None) -> str:
    """Return the copy's name and, where nothing in it was found to be what was cited, how to mark it."""
    unsure = "" if snapshot is None or snapshot.verified else ", marked as not verified"
    return f"{copy_named(snapshot)}{unsure}"


def short_of(view: View, snapshot: Snapshot) -> str:
    """Return what a copy that shows nothing cited lacks, as a clause: "is farther from that date"."""
    if _page_of(snapshot.original) != _page_of(view.case.citation.url or ""):
        return f"is of another address, {snapshot.original}, that the archive files with this one,"
    return "was not found to hold the quote" if view.case.citation.quote else "is farther from that date"


def _page_of(url: str) -> str:
    """Return an address without what archives and sites pass over: scheme, "www.", tracking, last slash."""
    return canonical_url(url).partition("://")[2].removeprefix("www.").partition("?utm_")[0].rstrip("/")


def how_covered(view: View) -> str:
    """Return what the archives hold, as a clause."""
    at = view.snapshot.timestamp if view.snapshot else None
    quoting = view.quote is not QuoteMatch.NONE or bool(view.case.citation.quote)
    match view.coverage:
        case Coverage.BRACKETED:
            both = "hold the quote" if quoting else "show the same text"
            verified = view.snapshot is not None and view.snapshot.verified
            sure = "" if verified else "; that it is the text cited was not verified"
            return f"archived copies before and after the access date {both}{sure}"
        case Coverage.QUOTE_ANCHORED:
            return f"the archived copy of {day(at)} holds the quote"
        case Coverage.NEAR:
            verified = view.snapshot is not None and view.snapshot.verified
            told = "and bears the cited title" if verified else "; its text was not verified"
            return f"the archived copy of {day(at)} is the nearest to the access date{' ' * verified}{told}"
        case Coverage.NONE:
            return "the archives hold no copy that shows what was cited"
        case Coverage.UNKNOWN:
            why = f" ({view.answer.reason})" if view.answer and view.answer.reason else ""
            return f"the archives could not tell{why}" if view.answer else "the archives were not asked"


def doubt(view: View) -> str:
    """Return why it is not known whether the source still says what is cited."""
    state = view.history.state
    if view.case.citation.url is None:
        why = view.case.citation.unlocated_reason
        return f"the citation gives no address to check{f' ({why})' if why else ''}"
    if state is LinkState.BLOCKED:
        return f"the site has refused this program since {day(view.history.since)}"
    if not view.readable:
        clause = last_check(view)
        return clause[0].lower() + clause[1:]
    if view.quote_too_short:
        return "the quoted words stand on the page, too few of them to tell it from others"
    if view.quote is QuoteMatch.WEAK:
        return "only part of the quote was found on the page"
    if view.quote is QuoteMatch.UNKNOWN:
        why = view.case.facts.quote.reason if view.case.facts else None
        return (
            f"the page answers, but whether it holds the quote could not be told{f' ({why})' if why else ''}"
        )
    if view.drift is Drift.MINOR:
        return "the page answers, nothing is quoted, and its text has changed a little since"
    return "the page answers, but nothing is quoted and no archived copy of that time could be compared"
