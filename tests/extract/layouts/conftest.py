"""Entries straight from a line of text, for the rules that read them."""

import pytest

from monitor.extract.dates.values import NO_HINTS
from monitor.extract.layouts.entries import entries
from monitor.extract.layouts.marks import mark
from monitor.extract.passage import Kind, plain


@pytest.fixture
def entries_of():
    """Return a function: paragraphs (parted by blank lines) to entries; `kind` is what all of them are."""

    def made(text, kind=Kind.PARAGRAPH):
        begin, passages = 0, []
        for paragraph in text.split("\n\n"):
            passages.append(plain(text, begin, begin + len(paragraph), kind=kind))
            begin += len(paragraph) + 2
        return entries(mark(passage, NO_HINTS) for passage in passages)

    return made
