"""What the lightweight markups leave out and keep."""

import pytest

from monitor.documents import Document
from monitor.extract.passage import Kind
from monitor.extract.registry import extractor_for

CODE = {
    "asciidoc": "----\nhttps://code.example/x accessed 3 May 2015\n----\n",
    "org": "#+BEGIN_SRC sh\nhttps://code.example/x accessed 3 May 2015\n#+end_src\n",
    "typst": "```\nhttps://code.example/x accessed 3 May 2015\n```\n",
    "textile": "<pre>\nhttps://code.example/x accessed 3 May 2015\n</pre>\n",
    "dokuwiki": "<code>\nhttps://code.example/x accessed 3 May 2015\n</code>\n",
}


def passages(name, text):
    return extractor_for(name).passages(Document(path="x", text=text, format=name))


@pytest.mark.parametrize("name", CODE)
def test_code_is_left_out_and_what_follows_is_read(name):
    made = passages(name, CODE[name] + "\nAfter it.\n")
    assert [one.text for one in made] == ["After it."]


@pytest.mark.parametrize("name", CODE)
def test_code_that_never_ends_ends_with_the_file(name):
    assert passages(name, CODE[name].rsplit("\n", 2)[0]) == ()


LINKS = {
    "asciidoc": ("https://mill.example/a[Weirs]", "Weirs"),
    "org": ("[[https://mill.example/a][Weirs]]", "Weirs"),
    "typst": ('#link("https://mill.example/a")[Weirs]', "Weirs"),
    "textile": ('"Weirs":https://mill.example/a', "Weirs"),
    "dokuwiki": ("[[https://mill.example/a|Weirs]]", "Weirs"),
}


@pytest.mark.parametrize("name", LINKS)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_link_has_its_label_and_the_place_of_its_address(name, end):
    written, label = LINKS[name]
    text = f"First.{end}{end}See {written} there.{end}"
    made = passages(name, text)[1]
    (link,) = made.links
    assert made.text[link.start : link.end] == label
    assert text[link.href_start : link.href_end] == link.href == "https://mill.example/a"
    start = made.text.index("there")
    assert text[slice(*made.origin(start, start + 5))] == "there"


NOTES = {
    "asciidoc": "Water.footnote:[Hale [2011], here.] More.",
    "org": "Water.[fn:: Hale [2011], here.] More.",
    "typst": "Water.#footnote[Hale [2011], here.] More.",
    "dokuwiki": "Water.((Hale (2011), here.)) More.",
}


@pytest.mark.parametrize("name", NOTES)
def test_a_footnote_in_the_line_is_a_note_of_its_own(name):
    body, note = passages(name, NOTES[name])
    assert (body.text, note.kind) == ("Water. More.", Kind.NOTE)
    assert note.text.strip().removeprefix(" ").startswith("Hale")
    assert note.text.rstrip().endswith("here.")


@pytest.mark.parametrize("name", NOTES)
def test_a_footnote_that_never_ends_stays_text(name):
    text = NOTES[name].rpartition("here.")[0] + "\n\nNext."
    assert [one.kind for one in passages(name, text)] == [Kind.PARAGRAPH, Kind.PARAGRAPH]


@pytest.mark.parametrize("name", CODE)
@pytest.mark.parametrize(
    "bait",
    [
        "[" * 20_000,
        "footnote:[" * 4_000,
        "_" * 20_000,
        "*a " * 10_000,
        '"a' * 10_000,
        "https://" * 4_000,
        "((" * 9_000,
    ],
)
def test_baits_are_read(name, bait):
    assert sum(len(one.text) for one in passages(name, bait)) <= len(bait)
