"""The places of a document of the site's own that a fragment may name: its ids, and its headings' slugs.

Which slug a heading gets is its generator's choice; a fragment that any of the common ones would make is
taken: GitHub (Docusaurus, Hugo, MyST), GitLab, Python-Markdown (MkDocs), kramdown (Jekyll), pandoc,
VitePress, docutils (Sphinx) and Asciidoctor. Pure.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator

from monitor.extract.interface import Paged
from monitor.extract.passage import Kind
from monitor.model.document import Document
from monitor.page.text.anchors import anchors as html_anchors
from monitor.patterns import lazy

_GIVEN = lazy(r"\s*\{:?\s*#(?P<id>[^\s{}]{1,200})[^{}\n]{0,200}\}\s*$")
"""`## Title {#id}`: kramdown, pandoc, Hugo, Docusaurus, Python-Markdown's attr_list."""
_TAGGED = lazy(r"<[a-z][a-z0-9-]{0,20}\s[^<>]{0,1000}(?:id|name)\s{0,5}=", re.IGNORECASE)
_RST_LABEL = lazy(r"^[ \t]*\.\. _(?P<id>`[^`\n]{1,200}`|[^:\n]{1,200}):", re.MULTILINE)
_ADOC_LABEL = lazy(
    r"\[\[(?P<block>[^\],\s]{1,200})[^\]\n]{0,200}\]\]"
    r"|\[(?:[\w,. -]{0,40})#(?P<short>[\w:.-]{1,200})[^\]\n]{0,200}\]"
)
_ORG_LABEL = lazy(
    r"^[ \t]*:CUSTOM_ID:[ \t]*(?P<id>\S+)[ \t]*$|<<(?P<target>[^<>\n]{1,200})>>", re.MULTILINE | re.IGNORECASE
)


def places(document: Document, extractor: object) -> frozenset[str] | None:
    """Return the fragments that name something in a document; None where its format tells of none.

    `extractor` is that of the document's format.
    """
    if document.format == "html":
        return html_anchors(document.text.encode("utf-8", "surrogatepass"), "text/html; charset=utf-8")
    if document.format not in _MARKUPS or not isinstance(extractor, Paged):
        return None
    found: set[str] = set(_MARKUPS[document.format](document.text))
    seen: dict[str, Counter[str]] = {}
    for passage in extractor.passages(document):
        if passage.kind is Kind.HEADING:
            title = passage.text.strip()
            if given := _GIVEN.search(title):
                found.add(given["id"])
                title = title[: given.start()]
            for flavour, slug in _SLUGS.items():
                found.update(_numbered(slug(title), seen.setdefault(flavour, Counter())))
    return frozenset(found - {""})


def _numbered(slug: str, seen: Counter[str]) -> Iterator[str]:
    """Yield a slug, with the number that a further heading of the same name gets."""
    number = seen[slug]
    seen[slug] += 1
    if not number:
        yield slug
    else:
        yield from (f"{slug}-{number}", f"{slug}_{number}", f"{slug}_{number + 1}", f"{slug}-{number + 1}")


def github(title: str) -> str:
    """Return a heading's slug as github-slugger makes it: blanks to hyphens, punctuation out."""
    kept = (char for char in title.lower() if char in " -_" or _is_word(char))
    return "".join(kept).replace(" ", "-")


def _is_word(char: str) -> bool:
    return char.isalnum() or unicodedata.category(char) in {"Mn", "Mc", "Pc", "Nl", "No"}


def _gitlab(title: str) -> str:
    return re.sub(r"-{2,}", "-", github(title.strip()))


def _python_markdown(title: str) -> str:
    ascii_only = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", ascii_only).strip().lower())


def _unicode_markdown(title: str) -> str:
    """Slug as pymdownx does, and toc with `slugify_unicode`."""
    kept = re.sub(r"[^\w\s-]", "", unicodedata.normalize("NFC", title))
    return re.sub(r"[-\s]+", "-", kept.strip().lower())


def _kramdown(title: str) -> str:
    begun = re.sub(r"^[^a-zA-Z]+", "", title)
    return re.sub(r"[^a-z0-9 -]", "", begun.lower()).replace(" ", "-") or "section"


def _pandoc(title: str) -> str:
    kept = "".join(char for char in title.lower() if char in " -_." or char.isalnum())
    return re.sub(r"\s+", "-", kept.strip()).lstrip("0123456789-_.") or "section"


def _vitepress(title: str) -> str:
    plain = "".join(char for char in unicodedata.normalize("NFKD", title) if not unicodedata.combining(char))
    slug = re.sub(r"[\s~`!@#$%^&*()\-_+=\[\]{}|\\;:\"'“”‘’<>,.?/]+", "-", plain).strip("-").lower()
    return f"_{slug}" if slug[:1].isdigit() else slug


def _docutils(title: str) -> str:
    ascii_only = unicodedata.normalize("NFKD", title.lower()).encode("ascii", "ignore").decode()
    return re.sub(r"^[-0-9]+|-+$", "", re.sub(r"[^a-z0-9]+", "-", ascii_only))


def _asciidoctor(title: str) -> str:
    return "_" + re.sub(r"[ .-]+", "_", re.sub(r"[^\w .-]", "", title.lower())).rstrip("_")


_SLUGS: dict[str, Callable[[str], str]] = {
    "github": github, "gitlab": _gitlab, "python-markdown": _python_markdown, "unicode": _unicode_markdown,
    "kramdown": _kramdown, "pandoc": _pandoc, "vitepress": _vitepress, "docutils": _docutils,
    "asciidoctor": _asciidoctor,
}  # fmt: skip


def _tagged(text: str) -> Iterator[str]:
    if _TAGGED.search(text):
        yield from html_anchors(text.encode("utf-8", "surrogatepass"), "text/html; charset=utf-8")


def _rst(text: str) -> Iterator[str]:
    for one in _RST_LABEL.finditer(text):
        yield _docutils(one["id"].strip("`"))


def _asciidoc(text: str) -> Iterator[str]:
    for one in _ADOC_LABEL.finditer(text):
        yield one["block"] or one["short"]


def _org(text: str) -> Iterator[str]:
    for one in _ORG_LABEL.finditer(text):
        yield one["id"] or one["target"]


_MARKUPS: dict[str, Callable[[str], Iterator[str]]] = {
    "markdown": _tagged, "notebook": _tagged, "rst": _rst, "asciidoc": _asciidoc, "org": _org,
}  # fmt: skip
"""Formats whose headings and labels are places, and what finds the labels."""

TELLING = frozenset({"html", *_MARKUPS})
"""Formats of which `places` knows anything."""
