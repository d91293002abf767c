"""Drift between two states of a page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.model.page import Drift, PageText
from monitor.page.quote.drift import fingerprint, measure_drift, similarity
from tests.support.page_texts import essay


def page(text, title="A title of its own"):
    return PageText(title=title, visible=text, main=text)


OLD = essay(600, seed=1)
OTHER = essay(600, seed=2)


def mixed(share, seed=3):
    """Return OLD with its last `share` replaced by other text."""
    words, others = OLD.split(), essay(600, seed=seed).split()
    kept = int(len(words) * (1 - share))
    return " ".join(words[:kept] + others[: len(words) - kept])


@pytest.mark.parametrize(
    ("share", "drift"),
    [
        (0, Drift.SAME),
        (0.03, Drift.SAME),
        (0.15, Drift.MINOR),
        (0.5, Drift.MAJOR),
        (0.9, Drift.REPLACED),
        (1, Drift.REPLACED),
    ],
)
def test_bands(share, drift):
    result = measure_drift(page(OLD), page(mixed(share)))
    assert result.drift is drift
    assert result.containment == pytest.approx(1 - share, abs=0.03)


def test_comments_added_below_are_no_drift():
    result = measure_drift(page(OLD), page(OLD + " " + OTHER))
    assert result.drift is Drift.SAME
    assert result.containment == 1
    assert result.jaccard == pytest.approx(0.5, abs=0.02)


def test_another_title_makes_a_half_kept_page_replaced():
    new = mixed(0.6)
    assert measure_drift(page(OLD), page(new)).drift is Drift.MAJOR
    assert measure_drift(page(OLD), page(new, title="Shoes for sale")).drift is Drift.REPLACED
    assert measure_drift(page(OLD), page(mixed(0.4), title="Shoes for sale")).drift is Drift.MAJOR


def test_case_and_typography_are_no_drift():
    curly = page("“" + OLD.upper() + "” – it’s")
    assert measure_drift(page('"' + OLD + "\" - it's"), curly).drift is Drift.SAME


@pytest.mark.parametrize("short", ["", "Few words only.", "word " * 12])
def test_too_little_text_is_unknown(short):
    assert measure_drift(page(short), page(OLD)).drift is Drift.UNKNOWN
    assert measure_drift(page(OLD), page(short)).drift is Drift.UNKNOWN


def test_shells_are_unknown():
    shell = PageText(visible=OLD, main=OLD, shell=True)  # noqa: S604 - a field, no subprocess
    assert measure_drift(page(OLD), shell).drift is Drift.UNKNOWN


def test_scripts_without_blanks_are_compared_by_characters():
    old = "".join(f"第{n}章では港の歴史を述べ、船と人の暮らしを数えた。" for n in range(30))
    new = old.replace("船と人の暮らしを数えた", "灯台の油の値段を調べた", 3)
    assert measure_drift(page(old), page(old)).drift is Drift.SAME
    assert 0.5 < measure_drift(page(old), page(new)).containment < 1


def test_similarity():
    assert similarity(OLD, OLD) == 1
    assert similarity(OLD, OTHER) < 0.05
    assert similarity("", "") == 1
    assert similarity("", OLD) == 0
    assert similarity("page not found", "page not found") == 1


@given(st.text(max_size=200), st.text(max_size=200))
def test_similarity_is_symmetric_and_bounded(a, b):
    assert similarity(a, b) == similarity(b, a)
    assert 0 <= similarity(a, b) <= 1
    assert similarity(a, a) == 1


def test_fingerprint_knows_words_not_form():
    assert fingerprint(page("It’s  “so”")) == fingerprint(page('it\'s\n"so"'))
    assert fingerprint(page("It is so")) != fingerprint(page("It is not so"))
    assert len(fingerprint(page(""))) == 64
