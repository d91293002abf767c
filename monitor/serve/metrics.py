"""What `/metrics` says, in Prometheus' text format."""

from dataclasses import dataclass
from datetime import datetime

from prometheus_client import CollectorRegistry, Gauge, generate_latest

from monitor.app import Session
from monitor.model.run import Run


@dataclass(frozen=True, slots=True)
class DaemonState:
    """What only the daemon knows: its newest finished run and newest complete one, and how it does now."""

    newest: Run | None
    complete: Run | None
    running: bool
    failed: bool


async def exposition(session: Session, state: DaemonState, now: datetime) -> bytes:
    """Return the text that Prometheus reads, as of `now`.

    Raises `StoreError` where the database does not answer.
    """
    registry = CollectorRegistry()
    trend = await session.store.trend(1)
    for name, words, counts in (
        ("outcome", "Citations by outcome", trend[-1].by_outcome if trend else {}),
        (
            "access_date_status",
            "Citations by access-date status",
            trend[-1].by_access_date_status if trend else {},
        ),
        ("coverage", "Citations by archive coverage", trend[-1].by_coverage if trend else {}),
    ):
        gauge = Gauge(f"monitor_citations_by_{name}", words, [name], registry=registry)
        for label, number in counts.items():
            gauge.labels(str(label)).set(number)
    last = Gauge("monitor_last_run_timestamp_seconds", "End of the last run", ["kind"], registry=registry)
    for kind, run in (("any", state.newest), ("complete", state.complete)):
        if run and run.finished_at:
            last.labels(kind).set(run.finished_at.timestamp())
    Gauge("monitor_running", "1 while a run is in progress", registry=registry).set(state.running)
    if session.config.scale.engine != "none":
        from monitor.serve.engine_metrics import add_engine_metrics

        await add_engine_metrics(registry, session, now)
    Gauge("monitor_failed", "1 if the last run failed", registry=registry).set(state.failed)
    return generate_latest(registry)
