"""How archives are asked: endpoints, limits, waits, and how long their answers hold."""

from typing import Annotated

from msgspec import Meta, field

from monitor.config_values import Policy
from monitor.fetch.policy import FetchPolicy, proxy_fault
from monitor.model.values import replaced

CAPTURE_CHOICES = ("never", "auto")
DIRECT = "direct"
"""Where a proxy may be named: none at all, whatever the environment says."""


def _proxy_fault(proxy: str) -> str | None:
    return None if proxy == DIRECT else proxy_fault(proxy)


_RETRIES = Meta(description="further tries after a passing error", ge=0, le=10)


class RequestPolicy(Policy, frozen=True, kw_only=True):
    """What holds for requests to any archive: whom to trust, how long to wait, when to be silent."""

    ca_file: Annotated[
        str | None, Meta(description="PEM file of authorities trusted besides the system's")
    ] = None
    timeout_s: Annotated[float, Meta(description="seconds for one request", ge=0.1)] = 60.0
    connect_timeout_s: Annotated[float, Meta(description="seconds to connect", ge=0.1)] = 20.0
    block_s: Annotated[float, Meta(description="seconds of silence after a 429, at least", ge=0)] = 60.0
    refused_block_s: Annotated[
        float, Meta(description="seconds of silence after a refused connection, doubling each time", ge=0)
    ] = 3600.0
    trips: Annotated[int, Meta(description="429s in a row after which this run asks no more", ge=1)] = 5
    retries: Annotated[int, _RETRIES] = 3
    retry_wait_s: Annotated[
        float, Meta(description="seconds before the first further try, doubling", ge=0)
    ] = 5.0


class WaybackPolicy(RequestPolicy, frozen=True, kw_only=True):
    """The Internet Archive's Wayback Machine, `[archive.wayback]`.

    The limits are archive.org's own wish of 80 % of its hard limits, or what its users measured
    (CDX 30 a minute since 2026-06); they have only ever gone down, so all are configurable.
    Every wait is a key of its own, so that a rehearsal can run scaled in time.
    """

    cdx_url: Annotated[str, Meta(description="index of captures")] = "https://web.archive.org/cdx/search/cdx"
    replay_url: Annotated[str, Meta(description="prefix of replayed captures")] = (
        "https://web.archive.org/web"
    )
    availability_url: Annotated[str, Meta(description="availability API, second opinion")] = (
        "https://archive.org/wayback/available"
    )
    save_url: Annotated[str, Meta(description="Save Page Now 2")] = "https://web.archive.org/save"
    cdx_per_minute: Annotated[int, Meta(description="index requests in any 60 s", ge=1)] = 24
    replay_per_minute: Annotated[int, Meta(description="replay requests in any 60 s", ge=1)] = 120
    availability_per_minute: Annotated[int, Meta(description="availability requests in any 60 s", ge=1)] = 20
    save_per_minute: Annotated[int, Meta(description="captures asked for in any 60 s", ge=1)] = 7
    status_per_minute: Annotated[int, Meta(description="questions about captures in any 60 s", ge=1)] = 30
    poll_s: Annotated[float, Meta(description="seconds between questions about a capture", ge=0)] = 6.0
    capture_wait_s: Annotated[
        float, Meta(description="seconds a capture is followed in the run that asked for it", ge=0)
    ] = 180.0
    access_key: Annotated[str | None, Meta(description="S3-like access key", extra={"env_only": True})] = None
    secret_key: Annotated[str | None, Meta(description="S3-like secret key", extra={"env_only": True})] = None


class MementoPolicy(RequestPolicy, frozen=True, kw_only=True):
    """A further archive that speaks Memento (RFC 7089) or pywb's dialects, `[archive.memento."NAME"]`.

    Give what the archive has; `replay_url` is the prefix before `<timestamp>id_/<url>`.
    """

    replay_url: Annotated[str | None, Meta(description="prefix of replayed captures")] = None
    timegate_url: Annotated[str | None, Meta(description="prefix of the TimeGate")] = None
    timemap_url: Annotated[str | None, Meta(description="prefix of link-format TimeMaps")] = None
    cdx_url: Annotated[str | None, Meta(description="CDXJ index, as pywb's")] = None
    per_minute: Annotated[int, Meta(description="requests in any 60 s", ge=1)] = 60
    retries: Annotated[int, _RETRIES] = 2


class ArchivePolicy(Policy, frozen=True, kw_only=True):
    """Policy of the archive stage, `[archive]`.

    `providers` are asked in order until one shows what the author saw: "wayback", or the name of
    an entry of `memento`.
    """

    enabled: Annotated[bool, Meta(description="look sources up in archives")] = True
    providers: Annotated[
        tuple[str, ...], Meta(description="archives asked, in order: wayback or a name under memento")
    ] = ("wayback",)
    capture: Annotated[
        str,
        Meta(description="ask for captures of live, unarchived sources", extra={"choices": CAPTURE_CHOICES}),
    ] = "never"
    captures_per_day: Annotated[int, Meta(description="captures asked for in one day", ge=0)] = 100
    near_days: Annotated[
        float, Meta(description="how far from the access date an untested snapshot may lie", ge=0)
    ] = 30.0
    positive_days: Annotated[
        float, Meta(description="days a found snapshot is believed without asking again", ge=0)
    ] = 90.0
    negative_days: Annotated[float, Meta(description="days a `none` is believed", ge=0, le=7)] = 7.0
    minutes_per_night: Annotated[
        float,
        Meta(description="minutes a night asks archives, once its verdicts are out, for what can wait", ge=0),
    ] = 60.0
    max_body_bytes: Annotated[int, Meta(description="bytes read of one snapshot", ge=1024)] = 5_000_000
    max_bodies: Annotated[int, Meta(description="snapshots read for one citation at most", ge=2)] = 36
    proxy: Annotated[
        str | None,
        Meta(
            description='URL of an HTTP proxy to archives, or "direct" for none; unset: as in [check]',
            extra={"secret": True, "check": _proxy_fault, "expand": True},
        ),
    ] = None
    keep: Annotated[
        str | None, Meta(description="folder for WARC files of every page the checker fetched")
    ] = None
    wayback: WaybackPolicy = field(default_factory=WaybackPolicy)
    memento: Annotated[dict[str, MementoPolicy], Meta(description="further archives by name")] = field(
        default_factory=dict
    )

    def routed(self, transport: FetchPolicy) -> FetchPolicy:
        """Return how archives are reached: as cited pages are, but by the proxy configured for archives."""
        if self.proxy is None:
            return transport
        proxy = None if self.proxy == DIRECT else self.proxy
        return replaced(transport, proxy=proxy, trust_env=False)
