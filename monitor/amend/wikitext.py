"""Wikitext: archive parameters in the citation template that holds the address, else {{Webarchive}}.

Parameter names by template family, from the templates' own documentation pages: Citation Style 1
(en), Internetquelle (de), Lien web (fr), Citar web (pt), Cita web (es, it), Citeer web (nl).
"""

import re
from dataclasses import dataclass

from monitor.amend import places
from monitor.amend.dates import restyle
from monitor.amend.span_writer import ArchiveLink, SpanWriter, anchor
from monitor.model.finding import Edit
from monitor.model.history import LinkState

_WINDOW = 20_000
"""Characters looked at each side: a template longer than that is none we edit."""


@dataclass(frozen=True, slots=True)
class _Family:
    """How a family of templates names an archive link; `dead` and `live` are values of `status`."""

    names: str
    url: str
    date: str
    status: str | None = None
    dead: str = ""
    live: str = ""


_FAMILIES = (
    _Family(r"cit(?:e|ation)\b.*", "archive-url", "archive-date", "url-status", "dead", "live"),
    _Family(r"lien (?:web|brisé)|article|ouvrage", "archive-url", "archive-date"),
    _Family(r"internetquelle", "archiv-url", "archiv-datum"),
    _Family(r"citar (?:web|jornal|periódico)", "arquivourl", "arquivodata", "urlmorta", "sim", "não"),
    _Family(r"cita (?:web|noticia)", "urlarchivo", "fechaarchivo"),
    _Family(r"cita (?:web|news)", "urlarchivio", "dataarchivio"),
    _Family(r"citeer (?:web|nieuws)", "archiefurl", "archiefdatum"),
)
_PARAMETER = re.compile(r"(?P<lead>\s*\|\s*)(?P<name>[^|={}\[\]<>\n]{1,40}?)(?P<equals>\s*=[ \t]*)$")
_BRACES = re.compile(r"\{\{|\}\}")


class WikitextWriter(SpanWriter):
    """Writes wikitext."""

    formats = ("wikitext",)

    def spell_url(self, url: str) -> str:
        """Encode what means markup inside a template or a link."""
        return url.replace("'", "%27").replace("~~~", "%7E%7E%7E")

    def archive_text(self, link: ArchiveLink) -> str:
        """Return the parameters to copy."""
        day = link.snapshot.timestamp.date().isoformat()
        return f"|archive-url={self.spell_url(link.url)} |archive-date={day} |url-status={_status(link)}"

    def archive(self, link: ArchiveLink) -> list[Edit]:
        """Put the parameters after the access date (or address) of the template, in its own layout."""
        document, text = link.document, link.document.text
        span = link.assessment.citation.url_span
        if span is None:
            return []
        start, end = places.local(document, span)
        template = _template(text, start)
        if template is None:
            return self._beside(link, end)
        begin, close = template
        name = re.match(r"\{\{\s*([^|{}\n]{1,60}?)\s*(?=[|\n}])", text[begin:close])
        family = _family(name[1], text[begin:close]) if name else None
        if family is None or re.search(rf"\|\s*{re.escape(family.url)}\s*=\s*[^\s|}}]", text[begin:close]):
            return []
        place = anchor(document, link.assessment)
        inside = place if place is not None and begin < place[0] < close else (start, end)
        written = _PARAMETER.search(text, begin, inside[0])
        if written is None:
            return []
        at = _value_end(text, inside[1], close)
        return [places.edit(document, at, at, self._parameters(link, family, written))]

    def _parameters(self, link: ArchiveLink, family: _Family, like: re.Match[str]) -> str:
        values = [(family.url, self.spell_url(link.url)), (family.date, _day(link))]
        if family.status:
            values.append((family.status, family.dead if _status(link) == "dead" else family.live))
        lead, equals = like["lead"], like["equals"]
        return "".join(f"{lead}{name}{equals}{value}" for name, value in values)

    def _beside(self, link: ArchiveLink, end: int) -> list[Edit]:
        """Put {{Webarchive}} after a bare link, as bots on Wikipedia do."""
        text = link.document.text
        closed = re.compile(r"[^\[\]\n]{0,500}\]").match(text, end)
        opener = text.rfind("[", max(0, end - 4000), end)
        bracketed = closed is not None and opener >= 0 and "]" not in text[opener:end]
        at = closed.end() if closed is not None and bracketed else end
        made = f" {{{{Webarchive |url={self.spell_url(link.url)} |date={_day(link)}}}}}"
        return [places.edit(link.document, at, at, made)]


def _status(link: ArchiveLink) -> str:
    dead = link.assessment.history.state is LinkState.DEAD
    return "dead" if dead else "live"


def _day(link: ArchiveLink) -> str:
    """Return the snapshot's day in the style of the access date, so that a page keeps one style."""
    day, claim = link.snapshot.timestamp.date(), link.assessment.citation.access_date
    styled = (
        restyle(claim.text, claim.date, day) if claim and claim.date and claim.date.count("-") == 2 else None
    )
    return styled or day.isoformat()


def _family(name: str, body: str) -> _Family | None:
    folded = name.casefold().replace("_", " ")
    for family in _FAMILIES:
        if re.fullmatch(family.names, folded):
            # Spanish and Italian share a template name; Italian calls its title titolo.
            if family.url == "urlarchivo" and re.search(r"\|\s*titolo\s*=", body):
                continue
            return family
    return None


def _template(text: str, position: int) -> tuple[int, int] | None:
    """Return start of the innermost template around `position` and the place of its closing braces."""
    depth, begin = 0, None
    low = max(0, position - _WINDOW)
    for brace in reversed(list(_BRACES.finditer(text, low, position))):
        depth += 1 if brace[0] == "}}" else -1
        if depth < 0:
            begin = brace.start()
            break
    if begin is None:
        return None
    depth = 0
    for brace in _BRACES.finditer(text, position, position + _WINDOW):
        depth += 1 if brace[0] == "{{" else -1
        if depth < 0:
            return begin, brace.start()
    return None


def _value_end(text: str, position: int, close: int) -> int:
    """Return the end of a parameter's value, blanks before the next | or }} left outside."""
    rest = re.compile(r"[^|{}\[\]]*").match(text, position, close)
    end = rest.end() if rest else position
    return position + len(text[position:end].rstrip())
