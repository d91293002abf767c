"""The pages of the status site: budgets, paging, what they show and what they never do."""

import gc
import json
import re
import tracemalloc
from pathlib import Path

import pytest
from lxml import html

from monitor.model.finding import Amendment, AmendmentKind
from monitor.model.run import DocumentSummary, ProvenPatch
from monitor.model.values import replaced
from monitor.report import names, nights, summary
from monitor.report.shown import shown_url
from monitor.report.site import chart, data, write
from monitor.report.site.grouping import Grouping, Often, Once
from monitor.report.site.index import MAX_BYTES
from monitor.report.site.view import diff_parts
from monitor.report.site.write import write_pages
from monitor.report.transitions import present
from tests.support import report_cases
from tests.support.every_status import every_status
from tests.support.lengths import LONG


def pages(report, tmp_path, beside=("json",)):
    made = {}
    tmp_path.mkdir(exist_ok=True)
    write_pages(report, made.__setitem__, tmp_path, beside)
    return made


def words(page):
    tree = html.fromstring(page)
    return re.sub(r" ([;:.,)])", r"\1", " ".join(" ".join(tree.itertext()).split()))


def index(report, tmp_path):
    return words(pages(report, tmp_path)["index.html"])


def test_the_front_page_says_state_changes_actions_and_all_by_document(full_report, tmp_path):
    said = index(full_report, tmp_path)
    for part in (
        "5 of 15 citations need action, 3 a look",
        "Last complete run ended 21 November 2026, 03:30 UTC",
        "15 citations of 14 sources in 2 documents",
        "Died The Bartered Bride of Tarvenia library/Tarvenia.txt:42",
        "Found Gone (HTTP 404); died between 2 March 2014 and 7 January 2015",
        "Accessed 17 February 2011 (15 years ago)",
        "Copy of 16 February 2011 (wayback, verified)",
        "Keep the access date and add the archived copy.",
        "Quote altered on the page, a number changed: about cited: 4,200 now: 9,600 children",
        "Not checked No address Letter of the harbour board library/Tarvenia.txt:101 · its URL is not displayed",
        "Accepted: dead, no archived copy An accepted loss",
    ):
        assert part in said, part


def test_long_remedies_lose_the_address_that_stands_beside_them_and_keep_the_rest(full_report, tmp_path):
    case = full_report.assessments[0]
    address = case.coverage.snapshot.url
    remedy = f"Add the copy of May, {address}. The other one, {address}, is farther. It is {address}."
    reason = f"It read [-4-] {{+9+}} on the day; see {address}."
    said = index(
        report_cases.report([replaced(case, finding=replaced(case.finding, remedy=remedy, reason=reason))]),
        tmp_path,
    )
    assert "Add the copy of May. The other one is farther. It is the archived copy." in said
    assert "It read cited: 4 now: 9 on the day; see the archived copy." in said


def test_actions_come_in_groups_worst_first(full_report, tmp_path):
    tree = html.fromstring(pages(full_report, tmp_path)["index.html"])
    section = tree.xpath("//section[@aria-labelledby='todo']")[0]
    headings = [" ".join(h.text_content().split()) for h in section.xpath("./h3")]
    assert headings[0] == "Dead, archived copy exists 2"
    assert headings[-1] == "Due for a human look 1"
    tones = [h.get("class").split()[-1] for h in section.xpath("./h3")]
    assert tones == sorted(tones)  # error before warning


def test_a_void_run_is_said_first_and_concludes_nothing(full_report, tmp_path):
    void = replaced(
        full_report, run=report_cases.run(void=True, complete=False, void_reason="no route to anywhere")
    )
    said = index(void, tmp_path)
    assert "The last run was void: nothing was concluded from it Void run. no route to anywhere" in said
    assert "Last complete run ended 21 November 2026" in said


def test_a_first_run_says_nothing_of_changes(full_report, tmp_path):
    first = replaced(
        full_report, assessments=[replaced(a, previous=None) for a in full_report.assessments], trend=()
    )
    said = index(first, tmp_path)
    assert "What changed" not in said
    assert "New since" not in said


def test_an_unchanged_night_says_so(full_report, tmp_path):
    same = [replaced(a, previous=present(a)) for a in full_report.assessments]
    assert "What changed since the last complete run Nothing." in index(
        replaced(full_report, assessments=same), tmp_path
    )


def test_unreadable_documents_are_shown(full_report, tmp_path):
    broken = DocumentSummary(
        path="scan.pdf", format="pdf", title=None, citations=0, error="scan.pdf: no text layer"
    )
    report = replaced(full_report, documents=(*full_report.documents, broken))
    assert "scan.pdf could not be read: no text layer" in index(report, tmp_path)


