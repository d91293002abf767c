"""What is proposed, what counts as proof, and what is refused; independent of any extractor."""

import datetime as dt
from dataclasses import replace

import pytest

from monitor.amend.registry import propose
from monitor.extract.registry import extract
from monitor.model.citation import with_keys
from monitor.model.document import Document
from monitor.model.finding import Waiver
from monitor.model.observation import Outcome
from monitor.model.page import Drift, QuoteMatch, QuoteResult
from monitor.model.snapshot import ArchiveLinkFault, Coverage
from monitor.model.values import replaced
from tests.support.fixing import TODAY, judged
from tests.support.proposing import ADD, DATE, LINK, MEND, MOVE, TEXT, cited, proposed, with_coverage


def test_the_replacement_is_the_whole_changed_lines():
    made = proposed(ADD)
    assert made.replacement == f"[accessed 17 February 2011]\n[archived {LINK}]"
    assert made.proven
    assert made.reason == (
        "the archived copy bears the cited title, and copies before and after the access date agree"
    )


def test_the_lines_as_they_stand_are_kept_beside_the_replacement():
    assert proposed(ADD).current == "[accessed 17 February 2011]"


def test_no_edit_asked_none_made():
    assert proposed(None) is None


def test_a_waived_finding_is_left_alone():
    waiver = Waiver(rule="*", source="*", who="w", why="y", until=TODAY)
    assert proposed(ADD, change=lambda a: replaced(a, finding=replaced(a.finding, waived=waiver))) is None


@pytest.mark.parametrize(
    ("coverage", "verified", "proven"),
    [
        (Coverage.BRACKETED, True, True),
        (Coverage.BRACKETED, False, False),
        (Coverage.QUOTE_ANCHORED, True, True),
        (Coverage.NEAR, True, True),
        (Coverage.NEAR, False, False),
        (Coverage.NONE, True, False),
        (Coverage.UNKNOWN, False, False),
    ],
)
def test_an_archive_link_is_proven_by_what_the_copy_shows(coverage, verified, proven):
    made = proposed(ADD, change=with_coverage(coverage, verified))
    assert made.edits
    assert made.proven is proven


def test_a_citation_with_an_archive_link_gets_no_second_one():
    assert proposed(ADD, archive_url="https://web.archive.org/web/2012/http://a.example/x") is None
    assert proposed(ADD, text=TEXT + f"[archived {LINK}]\n") is None


@pytest.mark.parametrize("bad", ["javascript:alert(1)", "ftp://a/b", "https://", "https:// x", ""])
def test_a_snapshot_address_that_is_no_web_address_is_not_written(bad):
    def change(assessment):
        snapshot = replaced(assessment.coverage.snapshot, url=bad)
        return replaced(assessment, coverage=replaced(assessment.coverage, snapshot=snapshot))

    assert proposed(ADD, change=change) is None


def test_a_hostile_snapshot_address_is_written_harmlessly():
    def change(assessment):
        url = 'https://web.archive.org/web/2011/http://a.example/"><script>]\r\n[accessed 1 May 2020]|}}é'
        return replaced(
            assessment,
            coverage=replaced(assessment.coverage, snapshot=replaced(assessment.coverage.snapshot, url=url)),
        )

    new = proposed(ADD, change=change).edits[0].after
    assert new == (
        "\n[archived https://web.archive.org/web/2011/http://a.example/"
        "%22%3E%3Cscript%3E%5D%0D%0A%5Baccessed%201%20May%202020%5D%7C%7D%7D%C3%A9]"
    )


