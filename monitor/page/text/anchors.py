"""The places of a page that fragments may name (WHATWG HTML §7.4.6.4)."""

from monitor.page.text.charset import decode
from monitor.text_io.html_tokens import COMPLETE, page_tokens, read_on, token_kinds


def anchors(body: bytes, content_type: str | None) -> frozenset[str]:
    """Return the ids of a page's elements and the names of its old-style anchors, as written."""
    _, start_tag, _ = token_kinds()
    found: set[str] = set()
    text = decode(body, content_type)
    while text:
        name = None
        for token in page_tokens(text):
            if token.type is start_tag:
                name = token.tag
                found.add(token.attr("id") or "")
                if name == "a":
                    found.add(token.attr("name") or "")
        text = "" if name == COMPLETE else read_on(text)
    return frozenset(found - {""})
