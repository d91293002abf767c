"""Does the place a fragment names stand on the page? Never more than a note beside the outcome."""

import re
from urllib.parse import unquote

from monitor.fetch.interface import FetchResponse

_SCRIPTED = re.compile(r"[!/]|.*:~:|L\d+(?:[-C]|$)|(?:page|search|zoom|nameddest|t)=")


def fragment_missing(fragment: str, response: FetchResponse) -> bool:
    """Tell whether a whole HTML page has no element a fragment names (HTML §7.4.6.4).

    Routes of scripts (`#!`, `#/`), text fragments, line marks and PDF parameters name no element.
    GitHub puts `user-content-` before what authors write.
    """
    if not fragment or fragment.lower() == "top" or _SCRIPTED.match(fragment):
        return False
    if (
        "html" not in (response.header("content-type") or "html")
        or response.truncated
        or response.body_failure
    ):
        return False
    body = response.body
    for name in {fragment, unquote(fragment)}:
        for spelt in (name.encode("utf-8", "replace"), name.encode("latin-1", "replace")):
            anchor = rb"(?:id|name)\s*=\s*[\"']?(?:user-content-)?" + re.escape(spelt) + rb"[\"'\s>/]"
            if re.search(anchor, body):
                return False
    return bool(body)
