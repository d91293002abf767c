from monitor.model.run import DocumentSummary
from monitor.model.values import replaced
from monitor.report.text import text_summary
from tests.support import report_cases


def said(report, **options):
    return "".join(text_summary(report, **options))


def test_says_state_changes_and_what_to_do(full_report):
    text = said(full_report)
    first, second, *_ = text.splitlines()
    assert first == "5 of 15 citations need action, 3 a look"
    assert second == "Last complete run ended 21 November 2026, 03:30 UTC"
    assert "library/Tarvenia.txt:42  The Bartered Bride of Tarvenia: died" in text
    assert "accessed 17 February 2011 (15 years ago)" in text
    assert "archived 16 February 2011, verified: https://web.archive.org/web/20110216120000/" in text
    assert "→ Keep the access date and add the archived copy." in text
    assert "  | [accessed 17 February 2011]\n" in text


def test_what_was_not_checked_is_said(full_report):
    unread = DocumentSummary(path="x.bin", format="text", title=None, citations=0, error="not a text")
    text = said(replaced(full_report, documents=(*full_report.documents, unread)))
    assert (
        "Not checked\n  x.bin: not a text\n  1 citation without an address: its URL is not displayed" in text
    )


def test_a_document_is_named_once_where_its_error_names_it(full_report):
    unread = DocumentSummary(
        path="x.md", format="text", title=None, citations=0, error="x.md: cannot be read"
    )
    text = said(replaced(full_report, documents=(unread,)))
    assert "Not checked\n  x.md: cannot be read\n" in text


def test_colour_only_when_asked(full_report):
    assert "\x1b" not in said(full_report)
    assert "\x1b[31mAct " in said(full_report, colour=True)


def test_the_list_is_cut_and_says_so(full_report):
    text = said(full_report, limit=2)
    assert "and 6 more" in text
    assert "Tide tables" not in text.split("To do")[1]


def test_a_void_run_says_why_and_when_the_last_good_one_was(full_report):
    void = replaced(
        full_report, run=report_cases.run(void=True, complete=False, void_reason="no name could be resolved")
    )
    text = said(void)
    assert text.startswith("The last run was void")
    assert "Void: no name could be resolved\nLast complete run ended" in text


def test_an_incomplete_run_is_said_so(full_report):
    assert "did not get through everything" in said(
        replaced(full_report, run=report_cases.run(complete=False))
    )


def test_before_the_first_complete_run(full_report):
    assert "No complete run yet" in said(replaced(full_report, last_complete=None))


def test_terminal_sequences_are_neutralised(hostile_report):
    text = said(hostile_report)
    assert not any(char in text for char in "\x1b\x07\x00\x08\r\u202e\ud800")
    assert "\n::error" not in text
    assert "\n::warning" not in text
