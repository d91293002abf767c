"""SARIF, JUnit, workflow commands, Markdown, CSV, Atom and badge: valid, pointed, and safe against hostile text."""

import csv
import io
import json
import re
from pathlib import Path

import jsonschema
import pytest
from lxml import etree
from markdown_it import MarkdownIt

from monitor.errors import UsageError
from monitor.model.document import Span
from monitor.model.finding import Severity
from monitor.model.values import replaced
from monitor.report import registry
from monitor.report.csv_report import cell
from monitor.report.github import data, value
from monitor.report.markdown import MARKER, MAX_CHARS, code
from monitor.report.registry import render
from monitor.report.weight import effective
from tests.support import assessments, report_cases
from tests.support.every_status import every_status

SCHEMAS = Path(__file__).parent / "schemas"
BOTH = [every_status, report_cases.hostile]
ATOM = "{http://www.w3.org/2005/Atom}"


def out(name, report):
    return "".join(render(name, report))


def void(report):
    return replaced(
        report, run=report_cases.run(void=True, complete=False, void_reason="no <network> & no [hope](x)")
    )


def at_line(report, line):
    return next(a for a in report.assessments if a.citation.line == line)


@pytest.mark.parametrize("name", registry.NAMES)
@pytest.mark.parametrize("cases", [*BOTH, list])
def test_every_format_renders_every_report_again_and_again(name, cases):
    report = report_cases.report(cases())
    text = out(name, report)
    text.encode("utf-8")
    assert out(name, report) == text
    out(name, void(report))
    out(name, replaced(report, last_complete=None, trend=()))


@pytest.mark.parametrize("name", sorted(set(registry.NAMES) - {"json"}))
def test_no_control_character_leaves_a_format(name, hostile_report):
    text = out(name, hostile_report)
    assert not re.search(
        r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]", text
    )


def test_an_unknown_format_names_the_known():
    with pytest.raises(UsageError, match="text, json, junit"):
        registry.get("pdf")


# --- SARIF ------------------------------------------------------------------------------------------


def sarif(report):
    made = json.loads(out("sarif", report))
    schema = json.loads((SCHEMAS / "sarif-2.1.0-rtm.5.json").read_text("utf-8"))
    jsonschema.Draft4Validator(schema, format_checker=jsonschema.FormatChecker()).validate(made)
    return made["runs"][0]


@pytest.mark.parametrize("cases", [*BOTH, list])
def test_sarif_satisfies_the_schema(cases):
    sarif(report_cases.report(cases()))
    assert sarif(void(report_cases.report(cases())))["invocations"][0]["executionSuccessful"] is False


def test_sarif_points_at_line_and_column_and_ends_where_the_address_ends(full_report):
    first = full_report.assessments[0]
    url = first.citation.url
    span = Span(start=100, end=100 + len(url), line=43, column=7, byte_start=100, byte_end=100 + len(url))
    located = replaced(first, citation=replaced(first.citation, url_span=span))
    (result,) = sarif(report_cases.report([located]))["results"]
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "library/Tarvenia.txt", "uriBaseId": "%SRCROOT%"}
    assert place["region"] == {"startLine": 43, "startColumn": 7, "endColumn": 7 + len(url)}


def test_sarif_leaves_out_what_holds_suppresses_what_is_waived_and_carries_fixes(full_report):
    run = sarif(full_report)
    results = run["results"]
    assert len(results) == 13
    assert [r["level"] for r in results].count("error") == 6
    (waived,) = [r for r in results if "suppressions" in r]
    assert "Mara" in waived["suppressions"][0]["justification"]
    (fixed,) = [r for r in results if "fixes" in r]
    assert fixed["fixes"][0]["artifactChanges"][0]["replacements"][0]["insertedContent"] == {"text": "x"}
    for result in results:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]


def test_sarif_fingerprints_do_not_move_with_lines(full_report):
    first = full_report.assessments[0]
    moved = replaced(first, citation=replaced(first.citation, span=assessments.span(99)))
    prints = [sarif(report_cases.report([a]))["results"][0]["partialFingerprints"] for a in (first, moved)]
    assert prints[0] == prints[1]


def test_sarif_paths_are_uris(hostile_report):
    uris = {
        r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        for r in sarif(hostile_report)["results"]
    }
    assert "docs/%3Cb%3E%26%E2%80%AEgpj.md" in uris


# --- JUnit ------------------------------------------------------------------------------------------


def junit(report):
    tree = etree.fromstring(out("junit", report).encode())
    etree.XMLSchema(etree.parse(SCHEMAS / "junit.xsd")).assertValid(tree)
    return tree


@pytest.mark.parametrize("cases", [*BOTH, list])
def test_junit_satisfies_the_schema(cases):
    junit(report_cases.report(cases()))
    junit(void(report_cases.report(cases())))


