"""Wikitext: archive parameters in the citation template that holds the address, else {{Webarchive}}.

A parameter that is there is filled or changed in place, whatever its spelling; a second one of a name
would win or lose by its place alone. The mark that the link is dead goes when the archived copy comes.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from monitor.amend import places
from monitor.amend.dates import Unread, restyle
from monitor.amend.interface import NoPlace
from monitor.amend.span_writer import ArchiveLink, SpanWriter, anchor, hints
from monitor.amend.wiki_templates import FAMILIES, Family, Status, archives, family_of, spelled
from monitor.extract.markup.wiki_markup import Template, Wiki, pieces
from monitor.extract.markup.wiki_words import DEAD, folded
from monitor.model.citation import Citation
from monitor.model.document import Document
from monitor.model.finding import Edit
from monitor.model.history import LinkState
from monitor.model.run import Assessment

_LONGEST = 60_000
_BEHIND = 400
_NO_BOTS = re.compile(
    r"\{\{\s*(?:nobots\s*\}\}|bots\s*\|\s*(?:deny\s*=\s*all|allow\s*=\s*none|deny\s*=[^{}]*\bInternetArchiveBot))",
    re.IGNORECASE,
)
_IGNORED = re.compile(r"\{\{\s*cbignore\b[^{}]{0,80}\}\}", re.IGNORECASE)
_FOREIGN = re.compile(
    r"\[\[\s*(?:kategorie|catégorie|categoría|categoria|categorie|kategoria|kategori|категория|категорія|luokka|kategórie)\s*:",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(r"://|</?ref\b|\n", re.IGNORECASE)
_WEBARCHIVE = re.compile(r"\{\{\s*webarchive\s*\|", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Parameter:
    """A named parameter: the place of its name, of its "=", and where its piece ends (comments included)."""

    start: int
    name: str
    equals: int
    end: int


class WikitextWriter(SpanWriter):
    """Writes wikitext."""

    date_markup = re.compile(r"&nbsp;|\{\{nbsp\}\}|\[\[|\]\]|\||\{\{|\}\}|'{2,5}|<!--.*?-->", re.DOTALL)

    def spell_url(self, url: str) -> str:
        """Encode what means markup inside a template or a link."""
        return url.replace("'", "%27").replace("~~~", "%7E%7E%7E")

    def archive_text(self, link: ArchiveLink) -> str:
        """Return the parameters to copy."""
        day = link.snapshot.timestamp.date().isoformat()
        status = "dead" if _dead(link.assessment) else "live"
        return f"|archive-url={self.spell_url(link.url)} |archive-date={day} |url-status={status}"

    def forbidden(self, document: Document, assessment: Assessment) -> str | None:
        """Return what the page says to bots: {{nobots}}, {{bots|deny=…}}, {{cbignore}} at this citation."""
        if _refuses_bots(document.text):
            return "the page asks bots not to edit it"
        start, end = places.local(document, assessment.citation.span)
        behind = re.compile(r"</ref|\n").search(document.text, end)
        stop = min(behind.start() if behind else len(document.text), end + _BEHIND)
        if _IGNORED.search(document.text, start, stop):
            return "the page asks bots to leave this citation alone"
        return None

    def archive(self, link: ArchiveLink) -> list[Edit] | NoPlace:
        """Fill or add the parameters after the template's access date (or address), in its own layout."""
        document, text = link.document, link.document.text
        span = link.assessment.citation.url_span
        if span is None:
            return NoPlace.NOWHERE
        start, end = places.local(document, span)
        wiki = _wiki(text)
        template = _around(wiki, start)
        if template is None:
            return self._beside(link, wiki, start, end)
        family = family_of(template.name.partition("|")[0], text[template.start : template.end])
        if family is None:
            return NoPlace.UNKNOWN_TEMPLATE
        found = _parameters(wiki.text, text, template)
        filled = {folded(one.name) for one in found if _value(text, one)}
        holds = next((folded(one.name) for one in found if one.start <= start < one.end), "")
        if not archives(family, holds, filled):
            return NoPlace.OTHER_ADDRESS
        place = anchor(document, link.assessment)
        at = place[0] if place is not None and template.start < place[0] < template.end else start
        dates = [places.local(document, date.span)[0] for date in link.assessment.citation.access_dates]
        at = next((one for one in sorted(dates) if template.start < one < template.end), at)
        held = next((one for one in found if one.start <= at < one.end), None)
        if held is None:
            return NoPlace.UNKNOWN_TEMPLATE
        edits = self._filled(link, family, found, held)
        if isinstance(edits, NoPlace):
            return edits
        return [*edits, *_dead_mark(document, wiki, template)]

    def exchanged(self, link: ArchiveLink, start: int, end: int) -> list[Edit] | NoPlace:
        """Replace the address of a copy, and the date of the copy beside it."""
        document, text = link.document, link.document.text
        edits = [places.edit(document, start, end, self.spell_url(link.url))]
        template = _around(_wiki(text), start)
        if template is None:
            return edits
        family = family_of(template.name.partition("|")[0], text[template.start : template.end])
        if family is None:
            return NoPlace.UNKNOWN_TEMPLATE
        found = {folded(one.name): one for one in _parameters(_wiki(text).text, text, template)}
        name = spelled(family.date, {key: one.name for key, one in found.items()})
        one = found.get(folded(name))
        if one is None or not _value(text, one):
            return edits
        return [*edits, _exchanged(document, one, _day(link))]

    def revived(self, document: Document, citation: Citation) -> list[Edit]:
        """Return the removal of the {{dead link}} behind the citation, and its status put right."""
        if citation.url_span is None or not citation.marked_dead:
            return []
        start, end = places.local(document, citation.url_span)
        wiki = _wiki(document.text)
        template = _around(wiki, start)
        cited = template or Template("", start, _link_end(wiki, start, end))
        status = _status_revived(document, wiki, template) if template else []
        return [*status, *_dead_mark(document, wiki, cited), *super().revived(document, citation)]

    def _filled(
        self, link: ArchiveLink, family: Family, found: list[_Parameter], held: _Parameter
    ) -> list[Edit] | NoPlace:
        document, text = link.document, link.document.text
        there = {folded(one.name): one.name for one in found}
        last = {folded(one.name): one for one in found}
        values = [
            (spelled(family.url, there), self.spell_url(link.url)),
            (spelled(family.date, there), _day(link)),
        ]
        edits, added = [], []
        for name, value in values:
            one = last.get(folded(name))
            if one is None:
                added.append((name, value))
            elif _value(text, one):
                return NoPlace.TAKEN
            else:
                edits.append(_fill(document, one, value, like=held))
        if status := _status_named(family, last):
            name, value = self._status(status, _dead(link.assessment))
            one = next((last[folded(known)] for known in status.names if folded(known) in last), None)
            if one is None:
                added.append((name, value))
            elif not _value(text, one):
                edits.append(_fill(document, one, value, like=held))
            elif _dead(link.assessment) and folded(_value(text, one)) in status.open:
                edits.append(_exchanged(document, one, value))
        if added:
            lead, equals = _layout(text, held)
            at = _value_end(text, held)
            new = "".join(f"{lead}{name}{equals}{value}" for name, value in added)
            edits.append(places.edit(document, at, at, new))
        return edits

    @staticmethod
    def _status(status: Status, dead: bool) -> tuple[str, str]:
        return status.names[0], status.dead if dead else status.live

    def _beside(self, link: ArchiveLink, wiki: Wiki, start: int, end: int) -> list[Edit] | NoPlace:
        """Put {{Webarchive}} after a bare link, as bots on the English Wikipedia do."""
        text = link.document.text
        if not _english(text):
            return NoPlace.UNKNOWN_WIKI
        at = _link_end(wiki, start, end)
        if text[at : at + 2] in {"}}", "|"}:
            return NoPlace.UNKNOWN_TEMPLATE
        made = f" {{{{Webarchive |url={self.spell_url(link.url)} |date={_day(link)}}}}}"
        edits = [places.edit(link.document, at, at, made)]
        return [*edits, *_dead_mark(link.document, wiki, Template("", start, at))]


