"""Bot walls, challenges, login, consent, region blocks and paywalls: what stands between us and the page.

Headers first, at any status (Cloudflare sets `cf-mitigated: challenge` on 403, 503, 429 alike); body
marks second, only such as no living page shows, and only on short pages (docs/design.md#wall-marks).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from monitor.model.observation import Evidence
from monitor.model.page import PageText, weight
from monitor.model.urls import host_key
from monitor.page.fold import fold, fold_page
from monitor.page.signs.consent_marks import CONSENT_KEYS, CONSENT_PHRASES, CONSENT_WORDS, REGION_PHRASES
from monitor.page.signs.keys import BodyKeys, TextKeys
from monitor.page.signs.wall_marks import (
    BODY_MARKS,
    CERTAIN_TITLES,
    CONSENT_HOSTS,
    CONSENT_TITLES,
    HEADER_MARKS,
    LOGIN_HOSTS,
    LOGIN_PATH,
    LOGIN_TITLES,
    LOGIN_WORDS,
    PAYWALL_KEYS,
    PAYWALL_PHRASES,
    REFUSALS,
    TITLES,
    WALL_SENTENCES,
)
from monitor.patterns import lazy

SHORT_WORDS = 300
FORM_WORDS = 200
FORMLESS_WORDS = 100
BARE_WORDS = 80
PAYWALLED_WORDS = 300
ASKING_WORDS = 400
REGION_WORDS = 120
OWN_WORDS = 30
SCAN_BYTES = 300_000

_KEYED = tuple((key, mark) for mark in BODY_MARKS for key in mark.keys)
_BODY_KEYS = BodyKeys(key for key, _ in _KEYED)
_CONSENT_KEYS = TextKeys(CONSENT_KEYS)
_PAYWALL_KEYS = TextKeys(PAYWALL_KEYS)
_PASSWORD = lazy(rb"<input\b[^<>]{0,500}?\btype\s{0,5}=\s{0,5}[\"']?password\b", re.IGNORECASE)
_NOT_FREE = lazy(
    rb"\"isAccessibleForFree\"\s{0,20}:\s{0,20}\"?(?:https?://schema\.org/)?false", re.IGNORECASE
)
_TIER = lazy(
    rb"<meta\b[^<>]{0,200}?article:content_tier[^<>]{0,100}?content\s{0,5}=\s{0,5}[\"'](?:locked|metered)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Wall:
    """What stands in the way: cause "challenge", "bot-wall", "login", "consent", "region" or "paywall"."""

    cause: str
    vendor: str | None
    evidence: Evidence


def find_wall(
    status: int,
    headers: Sequence[tuple[str, str]],
    page: PageText | None,
    body: bytes,
    final_url: str,
    requested_url: str,
) -> Wall | None:
    """Return the wall an answer is, or None for the page itself (or for a plain refusal).

    `headers` have lower-case names. A full page with a success status is never a wall on the
    strength of a header that only says which service guards it.
    """
    names: dict[str, str] = {}
    for name, value in headers:
        key = name.lower()
        names[key] = f"{names[key]}, {value}" if key in names else value
    words = page.words if page is not None else 0
    ok = 200 <= status < 300
    if (found := _by_header(status, names, full=ok and words > SHORT_WORDS)) is not None:
        return found
    head = body[:SCAN_BYTES]
    if words <= SHORT_WORDS and (found := _by_body(status, page, head, words)) is not None:
        return found
    if (found := _by_address(final_url, requested_url, words)) is not None:
        return found
    if not ok or page is None:
        return None
    # Who cites a login page finds a login page.
    cites_login = LOGIN_PATH.search(requested_url) is not None
    return _by_page(page, head, words, login=not cites_login)


def _by_header(status: int, headers: dict[str, str], *, full: bool) -> Wall | None:
    for mark in HEADER_MARKS:
        if mark.statuses and status not in mark.statuses:
            continue
        value = headers.get(mark.header)
        if value is None or not mark.value.search(value[:2000]) or (full and not mark.certain):
            continue
        return Wall(mark.cause, mark.vendor, Evidence("header", f"{mark.header}: {value[:100]}"))
    if status == 999:
        return Wall("bot-wall", "LinkedIn", Evidence("status", "999"))
    return None


def _by_body(status: int, page: PageText | None, body: bytes, words: int) -> Wall | None:
    """Look for marks. A 404 or 500 is what it says, whatever script its guard put in."""
    refused = status in REFUSALS or status == 202
    ok = 200 <= status < 300
    held = _BODY_KEYS.held_in(body.lower())
    for key, mark in _KEYED if held else ():
        if key not in held or not (mark.certain or refused or (ok and words <= mark.max_words)):
            continue
        if match := mark.pattern.search(body):
            return Wall(mark.cause, mark.vendor, Evidence("mark", match[0][:100].decode("latin-1")))
    title = fold(page.title or "") if page is not None else ""
    titles = (*CERTAIN_TITLES, *(TITLES if refused or (ok and words <= BARE_WORDS) else ()))
    for pattern, cause, vendor in titles:
        if pattern.fullmatch(title):
            return Wall(cause, vendor, Evidence("title", title[:100]))
    return None


def _by_address(final_url: str, requested_url: str, words: int) -> Wall | None:
    """Judge where redirects ended, if that is not where we asked to go."""
    try:
        final, asked = urlsplit(final_url), urlsplit(requested_url)
        host = (final.hostname or "").lower()
    except ValueError:
        return None
    if (host_key(final_url), final.path) == (host_key(requested_url), asked.path):
        return None
    if CONSENT_HOSTS.search(host):
        return Wall("consent", None, Evidence("redirect", f"sent to a consent page: {host}"))
    if words > 2 * SHORT_WORDS:
        return None
    if LOGIN_HOSTS.search(host) and not LOGIN_HOSTS.search((asked.hostname or "").lower()):
        return Wall("login", None, Evidence("redirect", f"sent to a login page: {host}"))
    if LOGIN_PATH.search(final.path) and not LOGIN_PATH.search(asked.path):
        return Wall("login", None, Evidence("redirect", f"sent to a login page: {final.path[:100]}"))
    return None


def _by_page(page: PageText, body: bytes, words: int, *, login: bool) -> Wall | None:
    if words > ASKING_WORDS:
        return None
    return (
        _by_title(page, body, words, login=login)
        or _turned_away(page, words)
        or _by_sentence(page, words, login=login)
        or _asks_consent(page)
        or _by_payment(page, body, words)
    )


def _by_title(page: PageText, body: bytes, words: int, *, login: bool) -> Wall | None:
    if words > FORM_WORDS:
        return None
    titles = [fold(text) for text in (page.title, *page.headings[:2]) if text]
    if login and any(LOGIN_WORDS.search(title) for title in titles) and _PASSWORD.search(body):
        return Wall("login", None, Evidence("form", f"a password form and {words} words"))
    formless = words <= FORMLESS_WORDS or _PASSWORD.search(body) is not None
    if login and formless and any(LOGIN_TITLES.fullmatch(title) for title in titles):
        return Wall("login", None, Evidence("title", titles[0][:100]))
    named = next((title for title in titles if CONSENT_TITLES.fullmatch(title)), None)
    # A banner has a heading too, above an article that is there.
    if named is not None and (named == fold(page.title or "") or _own_words(page) <= OWN_WORDS):
        return Wall("consent", None, Evidence("title", named[:100]))
    return None


def _turned_away(page: PageText, words: int) -> Wall | None:
    """Find the page that a country or a court may not see; in a title only where it is all that is said."""
    if words > REGION_WORDS:
        return None
    text = fold_page(page.visible).text
    if words <= BARE_WORDS:
        text = f"{fold(page.title or '')} {text}"
    for phrase in _listed(REGION_PHRASES):
        if phrase in text:
            return Wall("region", None, Evidence("phrase", phrase))
    return None


def _by_sentence(page: PageText, words: int, *, login: bool) -> Wall | None:
    if words > BARE_WORDS:
        return None
    text = fold_page(page.visible).text
    for sentence, cause in WALL_SENTENCES:
        if sentence in text and (login or cause != "login"):
            return Wall(cause, None, Evidence("phrase", sentence))
    return None


def _asks_consent(page: PageText) -> Wall | None:
    """Find the page that only asks for consent or money: two of its phrases, and hardly a line else."""
    text = fold_page(page.visible).text
    if not _CONSENT_KEYS.any_in(text):
        return None
    said = [phrase for phrase in _listed(CONSENT_PHRASES) if phrase in text]
    if len(said) < 2:
        return None
    if _own_words(page) > OWN_WORDS:
        return None
    return Wall("consent", None, Evidence("phrase", "; ".join(said[:2])))


def _own_words(page: PageText) -> int:
    """Return how many words stand in lines that have nothing to do with consent."""
    return sum(weight(line) for line in page.visible.split("\n") if not CONSENT_WORDS.search(fold(line)))


def _by_payment(page: PageText, body: bytes, words: int) -> Wall | None:
    if words > PAYWALLED_WORDS or len(page.extra.split()) >= PAYWALLED_WORDS:
        return None
    metered = b"ccessible" in body or b"content_tier" in body
    if metered and (_NOT_FREE.search(body) or _TIER.search(body)):
        return Wall("paywall", None, Evidence("metadata", f"not accessible for free, {words} words shown"))
    text = fold_page(page.visible).text
    if not _PAYWALL_KEYS.any_in(text):
        return None
    for phrase in PAYWALL_PHRASES:
        if phrase in text:
            return Wall("paywall", None, Evidence("phrase", phrase))
    return None


@lru_cache(maxsize=4)
def _listed(phrases: str) -> tuple[str, ...]:
    return tuple(fold(phrase) for phrase in phrases.split(";") if phrase.strip())
