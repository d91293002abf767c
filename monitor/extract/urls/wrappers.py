"""Addresses that hold another address: snapshots of web archives, and redirect wrappers.

Pure string work; nothing is requested. Snapshot forms: Memento / Wayback path style
`<prefix>/<timestamp>[flags]/<original>` (RFC 7089 URI-M as the archives spell them), query style
(webcitation.org, wikiwix), Google's page cache.
"""

import re
from collections.abc import Mapping
from urllib.parse import parse_qs, unquote, urlsplit

from msgspec import Struct

from monitor.extract.urls.archive_hosts import archived_form
from monitor.patterns import lazy

_PATH_STYLE = lazy(
    r"^(?:https?:)?//(?:(?:www|web|wayback|liveweb|replay|vefsafn|swap|collection|webarchive|timetravel|"
    r"haw|arquivo|archive|archive-it|[\w.-]*archiv\w*|[\w.-]*\bwayback\w*)[\w.-]*|perma\.cc|archive\.(?:is|ph|li|md|fo|vn|today))"
    r"(?::\d+)?/(?:[\w.:-]+/){0,4}?(?P<when>\d{4,14}|\*)(?P<flags>(?:[a-z]{2}_|\*)?)/"
    r"(?P<original>(?:https?:/{1,2}|https?%3A(?:%2F%2F|//)|www\.|[\w-]+(?:\.[\w-]+)+/?).*)$",
    re.IGNORECASE,
)
# "http://www.x.org/news/1196/11965.html" and ".../20041206/tides.html" are no snapshots: a day or a short
# number needs a whole address after it, or the name of an archive before.
_SCHEMED = lazy(r"https?(?::|%3A)|www\.", re.IGNORECASE)
_ARCHIVE_HOST = lazy(r"^(?:https?:)?//[\w.-]*(?:archiv|wayback|perma\.cc)", re.IGNORECASE)
_FILE = lazy(
    r"[\w-]+\.(?:s?html?|php\d?|aspx?|jsp|cfm|cgi|do|pdf|xml|txt|docx?|jpe?g|png|gif)(?=[?#]|$)",
    re.IGNORECASE,
)
_SECONDS = 14
_DOTTED_PATH_STYLE = lazy(
    r"^https?://archive\.(?:is|ph|li|md|fo|vn|today)/(?P<when>\d{4}\.\d\d\.\d\d-\d{6})/(?P<original>https?:/{1,2}.+)$",
    re.IGNORECASE,
)
# "web.archive.org/web/http://x.org" leads to the newest snapshot, and "webarchive.nationalarchives.gov.uk/+/…";
# WARP of the Japanese National Diet Library has the number of a collection where others have a time.
_UNDATED = lazy(
    r"^https?://(?:(?:(?:web|wayback|www)\.)?archive\.org/(?:web/)?(?=https?:)|[\w.-]*archiv[\w.-]*/(?:\w+/)?\+/"
    r"|warp\.(?:da\.)?ndl\.go\.jp/info:ndljp/pid/\d+/(?=[\w-]+(?:\.[\w-]+)+/))(?P<original>\S+)$",
    re.IGNORECASE,
)
_OPAQUE = lazy(
    r"^https?://(?:perma\.cc/[\w-]{4,12}|"
    r"(?:www\.)?webcitation\.org/(?:(?!query)\w{6,12}|query\?id=\d+)|megalodon\.jp/|"
    r"ghostarchive\.org/v?archive/|(?:www\.)?freezepage\.com/\d{6,}[A-Z]+$)",
    re.IGNORECASE,
)
_UNDATED_NAMES = ("archive.org/", "/+/", "ndl.go.jp")
_OPAQUE_NAMES = ("perma.cc", "webcitation.org", "megalodon.jp", "ghostarchive.org", "freezepage.com")
"""What these two hold; few addresses that come to them do."""
_QUERY_ARCHIVES: Mapping[str, str] = {
    "webcitation.org": "url",
    "archive.wikiwix.com": "url",
    "archivebay.org": "url",
}

