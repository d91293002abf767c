"""How long an access date may age: by the link's own change rate, by its class before there is one."""

import math
import re
from enum import StrEnum

from monitor.judge.policy import JudgePolicy
from monitor.model.history import LinkHistory
from monitor.model.observation import Observation
from monitor.model.urls import host_key, split
from monitor.patterns import lazy


class PageClass(StrEnum):
    """How fast a page of this kind is likely to change."""

    VOLATILE = "volatile"
    ORDINARY = "ordinary"
    DURABLE = "durable"


_DURABLE_HOSTS = frozenset(
    (
        *("doi.org", "dx.doi.org", "hdl.handle.net", "n2t.net", "purl.org", "perma.cc"),
        *("web.archive.org", "archive.org", "archive.today", "archive.ph", "archive.is", "webcitation.org"),
        *("arxiv.org", "jstor.org", "zenodo.org", "rfc-editor.org"),
    )
)
_DURABLE = lazy(
    r"/(?:19|20)\d\d[/_-](?:0?[1-9]|1[0-2])(?:[/_-]|$)"  # dated news: /2014/03/02/title
    r"|/(?:19|20)\d{6}(?:[/_.-]|$)"  # /20140302/title
    r"|\.pdf$|/(?:blob|tree|commit|raw)/[0-9a-f]{40}(?:/|$)|/releases/tag/|/rfc\d+"
    r"|[?&]oldid=\d+|/doi/(?:\w+/)?10\.\d{4,9}/",
    re.IGNORECASE,
)
_VOLATILE = lazy(
    r"/(?:index|default|home|main)\.(?:html?|php|aspx?|jsp)$"
    r"|/(?:latest|current|today|live|trending|pricing|prices|leaderboard|ranking|rankings|status|search|tag|tags"
    r"|category|categories|topics?|archive|archives|feed|events|calendar)/?$"
    r"|/(?:latest|stable|nightly|master|main|head)/|[?&](?:q|query|search|page)=",
    re.IGNORECASE,
)


_SIGNS = r"[\w.~/%+,;:@=&!$'()*-]"
_PLAIN = lazy(
    rf"https?://[\w.-]+(?::\d{{1,4}}|:[1-5]\d{{4}})?(?P<path>/{_SIGNS}*)?(?:\?(?P<query>{_SIGNS}*))?(?:#{_SIGNS}*)?",
    re.ASCII,
)
"""An address as most are written: its parts are those that splitting it would give."""


def target_of(url: str) -> tuple[str, str] | None:
    """Return path and query of an address; None where it cannot be split."""
    if plain := _PLAIN.fullmatch(url):
        return plain["path"] or "", plain["query"] or ""
    parts = split(url)
    return None if parts is None else (parts.path, parts.query)


def page_class(url: str, content_type: str | None = None) -> PageClass:
    """Return the class of a page by its address and media type."""
    parts = target_of(url)
    if parts is None:
        return PageClass.ORDINARY
    path, query = parts
    target = f"{path}?{query}"[:2000] if query else path[:2000]
    if host_key(url) in _DURABLE_HOSTS or _DURABLE.search(target):
        return PageClass.DURABLE
    if (content_type or "").partition(";")[0].strip().lower() == "application/pdf":
        return PageClass.DURABLE
    if path in ("", "/") or _VOLATILE.search(target):
        return PageClass.VOLATILE
    return PageClass.ORDINARY


def change_rate(history: LinkHistory) -> float | None:
    """Return changes per day as estimated from checks; None where too little was seen.

    Checks miss changes between them; the estimator corrects for that (Cho and Garcia-Molina,
    "Estimating frequency of change", ACM TOIT 3(3), 2003): -ln((n - X + 0.5) / (n + 0.5)) / interval
    for n intervals of which X showed a change.
    """
    intervals = history.observations - 1
    if intervals < 1 or history.observed_days <= 0:
        return None
    changes = min(history.changes, intervals)
    return -math.log((intervals - changes + 0.5) / (intervals + 0.5)) / (history.observed_days / intervals)


def age_limit_days(
    url: str, observation: Observation | None, history: LinkHistory, policy: JudgePolicy
) -> int:
    """Return τ, the days an access date may age before it wants a look (docs/design.md#access-dates)."""
    kind = page_class(url, observation.content_type if observation else None)
    if kind is PageClass.ORDINARY:
        by_class = policy.limit_ordinary_days
    else:
        durable = kind is PageClass.DURABLE
        by_class = policy.limit_durable_days if durable else policy.limit_volatile_days
    if history.observations < policy.limit_observations:
        return by_class
    rate = change_rate(history)
    if rate is None:
        return by_class
    # A page seen unchanged for ten days has not earned three years: what is beyond its class must have
    # been watched for half as long.
    longest = min(policy.limit_durable_days, max(by_class, round(2 * history.observed_days)))
    half_life = math.log(2) / rate if rate > 0 else math.inf
    return round(max(policy.limit_volatile_days, min(half_life, longest)))
