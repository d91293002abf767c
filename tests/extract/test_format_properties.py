"""What holds of every structured format, whatever the text: it ends, and points at verbatim text."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor.extract.registry import extract
from monitor.model.document import Document
from tests.fuzz.bounds import bounded

PIECES = {
    "bibtex": ["@misc{a,\n", " title = {T{\\'e}st},\n", " url = {http://a.example/x_y},\n", " urldate = {2019-05-12},\n", ' note = "Accessed: 3 May 2020",\n', "}\n", "{", "}", '"', "#", "\\url{http://b.example}", "@string{s={x}}\n"],
    "latex": ["\\bibitem{a} ", "\\url{http://a.example/x\\_y}", ", accessed 12 May 2019.\n\n", "\\footnote{", "\\href{http://b.example}{", "}", "{", "%", "\\begin{thebibliography}{9}\n", "\\'e", "``T''", "\\section{References}\n"],
    "wikitext": ["<ref>", "</ref>", "{{cite web|url=http://a.example/x|title=T|access-date=12 May 2019}}", "{{", "}}", "[[a|b]]", "[http://b.example B]", " Retrieved 3 May 2020", "{{dead link}}", "<!--", "-->", "\n== Sources ==\n", "|", "''"],
    "csl-json": ["[", "]", "{", "}", ",", '{"URL": "http://a.example/x", "accessed": {"date-parts": [[2019, 5, 12]]}, "title": "T"}', '"note": "accessed 3 May 2020"', '"', ":", "\\"],
    "csl-yaml": ["references:\n", "- URL: http://a.example/x\n", "  title: T\n", "  accessed: 2019-05-12\n", "  accessed:\n  - year: 2019\n    month: 5\n", "&a ", "*a", "{", "}", "'", "\t", "---\n"],
    "cff": ["cff-version: 1.2.0\n", "references:\n", "  - title: T\n", "    url: http://a.example/x\n", "    date-accessed: 2019-05-12\n", "preferred-citation:\n  url: http://b.example\n", "[", "&a", "*a"],
    "ris": ["TY  - ELEC\n", "TI  - T\n", "UR  - http://a.example/x\n", "Y2  - 2019/05/12/\n", "N1  - accessed 3 May 2020\n", "ER  - \n", "\n", "  "],
    "rst": ["- ", "`T <http://a.example/x>`_", " (accessed 12 May 2019)", "\n\n", ".. [1] ", ".. _t: http://b.example\n", "`t`_ ", "References\n==========\n\n", "``", "::\n\n   ", "\\\n", "*"],
}  # fmt: skip
COMMON = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.parametrize("format", PIECES)
@COMMON
@given(data=st.data())
def test_spans_slice_back_and_nothing_is_raised(format, data):
    pieces = st.one_of(st.sampled_from(PIECES[format]), st.sampled_from(PIECES[format]), st.text(max_size=6))
    text = "".join(data.draw(st.lists(pieces, max_size=30)))
    source = Document(path="d", text=text, format=format)
    found = extract(source)
    for citation in found.citations:
        assert source.verbatim(citation.span).strip()
        for span in filter(None, (citation.span, citation.url_span, citation.quote_span)):
            assert source.span(span.start, span.end) == span
        for date in citation.access_dates:
            assert source.verbatim(date.span) == date.text
            assert citation.span.start <= date.span.start or citation.document
        for words in (citation.title, citation.attribution, citation.quote):
            assert words is None or words.encode("utf-8")
        assert (citation.url is None) == (citation.unlocated_reason is not None)


@pytest.mark.parametrize("format", PIECES)
def test_the_pieces_make_citations(format):
    whole = {
        "bibtex": "@misc{a,\n title={T},\n url = {http://a.example/x},\n urldate = {2019-05-12}}",
        "latex": "\\bibitem{a} \\url{http://a.example/x}, accessed 12 May 2019.",
        "wikitext": "<ref>{{cite web|url=http://a.example/x|title=T|access-date=12 May 2019}}</ref>",
        "csl-json": '[{"URL": "http://a.example/x", "accessed": {"date-parts": [[2019, 5, 12]]}, "title": "T"}]',
        "csl-yaml": "references:\n- URL: http://a.example/x\n  accessed:\n  - year: 2019\n    month: 5\n    day: 12\n",
        "cff": "references:\n  - title: T\n    url: http://a.example/x\n    date-accessed: 2019-05-12\n",
        "ris": "TY  - ELEC\nUR  - http://a.example/x\nY2  - 2019/05/12/\nER  - \n",
        "rst": "- `T <http://a.example/x>`_ (accessed 12 May 2019)\n",
    }[format]
    (citation,) = extract(Document(path="d", text=whole, format=format)).citations
    assert citation.url == "http://a.example/x"
    assert [date.date for date in citation.access_dates] == ["2019-05-12"]


def test_a_broken_json_list_names_the_line_and_reads_on():
    text = '[{"URL": "http://a.example/"},\n{"URL": oops},\n{"URL": "http://b.example/"}]'
    found = extract(Document(path="d", text=text, format="csl-json"))
    assert [one.url for one in found.citations] == ["http://a.example/", "http://b.example/"]
    assert found.notes == ("line 2: not JSON: Expecting value",)


def test_aliases_of_aliases_cost_nothing():
    levels = "".join(f"x{n}: &x{n} [{', '.join([f'*x{n - 1}'] * 9)}]\n" for n in range(1, 30))
    text = f"x0: &x0 [lol]\n{levels}references:\n- title: *x29\n  author: *x29\n  URL: http://a.example/\n"
    (citation,) = extract(Document(path="d", text=text, format="csl-yaml")).citations
    assert citation.url == "http://a.example/"


@pytest.mark.parametrize(
    ("format", "text"),
    [
        ("wikitext", "{{a|" * 20_000),
        ("wikitext", "{{" * 20_000 + "}}" * 20_000),
        ("wikitext", "<nowiki>" * 20_000),
        ("latex", "\\url{" * 20_000),
        ("latex", "\\bibitem[" * 20_000),
        ("bibtex", "@a{b,c={" * 20_000),
        ("csl-json", "[" * 100_000),
        ("csl-yaml", "[" * 100_000),
        ("csl-yaml", "- " * 20_000),
        ("rst", " " * 30_000),
        ("rst", "`a <" * 20_000),
    ],
)
def test_hostile_nesting_costs_little(format, text):
    def read(_: bytes) -> None:
        assert extract(Document(path="d", text=text, format=format)).citations == ()

    bounded(read, b"", cpu_s=10)
