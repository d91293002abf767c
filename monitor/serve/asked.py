"""What a request asks for; what cannot be meant is answered with what can."""

import asyncio
import ipaddress

from aiohttp import web

from monitor.model.finding import AccessDateStatus, Severity
from monitor.model.history import LinkState
from monitor.model.observation import Outcome
from monitor.model.snapshot import Coverage

BODY_S = 10.0
"""Seconds for the body of a request to arrive."""

FILTERS: dict[str, frozenset[str] | None] = {
    "document": None,
    "outcome": frozenset(Outcome),
    "access_date_status": frozenset(AccessDateStatus),
    "severity": frozenset(Severity),
    "coverage": frozenset(Coverage),
    "link_state": frozenset(LinkState),
}
"""What `/api/citations` filters by, and the values each may have."""


def wanted_fields(request: web.Request) -> dict[str, str]:
    """Return the wanted values by field; 400 for an unknown parameter or value."""
    unknown = sorted(request.query.keys() - FILTERS.keys() - {"offset", "limit"})
    if unknown:
        raise web.HTTPBadRequest(text=f"unknown parameter {unknown[0][:80]!r}; known: {', '.join(FILTERS)}\n")
    wanted = {name: request.query[name] for name in FILTERS if name in request.query}
    for name, value in wanted.items():
        allowed = FILTERS[name]
        if allowed is not None and value not in allowed:
            raise web.HTTPBadRequest(text=f"{name}: one of {', '.join(sorted(allowed))}\n")
    return wanted


async def asked_address(request: web.Request) -> str | None:
    """Return the address in the body; None for everything."""
    try:
        async with asyncio.timeout(BODY_S):
            body = await request.json() if request.can_read_body else {}
    except TimeoutError:
        raise web.HTTPRequestTimeout(text="the body did not arrive in time\n") from None
    except ValueError:
        body = None
    url = body.get("url") if isinstance(body, dict) else 0
    if url is not None and not isinstance(url, str):
        raise web.HTTPBadRequest(text='send JSON such as {"url": "https://…"}\n')
    return url


def whole_number(request: web.Request, name: str, default: int, most: int) -> int:
    """Return a whole number of the query; 400 outside 0 to `most`."""
    try:
        value = int(request.query.get(name, default))
    except ValueError:
        value = -1
    if not 0 <= value <= most:
        raise web.HTTPBadRequest(text=f"{name}: a whole number from 0 to {most}\n")
    return value


def host_name(host: str | None) -> str | None:
    """Return the name of a Host header without its port, lower case; None for a missing or broken one."""
    if not host:
        return None
    name, _, port = host.rpartition(":") if not host.endswith("]") else (host, "", "")
    name = (name if name and port.isdigit() else host).lower()
    return name[1:-1] if name.startswith("[") and name.endswith("]") else name


def is_address(name: str) -> bool:
    """Tell whether a host's name is an IP address."""
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
