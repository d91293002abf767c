"""Identifiers that resolve: "doi:10.1000/182", "arXiv:2101.12345", "hdl:2027/mdp.1", "PMID: 123456", "PMC1234567".

Resolvers: DOI Handbook §3 (doi.org), arXiv identifier scheme (arxiv.org/help/arxiv_identifier), the Handle
System (RFC 3650, hdl.handle.net), PubMed and PubMed Central, URN:NBN (RFC 8458, nbn-resolving.org).
"""

import re
from collections.abc import Callable, Iterator
from enum import StrEnum

from msgspec import Struct

from monitor.model.citation import Repair
from monitor.patterns import lazy

RESOLVED = "identifier resolved"


class Scheme(StrEnum):
    """What kind of identifier it is."""

    DOI = "doi"
    ARXIV = "arxiv"
    HANDLE = "hdl"
    PMID = "pmid"
    PMC = "pmc"
    NBN = "nbn"


class Identifier(Struct, frozen=True, gc=False):
    """An identifier at `text[start:end]`, its name included, and the address that resolves it."""

    scheme: Scheme
    start: int
    end: int
    url: str

    def repair(self, text: str) -> Repair:
        """Return the record of the address having been made."""
        return Repair(RESOLVED, text[self.start : self.end], self.url)


_FOUND = lazy(
    r"""
    (?<![\w/])(?:
        (?:doi|DOI|Doi)(?:\.org/|[ \t]{0,2}[:=.]?[ \t]{0,2})(?P<doi>10\.\d{4,9}(?:\.\d{1,9}){0,3}/[^\s"“”]{1,300})
      | (?:ar[xX]iv|ARXIV|ArXiv)[ \t]{0,2}:[ \t]{0,2}
        (?P<arxiv>\d{4}\.\d{4,5}(?:v\d{1,2})?|[a-z-]{2,12}(?:\.[A-Z]{2})?/\d{7}(?:v\d{1,2})?)
      | (?:hdl|HDL|[Hh]andle)[ \t]{0,2}:[ \t]{0,2}(?P<hdl>\d[\d.]{1,20}/[^\s"“”]{1,200})
      | (?:PMID|pmid)[ \t]{0,2}:?[ \t]{0,2}(?P<pmid>\d{4,9})(?!\d)
      | (?:(?:PMCID|pmcid)[ \t]{0,2}:?[ \t]{0,2})?(?P<pmc>PMC\d{4,9})(?!\d)
      | (?P<nbn>(?:urn|URN):(?:nbn|NBN):[a-z]{2}[\w:+./-]{3,120})
    )
    """,
    re.VERBOSE,
)
_NAMED = lazy(r"doi|DOI|Doi|arXiv|arxiv|ARXIV|ArXiv|hdl|HDL|handle|Handle|PMID|pmid|PMC|pmcid|urn:|URN:")
_MADE: dict[Scheme, Callable[[str], str]] = {
    Scheme.DOI: lambda value: f"https://doi.org/{value}",
    Scheme.ARXIV: lambda value: f"https://arxiv.org/abs/{value}",
    Scheme.HANDLE: lambda value: f"https://hdl.handle.net/{value}",
    Scheme.PMID: lambda value: f"https://pubmed.ncbi.nlm.nih.gov/{value}/",
    Scheme.PMC: lambda value: f"https://www.ncbi.nlm.nih.gov/pmc/articles/{value}/",
    Scheme.NBN: lambda value: f"https://nbn-resolving.org/{value}",
}
_PUNCTUATION = ".,;:!?'’»›…。，；、،؛*_"
_PAIRS = {")": "(", "]": "[", "}": "{", ">": "<"}
_BARE_DOI = lazy(
    r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?(?P<doi>10\.\d{4,9}(?:\.\d{1,9}){0,3}/\S{1,300})", re.IGNORECASE
)


def find_identifiers(text: str) -> Iterator[Identifier]:
    """Yield the identifiers of a text that name their scheme, in order of place."""
    for match in _FOUND.finditer(text) if _NAMED.search(text) else ():
        scheme = Scheme(str(match.lastgroup))
        value = _without_end(match[scheme.value])
        end = match.start(scheme.value) + len(value)
        yield Identifier(scheme, match.start(), end, _MADE[scheme](value))


def doi_address(field: str) -> str | None:
    """Return the address of a DOI field's value ("10.1000/182", "doi:10.1000/182"); None where it is none."""
    match = _BARE_DOI.fullmatch(field.strip())
    return _MADE[Scheme.DOI](match["doi"]) if match else None


def _without_end(value: str) -> str:
    """Return an identifier without the signs of the sentence; brackets that it opens itself are its own."""
    while value:
        last = value[-1]
        if last in _PUNCTUATION or (last in _PAIRS and value.count(last) > value.count(_PAIRS[last])):
            value = value[:-1]
        else:
            return value
    return value
