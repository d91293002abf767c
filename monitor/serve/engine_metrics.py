"""What `/metrics` says of a run that workers share."""

from datetime import datetime

from prometheus_client import CollectorRegistry, Gauge

from monitor.app import Session
from monitor.scale.share import frontier_of
from monitor.store.queue_state import queue_state


async def add_engine_metrics(registry: CollectorRegistry, session: Session, now: datetime) -> None:
    """Add the gauges of the engine to a registry; UsageError where the database is no PostgreSQL."""
    state = await queue_state(frontier_of(session), now, session.config.scale.stalled_s)
    late = max((now - state.oldest_due).total_seconds(), 0.0) if state.oldest_due else 0.0
    for name, words, value in (
        ("queue_sources", "Sources of the run under way that wait to be asked", state.left),
        ("queue_sources_tried", "Of these, taken by a worker that has not brought them back", state.tried),
        ("queue_hosts", "Hosts of the run under way that wait for a worker", state.hosts),
        ("queue_hosts_held", "Hosts of the run under way that workers hold", state.hosts_held),
        ("workers_alive", "Workers that gave a sign of life lately", state.workers),
        ("workers_silent", "Workers that gave none for too long: their hosts go to others", state.silent),
        ("schedule_lag_seconds", "How late the next look at the source due longest is", late),
        ("hosts_resting", "Hosts that may not be asked just now", state.resting),
    ):
        Gauge(f"monitor_{name}", words, registry=registry).set(value)
    wait = Gauge(
        "monitor_host_wait_seconds",
        "Seconds until a host may be asked, those with the longest waits",
        ["host"],
        registry=registry,
    )
    for host, seconds in state.waits.items():
        wait.labels(host).set(seconds)
