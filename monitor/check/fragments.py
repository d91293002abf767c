"""Does the place a fragment names stand on the page? Judged per citation, never more than a remark."""

import re
from collections.abc import Mapping
from urllib.parse import unquote

from monitor.fetch.interface import FetchResponse
from monitor.page.text.anchors import anchors

_SCRIPTED = re.compile(r"[!/]|.*:~:|L\d+(?:[-C]|$)|(?:page|search|zoom|nameddest|t)=")


def missing_fragments(fragments: Mapping[str, str], response: FetchResponse) -> frozenset[str]:
    """Return the keys of the citations whose fragment names nothing on a whole HTML page.

    Routes of scripts (`#!`, `#/`), text fragments, line marks and PDF parameters name no element.
    GitHub puts `user-content-` before what authors write. Percent-escapes count both ways (HTML §7.4.6.4).
    """
    asked = {key: name for key, name in fragments.items() if _names_an_element(name)}
    media = response.header("content-type") or "html"
    if not asked or not response.body or "html" not in media or response.truncated or response.body_failure:
        return frozenset()
    places = anchors(response.body, response.header("content-type"))
    return frozenset(
        key
        for key, name in asked.items()
        if not {name, unquote(name), f"user-content-{name}", f"user-content-{unquote(name)}"} & places
    )


def _names_an_element(fragment: str) -> bool:
    return bool(fragment) and fragment.lower() != "top" and _SCRIPTED.match(fragment) is None
