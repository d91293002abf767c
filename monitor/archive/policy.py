"""How archives are asked: endpoints, limits, waits, and how long their answers hold."""

from dataclasses import dataclass, field, replace

from monitor.fetch.policy import FetchPolicy, proxy_fault

CAPTURE_CHOICES = ("never", "auto")
DIRECT = "direct"
"""Where a proxy may be named: none at all, whatever the environment says."""


def _proxy_fault(proxy: str) -> str | None:
    return None if proxy == DIRECT else proxy_fault(proxy)


def _retries(default: int) -> int:
    made: int = field(
        default=default, metadata={"doc": "further tries after a passing error", "min": 0, "max": 10}
    )
    return made


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestPolicy:
    """What holds for requests to any archive: whom to trust, how long to wait, when to be silent."""

    ca_file: str | None = field(
        default=None, metadata={"doc": "PEM file of authorities trusted besides the system's"}
    )
    timeout_s: float = field(default=60.0, metadata={"doc": "seconds for one request", "min": 0.1})
    connect_timeout_s: float = field(default=20.0, metadata={"doc": "seconds to connect", "min": 0.1})
    block_s: float = field(
        default=60.0, metadata={"doc": "seconds of silence after a 429, at least", "min": 0}
    )
    refused_block_s: float = field(
        default=3600.0,
        metadata={"doc": "seconds of silence after a refused connection, doubling each time", "min": 0},
    )
    trips: int = field(
        default=5, metadata={"doc": "429s in a row after which this run asks no more", "min": 1}
    )
    retries: int = _retries(3)
    retry_wait_s: float = field(
        default=5.0, metadata={"doc": "seconds before the first further try, doubling", "min": 0}
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class WaybackPolicy(RequestPolicy):
    """The Internet Archive's Wayback Machine, `[archive.wayback]`.

    The limits are archive.org's own wish of 80 % of its hard limits, or what its users measured
    (CDX 30 a minute since 2026-06); they have only ever gone down, so all are configurable.
    Every wait is a key of its own, so that a rehearsal can run scaled in time.
    """

    cdx_url: str = field(
        default="https://web.archive.org/cdx/search/cdx", metadata={"doc": "index of captures"}
    )
    replay_url: str = field(
        default="https://web.archive.org/web", metadata={"doc": "prefix of replayed captures"}
    )
    availability_url: str = field(
        default="https://archive.org/wayback/available", metadata={"doc": "availability API, second opinion"}
    )
    save_url: str = field(default="https://web.archive.org/save", metadata={"doc": "Save Page Now 2"})
    cdx_per_minute: int = field(default=24, metadata={"doc": "index requests in any 60 s", "min": 1})
    replay_per_minute: int = field(default=120, metadata={"doc": "replay requests in any 60 s", "min": 1})
    availability_per_minute: int = field(
        default=20, metadata={"doc": "availability requests in any 60 s", "min": 1}
    )
    save_per_minute: int = field(default=7, metadata={"doc": "captures asked for in any 60 s", "min": 1})
    status_per_minute: int = field(
        default=30, metadata={"doc": "questions about captures in any 60 s", "min": 1}
    )
    poll_s: float = field(
        default=6.0, metadata={"doc": "seconds between questions about a capture", "min": 0}
    )
    capture_wait_s: float = field(
        default=180.0,
        metadata={"doc": "seconds a capture is followed in the run that asked for it", "min": 0},
    )
    access_key: str | None = field(default=None, metadata={"env_only": True, "doc": "S3-like access key"})
    secret_key: str | None = field(default=None, metadata={"env_only": True, "doc": "S3-like secret key"})


@dataclass(frozen=True, slots=True, kw_only=True)
class MementoPolicy(RequestPolicy):
    """A further archive that speaks Memento (RFC 7089) or pywb's dialects, `[archive.memento."NAME"]`.

    Give what the archive has; `replay_url` is the prefix before `<timestamp>id_/<url>`.
    """

    replay_url: str | None = field(default=None, metadata={"doc": "prefix of replayed captures"})
    timegate_url: str | None = field(default=None, metadata={"doc": "prefix of the TimeGate"})
    timemap_url: str | None = field(default=None, metadata={"doc": "prefix of link-format TimeMaps"})
    cdx_url: str | None = field(default=None, metadata={"doc": "CDXJ index, as pywb's"})
    per_minute: int = field(default=60, metadata={"doc": "requests in any 60 s", "min": 1})
    retries: int = _retries(2)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivePolicy:
    """Policy of the archive stage, `[archive]`.

    `providers` are asked in order until one shows what the author saw: "wayback", or the name of
    an entry of `memento`.
    """

    enabled: bool = field(default=True, metadata={"doc": "look sources up in archives"})
    providers: tuple[str, ...] = field(
        default=("wayback",), metadata={"doc": "archives asked, in order: wayback or a name under memento"}
    )
    capture: str = field(
        default="never",
        metadata={"doc": "ask for captures of live, unarchived sources", "choices": CAPTURE_CHOICES},
    )
    captures_per_day: int = field(default=100, metadata={"doc": "captures asked for in one day", "min": 0})
    near_days: float = field(
        default=30.0, metadata={"doc": "how far from the access date an untested snapshot may lie", "min": 0}
    )
    positive_days: float = field(
        default=90.0, metadata={"doc": "days a found snapshot is believed without asking again", "min": 0}
    )
    negative_days: float = field(
        default=7.0, metadata={"doc": "days a `none` is believed", "min": 0, "max": 7}
    )
    minutes_per_night: float = field(
        default=60.0,
        metadata={
            "doc": "minutes a night asks archives, once its verdicts are out, for what can wait",
            "min": 0,
        },
    )
    max_body_bytes: int = field(
        default=5_000_000, metadata={"doc": "bytes read of one snapshot", "min": 1024}
    )
    max_bodies: int = field(default=36, metadata={"doc": "snapshots read for one citation at most", "min": 2})
    proxy: str | None = field(
        default=None,
        repr=False,
        metadata={
            "doc": 'URL of an HTTP proxy to archives, or "direct" for none; unset: as in [check]',
            "check": _proxy_fault,
            "expand": True,
        },
    )
    keep: str | None = field(
        default=None, metadata={"doc": "folder for WARC files of every page the checker fetched"}
    )
    wayback: WaybackPolicy = field(default_factory=WaybackPolicy)
    memento: dict[str, MementoPolicy] = field(
        default_factory=dict, metadata={"doc": "further archives by name"}
    )

    def routed(self, transport: FetchPolicy) -> FetchPolicy:
        """Return how archives are reached: as cited pages are, but by the proxy configured for archives."""
        if self.proxy is None:
            return transport
        proxy = None if self.proxy == DIRECT else self.proxy
        return replace(transport, proxy=proxy, trust_env=False)
