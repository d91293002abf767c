"""The patch beside the status page: a night proves again only edits of documents that changed."""

import json
from pathlib import Path

import pytest

NIGHTS = ("2026-11-04T03:00:00Z", "2026-11-04T04:00:00Z", "2026-11-04T05:00:00Z")
CITED = """# Sources

1. [Cool URIs](https://www.w3.org/Provider/Style/URI). Accessed 4 March {year}.

   > A good address is chosen once and kept for as long as anybody may follow it.
"""


@pytest.fixture
def night(monitor, servers, tmp_path: Path, monkeypatch):
    """Carry out a night; return the patch it leaves, and the documents whose edits it proved.

    `night.known` says how many citations of each it took as read.
    """
    (tmp_path / "config.toml").write_text('[[documents]]\nglob = "*.md"\n')
    for name in ("one", "two"):
        (tmp_path / f"{name}.md").write_text(CITED.format(year=2019))
    from monitor.run import fix

    asked: list[str] = []
    fix_document = fix.fix_document

    def counted(path, *rest):
        asked.append(path)
        carry_out.known[path] = len(rest[-1])
        return fix_document(path, *rest)

    monkeypatch.setattr(fix, "fix_document", counted)

    def carry_out(number: int) -> tuple[bytes, list[str]]:
        asked.clear()
        ended = monitor("run", "--now", NIGHTS[number], "-q", "--no-archive", **servers)
        assert ended.code in {0, 1}, ended
        patch = tmp_path / "reports" / "proven-edits.patch"
        return patch.read_bytes() if patch.exists() else b"", list(asked)

    carry_out.known = {}
    return carry_out


def test_edits_of_documents_that_stay_as_they_are_are_proven_once(night, tmp_path):
    first, asked = night(0)
    assert asked == ["one.md", "two.md"]
    assert first.count(b"diff --git") == 2
    assert night(1) == (first, [])
    (tmp_path / "two.md").write_text(CITED.format(year=2018))
    again, asked = night(2)
    assert asked == ["two.md"]
    assert again.startswith(first[: first.index(b"diff --git a/two.md")])
    assert b"-" + CITED.format(year=2018).splitlines()[2].encode() in again


@pytest.mark.parametrize(
    "damage",
    [
        lambda folder: (folder / ".proven-edits.json").write_text("["),
        lambda folder: (folder / ".proven-edits.json").unlink(),
        lambda folder: (folder / ".proven-edits.json").write_text(
            json.dumps(["x", [["one.md", "k", 1, -5]]])
        ),
        lambda folder: (folder / "proven-edits.patch").write_text("somebody else's"),
    ],
    ids=["cut off", "gone", "nonsense", "another patch"],
)
def test_a_damaged_list_of_parts_proves_all_anew(night, tmp_path, damage):
    first, _ = night(0)
    damage(tmp_path / "reports")
    assert night(1) == (first, ["one.md", "two.md"])


def test_a_document_is_read_once_more_only_where_the_report_does_not_hold_all_it_says(night, tmp_path):
    (tmp_path / "two.md").write_text(
        CITED.format(year=2019) + "2. [Ours](https://our.example/x). Accessed 5 May 2018.\n"
    )
    with (tmp_path / "config.toml").open("a") as config:
        config.write('[selection]\nexclude = ["our.example"]\n')
    patch, _ = night(0)
    assert patch.count(b"diff --git") == 2
    assert night.known == {"one.md": 1, "two.md": 0}


def test_without_the_status_page_no_edit_is_proven_for_it(night, tmp_path):
    with (tmp_path / "config.toml").open("a") as config:
        config.write('[report]\nformats = ["json"]\n')
    assert night(0) == (b"", [])
    assert (tmp_path / "reports" / "report.json").exists()
