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
