"""A record that gives a chapter's own address beside that of the whole work: two citations."""

from monitor.extract.records.records import Record
from monitor.extract.urls.repair import repair_url
from monitor.model.citation import Citation
from monitor.model.document import Document
from monitor.model.urls import canonical_url
from monitor.model.values import replaced


def parted(document: Document, whole: Citation, part: Record) -> tuple[Citation, ...]:
    """Return the citation of the whole, and that of the part where its address is another.

    `part` holds the further address, and the chapter's title where there is one.
    """
    url, place = part.url.url if part.url else None, part.url_place
    if part.url is None or url is None or place is None or whole.url is None:
        return (whole,)
    if canonical_url(url) == canonical_url(whole.url):
        return (whole,)
    further = replaced(
        whole, url=url, url_span=document.span(*place), title=part.title or whole.title,
        archive_url=part.url.archive_url, archived_on=None, repairs=part.url.repairs,
    )  # fmt: skip
    copied = repair_url(whole.archive_url).url if whole.archive_url else None
    if copied and canonical_url(copied) == canonical_url(url):
        # A copy is of the address it was made of.
        further = replaced(further, archive_url=whole.archive_url, archived_on=whole.archived_on)
        whole = replaced(whole, archive_url=None, archived_on=None)
    # A chapter is the narrower of the two and holds the quote; a transcript or a map may not.
    if part.title:
        return replaced(whole, quote=None, quote_span=None), further
    return whole, replaced(further, quote=None, quote_span=None)
