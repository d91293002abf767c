"""How a run is shared between workers, `[scale]`."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class ScalePolicy:
    """Policy of a run that many machines share."""

    engine: str = field(
        default="none",
        metadata={
            "doc": 'who asks: "none", the process that runs; "procrastinate", the workers',
            "choices": ("none", "procrastinate"),
        },
    )
    hosts_at_once: int = field(
        default=128, metadata={"doc": "hosts one worker holds at the same time", "min": 1, "max": 2000}
    )
    batch_s: float = field(
        default=60.0, metadata={"doc": "seconds a batch of hosts lasts before others may have them", "min": 1}
    )
    heartbeat_s: float = field(
        default=5.0, metadata={"doc": "seconds between a worker's signs of life", "min": 0.1}
    )
    stalled_s: float = field(
        default=30.0, metadata={"doc": "seconds of silence after which its hosts go to others", "min": 0.5}
    )
    vouch_s: float = field(
        default=10.0,
        metadata={"doc": "seconds a failure waits until the sentinels have vouched for it", "min": 0.05},
    )
    tries: int = field(
        default=5, metadata={"doc": "workers that may end on a source before it is set aside", "min": 1}
    )
    network_wait_s: float = field(
        default=30.0, metadata={"doc": "seconds a worker without network waits to look again", "min": 0.1}
    )
    patience_minutes: float = field(
        default=60.0, metadata={"doc": "minutes without any result after which a run goes on", "min": 0.01}
    )
