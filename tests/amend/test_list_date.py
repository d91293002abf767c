"""A date said of a whole list is no single source's: no link is anchored to it."""

from types import SimpleNamespace

from monitor.amend.span_writer import anchor
from monitor.documents import read_document
from monitor.extract.registry import FORMATS, extract

LIST = """## Web sources

All links last accessed on 14 March 2022.

- [Windmill types](https://windmill.example/list)
- [Sailcloth weights](https://sailcloth.example/weights), accessed 3 May 2021
"""


def test_an_archive_link_is_anchored_to_the_address_where_the_list_has_the_date(tmp_path):
    path = tmp_path / "list.md"
    path.write_text(LIST, encoding="utf-8")
    document = read_document(path, FORMATS)
    listed, own = extract(document).citations
    assert [date.date for date in listed.access_dates] == ["2022-03-14"]
    assert [date.date for date in own.access_dates] == ["2021-05-03"]
    places = [anchor(document, SimpleNamespace(citation=one)) for one in (listed, own)]
    shown = [document.text[start:end] for start, end in places]
    assert shown == ["https://windmill.example/list", "3 May 2021"]