def test_junit_counts_what_it_lists(full_report):
    for suite in junit(full_report):
        cases = suite.findall("testcase")
        assert int(suite.get("tests")) == len(cases)
        assert int(suite.get("failures")) == sum(c.find("failure") is not None for c in cases)
        assert int(suite.get("skipped")) == sum(c.find("skipped") is not None for c in cases)
    assert [s.get("name") for s in junit(full_report)] == [assessments.GVNET, assessments.ESSAY]


@pytest.mark.parametrize(
    ("level", "failing", "skipped"),
    [
        (Severity.ERROR, {"error"}, {"warning"}),
        (Severity.WARNING, {"error", "warning"}, set()),
        (None, set(), {"error", "warning"}),
    ],
)
def test_junit_fails_what_fails_the_command_and_skips_lesser_trouble(full_report, level, failing, skipped):
    found = {"failure": set(), "skipped": set()}
    by_line = {str(one.citation.line): effective(one).value for one in full_report.assessments}
    for case in junit(replaced(full_report, fail_level=level)).iter("testcase"):
        severity = by_line[re.match(r"line (\d+)", case.get("name"))[1]]
        for kind, severities in found.items():
            if (element := case.find(kind)) is not None and severity in ("error", "warning"):
                severities.add(severity)
                assert element.get("message")
    assert found == {"failure": failing, "skipped": skipped}


def test_junit_failures_say_where_why_and_what_to_do(full_report):
    failure = junit(full_report).find("testsuite/testcase/failure")
    assert failure.get("type") == "access-date/stale-dead"
    assert failure.get("message").startswith("Dead, archived copy exists: Gone since")
    assert "library/Tarvenia.txt:42:1" in failure.text
    assert "Keep the access date and add the archived copy." in failure.text


def test_junit_waived_and_unchecked_do_not_fail(full_report):
    cases = {c.get("name"): c for c in junit(full_report).iter("testcase")}
    assert cases["line 44: An accepted loss"].find("failure") is None
    assert cases["line 101: Letter of the harbour board"].find("skipped") is not None


def test_a_void_run_is_an_error_not_green(full_report):
    assert junit(void(full_report)).find("testsuite/testcase/error").get("type") == "void"


# --- GitLab -----------------------------------------------------------------------------------------


def test_gitlab_entries_have_what_gitlab_asks_for(full_report):
    made = json.loads(out("gitlab", full_report))
    assert made
    for entry in made:
        assert set(entry) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert entry["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert entry["location"]["lines"]["begin"] >= 1
    assert len({entry["fingerprint"] for entry in made}) == len(made)
    first = next(
        entry for entry in made if entry["location"] == {"path": assessments.GVNET, "lines": {"begin": 42}}
    )
    assert first["severity"] == "major"
    assert first["check_name"] == "access-date/stale-dead"


def test_gitlab_fingerprints_do_not_move_with_lines(full_report):
    first = full_report.assessments[0]
    moved = replaced(first, citation=replaced(first.citation, span=assessments.span(99)))
    prints = [json.loads(out("gitlab", report_cases.report([a])))[0]["fingerprint"] for a in (first, moved)]
    assert prints[0] == prints[1]


def test_gitlab_shows_a_void_run_and_an_empty_one(full_report):
    assert json.loads(out("gitlab", void(full_report)))[0]["severity"] == "blocker"
    assert json.loads(out("gitlab", report_cases.report([]))) == []


# --- GitHub -----------------------------------------------------------------------------------------


def undo(text):
    return (
        text.replace("%3A", ":")
        .replace("%2C", ",")
        .replace("%0D", "\r")
        .replace("%0A", "\n")
        .replace("%25", "%")
    )


def test_github_annotates_errors_before_warnings_and_ends_with_the_state(full_report):
    lines = out("github", full_report).splitlines()
    assert [line.split(" ")[0] for line in lines] == ["::error"] * 5 + ["::warning"] * 3 + ["::notice"]
    assert lines[0].startswith(
        "::error file=library/Tarvenia.txt,line=42,col=1,title=Dead%2C archived copy exists%3A The"
    )
    assert lines[-1] == "::notice title=citation-monitor::5 of 15 citations need action, 3 a look"


def test_github_commands_cannot_be_forged(hostile_report):
    lines = out("github", hostile_report).splitlines()
    assert len(lines) == 4
    for line in lines:
        assert re.fullmatch(r"::(?:error|warning|notice) [^:\r\n]*::[^\r\n]*", line), line


def test_github_escaping_is_what_the_runner_undoes():
    assert undo(value("a:b,c%3A")) == "a:b,c%3A"
    assert data("100%, a: b") == "100%25, a: b"
    assert "\n" not in data("a\nb")


def test_a_void_run_is_annotated_as_an_error(full_report):
    assert "::error title=citation-monitor::Void run" in out("github", void(full_report))


# --- Markdown ---------------------------------------------------------------------------------------


def test_markdown_begins_with_the_marker_and_is_stable(full_report):
    text = out("markdown", full_report)
    assert text.startswith(MARKER + "\n")
    assert out("markdown", full_report) == text
    places = re.findall(r"`(library/[^`]+:\d+)`", text)
    assert len(places) == 8
    assert places[:5] == sorted(places[:5], key=lambda p: (p.split(":")[0], int(p.split(":")[1])))


def test_markdown_shows_address_snapshot_and_replacement(full_report):
    html = MarkdownIt().render(out("markdown", full_report))
    assert '<a href="http://www.tarvenia-times.example/stories/2004/bride.html">' in html
    assert "archived 16 February 2011" in html
    assert "[accessed 17 February 2011]\n[archived https://web.archive.org" in html.replace("&amp;", "&")


def test_hostile_markdown_makes_no_markup_links_or_mentions(hostile_report):
    source = out("markdown", hostile_report)
    html = MarkdownIt("commonmark", {"html": True}).render(source)
    assert "<script" not in html
    assert "<img" not in html
    assert "<b>" not in html
    targets = re.findall(r'href="([^"]*)"', html)
    assert all(t.startswith("https://") for t in targets)
    assert not re.search(r"(?<!\\)@\w", source)


@pytest.mark.parametrize("text", ["a`b", "``", "`", "a``b`c", "plain"])
def test_a_code_span_holds_its_content(text):
    tokens = MarkdownIt().parse(code(text))[1].children
    assert [t.type for t in tokens] == ["code_inline"]
    assert tokens[0].content == text


def test_markdown_fits_an_issue():
    text = out("markdown", report_cases.Many(3000, documents=3, hosts=50).report())
    assert len(text) < MAX_CHARS + 200
    assert re.search(r"and [\d,]+ more; the status page", text)


# --- CSV --------------------------------------------------------------------------------------------


def test_csv_is_one_row_per_citation(full_report):
    rows = list(csv.DictReader(io.StringIO(out("csv", full_report))))
    assert len(rows) == 15
    assert rows[0]["document"] == assessments.GVNET
    assert rows[0]["access_date"] == "2011-02-17"
    assert rows[0]["amendment"].startswith("[accessed 17 February 2011]\n[archived ")
    assert rows[5]["url"] == ""


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "|cmd", "%x", "\n=1"])
def test_no_cell_begins_as_a_formula(text):
    assert cell(text).startswith("'")


