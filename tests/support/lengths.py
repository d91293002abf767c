"""How much the suite tries: little here, all of it by hand with `MONITOR_LONG_TESTS=1`."""

import os

LONG = "MONITOR_LONG_TESTS" in os.environ
"""Whether a person asked for the long form of tests that have one."""


def seeds(few: int, many: int) -> range:
    """Return the seeds of a test that is tried with chance."""
    return range(many if LONG else few)
