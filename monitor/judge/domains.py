"""Whether a whole registrable domain is gone, not only a name in it."""

from monitor.domains import is_registrable
from monitor.model.observation import Observation
from monitor.model.urls import host_key

NAME_CAUSES = frozenset({"dns-not-found"})
"""Causes that mean NXDOMAIN (RFC 8020): the name does not exist."""


def domain_is_gone(observation: Observation) -> bool:
    """Tell whether the name that does not exist is the registrable domain itself (or its `www.`).

    A missing name below a living domain may come back with the next configuration; a domain that is
    gone from its registry seldom does.
    """
    if observation.cause not in NAME_CAUSES:
        return False
    host = host_key(observation.final_url or observation.url)
    return bool(host) and is_registrable(host)
