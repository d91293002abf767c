"""Outcomes, statuses, causes and ages in plain words; the one place where reports take them from."""

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import urlsplit

from monitor.model.citation import Precision, last_day
from monitor.model.finding import AccessDateStatus, AmendmentKind, Severity
from monitor.model.history import LinkHistory, LinkState, Recheck
from monitor.model.observation import Observation, Outcome
from monitor.model.page import Drift, QuoteMatch
from monitor.model.run import Assessment
from monitor.model.site import is_local
from monitor.model.snapshot import Capture, CaptureRefusal, Coverage
from monitor.model.wording import day, elapsed

OUTCOMES = {
    Outcome.ALIVE: "the page is there",
    Outcome.MOVED: "moved for good, the new page is there",
    Outcome.SOFT_404: "an error page that answers like a real one",
    Outcome.PARKED: "parked or for sale",
    Outcome.GONE: "gone",
    Outcome.SERVER_ERROR: "server error",
    Outcome.UNREACHABLE: "unreachable",
    Outcome.BLOCKED: "blocked to us, may be there for readers",
    Outcome.RATE_LIMITED: "asked us to come later",
    Outcome.MALFORMED: "not a usable address",
    Outcome.UNSUPPORTED: "not a web address",
    Outcome.REFUSED: "refused by our own guard",
    Outcome.UNCHECKED: "not checked",
}

OUTCOME_NAMES: dict[str, str] = {str(name): words for name, words in OUTCOMES.items()}

STRIP_NAMES = OUTCOME_NAMES | {
    "alive": "there",
    "moved": "moved",
    "soft-404": "error page",
    "blocked": "blocked",
}

FAILURES = {
    Outcome.SOFT_404: "An error page at the last check",
    Outcome.PARKED: "Parked at the last check",
    Outcome.GONE: "Gone at the last check",
    Outcome.SERVER_ERROR: "Server error at the last check",
    Outcome.UNREACHABLE: "Unreachable at the last check",
    Outcome.MALFORMED: "Not a usable address",
}
"""How a failure is headlined until it is proven: the status would only say that it is not."""

STATUSES = {
    AccessDateStatus.INVALID: "Impossible access date",
    AccessDateStatus.CONTRADICTED: "Accessed before it was published",
    AccessDateStatus.PINNED: "Pinned to an archived copy",
    AccessDateStatus.FRESH: "Holds",
    AccessDateStatus.REFRESHABLE: "Holds, date can be refreshed",
    AccessDateStatus.STALE_DRIFTED: "Page changed, no longer says it",
    AccessDateStatus.STALE_DEAD: "Dead, archived copy exists",
    AccessDateStatus.UNSUPPORTED: "Dead, no archived copy",
    AccessDateStatus.PENDING: "Cannot be settled yet",
    AccessDateStatus.UNCONFIRMED: "Not confirmed",
    AccessDateStatus.DUE: "Due for a human look",
    AccessDateStatus.MISSING: "Access date unavailable",
}

LOCAL = {
    "other-case": "Spelt otherwise on disk",
    "no-file": "No such file",
    "no-place": "No such place",
    "there": "There",
    "untold": "Could not be told",
}
"""How links to files of the site's own are headlined, by the name of their rule."""

SEVERITIES = {
    Severity.ERROR: "Act",
    Severity.WARNING: "Look",
    Severity.INFO: "Note",
    Severity.OK: "Holds",
}

TONES = {
    "error": "to act on",
    "warning": "to look at",
    "info": "noted",
    "ok": "hold",
    "unknown": "not checked",
}
"""What tiles, tallies and lists call the five tones, in the order they are shown."""

COVERAGES = {
    Coverage.BRACKETED: "archived copies before and after the access date agree",
    Coverage.QUOTE_ANCHORED: "the archived copy holds the quote",
    Coverage.NEAR: "archived within 30 days of the access date",
    Coverage.NONE: "no archived copy shows what the author saw",
    Coverage.UNKNOWN: "the archive could not say",
}

REFUSALS = {
    CaptureRefusal.NO_KEYS: "no keys to ask with: set the archive's access key and secret key",
    CaptureRefusal.BAD_KEYS: "the archive did not accept the keys",
    CaptureRefusal.DAY_SPENT: "today's captures are spent",
    CaptureRefusal.STOPPED: "the archive may not be asked for now",
    CaptureRefusal.NOT_OFFERED: "this archive takes no captures",
    CaptureRefusal.PERMANENT: "refused for good",
    CaptureRefusal.PASSING: "refused for now",
}

