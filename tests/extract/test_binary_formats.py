"""DOCX and PDF: text, link targets, and files made to hurt."""

import io
import re
import zipfile

import pytest

from monitor.errors import UsageError
from monitor.extract.formats import docx, epub, odt, pdf, rtf
from monitor.extract.registry import FORMATS, extract
from monitor.model.document import Document

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
LINK = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" TargetMode="External" Target="https://salt.example/m" Type="x"/></Relationships>'
BODY = '<w:p><w:r><w:t>References</w:t></w:r></w:p><w:p><w:r><w:t xml:space="preserve">Brandt, K. (2019). </w:t></w:r><w:hyperlink r:id="r1"><w:r><w:t>Salt marshes</w:t></w:r></w:hyperlink><w:r><w:t>. Accessed 3 May 2020.</w:t></w:r></w:p>'
NOTE = '<w:footnote><w:p><w:r><w:t>Moor, H. "Ice on quays". https://ice.example/q (accessed 4 June 2021).</w:t></w:r></w:p></w:footnote>'


def packed(body=BODY, head=""):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"{head}<w:document {W}><w:body>{body}</w:body></w:document>")
        archive.writestr("word/_rels/document.xml.rels", LINK)
        archive.writestr("word/footnotes.xml", f"<w:footnotes {W}>{NOTE}</w:footnotes>")
    return buffer.getvalue()


def test_links_and_footnotes_of_a_docx_are_citations():
    found = extract(Document(path="a.docx", text=docx.load(packed()), format="docx", editable=False))
    assert [(one.title, one.url, [date.date for date in one.access_dates]) for one in found.citations] == [
        ("Salt marshes", "https://salt.example/m", ["2020-05-03"]),
        ("Ice on quays", "https://ice.example/q", ["2021-06-04"]),
    ]


def test_fields_tables_and_hyphens_of_a_docx():
    def text(words):
        return f'<w:r><w:t xml:space="preserve">{words}</w:t></w:r>'

    def row(*cells):
        return f"<w:tr>{''.join(f'<w:tc><w:p>{text(cell)}</w:p></w:tc>' for cell in cells)}</w:tr>"

    body = (
        f"<w:p>{text('References')}</w:p>"
        f"""<w:p><w:fldSimple w:instr=' HYPERLINK "https://tide.example/t" '>{text("Tide tables")}</w:fldSimple>"""
        f"{text('. Harbour Press. Accessed 3 May 2015.')}</w:p>"
        f"<w:p>{text('Blum, B. Salt pans. ')}<w:r><w:instrText> HYPERLINK &quot;https://salt.example/p&quot; \\l &quot;pan&quot; </w:instrText></w:r>"
        f"{text('site [accessed 15')}<w:r><w:noBreakHyphen/><w:t>03</w:t><w:noBreakHyphen/><w:t>2012]</w:t></w:r></w:p>"
        f"<w:tbl>{row('Title', 'Address', 'Accessed')}{row('Fog horns', 'https://fog.example/h', '4 May 2015')}</w:tbl>"
    )
    found = extract(Document(path="a.docx", text=docx.load(packed(body)), format="docx", editable=False))
    assert [(one.title, one.url, [date.date for date in one.access_dates]) for one in found.citations][
        :3
    ] == [
        ("Tide tables", "https://tide.example/t", ["2015-05-03"]),
        ("Salt pans", "https://salt.example/p#pan", ["2012-03-15"]),
        ("Fog horns", "https://fog.example/h", ["2015-05-04"]),
    ]


def test_page_numbers_and_running_heads_are_no_part_of_a_reference():
    pages = [
        "Journal of Harbours 12\nReferences\nKlee. Ferries. Accessed 4 May 2015. https://quay.example/t\n7",
        "Journal of Harbours 12\nMoe. Salt. https://salt.example/s. Accessed 15 March\n8",
        "Journal of Harbours 12\n2012.\nPoe. Fog. https://fog.example/f. Accessed 5 May 2015.\nPage 9 of 9",
    ]
    text = pdf._joined(pdf._without_furniture(pages))
    found = extract(Document(path="a.pdf", text=text, format="pdf", editable=False))
    assert [(one.url, [date.date for date in one.access_dates]) for one in found.citations] == [
        ("https://quay.example/t", ["2015-05-04"]),
        ("https://salt.example/s", ["2012-03-15"]),
        ("https://fog.example/f", ["2015-05-05"]),
    ]


def test_a_zip_bomb_is_not_opened():
    with pytest.raises(UsageError, match="unpacks to"):
        docx.load(packed(f"<w:p><w:r><w:t>{'a' * 30_000_000}</w:t></w:r></w:p>"))


def test_entities_are_not_expanded():
    laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
    assert "haha" not in docx.load(packed("<w:p><w:r><w:t>x &b;</w:t></w:r></w:p>", laughs))


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 broken", b"%PDF-1.4 broken"])
@pytest.mark.parametrize("load", [docx.load, pdf.load])
def test_damaged_files_end_in_a_named_error(load, data):
    with pytest.raises(UsageError):
        load(data)


