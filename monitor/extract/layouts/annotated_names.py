"""What names the source of an annotated entry: title and attribution, without the headings of sections."""

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from monitor.extract.layouts.annotated_stream import Annotated, StreamPart
from monitor.extract.layouts.run_on import UNPARTED, part_run_on
from monitor.extract.layouts.section_headings import heading_ends
from monitor.extract.passage import Kind, clean
from monitor.extract.references.titles import GIVEN, certainty_of
from monitor.extract.words.purposes import Words
from monitor.extract.words.vocabulary import any_of
from monitor.model.citation import TitleCertainty
from monitor.patterns import lazy

_DANGLING = lazy(lambda: rf"(?:\s[-–—]\s{any_of(Words.DANGLING)}|\s[a-z0-9_.-]{{3,}}/|[\s,;:–—-]+)$")


def without_headings(groups: Sequence[Annotated]) -> tuple[Annotated, ...]:
    """Return the sources; the headings of sections are taken off the titles they run on into, and the page's title off the first.

    The page's title is the document's first line, and one more than any other source has.
    """
    most = max((len(group.head) for group in groups[1:]), default=0)
    if groups and 0 < most < len(groups[0].head) and not groups[0].head[0].block:
        groups = [replace(groups[0], head=groups[0].head[-most:]), *groups[1:]]
    texts = [text for group in groups if (text := _run_on_text(group)) is not None]
    if len(texts) < len(groups):
        return tuple(groups)
    return tuple(_cut(group, end) for group, end in zip(groups, heading_ends(texts), strict=True))


def _cut(group: Annotated, end: int) -> Annotated:
    """Return a source whose head begins `end` characters later."""
    if not end:
        return group
    part = group.head[0]
    rest = part.text[end:]
    return replace(group, head=(replace(part, start=part.start + end + len(rest) - len(rest.lstrip())),))


def _run_on_text(group: Annotated) -> str | None:
    """Return a head that runs on from its title to its address; None for any other."""
    if len(group.head) != 1 or group.anchor[0].begins or group.head[0].block != group.anchor[0].block:
        return None
    return group.head[0].text


class Named(Struct, frozen=True, gc=False):
    """Title and attribution of a source, and the head they stand in, without the page's heading."""

    title: str | None
    certainty: TitleCertainty | None
    attribution: str | None
    head: tuple[StreamPart, ...]


def named(group: Annotated, *, under_heading: bool, parted: bool = True) -> Named:
    """Return what names a source; `under_heading` where a section's heading is to be expected.

    Unless `parted`, a title that runs on into its attribution is kept whole: nothing there can be relied on.
    """
    head = group.head
    lines = [text for part in head if (text := clean(part.text))]
    if not lines:
        return Named(None, None, None, head)
    score = GIVEN
    if len(lines) == 1 and _run_on_text(group) and not parted:
        title, attribution, score = lines[0], None, UNPARTED
    elif len(lines) == 1 and _run_on_text(group):
        whole = part_run_on(lines[0], _cited(group))
        title, attribution, score = whole.title or "", whole.attribution, whole.score
    elif len(lines) == 1:
        title, attribution = lines[0], None
    else:
        if _is_page_heading(head):
            lines, head = lines[1:], head[1:]
        elif _is_section(lines, expected=under_heading):
            lines = lines[1:]
        title, attribution = lines[0], lines[-1] if len(lines) > 1 else None
    if attribution:
        attribution = _DANGLING.sub("", attribution).strip() or None
    shown = clean(title.strip(" *"))
    return Named(shown, certainty_of(shown, score), attribution, head)


_YEAR = lazy(r"\b(?:19|20)\d\d\b")
_LONGEST_SECTION = 40
_SECOND_LINE = lazy(r"(?:[A-Z][a-z]{0,4})\s[a-z]")


def _section_word() -> str:
    return rf"(?:[A-ZÀ-Þ][\w'’.-]*|{any_of(Words.SECTION_JOINTS)}|&|\([\w ]+\))"


_SECTION = lazy(lambda: rf"{_section_word()}(?:\s{_section_word()}){{0,3}}")


def _is_section(lines: list[str], *, expected: bool) -> bool:
    """Tell whether a head's first line is the heading of a section (a place), not the title.

    Where not every entry has one, "Rights Overview", "A survivor's story" are title and second line.
    """
    if len(lines[0]) > _LONGEST_SECTION or not _SECTION.fullmatch(lines[0]):
        return False
    if len(lines) > 2:
        return expected or (len(lines[0].split()) <= 2 and not _SECOND_LINE.match(lines[1]))
    return not attribution_like(lines[1]) and len(lines[1].split()) >= 6


def sectioned(groups: Sequence[Annotated]) -> bool:
    """Tell whether most entries after the first stand under the heading of a section each."""
    told = 0
    for group in groups[1:]:
        lines = [text for part in group.head if (text := clean(part.text))]
        told += len(lines) > 1 and _is_section(lines, expected=True)
    return 2 * told > len(groups) - 1


def _is_page_heading(head: Sequence[StreamPart]) -> bool:
    """Tell whether a head's first line is the page's or a section's heading and the next one the title."""
    if head[0].passage.kind is not Kind.HEADING:
        return False
    following = head[1]
    return (
        following.passage.kind is Kind.HEADING
        or following.address is not None
        or (head[0].passage.level == 1 and len(head) > 2)
    )


def attribution_like(text: str) -> bool:
    """Tell whether a line shows what attributions show: a comma, a year."""
    return "," in text or _YEAR.search(text) is not None


def _cited(group: Annotated) -> str | None:
    """Return the first address of a source."""
    return next((part.address.url for part in group.anchor if part.address is not None), None)
