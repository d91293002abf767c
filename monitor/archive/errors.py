"""Why an archive's answer is none: never to be read as "not archived"."""


class ArchiveTrouble(Exception):  # noqa: N818 - the reason is the point, "error" is one of them
    """The archive did not answer the question; the words say why."""


class ArchiveStopped(ArchiveTrouble):
    """The archive may not be asked any more in this run (limit, firewall, outage)."""


class ExcludedByArchive(ArchiveTrouble):
    """The archive answered that it will not show this address (its owner's wish, the law)."""


class RobotsExcluded(ExcludedByArchive):
    """The index kept silent because of robots.txt, which replay may heed no longer."""
