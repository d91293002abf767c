"""What stands in a page's place: one set of rules for live answers and for archived copies."""

from collections.abc import Sequence
from dataclasses import dataclass

from monitor.model.observation import Evidence
from monitor.model.page import PageText
from monitor.page.signs.failures import Failure, failure_page
from monitor.page.signs.parked import parked
from monitor.page.signs.soft404 import error_page
from monitor.page.signs.walls import Wall, find_wall


@dataclass(frozen=True, slots=True, kw_only=True)
class StandIn:
    """The signs found on one answer; which of them decides is the caller's to say."""

    wall: Wall | None = None
    parked: Evidence | None = None
    error_page: Evidence | None = None
    failure: Failure | None = None

    @property
    def reason(self) -> str | None:
        """Return what the answer is instead of the page, in words; None for the page itself."""
        if self.wall is not None:
            return f"{self.wall.cause}: {self.wall.evidence.detail}"
        if self.parked is not None:
            return f"parked: {self.parked.detail}"
        if self.failure is not None:
            return f"{self.failure.cause}: {self.failure.evidence.detail}"
        return f"soft 404: {self.error_page.detail}" if self.error_page is not None else None


def stand_in(
    status: int,
    headers: Sequence[tuple[str, str]],
    page: PageText | None,
    body: bytes,
    hosts: Sequence[str],
    *,
    final_url: str,
    asked_url: str,
) -> StandIn:
    """Return the signs that an answer is not the page asked for.

    `headers` have lower-case names; `hosts` are those asked and reached, in order. A page that
    answers with a status of failure is judged by that status, not by what it says of itself.
    """
    wall = find_wall(status, headers, page, body, final_url, asked_url)
    if page is None:
        return StandIn(wall=wall)
    return StandIn(
        wall=wall,
        parked=parked(page, body, hosts),
        error_page=error_page(page),
        failure=failure_page(page) if 200 <= status < 300 else None,
    )
