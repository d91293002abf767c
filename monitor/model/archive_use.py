"""Which sources archives are asked for; alone, so that the command line starts without the rest."""

from enum import StrEnum


class ArchiveUse(StrEnum):
    """How far a run asks archives."""

    ALL = "all"
    NEEDED = "needed"
    """Where the answer changes what is said of a citation; the rest waits, or is not asked."""
    OFF = "off"
