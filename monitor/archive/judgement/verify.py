"""What a captured body is: the page, or something that stood in its place. Pure."""

import re
from dataclasses import dataclass
from mimetypes import guess_type
from urllib.parse import urlsplit

from monitor.archive.captures import plain
from monitor.fetch.interface import FetchResponse
from monitor.model.page import PageText
from monitor.model.urls import host_key, path_is_root
from monitor.page.signs.soft404 import url_says_missing
from monitor.page.signs.stand_in import stand_in
from monitor.page.signs.walls import find_wall
from monitor.page.text.read import page_text

BLANK_WORDS = 3
ORIGINAL = "x-archive-orig-"
_HOME = re.compile(
    r"(?:/[a-z]{2})?(?:/(?:index|home|homepage|default|main|portal|welcome)(?:\.[a-z]{3,5})?)?"
)
"""Where sites send what they lost: the root, its usual names, a language's root."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A captured body judged: `reason` says why it is not the page; `hard` that no quote mends it."""

    page: PageText | None
    reason: str | None = None
    hard: bool = False
    unreadable: bool = False
    pdf: bool = False


def original_headers(answer: FetchResponse) -> tuple[tuple[str, str], ...]:
    """Return the captured page's own headers: `X-Archive-Orig-…`, else those of the answer (pywb)."""
    own = tuple((n.removeprefix(ORIGINAL), v) for n, v in answer.headers if n.startswith(ORIGINAL))
    return own + tuple((n, v) for n, v in answer.headers if n == "content-type" or not own)


def judge_body(answer: FetchResponse, final_url: str, asked_url: str) -> Body:
    """Tell whether a captured 2xx body shows the page.

    Rejected: empty, blank, soft 404, parked, wall of any kind, another media type.
    """
    headers = original_headers(answer)
    content_type = next((v for n, v in headers if n == "content-type"), None)
    pdf = b"%PDF-" in answer.body[:1024]
    if not answer.body.strip():
        return Body(page=None, reason="blank", hard=True)
    if asked_url.split("?", maxsplit=1)[0].lower().endswith(".pdf") and not pdf:
        return Body(page=None, reason=f"not a PDF but {content_type or 'something else'}", hard=True)
    page = page_text(answer.body, content_type, final_url)
    if page is None:
        media = (content_type or "").lower()
        kind = media.partition("/")[0]
        # A picture may be what is cited; it is no page where the address does not name one.
        named = (guess_type(urlsplit(asked_url).path)[0] or "").partition("/")[0]
        other = kind in {"image", "video", "audio", "font"} and kind != named
        reason = f"{content_type or 'unknown media type'} holds no text we can read"
        return Body(page=None, reason=reason, hard=other, unreadable=not other, pdf=pdf)
    return Body(page=page, reason=_suspicion(answer, headers, page, final_url, asked_url), pdf=pdf)


def _suspicion(
    answer: FetchResponse,
    headers: tuple[tuple[str, str], ...],
    page: PageText,
    final_url: str,
    asked_url: str,
) -> str | None:
    hosts = [urlsplit(asked_url).hostname or "", urlsplit(final_url).hostname or ""]
    found = stand_in(
        answer.status, headers, page, answer.body, hosts, final_url=final_url, asked_url=asked_url
    )
    if found.reason is not None:
        return found.reason
    if final_url != asked_url and (missing := url_says_missing(final_url)) is not None:
        return f"soft 404: {missing.detail}"
    if page.words < BLANK_WORDS:
        return "blank"
    return "filled by a script only" if page.shell else None


def gone_astray(target_url: str, asked_url: str) -> str | None:
    """Say why an archived redirect's target cannot be the page, by its address alone; None if it may be.

    What stands there need not be fetched: the home page, a login, an address that says "not found".
    """
    if went_home(target_url, asked_url):
        return "its redirect went to the home page"
    wall = find_wall(302, (), None, b"", target_url, asked_url)
    if wall is not None and wall.cause == "login":
        return f"its redirect went to a login: {wall.evidence.detail}"
    missing = url_says_missing(target_url)
    return f"soft 404: {missing.detail}" if missing is not None else None


def went_home(final_url: str, asked_url: str) -> bool:
    """Tell whether a redirect chain ended on a home page although a deeper page was asked for."""
    if plain(final_url) == plain(asked_url) or _is_home(asked_url):
        return False
    return _is_home(final_url) and not urlsplit(final_url).query


def _is_home(url: str) -> bool:
    return path_is_root(url) or _HOME.fullmatch(urlsplit(url).path.rstrip("/").lower()) is not None


def other_site(final_url: str, asked_url: str) -> bool:
    """Tell whether a redirect chain left the host."""
    one, two = host_key(final_url), host_key(asked_url)
    return not (one == two or one.endswith("." + two) or two.endswith("." + one))