QUOTES = {
    QuoteMatch.FOUND: "quote found on the page",
    QuoteMatch.ALTERED: "quote altered on the page",
    QuoteMatch.WEAK: "only a weak trace of the quote",
    QuoteMatch.ABSENT: "quote is not on the page",
    QuoteMatch.NONE: "document quotes nothing",
    QuoteMatch.UNKNOWN: "quote could not be tested on the page itself",
}

SHORT_QUOTE = "quote found on the page, too short to tell it from others"

DRIFTS = {
    Drift.SAME: "same text as the archived copy",
    Drift.MINOR: "small changes since the archived copy",
    Drift.MAJOR: "largely rewritten since the archived copy",
    Drift.REPLACED: "another text than the archived copy",
    Drift.UNKNOWN: "not compared with an archived copy",
}

STATES = {
    LinkState.ALIVE: "alive",
    LinkState.SUSPECT: "failing",
    LinkState.DEAD: "dead",
    LinkState.BLOCKED: "blocked",
    LinkState.UNKNOWN: "unknown",
}

AMENDMENTS = {
    AmendmentKind.ADD_ARCHIVE: "Add the archived copy",
    AmendmentKind.REPLACE_URL: "Follow the permanent move",
    AmendmentKind.REFRESH_DATE: "Refresh the access date",
    AmendmentKind.FIX_URL: "Mend the address",
    AmendmentKind.UNMARK_DEAD: "Take away the mark of a dead link",
}

CAUSES = {
    "dns-not-found": "the host name no longer exists",
    "dns-timeout": "the name server did not answer",
    "dns-failure": "the host name could not be looked up",
    "connect-refused": "the server refuses connections",
    "connect-timeout": "the server does not pick up",
    "connect-reset": "the connection was cut",
    "timeout": "no answer in time",
    "not-found": "page not found",
    "challenge": "a bot check stands in front",
    "robots-txt": "robots.txt keeps this program out",
    "private-address": "the name leads into a private network",
    "too-many-redirects": "redirects without end",
}

_SAID = frozenset({"not-found", "gone", "parked", "error-page"})
"""Causes that the outcome's own words say already; "http-503" is said by the status."""

_MARKS = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
_KEPT_FORMATS = {"\u200c", "\u200d", "\u00ad"}  # joiners that Persian, Indic scripts and emoji need


def plain(text: str, limit: int | None = None) -> str:
    """Return one line without control, bidirectional or other invisible steering characters.

    Tabs and newlines become spaces, the rest U+FFFD: hostile titles must not move a cursor, colour a
    terminal or turn the reading direction. Longer than `limit` characters ends in an ellipsis.
    """
    if limit is not None and len(text) > limit:
        text = text[: max(limit - 1, 0)].rstrip() + "…"
    if text.isprintable():  # to Unicode: nothing of the kinds below, in any script
        return text
    return "".join([char if char.isprintable() else _safe(char) for char in text])


def _safe(char: str) -> str:
    if char in "\t\n\r\v\f\x85\u2028\u2029":
        return " "
    steers = unicodedata.category(char) in _MARKS and char not in _KEPT_FORMATS
    # U+xxFFFE and U+xxFFFF are no characters, and XML forbids the first two.
    return "\ufffd" if steers or ord(char) & 0xFFFE == 0xFFFE else char


def lines(text: str, limit: int | None = None) -> str:
    """Return text with its line breaks kept and every other control character neutralised."""
    if limit is not None and len(text) > limit:
        text = text[: max(limit - 1, 0)] + "…"
    return text if text.isprintable() else "\n".join(map(plain, text.splitlines()))


_BLANK_OR_CONTROL = re.compile(r"[\x00-\x20\x7f]")
_WEB_ADDRESS = re.compile(r"https?://[A-Za-z0-9.-]+(?::[0-9]+)?(?:[/?#][^\x00-\x20\x7f]*)?", re.IGNORECASE)
"""A web address as nearly all are written: whoever splits it finds its scheme and a host."""