def test_no_citations_at_all_is_a_page_too(tmp_path):
    made = pages(report_cases.report([]), tmp_path)
    assert "No citations found in the watched documents" in words(made["index.html"])
    assert json.loads(re.search(r"meta\((.*)\)", made["data/meta.js"])[1])["shards"] == 0


def test_the_source_page_shows_history_hops_evidence_and_snapshots(full_report, tmp_path):
    made = pages(full_report, tmp_path)
    texts = {words(text): name for name, text in made.items() if name.startswith("sources/")}
    (bride,) = [text for text in texts if "The Bartered Bride" in text]
    assert "there there server error gone gone gone" in bride
    assert "Status 404 to a full GET" in bride
    assert "Archived before the access date: 16 February 2011; after it: 4 March 2011." in bride
    (tides,) = [text for text in texts if "How tides are read" in text]
    assert (
        "http://harbour.example.com/tides.htm 301, for good → https://harbour.example.com/guide/tides"
        in tides
    )


def test_citations_of_one_source_share_a_page(full_report, tmp_path):
    twice = [
        full_report.assessments[0],
        replaced(full_report.assessments[1], citation=full_report.assessments[0].citation),
    ]
    made = pages(report_cases.report(twice), tmp_path)
    (source,) = [text for name, text in made.items() if name.startswith("sources/")]
    assert len(html.fromstring(source).xpath("//article")) == 2


def test_long_documents_are_paged_and_links_find_the_page(tmp_path):
    report = report_cases.Many(450, documents=1, hosts=5).report()
    made = pages(report, tmp_path)
    own = sorted(name for name in made if name.startswith("documents/"))
    assert len(own) == 3
    assert sorted(len(html.fromstring(made[name]).xpath("//article")) for name in own) == [50, 200, 200]
    for page in ("index.html", *[name for name in made if name.startswith("sources/")][:40]):
        for link in html.fromstring(made[page]).xpath("//a[contains(@href, 'documents/')]/@href"):
            address, _, place = link.replace("../", "").partition("#")
            if place:
                assert f'id="{place}"' in made[address], (page, link)


def test_the_front_page_keeps_its_budget_whatever_it_is_given(tmp_path):
    """Every field as long as it gets, every character one that escaping makes longer."""
    nasty = '"&<>' * 3000
    case = every_status()[0]
    many = []
    for number in range(160):
        citation = replaced(
            case.citation, title=nasty, attribution=nasty, document=f"{number % 3}/{nasty[:150]}", key=str(number),
            url=f"https://h{number}.example/{'x' * 3000}",
        )  # fmt: skip
        amendment = Amendment(kind=AmendmentKind.ADD_ARCHIVE, replacement=nasty, proven=True)
        finding = replaced(case.finding, reason=nasty, remedy=nasty)
        many.append(replaced(case, citation=citation, amendment=amendment, finding=finding))
    text = pages(report_cases.report(sorted(many, key=lambda a: a.citation.document)), tmp_path)["index.html"]
    assert len(text.encode()) <= MAX_BYTES
    assert html.fromstring(text).xpath("//article")


