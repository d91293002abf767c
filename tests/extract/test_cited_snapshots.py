"""A snapshot cited alone is the cited address; its original is what the source is, and what is checked."""

import pytest

from monitor.extract.registry import extract
from monitor.model.document import Document
from monitor.report.json_records import cited_record

ORIGINAL = "http://bells.example.org/ringing.html"
SNAPSHOT = f"https://web.archive.org/web/20110217153554/{ORIGINAL}"


def record(text, format="markdown"):
    (citation,) = extract(Document(path="notes", text=text, format=format)).citations
    return cited_record(citation)


@pytest.mark.parametrize(
    ("format", "text"),
    [
        ("markdown", f"1. Moss, A. “Ringing in the Fens.” {SNAPSHOT}, accessed 4 May 2012.\n"),
        ("markdown", f"1. Moss, A. [Ringing in the Fens]({SNAPSHOT}), accessed 4 May 2012.\n"),
        ("wikitext", f"<ref>{{{{cite web |url={SNAPSHOT} |title=Ringing |access-date=4 May 2012}}}}</ref>"),
        ("bibtex", f"@misc{{m, title={{Ringing}}, url={{{SNAPSHOT}}}, urldate={{2012-05-04}}}}"),
    ],
)
def test_a_snapshot_cited_alone_is_the_cited_address(format, text):
    found = record(text, format)
    assert (found["url"], found["archive_url"]) == (SNAPSHOT, SNAPSHOT)
    assert (found["checked_url"], found["canonical_url"]) == (ORIGINAL, ORIGINAL)
    assert [date["date"] for date in found["access_dates"]] == ["2012-05-04"]


@pytest.mark.parametrize(
    "text",
    [
        f"1. Moss, A. “Ringing in the Fens.” {ORIGINAL}, accessed 4 May 2012. Archived at {SNAPSHOT}.\n",
        f"1. Moss, A. “Ringing in the Fens.” Archived from [the original]({ORIGINAL}) at {SNAPSHOT}, accessed 4 May 2012.\n",
        f"1. Moss, A. “Ringing in the Fens.” {SNAPSHOT} (was {ORIGINAL}), accessed 4 May 2012.\n",
    ],
)
def test_an_original_that_is_written_beside_its_snapshot_is_the_cited_address(text):
    found = record(text)
    assert (found["url"], found["checked_url"], found["archive_url"]) == (ORIGINAL, ORIGINAL, SNAPSHOT)
