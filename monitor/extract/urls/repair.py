"""Mends one web address as written; every repair is recorded.

Escapes of TeX, Markdown and HTML, blanks and line ends, a missing or doubled scheme, redirect
wrappers, snapshots.
"""

import re
from collections.abc import Callable

from msgspec import Struct

from monitor.extract.urls.wrappers import may_be_snapshot, may_be_wrapper, read_snapshot, unwrap
from monitor.model.citation import SNAPSHOT_ORIGINAL, Repair
from monitor.patterns import lazy

Step = Callable[[str, str, str], str]
"""Records one repair (kind, before, after) and returns what came of it."""


class RepairedUrl(Struct, frozen=True, kw_only=True, gc=False):
    """An address after mending: `url` is the original to request, None when nothing is recoverable.

    `archive_url` is the snapshot the address was, `archived_at` its time as 4 to 14 digits (UTC).
    """

    url: str | None
    archive_url: str | None = None
    archived_at: str | None = None
    repairs: tuple[Repair, ...] = ()


TRAILING = lazy(r"[.,;:!?'*…\u200b\u00ad]+$|&(?:gt|quot|lt|nbsp|#\d+);?$|\\+$")
"""Punctuation after an address that is none of it."""
_QUOTED_END = lazy(r"='[^'\s]*'$")
"""A value in quotes at the end of an address belongs to it: "#search='reed'"."""
_CLOSERS = {")": "(", "]": "["}
_BRACKET = lazy(r"[()\[\]]")
SOUND = lazy(r"https?://[\w-][\w.-]*(?<![.])(?::\d{2,5})?(?:[/?#][\w./?=#%+~@-]*(?<![.?]))?", re.ASCII)
"""An address of letters, digits and the plainest signs: nothing in it can ask for mending or cutting."""


def balanced(raw: str) -> str:
    """Cut at the first closing bracket that nothing opened."""
    if not _BRACKET.search(raw):
        return raw
    depth = {"(": 0, "[": 0}
    for place, char in enumerate(raw):
        if char in depth:
            depth[char] += 1
        elif char in _CLOSERS:
            depth[_CLOSERS[char]] -= 1
            if depth[_CLOSERS[char]] < 0:
                return raw[: place - 1] if raw[place - 1 : place] == "\\" else raw[:place]
    # An opening bracket that stays open at the very end belongs to the text: "http://x.org/a(".
    return raw.rstrip("([")


_ENTITY = lazy(r"&(?:amp|#38|#x26);", re.IGNORECASE)
_TEX = (
    (
        lazy(r"\{\\textasciitilde\}|\\textasciitilde(?:\{\})?|\\~\{\}|\\string~|\{\\sim\}|\$\\sim\$|\u223c"),
        "~",
    ),
    (lazy(r"\{\\textunderscore\}|\\textunderscore(?:\{\})?"), "_"),
    (lazy(r"\\(?:allowbreak|linebreak|newline|penalty\d+|slash)(?:\{\}|\s)?"), ""),
    (lazy(r"\{\\([_%&#~$])\}"), r"\1"),
    (lazy(r"\\([\[\]_%&#~(){}*.!$+=?@,;:|<>^/-])"), r"\1"),
)
_TYPESET_HYPHEN = lazy("[\u2010\u2011]")
_BRACKETED_DOT = lazy(r"\[\.\]|\(dot\)|\[dot\]")
_INVISIBLE = lazy("[\u00ad\u200b-\u200f\u2060\ufeff\x00-\x08\x0e-\x1f\x7f]")
_REQUESTABLE = lazy(r"(?:https?|ftps?)://[^/?#\s]*[\w\]]", re.IGNORECASE)
_SCHEME = lazy(r"^(?P<s>h(?:tt?|xx|t)ps?|ttps?|ftps?)\s?(?P<c>[:;]?)\s?(?P<l>[/\\]{0,3})\s?", re.IGNORECASE)

_DOUBLED = lazy(r"(?:https?:/{1,2}){2,}", re.IGNORECASE)
_BARE = lazy(r"[\w.\\-]+\.[\w-]{2,}")
"""A host's name, and perhaps what follows it, without a scheme."""


def without_trailing(raw: str) -> str:
    """Return an address without the punctuation after it."""
    return raw if raw[-1:].isalnum() and "&" not in raw else TRAILING.sub("", raw)


def _text_end(url: str) -> str:
    return balanced(without_trailing(url)).rstrip(".,;")


