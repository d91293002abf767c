"""XML with places."""

import pytest

from monitor.extract.markup.xml_nodes import read_xml

TEXT = """\ufeff<?xml version="1.0" encoding="iso-8859-1"?>
<!-- größer --><r xmlns:a="urn:a"><a:one k="v&amp;w">für &lt;uns&gt; &#228;</a:one>
<two><![CDATA[<p>x & y</p>]]><three/></two></r>"""


def read(text):
    notes = []
    return read_xml(text, notes), notes


def test_elements_and_texts_stand_where_they_are_written():
    root, notes = read(TEXT)
    assert notes == []
    (one,) = root.all("one")
    assert TEXT[one.start : one.end] == '<a:one k="v&amp;w">für &lt;uns&gt; &#228;</a:one>'
    assert one.attributes == {"k": "v&w"}
    assert one.text == "für <uns> ä"
    assert TEXT[slice(*one.place())] == "für &lt;uns&gt; &#228;"
    (two,) = root.all("two")
    assert TEXT[slice(*two.place())] == "<p>x & y</p>"
    assert [child.name for child in two.children] == ["three"]


def test_every_piece_of_text_leads_back_to_what_is_written():
    root, _ = read(TEXT)
    for text, start, length in root.pieces():
        written = TEXT[start : start + length]
        assert written == text or written.startswith("&")


def test_paths_lead_to_children():
    root, _ = read("<a><b><c>1</c></b><b><c>2</c></b></a>")
    assert root.first("a", "b", "c").text == "1"
    assert root.first("a", "x", "c") is None
    assert [node.text for node in root.all("c")] == ["1", "2"]


def test_damaged_xml_is_noted_with_its_line_and_read_up_to_there():
    root, notes = read("<a>\n<b>1</b>\n<c>2</b>\n<d>3</d></a>")
    assert [node.text for node in root.all("b")] == ["1"]
    assert notes == ["line 3: not XML: mismatched tag"]


BILLION = '<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;">]><a>&y;</a>'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (BILLION, "the XML was not read to its end: it declares entities of its own"),
        ("<a>" * 1000, "the XML was not read to its end: nested too deeply or too large"),
    ],
)
def test_hostile_xml_is_not_expanded(text, said):
    assert read(text)[1] == [said]


def test_a_file_outside_is_never_opened(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("s3cret")
    root, _ = read(f'<!DOCTYPE a [<!ENTITY x SYSTEM "file://{secret}">]><a>&x;</a>')
    assert "s3cret" not in root.text
