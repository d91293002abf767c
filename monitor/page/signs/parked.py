"""Parked, for-sale, expired and usurped domains, by full phrases and technical signatures.

Bare words are unusable: of 1,171 living pages 8 say "parked" and 18 "for sale" (docs/design.md#parked-words).
"""

from collections.abc import Sequence
from functools import lru_cache

from monitor.model.observation import Evidence
from monitor.model.page import PageText, weight
from monitor.page.fold import fold, fold_page, tokens
from monitor.page.signs.keys import BodyKeys, TextKeys
from monitor.page.signs.parking_marks import (
    EXPIRED,
    FOR_SALE,
    GAMBLING,
    GAMBLING_HOST,
    LOADED,
    MARKS,
    OFFER_AFTER,
    OFFER_AFTER_SHORT,
    OFFER_BEFORE,
    PARKING_HOSTS,
    PARKING_NAMES,
    PARKING_PREFIX,
    PHRASE_KEYS,
)
from monitor.patterns import lazy

SHORT_WORDS = 350
TINY_WORDS = 40
BARE_WORDS = 80
FEW_WORDS = 150
SENTENCE_WORDS = 30
HEADING_MORE_WORDS = 3
PROSE_LINE_WORDS = 12
PROSE_WORDS = 50
FIRST_LINES = 2
HEAD_BYTES = 200_000
GAMBLING_TERMS = 4
GAMBLING_DENSITY = 0.02


_NAMES = tuple(name.encode() for name in PARKING_NAMES)
_KEYED = tuple((key, mark) for mark in MARKS for key in mark.keys)
_BODY_KEYS = BodyKeys(key for key, _ in _KEYED)
_PHRASE_KEYS = TextKeys(PHRASE_KEYS)
_HOST = lazy(rb"//([a-z0-9.-]{3,100})")
_PHRASES = tuple(
    (kind, phrase) for kind, phrases in (("for sale", FOR_SALE), ("expired", EXPIRED)) for phrase in phrases
)


def parked(page: PageText, body: bytes, hosts: Sequence[str]) -> Evidence | None:
    """Tell whether a page is a parking, for-sale, expiry or gambling page in place of a site.

    `hosts` are the hosts asked and reached, in order. Signatures count on pages with hardly any
    text of their own; phrases only whole, best around the domain's own name.
    """
    hosts = [host.lower().rstrip(".") for host in hosts if host]
    words = page.words
    if (found := _by_host(hosts, words)) is not None:
        return found
    head = "\n".join(fold(part) for part in (page.title, *page.headings[:5]) if part)
    if (found := _offer_of_the_domain(page, head, hosts, words)) is not None:
        return found
    if words <= SHORT_WORDS:
        if (found := _signature(body, hosts)) is not None:
            return found
        if (found := _phrase(page, head, words)) is not None:
            return found
    return _gambling(page, hosts)


def _by_host(hosts: list[str], words: int) -> Evidence | None:
    """Judge by the host reached, unless a parking service itself was asked."""
    asked = hosts[0] if hosts else ""
    if PARKING_HOSTS.search(asked):
        return None
    for host in hosts[1:]:
        prefixed = host != asked and words <= TINY_WORDS and PARKING_PREFIX.match(host)
        if PARKING_HOSTS.search(host) or prefixed:
            return Evidence("redirect", f"redirected to a parking host: {host}")
    return None


def _offer_of_the_domain(page: PageText, head: str, hosts: list[str], words: int) -> Evidence | None:
    """Find "example.com is for sale" and its like, with the domain's own name."""
    text = head if words > SHORT_WORDS else head + "\n" + fold_page(page.visible).text[:20_000]
    for host in dict.fromkeys(hosts):
        name = host.removeprefix("www.")
        if name.startswith("ww") and name[2:3].isdigit():
            name = name.partition(".")[2]
        at = text.find(name)
        tries = 0
        while name.count(".") and at >= 0 and tries < 50:
            after = text[at + len(name) : at + len(name) + 80]
            before = text[max(0, at - 60) : at]
            if (
                OFFER_AFTER.match(after)
                or OFFER_BEFORE.search(before)
                or (words <= BARE_WORDS and OFFER_AFTER_SHORT.match(after))
            ):
                return Evidence(
                    "phrase", f'offers the domain: "{text[max(0, at - 30) : at + len(name) + 40].strip()}"'
                )
            at = text.find(name, at + 1)
            tries += 1
    return None


