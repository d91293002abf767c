"""The places of a page that fragments may name (WHATWG HTML §7.4.6.4)."""

from monitor.page.text.charset import decode
from monitor.page.text.markup import scan


def anchors(body: bytes, content_type: str | None) -> frozenset[str]:
    """Return the ids of a page's elements and the names of its old-style anchors, as written."""
    found = set()
    for token in scan(decode(body, content_type)):
        if token.kind not in ("open", "raw"):
            continue
        attributes = token.attributes()
        if place := attributes.get("id"):
            found.add(place)
        if token.name == "a" and (place := attributes.get("name")):
            found.add(place)
    return frozenset(found)
