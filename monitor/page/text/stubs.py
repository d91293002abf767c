"""Pages that only send the reader on: meta refresh and script-only redirects."""

import re
from collections.abc import Sequence

from monitor.patterns import lazy

_REFRESH = lazy(
    r"\s{0,20}(\d{1,9})?(?:\.\d{0,9})?\s{0,20}[;,]?\s{0,20}(?:url\s{0,20}=\s{0,20})?(.{0,4000})",
    re.IGNORECASE | re.DOTALL,
)
_SCRIPT = lazy(
    r"(?:(?:window|document|self|top|parent|this)\s{0,5}\.\s{0,5}){0,3}location(?:\.href)?\s{0,5}"
    r"(?:=\s{0,5}|\.(?:replace|assign)\s{0,5}\(\s{0,5})([\"'])([^\"'\s]{1,4000})\1"
)
_MAX_DELAY_S = 30
_MAX_STUB_CHARS = 3000


def meta_refresh(content: str) -> str | None:
    """Return the target of a meta refresh that sends the reader on within 30 s; None for a reload."""
    match = _REFRESH.match(content[:5000])
    if match is None or int(match[1] or 0) > _MAX_DELAY_S:
        return None
    target = match[2].strip().strip("\"'").strip()
    return target or None


def script_redirect(scripts: Sequence[str]) -> str | None:
    """Return where a page's only business, a short script, sends the reader; None for other scripts.

    The caller asks only for pages with hardly any text. Built-up addresses ("/" + x) are not guessed.
    """
    texts = [script for script in scripts if script.strip()]
    if not texts or sum(map(len, texts)) > _MAX_STUB_CHARS:
        return None
    found = [match for text in texts if (match := _SCRIPT.search(text))]
    if len(found) != 1:
        return None
    after = found[0].string[found[0].end() :].lstrip()
    if after.startswith("+"):
        return None
    return found[0][2].replace("\\/", "/")
