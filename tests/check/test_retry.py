"""Waiting times servers ask for, in every spelling."""

import datetime as dt

import pytest

from monitor.check.retry import FAILURE_RETRIES, backoff_s, exhausted_for_s, retry_after_s

NOW = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("0", 0), ("10", 10), (" 10 ", 10), ("2.5", 2.5), ("3s", 3), ("1m30s", 90), ("1m 30s", 90), ("2h", 7200),
        ("1d", 86400), ("250ms", 0.25), ("90 seconds", 90), ("5 minutes", 300), ("86400", 86400),
        ("Sun, 01 Mar 2026 12:00:30 GMT", 30), ("Sunday, 01-Mar-26 12:00:30 GMT", 30),
        ("Sun, 01 Mar 2026 15:00:30 +0300", 30), ("Sun, 01 Mar 2026 09:00:30 -0300", 30),
        ("Sun, 01 Mar 2026 11:00:00 GMT", 0), ("Sun Mar  1 12:00:30 2026", 30),
    ],
)  # fmt: skip
def test_retry_after(value: str, seconds: float) -> None:
    assert retry_after_s(value, NOW) == pytest.approx(seconds)


@pytest.mark.parametrize(
    "value",
    [None, "", "  ", "soon", "-5", "1x2y", "tomorrow at noon", "Sun, 99 Foo 2026", "\x00", "9" * 400, "1e9"],
)
def test_junk_says_nothing(value: str | None) -> None:
    assert retry_after_s(value, NOW) is None


EPOCH = int(NOW.timestamp())


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"x-ratelimit-remaining": "0", "x-ratelimit-reset": str(EPOCH + 40)}, 40),
        ({"ratelimit-remaining": "0", "ratelimit-reset": "40"}, 40),
        ({"ratelimit": '"default";r=0;t=40'}, 40),
        ({"ratelimit": "limit=10, remaining=0, reset=40"}, 40),
        ({"x-ratelimit-remaining": "0", "x-ratelimit-reset": str(EPOCH - 40)}, 0),
        ({"x-ratelimit-remaining": "7", "x-ratelimit-reset": str(EPOCH + 40)}, None),
        ({"ratelimit": '"default";r=3;t=40'}, None),
        ({"x-ratelimit-remaining": "none", "x-ratelimit-reset": "40"}, None),
        ({"x-ratelimit-remaining": "0"}, None),
        ({}, None),
    ],
)
def test_exhausted_limits(headers: dict[str, str], seconds: float | None) -> None:
    assert exhausted_for_s(headers, NOW) == (None if seconds is None else pytest.approx(seconds))


def test_backoff_doubles_and_varies() -> None:
    assert [backoff_s(2.0, tried, 0.5) for tried in (1, 2, 3)] == [2.0, 4.0, 8.0]
    assert backoff_s(2.0, 1, 0.0) == 1.5
    assert backoff_s(2.0, 1, 0.999) < 2.5


def test_what_does_not_pass_by_itself_is_not_tried_again() -> None:
    assert not {"dns-not-found", "tls-expired", "private-address", "bad-http", "redirect-loop"} & set(
        FAILURE_RETRIES
    )
