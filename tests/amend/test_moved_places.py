"""An address that names a place on its page keeps it when the page moves, if the place is there."""

import pytest

from monitor.amend.proof import move_target
from monitor.model.citation import Citation
from monitor.model.document import Span
from monitor.model.finding import AmendmentKind
from monitor.model.values import replaced
from tests.support.fixing import judged

SPAN = Span(start=0, end=1, line=1, column=1, byte_start=0, byte_end=1)
NEW = "https://new.example.org/home"


@pytest.mark.parametrize(
    ("cited", "moved_to", "missing", "written"),
    [
        ("http://old.example.org/x#tables", NEW, False, f"{NEW}#tables"),
        ("http://old.example.org/x#tables", NEW, True, NEW),
        ("http://old.example.org/x#tables", f"{NEW}#figures", False, f"{NEW}#figures"),
        ("http://old.example.org/x", NEW, False, NEW),
    ],
)
def test_the_place_is_kept(cited: str, moved_to: str, missing: bool, written: str) -> None:
    citation = Citation(document="list.md", span=SPAN, url=cited, key="k")
    moved = judged(citation, AmendmentKind.REPLACE_URL)
    moved = replaced(
        moved,
        observation=replaced(moved.observation, permanent_target=moved_to),
        facts=replaced(moved.facts, fragment_missing=missing),
    )
    assert move_target(moved) == written
