"""Whether two addresses name one page, as far as addresses can tell. Pure.

Indexes file more than one page under one key: they fold letter case, drop `www2.` and `www3288.`, and
know nothing of what stands after `#`. And sites redirect what they lost to the page above it.
"""

import re
from urllib.parse import parse_qsl, unquote, urlsplit

from monitor.archive.captures import plain
from monitor.model.urls import path_is_root

_ROUTE = re.compile(r"#[!/]")
_NAMELESS = frozenset({"", "index", "default", "home", "main", "welcome"})
_EXTENSION = re.compile(r"\.[A-Za-z0-9]{1,5}$")


def has_route(url: str) -> bool:
    """Tell whether a script picks the page by what stands after `#`, which no archive is ever sent."""
    return _ROUTE.search(url) is not None


def keeps_name(final_url: str, asked_url: str) -> bool:
    """Tell whether a redirect's target still bears the name of the page asked for.

    "/2011/levels.html" may have become "/archive/levels/", but neither "/2011/" nor "/news"; a query
    that names the page must be there still. Nothing is said of a home page, which has no name.
    """
    if plain(final_url) == plain(asked_url) or path_is_root(asked_url):
        return True
    name, asked = _name(asked_url), urlsplit(asked_url)
    wanted = set(parse_qsl(asked.query))
    found = set(parse_qsl(urlsplit(final_url).query))
    if name in _NAMELESS or wanted:
        values = {value for _, value in wanted if len(value) > 1} or {value for _, value in wanted}
        elsewhere = unquote(final_url)
        if wanted and not (wanted <= found or all(value in elsewhere for value in values)):
            return False
        return bool(wanted) or _folder(final_url) == _folder(asked_url)
    return _name(final_url) == name


def _name(url: str) -> str:
    segments = [part for part in unquote(urlsplit(url).path).split("/") if part]
    return _EXTENSION.sub("", segments[-1]).lower() if segments else ""


def _folder(url: str) -> str:
    return urlsplit(url).path.rpartition("/")[0].lower()