# What every snapshot's address has: an archive's name, or a timestamp before another address.
_ARCHIVE_NAMES = (
    "archiv", "wayback", "webcit", "wikiwix", "perma.cc", "megalodon", "freezepage", "usercontent", "nla.gov.au",
)  # fmt: skip
_TIMESTAMP = lazy(r"/\d{4,14}[a-z_*-]{0,3}/\S")
# A year in a path ("/2012/07/report.pdf") is none; without an archive's name only these are timestamps.
_OF_ADDRESS = lazy(r"/\d{4,14}[a-z_*-]{0,3}/(?:https?(?::|%3a)|www\.)|/\d{14}[a-z_*-]{0,3}/[\w-]+\.")
_NAMELESS_ARCHIVES = ("rhizome.org", "webrecorder.io", "digar.ee", "bibalex.org", "ndl.go.jp")

# What the address of each holds, its host and path, and the keys of the target in its query.
_WRAPPERS: tuple[tuple[str, re.Pattern[str], tuple[str, ...]], ...] = tuple(
    (mark, lazy(pattern, re.IGNORECASE), keys)
    for mark, pattern, keys in (
        ("google.", r"(?:www\.)?google\.[a-z.]{2,6}/url$", ("q", "url")),
        ("google.", r"(?:www\.)?google\.[a-z.]{2,6}/(?:imgres)$", ("imgrefurl",)),
        ("google.", r"translate\.google\.[a-z.]{2,6}/translate\w*$", ("u",)),
        ("facebook.com", r"(?:lm?|www|m)\.facebook\.com/(?:l|flx/warn)(?:\.php|/)?$", ("u",)),
        ("instagram.com", r"l\.instagram\.com/$", ("u",)),
        ("outlook.com", r"[\w-]+\.safelinks\.protection\.outlook\.com/.*$", ("url",)),
        ("youtube.com", r"(?:www\.)?youtube\.com/redirect$", ("q",)),
        ("linkedin.com", r"(?:www\.)?linkedin\.com/(?:redir/redirect|safety/go)/?$", ("url",)),
        ("vk.com", r"(?:www\.)?vk\.com/away\.php$", ("to",)),
        ("umblr.com", r"t\.umblr\.com/redirect$", ("z",)),
        ("reddit.com", r"out\.reddit\.com/.*$", ("url",)),
        ("slack-redir", r"slack-redir\.net/link$", ("url",)),
        ("duckduckgo.com", r"(?:www\.)?duckduckgo\.com/l/?$", ("uddg",)),
        ("steamcommunity.com", r"steamcommunity\.com/linkfilter/?$", ("url", "u")),
        ("bing.com", r"(?:www\.)?bing\.com/search/redirect$", ("u",)),
        ("zhihu.com", r"link\.zhihu\.com/?$", ("target",)),
        ("jianshu.com", r"(?:www\.)?jianshu\.com/go-wild$", ("url",)),
        ("csdn.net", r"link\.csdn\.net/?$", ("target",)),
        ("exit.sc", r"exit\.sc/?$", ("url",)),
        ("proxy", r"[\w.-]*proxy[\w.-]*/login$", ("url", "qurl")),
        ("oclc.org", r"[\w.-]+\.idm\.oclc\.org/login$", ("url", "qurl")),
        ("proofpoint.com", r"urldefense\.proofpoint\.com/v[12]/url$", ("u",)),
    )
)  # fmt: skip
_URLDEFENSE_3 = lazy(r"^https?://urldefense\.(?:com|us)/v3/__(?P<url>.+?)__;.*$", re.IGNORECASE)
_BARE_WRAPPER = lazy(r"^https?://(?:href\.li|anon\.to|nullrefer\.com|dereferer\.me)/\??(?P<url>https?://.+)$", re.IGNORECASE)  # fmt: skip
_AMP = lazy(r"^https?://(?:www\.)?google\.[a-z.]{2,6}/amp/(?P<secure>s/)?(?P<url>[\w-]+\..+)$", re.IGNORECASE)


class SnapshotUrl(Struct, frozen=True, gc=False):
    """What a snapshot's address tells: the original (None when opaque) and the time as digits or None."""

    original: str | None
    timestamp: str | None


def may_be_snapshot(url: str) -> bool:
    """Tell whether an address has what every snapshot's has; few others do."""
    low = url.lower()
    for name in _ARCHIVE_NAMES:
        if name in low:
            return True
    stamp = _TIMESTAMP.search(low)
    if stamp is None:
        return False
    return _OF_ADDRESS.search(low, stamp.start()) is not None or any(n in low for n in _NAMELESS_ARCHIVES)