@pytest.mark.parametrize(
    ("match", "drift", "outcome", "proven"),
    [
        (QuoteMatch.FOUND, Drift.UNKNOWN, Outcome.ALIVE, True),
        (QuoteMatch.NONE, Drift.SAME, Outcome.ALIVE, True),
        (QuoteMatch.FOUND, Drift.UNKNOWN, Outcome.MOVED, True),
        (QuoteMatch.NONE, Drift.UNKNOWN, Outcome.ALIVE, False),
        (QuoteMatch.NONE, Drift.MINOR, Outcome.ALIVE, False),
        (QuoteMatch.ALTERED, Drift.SAME, Outcome.ALIVE, False),
        (QuoteMatch.UNKNOWN, Drift.SAME, Outcome.ALIVE, False),
        (QuoteMatch.FOUND, Drift.SAME, Outcome.BLOCKED, False),
        (QuoteMatch.FOUND, Drift.SAME, Outcome.GONE, False),
    ],
)
def test_a_date_is_refreshed_on_proof_only(match, drift, outcome, proven):
    def change(assessment):
        facts = replaced(assessment.facts, quote=QuoteResult(match=match), drift=drift)
        return replaced(
            assessment, facts=facts, observation=replaced(assessment.observation, outcome=outcome)
        )

    made = proposed(DATE, change=change)
    assert (made is not None and made.proven) is proven
    if proven:
        assert made.replacement == "[accessed 21 November 2026]"


def test_the_new_date_is_the_day_of_the_proof():
    seen = dt.datetime(2026, 11, 3, 9, tzinfo=dt.UTC)
    made = proposed(DATE, change=lambda a: replaced(a, observation=replaced(a.observation, observed_at=seen)))
    assert made.replacement == "[accessed 3 November 2026]"


def test_an_unchanged_page_counts_as_seen_when_it_was_last_seen():
    def change(assessment):
        return replaced(
            assessment,
            observation=replaced(assessment.observation, observed_at=dt.datetime(2026, 1, 4, tzinfo=dt.UTC)),
            history=replaced(assessment.history, last_alive_at=dt.datetime(2026, 11, 20, 3, tzinfo=dt.UTC)),
        )

    assert proposed(DATE, change=change).replacement == "[accessed 20 November 2026]"


@pytest.mark.parametrize("day", ["21 November 2026", "22 November 2026"])
def test_a_date_never_goes_backwards_or_nowhere(day):
    iso = f"2026-11-{day[:2]}"
    assert proposed(DATE, TEXT.replace("17 February 2011", day), date=day, iso=iso) is None


def test_a_style_not_understood_is_shown_for_the_hand():
    odd = "17 February 2011 or so"
    made = proposed(DATE, TEXT.replace("17 February 2011", odd), date=odd)
    assert (made.edits, made.proven, made.replacement) == ((), False, "2026-11-21")
    assert made.reason.endswith("by hand: the way the date is written is not understood at “or”")


def test_a_move_is_proven_only_when_confirmed():
    assert proposed(MOVE).proven
    made = proposed(MOVE, change=lambda a: replaced(a, finding=replaced(a.finding, proven=False)))
    assert not made.proven
    assert made.replacement == "https://new.example.org/home(2)?a=1&b=2"


def test_a_page_that_did_not_move_for_good_is_not_rewritten():
    change = lambda a: replaced(a, observation=replaced(a.observation, outcome=Outcome.ALIVE))  # noqa: E731
    assert proposed(MOVE, change=change) is None


@pytest.mark.parametrize(
    ("cited_as", "meant", "proven"),
    [
        ("http://a.example:80.", "http://a.example:80", True),
        ("htp://a.example/x", "http://a.example/x", False),
        ("http:/a.example/x", "http://a.example/x", False),
    ],
)
def test_only_trailing_punctuation_is_mended_without_asking(cited_as, meant, proven):
    doc, one = cited(TEXT.replace("http://a.example/x", cited_as), url=cited_as)
    made = propose(doc, judged(one, MEND), TODAY)
    assert (made.replacement, made.proven) == (meant, proven)


def test_an_address_nobody_knows_how_to_mend_gets_no_edit():
    doc, one = cited(TEXT.replace("a.example/x", "a..example:99999/x"), url="http://a..example:99999/x")
    assert propose(doc, judged(one, MEND), TODAY) is None


