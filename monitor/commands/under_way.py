"""What the published front page says from a run's first moment until its own page stands.

A run that is killed can say nothing any more, so the page of the run before is marked when the next one
begins; the page that the run writes when it ends bears no mark.
"""

from datetime import datetime
from pathlib import Path

from monitor.files import replace_file
from monitor.report.words import instant

PLACE = b"<!-- newer run -->"
"""Where the template leaves room for the mark, on a line of its own."""


def mark(directory: Path, began: datetime) -> None:
    """Say on the front page, if there is one, that a newer run began and has not ended.

    UsageError where the page cannot be written.
    """
    page = directory / "index.html"
    if not page.is_file():
        return
    before, place, after = page.read_bytes().partition(PLACE)
    if not place:  # a page of an older version
        return
    note = (
        '<p class="void-note" role="status"><strong>A newer run has not ended.</strong> '
        f"It began on {instant(began)}; what stands here is of the run before it. "
        "If it was cut off, run again: what it learnt is kept.</p>"
    )
    _, end, rest = after.partition(b"\n")  # an earlier mark, of a run that was cut off
    replace_file(page, before + place + note.encode() + end + rest)
