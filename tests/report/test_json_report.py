import json

import jsonschema
import pytest

from monitor.model.snapshot import Capture, CaptureState
from monitor.model.values import replaced
from monitor.report.json_report import schema
from monitor.report.registry import render
from tests.support import assessments, report_cases
from tests.support.every_status import every_status

CONTRACT = """document line title attribution url canonical_url access_dates access_date_missing archive_url quote outcome
cause confidence http_status final_url notes evidence link_state strikes last_alive_at dead_between quote_match quote_diff
drift snapshot coverage capture access_date_status severity rule remedy amendment""".split()  # noqa: SIM905 - as in docs/design.md#json


def loaded(report):
    return json.loads("".join(render("json", report)))


def validate(data):
    checker = jsonschema.Draft202012Validator(schema(), format_checker=jsonschema.FormatChecker())
    checker.validate(data)


@pytest.mark.parametrize("cases", [every_status, report_cases.hostile, list])
def test_satisfies_the_shipped_schema(cases):
    validate(loaded(report_cases.report(cases())))


def test_the_schema_itself_is_a_schema():
    jsonschema.Draft202012Validator.check_schema(schema())


@pytest.mark.parametrize(
    ("path", "bad"),
    [
        (("schema_version",), 2),
        (("run", "void"), "no"),
        (("citations", 0, "outcome"), "dead"),
        (("citations", 0, "dead_between"), ["2014-03-02T00:00:00Z"]),
        (("citations", 0, "snapshot"), {"url": "x"}),
        (("citations", 0, "access_dates"), [{"date": "17 May", "precision": "day", "text": "x"}]),
    ],
)
def test_the_schema_refuses_what_the_contract_refuses(full_report, path, bad):
    data = loaded(full_report)
    inner = data
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = bad
    with pytest.raises(jsonschema.ValidationError):
        validate(data)


def test_every_key_of_the_contract_is_there_and_required(full_report):
    data = loaded(full_report)
    assert list(data) == ["schema_version", "run", "documents", "citations", "summary"]
    for citation in data["citations"]:
        assert set(CONTRACT) <= set(citation)
    assert schema()["properties"]["citations"]["items"]["required"] == CONTRACT


def test_says_what_the_assessment_says(full_report):
    first = loaded(full_report)["citations"][0]
    assert first["document"] == assessments.GVNET
    assert first["line"] == 42
    assert first["access_dates"] == [{"date": "2011-02-17", "precision": "day", "text": "17 February 2011"}]
    assert (first["outcome"], first["cause"], first["http_status"]) == ("gone", "not-found", 404)
    assert first["dead_between"] == ["2014-03-02T00:00:00Z", "2015-01-07T00:00:00Z"]
    assert first["snapshot"] == {
        "timestamp": "2011-02-16T12:00:00Z",
        "url": "https://web.archive.org/web/20110216120000/http://www.tarvenia-times.example/stories/2004/bride.html",
        "archive": "wayback",
        "verified": True,
    }
    assert (first["coverage"], first["access_date_status"], first["severity"]) == (
        "bracketed",
        "stale-dead",
        "error",
    )
    assert first["amendment"]["kind"] == "add-archive"


def test_an_unlocated_citation_has_no_url_and_says_why(full_report):
    (unlocated,) = [c for c in loaded(full_report)["citations"] if c["url"] is None]
    assert unlocated["canonical_url"] is None
    assert unlocated["outcome"] == "unchecked"
    assert unlocated["unlocated_reason"] == "its URL is not displayed because of its length"
    assert (unlocated["coverage"], unlocated["snapshot"], unlocated["confidence"]) == ("unknown", None, None)


def test_an_unread_quote_is_unknown_and_no_quote_is_none(full_report):
    citations = {c["line"]: c for c in loaded(full_report)["citations"]}
    assert citations[58]["quote_match"] == "none"
    assert citations[71]["quote_match"] == "altered"
    assert citations[71]["quote_diff"] == "about [-4,200-] {+9,600+} children work in the fields"


def test_a_capture_is_its_state(full_report):
    case = every_status()[0]
    when = assessments.NOW
    asked = Capture(
        source="s", url="u", archive="a", state=CaptureState.PENDING, requested_at=when, updated_at=when
    )
    data = loaded(report_cases.report([replaced(case, capture=asked)]))
    validate(data)
    assert data["citations"][0]["capture"] == "pending"


def test_the_summary_counts_what_is_listed(full_report):
    data = loaded(full_report)
    assert data["summary"]["citations"] == len(data["citations"]) == 15
    assert data["summary"]["sources"] == len({c["canonical_url"] for c in data["citations"]} - {None})
    for key, field in (
        ("by_outcome", "outcome"),
        ("by_access_date_status", "access_date_status"),
        ("by_coverage", "coverage"),
    ):
        counted = {}
        for citation in data["citations"]:
            if citation[field] is not None:
                counted[citation[field]] = counted.get(citation[field], 0) + 1
        assert data["summary"][key] == counted


def test_a_void_run_says_why(full_report):
    void = replaced(full_report, run=report_cases.run(void=True, complete=False, void_reason="no network"))
    data = loaded(void)
    validate(data)
    assert (data["run"]["void"], data["run"]["complete"], data["run"]["void_reason"]) == (
        True,
        False,
        "no network",
    )


def test_hostile_text_survives_unchanged_as_data(hostile_report):
    text = "".join(render("json", hostile_report))
    assert text.isascii()
    assert not any(char in text for char in "\x1b\x00\x7f")
    data = json.loads(text)
    assert data["citations"][0]["title"] == report_cases.hostile()[0].citation.title
    assert data["citations"][0]["url"] == "javascript:window.hacked=1"
