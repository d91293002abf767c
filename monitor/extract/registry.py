"""The formats: one line each, imported when first used.

A new format is a module that holds `EXTRACTOR: Extractor` (and `load(data: bytes) -> str` if its
files are binary), and one line in `_FORMATS`.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, cast

from msgspec import Struct, structs

from monitor.errors import UsageError, advice
from monitor.model.citation import Citation, Extraction, keys_of, text_digests, with_keys
from monitor.model.document import Document
from monitor.model.site import Site
from monitor.patterns import lazy

if TYPE_CHECKING:
    from monitor.extract.interface import Extractor


class DocumentFormat(Struct, frozen=True, kw_only=True, gc=False):
    """One format: its module, the endings that mean it, and what its first 4096 bytes may look like.

    `sniff` fits the beginning of a file and decides where the ending does not; so do two `marks`,
    wherever they stand. `streams` is true where a document may be cut at blank lines; `binary` where
    the module's `load` turns the file into text.
    """

    name: str
    module: str
    suffixes: tuple[str, ...]
    sniff: str | None = None
    marks: str | None = None
    streams: bool = False
    binary: bool = False
    needs: str | None = None
    """The module of an extra that reading it needs; the extra has the module's name."""


_FORMATS = (
    DocumentFormat(name="html", module="monitor.extract.formats.html", suffixes=(".html", ".htm", ".xhtml"), sniff=r"(?is)\s*(?:<!doctype html|<html|<head|<body|<\?xml[^>]*>\s*<html)"),
    DocumentFormat(name="markdown", module="monitor.extract.formats.markdown", suffixes=(".md", ".markdown", ".mdx", ".mkd", ".qmd", ".rmd"), marks=r"(?m)^#{1,6} \w|\]\(<?(?:https?:|#|/|\.)|^\[[^\]\n]{1,60}\]: |^(?:```|~~~)", streams=True),
    DocumentFormat(name="wikitext", module="monitor.extract.formats.wikitext", suffixes=(".wiki", ".wikitext", ".mediawiki", ".mw"), marks=r"(?im)<ref\b[^<>\n]{0,80}>|\{\{(?:cite|cit[ao]|citation|internetquelle|lien web|webarchive)\b|^={2,4}[^=\n]{2,80}={2,4}[ \t]*$|\[\[[^\]\n]{2,80}\]\]"),
    DocumentFormat(name="latex", module="monitor.extract.formats.latex", suffixes=(".tex", ".ltx", ".latex", ".bbl", ".texi", ".texinfo"), sniff=r"(?s)(?:\s*%[^\n]*\n)*\s*\\(?:documentclass|begin|bibitem)"),
    DocumentFormat(name="bibtex", module="monitor.extract.formats.bibtex", suffixes=(".bib", ".biblatex", ".bibtex"), sniff=r"(?s)(?:\s*%[^\n]*\n)*\s*@\w+\s*\{\s*[^\s,{}]+\s*,\s*(?:\n|\w+\s*=)"),
    DocumentFormat(name="ris", module="monitor.extract.formats.ris", suffixes=(".ris",), sniff=r"\s*TY {1,3}- ?[A-Z]"),
    DocumentFormat(name="csl-json", module="monitor.extract.formats.csl_json", suffixes=(".csl.json", ".csljson", ".json"), sniff=r"(?s)\s*\[\s*\{\s*\"(?:id|URL|DOI|author|type|title|accessed|citation-key)\""),
    DocumentFormat(name="csl-yaml", needs="yaml", module="monitor.extract.formats.csl_yaml", suffixes=(".csl.yaml", ".csl.yml"), sniff=r"(?s)(?:---\s*\n)?references:\s*\n\s*- "),
    DocumentFormat(name="cff", needs="yaml", module="monitor.extract.formats.cff", suffixes=(".cff",), sniff=r"(?s)(?:\s*#[^\n]*\n)*\s*cff-version:"),
    DocumentFormat(name="rst", module="monitor.extract.formats.rst", suffixes=(".rst", ".rest"), marks=r"(?m)^\.\. (?:\[[^\]\n]{1,40}\] |_[^:\n]{1,80}: ?|[\w-]{2,30}::)|`[^`<>\n]{1,120}\s<[^<>`\n]{3,200}>`_|^(?P<line>[=~^*+-])(?P=line){3,80}[ \t]*$"),
    DocumentFormat(name="hayagriva", needs="yaml", module="monitor.extract.formats.hayagriva", suffixes=(), sniff=r"(?:\s*#[^\n]*\n)*\s*[\w.:+/-]+:[ \t]*\r?\n[ \t]+(?:type|title|author|url|date|parent):"),
    DocumentFormat(name="notebook", module="monitor.extract.formats.notebook", suffixes=(".ipynb",)),
    DocumentFormat(name="asciidoc", module="monitor.extract.formats.asciidoc", suffixes=(".adoc", ".asciidoc", ".asc")),
    DocumentFormat(name="org", module="monitor.extract.formats.org", suffixes=(".org",)),
    DocumentFormat(name="typst", module="monitor.extract.formats.typst", suffixes=(".typ",)),
    DocumentFormat(name="textile", module="monitor.extract.formats.textile", suffixes=(".textile",)),
    DocumentFormat(name="dokuwiki", module="monitor.extract.formats.dokuwiki", suffixes=(".dokuwiki",)),
    DocumentFormat(name="endnote-tagged", module="monitor.extract.formats.endnote_tagged", suffixes=(".enw",), sniff=r"%0 [A-Z][\w ]{2,40}\r?\n%[A-Z] "),
    DocumentFormat(name="endnote-xml", module="monitor.extract.formats.endnote_xml", suffixes=(), sniff=r"(?s)(?:\s*<\?xml[^>]*>)?\s*<(?:xml>\s*<)?records>\s*<record>"),
    DocumentFormat(name="mods", module="monitor.extract.formats.mods", suffixes=(".mods",), sniff=r"(?s)(?:\s*<\?xml[^>]*>)?\s*(?:<!--.{0,2000}?-->\s*)?<(?:\w+:)?mods(?:Collection)?[\s>]"),
    DocumentFormat(name="jats", module="monitor.extract.formats.jats", suffixes=(".nxml", ".jats"), sniff=r"(?s)(?:\s*<\?xml[^>]*>)?\s*(?:<!DOCTYPE article[^>]*>\s*|<\?[^>]*>\s*|<!--.{0,2000}?-->\s*){0,5}<article[\s>][^<]{0,2000}<(?:front|processing-meta|body)"),
    DocumentFormat(name="zotero-rdf", module="monitor.extract.formats.zotero_rdf", suffixes=(".rdf",), sniff=r"(?s)(?:\s*<\?xml[^>]*>)?\s*<rdf:RDF\b"),
    DocumentFormat(name="mediawiki-export", module="monitor.extract.formats.mediawiki_export", suffixes=(), sniff=r"(?s)(?:\s*<\?xml[^>]*>)?\s*<mediawiki[\s>]"),
    DocumentFormat(name="feed", module="monitor.extract.formats.feed", suffixes=(".rss", ".atom"), sniff=r"(?s)(?:\s*<\?xml[^>]*>)?\s*(?:<\?[^>]*>\s*|<!--.{0,2000}?-->\s*){0,5}<(?:rss|feed)[\s>]"),
    DocumentFormat(name="sitemap", module="monitor.extract.formats.sitemap", suffixes=(), sniff=r"(?s)(?:\s*<\?xml[^>]*>)?\s*(?:<\?[^>]*>\s*|<!--.{0,2000}?-->\s*){0,5}<(?:\w+:)?(?:urlset|sitemapindex)[\s>]"),
    DocumentFormat(name="table", module="monitor.extract.formats.table", suffixes=(".csv", ".tsv")),
    DocumentFormat(name="epub", module="monitor.extract.formats.epub", suffixes=(".epub",), sniff=r"(?s)PK\x03\x04.{26}mimetypeapplication/epub\+zip", binary=True),
    DocumentFormat(name="odt", module="monitor.extract.formats.odt", suffixes=(".odt", ".ott"), sniff=r"(?s)PK\x03\x04.{26}mimetypeapplication/vnd\.oasis\.opendocument", binary=True),
    DocumentFormat(name="rtf", module="monitor.extract.formats.rtf", suffixes=(".rtf",), sniff=r"\{\\rtf\d", binary=True),
    DocumentFormat(name="docx", module="monitor.extract.formats.docx", suffixes=(".docx",), sniff=r"PK\x03\x04", binary=True),
    DocumentFormat(name="pdf", module="monitor.extract.formats.pdf", suffixes=(".pdf",), sniff=r"%PDF-", binary=True),
    DocumentFormat(name="text", module="monitor.extract.formats.text", suffixes=(".txt", ".text"), streams=True),
)  # fmt: skip


