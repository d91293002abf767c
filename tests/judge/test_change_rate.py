"""How long a date may age."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.judge.change_rate import PageClass, age_limit_days, change_rate, page_class, target_of
from monitor.judge.policy import JudgePolicy
from monitor.model.history import LinkHistory
from monitor.model.urls import split

V, R, D = PageClass.VOLATILE, PageClass.ORDINARY, PageClass.DURABLE


@pytest.mark.parametrize(
    ("url", "media", "expected"),
    [
        ("https://example.org/", None, V),
        ("https://example.org", None, V),
        ("http://example.org/index.html", None, V),
        ("https://example.org/pricing", None, V),
        ("https://example.org/search?q=mills", None, V),
        ("https://docs.example.org/en/latest/guide.html", None, V),
        ("https://example.org/about/history", None, R),
        ("https://example.org/a.php?id=12", None, R),
        ("https://example.org/latest-report", None, R),
        ("https://example.org/2014/03/02/mills-close", None, D),
        ("https://example.org/news/2014-03-02-mills", None, D),
        ("https://example.org/20140302/mills.html", None, D),
        ("https://example.org/papers/mills.pdf", None, D),
        ("https://example.org/download/77", "application/pdf; charset=binary", D),
        ("https://doi.org/10.1000/182", None, D),
        ("https://code.example/u/r/blob/" + "a1" * 20 + "/x.py", None, D),
        ("https://wiki.example/index.php?title=Mill&oldid=991", None, D),
        ("https://arxiv.org/abs/1706.03762", None, D),
        ("https://example.org/20141302x/mills", None, R),
        ("http://[broken/", None, R),
    ],
)
def test_page_class(url, media, expected):
    assert page_class(url, media) is expected


def limit(url="https://example.org/report", **history):
    return age_limit_days(url, None, LinkHistory(**history), JudgePolicy())


def test_before_there_is_a_history_the_class_decides():
    assert limit() == 365
    assert limit(observations=3, changes=2, observed_days=60) == 365


def test_a_link_that_changes_all_the_time_is_held_short():
    assert limit(observations=10, changes=9, observed_days=180) == 90


def test_a_change_rate_in_between_gives_its_half_life():
    # 20 intervals of 30 days with 2 changes: about one change in 290 days, a half-life of about 200.
    assert 180 < limit(observations=21, changes=2, observed_days=600) < 230


def test_a_short_quiet_time_earns_nothing_and_a_long_one_up_to_three_years():
    assert limit(observations=5, changes=0, observed_days=80) == 365
    assert limit(observations=30, changes=0, observed_days=400) == 800
    assert limit(observations=90, changes=0, observed_days=4000) == 1095
    assert limit("https://example.org/", observations=30, changes=0, observed_days=400) == 800


def test_the_estimate_follows_the_published_formula():
    history = LinkHistory(observations=11, changes=3, observed_days=100)
    assert change_rate(history) == pytest.approx(0.03365, abs=1e-4)  # -ln(7.5 / 10.5) / 10
    assert change_rate(LinkHistory(observations=1, observed_days=0.0)) is None
    assert change_rate(LinkHistory(observations=3, changes=9, observed_days=10)) is not None


@settings(max_examples=200, deadline=None)
@given(
    st.text("ah/.:?#%&=[]@ \t\u0130;9-", max_size=24),
    st.sampled_from(["http://", "https://", "HTTP://", "//", ""]),
)
def test_an_address_has_the_parts_that_splitting_gives(rest, scheme):
    for url in (scheme + rest, f"{scheme}a.example:80/{rest}", f"{scheme}a.example?{rest}#{rest}"):
        parts = split(url)
        assert target_of(url) == (None if parts is None else (parts.path, parts.query))
