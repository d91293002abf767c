"""Which files of a folder are documents, and what is said of the others."""

import errno
import os
from pathlib import Path

import pytest

from monitor.document_search import PassedOver, Why, find_documents, lines
from monitor.errors import IncompleteError, UsageError

SUFFIXES = frozenset({".md", ".txt"})


@pytest.fixture
def folder(tmp_path):
    for name in (
        "a.md",
        "b.txt",
        "c.png",
        "d.png",
        "drafts/e.md",
        "drafts/keep.md",
        "deep/er/f.md",
        "LICENSE",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    return tmp_path


def names(found, folder):
    return [path.relative_to(folder).as_posix() for path in found.files]


def test_what_is_passed_over_is_said_by_kind(folder):
    found = find_documents([folder], SUFFIXES)
    assert names(found, folder) == ["a.md", "b.txt", "deep/er/f.md", "drafts/e.md", "drafts/keep.md"]
    assert sorted(lines(found.passed_over)) == [
        "1 files without an ending left out: no format reads such files",
        "2 .png left out: no format reads such files",
    ]


@pytest.mark.parametrize("name", [".gitignore", ".monitorignore"])
def test_ignore_files_are_read_as_git_reads_them(folder, name):
    (folder / name).write_text("# ours\n/drafts/*\n!keep.md\nb.*\n")
    (folder / "deep" / name).write_text("er/\n")
    found = find_documents([folder], SUFFIXES)
    assert names(found, folder) == ["a.md", "drafts/keep.md"]
    assert PassedOver(folder / "deep" / "er", Why.IGNORED) in found.passed_over
    assert "3 left out: named in .gitignore or .monitorignore" in list(lines(found.passed_over))


def test_ignore_files_above_count_within_a_repository_only(folder):
    (folder / ".gitignore").write_text("e.md\n")
    assert names(find_documents([folder / "drafts"], SUFFIXES), folder) == ["drafts/e.md", "drafts/keep.md"]
    (folder / ".git").mkdir()
    assert names(find_documents([folder / "drafts"], SUFFIXES), folder) == ["drafts/keep.md"]


def test_a_file_named_outright_is_always_taken(folder):
    (folder / ".gitignore").write_text("*\n")
    assert names(find_documents([folder / "a.md", folder / "c.png"], SUFFIXES, exclude=["a.md"]), folder) == [
        "a.md",
        "c.png",
    ]


def test_paths_are_excluded_by_patterns(folder, monkeypatch):
    monkeypatch.chdir(folder)
    found = find_documents(["."], SUFFIXES, exclude=["drafts/", "*.txt"])
    assert [path.as_posix() for path in found.files] == ["a.md", "deep/er/f.md"]
    matched = find_documents(["**/*.md"], SUFFIXES, exclude=["drafts/"])
    assert [path.as_posix() for path in matched.files] == ["a.md", "deep/er/f.md"]


def test_a_folder_without_documents_says_what_it_holds(folder):
    (folder / "pictures").mkdir()
    (folder / "c.png").rename(folder / "pictures" / "c.png")
    with pytest.raises(UsageError, match=r"no documents in this folder: 1 \.png left out: no format reads"):
        find_documents([folder / "pictures"], SUFFIXES)


def test_a_pattern_that_cannot_be_read_is_named(folder):
    with pytest.raises(UsageError, match=r"--exclude-path: not a pattern as in \.gitignore"):
        find_documents([folder], SUFFIXES, exclude=["!"])


def test_a_folder_that_cannot_be_read_is_named_and_can_be_left_out(folder, monkeypatch):
    locked = folder / "locked"
    locked.mkdir()
    theirs = Path.iterdir

    def iterdir(path):  # as a user without rights meets it; root may read all
        if path == locked:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return theirs(path)

    monkeypatch.setattr(Path, "iterdir", iterdir)
    with pytest.raises(IncompleteError, match=r"locked: this folder cannot be read \(Permission denied\)"):
        find_documents([folder], SUFFIXES)
    assert locked not in find_documents([folder], SUFFIXES, exclude=["locked/"]).files
