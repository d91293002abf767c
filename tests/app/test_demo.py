"""The rehearsal is the whole job: what it shows is checked kind by kind."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def rehearsed(tmp_path_factory: pytest.TempPathFactory):
    folder = tmp_path_factory.mktemp("empty")
    done = subprocess.run(
        [sys.executable, "-m", "monitor", "demo", "--keep", "kept", "--no-progress"],
        cwd=folder, capture_output=True, text=True, timeout=600, check=False,
    )  # fmt: skip
    return folder, done


def by_title(folder: Path) -> dict[str, dict]:
    report = json.loads((folder / "reports" / "report.json").read_text())
    return {citation["title"]: citation for citation in report["citations"]}


def test_it_ends_well_and_says_what_to_open(rehearsed):
    folder, done = rehearsed
    assert done.returncode == 0, done.stderr
    assert "Open reports/index.html" in done.stdout
    assert sorted(path.name for path in folder.iterdir()) == ["kept", "reports"]
    assert "Traceback" not in done.stderr


def test_the_patch_beside_the_page_makes_every_proven_edit(rehearsed, tmp_path):
    folder, _ = rehearsed
    patch = folder / "reports" / "proven-edits.patch"
    shutil.copytree(Path(__file__).parents[2] / "seeds", tmp_path / "seeds")
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    subprocess.run(["git", "apply", str(patch)], cwd=tmp_path, check=True)
    made = "".join(path.read_text() for path in (tmp_path / "seeds").iterdir())
    proven = [one["amendment"] for one in by_title(folder).values() if (one["amendment"] or {}).get("proven")]
    assert proven
    assert all(one["replacement"] in made for one in proven)
    page = (folder / "reports" / "index.html").read_text()
    assert f"{len(proven)} edits with proof in 3 documents" in page
    assert 'href="proven-edits.patch" download' in page


@pytest.mark.parametrize(
    ("title", "outcome", "status", "coverage"),
    [
        ("Kyrgyzstan - The Kidnapped Bride", "alive", "refreshable", "bracketed"),
        (
            "2020 Country Reports on Human Rights Practices: Kyrgyz Republic",
            "alive",
            "stale-drifted",
            "bracketed",
        ),
        ("Freedom House Country Report", "blocked", "due", "bracketed"),
        ("The World Factbook: Kyrgyzstan", "alive", "stale-drifted", "quote-anchored"),
        ("When Online Content Disappears", "moved", "fresh", "bracketed"),
        ("Memento Time Travel", "unreachable", "stale-dead", "bracketed"),
        ("Fighting Linkrot", "parked", "stale-dead", "bracketed"),
        ("Athens, Forum", "gone", "stale-dead", "bracketed"),
        ("Frequently asked questions", "soft-404", "unsupported", "none"),
        ("UK Government Web Archive", "rate-limited", "unconfirmed", "none"),
        ("Search pages from the past", "alive", "invalid", "none"),
        ("Archive-It blog", "soft-404", "unsupported", "none"),
        ("Kyrgyzstan struggles to stop slave trade", "soft-404", "stale-dead", "bracketed"),
        ("The UN Link - The United Nations System in Kyrgyzstan", "unchecked", "missing", None),
    ],
)
def test_each_kind_of_rot_is_told_apart(rehearsed, title, outcome, status, coverage):
    found = by_title(rehearsed[0])[title]
    assert (found["outcome"], found["access_date_status"]) == (outcome, status)
    if coverage:
        assert found["coverage"] == coverage


def test_the_changed_words_are_named(rehearsed):
    found = by_title(rehearsed[0])["2020 Country Reports on Human Rights Practices: Kyrgyz Republic"]
    assert found["quote_match"] == "altered"
    assert "[-31-] {+13+}" in found["quote_diff"]
    assert "[-not-]" in found["quote_diff"]


def test_an_expired_certificate_is_a_note_beside_a_living_page(rehearsed):
    found = by_title(rehearsed[0])["About IIPC"]
    assert found["outcome"] == "alive"
    assert "tls: expired" in found["notes"]


def test_the_archive_dates_the_death(rehearsed):
    found = by_title(rehearsed[0])["Memento Time Travel"]
    assert found["link_state"] == "dead"
    assert [at[:10] for at in found["dead_between"]] == ["2025-09-01", "2026-01-10"]


def test_a_recoverable_citation_carries_its_edit(rehearsed):
    found = by_title(rehearsed[0])["Athens, Forum"]
    assert found["amendment"]["kind"] == "add-archive"
    assert "https://web.archive.org/web/20040601000000/" in found["amendment"]["replacement"]


def test_no_real_address_was_asked(rehearsed):
    """Every request went to a name the rehearsal mapped: none failed for want of a network."""
    folder, _ = rehearsed
    report = json.loads((folder / "reports" / "report.json").read_text())
    assert not report["run"]["void"]
    assert not any(str(citation["cause"]).startswith("dns") for citation in report["citations"])


def test_healthy_sources_cost_one_request(rehearsed):
    _, done = rehearsed
    nights, sources, requests = map(
        int,
        re.search(
            r"Rehearsed (\d+) nights over (\d+) sources.*?: (\d+) requests", done.stdout, re.DOTALL
        ).groups(),
    )
    assert nights * (sources - 2) <= requests <= nights * sources * 2


def test_a_missing_address_is_found_on_the_public_page(rehearsed):
    found = by_title(rehearsed[0])["Kyrgyzstan struggles to stop slave trade"]
    assert found["url"] == "http://www.eurasianet.org/departments/rights/articles/eav062804.shtml"
    assert [date["date"] for date in found["access_dates"]] == ["2011-02-17", "2018-02-04"]
    assert found["repairs"][0]["kind"] == "address taken from the public page"


def test_its_edits_can_be_tried_on_a_copy_of_the_documents(rehearsed, monitor, monkeypatch):
    """`demo --keep` leaves documents, configuration and database; `fix` shows, makes, and has nothing left."""
    folder, done = rehearsed
    assert "cd kept && monitor fix" in done.stdout
    kept, now = folder / "kept", ("--now", "2026-11-21T03:00:00Z")
    monkeypatch.chdir(kept)
    before = {path.name: path.read_bytes() for path in (kept / "seeds").iterdir()}
    shown = monitor("fix", *now)
    assert (shown.code, "+++ b/seeds/web-archives.html" in shown.out) == (1, True)
    assert monitor("fix", "--write", *now).code == 0
    after = {path.name: path.read_bytes() for path in (kept / "seeds").iterdir()}
    assert {name for name in before if before[name] != after[name]} >= {"kyrgyzstan.txt", "link-rot.md"}
    again = monitor("fix", "--quiet", *now)
    assert (again.code, again.out) == (0, ""), again.err
    monkeypatch.chdir(folder)
    assert monitor("demo", "--keep", "kept").code == 2