_MISTAKEN = {"text": ("wikitext",), "markdown": ("rst",)}
"""Markups that files with another one's ending are written in; marks decide."""


_BY_CONTENT = {
    ".yaml": ("hayagriva", "csl-yaml"),
    ".yml": ("hayagriva", "csl-yaml"),
    ".xml": ("endnote-xml", "mods", "jats", "zotero-rdf", "mediawiki-export", "feed", "sitemap", "html"),
}
"""Endings that several formats share; the beginning decides, the last one takes the rest."""


_STRING = lazy(r'(?<![=\w])"[^"\n]{0,4000}"')


class FormatTable:
    """The registered formats; satisfies `monitor.documents.Formats`."""

    def __init__(self, formats: Iterable[DocumentFormat]) -> None:
        self._formats = {one.name: one for one in formats}

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names config and the command line accept."""
        return tuple(self._formats)

    @property
    def suffixes(self) -> frozenset[str]:
        """Return every ending that means a document."""
        return (
            frozenset(suffix for one in self._formats.values() for suffix in one.suffixes)
            | _BY_CONTENT.keys()
        )

    def detect(self, path: str, head: bytes) -> str:
        """Return the format's name: the longest known ending, else what the content looks like, else text.

        ".txt" promises nothing, a saved page with that ending is still a page; and what carries marks
        of another markup, and none of the one its ending names, is in the other.
        """
        name = path.lower()
        fitting = [
            (len(suffix), one.name)
            for one in self._formats.values()
            for suffix in one.suffixes
            if name.endswith(suffix)
        ]
        text = _readable(head)
        named = max(fitting)[1] if fitting else None
        if named is None and (shared := next((end for end in _BY_CONTENT if name.endswith(end)), None)):
            return self._sniffed(text, _BY_CONTENT[shared]) or _BY_CONTENT[shared][-1]
        if named not in {None, "text", *_MISTAKEN}:
            return str(named)
        if named in {None, "text"} and (sniffed := self._sniffed(text)):
            return sniffed
        return self._marked(text, named) or named or "text"

    def _sniffed(self, text: str, among: Iterable[str] | None = None) -> str | None:
        for name in self._formats if among is None else among:
            sniff = self._formats[name].sniff
            if sniff and re.match(sniff, text):
                return name
        return None

    def _marked(self, text: str, named: str | None) -> str | None:
        """Return the markup that two marks or more speak for, and none for the one the ending names."""
        if named and self._marks(text, named):
            return None
        rivals = self._formats if named is None else _MISTAKEN[named]
        counted = [(count, one) for one in rivals if (count := self._marks(text, one)) > 1]
        return max(counted)[1] if counted else None

    def _marks(self, text: str, name: str) -> int:
        """Count the marks of a format's markup; a program's strings ("<ref>…") speak for none."""
        pattern = self._formats[name].marks
        return sum(1 for _ in re.finditer(pattern, _STRING.sub('""', text))) if pattern else 0

    def loader(self, name: str) -> Callable[[bytes], str] | None:
        """Return the function that turns a binary file into text; None for a text format.

        UsageError where reading the format needs an extra that is not installed.
        """
        form = self.format(name)
        if form.needs is not None and find_spec(form.needs) is None:
            raise UsageError(f"{name} is read with the extra `{form.needs}`: {advice(form.needs)}")
        return cast("Callable[[bytes], str]", import_module(form.module).load) if form.binary else None

    def streams(self, name: str) -> bool:
        """Tell whether a document of this format may be cut into sections."""
        return self.format(name).streams

    def format(self, name: str) -> DocumentFormat:
        """Return one format; UsageError lists the known ones."""
        if name not in self._formats:
            raise UsageError(f"unknown format {name!r}; known are {', '.join(self._formats)}")
        return self._formats[name]


FORMATS = FormatTable(_FORMATS)


@lru_cache(maxsize=32)
def extractor_for(format: str) -> "Extractor":
    """Return the extractor of a format; UsageError for an unknown name."""
    return cast("Extractor", import_module(FORMATS.format(format).module).EXTRACTOR)


def _readable(head: bytes) -> str:
    """Return a file's first bytes as text, well enough to see what markup it is."""
    for bom, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if head.startswith(bom):
            return head[2:].decode(encoding, "replace")
    return head.removeprefix(b"\xef\xbb\xbf").decode("latin-1")