def _signature(body: bytes, hosts: list[str]) -> Evidence | None:
    if any(PARKING_HOSTS.search(host) for host in hosts[:1]):
        return None
    low = body[:HEAD_BYTES].lower()
    held = _BODY_KEYS.held_in(low)
    likely = [mark for key, mark in _KEYED if key in held] if held else []
    loads = any(host.endswith(_NAMES) for host in set(_HOST.findall(low)))
    if not likely and not loads:
        return None
    head = body[:HEAD_BYTES].decode("latin-1")
    for match in LOADED.finditer(head) if loads else ():
        host = match[1].lower()
        if PARKING_HOSTS.search(host):
            return Evidence("signature", f"loads a parking service: {host}")
    for mark in likely:
        if mark.pattern.search(head):
            return Evidence("signature", f"mark of a parking page: {mark.name}")
    return None


def _phrase(page: PageText, head: str, words: int) -> Evidence | None:
    whole = f"{head}\n{fold_page(page.visible).text}" if words <= FEW_WORDS else head
    if not _PHRASE_KEYS.any_in(whole):
        return None
    held = [(kind, phrase) for kind, phrase in _PHRASES if phrase in whole]
    if not held:
        return None
    lines = head.split("\n")
    visible = [fold(line) for line in page.visible.split("\n")]
    telling = words > TINY_WORDS and _tells(visible)
    if words <= FEW_WORDS:
        # Behind a text of its own a page quotes; the offer of a domain comes first.
        lines += visible[:FIRST_LINES] if telling else visible
    for kind, phrase in held:
        if any(_says(line, phrase, telling=telling) for line in lines):
            return Evidence("phrase", f'domain {kind}: "{phrase}"')
    return None


def _tells(lines: Sequence[str]) -> bool:
    """Tell whether a page has a text of its own: sentences rather than links and buttons."""
    return sum(spoken for line in lines if (spoken := weight(line)) >= PROSE_LINE_WORDS) >= PROSE_WORDS


def _says(line: str, phrase: str, *, telling: bool) -> bool:
    """Tell whether a line says the phrase of its own domain, or tells a story in which it occurs.

    In a paragraph the phrase has to begin a sentence; in quotation marks it is somebody else's; on a
    page with a text of its own it has to stand alone.
    """
    spoken = weight(line)
    alone = spoken <= weight(phrase) + HEADING_MORE_WORDS
    at = line.find(phrase)
    while at >= 0:
        before, after = line[:at].rstrip(), line[at + len(phrase) :].lstrip("\"'")
        begins = not before or before[-1] in ".!?|*-。！？"
        stands = alone or (not before and after[:1] in ".!。！") or not telling
        if stands and not line[:at].endswith(('"', "'")) and (begins or spoken <= SENTENCE_WORDS):
            return True
        at = line.find(phrase, at + 1)
    return False


@lru_cache(maxsize=1)
def _terms() -> tuple[str, ...]:
    return tuple(GAMBLING.pattern.split("|"))


def _gambling(page: PageText, hosts: list[str]) -> Evidence | None:
    """Find a gambling page on a domain whose name promises none: title, headings and text agree."""
    if any(GAMBLING_HOST.search(host) for host in hosts):
        return None
    title = fold(page.title or "")
    # Plain searches first: the pattern is a list of terms.
    if len([term for term in _terms() if term in title]) < 2:
        return None
    heads = fold(" ".join(page.headings[:10]))
    in_title = {match[0] for match in GAMBLING.finditer(title)}
    in_heads = {match[0] for match in GAMBLING.finditer(heads)}
    if len(in_title) < 2 or len(in_title | in_heads) < GAMBLING_TERMS:
        return None
    text = fold(page.visible[:100_000])
    count = sum(1 for _ in GAMBLING.finditer(text))
    if count < GAMBLING_DENSITY * max(len(tokens(text)), 200):
        return None
    return Evidence("phrase", f'gambling page in place of the site: "{(page.title or "")[:80]}"')
