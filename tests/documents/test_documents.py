import pytest

from monitor import documents
from monitor.document_search import find_documents as search
from monitor.documents import read_document, read_sections
from monitor.errors import UsageError
from monitor.extract.registry import FORMATS, extract, extract_sections


def find_documents(patterns, formats):
    return search(patterns, formats.suffixes).files


def test_folders_are_walked_sorted_once_and_without_what_is_hidden(tmp_path):
    for name in (
        "b.md",
        "a.txt",
        "sub/c.html",
        ".git/d.md",
        ".hidden.md",
        "node_modules/e.md",
        "env/pyvenv.cfg",
        "env/f.md",
        "g.bin",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    found = find_documents([tmp_path, tmp_path / "a.txt", str(tmp_path / "*.md")], FORMATS)
    assert [path.relative_to(tmp_path).as_posix() for path in found] == ["a.txt", "b.md", "sub/c.html"]


def test_a_named_file_is_taken_whatever_its_ending(tmp_path):
    path = tmp_path / "notes.weird"
    path.write_text("x")
    assert find_documents([path], FORMATS) == (path,)


@pytest.mark.parametrize("name", ["missing.md", "empty", "*.none"])
def test_what_matches_nothing_is_named_with_the_remedy(tmp_path, name):
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError, match=name.replace("*", r"\*")) as caught:
        find_documents([tmp_path / name], FORMATS)
    assert ";" in str(caught.value)


@pytest.mark.parametrize(
    ("data", "text", "encoding"),
    [
        ("Fähre".encode(), "Fähre", "utf-8"),
        ("Fähre".encode("utf-8-sig"), "Fähre", "utf-8"),
        ("Fähre".encode("utf-16"), "Fähre", "utf-16-le"),
        ("Fähre\n".encode("utf-16-be") * 40, "Fähre\n" * 40, "utf-16-be"),
        (
            '<meta charset="iso-8859-1"><p>Fähre “x”'.encode("cp1252"),
            '<meta charset="iso-8859-1"><p>Fähre “x”',
            "cp1252",
        ),
        (
            '<?xml version="1.0" encoding="windows-1251"?>Река'.encode("cp1251"),
            '<?xml version="1.0" encoding="windows-1251"?>Река',
            "cp1251",
        ),
    ],
)
def test_encodings_are_recognised(tmp_path, data, text, encoding):
    path = tmp_path / "d.txt"
    path.write_bytes(data)
    document = read_document(path, FORMATS)
    assert (document.text, document.encoding) == (text, encoding)
    assert document.bom + document.text.encode(document.encoding, "surrogateescape") == data


def test_an_undeclared_encoding_is_guessed_and_said_so(tmp_path):
    path = tmp_path / "d.txt"
    path.write_bytes(("Die Fähre über den großen Fluß fährt früh. " * 20).encode("cp1252"))
    document = read_document(path, FORMATS)
    assert "Fähre über" in document.text
    assert "guessed" in document.notes[0]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (
            "Références\n\nKlée, A. Les bacs – été. https://quay.example/h. Consulté le 14 août 2012.\n",
            "cp1252",
        ),
        ("REFERÊNCIAS\n\nKLEE, A. As balsas do porto. Disponível em: https://quay.example/h.\n", "latin-1"),
        ("Źródła\n\nKlee A., Promy. https://quay.example/h [dostęp: 14 września 2012]. Łódź.\n", "cp1250"),
        (
            "Литература\n\n1. Клее А. Паром. URL: https://quay.example/h (дата обращения: 14.03.2012).\n",
            "koi8-r",
        ),
        ("Джерела\n\n1. Клеє А. Пором і порт. URL: https://quay.example/h.\n", "cp1251"),
        (
            "参考文献\n\n[1] 李明. 渡船与港口的冬天[EB/OL]. (2006-05-01)[2012-03-14]. https://quay.example/h.\n",
            "gb18030",
        ),
        ("参考文献\n\n山田太郎「渡し船」https://quay.example/h（2012年3月14日閲覧）\n", "shift_jis"),
    ],
)
def test_a_short_document_in_an_old_encoding_is_read_right(tmp_path, text, encoding):
    path = tmp_path / "d.txt"
    path.write_bytes(text.encode(encoding))
    assert read_document(path, FORMATS).text == text


def test_a_few_broken_bytes_do_not_spoil_the_rest(tmp_path):
    path = tmp_path / "d.txt"
    data = "Fähre größer ".encode() * 5 + b"\xff" + b" [accessed 12 May 2019]\n"
    path.write_bytes(data)
    document = read_document(path, FORMATS)
    assert document.encoding == "utf-8"
    assert document.notes
    span = document.span(document.text.index("12 May"), document.text.index("]"))
    assert data[span.byte_start : span.byte_end] == b"12 May 2019"


def test_line_ends_are_kept(tmp_path):
    path = tmp_path / "d.txt"
    path.write_bytes(b"a\r\nb\rc\n")
    assert read_document(path, FORMATS).text == "a\r\nb\rc\n"


