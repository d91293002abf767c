"""The Wayback Machine's index: queries as waybackpy builds them, answers held against the wire format."""

from urllib.parse import parse_qs, urlsplit

import pytest

from monitor.archive.errors import ArchiveTrouble, ExcludedByArchive
from monitor.archive.wayback import WaybackIndex, parse_index
from monitor.fetch.interface import FetchResponse

DIGEST = "YTEQQRWKL47VHUWFV2NXX7XLEOHMNWZ6"
ROW = f"org,example)/tide 20110217101500 http://www.example.org:80/tide text/html 200 {DIGEST} 1294"
PLAIN = (("content-type", "text/plain"),)


def answer(text: str, *, status: int = 200, headers: tuple[tuple[str, str], ...] = PLAIN) -> FetchResponse:
    return FetchResponse(url="https://archive.test/cdx", status=status, headers=headers, body=text.encode())


def test_a_row_keeps_the_original_address_and_what_tells_captures_apart() -> None:
    rows, key = parse_index(answer(ROW + "\n"))
    assert key is None
    (row,) = rows
    assert (row.stamp, row.original) == ("20110217101500", "http://www.example.org:80/tide")
    assert (row.status, row.media_type, row.digest, row.revisit) == (200, "text/html", DIGEST, False)
    assert row.when.isoformat() == "2011-02-17T10:15:00+00:00"


def test_a_revisit_has_no_status_of_its_own() -> None:
    (row,), _ = parse_index(answer(ROW.replace("text/html 200", "warc/revisit -")))
    assert row.revisit
    assert row.status is None


def test_an_address_with_blanks_stays_one_address() -> None:
    (row,), _ = parse_index(answer(ROW.replace("/tide text", "/the tide text")))
    assert row.original == "http://www.example.org:80/the%20tide"
    assert row.digest == DIGEST


def test_a_timestamp_with_month_00_is_repaired_and_a_hopeless_one_left_out() -> None:
    broken = ROW.replace("20110217101500", "20000008241731")
    hopeless = ROW.replace("20110217101500", "20119917101500")
    rows, _ = parse_index(answer(f"{broken}\n{hopeless}\n"))
    assert [row.when.isoformat() for row in rows] == ["2000-08-24T17:31:00+00:00"]


@pytest.mark.parametrize("text", [ROW + "\n\nopaqueKey_-123\n", "\nopaqueKey_-123\n"])
def test_a_resume_key_follows_a_blank_line_even_on_an_empty_page(text: str) -> None:
    rows, key = parse_index(answer(text))
    assert key == "opaqueKey_-123"
    assert len(rows) == text.count("example)")


def test_nothing_at_all_is_an_empty_list() -> None:
    assert parse_index(answer("")) == ([], None)
    assert parse_index(answer("\n")) == ([], None)


@pytest.mark.parametrize(
    ("text", "status", "kind"),
    [
        ("Too Many Requests\n", 200, PLAIN),
        ("<html><body><h1>504 Gateway Time-out</h1></body></html>", 200, PLAIN),
        ("checking your browser", 200, (("content-type", "text/html; charset=utf-8"),)),
        ("org,exam", 200, PLAIN),
        (ROW[:60], 200, PLAIN),
        ("The url= param is required", 400, PLAIN),
        ("", 404, PLAIN),
        ("Forbidden", 403, PLAIN),
        ("", 200, (*PLAIN, ("x-archive-wayback-runtime-error", "java.io.IOException: index gone"))),
    ],
)
def test_what_is_no_answer_is_never_read_as_no_captures(
    text: str, status: int, kind: tuple[tuple[str, str], ...]
) -> None:
    with pytest.raises(ArchiveTrouble) as raised:
        parse_index(answer(text, status=status, headers=kind))
    assert not isinstance(raised.value, ExcludedByArchive)


@pytest.mark.parametrize(
    "words",
    ["AdministrativeAccessControlException: Blocked Site Error", "RobotAccessControlException: robots.txt"],
)
def test_an_owners_wish_is_told_from_an_error(words: str) -> None:
    with pytest.raises(ExcludedByArchive):
        parse_index(answer(f"org.archive.wayback.exception.{words}", status=403))


class Scripted:
    """A transport that answers from a list and keeps what it was asked."""

    def __init__(self, *texts: str) -> None:
        self.texts, self.asked = list(texts), []

    async def ask(self, pool, url, cost, **_):
        assert pool == "cdx"
        self.asked.append({k: v[0] for k, v in parse_qs(urlsplit(url).query).items()})
        return answer(self.texts.pop(0))


def row(stamp: str) -> str:
    return ROW.replace("20110217101500", stamp)


async def test_pages_are_followed_by_key_and_exact_duplicates_counted_once() -> None:
    transport = Scripted(
        f"{row('20100101000000')}\n{row('20100101000000')}\n\nk=1/+\n",
        "\nkey2\n",
        f"{row('20090101000000')}\n",
    )
    rows = await WaybackIndex(transport, "https://archive.test/cdx").rows("http://example.org/tide", None)
    assert [r.stamp for r in rows] == ["20090101000000", "20100101000000"]
    assert [asked.get("resumeKey") for asked in transport.asked] == [None, "k=1/+", "key2"]


async def test_a_repeated_key_is_an_error_not_the_end() -> None:
    transport = Scripted(*[f"{row('20100101000000')}\n\nsame\n"] * 3)
    with pytest.raises(ArchiveTrouble, match="repeats"):
        await WaybackIndex(transport, "https://archive.test/cdx").rows("http://example.org/tide", None)
    assert len(transport.asked) == 2


async def test_the_query_names_one_exact_address_and_lets_the_answer_be_compressed() -> None:
    transport = Scripted("")
    await WaybackIndex(transport, "https://archive.test/cdx").rows("http://example.org/a%20b?q=*&x=1", None)
    (asked,) = transport.asked
    assert asked["url"] == "http://example.org/a%20b?q=%2A&x=1"
    assert asked["matchType"] == "exact"
    assert "gzip" not in asked
    assert asked["showResumeKey"] == "true"
