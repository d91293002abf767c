"""How sources are probed: limits, pace, retries, and what is known of single hosts."""

from dataclasses import dataclass, field

from monitor.check.remap import remap_fault
from monitor.check.statuses import accept_fault
from monitor.config_values import day_fault
from monitor.fetch.policy import FetchPolicy, header_fault, origin_fault, proxy_fault


@dataclass(frozen=True, kw_only=True, slots=True)
class HostRule:
    """What is known of one host: `[check.hosts."NAME"]`.

    NAME is a host, which stands for its subdomains too, or a pattern with `*`. None keeps the
    general value. `until` ends the whole rule (ISO date), so that no exception lives for ever.
    """

    reason: str | None = field(default=None, metadata={"doc": "why this rule exists; shown in reports"})
    until: str | None = field(
        default=None, metadata={"doc": "last day the rule holds, YYYY-MM-DD", "check": day_fault}
    )
    skip: bool = field(default=False, metadata={"doc": "never ask this host"})
    gap_s: float | None = field(default=None, metadata={"doc": "seconds between visits", "min": 0})
    concurrency: int | None = field(default=None, metadata={"doc": "requests in flight", "min": 1})
    timeout_s: float | None = field(default=None, metadata={"doc": "seconds for one request", "min": 0.1})
    user_agent: str | None = field(default=None, metadata={"doc": "User-Agent for this host"})
    headers: tuple[str, ...] = field(
        default=(),
        repr=False,
        metadata={
            "doc": 'further headers, "Name: value", ${NAME} for an environment variable; those that may hold '
            "a secret go to https://NAME alone, over verified TLS",
            "expand": True,
            "check": header_fault,
        },
    )
    origins: tuple[str, ...] = field(
        default=(),
        metadata={
            "doc": "origins that may see secret headers, not https://NAME",
            "check": origin_fault,
        },
    )
    accept: tuple[str, ...] = field(
        default=(),
        metadata={
            "doc": "statuses that mean alive here, 403 or 500..=599; a minus takes them away",
            "check": accept_fault,
        },
    )
    first_hop: bool = field(
        default=False, metadata={"doc": "a redirect proves the link; where it leads is not asked"}
    )
    permalink: bool = field(default=False, metadata={"doc": "redirecting is this host's job: never `moved`"})
    sibling_probe: bool | None = field(
        default=None, metadata={"doc": "ask for a random sibling to unmask soft 404s"}
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class CheckPolicy:
    """Policy of the check stage, `[check]`."""

    concurrency: int = field(default=64, metadata={"doc": "requests in flight", "min": 1, "max": 1000})
    per_host_concurrency: int = field(
        default=1, metadata={"doc": "requests in flight at one host", "min": 1, "max": 64}
    )
    host_gap_s: float = field(default=1.0, metadata={"doc": "seconds between visits to a host", "min": 0})
    host_gap_jitter: float = field(
        default=0.25, metadata={"doc": "share by which a gap varies, so that visits keep no beat", "min": 0}
    )
    timeout_s: float = field(
        default=20.0, metadata={"doc": "seconds for one request, body and all", "min": 0.1}
    )
    connect_timeout_s: float = field(default=10.0, metadata={"doc": "seconds to connect", "min": 0.1})
    body_timeout_s: float = field(
        default=10.0, metadata={"doc": "seconds to read a body; what came by then is judged", "min": 0.1}
    )
    retries: int = field(
        default=2, metadata={"doc": "further tries after passing faults", "min": 0, "max": 10}
    )
    retry_wait_s: float = field(
        default=2.0, metadata={"doc": "seconds before the first retry, doubling", "min": 0}
    )
    rate_limit_wait_s: float = field(
        default=10.0, metadata={"doc": "seconds after a 429 that names no time, doubling", "min": 0}
    )
    retry_after_max_s: float = field(
        default=60.0,
        metadata={"doc": "waits for one link end here: it is asked another day", "min": 0},
    )
    max_body_bytes: int = field(default=5_000_000, metadata={"doc": "bytes read of a page", "min": 1024})
    max_redirects: int = field(default=20, metadata={"doc": "redirects followed", "min": 0, "max": 50})
    user_agent: str | None = field(default=None, metadata={"doc": "User-Agent; default names this program"})
    contact: str | None = field(
        default=None, metadata={"doc": "address or page named to the hosts asked, in the User-Agent"}
    )
    allow_private_addresses: bool = field(
        default=False, metadata={"doc": "ask private and special-purpose addresses too (intranets, tests)"}
    )
    ca_file: str | None = field(
        default=None, metadata={"doc": "PEM file of authorities trusted besides the system's"}
    )
    resolve: tuple[str, ...] = field(
        default=(), metadata={"doc": "address overrides, HOST:PORT:ADDRESS[:PORT], as curl's --resolve"}
    )
    proxy: str | None = field(
        default=None,
        repr=False,
        metadata={"doc": "URL of an HTTP proxy for every request", "check": proxy_fault, "expand": True},
    )
    trust_env: bool = field(
        default=False, metadata={"doc": "take the proxy from HTTP_PROXY, HTTPS_PROXY and NO_PROXY"}
    )
    url_credentials: bool = field(
        default=False,
        metadata={"doc": "send the name and password a cited address holds, over verified TLS"},
    )
    netrc: str | None = field(
        default=None, metadata={"doc": "netrc file whose logins go to https://HOST, over verified TLS"}
    )
    sentinels: tuple[str, ...] = field(
        default=("https://www.wikipedia.org/", "https://www.iana.org/", "https://www.cloudflare.com/"),
        metadata={"doc": "addresses that prove our own network works; one answer is enough, [] trusts it"},
    )
    exclude: tuple[str, ...] = field(
        default=(), metadata={"doc": "addresses never asked: patterns with *, or host names"}
    )
    respect_robots: bool = field(
        default=False, metadata={"doc": "leave out what robots.txt keeps from this program"}
    )
    remap: dict[str, str] = field(
        default_factory=dict,
        metadata={
            "doc": "addresses to ask in place of those cited: regular expression = target",
            "check": remap_fault,
        },
    )
    sibling_probe: bool = field(
        default=True, metadata={"doc": "ask for a random sibling to unmask soft 404s"}
    )
    backlog: int = field(default=10_000, metadata={"doc": "sources held in memory at once", "min": 1})
    hosts: dict[str, HostRule] = field(default_factory=dict, metadata={"doc": "rules for single hosts"})

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
