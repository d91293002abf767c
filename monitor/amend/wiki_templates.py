"""How citation templates of the larger Wikipedias name an archived copy.

From the templates' own documentation pages: Citation Style 1 (en), Internetquelle (de), Lien web (fr),
Citar web (pt), Cita web (es, it), Citeer web (nl), Webbref (sv), Cytuj (pl), Cite web (ru, uk) and so on.
Names are compared as `folded` makes them: case, blanks, hyphens and underscores do not count.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from monitor.extract.markup.wiki_words import ROLE, folded


@dataclass(frozen=True, slots=True)
class Status:
    """A parameter that says whether the original link works, with its values."""

    names: tuple[str, ...]
    dead: str
    live: str
    open: frozenset[str] = frozenset()
    """Folded values that say less than `dead` does, and give way to it."""
    needed: bool = True
    """Whether it is added where a template does not have it."""


@dataclass(frozen=True, slots=True)
class Family:
    """A family of templates: `url` and `date` list the spellings of each parameter, the usual one first."""

    templates: re.Pattern[str]
    url: tuple[str, ...]
    date: tuple[str, ...]
    statuses: tuple[Status, ...] = ()
    mark: re.Pattern[str] | None = None
    """What a template of the family must hold, where several languages share its name."""


def _family(templates: str, url: str, date: str, *statuses: Status, mark: str | None = None) -> Family:
    held = re.compile(mark, re.IGNORECASE) if mark else None
    return Family(re.compile(templates), _names(url), _names(date), statuses, held)


def _names(words: str) -> tuple[str, ...]:
    return tuple(one.replace("_", " ") for one in words.split())


_UNSURE = frozenset({"live", "no", "n", "bot:unknown", "botunknown"})
_CS1 = (
    Status(("url-status", "urlstatus"), "dead", "live", _UNSURE),
    Status(("dead-url", "deadurl", "deadlink"), "yes", "no", _UNSURE),
)
_RUSSIAN = Status(("deadlink", "deadurl", "dead-url"), "yes", "no", frozenset({"no", "нет", "404"}))

FAMILIES = (
    _family(r"lien(?:web|brisé)|article|ouvrage", "archive-url archiveurl", "archive-date archivedate"),
    _family(r"internetquelle.*", "archiv-url archivurl", "archiv-datum archivdatum"),
    _family(
        r"citar(?:web|jornal|periódico|livro)",
        "arquivourl urlarquivo archive-url",
        "arquivodata dataarquivo archive-date",
        Status(("urlmorta", "url-status"), "sim", "não", frozenset({"não", "nao", "no"})),
    ),
    _family(
        r"cita(?:web|news)",
        "urlarchivio archive-url",
        "dataarchivio archive-date",
        Status(("urlmorto",), "sì", "no", frozenset({"no", "n"}), needed=False),
        mark=r"\|\s*(?:titolo|accesso)\s*=",
    ),
    _family(r"cita(?:web|noticia|libro|publicación)", "urlarchivo archive-url", "fechaarchivo archive-date"),
    _family(r"citeer(?:web|nieuws|boek)", "archiefurl archief-url", "archiefdatum archief-datum"),
    _family(r"webbref|tidningsref|bokref", "arkivurl archive-url", "arkivdatum archive-date"),
    _family(r"cytuj.*", "archiwum", "zarchiwizowano"),
    _family(r"kildewww|kilde(?:avis|artikel)", "arkivurl archiveurl", "arkivdato archivedate"),
    _family(r"verkkoviite|lehtiviite", "arkisto", "arkistoitu"),
    _family(r"citaceelektronick\w+|citaceelektronickémonografie|citaceweb", "url_archivu", "datum_archivace"),
    _family(r"refweb", "arxiuurl urlarxiu", "arxiudata dataarxiu"),
    _family(r"webkaynağı", "arşivurl archiveurl", "arşivtarihi archivedate"),
    _family(r"статья|книга", "archiveurl archive-url", "archivedate archive-date", _RUSSIAN),
    _family(r"cit(?:e|ation)(?!need)\w*", "archive-url archiveurl", "archive-date archivedate", *_CS1),
)


_BESIDE = frozenset({"layurl", "transcripturl", "conferenceurl"})


def archives(family: Family, address: str, filled: Collection[str]) -> bool:
    """Tell whether the archive parameters of a template are those of the address in parameter `address`.

    Citation Style 1 gives them to the chapter's address where there is one, and never to a transcript's;
    of other families that is not known. Names are folded; `filled` are those with a value.
    """
    if address in _BESIDE:
        return False
    chapters = {one for one in filled if ROLE.get(one) == "chapter_url"} - _BESIDE
    if not chapters:
        return True
    alone = all(ROLE.get(one) != "url" for one in filled)
    return address in chapters and (alone or family is FAMILIES[-1])


def family_of(name: str, body: str) -> Family | None:
    """Return the family of a template by its folded name; `body` tells languages apart that share one."""
    for family in FAMILIES:
        if family.templates.fullmatch(name) and (family.mark is None or family.mark.search(body)):
            return family
    return None


def spelled(names: tuple[str, ...], there: Mapping[str, str]) -> str:
    """Return the name to use: the one the template holds already, else the usual one.

    `there` maps folded names to names as written.
    """
    return next((there[folded(name)] for name in names if folded(name) in there), names[0])
