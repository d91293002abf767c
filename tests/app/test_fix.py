"""`monitor fix` over documents that change, folders, links, patches, commits and people."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from monitor.files import replace_document
from tests.support.programs import Program
from tests.support.rehearsal_world import options, world

NIGHTS = ("2026-11-04T03:00:00Z", "2026-11-08T03:00:00Z", "2026-11-12T03:00:00Z", "2026-11-21T03:00:00Z")
NOW = NIGHTS[-1]
ATHENS = "- [Athens Forum](http://www.geocities.com/Athens/Forum/). Accessed 8 June 2004."
LIST = (
    f"# Sources\n\n- [Cool URIs](https://www.w3.org/Provider/Style/URI). Accessed 4 March 2026.\n{ATHENS}\n"
)
COPY = "https://web.archive.org/web/20040601"


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder whose two documents cite a page found dead over four nights."""
    folder = tmp_path_factory.mktemp("judged")
    (folder / "docs").mkdir()
    (folder / "docs" / "list.md").write_text(LIST)
    (folder / "other.md").write_text(LIST.replace("Sources", "Further sources"))
    (folder / "config.toml").write_text(
        'database = "d.sqlite3"\n[[documents]]\npath = "docs/list.md"\n[[documents]]\npath = "other.md"\n'
    )
    with world() as running:
        for night in NIGHTS:
            words = ("run", "--now", night, "--all", "-q", "--no-progress")
            code, said = Program(folder, *words, environment=options(running)).ended()
            assert code in (0, 1), said
    return folder


@pytest.fixture
def folder(judged: Path, tmp_path: Path, monitor) -> Path:
    """A copy of it as the working directory."""
    shutil.copytree(judged, tmp_path, dirs_exist_ok=True)
    return tmp_path


@pytest.fixture
def fix(folder: Path, monitor):
    return lambda *words: monitor("fix", "--now", NOW, *words)


def test_edits_wait_then_are_written_then_nothing_is_left(folder, fix):
    waiting = fix()
    assert (waiting.code, waiting.out.count("+- [Athens Forum]")) == (1, 2)
    assert "2 edits in 2 documents waiting" in waiting.err
    assert (folder / "other.md").read_text().count(COPY) == 0
    written = fix("--write")
    assert (written.code, "2 edits in 2 documents written" in written.err) == (0, True)
    assert (folder / "docs" / "list.md").read_text().count(COPY) == 1
    again = fix("--write")
    assert (again.code, again.out) == (0, "")
    assert "2 made already" in again.err


def test_a_folder_stands_for_its_documents(folder, fix):
    assert fix("--write", "docs").code == 0
    assert COPY in (folder / "docs" / "list.md").read_text()
    assert COPY not in (folder / "other.md").read_text()


@pytest.mark.parametrize("path", ["missing.md", "config.toml"])
def test_a_path_that_is_missing_or_not_watched_is_a_mistake(folder, fix, path):
    ended = fix("--write", path)
    assert ended.code == 2
    assert path in ended.err
    assert COPY not in (folder / "other.md").read_text()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Accessed 8 June 2004", "Accessed 9 June 2004"),
        ("geocities.com/Athens/Forum/", "geocities.com/Athens/Agora/"),
        ("[Athens Forum]", "[Athens Agora]"),
    ],
    ids=["date", "address", "title"],
)
def test_a_citation_that_changed_gets_no_edit(folder, fix, old, new):
    changed = LIST.replace(old, new)
    (folder / "docs" / "list.md").write_text(changed)
    ended = fix("--write", "docs")
    assert ended.code == 3
    assert "docs/list.md:4: changed: the document says something else here since it was checked" in ended.err
    assert (folder / "docs" / "list.md").read_text() == changed