@pytest.mark.parametrize("text", ["a=1", "http://a.example/-x", "", "2011-02-17", "(x)"])
def test_harmless_cells_stay_as_they_are(text):
    assert cell(text) == text


def test_hostile_cells_are_no_formulas(hostile_report):
    for row in csv.reader(io.StringIO(out("csv", hostile_report))):
        assert not any(re.match(r"\s*[=+\-@]", found) for found in row)


# --- Atom and badge ---------------------------------------------------------------------------------


def test_atom_holds_the_transitions_worth_a_notice(full_report):
    feed = etree.fromstring(out("atom", full_report).encode())
    assert feed.tag == f"{ATOM}feed"
    for needed in ("id", "title", "updated"):
        assert feed.find(f"{ATOM}{needed}").text
    kinds = [e.find(f"{ATOM}category").get("term") for e in feed.iter(f"{ATOM}entry")]
    assert kinds == ["died", "uncovered", "drifted", "recovered"]
    ids = [e.find(f"{ATOM}id").text for e in feed.iter(f"{ATOM}entry")]
    assert len(set(ids)) == len(ids)


def test_atom_of_a_void_run_or_hostile_text(full_report, hostile_report):
    assert etree.fromstring(out("atom", void(full_report)).encode()).find(f"{ATOM}entry") is None
    feed = etree.fromstring(out("atom", hostile_report).encode())
    hrefs = [link.get("href") for link in feed.iter(f"{ATOM}link")]
    assert not [h for h in hrefs if h.startswith(("javascript", "data"))]


@pytest.mark.parametrize(
    ("change", "said", "colour"),
    [
        (lambda r: r, "5 of 15 need action", "#9c1f24"),
        (void, "last run void", "#555c64"),
        (lambda _: report_cases.report([]), "none found", "#555c64"),
        (lambda r: report_cases.report([at_line(r, 20)]), "1 hold", "#27613a"),
        (lambda r: report_cases.report([at_line(r, 9)]), "1 of 1 to look at", "#7a4d00"),
    ],
)
def test_the_badge_says_the_state(full_report, change, said, colour):
    svg = etree.fromstring(out("badge", change(full_report)).encode())
    assert svg.get("aria-label") == f"citations: {said}"
    assert colour in [rect.get("fill") for rect in svg.iter("{http://www.w3.org/2000/svg}rect")]
