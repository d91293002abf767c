"""Kinds of addresses that need their own reading: one table, each line with its reason.

`[check.hosts."NAME"]` adds to it and overrides it for single hosts.
"""

import re
from dataclasses import dataclass, replace
from datetime import date
from fnmatch import fnmatchcase, translate
from functools import cache, lru_cache
from urllib.parse import parse_qs, urlsplit

from monitor.check.policy import CheckPolicy, HostRule
from monitor.check.statuses import statuses
from monitor.model.urls import host_key, split, starts_capture


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteKind:
    """How addresses of one kind are read.

    `hosts` are registrable names or patterns; `path` must match the path and query, from its start.
    `probe` rewrites the address that is asked: "{0}", "{1}" … stand for the groups of `path`.
    """

    name: str
    reason: str
    hosts: tuple[str, ...] = ()
    path: str = ""
    probe: str | None = None
    first_hop: bool = False
    permalink: bool = False
    sibling_probe: bool = True
    archived: bool = False
    fragments: bool = True
    gap_s: float | None = None


ORDINARY = SiteKind(name="ordinary", reason="nothing special is known")

_RESOLVERS = (
    "purl.org", "w3id.org", "n2t.net", "nbn-resolving.org", "urn.fi", "identifiers.org", "arks.org",
)  # fmt: skip
_SHORTENERS = (
    "bit.ly", "t.co", "goo.gl", "tinyurl.com", "ow.ly", "is.gd", "buff.ly", "lnkd.in", "dlvr.it", "tiny.cc",
    "j.mp", "cutt.ly", "rb.gy", "shorturl.at", "wp.me", "nyti.ms", "youtu.be", "amzn.to",
)  # fmt: skip
_ARCHIVES = (
    "web.archive.org", "archive.today", "archive.ph", "archive.is", "archive.li", "archive.vn",
    "archive.fo", "archive.md", "webcitation.org", "perma.cc", "arquivo.pt", "webarchive.org.uk",
    "webarchive.nationalarchives.gov.uk", "vefsafn.is", "webarchive.loc.gov", "wayback.archive-it.org",
)  # fmt: skip
_SOCIAL = (
    "linkedin.com", "facebook.com", "instagram.com", "x.com", "twitter.com", "tiktok.com", "threads.net",
)  # fmt: skip

KINDS: tuple[SiteKind, ...] = (
    SiteKind(
        name="doi",
        hosts=("doi.org", "dx.doi.org", "hdl.handle.net"),
        path=r"/.+",
        first_hop=True,
        permalink=True,
        sibling_probe=False,
        reason="a redirect proves registration, 404 its lack; publishers refuse programs behind it",
    ),
    SiteKind(
        name="permalink",
        hosts=_RESOLVERS,
        permalink=True,
        sibling_probe=False,
        reason="a resolver's redirect is its work and must not be rewritten away",
    ),
    SiteKind(
        name="shortener",
        hosts=_SHORTENERS,
        path=r"/.+",
        permalink=True,
        sibling_probe=False,
        reason="redirecting is its work, to a home page as well as anywhere",
    ),
    SiteKind(
        name="youtube",
        hosts=("youtube.com", "m.youtube.com", "youtube-nocookie.com"),
        path=r"/(?:watch\?(?:[^#]*&)?v=|embed/|shorts/|live/|v/)([A-Za-z0-9_-]{11})",
        probe="https://img.youtube.com/vi/{0}/0.jpg",
        permalink=True,
        sibling_probe=False,
        reason="the watch page answers 200 for every id; the preview picture is 404 when the video is gone",
    ),
    SiteKind(
        name="github-file",
        hosts=("github.com",),
        path=r"/([^/]+/[^/]+)/blob/([^#?]+)",
        probe="https://raw.githubusercontent.com/{0}/{1}",
        sibling_probe=False,
        fragments=False,
        reason="the page is filled by script, the raw file holds the text; #L10 marks are drawn by script",
    ),
    SiteKind(
        name="github",
        hosts=("github.com", "gist.github.com"),
        sibling_probe=False,
        fragments=False,
        reason="missing pages are honest 404s; anchors carry the prefix user-content- or come by script",
    ),
    SiteKind(
        name="arxiv",
        hosts=("arxiv.org", "export.arxiv.org"),
        sibling_probe=False,
        gap_s=3.0,
        reason="asks robots for three seconds between requests; unknown ids are honest 404s",
    ),
    SiteKind(
        name="archive",
        hosts=_ARCHIVES,
        archived=True,
        permalink=True,
        sibling_probe=False,
        gap_s=4.0,
        reason="a snapshot: its status is the past's when Memento-Datetime stands beside it (RFC 7089)",
    ),
    SiteKind(
        name="google-books",
        hosts=("books.google.*", "books.google.co.*", "books.google.com.*"),
        sibling_probe=False,
        reason="the same frame for every volume: a sibling proves nothing",
    ),
    SiteKind(
        name="search",
        hosts=("google.com", "scholar.google.com", "bing.com", "duckduckgo.com", "translate.google.com"),
        path=r"/(?:search|scholar|translate|\?q=)",
        sibling_probe=False,
        reason="results differ at every visit, and robots are turned away",
    ),
    SiteKind(
        name="social",
        hosts=_SOCIAL,
        sibling_probe=False,
        fragments=False,
        reason="one shell, or one login page, for every path",
    ),
)


