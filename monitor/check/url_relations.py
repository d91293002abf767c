"""Comparing addresses: same place, home page, move."""

import re
from collections.abc import Sequence
from urllib.parse import SplitResult, unquote

from monitor.domains import registrable
from monitor.model.observation import Hop
from monitor.model.urls import host_key, split
from monitor.patterns import lazy

_HOME = lazy(
    r"/?(?:(?:index|default|home|main|welcome)(?:\.[a-z]{2,5})?|[a-z]{2}(?:[-_][a-z]{2,4})?)?/?",
    re.IGNORECASE,
)
_STATIC_HOME = lazy(r"/?(?:index|default|home|main|welcome)\.s?html?", re.IGNORECASE)
_INDEX = lazy(r"/(?:index|default)\.(?:s?html?|php\d?|aspx?|jsp|cfm)$", re.IGNORECASE)
_FILE = lazy(r"\.(?:html?|php\d?|aspx?|jsp|cfm|pdf|cgi|s?htm)$", re.IGNORECASE)


def _parts(url: str) -> SplitResult:
    """Split an address that may be hostile; one that cannot be split is empty."""
    return split(url) or SplitResult("", "", "", "", "")


def is_home(url: str) -> bool:
    """Tell whether an address names the entry page of a host, in any language."""
    parts = _parts(url)
    if _STATIC_HOME.fullmatch(parts.path):
        # A file is the same whatever is asked of it.
        return True
    return _HOME.fullmatch(parts.path) is not None and not _significant(parts.query)


def is_deep(url: str) -> bool:
    """Tell whether an address names a page below the entry page."""
    return not is_home(url)


def _significant(query: str) -> bool:
    """Tell whether a query names something, rather than a language, a referrer or a campaign."""
    names = [pair.partition("=")[0].lower() for pair in query.split("&") if pair]
    return any(not name.startswith(("utm_", "ref", "lang", "hl", "locale", "src", "from")) for name in names)


def trivially_moved(old: str, new: str) -> bool:
    """Tell whether two addresses differ only in scheme, www., slash, index file, letter case or escapes.

    Such redirects are no news for a citation (hard cases 54 and 61).
    """
    return _plain(old) == _plain(new)


def _plain(url: str) -> tuple[str, str, str]:
    parts = _parts(url)
    path = _INDEX.sub("/", unquote(parts.path)).rstrip("/").casefold()
    port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    return host_key(url) + port, path, unquote(parts.query)


def permanent_target(hops: Sequence[Hop]) -> str | None:
    """Return where the leading run of permanent hops ends; None where the first hop is not permanent."""
    target = None
    for hop in hops:
        if not hop.permanent:
            break
        target = hop.location
    return target


def leads_to_copy(requested: str, target: str) -> bool:
    """Tell whether an address names a copy of another, as archives' do: all of it stands in the path."""
    host, path, query = _plain(requested)
    if host_key(target) == host_key(requested) or path in ("", "/"):
        return False
    inside = unquote(target).casefold().partition("://")[2].partition("/")[2]
    cited = f"{host.removeprefix('www.')}{path}{f'?{query.casefold()}' if query else ''}"
    return any(mark + cited in f"/{inside}" for mark in ("/", "/www."))


def landed_above(requested: str, final: str) -> bool:
    """Tell whether a page below a section was sent to the section's index: `/news/2011/x` to `/news/`."""
    old, new = _parts(requested), _parts(final)
    if is_home(final) or trivially_moved(requested, final) or _significant(new.query):
        return False
    deep = [part for part in unquote(old.path).casefold().split("/") if part]
    above = [part for part in _INDEX.sub("/", unquote(new.path)).casefold().split("/") if part]
    shallower = len(above) < len(deep) or (len(above) == len(deep) and _significant(old.query))
    return bool(above) and shallower and deep[: len(above)] == above


def went_home(requested: str, final: str) -> bool:
    """Tell whether a page below a site was sent to an entry page: the page is gone, the site is not.

    Another site's entry page counts only for pages deep down: short addresses and personal pages do
    move to a domain of their own (`/~ann/`, `/project`).
    """
    if not is_deep(requested) or not is_home(final) or trivially_moved(requested, final):
        return False
    old, new = _parts(requested), _parts(final)
    old_host, new_host = host_key(requested), host_key(final)
    segments = [part for part in old.path.split("/") if part]
    if old_host == new_host:
        return True
    last = re.sub(r"[^a-z0-9]", "", segments[-1].casefold()) if segments else ""
    if len(last) > 2 and last in re.sub(r"[^a-z0-9]", "", new_host):
        return False
    if registrable(old_host) == registrable(new_host) and new_host == registrable(new_host):
        return True
    return len(segments) > 1 or bool(_FILE.search(old.path)) or bool(new.path == "" and old.query)
