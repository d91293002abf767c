"""Error pages served with a success status: by what they call themselves, or by their address."""

import re
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from monitor.model.observation import Evidence
from monitor.model.page import PageText, weight
from monitor.page.fold import fold, tokens
from monitor.page.signs.error_phrases import ENGLISH, ENGLISH_WORDS, ERROR_WORDS, NOISE, REGRET
from monitor.page.signs.not_found_phrases import NOT_FOUND
from monitor.patterns import lazy

LONG_MAIN_WORDS = 400
LONG_CHARS = 16_000
"""More than 400 words, whatever the script: a text is not counted further."""
TELLING_CHARS = 3_600
"""As many words in most languages: nearly all long texts are known by their beginning."""
SHORT_WORDS = 200
BARE_NUMBER_WORDS = 120
SENTENCE_WORDS = 150
ALONE_WORDS = 60
MAX_TITLE_CHARS = 300

_STRONG = lazy(r"\s+[|\-*~/<>\\:]+\s+|\s*[|>]+\s*|(?<=\w)-\s+|\s+-(?=\w)|\"-\"")
_PARTED = lazy(r"[|*~/<>\\:-]")
"""One of these stands wherever a text has segments."""
_WEAK = lazy(r"[:,.]\s+|[!?()。、]\s*|(?<=[\u3040-\u9fff])[,.:]\s*")
_SENTENCE_END = lazy(r"(?<=[.!?。！])\s")
# A bare 404 may be the number of a living page ("/posts/404"): only at the root, or as a file.
_URL_WORD = lazy(
    r"^(?:/[a-z]{2}(?:[-_][a-z]{2})?)?/404/?$|/404\.[a-z]{3,5}$|"
    r"/(?:not-?_?found|page-?_?not-?_?found|file-?_?not-?_?found|error-?_?404|404-?_?error|404-?_?not-?_?found|http404|"
    r"errors?/404|404-?_?page|page-?_?404|page-?_?missing|seite-nicht-gefunden|page-introuvable|pagina-no-encontrada|"
    r"pagina-non-trovata|pagina-niet-gevonden|pagina-nao-encontrada)(?:\.[a-z]{3,5})?/?$",
    re.IGNORECASE,
)
_ERROR_QUERY = lazy(
    r"(?:^|&)(?:(?:error|err|code|status|e|errorcode|statuscode|httpcode)=(?:404|410|not-?_?found|page-?_?not-?_?found)|"
    r"404;|aspxerrorpath=|notfound=(?:1|true)|404=)",
    re.IGNORECASE,
)


@lru_cache(maxsize=1)
def _phrases() -> frozenset[str]:
    return frozenset(_key(fold(phrase)) for phrases in NOT_FOUND.values() for phrase in phrases.split(";"))


@lru_cache(maxsize=1)
def _vocabulary() -> frozenset[str]:
    """Return the words of all phrases, of English error sentences and of what stands around them.

    What stands around them may be spaced out ("4 0 4"), so all stretches of it are words.
    """
    known = {word for phrase in _phrases() for word in phrase.split(" ")}
    for one in NOISE:
        known.update([one[start:end] for end in range(1, len(one) + 1) for start in range(end)])
    return frozenset(known | ENGLISH_WORDS)


def _is_phrase(words: str) -> bool:
    return words in _phrases() or (len(words) <= 200 and bool(ENGLISH.fullmatch(words)))


def _key(text: str) -> str:
    return " ".join(tokens(text))


