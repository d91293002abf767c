"""The places of a page that fragments may name (WHATWG HTML §7.4.6.4)."""

from monitor.page.text.charset import decode
from monitor.text_io.html_tokens import page_tokens, token_kinds


def anchors(body: bytes, content_type: str | None) -> frozenset[str]:
    """Return the ids of a page's elements and the names of its old-style anchors, as written."""
    _, opening, _ = token_kinds()
    found = set()
    for token in page_tokens(decode(body, content_type)):
        if token.type is not opening:
            continue
        for name, value in token.attrs or ():
            if value and (name == "id" or (name == "name" and token.tag == "a")):
                found.add(value)
    return frozenset(found)
