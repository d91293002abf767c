"""Every link of a document, as a plain link checker takes them: `--links all`.

What is cited is taken as cited; every other address of the text becomes a citation of its own, with nothing
but its address and its label. Pages that are link lists as a whole have no other.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Protocol, runtime_checkable

from monitor.extract.passage import Passage, clean, plain
from monitor.extract.urls.addresses import Address, AddressKind, addresses
from monitor.model.citation import Citation, Extraction, TitleCertainty
from monitor.model.document import Document

_TAKEN = frozenset({AddressKind.PAGE, AddressKind.IDENTIFIER, AddressKind.MARK})
"""What leads to a page beyond doubt; a bare host's name is as often no link at all."""


@runtime_checkable
class Paged(Protocol):
    """An extractor that shows a document as its reader sees it."""

    def passages(self, document: Document) -> tuple[Passage, ...]:
        """Return the document's passages."""
        ...


def with_all_links(document: Document, found: Extraction, extractor: object) -> Extraction:
    """Return the extraction with every link that is not cited among its citations."""
    known = {one.url_span.start for one in (*found.citations, *found.identified) if one.url_span is not None}
    more = [one for one in _links(document, _passages(document, extractor)) if _start(one) not in known]
    cited = sorted((*found.citations, *more), key=lambda one: (one.span.start, _start(one)))
    return replace(found, citations=tuple(cited))


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
