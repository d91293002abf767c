"""Wikitext: citation templates of many languages, `<ref>` bodies, and dated lines of reference lists.

Left out: External links, infobox websites, reused `<ref name=x/>`, comments. Parameter names are in
`wiki_words.py`, markup in `wiki_markup.py`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from msgspec import structs

from monitor.extract.dates.hints import collect_hints
from monitor.extract.dates.values import DateHints
from monitor.extract.layouts.annotated import may_be_annotated
from monitor.extract.markup.wiki_markup import (
    LINKED,
    Template,
    Wiki,
    archive_address,
    innermost,
    parameters,
    references,
)
from monitor.extract.markup.wiki_words import (
    ARCHIVED,
    CITE,
    DEAD,
    NOT_CITE,
    OUTSIDE,
    REF_LIKE,
    ROLE,
    YES,
    folded,
)
from monitor.extract.passage import Group, Kind, Passage, clean
from monitor.extract.reading import read
from monitor.extract.records.chapters import parted
from monitor.extract.records.records import Record, field_date, ordered, prose_dates, year_of
from monitor.extract.urls.repair import repair_url
from monitor.model.citation import AccessDate, Citation, Extraction, Rejected
from monitor.model.document import Document
from monitor.model.urls import canonical_url
from monitor.model.values import replaced
from monitor.patterns import lazy

_HEADING = lazy(r"^(={1,6})[ \t]*([^\n=][^\n]{0,200}?)[ \t]*\1[ \t]*\r?$", re.MULTILINE)
_LINE = lazy(r"^[^\n]*(?:://|www\.)[^\n]*", re.MULTILINE)
_ANY_LINE = lazy(r"^[^\n]*\S[^\n]*", re.MULTILINE)
_SCRIPT = lazy(r"^[a-z]{2,3}:(?=\S)")
_CALLED_CITE = lazy(r"\{\{\s*(?:cit[ae]|lien web|internetquelle)", re.IGNORECASE)
_ADDRESS = lazy(r"//|www\.")
_LONGEST_REST = 600


class WikitextExtractor:
    """Reads wikitext."""

    name = "wikitext"

    def extract(self, document: Document) -> Extraction:
        """Return every citation in document order, and what was rejected and why."""
        return _Reader(document).extraction()


class _Reader:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.wiki = Wiki(document.text)
        self.text = self.wiki.text
        self.hints: DateHints = collect_hints(self.text)
        self.rejected: list[Rejected] = []
        self.lines = Group()

    def extraction(self) -> Extraction:
        bodies = references(self.text)
        notes = [
            place
            for one in self.wiki.templates
            if REF_LIKE.fullmatch(one.name.partition("|")[0])
            and (place := parameters(self.text, one).get("1"))
        ]
        containers = sorted({*bodies, *notes})
        cites = list(self._cites())
        inside = innermost(containers, [one for one, _ in cites])
        made = list(self._from_templates(cites, inside))
        used = {inside[one] for one, citation in made if one in inside and citation is not None}
        beside = list(self._beside(used, inside))
        passages = [
            # Notes first: no heading of the text is theirs.
            *self._bare([*(place for place in containers if place not in used), *beside]),
            *self._body(containers, whole=not containers and may_be_annotated(self.text)),
        ]
        reading = read(self.document, passages, self.hints)
        named = {
            canonical_url(url)
            for one, citation in made
            if one in inside and citation
            for url in (citation.url, citation.archive_url)
            if url
        }
        citations = [
            *(citation for _, citation in made),
            *(
                self._marked(one, containers)
                for one in reading.citations
                if not (
                    one.url and canonical_url(one.url) in named and self.wiki.holding(beside, one.span.start)
                )
            ),
        ]
        heading = _HEADING.search(self.text)
        title = clean(heading[2]) if heading and len(heading[1]) == 1 else None
        return replace(
            reading, title=title, citations=ordered(citations), rejected=(*self.rejected, *reading.rejected)
        )

    def _cites(self) -> Iterator[tuple[Template, Mapping[str, tuple[int, int]]]]:
        """Return the citation templates, outermost only, with their values by role."""
        end = -1
        for one in self.wiki.templates:
            if one.start < end or one.end - one.start > 60_000:
                continue
            named = CITE.fullmatch(one.name) is not None
            if not named and (NOT_CITE.fullmatch(one.name) or one.name.startswith("#")):
                continue
            if self._names_copy(one):
                continue
            values = parameters(self.text, one)
            roles = self._roles(values)
            if (
                not named
                and not ("accessed" in roles and values)
                and not ({"url", "title"} <= roles.keys() and len(values) < 40)
            ):
                continue
            if (
                named
                and NOT_CITE.fullmatch(one.name)
                and not {"url", "chapter_url", "accessed"} & roles.keys()
            ):
                continue
            if "<ref" in self.text[one.start : one.end] and not named:
                continue
            end = one.end
            yield one, roles

    def _names_copy(self, one: Template) -> bool:
        """Tell {{WebCite}}, which names a copy, from the citation template of that name."""
        return one.name == "webcite" and "webcitation.org/" in self.text[one.start : one.end]

    def _roles(self, values: Mapping[str, tuple[int, int]]) -> dict[str, tuple[int, int]]:
        roles: dict[str, tuple[int, int]] = {}
        for name, place in values.items():
            role = ROLE.get(name)
            if role is not None and place[0] < place[1]:
                roles.setdefault(role, place)
                if role in {"work", "publisher"}:
                    roles.setdefault(f"{role}2" if roles[role] != place else role, place)
        return roles

    def _from_templates(
        self,
        cites: list[tuple[Template, Mapping[str, tuple[int, int]]]],
        inside: Mapping[Template, tuple[int, int]],
    ) -> Iterator[tuple[Template, Citation | None]]:
        for number, (one, roles) in enumerate(cites):
            following = cites[number + 1][0].start if number + 1 < len(cites) else len(self.text)
            if one in inside:
                stop = min(following, inside[one][1])
            else:
                line = self.text.find("\n", one.end)
                stop = min(following, line if line >= 0 else len(self.text))
            whole = self._citation(
                one, roles, min(max(stop, one.end), one.end + _LONGEST_REST), in_ref=one in inside
            )
            if whole is None or not {"url", "chapter_url"} <= roles.keys():
                yield one, whole
            else:
                yield from ((one, cited) for cited in parted(self.document, whole, self._part(roles)))

    def _part(self, roles: Mapping[str, tuple[int, int]]) -> Record:
        """Return the record of a chapter, or the like, that has an address of its own."""
        start, end = roles["chapter_url"]
        record = Record(start=start, end=end, title=clean(self.wiki.shown(roles.get("chapter"))))
        if "{{" not in self.text[start:end]:
            record.locate(self._written((start, end)).strip("[] "), start, end)
        return record

    def _citation(
        self, one: Template, roles: Mapping[str, tuple[int, int]], stop: int, *, in_ref: bool
    ) -> Citation | None:
        record = Record(start=one.start, end=one.end, reason="the template gives no web address")
        for role in ("url", "chapter_url"):
            if role in roles:
                raw = self._written(roles[role])
                if "{{" in self.text[slice(*roles[role])]:
                    record.reason = "the address is made by a template"
                else:
                    record.locate(raw.strip("[] "), *roles[role])
        if not {"url", "chapter_url"} & roles.keys() and (place := self._linked_place(one)):
            record.locate(self._written(place), *place)
        date = self._date(roles)
        if date is not None:
            record.add_date(date)
        self._title(record, one, roles)
        record.attribution = [
            self._authors(roles),
            *(self.wiki.shown(roles.get(role)) for role in ("work", "work2", "publisher", "publisher2")),
        ]
        if "quote" in roles:
            record.quote, record.quote_place = self.wiki.shown(roles["quote"]), roles["quote"]
        if "archive" in roles:
            mended = repair_url(self.wiki.shown(roles["archive"]) or "")
            record.archive_url = mended.archive_url or mended.url
            if record.url is None and mended.url:
                record.locate(self.wiki.shown(roles["archive"]) or "", *roles["archive"])
        if record.archive_url is None and (ARCHIVED.fullmatch(one.name) or one.name == "webarchiv"):
            record.archive_url = archive_address(self.text, parameters(self.text, one))
        if record.archive_url is None and {"url", "stamp"} <= roles.keys():
            record.archive_url = archive_address(self.text, parameters(self.text, one))
        if "archived_on" in roles:
            dated = self.wiki.passage(*roles["archived_on"], dates=True)
            record.archived_on = field_date(self.document, dated, self.hints) if dated else None
        record.published = year_of(self.wiki.shown(roles.get("published"), dates=True), self.hints)
        record.dead = DEAD.fullmatch(one.name) is not None or (
            "status" in roles and YES.fullmatch(self.text[slice(*roles["status"])]) is not None
        )
        self._rest(record, one.end, stop, in_ref=in_ref)
        return record.citation(self.document)

    def _linked_place(self, one: Template) -> tuple[int, int] | None:
        """Return the value that holds a link where no parameter is for the address: "page=[http://… 4]"."""
        return next(
            (
                place
                for name, place in parameters(self.text, one).items()
                if ROLE.get(name) in {None, "title", "chapter"}
                and LINKED.match(self.text, place[0], place[1])
            ),
            None,
        )

    def _written(self, place: tuple[int, int]) -> str:
        """Return an address as a parameter gives it, be it a link with a label: "[http://… text]"."""
        if "[" in self.text[slice(*place)]:
            passage = self.wiki.passage(*place)
            if passage is not None and passage.links:
                return passage.links[0].href
        return self.wiki.shown(place) or ""

    def _date(self, roles: Mapping[str, tuple[int, int]]) -> AccessDate | None:
        if "accessed" in roles:
            passage = self.wiki.passage(*roles["accessed"], dates=True)
            return field_date(self.document, passage, self.hints) if passage else None
        for role in ("publisher", "work", "title"):
            # "publisher=Reed Press. Retrieved 26 October 2012" is a date in the wrong place, yet a date.
            passage = self.wiki.passage(*roles[role]) if role in roles else None
            dates, _ = prose_dates(self.document, passage, self.hints) if passage else ((), False)
            if dates:
                return dates[0]
        if {"day_month", "year"} <= roles.keys():
            # Before 2011 the English template took day and year apart; the claim spans both.
            day, year = roles["day_month"], roles["year"]
            parsed = year_of(f"{self.text[slice(*day)]} {self.text[slice(*year)]}", self.hints)
            start, end = min(day[0], year[0]), max(day[1], year[1])
            if parsed and end - start < 120:
                span = self.document.span(start, end)
                return AccessDate(date=parsed, text=self.document.verbatim(span), span=span)
        return None

    def _title(self, record: Record, one: Template, roles: Mapping[str, tuple[int, int]]) -> None:
        title = self.wiki.shown(roles.get("title"))
        if title is None and "script_title" in roles:
            title = _SCRIPT.sub("", self.wiki.shown(roles["script_title"]) or "")
        if title is None and not CITE.fullmatch(one.name):
            values = parameters(self.text, one)
            title = next(
                (
                    self.wiki.shown(values[key])
                    for key in ("name", "artikel", "stichwort", "1")
                    if key in values
                ),
                None,
            )
            record.notes.append(f"template {one.name}")
        chapter = self.wiki.shown(roles.get("chapter"))
        record.title = title or chapter

    def _authors(self, roles: Mapping[str, tuple[int, int]]) -> str | None:
        last, first = self.wiki.shown(roles.get("author")), self.wiki.shown(roles.get("first"))
        return f"{last}, {first}" if last and first else last or first

    def _rest(self, record: Record, start: int, stop: int, *, in_ref: bool) -> None:
        """Read what stands after a template: a date in prose, a snapshot, a mark that the link is dead."""
        if stop <= start:
            return
        for one in self.wiki.templates_between(start, stop):
            if DEAD.fullmatch(one.name):
                record.dead = True
            elif (ARCHIVED.fullmatch(one.name) or self._names_copy(one)) and record.archive_url is None:
                found = archive_address(self.text, parameters(self.text, one))
                record.archive_url = found and (repair_url(found).archive_url or found)
        passage = self.wiki.passage(start, stop)
        if passage is None:
            return
        record.archived_in(passage)
        dates, missing = prose_dates(self.document, passage, self.hints)
        record.missing = record.missing or missing
        if in_ref or len(passage.text) < 200:
            for date in dates:
                record.add_date(date)

    def _beside(
        self, used: set[tuple[int, int]], inside: Mapping[Template, tuple[int, int]]
    ) -> Iterator[tuple[int, int]]:
        """Return what stands beside the templates of a reference and names a further address."""
        for start, end in sorted(used):
            position = start
            for one in self.wiki.templates_between(start, end):
                if one.start >= position and (one in inside or ARCHIVED.fullmatch(one.name)):
                    yield position, one.start
                    position = one.end
            yield position, end

    def _bare(self, places: Iterable[tuple[int, int]]) -> Iterator[Passage]:
        """Return the bodies of references without a citation template, as notes of a reference list."""
        for start, end in places:
            if not _ADDRESS.search(self.text, start, end):
                continue
            passage = self.wiki.passage(start, end, kind=Kind.NOTE, group=Group())
            if passage is not None:
                yield structs.replace(passage, listed=True)

    def _body(self, containers: list[tuple[int, int]], *, whole: bool) -> Iterator[Passage]:
        """Return headings, and the lines outside references and templates: all, or those with an address."""
        taken = sorted([*containers, *((one.start, one.end) for one in self.wiki.templates)])
        marks = [(match.start(), match) for match in _HEADING.finditer(self.text)]
        marks += [(match.start(), match) for match in (_ANY_LINE if whole else _LINE).finditer(self.text)]
        reach = index = 0
        outside: int | None = None
        for place, match in sorted(marks, key=lambda mark: mark[0]):
            while index < len(taken) and taken[index][0] <= place:
                reach = max(reach, taken[index][1])
                index += 1
            if match.lastindex:  # only a heading has groups
                level = len(match[1])
                if outside is None or level <= outside:
                    outside = level if OUTSIDE.fullmatch(folded(match[2])) else None
                yield Passage(
                    text=match[2],
                    pieces=((0, match.start(2), len(match[2])),),
                    kind=Kind.HEADING,
                    level=level,
                )
            elif place >= reach and match[0][:1] not in "|!{=" and not _CALLED_CITE.search(match[0]):
                passage = self._line(place, match[0], whole=whole)
                if passage is None:
                    continue
                if outside is not None and not prose_dates(self.document, passage, self.hints)[0]:
                    line = passage.span(self.document, 0, len(passage.text)).line
                    self.rejected.append(
                        Rejected(clean(passage.text[:160]) or "", "an external link, no access date", line)
                    )
                    continue
                yield passage

    def _line(self, place: int, line: str, *, whole: bool) -> Passage | None:
        start = place + len(line) - len(line.lstrip("*#:; "))
        kind = Kind.ITEM if line[0] in "*#" else Kind.PARAGRAPH
        passage = self.wiki.passage(start, place + len(line), kind=kind, group=self.lines)
        told = passage is not None and (whole or passage.links or _ADDRESS.search(passage.text))
        return passage if told else None

    def _among(self, places: list[tuple[int, int]], citation: Citation) -> tuple[int, int] | None:
        return self.wiki.holding(places, citation.span.start)

    def _marked(self, citation: Citation, containers: list[tuple[int, int]]) -> Citation:
        """Give a bare reference what its templates say: that the link is dead, where the snapshot is."""
        place = self._among(containers, citation)
        if place is None:
            return replaced(citation, marked_dead=True) if self._dead_on_its_line(citation) else citation
        for one in self.wiki.templates_between(*place):
            uncopied = citation.archive_url is None and citation.url is not None
            if DEAD.fullmatch(one.name):
                citation = replaced(citation, marked_dead=True)
            elif uncopied and (ARCHIVED.fullmatch(one.name) or self._names_copy(one)):
                found = archive_address(self.text, parameters(self.text, one))
                if found and found != citation.url:
                    citation = replaced(citation, archive_url=repair_url(found).archive_url or found)
        return citation

    def _dead_on_its_line(self, citation: Citation) -> bool:
        """Tell whether a template behind a link, before the line ends or another begins, calls it dead."""
        start = citation.url_span.end if citation.url_span else len(self.text)
        return any(DEAD.fullmatch(one.name) for one in self.wiki.templates_behind(start))


EXTRACTOR = WikitextExtractor()
