"""How requests are made: routes, trust, and which addresses may be asked."""

from dataclasses import dataclass, field

from monitor.fetch.identity import user_agent


@dataclass(frozen=True, kw_only=True, slots=True)
class FetchPolicy:
    """Policy of a fetcher; each stage that fetches builds one from its own keys.

    `resolve` holds overrides in curl's form HOST:PORT:ADDRESS[:PORT], `*` allowed for host and port.
    """

    resolve: tuple[str, ...] = field(
        default=(), metadata={"doc": "address overrides, HOST:PORT:ADDRESS[:PORT], as curl's --resolve"}
    )
    ca_file: str | None = field(
        default=None, metadata={"doc": "PEM file of authorities trusted besides the system's"}
    )
    proxy: str | None = field(default=None, metadata={"doc": "URL of an HTTP proxy for every request"})
    trust_env: bool = field(
        default=False, metadata={"doc": "take the proxy from HTTP_PROXY, HTTPS_PROXY and NO_PROXY"}
    )
    allow_private_addresses: bool = field(
        default=False, metadata={"doc": "ask private and special-purpose addresses too (intranets, tests)"}
    )
    connections: int = field(default=100, metadata={"doc": "open connections at most", "min": 1})
    user_agent: str | None = field(default=None, metadata={"doc": "User-Agent; default names this program"})
    contact: str | None = field(
        default=None, metadata={"doc": "address or page named to the hosts asked, in the User-Agent"}
    )

    @property
    def agent(self) -> str:
        """The User-Agent of every request that names no other."""
        return user_agent(self.user_agent, self.contact)