@lru_cache(maxsize=2)
def _wiki(text: str) -> Wiki:
    return Wiki(text)


def _around(wiki: Wiki, position: int) -> Template | None:
    """Return the innermost template around a place."""
    low = max(0, position - _LONGEST)
    holding = [one for one in wiki.templates_between(low, position) if one.end > position]
    return holding[-1] if holding else None


def _parameters(blank: str, text: str, template: Template) -> list[_Parameter]:
    """Return a template's named parameters in order; `blank` is the text with comments blanked."""
    found = []
    for start, equals, end in pieces(blank, template.start + 2, template.end - 2):
        if equals >= 0 and (name := text[start:equals].strip()):
            found.append(_Parameter(start, name, equals, end))
    return found


def _value(text: str, one: _Parameter) -> str:
    """Return a parameter's value; a comment is none."""
    return re.sub(r"<!--.*?-->", "", text[one.equals + 1 : one.end], flags=re.DOTALL).strip()


def _layout(text: str, like: _Parameter) -> tuple[str, str]:
    """Return what stands before a parameter's name and around its sign."""
    before = text[: like.start - 1]
    lead = before[len(before.rstrip()) :] + "|"
    name = text[like.start : like.equals]
    lead += name[: len(name) - len(name.lstrip())]
    after = re.compile(r"[ \t]*").match(text, like.equals + 1)
    gap = name[len(name.rstrip()) :]
    return lead, f"{' ' if gap else ''}={after[0][:1] if after and gap else ''}"


