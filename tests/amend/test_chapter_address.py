"""A wiki template with the address of a chapter beside that of its book: two citations, one archived copy."""

import pytest

from monitor.model.finding import AmendmentKind as Kind
from tests.support.fixing import fix, read

BOOK, CHAPTER = "http://x.example/b", "http://x.example/b/c3"
COPY = "https://web.archive.org/web/20110216120000/"
BOTH = f"{{{{cite book |url={BOOK} |title=Locks |chapter-url={CHAPTER} |chapter=Third |access-date=3 May 2015 |quote=It is so}}}}"


def cited(tmp_path, text):
    path = tmp_path / "a.wiki"
    path.write_text(f"Text.<ref>{text}</ref>\n", "utf-8")
    return read(path)[1]


def test_the_chapter_is_a_source_of_its_own_and_holds_the_quote(tmp_path):
    told = [(one.url, one.title, one.quote) for one in cited(tmp_path, BOTH)]
    assert told == [(BOOK, "Locks", None), (CHAPTER, "Third", "It is so")]


def test_without_a_chapter_the_quote_stays_with_the_work(tmp_path):
    text = BOTH.replace("chapter-url", "transcript-url").replace("chapter=", "series=")
    assert [(one.url, one.quote) for one in cited(tmp_path, text)] == [(BOOK, "It is so"), (CHAPTER, None)]


@pytest.mark.parametrize("address", [BOOK, CHAPTER])
def test_a_copy_is_of_the_address_it_was_made_of(tmp_path, address):
    text = BOTH.replace(" |quote", f" |archive-url={COPY}{address} |archive-date=2011-02-16 |quote")
    copies = {one.url: one.archive_url for one in cited(tmp_path, text)}
    assert copies == {BOOK: None, CHAPTER: None} | {address: COPY + address}


@pytest.mark.parametrize("same", [BOOK, f"{BOOK}#", "", "n/a", "{{PAGENAME}}"])
def test_what_is_no_further_address_is_no_further_source(tmp_path, same):
    assert [one.url for one in cited(tmp_path, BOTH.replace(CHAPTER, same))] == [BOOK]


def archived(tmp_path, text):
    fixed = fix(tmp_path / "a.wiki", f"Text.<ref>{text}</ref>\n".encode(), Kind.ADD_ARCHIVE)
    assert fixed.again == fixed.data
    return [bool(one.edits) for one in fixed.amendments], fixed.text


def test_the_copy_a_template_names_is_the_chapters(tmp_path):
    edits, text = archived(tmp_path, BOTH)
    assert edits == [False, True]
    assert text.count("archive-url=") == 1
    assert f"|archive-url={COPY}{CHAPTER} " in text


def test_a_transcript_has_no_archive_parameter(tmp_path):
    edits, text = archived(tmp_path, BOTH.replace("chapter-url", "transcript-url"))
    assert edits == [True, False]
    assert f"|archive-url={COPY}{BOOK} " in text


def test_which_address_another_wikis_template_archives_is_left_to_a_person(tmp_path):
    text = f"{{{{Lien web |url={BOOK} |titre=T |url chapitre={CHAPTER} |consulté le=3 mai 2015}}}}"
    edits, after = archived(tmp_path, text)
    assert edits == [False, False]
    assert after == f"Text.<ref>{text}</ref>\n"
