"""Whether a database has the engine's tables as the installed procrastinate wants them.

procrastinate notes no version in a database; its functions bear theirs in their names.
"""

import importlib.resources
import re
from collections.abc import Collection

_MADE = re.compile(r"CREATE (?:OR REPLACE )?FUNCTION (procrastinate_\w+)")


def lacking(there: Collection[str]) -> list[str]:
    """Return what is missing among the engine's functions that are there; nothing before they are made."""
    schema = (importlib.resources.files("procrastinate.sql") / "schema.sql").read_text(encoding="utf-8")
    return sorted(set(_MADE.findall(schema)).difference(there)) if there else []
