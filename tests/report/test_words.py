import datetime as dt
import unicodedata

import pytest

from monitor.model.finding import AccessDateStatus, Severity
from monitor.model.history import LinkHistory, LinkState
from monitor.model.observation import Outcome
from monitor.report import words
from tests.support import assessments

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


def test_no_printable_character_of_any_script_is_one_that_steers():
    printable = "".join(filter(str.isprintable, map(chr, range(0x110000))))
    assert len(printable) > 100_000
    kinds = set(map(unicodedata.category, printable))
    assert not kinds & {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


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


def found(outcome, status=AccessDateStatus.UNCONFIRMED, state=LinkState.SUSPECT, **observation):
    return assessments.assess(
        "http://mill.example/a",
        "Mill",
        status,
        Severity.ERROR,
        outcome,
        history=LinkHistory(state=state, strikes=3, strikes_needed=2),
        observation=observation,
    )


@pytest.mark.parametrize(
    ("assessment", "said"),
    [
        (found(Outcome.GONE, cause="gone", http_status=410), "gone (HTTP 410)"),
        (found(Outcome.GONE, cause="gone"), "gone"),
        (found(Outcome.SERVER_ERROR, cause="http-503", http_status=503), "server error (HTTP 503)"),
        (found(Outcome.PARKED, cause="parked", http_status=200), "parked or for sale (HTTP 200)"),
        (
            found(Outcome.SOFT_404, cause="error-page", http_status=200),
            "an error page that answers like a real one (HTTP 200)",
        ),
        (
            found(Outcome.UNREACHABLE, cause="connect-refused"),
            "unreachable (the server refuses connections)",
        ),
    ],
)
def test_an_outcome_says_no_word_twice(assessment, said):
    assert words.outcome(assessment) == said


def test_no_more_strikes_are_told_than_are_needed():
    assert words.history(found(Outcome.GONE).history) == "failing, 2 of 2 strikes"


@pytest.mark.parametrize(
    ("assessment", "said"),
    [
        (found(Outcome.GONE, http_status=404), "Gone at the last check"),
        (found(Outcome.UNREACHABLE, AccessDateStatus.DUE), "Unreachable at the last check"),
        (found(Outcome.ALIVE, state=LinkState.ALIVE), "Not confirmed"),
        (found(Outcome.GONE, AccessDateStatus.STALE_DEAD, LinkState.DEAD), "Dead, archived copy exists"),
        (found(Outcome.GONE, AccessDateStatus.PENDING, LinkState.DEAD), "Dead, archives could not tell"),
    ],
)
def test_a_failure_at_first_sight_is_headlined_as_what_it_is(assessment, said):
    assert words.heading(assessment) == said
