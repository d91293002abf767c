"""Every link of a document, as a plain link checker takes them: `--links all`.

What is cited is taken as cited; every other address of the text becomes a citation of its own, with nothing
but its address and its label. Pages that are link lists as a whole have no other. Links to files of the same
site, and to places in them, are among them.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from urllib.parse import urlsplit

from monitor.extract.interface import Paged
from monitor.extract.links.file_links import only_named
from monitor.extract.links.link_target import LinkTarget
from monitor.extract.links.targets import base_of, targets
from monitor.extract.passage import Passage, clean, plain
from monitor.extract.urls.addresses import Address, AddressKind, addresses
from monitor.model.citation import Citation, Extraction, Rejected, TitleCertainty
from monitor.model.document import Document
from monitor.model.site import Nowhere, Site, is_local
from monitor.model.values import replaced
from monitor.model.wording import count

_TAKEN = frozenset({AddressKind.PAGE, AddressKind.IDENTIFIER, AddressKind.MARK})
"""What leads to a page beyond doubt; a bare host's name is as often no link at all."""


def with_all_links(document: Document, found: Extraction, extractor: object, site: Site) -> Extraction:
    """Return the extraction with every link that is not cited among its citations.

    `site` tells which file, or page, a link without a host means; what it cannot tell is rejected.
    """
    passages = list(_passages(document, extractor))
    known = {one.url_span.start for one in (*found.citations, *found.identified) if one.url_span is not None}
    more = {_start(one): one for one in _links(document, passages) if _start(one) not in known}
    rejected = list(found.rejected)
    own: dict[int, str] = {}
    base = base_of(document)
    for one in targets(document, extractor, passages):
        place = document.base_char + one.start
        led = site.resolve(document.path, one.href, base=base)
        if isinstance(led, Nowhere):
            rejected.append(Rejected(clean(one.href) or "", led, document.span(one.start, one.end).line))
        elif led is None and place not in known | more.keys() and _is_page(one.href):
            more[place] = _target(document, one, one.href)
        elif led is not None and place not in known and (is_local(led) or place not in more):
            more[place] = _target(document, one, led)
        elif led is not None and is_local(led) and place in known:
            own[place] = led
    here = [replaced(one, url=own.get(_start(one), one.url)) for one in found.citations]
    cited = sorted((*here, *more.values()), key=lambda one: (one.span.start, _start(one)))
    notes = found.notes
    if rooted := sum(one.reason == Nowhere.ROOT for one in rejected):
        links = "link starts" if rooted == 1 else "links start"
        notes = (
            *notes,
            f"{rooted:,} {links} at the site's root; --root-dir or --base-url tells where that is",
        )
    if unasked := only_named(document):
        named = count(unasked, "reference")
        notes = (
            *notes,
            f"{named} by a name that only the site's generator knows (:ref:, xref:module:) not looked for",
        )
    return replace(found, citations=tuple(cited), rejected=tuple(rejected), notes=notes)


def _is_page(href: str) -> bool:
    """Tell whether a link's target is a page of the web, whole enough to be asked for."""
    try:
        parts = urlsplit(href)
    except ValueError:
        return False
    return parts.scheme.lower() in ("http", "https") and bool(parts.hostname)


def _target(document: Document, one: LinkTarget, url: str) -> Citation:
    span = document.span(one.start, one.end)
    return Citation(
        document=document.path,
        span=span,
        title=one.label,
        title_certainty=TitleCertainty.GIVEN if one.label else None,
        url=url,
        url_span=span,
    )


def _passages(document: Document, extractor: object) -> Iterable[Passage]:
    if isinstance(extractor, Paged):
        return extractor.passages(document)
    return [plain(document.text, 0, len(document.text))] if document.text.strip() else []


def _links(document: Document, passages: Iterable[Passage]) -> Iterator[Citation]:
    seen: set[int] = set()
    for passage in passages:
        for one in addresses(passage):
            if one.kind in _TAKEN and one.origin[0] not in seen:
                seen.add(one.origin[0])
                yield _link(document, passage, one)


def _link(document: Document, passage: Passage, one: Address) -> Citation:
    title = clean(one.label)
    return Citation(
        document=document.path,
        span=passage.span(document, one.start, one.end),
        title=title,
        title_certainty=TitleCertainty.GIVEN if title else None,
        url=one.url,
        url_span=document.span(*one.origin),
        archive_url=one.archive_url,
        repairs=one.repairs,
    )


def _start(one: Citation) -> int:
    return one.url_span.start if one.url_span is not None else one.span.start
