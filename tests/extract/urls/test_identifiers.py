"""Identifiers are sources: with an access date always, without one where they are asked for."""

import json

import pytest

from monitor.extract.registry import extract
from monitor.extract.urls.identifiers import RESOLVED, doi_address, find_identifiers
from monitor.model.citation import Repair
from monitor.model.document import Document
from monitor.selection import Selection


@pytest.mark.parametrize(
    ("text", "written", "url"),
    [
        ("See doi:10.5555/mill.7. More", "doi:10.5555/mill.7", "https://doi.org/10.5555/mill.7"),
        ("DOI 10.5555/a(b)c), more", "DOI 10.5555/a(b)c", "https://doi.org/10.5555/a(b)c"),
        ("doi: 10.5555/mill(1990)1:2<3::AID-X4>3.0.CO;2-Y.", "doi: 10.5555/mill(1990)1:2<3::AID-X4>3.0.CO;2-Y", "https://doi.org/10.5555/mill(1990)1:2<3::AID-X4>3.0.CO;2-Y"),
        ("doi.org/10.5555/x;", "doi.org/10.5555/x", "https://doi.org/10.5555/x"),
        ("arXiv:2101.12345v2 [cs]", "arXiv:2101.12345v2", "https://arxiv.org/abs/2101.12345v2"),
        ("arXiv: hep-th/9901001.", "arXiv: hep-th/9901001", "https://arxiv.org/abs/hep-th/9901001"),
        ("hdl:2027/mill.39.", "hdl:2027/mill.39", "https://hdl.handle.net/2027/mill.39"),
        ("PMID: 1234567.", "PMID: 1234567", "https://pubmed.ncbi.nlm.nih.gov/1234567/"),
        ("PMCID: PMC7654321)", "PMCID: PMC7654321", "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC7654321/"),
        ("urn:nbn:de:101:1-2011.", "urn:nbn:de:101:1-2011", "https://nbn-resolving.org/urn:nbn:de:101:1-2011"),
    ],
)  # fmt: skip
def test_an_identifier_that_names_its_scheme_resolves(text, written, url):
    (found,) = find_identifiers(text)
    assert (text[found.start : found.end], found.url) == (written, url)
    assert found.repair(text) == Repair(RESOLVED, written, url)


@pytest.mark.parametrize(
    "text",
    [
        "10.5555/mill",
        "https://doi.org/10.5555/x",
        "PMID 12",
        "doi: none",
        "arXiv 2101",
        "hdl: x",
        "version 10.5/3",
        "xdoi:10.5555/a",
    ],
)
def test_numbers_alone_and_addresses_are_none(text):
    assert list(find_identifiers(text)) == []


@pytest.mark.parametrize(
    ("field", "url"),
    [
        ("10.5555/mill", "https://doi.org/10.5555/mill"),
        (" doi:10.5555/mill ", "https://doi.org/10.5555/mill"),
        ("https://dx.doi.org/10.5555/mill", "https://doi.org/10.5555/mill"),
        ("mill", None),
        ("10.5555/a b", None),
    ],
)
def test_a_doi_field_holds_a_doi(field, url):
    assert doi_address(field) == url


DATED = {
    "markdown": "# References\n\n1. Hale, B. (2011). Weirs. Mill Review 3. doi:10.5555/mill.7. Accessed 3 May 2015.\n",
    "bibtex": "@article{a, title={Weirs}, doi={10.5555/mill.7}, urldate={2015-05-03}}",
    "ris": "TY  - ELEC\nTI  - Weirs\nDO  - 10.5555/mill.7\nN1  - Accessed 3 May 2015\nER  -\n",
    "csl-json": json.dumps([{"title": "Weirs", "DOI": "10.5555/mill.7", "accessed": {"date-parts": [[2015, 5, 3]]}}]),
    "csl-yaml": "- title: Weirs\n  DOI: 10.5555/mill.7\n  accessed: 2015-05-03\n",
    "cff": "cff-version: 1.2.0\nreferences:\n  - title: Weirs\n    doi: 10.5555/mill.7\n    date-accessed: 2015-05-03\n",
    "hayagriva": "a:\n  title: Weirs\n  serial-number: { doi: 10.5555/mill.7 }\n  note: Accessed 3 May 2015\n",
    "endnote-tagged": "%0 Web Page\n%T Weirs\n%R 10.5555/mill.7\n%[ 3 May 2015\n",
}  # fmt: skip
UNDATED = {
    "markdown": "# References\n\n1. Hale, B. (2011). Weirs. Mill Review 3. doi:10.5555/mill.7.\n",
    "bibtex": "@article{a, title={Weirs}, doi={10.5555/mill.7}}",
    "ris": "TY  - ELEC\nTI  - Weirs\nDO  - 10.5555/mill.7\nER  -\n",
    "csl-json": json.dumps([{"title": "Weirs", "DOI": "10.5555/mill.7"}]),
}


def read(format, text):
    return extract(Document(path="x", text=text, format=format))


@pytest.mark.parametrize("format", DATED)
def test_with_an_access_date_an_identifier_is_a_source(format):
    found = read(format, DATED[format])
    (one,) = found.citations
    assert (one.title, one.url) == ("Weirs", "https://doi.org/10.5555/mill.7")
    assert [date.date for date in one.access_dates] == ["2015-05-03"]
    assert one.repairs[0].kind == RESOLVED
    text = DATED[format]
    assert "10.5555/mill.7" in text[one.url_span.start : one.url_span.end]


@pytest.mark.parametrize("format", UNDATED)
def test_without_an_access_date_it_is_set_apart_until_asked_for(format):
    found = read(format, UNDATED[format])
    assert found.citations == ()
    assert [one.url for one in found.identified] == ["https://doi.org/10.5555/mill.7"]
    asked = Selection().apply(found, identifiers=True)
    assert [one.url for one in asked.citations] == ["https://doi.org/10.5555/mill.7"]
    assert asked.citations[0].key


def test_an_address_is_preferred_to_an_identifier():
    text = "# References\n\n1. Hale, B. Weirs. doi:10.5555/mill.7. https://mill.example/a, accessed 3 May 2015.\n"
    assert [one.url for one in read("markdown", text).citations] == ["https://mill.example/a"]


def test_an_identifier_in_running_text_is_no_citation():
    found = read("markdown", "As doi:10.5555/mill.7 says, mills turn.\n")
    assert (found.citations, found.identified) == ((), ())