def repair_url(raw: str, *, whole: bool = False) -> RepairedUrl:
    """Mend one address as written; `url` is None where no address can be recovered.

    `whole` says that signs, a link or a field enclose the address: whatever it ends in is part of it.
    """
    sound = SOUND.fullmatch(raw) is not None
    if sound and not may_be_wrapper(raw) and not may_be_snapshot(raw):
        return RepairedUrl(url=raw)
    repairs: list[Repair] = []

    def step(kind: str, before: str, after: str) -> str:
        if before != after:
            repairs.append(Repair(kind, before, after))
        return after

    url = raw if sound else _mended(raw, step, whole=whole)
    if url is None:
        return RepairedUrl(url=None, repairs=tuple(repairs))
    for _ in range(3):
        target = unwrap(url)
        if target is None:
            break
        url = step("redirect wrapper removed", url, target)
    archive_url = archived_at = None
    for _ in range(3):
        snapshot = read_snapshot(url)
        if snapshot is None:
            break
        archive_url, archived_at = archive_url or url, archived_at or snapshot.timestamp
        if snapshot.original is None or snapshot.original == url:
            break
        url = step(SNAPSHOT_ORIGINAL, url, snapshot.original)
    return RepairedUrl(url=url, archive_url=archive_url, archived_at=archived_at, repairs=tuple(repairs))


def _mended(raw: str, step: Step, *, whole: bool) -> str | None:
    if (url := schemed(raw)) is not None:
        return step("scheme added", raw, url)
    url = raw.strip().strip("<>").strip()
    if not url.isprintable():
        url = step("invisible characters removed", url, _INVISIBLE.sub("", url))
    if "&" in url:
        url = step("HTML escapes undone", url, _ENTITY.sub("&", url))
    if not url.isascii():
        url = step("typeset hyphens undone", url, _TYPESET_HYPHEN.sub("-", url))
    plain = url
    for pattern, replacement in _TEX if "\\" in url or "\u223c" in url else ():
        plain = pattern.sub(replacement, plain)
    url = step("escapes undone", url, plain)
    url = _without_blanks(url, step)
    url = step("brackets removed", url, _BRACKETED_DOT.sub(".", url))
    url = _with_scheme(url, step)
    if whole:
        url = step("trailing backslash removed", url, url.rstrip("\\"))
    elif _QUOTED_END.search(url) is None:
        url = step("trailing punctuation removed", url, _text_end(url))
    return url if _REQUESTABLE.match(url) else None


def schemed(raw: str) -> str | None:
    """Return a bare host and path of plain signs with a scheme, which is all it lacks; None for another address."""
    if "//" in raw or ":" in raw or "@" in raw or _BARE.match(raw) is None:
        return None
    url = f"http://{raw}"
    return url if SOUND.fullmatch(url) and _REQUESTABLE.match(url) else None


_LINE_END = lazy(r"[ \t\u00a0]*\r?\n[ \t\u00a0]*(?:(?://|[>#*%;]{1,2})[ \t]+)?")
_AROUND_END = lazy(r"\s*\n\s*")
_AFTER_SCHEME = lazy(r"^([a-z]+\s?:\s?/{1,3})\s+", re.IGNORECASE)
_WITHIN_HOST = lazy(r"^([a-z]+://[\w.-]*\.)[^\S\n]+(?=[\w.-]+/)", re.IGNORECASE)
_BESIDE_SIGN = lazy(r"(?<=[/=&?#_%-])\s+|\s+(?=[/=&?#_%-])")
_BLANK = lazy(r"\s+")
_FILE_END = lazy(r"\s[^\s/]*\.[A-Za-z]{3,5}$")


def _without_blanks(url: str, step: Step) -> str:
    if url.split() == [url]:
        return url
    joined = url
    if "\n" in url:
        joined = step("lines joined", url, _AROUND_END.sub("", _LINE_END.sub("\n", url)))
        if _BLANK.search(joined) is None:
            return joined
    closed = _AFTER_SCHEME.sub(r"\1", joined)
    closed = _WITHIN_HOST.sub(r"\1", closed)
    joined = step("blank removed", joined, _BESIDE_SIGN.sub("", closed))
    if _BLANK.search(joined):
        # A blank before a piece with a file ending stands in the file's name; any other cuts the address.
        if _FILE_END.search(joined) and "/" in joined.partition("://")[2]:
            return step("blank encoded", joined, _BLANK.sub("%20", joined))
        return step("blank removed", joined, _BLANK.sub("", joined))
    return joined


def _with_scheme(url: str, step: Step) -> str:
    match = _SCHEME.match(url)
    if match and (match["c"] or len(match["l"]) > 1):
        scheme = match["s"].lower().replace("xx", "tt")
        scheme = {"htp": "http", "htps": "https", "ttp": "http", "ttps": "https"}.get(scheme, scheme)
        written = match[0]
        proper = f"{scheme}://" if written.lower() != f"{scheme}://" else written
        url = step("scheme mended", url, proper + url[match.end() :]) if proper != written else url
        doubled = _DOUBLED.match(url)
        if doubled:
            last = re.findall(r"https?:/{1,2}", doubled[0], re.IGNORECASE)[-1]
            url = step("doubled scheme removed", url, last.rstrip("/") + "//" + url[doubled.end() :])
        return url
    if url.startswith("//"):
        return step("scheme added", url, f"http:{url}")
    if _BARE.match(url) and "@" not in url.partition("/")[0]:
        return step("scheme added", url, f"http://{url}")
    return url
