"""Every document below tests/cases with its expected citations beside it (`X` and `X.expected.json`)."""

import json
from pathlib import Path

import pytest

from monitor.documents import read_document
from monitor.extract.registry import FORMATS, extract

CASES = Path(__file__).parent.parent / "cases"
EXPECTED = sorted(CASES.rglob("*.expected.json"))


def test_there_are_cases():
    assert len(EXPECTED) >= 20


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda path: path.relative_to(CASES).as_posix())
def test_case(expected):
    document = read_document(expected.with_name(expected.name.removesuffix(".expected.json")), FORMATS)
    wanted = json.loads(expected.read_text(encoding="utf-8"))
    found = extract(document)
    got = [
        {
            "title": citation.title,
            "url": citation.url,
            "accessed": [date.date for date in citation.access_dates],
        }
        | ({"missing": True} if citation.access_date_missing else {})
        | ({"archive_url": citation.archive_url} if citation.archive_url else {})
        | (
            {"repaired": [date.repair for date in citation.access_dates if date.repair]}
            if any(d.repair for d in citation.access_dates)
            else {}
        )
        for citation in found.citations
    ]
    assert got == [
        {key: value for key, value in one.items() if key not in {"quote", "whole_quote", "attribution"}}
        for one in wanted["citations"]
    ]
    for citation, one in zip(found.citations, wanted["citations"], strict=True):
        if "quote" in one:
            assert citation.quote is not None
            assert " ".join(citation.quote.split()).startswith(one["quote"])
        if "whole_quote" in one:
            assert citation.quote == one["whole_quote"]
            assert (citation.quote_span is None) == (citation.quote is None)
        if "attribution" in one:
            assert citation.attribution == one["attribution"]
        assert document.verbatim(citation.span).strip() == document.verbatim(citation.span)
        for date in citation.access_dates:
            assert document.verbatim(date.span) == date.text
    if "rejected" in wanted:
        assert sorted(one.reason for one in found.rejected) == sorted(wanted["rejected"])