@dataclass(frozen=True, slots=True)
class Treatment:
    """All that is known of an address: its kind, and the host's rule where one holds."""

    kind: SiteKind
    rule: HostRule | None = None

    @property
    def sibling_probe(self) -> bool:
        """Tell whether a random sibling may unmask a soft 404 here."""
        if self.rule is not None and self.rule.sibling_probe is not None:
            return self.rule.sibling_probe
        return self.kind.sibling_probe

    @property
    def first_hop(self) -> bool:
        """Tell whether a redirect alone proves the link."""
        return self.kind.first_hop or (self.rule is not None and self.rule.first_hop)

    @property
    def permalink(self) -> bool:
        """Tell whether redirecting is the host's work."""
        return self.kind.permalink or (self.rule is not None and self.rule.permalink)

    def accepts(self, status: int) -> bool | None:
        """Tell what the configuration says of a status: alive, not alive, or nothing."""
        for text in self.rule.accept if self.rule is not None else ():
            named, alive = statuses(text)
            if status in named:
                return alive
        return None


_ORDINARILY = Treatment(ORDINARY)


class Treatments:
    """The table of kinds together with the configuration."""

    def __init__(self, policy: CheckPolicy, today: date) -> None:
        self._policy = policy
        self.rules = {
            name.lower(): rule
            for name, rule in policy.hosts.items()
            if rule.until is None or rule.until >= today.isoformat()
        }

    def of(self, url: str) -> Treatment:
        """Return what is known of an address."""
        host = host_key(url)
        kind, rule = _kind_of(host, url), self.rule(host)
        return _ORDINARILY if kind is ORDINARY and rule is None else Treatment(kind, rule)

    def rule(self, host: str) -> HostRule | None:
        """Return the closest configured rule for a host: exact, then parents, then patterns."""
        name = host if self.rules else ""
        while name:
            if name in self.rules:
                return self.rules[name]
            name = name.partition(".")[2]
        for pattern, rule in self.rules.items():
            if "*" in pattern and fnmatchcase(host, pattern):
                return rule
        return None

    def excluded(self, url: str) -> str | None:
        """Say why an address must not be asked, or None."""
        if starts_capture(url):
            return "whoever asks for this address makes an archive capture a page"
        if not (self.rules or self._policy.exclude):
            return None
        host = host_key(url)
        rule = self.rule(host)
        if rule is not None and rule.skip:
            return rule.reason or f"hosts.{host}: skip"
        for pattern in self._policy.exclude:
            wanted = pattern.lower().removeprefix("www.")
            if fnmatchcase(url, pattern) or host == wanted or host.endswith("." + wanted):
                return f"excluded by {pattern}"
        return None


@cache
def _hosts() -> tuple[tuple[SiteKind, frozenset[str], re.Pattern[str] | None], ...]:
    """Return each kind with its host names, those written out apart from the patterns."""
    return tuple(
        (
            kind,
            frozenset(kind.hosts).difference(_patterns(kind)),
            re.compile("|".join(patterns)) if (patterns := [*map(translate, _patterns(kind))]) else None,
        )
        for kind in KINDS
    )


@lru_cache(maxsize=4096)
def kinds_of(host: str) -> tuple[SiteKind, ...]:
    """Return the kinds a host may be of, in the order of the table."""
    return tuple(
        kind for kind, names, patterns in _hosts() if host in names or (patterns and patterns.match(host))
    )


def _patterns(kind: SiteKind) -> list[str]:
    return [name for name in kind.hosts if "*" in name]


def _kind_of(host: str, url: str) -> SiteKind:
    kinds = kinds_of(host)
    parts = split(url) if kinds else None
    if parts is None:
        return ORDINARY
    rest = parts.path + (f"?{parts.query}" if parts.query else "")
    for kind in kinds:
        if re.match(kind.path, rest):
            return _with_video(kind, url) if kind.name == "shortener" and host == "youtu.be" else kind
    return ORDINARY


def _with_video(kind: SiteKind, url: str) -> SiteKind:
    """Return the youtube kind for a youtu.be address that names a video."""
    video = urlsplit(url).path.strip("/")
    if re.fullmatch(r"[A-Za-z0-9_-]{11}", video):
        youtube = next(one for one in KINDS if one.name == "youtube")
        return replace(youtube, path=r"/([A-Za-z0-9_-]{11})")
    return kind


def probe_url(kind: SiteKind, url: str) -> str | None:
    """Return the address to ask in place of the cited one, or None to ask that."""
    if kind.probe is None:
        return None
    parts = urlsplit(url)
    rest = parts.path + (f"?{parts.query}" if parts.query else "")
    match = re.match(kind.path, rest)
    if match is None:
        return None
    if kind.name == "youtube" and "v" in (query := parse_qs(parts.query)):
        return kind.probe.format(query["v"][0])
    return kind.probe.format(*match.groups())
