"""Edits over seeded documents of every format: `python -m tests.bench.amend_documents [COUNT]`.

For each document and kind of edit: what was written, what is left to a person and why, what extraction
would have misread, and what independent readers of the format see that they should not.
"""

import sys
import tempfile
from collections import Counter
from pathlib import Path

from monitor.model.finding import AmendmentKind
from tests.support.edit_trial import document, trial

KINDS = tuple(AmendmentKind)


def main(count: int) -> int:
    """Print the figures; return how many documents went wrong."""
    asked, written, hands, misread, faults = 0, 0, Counter[str](), Counter[str](), []
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(count):
            for kind in KINDS:
                found = trial(Path(folder), document(seed, kind), kind)
                asked, written = asked + found.asked, written + found.made
                hands.update(one.split(".", 1)[1] for one in found.by_hand)
                misread.update(f"{one.split(': ')[0].split('.', 1)[1]} {kind}" for one in found.misread)
                faults += [f"{kind}: {one}" for one in found.faults]
    sys.stdout.write(f"{count} documents, {asked} edits asked, {written} written, {len(faults)} faults\n")
    for title, counted in (("left to a person", hands), ("would be misread", misread)):
        sys.stdout.write(f"{title}: {sum(counted.values())}\n")
        sys.stdout.writelines(f"  {number:4} {what}\n" for what, number in counted.most_common())
    sys.stdout.writelines(f"{fault}\n\n" for fault in faults[:20])
    return len(faults)


if __name__ == "__main__":
    sys.exit(min(main(int(sys.argv[1]) if len(sys.argv) > 1 else 500), 1))
