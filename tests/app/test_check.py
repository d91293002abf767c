"""`monitor check` as CI uses it, over the rehearsal's web and archive."""

import gc
import json
import subprocess
import xml.etree.ElementTree as ET

import pytest

ALIVE = "Good page. [Cool URIs](https://www.w3.org/Provider/Style/URI). Accessed 4 March 2026.\n"
GONE = "Gone page. [Athens](http://www.geocities.com/Athens/Forum/). Accessed 8 June 2004.\n"
BLOCKED = "Walled. [Freedom](http://freedomhouse.org/country/kyrgyzstan/freedom-world/2020). Accessed 8 July 2026.\n"
WEATHER = "Weather. [Curators](https://www.loc.gov/programs/web-archiving/). Accessed 9 October 2026.\n"
NOW = ("--now", "2026-11-21T03:00:00Z")


@pytest.fixture
def write(tmp_path):
    def write(*lines: str, name: str = "list.md"):
        (tmp_path / name).write_text("# Sources\n\n" + "\n".join(f"- {line}" for line in lines))
        return name

    return write


@pytest.mark.parametrize(
    ("lines", "code"),
    [((ALIVE,), 0), ((GONE,), 1), ((ALIVE, GONE), 1), ((BLOCKED, WEATHER), 0), ((), 0)],
    ids=["alive", "gone", "both", "weather", "nothing cited"],
)
def test_only_hard_facts_fail_a_check(monitor, servers, write, lines, code):
    ended = monitor("check", write(*lines), *NOW, **servers)
    assert ended.code == code, ended.out + ended.err


def test_the_fail_level_moves(monitor, servers, write):
    name = write(GONE)
    assert monitor("check", name, "--fail-on", "never", *NOW, **servers).code == 0
    assert monitor("check", write(BLOCKED), "--fail-on", "info", *NOW, **servers).code == 1


def test_without_a_network_the_run_is_void_and_says_what_to_do(monitor, servers, write):
    ended = monitor(
        "check",
        write(GONE),
        *NOW,
        **servers | {"MONITOR_CHECK__SENTINELS": "http://timetravel.mementoweb.org/"},
    )
    assert ended.code == 3
    assert "none of the sentinels answered" in ended.out
    assert "nothing was concluded" in ended.out


def test_nothing_is_left_behind(monitor, servers, write, tmp_path):
    monitor("check", write(ALIVE), *NOW, **servers)
    assert [path.name for path in tmp_path.iterdir()] == ["list.md"]


def test_several_formats_each_to_its_place(monitor, servers, write, tmp_path):
    ended = monitor(
        "check", write(ALIVE, GONE), *NOW, "-f", "junit", "-o", "j.xml", "-f", "sarif", "-o", "s.sarif",
        "-f", "json", **servers,
    )  # fmt: skip
    assert ended.code == 1
    report = json.loads(ended.out)
    assert {c["title"]: c["outcome"] for c in report["citations"]} == {"Cool URIs": "alive", "Athens": "gone"}
    assert report["summary"]["by_outcome"] == {"alive": 1, "gone": 1}
    assert ET.parse(tmp_path / "j.xml").getroot().tag == "testsuites"
    assert json.loads((tmp_path / "s.sarif").read_text())["version"] == "2.1.0"


def test_the_snapshot_of_the_access_date_is_named(monitor, servers, write):
    ended = monitor("check", write(GONE), *NOW, "-f", "json", **servers)
    (citation,) = json.loads(ended.out)["citations"]
    assert citation["coverage"] in ("bracketed", "near")
    assert citation["snapshot"]["timestamp"].startswith("2004-06")
    assert citation["snapshot"]["url"].startswith("https://web.archive.org/web/200406")


def test_a_baseline_forgives_what_was_known(monitor, servers, write, tmp_path):
    name = write(GONE)
    monitor("check", name, *NOW, "-f", "json", "-o", "old.json", **servers)
    assert monitor("check", name, *NOW, "--baseline", "old.json", **servers).code == 0
    worse = GONE.replace("Athens", "Parked").replace(
        "www.geocities.com/Athens/Forum/", "www.useit.com/alertbox/980614.html"
    )
    ended = monitor(
        "check", write(GONE, worse), *NOW, "--baseline", "old.json", "--new-only", "-f", "json", **servers
    )
    assert ended.code == 1
    assert [c["title"] for c in json.loads(ended.out)["citations"]] == ["Parked"]


def test_since_a_revision_only_changed_lines_fail(monitor, servers, write, tmp_path):
    name = write(GONE)

    def git(*words: str) -> None:
        subprocess.run(
            ["git", "-c", "user.name=a", "-c", "user.email=a@example.org", *words],
            cwd=tmp_path, check=True, capture_output=True,
        )  # fmt: skip

    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "list")
    assert monitor("check", name, *NOW, "--since", "HEAD", **servers).code == 0
    with (tmp_path / name).open("a") as file:
        file.write("- New. [Parked](http://www.useit.com/alertbox/980614.html). Accessed 3 September 2010.\n")
    assert monitor("check", name, *NOW, "--since", "HEAD", **servers).code == 1
    assert monitor("check", name, *NOW, "--since", "no-such-revision", **servers).code == 2