def extract(document: Document, *, links: Site | None = None) -> Extraction:
    """Return every citation of a document with its key, and what was rejected and why.

    With `links`, every other link of the document is taken too; it tells where those of the site itself lead.
    """
    extractor = extractor_for(document.format)
    found = extractor.extract(document)
    if links is not None:
        from monitor.extract.links.all_links import with_all_links

        found = with_all_links(document, found, extractor, links)
    from monitor.extract.exclusions import without_excluded

    found = without_excluded(document, found)
    if not (found.citations or found.notes or document.notes):
        return found
    notes = _some(dict.fromkeys((*document.notes, *found.notes)))
    keys = iter([*keys_of(one for one in found.citations if not one.identified)])
    digests = [*text_digests(document, found.citations)]
    known = [
        structs.replace(
            one,
            key=one.key if one.identified else next(keys),
            text_digest=digest,
            left_off=_left_off(document.text, one),
        )
        for one, digest in zip(found.citations, digests, strict=True)
    ]
    identified = tuple([one for one in known if one.identified])
    citations = tuple([one for one in known if not one.identified] if identified else known)
    return replace(found, citations=citations, identified=identified, notes=notes)


def _left_off(text: str, citation: Citation) -> str:
    """Return the mark right behind a bare address that reading took for the sentence's; "" for none."""
    span = citation.url_span
    if span is None or text[span.start : span.end] != citation.url:
        return ""
    behind = text[span.end : span.end + 2]
    if not behind or behind[0] not in _MARKS:
        return ""
    bare = not span.start or text[span.start - 1].isspace()
    return behind[0] if bare and not behind[1:].strip().strip(_MARKS) else ""


_MARKS = ".,;:!?'*…)]"


def _some(notes: Iterable[str]) -> tuple[str, ...]:
    """Return the first remarks and how many there are beyond: a broken file can deserve a million."""
    every = tuple(notes)
    beyond = len(every) - _MOST_NOTES
    return every if beyond <= 0 else (*every[:_MOST_NOTES], f"{beyond} more remarks on this document")


_MOST_NOTES = 100


def extract_sections(sections: Iterable[Document], *, links: Site | None = None) -> Extraction:
    """Return one extraction over the sections of one document (`documents.read_sections`)."""
    parts = [extract(section, links=links) for section in sections]
    if not parts:
        raise ValueError("a document has at least one section")
    return replace(
        parts[0],
        title=next((part.title for part in parts if part.title), None),
        citations=with_keys(citation for part in parts for citation in part.citations),
        rejected=tuple(one for part in parts for one in part.rejected),
        excluded=tuple(one for part in parts for one in part.excluded),
        identified=tuple(one for part in parts for one in part.identified),
        notes=_some(dict.fromkeys(note for part in parts for note in part.notes)),
    )