def _value_end(text: str, one: _Parameter) -> int:
    """Return the end of a parameter's value, comments in it included, blanks after it not."""
    return one.equals + 1 + len(text[one.equals + 1 : one.end].rstrip())


def _fill(document: Document, one: _Parameter, value: str, *, like: _Parameter) -> Edit:
    """Return the edit that puts a value into an empty parameter, spaced as the others are."""
    text = document.text
    _, equals = _layout(text, like)
    blank = equals[equals.index("=") + 1 :] or (" " if text[one.equals + 1 : one.equals + 2] == "<" else "")
    at = one.equals + 1
    return places.edit(document, at, at, blank + value)


def _exchanged(document: Document, one: _Parameter, value: str) -> Edit:
    text = document.text
    old = _value(text, one)
    start = text.index(old, one.equals + 1)
    return places.edit(document, start, start + len(old), value)


def _status_named(family: Family, last: dict[str, _Parameter]) -> Status | None:
    """Return the status parameter to write: the one that is there, else the family's first."""
    there = (one for one in family.statuses if any(folded(name) in last for name in one.names))
    return next(there, next((one for one in family.statuses if one.needed), None))


def _status_revived(document: Document, wiki: Wiki, template: Template) -> list[Edit]:
    """Return the edit that makes a status say that the link lives; where it says more than dead, it stays."""
    text = document.text
    family = family_of(template.name.partition("|")[0], text[template.start : template.end])
    found = {folded(one.name): one for one in _parameters(wiki.text, text, template)}
    statuses = family.statuses if family else ()
    held = ((one, found[folded(name)]) for one in statuses for name in one.names if folded(name) in found)
    return [
        _exchanged(document, parameter, status.live)
        for status, parameter in held
        if folded(_value(text, parameter)) == folded(status.dead)
    ]


def _dead_mark(document: Document, wiki: Wiki, cited: Template) -> list[Edit]:
    """Return the removal of the {{dead link}} behind a citation, with no other link in between."""
    text, edits = document.text, []
    for one in wiki.templates_between(cited.end, cited.end + _BEHIND):
        if not DEAD.fullmatch(one.name.partition("|")[0]):
            break
        between = text[cited.end : one.start]
        if _ELSEWHERE.search(between):
            break
        begin = one.start - (len(between) - len(between.rstrip(" \t")))
        edits.append(places.edit(document, begin, one.end, ""))
    return edits


def _link_end(wiki: Wiki, start: int, end: int) -> int:
    """Return the place after a bare link, its bracket and text included."""
    if wiki.text[start - 1 : start] != "[":
        return end
    _, line_end = places.line_bounds(wiki.text, end)
    return _bracket_end(wiki.text, start - 1, line_end) or end


def _bracket_end(text: str, opened: int, limit: int) -> int | None:
    """Return the place after the bracket that closes a link; its text may hold "[sic]"."""
    depth = 0
    for sign in re.compile(r"[\[\]]").finditer(text, opened, limit):
        depth += 1 if sign[0] == "[" else -1
        if depth == 0:
            return sign.end()
    return None


@lru_cache(maxsize=2)
def _refuses_bots(text: str) -> bool:
    return _NO_BOTS.search(text) is not None


@lru_cache(maxsize=2)
def _english(text: str) -> bool:
    """Tell whether {{Webarchive}} is this wiki's own: it is used, or nothing speaks for another language."""
    if _WEBARCHIVE.search(text):
        return True
    if _FOREIGN.search(text):
        return False
    names = {one.name for one in _wiki(text).templates}
    foreign = [family for family in FAMILIES[:-1] if any(family.templates.fullmatch(name) for name in names)]
    return not foreign


def _dead(assessment: Assessment) -> bool:
    return assessment.history.state is LinkState.DEAD


def _day(link: ArchiveLink) -> str:
    """Return the snapshot's day in the style of the access date, so that a page keeps one style."""
    day, claim = link.snapshot.timestamp.date(), link.assessment.citation.access_date
    if claim is None or claim.date is None or claim.date.count("-") != 2:
        return day.isoformat()
    styled = restyle(claim.text, claim.date, day, hints=hints(link.document.text))
    return day.isoformat() if isinstance(styled, Unread) else styled