def test_a_paragraph_put_in_elsewhere_does_not_hinder(folder, fix):
    grown = LIST.replace("# Sources\n", "# Sources\n\nWhat follows was read — twice, in Bárði's hut.\n")
    (folder / "docs" / "list.md").write_text(grown + "\nAnd so on.\n")
    assert fix("--write", "docs").code == 0
    lines = (folder / "docs" / "list.md").read_text().splitlines()
    assert next(line for line in lines if COPY in line).startswith("- [Athens Forum]")
    assert len(lines) == len(grown.splitlines()) + 2


def test_the_same_citation_twice_is_told_apart_by_its_number(folder, fix):
    (folder / "docs" / "list.md").write_text(f"# Sources\n\n{ATHENS}\n{ATHENS}\n")
    assert fix("--write", "docs").code == 0
    assert [COPY in line for line in (folder / "docs" / "list.md").read_text().splitlines()[2:]] == [
        True,
        False,
    ]


def test_a_document_that_is_gone_or_unreadable_is_said(folder, fix):
    (folder / "other.md").unlink()
    (folder / "docs" / "list.md").write_bytes(bytes(range(256)) * 40)
    ended = fix("--write")
    assert ended.code == 3
    assert "2 unreadable" in ended.err
    assert "is a binary file" in ended.err


@pytest.mark.parametrize("hinder", ["hard link", "read-only"])
def test_a_file_that_would_not_survive_is_left_whole(folder, fix, hinder):
    file = folder / "docs" / "list.md"
    if hinder == "hard link":
        (folder / "same.md").hardlink_to(file)
    else:
        file.chmod(0o444)
    ended = fix("--write")
    assert ended.code == 3
    assert f"{hinder}" in ended.err
    assert file.read_text() == LIST
    assert COPY in (folder / "other.md").read_text()


def test_mode_owner_and_symbolic_links_survive(folder, fix):
    kept = folder / "elsewhere.md"
    (folder / "other.md").rename(kept)
    (folder / "other.md").symlink_to("elsewhere.md")
    kept.chmod(0o640)
    if os.getuid() == 0:
        os.chown(kept, 4321, 1234)
    before = kept.stat()
    assert fix("--write", "other.md").code == 0
    after = kept.stat()
    assert (folder / "other.md").is_symlink()
    assert COPY in kept.read_text()
    assert (after.st_mode, after.st_uid, after.st_gid) == (before.st_mode, before.st_uid, before.st_gid)


def test_a_name_as_long_as_can_be_is_written_and_what_a_killed_fix_left_is_taken_away(tmp_path):
    longest = tmp_path / f"{'x' * 252}.md"
    longest.write_text("as it was")
    abandoned, young = (tmp_path / f".citation-monitor-{name}.tmp" for name in ("dead", "young"))
    abandoned.touch()
    os.utime(abandoned, (0, 0))
    young.touch()
    replace_document(longest, b"as it is")
    assert longest.read_bytes() == b"as it is"
    assert sorted(tmp_path.iterdir()) == [young, longest]


