"""Dating a death from the archive's own captures. Pure."""

from collections.abc import Callable, Sequence

from monitor.archive.captures import EMPTY_DIGEST, GOOD, IndexRow
from monitor.model.snapshot import ArchivedRot

FAILED = frozenset({400, 404, 410, 500, 502, 503, 504})


def date_rot(rows: Sequence[IndexRow], bad: Callable[[IndexRow], bool | None]) -> ArchivedRot | IndexRow:
    """Return what bounds the death, or the capture to look at before it can be told.

    `bad` says of a capture with a good status whether its content is no page (soft 404, parked …):
    True, False, or None for not looked at. A run of failures after the last good capture is dated
    evidence (docs/design.md#link-state); failures before it are weather.
    """
    digests = {r.digest for r in rows if r.status in GOOD and r.digest}
    last_good = None
    failing: list[IndexRow] = []
    for row in sorted(rows, key=lambda r: r.when, reverse=True):
        if row.status in FAILED:
            failing.append(row)
        elif row.status in GOOD or (row.revisit and row.digest in digests):
            shown_bad = True if row.digest == EMPTY_DIGEST else bad(row)
            if shown_bad is None:
                return row
            if not shown_bad:
                last_good = row
                break
            failing.append(row)
    return ArchivedRot(
        last_good=last_good.when if last_good else None,
        first_bad=failing[-1].when if failing else None,
        failures=len(failing),
    )
