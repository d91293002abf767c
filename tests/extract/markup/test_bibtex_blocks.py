"""BibTeX cut into entries and fields, every place as in the file."""

import pytest

from monitor.extract.markup.bibtex_blocks import BibtexBlock, Broken, blocks


def read(text):
    return list(blocks(text, 0, len(text)))


@pytest.mark.parametrize(
    ("written", "raw"),
    [
        ("{Tides of the {Quay}}", "Tides of the {Quay}"),
        ('"Tides {"low"} of the Quay"', 'Tides {"low"} of the Quay'),
        ("2019", "2019"),
        ("may", "may"),
        ("{Tides} # quay", "{Tides} # quay"),
        (r"{a \} brace}", r"a \} brace"),
        ("{100% salt}", "100% salt"),
    ],
)
def test_values(written, raw):
    text = f"% a comment\n@Misc(key , Title = {written}, note={{n}})"
    (block,) = read(text)
    assert (block.kind, text[block.start : block.end]) == ("misc", text[12:])
    value = block.fields["title"]
    assert value.raw == text[value.start : value.end] == raw
    assert block.fields["note"].raw == "n"


def test_an_entry_without_a_key_and_one_without_fields():
    assert [block.fields.keys() for block in read("@misc{title = {x}}\n@misc{a}")] == [{"title"}, set()]


def test_comments_and_preambles_hold_no_entries():
    assert read("@comment{ @misc{a, title={x}} }\n@preamble{{\\def\\x{}}}") == []


def test_strings_are_named():
    (one,) = read("@string{quay = {Quay Post}}")
    assert (one.kind, one.fields["quay"].raw) == ("string", "Quay Post")


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        ("@misc{a, title = {Tides, year = 2019\n", "a brace is not closed"),
        ('@misc{a, title = "Tides, year = 2019\n', "a quotation mark is not closed"),
        ("@misc{a, title {Tides}}\n", "a field has no name"),
    ],
)
def test_a_broken_entry_ends_where_the_next_begins(broken, reason):
    first, second = read(f"{broken}@misc{{b, title = {{Moons}}}}")
    assert first == Broken(0, len(broken), reason)
    assert isinstance(second, BibtexBlock)
    assert second.fields["title"].raw == "Moons"