def link(url: str | None) -> str | None:
    """Return a URL that may stand in an `href`, or None: only http and https lead anywhere."""
    if not url or len(url) > 4000:
        return None
    if _WEB_ADDRESS.fullmatch(url):
        return url
    if _BLANK_OR_CONTROL.search(url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme.lower() in ("http", "https") and parts.netloc else None


@lru_cache(maxsize=4096)
def age(iso: str | None, today: dt.date) -> str | None:
    """Return how long ago an ISO date of any precision was, "9 years ago"; None for None."""
    last = last_day(iso)
    if last is None or iso is None:
        return None
    if iso.count("-") < 2 and today < last:
        # A month or year still running is not the future.
        precision = (Precision.YEAR, Precision.MONTH)[iso.count("-")]
        if iso == today.isoformat()[: len(iso)]:
            return f"this {precision.value}"
    days = (today - last).days
    if days < 0:
        return "in the future"
    if days == 0:
        return "today"
    return f"{elapsed(last, today)} ago"


RECHECKS: Mapping[Recheck, str] = {
    Recheck.LOCAL: "it stands on this machine, where a look costs nothing",
    Recheck.UNASKED: "it was not asked, so it is due",
    Recheck.OUR_LIMIT: "this program cannot speak with it; another version may",
    Recheck.RATE_LIMITED: "it asked for a pause",
    Recheck.UNREQUESTABLE: "its address cannot be asked for; the document may change",
    Recheck.FAILING: "it fails, and only failures on several days are a death",
    Recheck.DEAD: "dead links come back, the longer gone the more seldom",
    Recheck.BLOCKED: "it refuses programs, and seldom changes its mind",
    Recheck.CHANGES: "by how often it has changed",
    Recheck.LIVING: "a living link whose rate of change is not known yet",
}
"""Why a source is asked again when it is."""


def instant(moment: dt.datetime) -> str:
    """Return "21 November 2026, 18:35 UTC"."""
    moment = moment.astimezone(dt.UTC)
    return f"{day(moment)}, {moment.hour:02}:{moment.minute:02} UTC"


def cause(observation: Observation) -> str | None:
    """Return why, in words; None where the observation names no cause."""
    name = observation.cause
    if name is None or name == f"http-{observation.http_status}":
        return None
    return CAUSES.get(name, plain(name.replace("-", " "), 80))


def outcome(assessment: Assessment) -> str:
    """Return what the last observation amounts to, with its cause and status: one clause."""
    observation = assessment.observation
    if assessment.citation.url is None:
        reason = plain(assessment.citation.unlocated_reason or "", 200)
        return f"no address: {reason}" if reason else "no address could be found in the document"
    if observation is None:
        return OUTCOMES[Outcome.UNCHECKED]
    if is_local(assessment.citation.url):
        return "the file is there" if observation.outcome.readable else "looked for on disk"
    details = []
    words = OUTCOMES[observation.outcome]
    if not observation.outcome.readable:
        if observation.http_status is not None:
            details.append(f"HTTP {observation.http_status}")
        if (why := cause(observation)) and observation.cause not in _SAID and why not in words:
            details.append(why)
    return f"{words} ({', '.join(details)})" if details else words


def heading(assessment: Assessment) -> str:
    """Return what a finding is headlined as: its status, but a failure that is not yet proven as itself."""
    status, what = assessment.finding.status, assessment.observation
    if is_local(assessment.citation.url or ""):
        return LOCAL.get(assessment.finding.rule.partition("/")[2], OUTCOMES[Outcome.UNCHECKED].capitalize())
    waits = status in (AccessDateStatus.UNCONFIRMED, AccessDateStatus.DUE, AccessDateStatus.PENDING)
    if what is None or not waits:
        return STATUSES[status]
    if assessment.history.state is LinkState.DEAD:
        return "Dead, archives could not tell"
    return FAILURES.get(what.outcome, STATUSES[status])


def history(judged: LinkHistory) -> str | None:
    """Return the link state in words where it adds to the outcome: failing n of m, dead since."""
    if judged.state is LinkState.SUSPECT:
        return f"failing, {judged.strikes_of} strikes"
    if judged.state is LinkState.DEAD:
        return dead_since(judged)
    if judged.state is LinkState.BLOCKED and judged.since is not None:
        return f"blocked since {day(judged.since)}"
    return None


def dead_since(judged: LinkHistory) -> str:
    """Return when the link died as narrowly as it is known."""
    last_good, first_bad = judged.dead_between or (None, None)
    if last_good and first_bad:
        return f"died between {day(last_good)} and {day(first_bad)}"
    if first_bad:
        return f"dead by {day(first_bad)}"
    if last_good:
        return f"dead some time after {day(last_good)}"
    return f"dead since {day(judged.since)}" if judged.since else "dead"


def capture(line: Capture) -> str:
    """Return where a capture stands and why: "refused (refused for now: too-many-requests)"."""
    why = ": ".join(
        filter(None, (REFUSALS[line.refusal] if line.refusal else "", plain(line.reason or "", 200)))
    )
    return f"{line.state} ({why})" if why else str(line.state)
