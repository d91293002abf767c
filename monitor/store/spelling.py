"""Whether a configured database is an address, a file or libpq's own notation; imports nothing heavy."""

import re

_LIBPQ = re.compile(r"(?:^|\s)(?:host|dbname|user|port)\s*=")


def is_libpq_string(address: str) -> bool:
    """Tell whether an address is a connection string such as `host=db dbname=monitor`."""
    return "://" not in address and _LIBPQ.search(address) is not None