def test_spans_of_another_text_give_nothing():
    doc, one = cited(TEXT)
    other = replace(doc, text=TEXT.replace("17 February 2011", "18 February 2011"))
    assert propose(other, judged(one, DATE), TODAY) is None
    assert propose(replace(doc, text="short"), judged(one, ADD), TODAY) is None


def test_another_document_is_a_mistake_of_the_caller():
    doc, one = cited(TEXT)
    with pytest.raises(ValueError, match="is not"):
        propose(replace(doc, path="other"), judged(one, ADD), TODAY)


def test_a_derived_text_is_proposed_without_edits():
    made = proposed(ADD, editable=False)
    assert (made.edits, made.proven) == ((), False)
    assert LINK in made.replacement


def test_a_format_without_a_writer_still_says_what_to_add():
    made = proposed(ADD, format="xyz")
    assert (made.replacement, made.edits, made.proven) == (LINK, (), False)
    assert proposed(DATE, format="xyz").replacement == "[accessed 21 November 2026]"
    assert proposed(MOVE, format="xyz").edits == ()


def test_text_without_a_date_takes_the_link_after_the_address():
    doc, one = cited("T\nhttp://a.example/x\nmore", date=None)
    assert propose(doc, judged(one, ADD), TODAY).replacement == f"http://a.example/x\n[archived {LINK}]"


ATTRIBUTES = ' data-versionurl="{0}" data-versiondate="2011-02-16"'
SHOWN = ' (<a href="{0}">archived</a>)'
OLD_LINK = "https://web.archive.org/save/http://a.example/x"


@pytest.mark.parametrize(
    ("shape", "text", "exchanged"),
    [
        (
            "markdown",
            f"- [X](http://a.example/x) ([archived]({OLD_LINK})). Accessed 17 February 2011.\n",
            {OLD_LINK: LINK},
        ),
        (
            "wikitext",
            (
                f"{{{{cite web |url=http://a.example/x |title=X |access-date=17 February 2011 |archive-url={OLD_LINK}"
                " |archive-date=3 May 2014}}\n"
            ),
            {OLD_LINK: LINK, "3 May 2014": "16 February 2011"},
        ),
        (
            "wikitext",
            "{{cite web |url=http://a.example/x |title=X |access-date=17 February 2011 |archive-url=http://a.example/x}}\n",
            {"http://a.example/x": LINK},
        ),
    ],
    ids=["a form", "a form in a template", "the cited address"],
)
def test_an_archive_link_that_shows_something_else_is_exchanged(shape, text, exchanged):
    change = with_coverage(Coverage.QUOTE_ANCHORED, True)

    def faulty(assessment):
        one = change(assessment)
        return replaced(one, coverage=replaced(one.coverage, link_fault=ArchiveLinkFault.NO_CAPTURE))

    linked = next(iter(exchanged))
    made = proposed(ADD, text, change=faulty, archive_url=linked, format=shape)
    assert made.proven
    if linked == "http://a.example/x":
        assert made.replacement.startswith("{{cite web |url=http://a.example/x |title")
    assert {edit.before: edit.after for edit in made.edits} == exchanged
    assert proposed(ADD, text, change=change, archive_url=linked, format=shape) is None


def test_a_copy_dated_otherwise_gets_the_day_its_address_tells():
    text = (
        "{{cite web |url=http://a.example/x |title=X |access-date=17 February 2011 "
        "|archive-url=https://web.archive.org/web/20140503120000/http://a.example/x |archive-date=7 June 2015}}\n"
    )
    doc = Document(path="a.wiki", text=text, format="wikitext")
    (read,) = with_keys(extract(doc).citations)
    assert (read.archived_on.date, read.archive_url[:36]) == (
        "2015-06-07",
        "https://web.archive.org/web/20140503",
    )
    made = propose(doc, replaced(judged(read, ADD), coverage=None), TODAY)
    assert made.proven
    assert [(edit.before, edit.after) for edit in made.edits] == [("7 June 2015", "3 May 2014")]
