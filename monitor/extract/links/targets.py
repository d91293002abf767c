"""Where the links and pictures of a document lead, as written: the plain link checker's view of it.

The passages of a document show what is read; pictures, relative definitions and tags inside running text
are no part of that. Code holds no links.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator

from monitor.extract.interface import Stretched
from monitor.extract.links.file_links import file_links
from monitor.extract.links.link_target import LinkTarget
from monitor.extract.markup.markdown_inline import destination
from monitor.extract.passage import Passage, blanks, clean
from monitor.model.document import Document
from monitor.patterns import lazy
from monitor.text_io.html_tokens import attribute_value, attributes, tokens

_LEADING = dict.fromkeys(("img", "iframe", "video", "audio", "source", "embed", "script"), "src")
_LEADING |= dict.fromkeys(("a", "area", "link"), "href")
_LINKED = frozenset({"stylesheet", "icon", "next", "prev", "manifest", "alternate"})
"""What a page's head may link to that its readers meet."""

_OPENS = lazy(r"(?<!\\)\]\((?=[^)])")
_LABEL = lazy(r"(?:\[(?P<label>(?:[^\[\]\\\n]|\\.){1,300}))\Z")
_DEFINITION = lazy(
    r"^[ \t>]{0,12}\[(?!\^)(?P<label>(?:[^\[\]\\\n]|\\.){1,200})\]:[ \t]*<?(?P<target>[^\s<>]{1,4000})>?"
    r"[ \t]*(?:\"[^\"\n]{0,400}\"|'[^'\n]{0,400}'|\([^)\n]{0,400}\))?[ \t]*$",
    re.MULTILINE,
)
_BRACKETS = lazy(r"\[((?:[^\[\]\\\n]|\\.){1,200})\]")
_TICKS = lazy(r"`+")
_COMMENT = lazy(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_PATH_LIKE = lazy(r"[/#.]")


def targets(document: Document, extractor: object, passages: Iterable[Passage]) -> Iterator[LinkTarget]:
    """Yield the targets of a document, in document order within each kind of markup."""
    if isinstance(extractor, Stretched):
        yield from _inline(document.text, list(extractor.stretches(document)))
    elif document.format == "html":
        yield from _tags(document.text, 0, len(document.text))
    else:
        for passage in passages:
            for one in passage.links:
                label = clean(passage.text[one.start : one.end])
                yield LinkTarget(href=one.href, start=one.href_start, end=one.href_end, label=label)
        yield from file_links(document)


def base_of(document: Document) -> str | None:
    """Return what a page says its links start from (HTML §4.2.3)."""
    if document.format != "html":
        return None
    for token in tokens(document.text, 0, min(len(document.text), 65_536)):
        if token.name == "base" and (href := attributes(document.text, token).get("href")):
            return attribute_value(href[0]).strip() or None
    return None


def _tags(text: str, start: int, end: int) -> Iterator[LinkTarget]:
    for token in tokens(text, start, end):
        name = _LEADING.get(token.name)
        if name is None or token.closing:
            continue
        marks = attributes(text, token)
        if token.name == "link" and not _LINKED & set(marks.get("rel", ("",))[0].lower().split()):
            continue
        if name in marks and marks[name][0].strip():
            href, begin, after = marks[name]
            label = clean(marks["alt"][0]) if "alt" in marks else None
            yield LinkTarget(href=href, start=begin, end=after, label=label)


def _inline(text: str, stretches: list[tuple[int, int]]) -> Iterator[LinkTarget]:
    named_in = Counter(one[1] for one in _BRACKETS.finditer(text))
    for start, end in stretches:
        part = _without_code(text[start:end])
        for mark in _OPENS.finditer(part):
            found = destination(part, mark.start() + 1)
            if found is not None and found[0]:
                named = _LABEL.search(part[max(0, mark.start() - 310) : mark.start()])
                label = (
                    clean(text[start + mark.start() - len(named["label"]) : start + mark.start()])
                    if named
                    else None
                )
                yield LinkTarget(href=found[0], start=start + found[1], end=start + found[2], label=label)
        for mark in _DEFINITION.finditer(part):
            label = mark["label"]
            if _PATH_LIKE.search(mark["target"]) and named_in[label] > 1:
                yield LinkTarget(
                    href=mark["target"], start=start + mark.start("target"), end=start + mark.end("target"),
                    label=clean(label),
                )  # fmt: skip
        if "<" in part:
            for one in _tags(part, 0, len(part)):
                yield LinkTarget(href=one.href, start=start + one.start, end=start + one.end, label=one.label)


def _without_code(part: str) -> str:
    """Return text of the same length whose code spans and comments are blank (CommonMark §6.1)."""
    runs = [one.span() for one in _TICKS.finditer(part)] if "`" in part else []
    sized: dict[int, list[int]] = {}
    for number, (begin, end) in enumerate(runs):
        sized.setdefault(end - begin, []).append(number)
    made: list[str] = []
    done = number = 0
    while number < len(runs):
        begin, end = runs[number]
        alike = sized[end - begin]
        following = bisect_right(alike, number)
        if following == len(alike):
            number += 1
            continue
        last = runs[alike[following]][1]
        made += part[done:begin], blanks(part[begin:last])
        done, number = last, alike[following] + 1
    part = "".join((*made, part[done:]))
    return _COMMENT.sub(lambda one: blanks(one[0]), part) if "<!--" in part else part
