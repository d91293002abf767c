from monitor.amend.diff import unified
from monitor.model.document import Document


def shown(before: bytes, after: bytes, **more) -> str:
    values = {"path": "d.txt", "text": "", "format": "text", **more}
    return "".join(unified(Document(**values), before, after))


def test_shows_the_changed_lines_with_context():
    before = b"".join(b"line %d\n" % n for n in range(9))
    assert shown(before, before.replace(b"line 4\n", b"line 4\nadded\n")) == (
        "--- a/d.txt\n+++ b/d.txt\n@@ -4,4 +4,5 @@\n line 3\n line 4\n+added\n line 5\n line 6\n"
    )


def test_line_ends_are_no_changes_of_their_own():
    assert shown(b"a\r\nb\r\n", b"a\r\nB\r\n").splitlines()[3:] == [" a", "-b", "+B", " "]


def test_equal_files_give_nothing():
    assert shown(b"a\n", b"a\n") == ""


def test_control_characters_cannot_reach_the_terminal():
    text = shown(b"a\n", "a \x1b[2J \x9b31m \u202e \ufeff \x07\n".encode(), path="d\x1b[31m.txt")
    assert not any(char in text for char in "\x1b\x9b\u202e\ufeff\x07")
    assert r"\x1b[2J" in text
    assert "d\\x1b[31m.txt" in text


def test_other_encodings_are_shown_as_text():
    before, after = ("дата 2011\n".encode("cp1251"), "дата 2026\n".encode("cp1251"))
    assert "+дата 2026\n" in shown(before, after, encoding="cp1251")
    bom = b"\xff\xfe"
    assert "+b\n" in shown(
        bom + "a\n".encode("utf-16-le"), bom + "b\n".encode("utf-16-le"), encoding="utf-16-le", bom=bom
    )