@pytest.mark.parametrize(
    "data", [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\1", bytes(range(256)) * 40, b"text" * 2000 + b"\0" * 4000]
)
def test_a_binary_file_is_refused_by_name(tmp_path, data):
    path = tmp_path / "picture.txt"
    path.write_bytes(data)
    with pytest.raises(UsageError, match=r"picture\.txt: is a binary file"):
        read_document(path, FORMATS)


def test_missing_file_and_folder_are_refused_by_name(tmp_path):
    with pytest.raises(UsageError, match=r"gone\.md: no such file"):
        read_document(tmp_path / "gone.md", FORMATS)
    with pytest.raises(UsageError, match="is a folder"):
        read_document(tmp_path, FORMATS)


def test_a_document_over_the_limit_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(documents, "MAX_BYTES", 10)
    path = tmp_path / "big.txt"
    path.write_text("x" * 11)
    with pytest.raises(UsageError, match=r"big\.txt: .*split the document"):
        read_document(path, FORMATS)


def test_the_format_comes_from_ending_content_or_word(tmp_path):
    path = tmp_path / "page.txt"
    path.write_text("<!DOCTYPE html><p>x")
    assert read_document(path, FORMATS).format == "html"
    assert read_document(path, FORMATS, format="text").format == "text"
    with pytest.raises(UsageError, match="unknown format 'word'; known are"):
        read_document(path, FORMATS, format="word")


@pytest.mark.parametrize(
    ("name", "head", "format"),
    [
        ("refs", "@online{k, title={Ferries}, url={https://quay.example}}", "bibtex"),
        ("refs", "Tide<ref>{{cite web|url=https://quay.example}}</ref>", "wikitext"),
        ("refs", "# Sources\n\n- [Ferries](https://quay.example)\n", "markdown"),
        ("refs", "Sources\n=======\n\n.. [K] `Ferries <https://quay.example>`_\n", "rst"),
        ("refs", "Sources\n\nKlee. Ferries. https://quay.example\n", "text"),
        ("d.txt", "Tide<ref>{{cite web|url=https://quay.example}}</ref>", "wikitext"),
        ("d.txt", "# Sources\n\n- [Ferries](https://quay.example)\n", "text"),
        ("d.md", "Sources\n=======\n\n.. [K] `Ferries <https://quay.example>`_\n", "rst"),
        ("d.md", "Sources\n=======\n\n.. note:: [x](https://quay.example)\n\n.. _a: b\n", "markdown"),
        ("d.rst", "# Sources\n\n- [Ferries](https://quay.example)\n", "rst"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_markup_is_told_by_its_marks(name, head, format, encoding):
    assert FORMATS.detect(name, head.encode(encoding)) == format


def test_paths_are_shown_relative_to_the_working_directory(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "d.md").write_text("x")
    assert read_document(tmp_path / "sub" / "d.md", FORMATS, url="https://quay.example/d").path == "sub/d.md"


ENTRY = "- Größe, {0}. (2019). Title {0}. https://quay.example/{0} [accessed 12 May 2019]\r\n\r\n"


def test_sections_give_the_same_citations_as_the_whole(tmp_path):
    path = tmp_path / "big.md"
    path.write_bytes("".join(ENTRY.format(number) for number in range(400)).encode())
    whole = extract(read_document(path, FORMATS))
    parts = list(read_sections(path, FORMATS, section_bytes=5000))
    assert len(parts) > 5
    assert max(len(part.text) for part in parts) < 11_000
    assert extract_sections(parts).citations == whole.citations
    data = path.read_bytes()
    for citation in extract_sections(parts).citations:
        (date,) = citation.access_dates
        assert data[date.span.byte_start : date.span.byte_end] == b"12 May 2019"


def test_a_section_never_cuts_a_character(tmp_path):
    path = tmp_path / "line.md"
    path.write_bytes("ä".encode() * 60_000)
    parts = list(read_sections(path, FORMATS, section_bytes=4999))
    assert "".join(part.text for part in parts) == "ä" * 60_000


def test_lone_carriage_returns_end_lines_and_stay(tmp_path):
    lines = "# Sources\n\n" + "".join(
        f"- Größe. <https://quay.example/{number}>. Accessed 12\n  May 2019.\n" for number in range(400)
    )
    data = lines.replace("\n", "\r").encode()
    path = tmp_path / "d.md"
    path.write_bytes(data)
    document = read_document(path, FORMATS)
    found = extract(document).citations
    assert len(found) == 400
    assert [found[1].url_span.line, found[1].url_span.column] == [5, 11]
    for one in found:
        (date,) = one.access_dates
        assert data[date.span.byte_start : date.span.byte_end].decode() == date.text == "12\r  May 2019"
    sections = extract_sections(read_sections(path, FORMATS, section_bytes=8192))
    assert [one.url_span for one in sections.citations] == [one.url_span for one in found]
