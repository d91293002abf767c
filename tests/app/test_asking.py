"""What is asked, and what is not: --cache, --remap, --offline, --dump."""

import json

import pytest

from monitor.check.remap import remap_fault, remapped

PAGE = "https://www.w3.org/Provider/Style/URI"
GONE = "http://www.geocities.com/Athens/Forum/"
LIST = f"# Sources\n\n- Good page. [Cool URIs]({PAGE}). Accessed 4 March 2026.\n- Gone page. [Athens]({GONE}). Accessed 8 June 2004.\n"
NOW = ("--now", "2026-11-21T03:00:00Z")


@pytest.fixture
def listed(tmp_path):
    (tmp_path / "list.md").write_text(LIST)
    return "list.md"


def outcomes(ended):
    return {one["title"]: one["outcome"] for one in json.loads(ended.out)["citations"]}


def test_a_cache_keeps_good_answers_for_a_day_and_asks_failures_again(monitor, servers, listed, tmp_path):
    check = ("check", listed, "--cache", "kept", "-f", "json", *NOW)
    first = monitor(*check, **servers)
    assert (tmp_path / "kept").is_file()
    again = monitor(*check, **servers)
    assert outcomes(first) == outcomes(again) == {"Cool URIs": "alive", "Athens": "gone"}
    requests = [json.loads(one.out)["run"]["requests"]["check"] for one in (first, again)]
    assert requests[0] > requests[1] > 0
    older = monitor(
        "check", listed, "--cache", "kept", "-f", "text", "--now", "2026-11-23T03:00:00Z", **servers
    )
    assert "young enough" not in older.out


def test_a_cache_is_a_database_and_only_one_is_named(monitor, listed):
    ended = monitor("check", listed, "--cache", "a", "--database", "b")
    assert ended.code == 2
    assert "give one of them" in ended.err


def test_offline_asks_nobody_and_says_so(monitor, servers, listed):
    ended = monitor("check", listed, "--offline", "--cache", "kept", *NOW, **servers)
    assert ended.code == 0, ended.err
    assert "2 sources were not asked for (--offline)" in ended.out
    monitor("check", listed, "--cache", "kept", *NOW, **servers)
    known = monitor("check", listed, "--offline", "--cache", "kept", "-f", "json", *NOW, **servers)
    assert known.code == 1
    assert outcomes(known) == {"Cool URIs": "alive", "Athens": "gone"}
    assert json.loads(known.out)["run"]["requests"] == {"check": 0, "archive": 0}
    page = monitor("check", PAGE, "--offline", *NOW, **servers)
    assert page.code == 2
    assert "--offline asks nobody" in page.err


def test_a_dump_lists_addresses_and_checks_none(monitor, servers, listed, tmp_path):
    ended = monitor("check", listed, "--dump", "--exclude", "geocities", **servers)
    assert (ended.code, ended.out) == (0, f"{PAGE}\n")
    assert [path.name for path in tmp_path.iterdir()] == [listed]


def test_another_address_is_asked_in_the_place_of_the_cited(monitor, servers, listed):
    moved = "^http://www.geocities.com/.* https://www.w3.org/Provider/Style/URI"
    ended = monitor("check", listed, "--remap", moved, "-f", "json", "--no-archive", *NOW, **servers)
    assert ended.code == 0, ended.err
    athens = json.loads(ended.out)["citations"][1]
    assert (athens["url"], athens["outcome"]) == (GONE, "alive")
    assert f"asked: {PAGE} in its place" in athens["notes"]


def test_what_moves_in_the_place_of_the_cited_moves_nothing(monitor, servers, tmp_path):
    (tmp_path / "a.md").write_text(f"# Sources\n\n- [Athens]({GONE}). Accessed 8 June 2004.\n")
    there = "https://www.pewresearch.org/data-labs/2024/05/17/when-online-content-disappears/"
    ended = monitor("check", "a.md", "--remap", f".* {there}", "-f", "json", "--no-archive", *NOW, **servers)
    (one,) = json.loads(ended.out)["citations"]
    assert (one["outcome"], one["amendment"]) == ("alive", None)


@pytest.mark.parametrize(
    ("rules", "asked"),
    [
        ({"^https://a/(.*)": "http://b/$1"}, "http://b/x?y"),
        ({"https://a": "http://b"}, "http://b/x?y"),
        ({r"^https://(?P<host>\w+)/": "http://${host}.test/"}, "http://a.test/x?y"),
        ({"^ftp:": "x", "^https:": "http:"}, "http://a/x?y"),
        ({"nowhere": "x"}, "https://a/x?y"),
    ],
)
def test_targets_take_groups_and_the_first_pattern_that_fits_counts(rules, asked):
    assert remapped("https://a/x?y", rules) == asked


@pytest.mark.parametrize(("pattern", "target"), [("(", "x"), ("a", "$1"), ("(a)", "${b}")])
def test_a_rule_that_cannot_be_meant_is_refused(monitor, listed, pattern, target):
    assert remap_fault({pattern: target})
    ended = monitor("check", listed, "--remap", f"{pattern} {target}")
    assert ended.code == 2
    assert "check.remap" in ended.err
    assert monitor("check", listed, "--remap", pattern).code == 2
