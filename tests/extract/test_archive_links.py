"""An archived copy that is already there is seen, whatever field or template names it."""

import pytest

from monitor.extract.registry import extract
from monitor.model.document import Document

PAGE = "http://mill.example/a"
COPY = f"https://conifer.rhizome.org/miller/mills/20130304050607/{PAGE}"
CODE = "http://www.webcitation.org/5eWaHRbn4"
RIS = "TY  - ELEC\nTI  - Mills of the shore\nUR  - {page}\n{tag}  - {copy}\nY2  - 2013/03/04\nER  - \n"
WIKI = "* {{{{cite web |url={page} |title=Mills |access-date=4 March 2013}}}} {{{{WebCite|url={copy}|date=2013-03-04}}}}\n"


@pytest.mark.parametrize(
    ("shape", "text", "copy"),
    [
        ("ris", RIS.format(page=PAGE, tag="L2", copy=COPY), COPY),
        ("ris", RIS.format(page=PAGE, tag="L1", copy="https://archive.ph/AbCd1"), "https://archive.ph/AbCd1"),
        ("ris", RIS.format(page=PAGE, tag="L2", copy="http://mill.example/b"), None),
        ("ris", RIS.format(page=PAGE, tag="L2", copy=COPY.replace("/a", "/other")), None),
        (
            "markdown",
            f'- <a href="{PAGE}" data-versionurl="{COPY}">Mills of the shore</a>. Accessed 4 March 2013.\n',
            COPY,
        ),
        ("wikitext", WIKI.format(page=PAGE, copy=CODE), CODE),
    ],
)
def test_the_copy_is_the_citations_own(shape: str, text: str, copy: str | None) -> None:
    (one,) = extract(Document(path="d", text=text, format=shape)).citations
    assert (one.url, one.archive_url) == (PAGE, copy)
