"""How requests are made: routes, trust, and which addresses may be asked."""

from dataclasses import dataclass, field


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
