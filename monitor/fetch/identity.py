"""Who we say we are: one User-Agent for pages, archives and webhooks; it never hides who asks."""

from functools import cache

_ENGINE = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@cache
def program() -> str:
    """Return this program's product token (RFC 9110 §10.1.5); the package's version is its only source."""
    # Reading it costs more than all else here, and most commands ask nobody.
    from importlib.metadata import version

    return f"citation-monitor/{version('citation-monitor')}"


def user_agent(configured: str | None, contact: str | None) -> str:
    """Return the User-Agent: the configured one, or this program's name with the contact."""
    if configured is not None:
        return configured
    return f"Mozilla/5.0 (compatible; {program()}{f'; +{contact}' if contact else ''})"


def browser_agent() -> str:
    """Return a User-Agent that names a browser's engine beside our own name, for second looks."""
    return f"{_ENGINE} {program()}"
