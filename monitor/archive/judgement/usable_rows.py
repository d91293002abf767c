"""Which captures may show the page, by what the index says of them. Pure."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from datetime import timedelta

from monitor.archive.captures import EMPTY_DIGEST, GOOD, Row, plain

REDIRECT_WINDOW = timedelta(hours=24)
_DEAD_MEDIA = ("image/", "video/", "audio/", "font/", "text/css", "javascript", "json", "zip", "octet-stream")


def usable(rows: Sequence[Row], url: str, *, quoted: bool) -> list[Row]:
    """Return the captures that may show the page, by what the index says of them.

    200/203/206, a revisit whose digest equals one of those, a redirect that has no such capture
    beside it, and captures whose status no index told; never an empty body or another media type.
    """
    good = [r for r in rows if r.status in GOOD and r.digest != EMPTY_DIGEST]
    instants = sorted(r.when for r in good)
    digests = {r.digest: r for r in good if r.digest}
    kept = []
    for row in rows:
        if row.status in GOOD:
            keep = row.digest != EMPTY_DIGEST
        elif row.revisit:
            keep = row.digest in digests
        elif row.redirect:
            beside = bisect_left(instants, row.when)
            keep = beside == len(instants) or instants[beside] > row.when + REDIRECT_WINDOW
        else:
            keep = row.status is None
        if keep:
            kept.append(row)
    kept = _one_media_type(kept, digests, url)
    own = plain(url)
    same = [r for r in kept if plain(r.original) == own]
    return kept if quoted or not same else same


def _one_media_type(rows: list[Row], digests: Mapping[str, Row], url: str) -> list[Row]:
    def media(row: Row) -> str:
        twin = digests.get(row.digest or "") if row.revisit else None
        told = twin.media_type if twin else row.media_type
        return (told or "").lower()

    pdf_wanted = plain(url)[1].lower().endswith(".pdf")
    pages = [r for r in rows if "html" in media(r)]
    pdfs = [r for r in rows if "pdf" in media(r)]
    kept = []
    for row in rows:
        kind = media(row)
        if row.redirect or kind in ("", "-", "unk", "warc/revisit"):
            kept.append(row)
        elif pdf_wanted and pdfs:
            kept += [row] if "pdf" in kind or "octet-stream" in kind else []
        elif pages and not pdf_wanted:
            kept += [row] if "html" in kind else []
        elif not any(word in kind for word in _DEAD_MEDIA):
            kept.append(row)
    return kept
