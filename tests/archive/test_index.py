"""Index answers: what is a list of captures, and what must never look like a short or empty one."""

from datetime import UTC, datetime

import pytest

from monitor.archive.captures import instant
from monitor.archive.errors import ArchiveTrouble, ExcludedByArchive, RobotsExcluded
from monitor.archive.memento import parse_cdxj
from monitor.archive.wayback import parse_index
from monitor.fetch.interface import FetchResponse
from monitor.model.values import replaced
from tests.support.archive_standin import EXCLUDED, ROBOTS

LINE = "org,example)/a 20100410213930 http://www.example.org:80/a text/html 200 YTEQQRWKL47VHUWFV2NXX7XLEOHMNWZ6 12942"


def answer(body, status=200, media="text/plain", **more):
    return FetchResponse(
        url="http://archive.test/cdx",
        status=status,
        body=body.encode(),
        headers=(("content-type", media),),
        **more,
    )


def test_rows_and_resume_key():
    rows, key = parse_index(answer(f"{LINE}\n{LINE}\n\neJxLzy_TyUssTtTUVzAyMDAx\n"))
    assert key == "eJxLzy_TyUssTtTUVzAyMDAx"
    assert [(r.stamp, r.status, r.original) for r in rows] == [
        ("20100410213930", 200, "http://www.example.org:80/a")
    ] * 2


def test_an_empty_page_may_carry_a_key():
    assert parse_index(answer("\nabc\n")) == ([], "abc")


def test_nothing_is_nothing():
    assert parse_index(answer("")) == ([], None)


def test_spaces_revisits_and_damaged_timestamps():
    spaced = LINE.replace(":80/a", ":80/a b")
    damaged = LINE.replace("20100410213930", "20000008241731")
    beyond = LINE.replace("20100410213930", "20109999999999")
    again = LINE.replace("text/html 200", "warc/revisit -")
    rows, _ = parse_index(answer(f"{spaced}\n{damaged}\n{beyond}\n{again}"))
    assert rows[0].original[-5:] == "a%20b"
    assert (rows[1].when.year, rows[1].when.month, rows[1].when.day, rows[1].stamp) == (
        2000,
        8,
        24,
        "20000008241731",
    )
    assert [(r.revisit, r.status) for r in rows] == [(False, 200), (False, 200), (True, None)]


@pytest.mark.parametrize(
    "broken",
    [
        answer("Too Many Requests"),
        answer("<html><h1>429 Too Many Requests</h1></html>", media="text/html"),
        answer("<html><h1>503</h1></html>"),
        answer("Temporarily Offline", status=503),
        answer(LINE + "\norg,exam"),
        answer(LINE, truncated=True),
        answer("org.archive.util.io.RuntimeIOException: index\n", status=503),
        answer("", status=404),
    ],
)
def test_what_is_no_answer_is_trouble(broken):
    with pytest.raises(ArchiveTrouble) as caught:
        parse_index(broken)
    assert not isinstance(caught.value, ExcludedByArchive)


def test_exclusion_is_an_answer_of_its_own():
    with pytest.raises(ExcludedByArchive):
        parse_index(answer(EXCLUDED, status=403))


def test_cdxj_and_ndjson():
    values = '"url": "http://example.org/a", "mime": "text/html", "status": "200", "digest": "sha1:ABC", "length": "9"'
    for line in ("org,example)/a 20150301100000 {%s}", '{"timestamp": "20150301100000", %s}'):
        (row,) = parse_cdxj(answer(line % values, media="text/x-cdxj"))
        assert (row.stamp, row.status, row.digest) == ("20150301100000", 200, "ABC")
    with pytest.raises(ArchiveTrouble):
        parse_cdxj(answer("org,example)/a 2015", media="text/x-cdxj"))


@pytest.mark.parametrize("month_and_day", range(0, 1400, 53))
@pytest.mark.parametrize("time", ["000000", "120000", "001200", "000012", "995959"])
def test_every_damaged_timestamp_is_repaired_or_dropped(month_and_day: int, time: str) -> None:
    when = instant(f"2009{month_and_day:04d}{time}")
    assert when is None or when.year == 2009


def test_a_month_with_nothing_but_zeros_around_it_is_no_instant() -> None:
    assert instant("20090000120000") is None
    assert instant("20000008241731") == datetime(2000, 8, 24, 17, 31, tzinfo=UTC)


def test_further_columns_and_what_was_never_on_the_web() -> None:
    wide = f"{LINE} - - 4711 crawl/one.warc.gz"
    spaced = wide.replace(":80/a", ":80/a b 200")
    mail = LINE.replace("http://www.example.org:80/a", "mailto:press@example.org")
    bare = LINE.replace("http://www.example.org:80/a", "www.example.org:80/a")
    rows, _ = parse_index(answer(f"{wide}\n{spaced}\n{mail}\n{bare}"))
    assert [(r.original, r.status, r.length) for r in rows] == [
        ("http://www.example.org:80/a", 200, 12942),
        ("http://www.example.org:80/a%20b%20200", 200, 12942),
        ("www.example.org:80/a", 200, 12942),
    ]


def test_a_robots_exclusion_is_told_from_the_owners() -> None:
    for body, headers in ((ROBOTS, ()), ("", (("x-archive-wayback-runtime-error", ROBOTS),))):
        with pytest.raises(RobotsExcluded):
            parse_index(replaced(answer(body, status=403), headers=headers))
    with pytest.raises(ExcludedByArchive) as caught:
        parse_index(answer(EXCLUDED, status=403))
    assert not isinstance(caught.value, RobotsExcluded)


def test_an_address_that_speaks_of_exceptions_and_robots_is_an_address() -> None:
    line = LINE.replace(":80/a", ":80/IOException/robots.txt")
    assert len(parse_index(answer(line))[0]) == 1
