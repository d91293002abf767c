"""Passages for `--links all`: a link that is a field of its own, and what stands in an embedded document."""

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from monitor.extract.embedded import Embedded
from monitor.extract.markup.xml_nodes import Node
from monitor.extract.passage import Builder, Kind, Link, Passage
from monitor.patterns import lazy

_HREF = lazy(r"\shref\s*=\s*(?P<quote>[\"'])(?P<value>.*?)(?P=quote)")


def link_passage(label: Node | None, href: str, place: tuple[int, int]) -> Passage:
    """Return a passage that is one link to `href`, written at `place`, shown as `label` if there is one."""
    builder = Builder()
    named = label.place() if label is not None else None
    if label is not None and named is not None:
        builder.add(label.text, named[0], named[1] - named[0])
    else:
        builder.add(href, place[0], place[1] - place[0])
    builder.links.append(
        Link(start=0, end=builder.length, href=href, href_start=place[0], href_end=place[1])
    )  # fmt: skip
    made = builder.passage(kind=Kind.ITEM)
    return made if made is not None else Passage(text="", pieces=((0, *place),))


def href_place(text: str, node: Node) -> tuple[int, int] | None:
    """Return where an element's `href` is written."""
    found = _HREF.search(text, node.start, text.find(">", node.start) + 1 or node.end)
    return found.span("value") if found else None


def outward(inner: Embedded, passages: Iterable[Passage]) -> Iterator[Passage]:
    """Yield an embedded document's passages with places of the outer document."""
    for one in passages:
        pieces = []
        for start, origin, length in one.pieces:
            begin, end = inner.range(origin, origin + length)
            pieces.append((start, begin, end - begin))
        links = []
        for link in one.links:
            begin, end = inner.range(link.href_start, link.href_end)
            links.append(replace(link, href_start=begin, href_end=end))
        yield replace(one, pieces=tuple(pieces), links=tuple(links), marked_at=None)