def test_a_link_out_of_the_watched_folders_is_not_followed(folder, fix, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "theirs.md"
    (folder / "other.md").rename(elsewhere)
    (folder / "other.md").symlink_to(elsewhere)
    before = elsewhere.read_text()
    ended = fix("--write")
    assert ended.code == 3
    assert "outside of the watched folders" in ended.err
    assert elsewhere.read_text() == before
    assert COPY in (folder / "docs" / "list.md").read_text()


def test_only_the_kinds_asked_for(folder, fix):
    ended = fix("--select", "refresh-date")
    assert (ended.code, ended.out) == (0, "")
    assert fix("--select", "add-archive").code == 1


def git(folder: Path, *words: str) -> str:
    done = subprocess.run(
        ["git", "-c", "user.name=A", "-c", "user.email=a@b.test", *words],
        cwd=folder, check=True, capture_output=True, text=True,
    )  # fmt: skip
    return done.stdout


@pytest.fixture
def repository(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_NAME", "A")
        monkeypatch.setenv(f"GIT_{role}_EMAIL", "a@b.test")
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "docs", "other.md")
    git(folder, "commit", "-qm", "documents")
    return folder


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_patch_applies(repository, fix, newline):
    text = LIST.rstrip("\n").replace("\n", newline)
    (repository / "docs" / "list.md").write_bytes(text.encode())
    ended = fix("--patch", "edits.patch")
    assert ended.code == 1
    assert COPY not in (repository / "other.md").read_text()
    git(repository, "apply", "--whitespace=nowarn", "edits.patch")
    fixed = (repository / "docs" / "list.md").read_bytes().decode()
    assert COPY in fixed
    assert fixed.count(newline) == text.count(newline)
    assert COPY in (repository / "other.md").read_text()


def test_a_commit_holds_the_edits_alone_on_a_branch_of_its_own(repository, fix):
    (repository / "notes.txt").write_text("mine")
    ended = fix("--commit", "--branch", "citations", "docs")
    assert ended.code == 0
    assert "committed as" in ended.out
    assert git(repository, "branch", "--show-current").strip() == "citations"
    assert (
        git(repository, "show", "--stat", "--format=%s").splitlines()[0] == "Apply 1 proven edit to citations"
    )
    assert git(repository, "show", "--name-only", "--format=").split() == ["docs/list.md"]
    assert fix("--commit", "--branch", "citations").code == 2


def test_what_a_person_has_not_committed_is_not_committed_for_them(repository, fix):
    changed = LIST + "\nA word of mine.\n"
    (repository / "docs" / "list.md").write_text(changed)
    ended = fix("--commit")
    assert ended.code == 3
    assert "docs/list.md: not written: git has changes" in ended.err
    assert (repository / "docs" / "list.md").read_text() == changed
    assert git(repository, "show", "--name-only", "--format=").split() == ["other.md"]


@pytest.mark.parametrize(
    ("answers", "written"),
    [
        ("yn", {"docs": True, "other": False}),
        ("ny", {"docs": False, "other": True}),
        ("q", {"docs": False, "other": False}),
        ("?sa", {"docs": False, "other": True}),
        ("y", {"docs": True, "other": False}),
    ],
)
def test_a_person_decides_edit_by_edit(folder, fix, monkeypatch, answers, written):
    left = iter(answers)

    def typed(question: str) -> str:
        for answer in left:
            return answer
        raise EOFError

    monkeypatch.setattr("builtins.input", typed)
    ended = fix("--interactive")
    found = {
        "docs": COPY in (folder / "docs" / "list.md").read_text(),
        "other": COPY in (folder / "other.md").read_text(),
    }
    assert found == written
    assert ended.code == 0
    assert "docs/list.md:4: add-archive: " in ended.out
    assert ("y - make this edit" in ended.out) == ("?" in answers)


def test_a_person_words_an_edit(folder, fix, monkeypatch):
    editor = folder / "editor.sh"
    editor.write_text("#!/bin/sh\nsed -i 's/archived/kept/' \"$1\"\n")
    editor.chmod(0o755)
    monkeypatch.setenv("VISUAL", str(editor))
    monkeypatch.setattr("builtins.input", lambda question: "e")
    assert fix("--interactive", "docs").code == 0
    assert f"Accessed 8 June 2004 ([kept]({COPY}" in (folder / "docs" / "list.md").read_text()


def test_what_a_page_keeps_from_bots_a_person_may_still_edit(folder, fix, monkeypatch, tmp_path):

    from monitor.amend.span_writer import SpanWriter

    monkeypatch.setattr(SpanWriter, "forbidden", lambda *_: "the page asks bots not to edit it")
    ended = fix("--write", "docs")
    assert ended.code == 3
    assert "docs/list.md:4: refused: the page asks bots not to edit it" in ended.err
    assert COPY not in (folder / "docs" / "list.md").read_text()
    monkeypatch.setattr("builtins.input", lambda question: "y")
    assert fix("--interactive", "docs").code == 0
    assert COPY in (folder / "docs" / "list.md").read_text()
