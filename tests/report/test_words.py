import datetime as dt

import pytest

from monitor.report import words

TODAY = dt.date(2026, 11, 21)


@pytest.mark.parametrize(
    ("iso", "said"),
    [
        ("2026-11-21", "today"),
        ("2026-11-20", "1 day ago"),
        ("2026-09-30", "52 days ago"),
        ("2026-05-21", "6 months ago"),
        ("2026-05-22", "5 months ago"),
        ("2024-11-22", "23 months ago"),
        ("2024-11-21", "2 years ago"),
        ("2017-02-17", "9 years ago"),
        ("2016-08", "10 years ago"),
        ("2026", "this year"),
        ("2026-11", "this month"),
        ("2025", "10 months ago"),
        ("2026-11-22", "in the future"),
        ("2027", "in the future"),
        ("2026-12", "in the future"),
        (None, None),
    ],
)
def test_age_is_said_in_the_largest_unit_that_is_honest(iso, said):
    assert words.age(iso, TODAY) == said


@pytest.mark.parametrize(
    "hostile",
    ["\x1b[2J", "\x1b]0;t\x07", "\x9b31m", "\u202egpj", "\u2066x", "\x00", "\ud800", "\ufeff", "\x7f"],
)
def test_plain_lets_no_steering_character_through(hostile):
    cleaned = words.plain(f"a{hostile}b\nc")
    assert "\ufffd" in cleaned
    assert not any(char in cleaned for char in "\x1b\x07\x9b\u202e\u2066\x00\ud800\ufeff\x7f\n")
    cleaned.encode("utf-8")


def test_plain_keeps_what_scripts_need():
    text = "نیم\u200cفاصله – Ünïcödé 日本 👩\u200d🌾"
    assert words.plain(text) == text


def test_plain_cuts_with_an_ellipsis():
    assert words.plain("abcdefghij", 5) == "abcd…"
    assert len(words.plain("x" * 10_000, 100)) == 100


@pytest.mark.parametrize("url", ["http://a.example/", "https://a.example/x?y#z", "HTTPS://A.EXAMPLE"])
def test_links_to_the_web_are_links(url):
    assert words.link(url) == url


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        " javascript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "//a.example/",
        "a.example/x",
        "http:javascript",
        "https://[::1",
        "http://a.example/\x00",
        "",
        None,
    ],
)
def test_nothing_else_is_a_link(url):
    assert words.link(url) is None