def test_memory_is_bounded_by_the_page_not_the_report(tmp_path, monkeypatch):
    # Every cap made small, so that two small reports lie on both sides of all of them.
    monkeypatch.setattr(names, "PAGE_SIZE", 10)
    monkeypatch.setattr(data, "ROWS_PER_SHARD", 20)
    monkeypatch.setattr(summary, "KEPT_ACTIONS", 10)
    monkeypatch.setattr(summary, "KEPT_CHANGES", 10)
    monkeypatch.setattr(summary, "KEPT_COPIES", 5)
    monkeypatch.setattr(summary, "KEPT_UNCHECKED", 5)
    monkeypatch.setattr(nights, "KEPT_TROUBLES", 2)
    monkeypatch.setattr(write, "CITATIONS_PER_SOURCE", 5)

    def peak(number):
        gc.collect()
        gc.freeze()  # what other tests left would put off the searches for dead circles
        tracemalloc.start()
        write_pages(
            report_cases.Many(number, documents=4, hosts=20).report(),
            lambda _name, _text: None,
            folder(number),
        )
        _, top = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        gc.unfreeze()
        return top

    def folder(number) -> Path:
        made = tmp_path / str(number)
        made.mkdir()
        return made

    peak(100)  # templates compiled, caches filled
    most = 1280 if LONG else 560
    small, large = peak(most // 2), peak(most)
    assert large < 1.3 * small


def test_names_are_stable_distinct_and_safe():
    paths = ["a/b.txt", "a-b.txt", "A/B.txt", "../x", "日本.md", "x" * 500, "con.txt", "a\\b", "\ud800"]
    made = [names.document_page(path) for path in paths]
    assert len(set(made)) == len(paths)
    assert made == [names.document_page(path) for path in paths]
    for name in made:
        assert re.fullmatch(r"documents/[a-z0-9-]{8,60}\.html", name)
    assert names.source_page("http://A.example:80/x") == names.source_page("http://a.example/x")
    assert names.document_page("a", 2).endswith("-p2.html")


@pytest.mark.parametrize(
    ("diff", "parts"),
    [
        (
            "about [-4-] {+9+} men",
            [("same", "about "), ("old", "4"), ("same", " "), ("new", "9"), ("same", " men")],
        ),
        ("no change", [("same", "no change")]),
        ("open [-end", [("same", "open [-end")]),
        ("{+a+}{+b+}", [("new", "a"), ("new", "b")]),
        ("", []),
    ],
)
def test_a_word_diff_is_parted(diff, parts):
    assert diff_parts(diff) == parts


def test_long_addresses_keep_host_and_end():
    url = "https://a.example/" + "x" * 500 + "/end.html"
    assert shown_url(url).startswith("https://a.example/xx")
    assert shown_url(url).endswith("/end.html")
    assert len(shown_url(url)) < 230


def test_the_trend_draws_every_run_and_marks_the_void(full_report):
    outcomes, dates, _ = chart.trend(full_report.trend)
    assert len(outcomes.bars) == len(full_report.trend) == 12
    assert [bar.void for bar in outcomes.bars].count(True) == 1
    for bar in (*outcomes.bars, *dates.bars):
        assert all(height > 0 and 0 <= y <= chart.HEIGHT for _, y, height in bar.segments)
    assert chart.trend(full_report.trend[:1]) == ()


def test_a_spool_groups_what_does_not_fit_and_leaves_nothing(tmp_path):
    with Grouping(tmp_path / "spool") as spool:
        for number in range(1000):
            spool.put(b"k%d" % (number % 37), b"%d" % number if number else b"")
        groups = dict(spool.groups())
    assert len(groups) == 37
    assert groups["k5"] == [b"%d" % number for number in range(5, 1000, 37)]
    assert groups["k0"][:2] == [b"", b"37"]
    assert not (tmp_path / "spool").exists()


def test_names_that_come_often_are_told_without_keeping_every_name():
    often = Often(5)
    told = [often.too_often(name) for name in [b"busy"] * 40 + [b"rare-%d" % n for n in range(100)]]
    assert told[:5] == [False] * 5
    assert all(told[10:40])
    assert not any(told[40:])


def test_of_names_counted_in_little_those_that_come_twice_are_never_told_to_come_once():
    rare = [f"rare {number}" for number in range(500)]
    twice = [f"twice {number}" for number in range(500)]
    once = Once([*rare, *twice, *twice], 8 * 1000)
    assert not any(name in once for name in twice)
    assert sum(name in once for name in rare) > 300
    assert "none" in Once([], 0)


def test_data_cannot_end_its_script(hostile_report, tmp_path):
    made = pages(hostile_report, tmp_path)
    rows = made["data/rows-0.js"]
    assert "<" not in rows
    assert rows.isascii()


@pytest.mark.parametrize(
    ("data", "shown"),
    [
        (b"--- a/x.md\n+++ b/x.md\n@@ -1 +1 @@\n-<b>\n+<i>\n", True),
        (b"--- a/x.md\n-\xe9\n", False),  # not UTF-8: copied, it would no longer fit
        (b"--- a/x.md\n-a\r\n", False),  # line ends that a page does not keep
        (b"-" * 60_001, False),
    ],
)
def test_the_patch_is_offered_and_shown_only_where_copying_it_keeps_it_whole(tmp_path, data, shown):
    report = replaced(report_cases.report(), patch=ProvenPatch(data=data, edits=2, documents=1, whole=shown))
    page = html.fromstring(pages(report, tmp_path)["index.html"])
    (offer,) = page.xpath("//div[@class='all']")
    said = " ".join("".join(offer.itertext()).split())
    assert said.startswith("2 edits with proof in 1 document")
    assert ("more than fit here" in said) is not shown
    assert offer.xpath(".//a/@href") == ["proven-edits.patch"]
    assert [one.text for one in offer.xpath(".//pre")] == ([data.decode()] if shown else [])