def test_without_archive_no_archive_is_asked(monitor, servers, write):
    ended = monitor("check", write(GONE), *NOW, "--no-archive", "-f", "json", **servers)
    report = json.loads(ended.out)
    assert report["run"]["requests"].get("archive", 0) == 0
    assert report["citations"][0]["coverage"] == "unknown"


def test_private_addresses_are_refused_and_never_fail_a_check(monitor, servers, write):
    line = "Router. [Admin](http://127.0.0.1:1/admin). Accessed 3 May 2026.\n"
    environment = servers | {
        "MONITOR_CHECK__RESOLVE": servers["MONITOR_CHECK__RESOLVE"].split(",*:80")[0] + ",*:443:127.0.0.1:9"
    }
    ended = monitor(
        "check", write(line), *NOW, "-f", "json", **environment | {"MONITOR_CHECK__SENTINELS": "[]"}
    )
    assert ended.code == 0
    assert json.loads(ended.out)["citations"][0]["outcome"] == "refused"


def test_with_and_without_a_database_the_report_is_the_same(monitor, servers, write):
    name = write(ALIVE, GONE, BLOCKED, WEATHER, ALIVE)
    plain, kept = (
        json.loads(monitor("check", name, *NOW, "--format", "json", *more, **servers).out)
        for more in ((), ("--database", "kept.sqlite3"))
    )
    for one in (plain, kept):
        one["run"] = {}
    assert plain == kept


def test_a_named_database_keeps_the_history_for_explaining(monitor, servers, write):
    name = write(GONE)
    monitor("check", name, *NOW, "--database", "kept.sqlite3", **servers)
    ended = monitor("history", "http://www.geocities.com/Athens/Forum/", "--database", "kept.sqlite3", *NOW)
    assert ended.code == 0
    assert "gone" in ended.out
    assert "GET http://www.geocities.com/Athens/Forum/" in ended.out
    assert "-> 410" in ended.out
    assert "rule access-date/" in ended.out
    assert "(it fails, and only failures on several days are a death)" in ended.out


# warcio leaves its spooled files to the garbage collector, which pytest would count as our leak.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_what_was_fetched_is_kept_on_request(monitor, servers, write, tmp_path):
    pytest.importorskip("warcio")
    from warcio.archiveiterator import ArchiveIterator

    ended = monitor("check", write(ALIVE), *NOW, **servers | {"MONITOR_ARCHIVE__KEEP": "evidence"})
    assert ended.code == 0
    (file,) = (tmp_path / "evidence").glob("*.warc.gz")
    gc.collect()  # here, where the warning is expected
    with file.open("rb") as stream:
        kept = {
            r.rec_headers["WARC-Target-URI"]: r.http_headers.get_statuscode()
            for r in ArchiveIterator(stream)
            if r.http_headers
        }
    assert kept["https://www.w3.org/Provider/Style/URI"] == "200"


CONFIRMED = ("--database", "facts.sqlite3", "--max-age", "1d", "--format", "json")
NEXT_JOB = ("--now", "2026-11-21T15:00:00Z")
DAYS_LATER = ("--now", "2026-11-24T15:00:00Z")


def test_good_answers_of_the_last_job_are_not_asked_for_again_and_failures_are(monitor, servers, write):
    name = write(ALIVE, GONE)
    first = json.loads(monitor("check", name, *CONFIRMED, *NOW, **servers).out)
    ended = monitor("check", name, *CONFIRMED, *NEXT_JOB, **servers)
    second = json.loads(ended.out)
    assert ended.code == 1
    outcomes = {one["title"]: one["outcome"] for one in second["citations"]}
    assert outcomes == {"Cool URIs": "alive", "Athens": "gone"}
    assert 0 < second["run"]["requests"]["check"] < first["run"]["requests"]["check"]
    assert any("1 good answer was young enough" in note for note in second["run"]["notes"])


def test_an_answer_past_its_age_is_asked_for_again(monitor, servers, write):
    name = write(ALIVE)
    first = json.loads(monitor("check", name, *CONFIRMED, *NOW, **servers).out)
    later = json.loads(monitor("check", name, *CONFIRMED, *DAYS_LATER, **servers).out)
    assert later["run"]["requests"]["check"] == first["run"]["requests"]["check"] > 0


def test_a_new_citation_of_a_known_page_is_asked_for(monitor, servers, write):
    monitor("check", write(ALIVE), *CONFIRMED, *NOW, **servers)
    again = write(ALIVE, ALIVE.replace("4 March", "5 March"))
    assert (
        json.loads(monitor("check", again, *CONFIRMED, *NEXT_JOB, **servers).out)["run"]["requests"]["check"]
        > 0
    )


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--max-age", "1d"), "needs --database"),
        (("--database", "f.sqlite3", "--max-age", "soon"), "12h or 1d"),
    ],
)
def test_an_age_that_cannot_be_kept_or_read_is_refused(monitor, write, words, told):
    ended = monitor("check", write(ALIVE), *words)
    assert ended.code == 2
    assert told in ended.err
