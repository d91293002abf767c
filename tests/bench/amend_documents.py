"""Edits over seeded documents of every format: `python -m tests.bench.amend_documents [COUNT]`.

For each plain and each hard document, each kind of edit and all kinds together: what was written, what is
left to a person and why, what extraction would have misread, and what independent readers of the format see
that they should not; then edits made of words that changed since they were judged, of which there may be none.
"""

import sys
import tempfile
from collections import Counter
from pathlib import Path

from monitor.model.finding import AmendmentKind
from tests.support.edit_trial import KINDS, document, edits_on_changed_words, trial
from tests.support.edited_documents import made
from tests.support.hostile_documents import hostile


def main(count: int) -> int:
    """Print the figures; return how many documents went wrong."""
    asked, written, hands, misread, faults = 0, 0, Counter[str](), Counter[str](), []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for seed in range(count):
            for make in (made, hostile):
                trials = [(document(seed, kind, make), (kind,)) for kind in AmendmentKind]
                for given, kinds in [*trials, (make(seed), KINDS)]:
                    found = trial(folder, given, *kinds)
                    asked, written = asked + found.asked, written + found.made
                    hands.update(one.split(".", 1)[1] for one in found.by_hand)
                    said = "+".join(kinds)
                    misread.update(f"{one.split(': ')[0].split('.', 1)[1]} {said}" for one in found.misread)
                    faults += [f"{make.__name__} {said}: {one}" for one in found.faults]
                faults += edits_on_changed_words(folder, make(seed), seed)
    sys.stdout.write(f"{count} seeds, {asked} edits asked, {written} written, {len(faults)} faults\n")
    for title, counted in (("left to a person", hands), ("would be misread", misread)):
        sys.stdout.write(f"{title}: {sum(counted.values())}\n")
        sys.stdout.writelines(f"  {number:4} {what}\n" for what, number in counted.most_common())
    sys.stdout.writelines(f"{fault}\n\n" for fault in faults[:20])
    return len(faults)


if __name__ == "__main__":
    sys.exit(min(main(int(sys.argv[1]) if len(sys.argv) > 1 else 250), 1))
