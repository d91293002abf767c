"""How sources are probed: limits, pace, retries, and what is known of single hosts."""

from typing import Annotated

from msgspec import Meta, field

from monitor.check.remap import remap_fault
from monitor.check.statuses import accept_fault
from monitor.config_values import Policy, day_fault
from monitor.fetch.policy import FetchPolicy, header_fault, origin_fault, proxy_fault


class HostRule(Policy, frozen=True, kw_only=True):
    """What is known of one host: `[check.hosts."NAME"]`.

    NAME is a host, which stands for its subdomains too, or a pattern with `*`. None keeps the
    general value. `until` ends the whole rule (ISO date), so that no exception lives for ever.
    """

    reason: Annotated[str | None, Meta(description="why this rule exists; shown in reports")] = None
    until: Annotated[
        str | None, Meta(description="last day the rule holds, YYYY-MM-DD", extra={"check": day_fault})
    ] = None
    skip: Annotated[bool, Meta(description="never ask this host")] = False
    gap_s: Annotated[float | None, Meta(description="seconds between visits", ge=0)] = None
    concurrency: Annotated[int | None, Meta(description="requests in flight", ge=1)] = None
    timeout_s: Annotated[float | None, Meta(description="seconds for one request", ge=0.1)] = None
    user_agent: Annotated[str | None, Meta(description="User-Agent for this host")] = None
    headers: Annotated[
        tuple[str, ...],
        Meta(
            description='further headers, "Name: value", ${NAME} for an environment variable; those that may '
            "hold a secret go to https://NAME alone, over verified TLS",
            extra={"secret": True, "expand": True, "check": header_fault},
        ),
    ] = ()
    origins: Annotated[
        tuple[str, ...],
        Meta(
            description="origins that may see secret headers, not https://NAME", extra={"check": origin_fault}
        ),
    ] = ()
    accept: Annotated[
        tuple[str, ...],
        Meta(
            description="statuses that mean alive here, 403 or 500..=599; a minus takes them away",
            extra={"check": accept_fault},
        ),
    ] = ()
    first_hop: Annotated[
        bool, Meta(description="a redirect proves the link; where it leads is not asked")
    ] = False
    permalink: Annotated[bool, Meta(description="redirecting is this host's job: never `moved`")] = False
    sibling_probe: Annotated[
        bool | None, Meta(description="ask for a random sibling to unmask soft 404s")
    ] = None


class CheckPolicy(Policy, frozen=True, kw_only=True):
    """Policy of the check stage, `[check]`."""

    concurrency: Annotated[int, Meta(description="requests in flight", ge=1, le=1000)] = 64
    per_host_concurrency: Annotated[int, Meta(description="requests in flight at one host", ge=1, le=64)] = 1
    host_gap_s: Annotated[float, Meta(description="seconds between visits to a host", ge=0)] = 1.0
    host_gap_jitter: Annotated[
        float, Meta(description="share by which a gap varies, so that visits keep no beat", ge=0)
    ] = 0.25
    timeout_s: Annotated[float, Meta(description="seconds for one request, body and all", ge=0.1)] = 20.0
    connect_timeout_s: Annotated[float, Meta(description="seconds to connect", ge=0.1)] = 10.0
    body_timeout_s: Annotated[
        float, Meta(description="seconds to read a body; what came by then is judged", ge=0.1)
    ] = 10.0
    retries: Annotated[int, Meta(description="further tries after passing faults", ge=0, le=10)] = 2
    retry_wait_s: Annotated[float, Meta(description="seconds before the first retry, doubling", ge=0)] = 2.0
    rate_limit_wait_s: Annotated[
        float, Meta(description="seconds after a 429 that names no time, doubling", ge=0)
    ] = 10.0
    retry_after_max_s: Annotated[
        float, Meta(description="waits for one link end here: it is asked another day", ge=0)
    ] = 60.0
    max_body_bytes: Annotated[int, Meta(description="bytes read of a page", ge=1024)] = 5_000_000
    max_redirects: Annotated[int, Meta(description="redirects followed", ge=0, le=50)] = 20
    user_agent: Annotated[str | None, Meta(description="User-Agent; default names this program")] = None
    contact: Annotated[
        str | None, Meta(description="address or page named to the hosts asked, in the User-Agent")
    ] = None
    allow_private_addresses: Annotated[
        bool, Meta(description="ask private and special-purpose addresses too (intranets, tests)")
    ] = False
    ca_file: Annotated[
        str | None, Meta(description="PEM file of authorities trusted besides the system's")
    ] = None
    resolve: Annotated[
        tuple[str, ...], Meta(description="address overrides, HOST:PORT:ADDRESS[:PORT], as curl's --resolve")
    ] = ()
    proxy: Annotated[
        str | None,
        Meta(
            description="URL of an HTTP proxy for every request",
            extra={"secret": True, "check": proxy_fault, "expand": True},
        ),
    ] = None
    trust_env: Annotated[
        bool, Meta(description="take the proxy from HTTP_PROXY, HTTPS_PROXY and NO_PROXY")
    ] = False
    url_credentials: Annotated[
        bool, Meta(description="send the name and password a cited address holds, over verified TLS")
    ] = False
    netrc: Annotated[
        str | None, Meta(description="netrc file whose logins go to https://HOST, over verified TLS")
    ] = None
    sentinels: Annotated[
        tuple[str, ...],
        Meta(description="addresses that prove our own network works; one answer is enough, [] trusts it"),
    ] = ("https://www.wikipedia.org/", "https://www.iana.org/", "https://www.cloudflare.com/")
    exclude: Annotated[
        tuple[str, ...], Meta(description="addresses never asked: patterns with *, or host names")
    ] = ()
    respect_robots: Annotated[bool, Meta(description="leave out what robots.txt keeps from this program")] = (
        False
    )
    remap: Annotated[
        dict[str, str],
        Meta(
            description="addresses to ask in place of those cited: regular expression = target",
            extra={"check": remap_fault},
        ),
    ] = field(default_factory=dict)
    sibling_probe: Annotated[bool, Meta(description="ask for a random sibling to unmask soft 404s")] = True
    backlog: Annotated[int, Meta(description="sources held in memory at once", ge=1)] = 10_000
    hosts: Annotated[dict[str, HostRule], Meta(description="rules for single hosts")] = field(
        default_factory=dict
    )

    def fetch(self) -> FetchPolicy:
        """Return the part that concerns the transport."""
        return FetchPolicy(
            resolve=self.resolve,
            ca_file=self.ca_file,
            proxy=self.proxy,
            trust_env=self.trust_env,
            allow_private_addresses=self.allow_private_addresses,
            connections=self.concurrency,
            user_agent=self.user_agent,
            contact=self.contact,
        )
