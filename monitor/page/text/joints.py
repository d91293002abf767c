"""Paragraphs that follow each other, left to the scanner as one text: three tokens less for each of them.

`</p>`, white space and `<p>` are one character while a page is cut into tokens. No character reference yields
it (WHATWG HTML §13.2.5.80 reads 128 as the euro sign) and a page that holds it is not joined; so if as many
come back in texts as were put in, each stands where an end tag and a start tag would have stood.
"""

from monitor.patterns import lazy

JOINT = "\x80"
"""Within Latin-1, so that a page in ASCII takes no more room with it."""

_WRITTEN = lazy(r"</p>\s{0,20}<p>")
_OWN_RULES = "<![CDATA["


def joint_of(text: str) -> str:
    """Return how a page writes what parts its paragraphs, if it has some in a row; else ""."""
    found = _WRITTEN.search(text)
    if found is None or text.find(found[0], found.end()) < 0 or JOINT in text or _OWN_RULES in text:
        return ""
    return found[0]


def joined(text: str, joint: str) -> tuple[str, int]:
    """Return a page with each of its joints as one character, and how many those are."""
    short = text.replace(joint, JOINT)
    return short, (len(text) - len(short)) // (len(joint) - 1)
