import hashlib

import pytest

from monitor.amend.apply import apply_edits
from monitor.errors import UsageError
from monitor.model.document import Document
from monitor.model.finding import Amendment, AmendmentKind, Edit


def document(text, encoding="utf-8", bom=b"", **more):
    data = bom + text.encode(encoding, "surrogateescape")
    return data, Document(
        path="d.txt",
        text=text,
        format="text",
        encoding=encoding,
        bom=bom,
        sha256=hashlib.sha256(data).hexdigest(),
        **more,
    )


def amendment(doc, *changes, **more):
    edits = []
    for before, after in changes:
        at = doc.text.index(before)
        edits.append(Edit(doc.span(at, at + len(before)), before, after))
    values = {"kind": AmendmentKind.ADD_ARCHIVE, "replacement": "", "edits": tuple(edits), "proven": True}
    return Amendment(**{**values, **more})


@pytest.mark.parametrize(
    ("encoding", "bom"),
    [
        ("utf-8", b""),
        ("utf-8", b"\xef\xbb\xbf"),
        ("utf-16-le", b"\xff\xfe"),
        ("utf-16-be", b"\xfe\xff"),
        ("utf-32-le", b"\xff\xfe\x00\x00"),
        ("cp1251", b""),
        ("shift_jis", b""),
    ],
)
def test_edits_go_by_bytes_and_keep_the_encoding(encoding, bom):
    text = "Один\r\nдва 2011 три\r\nчетыре\n" if encoding != "shift_jis" else "日本語\r\n二 2011 三\n"
    data, doc = document(text, encoding, bom)
    new = apply_edits(data, doc, [amendment(doc, ("2011", "2026!"))])
    assert new == bom + text.replace("2011", "2026!").encode(encoding)


def test_bytes_that_are_no_text_survive():
    data = b"caf\xe9 \xff\xfe 2011 \x00 end\r"
    text = data.decode("utf-8", "surrogateescape")
    _, doc = document(text)
    assert apply_edits(data, doc, [amendment(doc, ("2011", "2026"))]) == data.replace(b"2011", b"2026")


def test_several_amendments_and_shared_edits_apply_once():
    data, doc = document("one two three two-b")
    shared = amendment(doc, ("two", "2"))
    assert (
        apply_edits(data, doc, [amendment(doc, ("three", "3"), ("one", "1")), shared, shared])
        == b"1 2 3 two-b"
    )


def test_nothing_to_do_gives_the_same_bytes_even_for_a_changed_file():
    _, doc = document("abc")
    assert apply_edits(b"other", doc, []) == b"other"


def test_a_file_changed_since_it_was_read_is_refused():
    data, doc = document("one two")
    with pytest.raises(UsageError, match=r"d\.txt: it changed since it was read"):
        apply_edits(data + b" ", doc, [amendment(doc, ("two", "2"))])


def test_an_edit_that_finds_another_text_is_refused_and_nothing_is_applied():
    data, doc = document("one two three")
    wrong = Edit(doc.span(4, 7), "twO", "2")
    with pytest.raises(UsageError, match=r"d\.txt:1: the text to change is not there"):
        apply_edits(
            data,
            doc,
            [
                amendment(doc, ("one", "1")),
                Amendment(kind=AmendmentKind.FIX_URL, replacement="", edits=(wrong,)),
            ],
        )


def test_overlapping_edits_are_refused():
    data, doc = document("one two three")
    with pytest.raises(UsageError, match="overlap"):
        apply_edits(data, doc, [amendment(doc, ("one two", "1")), amendment(doc, ("two", "2"))])


def test_text_the_encoding_cannot_hold_is_refused():
    data, doc = document("дата 2011", "cp1251")
    with pytest.raises(UsageError, match="does not fit cp1251"):
        apply_edits(data, doc, [amendment(doc, ("2011", "年"))])


def test_derived_text_is_refused():
    data, doc = document("one", editable=False)
    with pytest.raises(UsageError, match="not edited in place"):
        apply_edits(data, doc, [amendment(doc, ("one", "1"))])


def test_a_section_of_a_larger_file_is_refused():
    data, doc = document("one", base_byte=10, base_char=10)
    with pytest.raises(UsageError):
        apply_edits(data, doc, [amendment(doc, ("one", "1"))])
