"""Hostile documents end soon: every rule is linear, or capped. Sizes where a quadratic rule takes minutes."""

import time

import pytest

from monitor.extract.registry import extract
from monitor.model.document import Document

SIZE = 60_000

BAIT = {
    "open brackets": "[" * SIZE,
    "link openers": "](" * (SIZE // 2),
    "quotes": "“" * SIZE,
    "one long word": "a" * SIZE,
    "one long line": "word " * (SIZE // 5),
    "schemes": "http://" * (SIZE // 7),
    "phrases": "accessed " * (SIZE // 9),
    "cjk phrases": "閲覧" * (SIZE // 2),
    "dates": "[accessed 12 May 2019] " * (SIZE // 23),
    "unclosed tags": "<a " * (SIZE // 3),
    "unclosed quotes": '<a href="' * (SIZE // 9),
    "deep blocks": "<div>" * (SIZE // 5),
    "comments": "<!--" * (SIZE // 4),
    "backslashes": "\\" * SIZE,
    "blanks": " " * SIZE,
    "carriage returns": "\r" * SIZE,
    "columns": "|a" * (SIZE // 6) + "\n" + "|-" * (SIZE // 6) + "\n" + "|b" * (SIZE // 6),
    "one paragraph of lines": "http://a.example/x\n" * (SIZE // 19),
    "titles without dates": "Title x\n" * (SIZE // 8) + "[accessed 12 May 2019]\n",
    "initials": "A. " * (SIZE // 3),
    "block quotes": "> " * (SIZE // 2) + "x",
    "asterisks": "*a " * (SIZE // 3),
}


@pytest.mark.parametrize("format", ["text", "markdown", "html"])
@pytest.mark.parametrize("name", BAIT)
def test_bait_ends_soon(format, name):
    began = time.process_time()
    extract(Document(path="d", text=BAIT[name], format=format))
    assert time.process_time() - began < 8


FIELDS = {
    "dots": "." * 3000 + "q",
    "angles": "<" * 3000 + "q",
    "words": "insert " * 3000,
    "letters": "y" * 3000 + "!",
}


@pytest.mark.parametrize("name", FIELDS)
def test_a_field_that_is_nearly_a_date_ends_soon(name):
    text = f"@misc{{a, title={{T}}, url={{http://a.example/}}, urldate={{{FIELDS[name]}}}}}"
    began = time.process_time()
    extract(Document(path="d", text=text, format="bibtex"))
    assert time.process_time() - began < 8


MANY = {
    "glued": ("text", "http://a.example/c" * 4000),
    "apostrophes": ("text", "http://a.b/c’de" * 4000),
    "glued in TeX": ("latex", "\\url{http://a.example/x}" * 4000),
    "dates and addresses": (
        "text",
        " ".join(f"http://a.io/{n}" for n in range(1500)) + " accessed 3 May 2019," * 1500,
    ),
    "pairs": ("text", " ".join(f"http://a.io/{n} (accessed 3 May 2019)" for n in range(3000))),
    "dates of all": ("text", "All links accessed 3 May 2019\n\n" * 4000),
    "bars": ("text", "http://a.b/c?d|e " * 6000),
    "torn dates": ("text", "Abc def. Ghi www.a.example/b [accessed 3\nMay 2019] " * 2000),
    "numbers": ("text", "1. http://a.b/c/\n2" * 5000),
    "braces": ("bibtex", "@misc{a, t={" * 8000),
}


@pytest.mark.parametrize("name", MANY)
def test_many_addresses_and_dates_end_soon(name):
    kind, text = MANY[name]
    began = time.process_time()
    extract(Document(path="d", text=text, format=kind))
    assert time.process_time() - began < 30


def test_what_is_said_of_all_is_said_of_each_at_most_fifty_times():
    text = "References\n\n" + " ".join(f"http://a.io/{n}" for n in range(60)) + " accessed 3 May 2019," * 60
    assert (
        max(len(one.access_dates) for one in extract(Document(path="d", text=text, format="text")).citations)
        <= 51
    )


def test_a_paragraph_too_long_to_be_a_reference_is_left_out_and_said_so():
    found = extract(Document(path="d", text="x" * 2_000_001, format="text"))
    assert found.citations == ()
    assert "2000001 characters was not read" in found.notes[0]


def test_a_million_remarks_are_counted_and_not_listed():
    found = extract(Document(path="d", text="@misc{a,\n" * 3000, format="bibtex"))
    assert len(found.notes) == 101
    assert found.notes[-1].endswith("more remarks on this document")


def test_a_long_entry_with_many_sources_is_hashed_once():
    held = []

    class Counting(Document):
        def held(self, span):
            held.append(span.end - span.start)
            return super().held(span)

    text = (
        "\\footnote{"
        + " and ".join(f"\\url{{http://a.io/{n}}}" for n in range(3000))
        + ", accessed 3 May 2019}"
    )
    found = extract(Counting(path="d", text=text, format="latex")).citations
    assert len(found) == 3000
    assert sum(held) < 20 * len(text)
