"""The archives this house knows: configuration to one `Archive`. A new archive is one entry here."""

from collections.abc import Callable

from monitor.archive.availability import Availability
from monitor.archive.cache import Cache
from monitor.archive.facade import Provider
from monitor.archive.fallback import Fallback
from monitor.archive.host_index import HostIndex
from monitor.archive.interface import Archive, LookUpMemory
from monitor.archive.ledger import Ledger
from monitor.archive.limiter import Limiter, Limits
from monitor.archive.lookup import Searcher
from monitor.archive.memento import MementoIndex
from monitor.archive.policy import ArchivePolicy, MementoPolicy, WaybackPolicy
from monitor.archive.replay import Replayer
from monitor.archive.save import Saver
from monitor.archive.transport import ArchivePatience, Transport
from monitor.archive.wayback import WaybackIndex
from monitor.errors import ConfigError
from monitor.fetch.interface import Fetcher
from monitor.model.ports import Clock, Monotonic, Sleep

WAYBACK = "wayback"
REQUESTS = 2
"""What a source costs an archive with one limit for everything: an index request and a look, on average."""


def build_archive(
    policy: ArchivePolicy,
    fetcher: Callable[[str | None], Fetcher],
    memory: LookUpMemory,
    *,
    clock: Clock,
    sleep: Sleep,
    monotonic: Monotonic,
) -> Archive:
    """Return the configured providers as one archive, in order; see `build_providers`."""
    built = build_providers(policy, fetcher, memory, clock=clock, sleep=sleep, monotonic=monotonic)
    return built[0] if len(built) == 1 else Fallback(built)


def build_providers(
    policy: ArchivePolicy,
    fetcher: Callable[[str | None], Fetcher],
    memory: LookUpMemory,
    *,
    clock: Clock,
    sleep: Sleep,
    monotonic: Monotonic,
) -> list[Provider]:
    """Return the configured providers in order.

    `fetcher` makes the transport of one provider from its `ca_file`: an archive of the house has its
    own authority, which is trusted for that archive alone.
    Raises ConfigError for a provider that is neither "wayback" nor an entry of `archive.memento`.
    """
    built: list[Provider] = []
    for name in policy.providers:
        own = policy.wayback if name == WAYBACK else policy.memento.get(name)
        if own is None:
            known = ", ".join([WAYBACK, *policy.memento])
            raise ConfigError([f"archive.providers: {name!r} is not known; allowed: {known}"])
        limiter = Limiter(name, _limits(own), memory, clock=clock, sleep=sleep, monotonic=monotonic)
        patience = ArchivePatience(
            timeout_s=own.timeout_s,
            connect_timeout_s=own.connect_timeout_s,
            retries=own.retries,
            retry_wait_s=own.retry_wait_s,
            max_body_bytes=policy.max_body_bytes,
        )
        transport = Transport(fetcher(own.ca_file), limiter, patience, clock, sleep)
        if isinstance(own, WaybackPolicy):
            built.append(_wayback(policy, own, transport, memory, sleep=sleep, monotonic=monotonic))
        else:
            built.append(_memento(name, policy, own, transport, memory))
    return built


def _wayback(
    policy: ArchivePolicy,
    own: WaybackPolicy,
    transport: Transport,
    memory: LookUpMemory,
    *,
    sleep: Sleep,
    monotonic: Monotonic,
) -> Provider:
    replayer = Replayer(transport, own.replay_url)
    searcher = Searcher(
        name=WAYBACK,
        policy=policy,
        index=HostIndex(WaybackIndex(transport, own.cdx_url), transport.clock),
        replayer=replayer,
        cache=Cache(WAYBACK, memory, policy),
        second=Availability(transport, own.availability_url).nearest,
    )
    saver = Saver(WAYBACK, transport, replayer, own, sleep=sleep, monotonic=monotonic)
    ledger = Ledger(WAYBACK, saver, memory, policy.captures_per_day)
    return Provider(searcher, float(own.cdx_per_minute), ledger)


def _memento(
    name: str, policy: ArchivePolicy, own: MementoPolicy, transport: Transport, memory: LookUpMemory
) -> Provider:
    replay = own.replay_url or own.timegate_url
    if replay is None:
        raise ConfigError([f"archive.memento.{name}.replay_url: needed to look at snapshots"])
    index = MementoIndex(transport, own) if own.cdx_url or own.timemap_url else None
    searcher = Searcher(
        name=name,
        policy=policy,
        index=index,
        replayer=Replayer(transport, replay, pool="all"),
        cache=Cache(name, memory, policy),
    )
    return Provider(searcher, own.per_minute / REQUESTS)


def _limits(own: WaybackPolicy | MementoPolicy) -> Limits:
    if isinstance(own, WaybackPolicy):
        pools = {
            "cdx": own.cdx_per_minute,
            "replay": own.replay_per_minute,
            "availability": own.availability_per_minute,
            "save": own.save_per_minute,
            "status": own.status_per_minute,
        }
    else:
        pools = {"all": own.per_minute}
    return Limits(
        per_minute=pools,
        block_s=own.block_s,
        refused_block_s=own.refused_block_s,
        trips=own.trips,
        apart=frozenset({"cdx", "availability", "save", "status"}),
    )
