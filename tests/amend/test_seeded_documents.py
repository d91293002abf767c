"""Seeded documents of every format: what is written is read back, and shows nothing but the edit.

The short form of `tests/bench/amend_documents.py`.
"""

import pytest

from monitor.model.finding import AmendmentKind
from tests.support.edit_trial import document, trial
from tests.support.edited_documents import LAYOUTS

OF_SOME = {AmendmentKind.FIX_URL, AmendmentKind.UNMARK_DEAD}
"""Kinds that not every format has anything to do for: prose is read as it was meant, records mark no links."""
LAYOUT_COUNT = sum(len(layouts) for layouts in LAYOUTS.values())


@pytest.mark.parametrize("kind", AmendmentKind)
@pytest.mark.parametrize("seed", range(2 * LAYOUT_COUNT))
def test_only_what_is_meant_changes(tmp_path, seed, kind):
    given = document(seed, kind)
    found = trial(tmp_path, given, kind)
    assert found.asked >= len(given.cited) or kind in OF_SOME
    assert found.faults == []
    assert found.misread == []
    assert found.made + len(found.by_hand) == found.asked
