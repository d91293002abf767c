"""Whether a configured database is an address, a file or libpq's own notation; imports nothing heavy."""

import re

_LIBPQ = re.compile(r"(?:^|\s)(?:host|hostaddr|dbname|user|port|password|service)\s*=")
_NAMES_SCHEME = re.compile(r"(?:[a-z]+:)?(?:postgres(?:ql)?|sqlite)(?:\+\w+)?:", re.IGNORECASE)


def is_libpq_string(address: str) -> bool:
    """Tell whether an address is a connection string such as `host=db dbname=monitor`."""
    return "://" not in address and _LIBPQ.search(address) is not None


def is_address(text: str) -> bool:
    """Tell whether a text is meant as an address, however badly written, and not as a file name."""
    return "://" in text or _NAMES_SCHEME.match(text) is not None
