"""Where an answer leads: the one reading of redirects, for live pages and archived ones (RFC 9110 §15.4)."""

from monitor.fetch.interface import FetchFailure, FetchResponse
from monitor.fetch.target import resolve_location
from monitor.model.observation import Phase

REDIRECTS = frozenset({300, 301, 302, 303, 307, 308})


def redirect_target(answer: FetchResponse, base: str) -> str | FetchFailure | None:
    """Return the absolute address an answer to `base` leads to, why it leads nowhere, or None.

    None is no redirect: another status, or one without a Location. What is returned may be of any scheme.
    """
    if answer.status not in REDIRECTS or not answer.location:
        return None
    try:
        return resolve_location(base, answer.location)
    except ValueError as error:
        return FetchFailure(phase=Phase.HTTP, cause="bad-redirect", detail=str(error)[:200])
