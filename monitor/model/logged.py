"""What a log line says beside its words."""


def facts(**said: object) -> dict[str, object]:
    """Return what `logging` takes as `extra`: an event's facts by name; None says nothing.

    `source` is a canonical URL and `host` a host key wherever they stand.
    """
    return {"facts": said}