def error_page(page: PageText) -> Evidence | None:
    """Tell whether a page calls itself an error page, in its title, first headings or one sentence.

    A phrase must be a whole title segment or heading. A long text, or one that names its own
    address as canonical, is an article about error pages, not one of them.
    """
    text = page.main or page.visible
    if len(text) > TELLING_CHARS and weight(text[:TELLING_CHARS]) > LONG_MAIN_WORDS:
        return None
    words = page.words if text == page.visible else weight(text[:LONG_CHARS])
    if words > LONG_MAIN_WORDS or (words > SHORT_WORDS and names_itself(page.canonical)):
        return None
    if page.title and (phrase := _calls_itself(page.title, words)):
        heading = next((h for h in page.headings[:1]), None)
        if heading is None or _calls_itself(heading, words) or words <= SHORT_WORDS:
            return Evidence("title", f'the title is an error message: "{_shown(phrase)}"')
    for heading in page.headings[:3]:
        if words <= SHORT_WORDS and (phrase := _calls_itself(heading, words)):
            return Evidence("heading", f'a heading is an error message: "{_shown(phrase)}"')
    if page.words <= SENTENCE_WORDS:
        for line in page.visible.split("\n")[:40]:
            first, *more = _SENTENCE_END.split(line, maxsplit=2)
            # "Sorry! …": the second sentence says of what.
            sentence = f"{first} {more[0]}" if more and len(first.split()) <= 2 else first
            alone = page.words <= ALONE_WORDS
            if len(sentence) <= MAX_TITLE_CHARS and _is_error(fold(sentence), bare_number=alone):
                return Evidence("phrase", f'a short page says: "{_shown(sentence)}"')
    return None


def _shown(text: str) -> str:
    return text if len(text) <= 100 else text[:99] + "…"


def names_itself(canonical: str | None) -> bool:
    """Tell whether a page names an address of its own, deeper than its site's root."""
    if not canonical:
        return False
    try:
        path = urlsplit(canonical).path
    except ValueError:
        return False
    return path.strip("/") != "" and url_says_missing(canonical) is None


def _calls_itself(text: str, words: int) -> str | None:
    """Return the text if it, or one of its strong segments, is an error phrase."""
    if len(text) > MAX_TITLE_CHARS:
        return None
    folded = fold(text).replace("!!1", "!")  # one very large site's joke
    bare_number = words <= BARE_NUMBER_WORDS
    if _is_error(folded, bare_number=bare_number):
        return text
    if not _PARTED.search(folded):
        return None
    segments = [segment for segment in _STRONG.split(folded) if segment.strip()]
    if 1 < len(segments) <= 5 and any(
        _is_error(s, bare_number=bare_number) for s in (segments[0], segments[-1])
    ):
        return text
    # "Example: page not found" names the site first; "Page not found: the film" is a work's name.
    head, colon, tail = folded.partition(": ")
    if colon and len(tokens(head)) <= 4 and _is_error(tail, bare_number=False):
        return text
    return None


def _is_error(text: str, *, bare_number: bool) -> bool:
    if regret := REGRET.match(text):
        text = text[regret.end() :] or text
    words = tokens(text) if text.isascii() else [_western(word) for word in tokens(text)]
    # Whatever is an error page's word for word has no other words than theirs: most titles end here.
    if not words or len(words) > 60 or not _vocabulary().issuperset(words):
        return False
    if _is_phrase(" ".join(words)):
        return True
    kept = [word for word in words if word not in NOISE]
    if not kept:
        number = "404" in words or "410" in words
        named = any(word in ERROR_WORDS for word in words)
        return number and (named or bare_number)
    if _is_phrase(" ".join(kept)) or _is_phrase(_stripped(words)):
        return True
    parts = [part for part in _WEAK.split(text) if tokens(part)]
    return len(parts) > 1 and all(_is_plain_error(part) for part in parts)


def _western(word: str) -> str:
    """Return a number in Western digits: Persian and Arabic error pages say ۴۰۴."""
    return str(int(word)) if word.isdecimal() and not word.isascii() else word


def _is_plain_error(part: str) -> bool:
    words = tokens(part)
    if all(word in NOISE for word in words) or "".join(words) in NOISE:
        return True
    return _is_phrase(" ".join(words)) or _is_phrase(_stripped(words))


def _stripped(words: list[str]) -> str:
    """Drop noise at both ends only: some of it is part of phrases ("the", "this")."""
    first, last = 0, len(words)
    while first < last and words[first] in NOISE and " ".join(words[first:last]) not in _phrases():
        first += 1
    while last > first and words[last - 1] in NOISE:
        last -= 1
    return " ".join(words[first:last])


def url_says_missing(url: str) -> Evidence | None:
    """Tell whether an address (of a redirect's end) says "not found": `/404.html`, `?error=404`."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    path = unquote(parts.path)[-300:]
    if _URL_WORD.search(path) or _ERROR_QUERY.search(parts.query[:2000]):
        return Evidence("url", f"the final address says not found: {url[:300]}")
    return None
