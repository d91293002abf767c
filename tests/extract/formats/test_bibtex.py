"""What the fields of a BibTeX entry mean for a citation."""

import pytest

from monitor.extract.registry import extract
from monitor.model.document import Document


def read(text):
    return extract(Document(path="d", text=text, format="bibtex"))


@pytest.mark.parametrize(
    "fields",
    [
        "howpublished = {\\url{INSERT_YOUR_LINK_HERE}}",
        "url = {URL}",
        "url = {add the web address here}",
        "author = {Last, First and Last, First}",
        "author = {Surname, First name}",
    ],
)
def test_a_template_is_no_entry(fields):
    found = read(f"@misc{{KEY, title = {{Title of the page}}, {fields}, note = {{Accessed on 6 May 2015}}}}")
    assert found.citations == ()
    assert any("a template" in one.reason for one in found.rejected)


@pytest.mark.parametrize("author", ["Last, Ferdinand", "Firth, Given", "The Link Board"])
def test_names_that_only_look_like_a_template(author):
    found = read(f"@misc{{a, title = {{Eels}}, author = {{{author}}}, note = {{Accessed on 6 May 2015}}}}")
    assert [one.title for one in found.citations] == ["Eels"]


@pytest.mark.parametrize(
    "value", ['"http://weirs.example/" # "p"', 'base # "p"', '"http://" # {weirs.example/p}', "whole"]
)
def test_an_address_put_together_from_parts_is_read_whole(value):
    strings = '@string{base = "http://weirs.example/"}\n@string{whole = {http://weirs.example/p}}\n'
    found = read(f"{strings}@misc{{w, title = {{T}}, url = {value}, urldate = {{2015-05-03}}}}\n")
    assert [one.url for one in found.citations] == ["http://weirs.example/p"]
