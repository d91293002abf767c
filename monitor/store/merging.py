"""How an observation goes into the row that says the same of its source already."""

from monitor.model.observation import Observation
from monitor.store import rows
from monitor.store.json_text import dumps, loads

_DAYS_KEPT = 30
"""Failing days kept at each end of a long death: enough for every count of strikes and for its span."""

_NO_TALLY = dumps({"days": [], "changes": 0})


def merge_observation(seen: Observation, last: str | None, told: str | None) -> tuple[str, str]:
    """Return the body and tally of the row that now holds `seen` as well."""
    body = rows.to_json(seen)
    if last is None or told is None:
        return body, _tallied(seen, _NO_TALLY, changed=False)
    fresh, previous = loads(body), loads(last)
    changed = (
        seen.outcome.readable
        and not seen.unchanged
        and None not in (seen.fingerprint, previous.get("fingerprint"))
        and seen.fingerprint != previous["fingerprint"]
    )
    if seen.unchanged:
        # A 304 carries no page: what was known of it still holds.
        kept = (
            "title",
            "published",
            "content_type",
            "etag",
            "last_modified",
            "fingerprint",
            "words",
            "http_status",
        )
        fresh |= {
            name: previous[name]
            for name in kept
            if name in previous and (name not in fresh or name == "http_status")
        }
    fresh["observed_at"] = previous["observed_at"]
    if "attempts" in previous:
        # How long each try took is nobody's question of a night like the last; rewriting it would be all
        # that most nights write.
        fresh["attempts"] = previous["attempts"]
    return last if fresh == previous else dumps(fresh), _tallied(seen, told, changed=changed)


def _tallied(seen: Observation, told: str, *, changed: bool) -> str:
    """Return a tally with what was seen: failing days and changes of the page."""
    if not (changed or seen.outcome.failing):
        return told
    tally = loads(told)
    days, today = list(tally["days"]), seen.observed_at.date().isoformat()
    if seen.outcome.failing and today not in days:
        days.append(today)
    if len(days) > 2 * _DAYS_KEPT:
        days = days[:_DAYS_KEPT] + days[-_DAYS_KEPT:]
    return dumps({"days": days, "changes": tally["changes"] + changed})