def page(content, annotation=""):
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> " + annotation.encode() + b" >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content.encode()),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]  # fmt: skip
    data, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        data
        + b"xref\n0 6\n0000000000 65535 f \n"
        + table
        + b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % len(data)
    )


def test_a_link_annotation_gives_its_line_the_address():
    content = (
        "BT /F 12 Tf 1 0 0 1 50 700 Tm (Brandt, K. \\(2019\\). Salt marshes. Accessed 3 May 2020.) Tj ET"
    )
    link = "/Annots [<< /Type /Annot /Subtype /Link /Rect [50 695 300 712] /A << /S /URI /URI (https://salt.example/m) >> >>]"
    found = extract(Document(path="a.pdf", text=pdf.load(page(content, link)), format="pdf", editable=False))
    assert [(one.url, [date.date for date in one.access_dates]) for one in found.citations] == [
        ("https://salt.example/m", ["2020-05-03"])
    ]


def test_a_pdf_without_text_says_what_to_do():
    with pytest.raises(UsageError, match="text recognition"):
        pdf.load(page("0 0 m 10 10 l S"))


def zipped(**parts):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return buffer.getvalue()


ODT = zipped(
    **{
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": (
            '<d xmlns:t="t" xmlns:x="x"><body><t:text><t:h>References</t:h><t:list><t:item><t:p>Hale, B. (2011). '
            '<t:span>Weirs</t:span>. <t:a x:href="https://mill.example/a">Mill</t:a>. Accessed<t:s/>3 May 2015.'
            "</t:p></t:item></t:list><t:p>Water<t:note><t:note-citation>1</t:note-citation><t:note-body><t:p>"
            "Rook, A. Locks. https://mill.example/b (accessed 4 May 2015).</t:p></t:note-body></t:note> end."
            "</t:p></t:text></body></d>"
        ),
    }
)
EPUB = zipped(
    **{
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": '<c><rootfile full-path="O/c.opf"/></c>',
        "O/c.opf": (
            '<p><item id="b" href="2.xhtml"/><item id="a" href="one%20of.xhtml" media-type="application/xhtml+xml"/>'
            '<item id="i" href="i.png" media-type="image/png"/>'
            '<itemref idref="a"/><itemref idref="b"/><itemref idref="i"/><itemref idref="gone"/></p>'
        ),
        "O/one of.xhtml": (
            '<html><body><h1>References</h1><ol><li>Hale, B. <a href="https://mill.example/a">Weirs</a>. '
            "Accessed 3 May 2015.</li></ol></body></html>"
        ),
        "O/2.xhtml": (
            '<html><body><p>Rook, A. <a href="https://mill.example/b">Locks</a> (accessed 4 May 2015).</p></body></html>'
        ),
        "O/i.png": "x",
    }
)
RTF = (
    rb"{\rtf1\ansi\deff0{\fonttbl{\f0 Times;}}\pard References\par Hale, B. (2011). {\i Weirs}. "
    rb'{\field{\*\fldinst{HYPERLINK "https://mill.example/a"}}{\fldrslt{Mill}}}. Accessed 3 May 2015.\par '
    rb"Caf\'e9.{\footnote Rook, A. Locks. https://mill.example/b (accessed 4 May 2015).}\par}"
)


@pytest.mark.parametrize(
    ("name", "module", "data"),
    [("odt", odt, ODT), ("epub", epub, EPUB), ("rtf", rtf, RTF)],
    ids=["odt", "epub", "rtf"],
)
def test_links_and_notes_of_other_word_processors_are_citations(name, module, data):
    assert FORMATS.detect("thesis", data[:4096]) == name
    found = extract(Document(path=f"a.{name}", text=module.load(data), format=name, editable=False))
    assert [(one.title, one.url, [date.date for date in one.access_dates]) for one in found.citations] == [
        ("Weirs", "https://mill.example/a", ["2015-05-03"]),
        ("Locks", "https://mill.example/b", ["2015-05-04"]),
    ]


@pytest.mark.parametrize(
    ("parts", "what"),
    [
        ({"xl/workbook.xml": ""}, "an Excel workbook; save the sheet as CSV"),
        ({"content.xml": ""}, "an OpenDocument file (.odt)"),
        ({"a/b.txt": "", "c": ""}, "a ZIP archive of 2 files (a/b.txt …); unpack it and name its files"),
    ],
)
def test_a_zip_that_is_no_docx_is_told_what_it_is(parts, what):
    with pytest.raises(UsageError, match=re.escape(f"word/document.xml is missing; this is {what}")):
        docx.load(zipped(**parts))


@pytest.mark.parametrize("module", [docx, odt, epub, rtf], ids=["docx", "odt", "epub", "rtf"])
@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04junk", b"hello", ODT[:100]], ids=["empty", "junk", "text", "cut"]
)
def test_what_is_damaged_is_told(module, data):
    with pytest.raises(UsageError):
        module.load(data)


def test_parts_that_unpack_to_too_much_are_not_read():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("content.xml", "<a>" + " " * 30_000_000)
    with pytest.raises(UsageError, match="unpacks to too much"):
        odt.load(buffer.getvalue())
