"""Readers of markup: what a reader sees, and the way back to the file."""

import pytest

from monitor.extract.markup.comment_lines import lines
from monitor.extract.markup.markdown_inline import add_inline, definitions, resolved
from monitor.extract.markup.rst_tables import drawn_table, list_table
from monitor.extract.markup.tex_inline import closing, tex_passage, tex_text
from monitor.extract.markup.wiki_markup import Wiki, parameters, references
from monitor.extract.markup.wiki_words import folded
from monitor.extract.markup.yaml_nodes import documents, items, members, place_of, value_of
from monitor.extract.passage import Builder, Kind
from monitor.model.document import Document


def inline(text):
    builder = Builder()
    add_inline(builder, [(text, 0)], definitions(text))
    return builder.passage(kind=Kind.PARAGRAPH)


@pytest.mark.parametrize(
    ("markdown", "shown"),
    [
        ("a *b* **c** `d`", "a b c d"), (r"\*a\* &amp; &copy", "*a* & &copy"), ("snake_case_name", "snake_case_name"),
        ("[a](x) ![b](y)", "a "), ("a<br>b", "a\nb"), ("<!-- no -->a", "a"), ("`https://e.example`", None),
    ],
)  # fmt: skip
def test_markdown_inline(markdown, shown):
    made = inline(markdown)
    assert (made.text if made else None) == shown
    if made:
        document = Document(path="d", text=markdown, format="markdown")
        assert document.verbatim(made.span(document, 0, len(made.text))) in markdown


def test_targets_of_links():
    assert resolved(r"https://e.example/a\_b?x=1&copy=2&amp;c") == "https://e.example/a_b?x=1&copy=2&c"
    (link,) = inline("[Eels](https://e.example/a)").links
    assert link.href == "https://e.example/a"
    assert (
        definitions("[a]: https://e.example/a\n[a]: https://e.example/b")["a"].target == "https://e.example/a"
    )


@pytest.mark.parametrize(
    ("tex", "shown"),
    [
        (r"\'Etudes de B\"acker", "Études de Bäcker"), ("a -- b --- c", "a – b — c"), ("``a''", "“a”"),
        (r"\emph{a} \textbf{b}% no", "a b"), (r"100\% of \$5", "100% of $5"), (r"a~b\\c", "a b c"),
    ],
)  # fmt: skip
def test_tex(tex, shown):
    assert " ".join(tex_text(tex).split()) == shown


def test_tex_links_and_braces():
    text = r"\href{https://e.example/a}{Eels} \url{https://e.example/b}"
    made = tex_passage(text, 0, len(text))
    assert [one.href for one in made.links] == ["https://e.example/a", "https://e.example/b"]
    assert closing("{a{b}c}", 0, 7) == 6
    assert closing("{a", 0, 2) == -1
    assert tex_passage("a % b", 0, 5, comments=False).text == "a % b"
    assert tex_passage("a % b", 0, 5).text == "a "


def test_wikitext():
    text = "Eels<ref>{{cite web|url=https://e.example/a|title=[[The]] {{lang|de|Aal}}}}</ref><!-- {{x}} -->"
    wiki = Wiki(text)
    assert [one.name for one in wiki.templates if one.name.startswith("cite")] == [folded("Cite Web")]
    (cite,) = (one for one in wiki.templates if one.name == folded("Cite Web"))
    start, end = parameters(wiki.text, cite)["url"]
    assert text[start:end] == "https://e.example/a"
    ((start, end),) = references(wiki.text)
    assert text[start:end].startswith("{{cite")
    assert folded("Access_Date ") == folded("access date")


def test_yaml_values_have_their_places():
    text = "references:\n- url: https://e.example/a\n  title: 'Eels'\n"
    (node,) = documents(text, [])
    (item,) = items(members(node)["references"])
    value = members(item)["url"]
    start, end = place_of(value, text)
    assert text[start:end] == value_of(value) == "https://e.example/a"


def test_broken_yaml_is_said():
    notes = []
    assert list(documents("a: [1, 2\nb: {", notes)) == []
    assert notes


def test_rst_tables():
    drawn = "+------+-----+\n| Eels | URL |\n+======+=====+\n| a    | b   |\n+------+-----+\n"
    rows, end = drawn_table(drawn, 0)
    shown = [["".join(drawn[a:b] for a, b in cell).strip() for cell in row] for row in rows]
    assert (shown, end) == ([["Eels", "URL"], ["a", "b"]], len(drawn) - 1)
    listed = ".. list-table::\n\n   * - Eels\n     - URL\n   * - a\n     - b\n"
    rows = [["".join(listed[a:b] for a, b in cell).strip() for cell in row] for row in list_table(listed, 0)]
    assert rows == [["Eels", "URL"], ["a", "b"]]


def test_comment_signs_before_each_line_are_no_text():
    text = "// Eels of the weir.\n// https://e.example/a\n\nPlain.\n"
    shown = [text[line.start : line.end] for line in lines(text)]
    assert [one.strip() for one in shown[:2]] == ["Eels of the weir.", "https://e.example/a"]
    assert "//" not in "".join(shown).replace("https://", "")
