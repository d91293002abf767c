"""Seeded documents of every format: what is written is read back, and shows nothing but the edit.

The short form of `tests/bench/amend_documents.py`.
"""

import pytest

from monitor.model.finding import AmendmentKind
from tests.support.edit_trial import KINDS, document, edits_on_changed_words, trial
from tests.support.edited_documents import LAYOUTS
from tests.support.hostile_documents import hostile
from tests.support.lengths import seeds

LAYOUT_COUNT = sum(len(layouts) for layouts in LAYOUTS.values())
OF_SOME = (AmendmentKind.FIX_URL, AmendmentKind.UNMARK_DEAD)
"""Kinds that not every format has anything to do for: prose is read as it was meant, records mark no links."""


@pytest.mark.parametrize(
    ("kind", "seed"),
    [
        *((kind, seed) for kind in KINDS for seed in seeds(LAYOUT_COUNT, 2 * LAYOUT_COUNT)),
        *((kind, seed) for kind in OF_SOME for seed in range(LAYOUT_COUNT)),
    ],
)
def test_only_what_is_meant_changes(tmp_path, kind, seed):
    given = document(seed, kind)
    found = trial(tmp_path, given, kind)
    assert found.asked >= len(given.cited) or kind in OF_SOME
    assert found.faults == []
    assert found.misread == []
    assert found.made + len(found.by_hand) == found.asked


@pytest.mark.parametrize("seed", range(1000, 1000 + LAYOUT_COUNT))
def test_hard_documents_take_edits_of_every_kind_together_and_none_of_changed_words(tmp_path, seed):
    given = hostile(seed)
    found = trial(tmp_path, given, *KINDS)
    assert found.faults == []
    assert found.misread == []
    assert edits_on_changed_words(tmp_path, given, seed) == []
