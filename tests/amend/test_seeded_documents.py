"""Seeded documents of every format: what is written is read back, and shows nothing but the edit.

The short form of `tests/bench/amend_documents.py`.
"""

import pytest

from monitor.model.finding import AmendmentKind
from tests.support.edit_trial import trial
from tests.support.edited_documents import LAYOUTS, made

LAYOUT_COUNT = sum(len(layouts) for layouts in LAYOUTS.values())


@pytest.mark.parametrize(
    "kind", [AmendmentKind.ADD_ARCHIVE, AmendmentKind.REFRESH_DATE, AmendmentKind.REPLACE_URL]
)
@pytest.mark.parametrize("seed", range(2 * LAYOUT_COUNT))
def test_only_what_is_meant_changes(tmp_path, seed, kind):
    document = made(seed)
    found = trial(tmp_path, document, kind)
    assert found.asked >= len(document.cited)
    assert found.faults == []
    assert found.misread == []
    assert found.made + len(found.by_hand) == found.asked
