"""Where a page moved to for good, and what shows that it did (docs/design.md#outcomes)."""

from monitor.check.facts import ProbeFacts
from monitor.check.url_relations import (
    is_home,
    landed_above,
    leads_to_copy,
    permanent_target,
    trivially_moved,
)
from monitor.model.observation import MOVE_SHOWN, Evidence
from monitor.model.urls import canonical_url, host_key


def moved_to(facts: ProbeFacts) -> str | None:
    """Return the address a move names: where the leading run of permanent hops ends, if that is news."""
    target = permanent_target(facts.trip.hops)
    if target is None or facts.treatment.permalink or trivially_moved(facts.requested, target):
        return None
    # A page that sends its readers to a copy of itself has given up its address, but the copy is no new one.
    if leads_to_copy(facts.requested, target):
        return None
    # One site's entry page by another of its names ("/" and "/index.html") has not moved.
    if is_home(facts.requested) and is_home(target) and host_key(facts.requested) == host_key(target):
        return None
    # The index calls the address its own: only quote or title can tell that the page stands there.
    if landed_above(facts.requested, target) and not facts.known:
        return None
    return target


def proof_of_move(facts: ProbeFacts, target: str) -> Evidence | None:
    """Return what confirms that the page stands at the new address: its quote, its title or its own word."""
    if facts.quoted:
        return Evidence(MOVE_SHOWN, "the quote stands at the new address")
    if facts.titled:
        return Evidence(MOVE_SHOWN, "the title stands at the new address")
    canonical = facts.page.canonical if facts.page is not None else None
    if canonical and canonical_url(canonical) == canonical_url(target):
        return Evidence(MOVE_SHOWN, "the page calls the new address its own")
    return None
