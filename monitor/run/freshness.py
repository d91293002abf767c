"""Which sources need no question yet: good answers that are young enough, and nothing else."""

from datetime import datetime, timedelta

from monitor.model.observation import Confidence
from monitor.model.page import QuoteMatch
from monitor.model.site import is_local
from monitor.store.interface import DueSource

NEAR_DEATH = timedelta(days=30)
"""A page that failed within this time is looked at again, however well it does now."""


def is_fresh(due: DueSource, now: datetime, max_age: timedelta, *, evidence: bool) -> bool:
    """Tell whether the last look at a source is good, sure and no older than `max_age`.

    Asked again are failures and what could not be told, pages that failed within a month or that stand behind
    a bad certificate or lack the place that is cited, and sources of a citation that is new, has changed, or
    whose quote (where `evidence` is wanted) was not found.
    """
    if due.asks_anew or not due.observations or is_local(due.source.url):
        return False
    last = due.observations[-1]
    seen = last.observation
    if not seen.outcome.readable or seen.tls or seen.confidence is Confidence.LOW:
        return False
    if not timedelta() <= now - last.last_seen_at <= max_age:
        return False
    lately = (one for one in due.observations if now - one.last_seen_at < NEAR_DEATH)
    if any(one.observation.outcome.failing for one in lately):
        return False
    if any(known.fragment_missing for known in due.previous_facts.values()):
        return False
    return not evidence or all(_found(due, one.key) for one in due.citations if one.quote)


def _found(due: DueSource, citation: str) -> bool:
    known = due.previous_facts.get(citation)
    return known is not None and known.quote.match is QuoteMatch.FOUND
