"""Headers that may hold secrets: which requests carry them (exact origin, verified TLS, nothing else)."""

from base64 import b64encode
from collections.abc import Mapping
from netrc import NetrcParseError, netrc
from urllib.parse import unquote_to_bytes

from monitor.check.policy import HostRule
from monitor.errors import UsageError
from monitor.fetch.target import Target, parse_target

HARMLESS = frozenset(
    {
        "accept",
        "accept-encoding",
        "accept-language",
        "cache-control",
        "dnt",
        "pragma",
        "referer",
        "upgrade-insecure-requests",
        "user-agent",
    }
)
"""Header fields that tell nothing about who we are: they go wherever their host's rule goes."""


class Secrets:
    """The secrets of one run by origin. Raises UsageError for a netrc file that cannot be read."""

    def __init__(self, rules: Mapping[str, HostRule], netrc_file: str | None) -> None:
        self._by_origin: dict[str, dict[str, str]] = {}
        if netrc_file is not None:
            self._by_origin.update(_logins(netrc_file))
        for name, rule in rules.items():
            secret = {key: value for key, value in fields(rule).items() if key.lower() not in HARMLESS}
            for origin in rule.origins or (f"https://{name}",):
                if secret and (spelt := origin_of(origin)) is not None:
                    self._by_origin.setdefault(spelt, {}).update(secret)

    def of(self, url: str) -> Mapping[str, str]:
        """Return the secret headers of a request; for verified TLS, or an http origin named outright."""
        origin = origin_of(url) if self._by_origin else None
        return self._by_origin.get(origin, {}) if origin is not None else {}


def basic_login(userinfo: str) -> str:
    """Return the Authorization field for a name and password as an address holds them (RFC 7617)."""
    return f"Basic {b64encode(unquote_to_bytes(userinfo)).decode()}"


def harmless(rule: HostRule) -> dict[str, str]:
    """Return the headers of a host's rule that hold no secret."""
    return {name: value for name, value in fields(rule).items() if name.lower() in HARMLESS}


def fields(rule: HostRule) -> dict[str, str]:
    """Return a rule's headers by name."""
    return {name.strip(): value.strip() for name, _, value in (one.partition(":") for one in rule.headers)}


def origin_of(url: str) -> str | None:
    """Return scheme, host and port of an address, in one spelling (RFC 6454 §4)."""
    target = parse_target(url)
    return f"{target.scheme}://{target.host}:{target.port}" if isinstance(target, Target) else None


def _logins(file: str) -> dict[str, dict[str, str]]:
    try:
        hosts = netrc(file).hosts
    except (OSError, NetrcParseError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not in netrc's form"
        raise UsageError(f"check.netrc: {file} cannot be read: {reason}") from None
    found = {}
    for host, (login, _, password) in hosts.items():
        origin = origin_of(f"https://{host}")
        if host != "default" and origin is not None:
            pair = b64encode(f"{login}:{password}".encode()).decode()
            found[origin] = {"Authorization": f"Basic {pair}"}
    return found
