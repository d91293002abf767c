"""Failures served with a success status: maintenance, databases, programs, quotas, an archive's own."""

from dataclasses import dataclass
from functools import lru_cache

from monitor.model.observation import Evidence
from monitor.model.page import PageText
from monitor.page.fold import fold, tokens
from monitor.page.signs.failure_marks import FAILURES, SCRIPT_ERROR
from monitor.page.signs.soft404 import names_itself
from monitor.patterns import lazy

TITLED_WORDS = 80
ALONE_WORDS = 70
BROKEN_WORDS = 150
MAX_TITLE_CHARS = 200
FIRST_LINES = 6
FIRST_CHARS = 1500

_SEGMENT = lazy(r"\s+[|*~/<>-]+\s+|\s*[|>]+\s*")
_NOISE = frozenset(
    {"error", "errors", "http", "https", "status", "code", "sorry", "oops", "500", "502", "503", "504", "508",
     "509", "520", "521", "522", "523"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Failure:
    """What failed ("maintenance", "database", "server-error", "quota", "archive-error"), and what says so."""

    cause: str
    evidence: Evidence


@lru_cache(maxsize=1)
def _phrases() -> dict[str, str]:
    found = {_key(fold(phrase)): cause for cause, text in FAILURES for phrase in text.split(";")}
    return {key: cause for key, cause in found.items() if key}


def _key(text: str) -> str:
    return " ".join(tokens(text))


def failure_page(page: PageText) -> Failure | None:
    """Tell whether a page is the word of a server, a program or an archive that failed.

    A page with a date or an address of its own is an article, whatever it is about.

    Only pages that say little else: a phrase as a whole title or heading, or as the beginning of one
    of the first lines of a page of a few dozen words.
    """
    words = page.words
    if words > BROKEN_WORDS:
        return None
    head = fold(page.visible[:FIRST_CHARS])
    if match := SCRIPT_ERROR.match(head):
        return Failure("server-error", Evidence("phrase", f'a program failed: "{match[0][:100]}"'))
    if words <= TITLED_WORDS and page.published is None and not names_itself(page.canonical):
        for text in (page.title, *page.headings[:2]):
            if text and len(text) <= MAX_TITLE_CHARS and (cause := _named(fold(text))):
                return Failure(cause, Evidence("title", f'the title is a failure message: "{text[:100]}"'))
    if words <= ALONE_WORDS:
        for line in page.visible.split("\n")[:FIRST_LINES]:
            if cause := _begins(fold(line[:FIRST_CHARS])):
                return Failure(cause, Evidence("phrase", f'a short page says: "{line[:100]}"'))
    return None


def _named(title: str) -> str | None:
    """Return what a title, or one of its outer segments, names as having failed."""
    parts = _SEGMENT.split(title)
    # "Example: database error" names the site first; "Under maintenance: the film" is a work's name.
    for segment in (title, parts[0], parts[-1], title.rpartition(": ")[2]):
        words = tokens(segment)
        bare = [word for word in words if word not in _NOISE]
        for key in (" ".join(words), " ".join(bare)):
            if key and (cause := _phrases().get(key)):
                return cause
    return None


def _begins(line: str) -> str | None:
    """Return what a line begins by saying has failed, up to the end of a sentence or a clause."""
    words = tokens(line)
    if len(words) <= 2:
        return _phrases().get(" ".join(words))
    for count in range(min(len(words), 24), 2, -1):
        if cause := _phrases().get(" ".join(words[:count])):
            return cause
    return None