def read_snapshot(url: str) -> SnapshotUrl | None:
    """Return what an archive's address holds; None where the address is no snapshot."""
    if not may_be_snapshot(url):
        return None
    if match := _DOTTED_PATH_STYLE.match(url):
        return SnapshotUrl(_mended(match["original"]), re.sub(r"\D", "", match["when"]))
    if (match := _PATH_STYLE.match(url)) and _names_original(url, match["when"], match["original"]):
        return SnapshotUrl(_mended(match["original"]), match["when"] if match["when"] != "*" else None)
    low = url.lower()
    if any(name in low for name in _UNDATED_NAMES) and (match := _UNDATED.match(url)):
        return SnapshotUrl(_mended(match["original"]), None)
    parts = _split(url)
    if parts is None:
        return None
    host, path, query = parts
    for archive, key in _QUERY_ARCHIVES.items():
        if host.removeprefix("www.") == archive:
            values = query.get(key)
            if values:
                date = re.sub(r"\D", "", query.get("date", [""])[0]) or None
                return SnapshotUrl(_mended(values[0]), date)
    if host.endswith("googleusercontent.com") and path == "/search":
        cached = re.match(r"cache:(?:[\w-]{8,16}:)?(\S+?)(?:[\s+]|$)", query.get("q", [""])[0])
        if cached:
            return SnapshotUrl(_mended(cached[1]), None)
    if (told := archived_form(url)) is not None:
        return SnapshotUrl(_mended(told.original) if told.original else None, told.when)
    coded = any(name in low for name in _OPAQUE_NAMES) and _OPAQUE.match(url)
    return SnapshotUrl(None, None) if coded else None


def _names_original(url: str, when: str, original: str) -> bool:
    """Tell whether what follows a number in an address is the original a snapshot was taken of."""
    if _SCHEMED.match(original) or (len(when) == _SECONDS and _FILE.match(original) is None):
        return True
    return len(when) >= 8 and _ARCHIVE_HOST.match(url) is not None and _FILE.match(original) is None


def may_be_wrapper(url: str) -> bool:
    """Tell whether an address has what every redirect wrapper's has."""
    return ("?" in url and _ANOTHER.search(url, 4) is not None) or "urldefense" in url or "/amp/" in url


# The scheme of a target, each letter as it is or encoded.
_ANOTHER = lazy(r"(?:h|[%-][46]8)(?:t|[%-][57]4){2}(?:p|[%-][57]0)", re.IGNORECASE)


def unwrap(url: str) -> str | None:
    """Return the target of a redirect wrapper; None where the address is none."""
    if not may_be_wrapper(url):
        return None
    low = url.lower()
    match = _URLDEFENSE_3.match(url) if "urldefense" in low else None
    if match := match or _BARE_WRAPPER.match(url):
        return _mended(match["url"])
    if "/amp/" in low and (match := _AMP.match(url)):
        return ("https://" if match["secure"] else "http://") + match["url"]
    parts = _split(url)
    if parts is None:
        return None
    host, path, query = parts
    for mark, pattern, keys in _WRAPPERS:
        if mark not in low or not pattern.fullmatch(host + path):
            continue
        for key in keys:
            target = query.get(key, [""])[0]
            if "proofpoint" in host:
                target = unquote(target.replace("-", "%").replace("_", "/"))
            if re.match(r"https?://", target, re.IGNORECASE):
                # A target that nobody encoded has a query of its own to the very end.
                place = url.find(f"{key}={target}")
                return url[place + len(key) + 1 :] if place >= 0 and "?" in target else target
    return None


def _split(url: str) -> tuple[str, str, dict[str, list[str]]] | None:
    try:
        parts = urlsplit(url)
        return (parts.hostname or "").lower(), parts.path, parse_qs(parts.query, max_num_fields=100)
    except ValueError:
        return None


def _mended(original: str) -> str:
    if re.match(r"https?%3a", original, re.IGNORECASE):
        original = unquote(original)
    # Archives fold "//" in the path: http:/host/…
    original = re.sub(r"^(https?):/(?!/)", r"\1://", original, flags=re.IGNORECASE)
    return original if "://" in original[:12] else f"http://{original}"
