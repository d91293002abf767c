"""How a run is shared between workers, `[scale]`."""

from typing import Annotated

from msgspec import Meta

from monitor.config_values import Policy


class ScalePolicy(Policy, frozen=True, kw_only=True):
    """Policy of a run that many machines share."""

    engine: Annotated[
        str,
        Meta(
            description='who asks: "none", the process that runs; "procrastinate", the workers',
            extra={"choices": ("none", "procrastinate")},
        ),
    ] = "none"
    hosts_at_once: Annotated[
        int, Meta(description="hosts one worker holds at the same time", ge=1, le=2000)
    ] = 128
    batch_s: Annotated[
        float, Meta(description="seconds a batch of hosts lasts before others may have them", ge=1)
    ] = 60.0
    heartbeat_s: Annotated[float, Meta(description="seconds between a worker's signs of life", ge=0.1)] = 5.0
    stalled_s: Annotated[
        float, Meta(description="seconds of silence after which its hosts go to others", ge=0.5)
    ] = 30.0
    vouch_s: Annotated[
        float, Meta(description="seconds a failure waits until the sentinels have vouched for it", ge=0.05)
    ] = 10.0
    tries: Annotated[
        int, Meta(description="workers that may end on a source before it is set aside", ge=1)
    ] = 5
    network_wait_s: Annotated[
        float, Meta(description="seconds a worker without network waits to look again", ge=0.1)
    ] = 30.0
    patience_minutes: Annotated[
        float, Meta(description="minutes without any result after which a run goes on", ge=0.01)
    ] = 60.0
